"""The operations of a document in order, with the webhooks and callbacks that the API itself sends.

A webhook or callback is described like an operation (OpenAPI 3.1 sections 4.8.18 and 4.8.1), only that nobody can send
it to the API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import (
    Callback,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    Response,
    SecurityRequirement,
    Server,
)
from playground.catalog.names import canonical_name, name_without_id
from playground.openapi.document import DocumentReader
from playground.openapi.extensions import (
    can_be_sent,
    extensions_in,
    is_deprecated,
    is_hidden,
    read_badges,
    read_code_samples,
    read_hidden_tags,
    read_notice,
    read_other_extensions,
    read_static_headers,
)
from playground.openapi.parameters import complete_path
from playground.openapi.pointers import Where
from playground.openapi.problems import LimitError, kind_of, quoted
from playground.openapi.security import read_security
from playground.openapi.values import text
from playground.openapi.versions.base import ReadInputs, Version
from playground.text.wording import say

_TEMPLATE = re.compile(r"\{[^{}]*\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class _Item:
    """A path item: its path, its object and place, the servers in force below it, and how its inputs are read."""

    path: str
    value: Mapping[str, Any]
    servers: tuple[Server, ...]
    read_inputs: ReadInputs
    outbound: bool


@dataclass(frozen=True, slots=True)
class _Outbound:
    operations: tuple[Operation, ...]


class OperationReader:
    """Reads the operations of one document, in order.

    `override` are the servers that replace every described one, `strip_prefix` is cut from operationIds.
    """

    def __init__(
        self,
        reader: DocumentReader,
        version: Version,
        provider: Provider,
        override: tuple[Server, ...] | None,
        strip_prefix: str,
    ) -> None:
        self._reader = reader
        self._version = version
        self._provider = provider
        self._override = override
        self._strip_prefix = strip_prefix
        self._schemes = frozenset(scheme.name for scheme in provider.security_schemes)
        self._security = read_security(reader, reader.document, self._schemes, None)
        self._names = UniqueNames()
        self._ids: set[str] = set()
        self._parts = 0
        self._outbound = 0
        self._document_extensions = extensions_in(reader.document)
        self._hidden_tags = read_hidden_tags(reader.document)
        self._extensions: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def read(self) -> tuple[Operation, ...]:
        """Return the operations of `paths`."""
        operations: list[Operation] = []
        for path, value, place in self._reader.members(self._reader.document, "paths", None):
            if path.startswith("x-"):
                continue
            for operation in self.read_path(path, value, place):
                if len(operations) >= self._reader.limits.operations:
                    raise self._too_many()
                operations.append(operation)
        return tuple(operations)

    def read_path(self, path: str, value: Any, where: Where) -> Iterator[Operation]:
        """Yield the operations of one path."""
        self._check_path(path, where)
        return self._read_item(path, value, where, outbound=False)

    def read_webhooks(self) -> tuple[Operation, ...]:
        """Return the webhooks (3.1, and `x-webhooks` before it); the `path` of each is the webhook's name."""
        return tuple(
            webhook
            for key in ("webhooks", "x-webhooks")
            for name, value, place in self._reader.members(self._reader.document, key, None)
            if not name.startswith("x-")
            for webhook in self._read_outbound(name, value, place)
        )

    def _check_path(self, path: str, where: Where) -> None:
        if not path.startswith("/"):
            self._reader.problems.warn(
                where, f"The path {quoted(path)} does not begin with a slash: write one before it."
            )
        if _BRACE.search(_TEMPLATE.sub("", path)):
            self._reader.problems.warn(
                where,
                f"A brace in the path {quoted(path)} has no partner; it is sent as it is: "
                "close it, or write %7B or %7D.",
            )

    def _read_outbound(self, path: str, value: Any, where: Where) -> Iterator[Operation]:
        """Yield the operations of a path item that the API itself calls; `path` is no path of the API."""
        for operation in self._read_item(path, value, where, outbound=True):
            self._outbound += 1
            if self._outbound > self._reader.limits.operations:
                raise self._too_many()
            yield operation

    def _too_many(self) -> LimitError:
        limit = self._reader.limits.operations
        return LimitError(
            "operations", say("The document has more operations than the limit of %(limit)s.", limit=limit)
        )

    def _read_item(self, path: str, value: Any, where: Where, *, outbound: bool) -> Iterator[Operation]:
        reader, version = self._reader, self._version
        described, place = self._follow_item(value, where)
        if described is None:
            return
        # What references share is read once: one large path item behind many references must not cost each time.
        listed = described.get("parameters")
        item = _Item(
            path=path,
            value=described,
            servers=self._servers(described, place, self._provider.servers),
            read_inputs=reader.once("common", listed, lambda: version.read_item(reader, described, place)),
            outbound=outbound,
        )
        for method, operation, at in version.operations_of(reader, described, place):
            link = {"$ref": operation["$ref"]} if isinstance(operation, dict) and "$ref" in operation else operation
            followed = reader.follow(link, at, f"operation {method} {path}")
            if followed is not None:
                yield self._read_operation(item, method, *followed)

    def _follow_item(self, value: Any, where: Where) -> tuple[dict[str, Any] | None, Where]:
        if not isinstance(value, dict) or "$ref" not in value:
            return self._reader.follow(value, where, "path") or (None, where)
        followed = self._reader.follow({"$ref": value["$ref"]}, where, "path")
        own = {key: member for key, member in value.items() if key != "$ref"}
        if followed is None:
            return (own or None), where
        return (followed[0] | own), (where if own else followed[1])

    def _servers(self, holder: Mapping[str, Any], where: Where, inherited: tuple[Server, ...]) -> tuple[Server, ...]:
        if self._override is not None or self._version.name == "2.0":
            return inherited
        return self._version.read_servers(self._reader, holder, where) or inherited

    def _read_operation(self, item: _Item, method: str, value: dict[str, Any], where: Where) -> Operation:
        reader, path, extensions = self._reader, item.path, extensions_in(value)
        operation_id = text(value.get("operationId")).strip() if item.outbound else self._operation_id(value, where)
        callbacks = () if item.outbound else self._read_callbacks(value, where)
        (parameters, body), responses = reader.once(
            f"operation {id(item.read_inputs)}",
            value,
            lambda: (item.read_inputs(value, where), self._version.read_responses(reader, value, where)),
        )
        self._weigh(parameters, body, responses, callbacks)
        if body is not None and method == "TRACE":
            # RFC 9110 section 9.3.8: a client must not send content in a TRACE request.
            reader.problems.warn((where, "requestBody"), "TRACE takes no body; it is left out: remove it.")
            body = None
        if not item.outbound:
            parameters = self._with_headers(complete_path(reader, path, parameters, where), extensions)
        name = described_name(method, path, operation_id, value)
        tags = tuple(dict.fromkeys(tag for tag in map(text, reader.list_in(value, "tags", where)) if tag))
        return Operation(
            name=name if item.outbound else self._names.take(name),
            method=method,
            path=path,
            operation_id=operation_id,
            summary=text(value.get("summary")) or text(item.value.get("summary")),
            description=text(value.get("description")) or text(item.value.get("description")),
            tags=tags,
            deprecated=is_deprecated(value),
            parameters=parameters,
            request_body=body,
            responses=responses,
            security=self._operation_security(value, where),
            servers=self._servers(value, where, item.servers),
            external_docs=reader.external_docs(value, where),
            callbacks=callbacks,
            code_samples=read_code_samples(extensions),
            hidden=is_hidden(extensions, item.value) or not self._hidden_tags.isdisjoint(tags),
            badges=read_badges(extensions),
            notice=read_notice(extensions),
            sendable=can_be_sent(extensions, self._document_extensions),
            extensions=self._extensions_of(extensions),
        )

    def _read_callbacks(self, operation: Mapping[str, Any], where: Where) -> tuple[Callback, ...]:
        """Return the callbacks of an operation; the `path` of each operation in them is a runtime expression."""
        callbacks: list[Callback] = []
        for name, value, place in self._reader.members(operation, "callbacks", where):
            # What several operations share by a reference is read once.
            callback = self._reader.shared(value, place, "callback", self._read_callback)
            if callback is not None and callback.operations:
                callbacks.append(Callback(name=name, operations=callback.operations))
        return tuple(callbacks)

    def _read_callback(self, callback: dict[str, Any], where: Where) -> _Outbound:
        items = ((path, item) for path, item in callback.items() if not path.startswith("x-"))
        return _Outbound(
            tuple(operation for path, item in items for operation in self._read_outbound(path, item, (where, path)))
        )

    def _extensions_of(self, extensions: Mapping[str, Any]) -> Mapping[str, str]:
        # Generators write the same few on thousands of operations: equal mappings are one.
        shown = read_other_extensions(extensions)
        return self._extensions.setdefault(tuple(shown.items()), shown)

    def _with_headers(self, parameters: tuple[Parameter, ...], extensions: Mapping[str, Any]) -> tuple[Parameter, ...]:
        """Add a header of one value for each that every request is to carry and that no parameter describes."""
        known = {parameter.name.lower() for parameter in parameters if parameter.location == "header"}
        added: list[Parameter] = []
        for name, fixed in read_static_headers(extensions, self._document_extensions):
            if name.lower() not in known:
                known.add(name.lower())
                schema = {"type": "string", "enum": [fixed]}
                added.append(Parameter(name=name, location="header", schema=schema, required=True))
        return (*parameters, *added)

    def _weigh(
        self,
        parameters: tuple[Parameter, ...],
        body: RequestBody | None,
        responses: tuple[Response, ...],
        callbacks: tuple[Callback, ...],
    ) -> None:
        self._parts += _count_parts(parameters, body, responses)
        self._parts += sum(1 + _parts_of(operation) for callback in callbacks for operation in callback.operations)
        limit = self._reader.limits.parts
        if self._parts > limit:
            raise LimitError(
                "parts",
                say(
                    "The operations have more parameters, media types and headers than the limit of %(limit)s.",
                    limit=limit,
                ),
            )

    def _operation_security(self, value: dict[str, Any], where: Where) -> tuple[SecurityRequirement, ...] | None:
        if value.get("security") is None:
            return self._security
        return read_security(self._reader, value, self._schemes, where)

    def _operation_id(self, value: dict[str, Any], where: Where) -> str:
        written = value.get("operationId")
        operation_id = text(written).strip()
        if isinstance(written, str) and not operation_id:
            self._reader.problems.warn(
                (where, "operationId"),
                "The operationId is empty, so the operation is named _: give it text, or remove it.",
            )
        elif written is not None and not operation_id:
            self._reader.problems.warn(
                (where, "operationId"),
                f"The operationId is {kind_of(written)}; it is ignored: give it text, or remove it.",
            )
        elif operation_id in self._ids:
            self._reader.problems.warn(
                (where, "operationId"),
                f"The operationId {quoted(operation_id)} is used twice: give one of the operations another.",
            )
        if operation_id:
            self._ids.add(operation_id)
        # An id that is nothing but the prefix keeps it: it would have no name.
        return operation_id.removeprefix(self._strip_prefix) or operation_id


class UniqueNames:
    """Gives each operation a name of its own: the second of a name gets `_2`."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return the name, or one like it that is free; numbers are remembered, or 20,000 equal ones took minutes."""
        free, number = name, self._numbers.get(name, 2)
        while free in self._names:
            free, number = f"{name}_{number}", number + 1
        self._numbers[name] = number
        self._names.add(free)
        return free


def described_name(method: str, path: str, operation_id: str, operation: Mapping[str, Any]) -> str:
    """Return the canonical name of an operation, which another may have too; an empty operationId is one."""
    has_id = operation_id or isinstance(operation.get("operationId"), str)
    return canonical_name(operation_id) if has_id else name_without_id(method, path)


def _count_parts(parameters: tuple[Parameter, ...], body: RequestBody | None, responses: tuple[Response, ...]) -> int:
    count = len(parameters) + (len(body.media_types) if body else 0)
    return count + sum(
        len(response.media_types) + len(response.headers) + len(response.links) + 1 for response in responses
    )


def _parts_of(operation: Operation) -> int:
    return _count_parts(operation.parameters, operation.request_body, operation.responses)
