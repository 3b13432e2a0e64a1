"""A whole document compiled into a `Catalog` (OpenAPI 2.0, 3.0, 3.1, 3.2): one bad operation never costs the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground.catalog.model import (
    Catalog,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    Response,
    SecurityRequirement,
    Server,
)
from playground.catalog.names import canonical_name, name_without_id
from playground.openapi import v2_0, v3_0, v3_1, v3_2
from playground.openapi.code_samples import code_samples
from playground.openapi.extensions import (
    badges,
    can_be_sent,
    hidden_tags,
    is_deprecated,
    notice,
    other_extensions,
    static_headers,
)
from playground.openapi.grouping import group_by_path
from playground.openapi.hiding import is_hidden
from playground.openapi.identify import identify
from playground.openapi.limits import DEFAULT_LIMITS, Limits
from playground.openapi.outbound import read_callbacks, read_webhooks
from playground.openapi.parameters import complete_path
from playground.openapi.pointers import Where, where_of
from playground.openapi.problems import LimitError, Problem, kind_of, quoted
from playground.openapi.provider import read_provider, with_used_tags
from playground.openapi.reading import Reading, text
from playground.openapi.repeated import Tokens
from playground.openapi.security import read_security
from playground.openapi.servers import default_servers, fixed_server
from playground.openapi.version import Version

_TEMPLATE = re.compile(r"\{[^{}]*\}")
_BRACE = re.compile(r"[{}]")
_VERSIONS: dict[str, Version] = {one.name: one for one in (v2_0.VERSION, v3_0.VERSION, v3_1.VERSION, v3_2.VERSION)}


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
    limits: Limits = DEFAULT_LIMITS,
) -> Compiled:
    """Compile a parsed document for the provider `name`.

    `source_url` is where it came from (relative servers are resolved against it); `server` stands in the place of every
    described server; `strip_prefix` is cut from operationIds; `refused` and `repeated` are what `Joined` and `Parsed`
    say.
    The document is not changed. Raises `DocumentError`.
    """
    specification, family = identify(document)
    version = _VERSIONS[family]
    reading = Reading(
        document, source_url=source_url, limits=limits, all_siblings=version.all_siblings, refused=refused or {}
    )
    for tokens in repeated:
        reading.problems.error(
            where_of(tokens),
            f"The key {quoted(tokens[-1])} stands twice in one object, and only the last is read: keep one of them.",
        )
    override = (fixed_server(server),) if server else None
    provider = read_provider(
        reading,
        name=name,
        title=title,
        specification=specification,
        servers=override or version.read_servers(reading, document, None) or default_servers(reading),
        security_schemes=version.read_security_schemes(reading),
        sandbox_first=sandbox_first,
    )
    reader = _Operations(reading, version, provider, override, strip_prefix or "")
    operations, webhooks = reader.read(), tuple(read_webhooks(reading, reader.read_outbound))
    operations, groups = group_by_path(operations)
    used = dict.fromkeys(tag for operation in operations for tag in operation.tags)
    provider = with_used_tags(replace(provider, tags=(*provider.tags, *groups)), used)
    provider, operations = _without_hidden_schemes(reading.document, provider, operations)
    catalog = Catalog(provider=provider, operations=operations, definitions=reading.schemas.finish(), webhooks=webhooks)
    return Compiled(catalog=catalog, problems=reading.problems.listed())


def _without_hidden_schemes(
    document: Mapping[str, Any], provider: Provider, operations: tuple[Operation, ...]
) -> tuple[Provider, tuple[Operation, ...]]:
    """Leave out the security schemes that a description keeps to itself, where another way in is left."""
    components = document.get("components")
    described = components.get("securitySchemes") if isinstance(components, Mapping) else None
    described = document.get("securityDefinitions", described)
    if not isinstance(described, Mapping):
        return provider, operations
    hidden = {name for name, one in described.items() if isinstance(one, Mapping) and is_hidden(one)}
    if not hidden:
        return provider, operations

    def shown(security: tuple[SecurityRequirement, ...] | None) -> tuple[SecurityRequirement, ...] | None:
        kept = tuple(one for one in security or () if not any(use.scheme in hidden for use in one))
        return kept or security

    operations = tuple(replace(operation, security=shown(operation.security)) for operation in operations)
    needed = {use.scheme for operation in operations for way in operation.security or () for use in way}
    schemes = tuple(
        security_scheme
        for security_scheme in provider.security_schemes
        if security_scheme.name not in hidden or security_scheme.name in needed
    )
    return replace(provider, security_schemes=schemes), operations


class _Operations:
    """Reads the operations of one document, in order."""

    def __init__(
        self,
        reading: Reading,
        version: Version,
        provider: Provider,
        override: tuple[Server, ...] | None,
        strip_prefix: str,
    ) -> None:
        self._reading = reading
        self._version = version
        self._provider = provider
        self._override = override
        self._strip_prefix = strip_prefix
        self._schemes = frozenset(scheme.name for scheme in provider.security_schemes)
        self._security = read_security(reading, reading.document, self._schemes, None)
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._ids: set[str] = set()
        self._parts = 0
        self._outbound = 0
        self._hidden_tags = hidden_tags(reading.document)
        self._found: list[Operation] = []
        self._extensions: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def read(self) -> tuple[Operation, ...]:
        for path, value, place in self._reading.members(self._reading.document, "paths", None):
            if not path.startswith("x-"):
                self._read_path_item(path, value, place)
        return tuple(self._found)

    def _read_path_item(self, path: str, value: Any, where: Where) -> None:
        if not path.startswith("/"):
            self._reading.problems.warn(
                where, f"The path {quoted(path)} does not begin with a slash: write one before it."
            )
        if _BRACE.search(_TEMPLATE.sub("", path)):
            self._reading.problems.warn(
                where,
                f"A brace in the path {quoted(path)} has no partner; it is sent as it is: "
                "close it, or write %7B or %7D.",
            )
        for operation in self._operations_of(path, value, where, outbound=False):
            if len(self._found) >= self._reading.limits.operations:
                raise self._too_many()
            self._found.append(operation)

    def read_outbound(self, path: str, value: Any, where: Where) -> Iterator[Operation]:
        """Yield the operations of a path item that the API itself calls; `path` is no path of the API."""
        for operation in self._operations_of(path, value, where, outbound=True):
            self._outbound += 1
            if self._outbound > self._reading.limits.operations:
                raise self._too_many()
            yield operation

    def _too_many(self) -> LimitError:
        limit = self._reading.limits.operations
        return LimitError("operations", f"The document has more operations than the limit of {limit}.")

    def _operations_of(self, path: str, value: Any, where: Where, *, outbound: bool) -> Iterator[Operation]:
        item, place = self._path_item(value, where)
        if item is None:
            return
        # What references share is read once: one large path item behind many references must not cost each time.
        listed = item.get("parameters")
        common = self._reading.once("common", listed, lambda: self._version.read_common(self._reading, item, place))
        servers = self._servers(item, place, self._provider.servers)
        for method, operation, at in self._version.operations_of(self._reading, item, place):
            link = {"$ref": operation["$ref"]} if isinstance(operation, dict) and "$ref" in operation else operation
            followed = self._reading.follow(link, at, f"operation {method} {path}")
            if followed is None:
                continue
            yield self._read_operation(method, path, item, common, servers, *followed, outbound=outbound)

    def _path_item(self, value: Any, where: Where) -> tuple[dict[str, Any] | None, Where]:
        if not isinstance(value, dict) or "$ref" not in value:
            return self._reading.follow(value, where, "path") or (None, where)
        followed = self._reading.follow({"$ref": value["$ref"]}, where, "path")
        own = {key: member for key, member in value.items() if key != "$ref"}
        if followed is None:
            return (own or None), where
        return (followed[0] | own), (where if own else followed[1])

    def _servers(self, holder: Mapping[str, Any], where: Where, inherited: tuple[Server, ...]) -> tuple[Server, ...]:
        if self._override is not None or self._version.name == "2.0":
            return inherited
        return self._version.read_servers(self._reading, holder, where) or inherited

    def _read_operation(
        self,
        method: str,
        path: str,
        item: Mapping[str, Any],
        common: Any,
        servers: tuple[Server, ...],
        value: dict[str, Any],
        where: Where,
        *,
        outbound: bool,
    ) -> Operation:
        reading = self._reading
        operation_id = text(value.get("operationId")).strip() if outbound else self._operation_id(value, where)
        callbacks = () if outbound else read_callbacks(reading, value, where, self.read_outbound)
        (parameters, body), responses = reading.once(
            f"operation {id(common)}",
            value,
            lambda: (
                self._version.read_inputs(reading, common, value, where),
                self._version.read_responses(reading, value, where),
            ),
        )
        self._weigh(parameters, body, responses)
        self._parts += sum(1 + _parts_of(operation) for callback in callbacks for operation in callback.operations)
        if body is not None and method == "TRACE":
            # RFC 9110 section 9.3.8: a client must not send content in a TRACE request.
            reading.problems.warn((where, "requestBody"), "TRACE takes no body; it is left out: remove it.")
            body = None
        name = canonical_name(operation_id) if operation_id else name_without_id(method, path)
        tags = tuple(dict.fromkeys(tag for tag in map(text, reading.list_in(value, "tags", where)) if tag))
        return Operation(
            name=name if outbound else self._name(name),
            method=method,
            path=path,
            operation_id=operation_id,
            summary=text(value.get("summary")) or text(item.get("summary")),
            description=text(value.get("description")) or text(item.get("description")),
            tags=tags,
            deprecated=is_deprecated(value),
            parameters=parameters
            if outbound
            else self._with_headers(complete_path(reading, path, parameters, where), value),
            request_body=body,
            responses=responses,
            security=self._operation_security(value, where),
            servers=self._servers(value, where, servers),
            external_docs=reading.external_docs(value, where),
            callbacks=callbacks,
            code_samples=code_samples(value),
            hidden=is_hidden(value, item) or not self._hidden_tags.isdisjoint(tags),
            badges=badges(value),
            notice=notice(value),
            sendable=can_be_sent(value, reading.document),
            extensions=self._extensions_of(value),
        )

    def _extensions_of(self, value: dict[str, Any]) -> Mapping[str, str]:
        # Generators write the same few on thousands of operations: one mapping for all that say the same.
        found = other_extensions(value)
        return self._extensions.setdefault(tuple(found.items()), found)

    def _with_headers(self, parameters: tuple[Parameter, ...], value: dict[str, Any]) -> tuple[Parameter, ...]:
        """Add a header of one value for each that every request is to carry and that no parameter describes."""
        known = {parameter.name.lower() for parameter in parameters if parameter.location == "header"}
        more = []
        for name, fixed in static_headers(value, self._reading.document):
            if name.lower() not in known:
                known.add(name.lower())
                schema = {"type": "string", "enum": [fixed]}
                more.append(Parameter(name=name, location="header", schema=schema, required=True))
        return (*parameters, *more)

    def _weigh(
        self, parameters: tuple[Parameter, ...], body: RequestBody | None, responses: tuple[Response, ...]
    ) -> None:
        self._parts += _count_parts(parameters, body, responses)
        limit = self._reading.limits.parts
        if self._parts > limit:
            message = f"The operations have more parameters, media types and headers than the limit of {limit}."
            raise LimitError("parts", message)

    def _operation_security(self, value: dict[str, Any], where: Where) -> tuple[SecurityRequirement, ...] | None:
        if value.get("security") is None:
            return self._security
        return read_security(self._reading, value, self._schemes, where)

    def _operation_id(self, value: dict[str, Any], where: Where) -> str:
        given = value.get("operationId")
        operation_id = text(given).strip()
        if given is not None and not operation_id:
            self._reading.problems.warn(
                (where, "operationId"),
                f"The operationId is {kind_of(given)} or empty; it is ignored: give it text, or remove it.",
            )
        elif operation_id in self._ids:
            self._reading.problems.warn(
                (where, "operationId"),
                f"The operationId {quoted(operation_id)} is used twice: give one of the operations another.",
            )
        if operation_id:
            self._ids.add(operation_id)
        # An id that is nothing but the prefix keeps it: it would have no name.
        return operation_id.removeprefix(self._strip_prefix) or operation_id

    def _name(self, name: str) -> str:
        """Make a name unique; numbers are remembered, or 20,000 equal names would take minutes."""
        free, number = name, self._numbers.get(name, 2)
        while free in self._names:
            free, number = f"{name}_{number}", number + 1
        self._numbers[name] = number
        self._names.add(free)
        return free


def _count_parts(parameters: tuple[Parameter, ...], body: RequestBody | None, responses: tuple[Response, ...]) -> int:
    count = len(parameters) + (len(body.media_types) if body else 0)
    return count + sum(
        len(response.media_types) + len(response.headers) + len(response.links) + 1 for response in responses
    )


def _parts_of(operation: Operation) -> int:
    return _count_parts(operation.parameters, operation.request_body, operation.responses)
