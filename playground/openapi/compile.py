"""A whole document compiled into a `Catalog` (OpenAPI 2.0, 3.0, 3.1, 3.2): one bad operation never costs the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground.catalog.model import Catalog, Operation, Provider, SecurityRequirement
from playground.openapi.document import DocumentReader
from playground.openapi.extensions import is_hidden
from playground.openapi.operations import OperationReader
from playground.openapi.parse import Tokens
from playground.openapi.pointers import where_of
from playground.openapi.problems import DEFAULT_LIMITS, Limits, Problem, quoted
from playground.openapi.provider import group_by_path, read_provider, with_used_tags
from playground.openapi.rules import check_rules
from playground.openapi.servers import default_servers, fixed_server
from playground.openapi.versions import v2_0, v3_0, v3_1, v3_2
from playground.openapi.versions.base import Version, identify

_VERSIONS: dict[str, Version] = {
    version.name: version for version in (v2_0.VERSION, v3_0.VERSION, v3_1.VERSION, v3_2.VERSION)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A document's catalog, and what could not be used or had to be guessed."""

    catalog: Catalog
    problems: tuple[Problem, ...]


def compile_document(
    document: Mapping[str, Any],
    *,
    name: str,
    source_url: str | None = None,
    title: str | None = None,
    server: str | None = None,
    strip_prefix: str | None = None,
    sandbox_first: bool = False,
    refused: Mapping[str, str] | None = None,
    repeated: Iterable[Tokens] = (),
    rules: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Compiled:
    """Compile a parsed document for the provider `name`.

    `source_url` is the document's address, against which relative servers are resolved; `server` replaces every
    described server; `strip_prefix` is cut from operationIds; `refused` and `repeated` come from `Joined` and `Parsed`.
    With `rules` the whole document is checked against its version's rules, which takes about as long as compiling it.
    The document is not changed. Raises `DocumentError`.
    """
    specification, family = identify(document)
    version = _VERSIONS[family]
    reader = DocumentReader(
        document, source_url=source_url, limits=limits, all_siblings=version.all_siblings, refused=refused or {}
    )
    for tokens in repeated:
        reader.problems.error(
            where_of(tokens),
            f"The key {quoted(tokens[-1])} stands twice in one object, and only the last is read: keep one of them.",
        )
    override = (fixed_server(server),) if server else None
    provider = read_provider(
        reader,
        name=name,
        title=title,
        specification=specification,
        servers=override or version.read_servers(reader, document, None) or default_servers(reader),
        security_schemes=version.read_security_schemes(reader),
        sandbox_first=sandbox_first,
    )
    operation_reader = OperationReader(reader, version, provider, override, strip_prefix or "")
    operations, webhooks = operation_reader.read(), operation_reader.read_webhooks()
    operations, groups = group_by_path(operations)
    used = dict.fromkeys(tag for operation in operations for tag in operation.tags)
    provider = with_used_tags(replace(provider, tags=(*provider.tags, *groups)), used)
    provider, operations = _without_hidden_schemes(reader.document, provider, operations)
    # A copy: checking the rules reads more schemas than the catalogue needs.
    definitions = dict(reader.schemas.finish())
    catalog = Catalog(provider=provider, operations=operations, definitions=definitions, webhooks=webhooks)
    if rules:
        check_rules(reader, family)
    return Compiled(catalog=catalog, problems=reader.problems.listed())


def _without_hidden_schemes(
    document: Mapping[str, Any], provider: Provider, operations: tuple[Operation, ...]
) -> tuple[Provider, tuple[Operation, ...]]:
    """Leave out the hidden security schemes of operations that another scheme lets in."""
    components = document.get("components")
    described = components.get("securitySchemes") if isinstance(components, Mapping) else None
    described = document.get("securityDefinitions", described)
    if not isinstance(described, Mapping):
        return provider, operations
    hidden = {name for name, scheme in described.items() if isinstance(scheme, Mapping) and is_hidden(scheme)}
    if not hidden:
        return provider, operations

    def shown(security: tuple[SecurityRequirement, ...] | None) -> tuple[SecurityRequirement, ...] | None:
        visible = tuple(
            requirement for requirement in security or () if not any(use.scheme in hidden for use in requirement)
        )
        return visible or security

    operations = tuple(replace(operation, security=shown(operation.security)) for operation in operations)
    needed = {use.scheme for operation in operations for requirement in operation.security or () for use in requirement}
    schemes = tuple(
        scheme for scheme in provider.security_schemes if scheme.name not in hidden or scheme.name in needed
    )
    return replace(provider, security_schemes=schemes), operations
