"""A whole document compiled into a `Catalog` (OpenAPI 2.0, 3.0, 3.1, 3.2): one bad operation never costs the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from playground.catalog.model import Catalog, Operation, Provider, SecurityRequirement
from playground.openapi.document import DocumentReader
from playground.openapi.extensions import is_hidden
from playground.openapi.operations import OperationReader
from playground.openapi.outline import Outline, Pieces, hides_schemes, odd_places, outline_of
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
class CompileOptions:
    """How a document is compiled for the provider `name`.

    `source_url` is the document's address, against which relative servers are resolved; `server` replaces every
    described server; `strip_prefix` is cut from operationIds.
    """

    name: str
    source_url: str | None = None
    title: str | None = None
    server: str | None = None
    strip_prefix: str | None = None
    sandbox_first: bool = False

    def mark(self) -> bytes:
        """Return a text that is another for other options; title and name change no operation."""
        return orjson.dumps([self.source_url, self.server, self.strip_prefix, self.sandbox_first])


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A document's catalog, and what could not be used or had to be guessed; its outline, if that was asked for."""

    catalog: Catalog
    problems: tuple[Problem, ...]
    outline: Outline | None = None


class Compilation:
    """What compiling a document begins with: its reader, its version, its provider, the reader of its operations."""

    def __init__(
        self,
        document: Mapping[str, Any],
        options: CompileOptions,
        *,
        refused: Mapping[str, str] | None = None,
        repeated: Iterable[Tokens] = (),
        limits: Limits = DEFAULT_LIMITS,
        named: bool = True,
    ) -> None:
        """Read what all operations share. Raises `DocumentError`."""
        self.options = options
        specification, self.family = identify(document)
        self.version = _VERSIONS[self.family]
        self.reader = reader = DocumentReader(
            document,
            source_url=options.source_url,
            limits=limits,
            all_siblings=self.version.all_siblings,
            refused=refused or {},
            named=named,
        )
        override = (fixed_server(options.server),) if options.server else None
        self.provider = read_provider(
            reader,
            name=options.name,
            title=options.title,
            specification=specification,
            servers=override or self.version.read_servers(reader, document, None) or default_servers(reader),
            security_schemes=self.version.read_security_schemes(reader),
            sandbox_first=options.sandbox_first,
        )
        self.operations = OperationReader(reader, self.version, self.provider, override, options.strip_prefix or "")
        self.repeated = tuple(repeated)
        for tokens in self.repeated:
            key = quoted(tokens[-1])
            message = f"The key {key} stands twice in one object, and only the last is read: keep one of them."
            reader.problems.error(where_of(tokens), message)


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
    outline: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Compiled:
    """Compile a parsed document; the options are those of `CompileOptions`.

    `refused` and `repeated` come from `Joined` and `Parsed`. With `rules` the whole document is checked against its
    version's rules, which takes about as long as compiling it; with `outline` its pieces are marked, so that a later
    state can be compiled in part. The document is not changed. Raises `DocumentError`.
    """
    options = CompileOptions(
        name=name, source_url=source_url, title=title, server=server, strip_prefix=strip_prefix,
        sandbox_first=sandbox_first,
    )  # fmt: skip
    compilation = Compilation(document, options, refused=refused, repeated=repeated, limits=limits)
    reader, provider = compilation.reader, compilation.provider
    operations, webhooks = compilation.operations.read(), compilation.operations.read_webhooks()
    operations, groups = group_by_path(operations)
    used = dict.fromkeys(tag for operation in operations for tag in operation.tags)
    provider = with_used_tags(replace(provider, tags=(*provider.tags, *groups)), used)
    provider, operations = _without_hidden_schemes(document, provider, operations)
    # A copy: checking the rules reads more schemas than the catalogue needs.
    definitions = dict(reader.schemas.finish())
    catalog = Catalog(provider=provider, operations=operations, definitions=definitions, webhooks=webhooks)
    marks = _outline(document, compilation, options) if outline else None
    if rules:
        check_rules(reader, compilation.family)
    reader.forget()
    return Compiled(catalog=catalog, problems=reader.problems.listed(), outline=marks)


def _outline(document: Mapping[str, Any], compilation: Compilation, options: CompileOptions) -> Outline | None:
    try:
        outline = outline_of(Pieces(document), compilation.family, options.mark())
    except TypeError:
        return None  # values that JSON cannot hold: always compiled as a whole
    reader = compilation.reader
    return replace(
        outline,
        places=odd_places(reader.schemas.places(), compilation.family),
        broken=reader.references.broken,
        repeated=bool(compilation.repeated),
        whole=reader.schemas.uses_names or hides_schemes(document),
    )


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
