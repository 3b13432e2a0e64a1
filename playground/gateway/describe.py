"""What the gateway publishes about itself: health, configuration, and its tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from playground.catalog.model import Entry, OperationSummary
from playground.schema.flatten import flatten
from playground.store.model import SearchResult

MOST_DEFINITIONS = 200
_PREFIX = "#/$defs/"


MOST_FOUND = 100


class ToolSource(Protocol):
    """The part of a store that the list of tools needs."""

    def operations(self, name: str, *, limit: int = ...) -> Sequence[OperationSummary]:
        """Return operations of one provider."""

    def search(self, query: str, *, limit: int = ...) -> SearchResult:
        """Return what a text finds, the best first."""

    def entry(self, name: str, operation: str) -> Entry:
        """Return one operation with the definitions it uses."""


def health() -> dict[str, str]:
    """Return the body of `GET /health`."""
    return {"status": "ok", "service": "gateway"}


def config(version: str) -> dict[str, Any]:
    """Return the body of `GET /config`; `features.playground` is how our own client knows us."""
    features = {"ephemeralCredentials": True, "streaming": True, "playground": 1}
    return {"mode": "none", "auth": {}, "features": features, "version": version}


def list_tools(source: ToolSource, providers: Iterable[str], *, limit: int = 500) -> dict[str, Any]:
    """Return the body of `GET /tools`: up to `limit` operations of the named providers, with their input schemas."""
    tools: list[dict[str, Any]] = []
    for provider in providers:
        if len(tools) >= limit:
            break
        listed = source.operations(provider, limit=limit - len(tools))
        tools.extend(describe_tool(source.entry(provider, operation.name)) for operation in listed)
    return {"tools": tools, "workspace_id": "playground"}


def find_tools(source: ToolSource, text: str, *, providers: Iterable[str] = (), limit: int = 10) -> dict[str, Any]:
    """Return the body of `GET /tools/search`: up to `limit` operations a text finds, in `providers` or anywhere."""
    only = frozenset(providers)
    results = source.search(text, limit=limit if not only else MOST_FOUND).operations if text.strip() else ()
    chosen = [operation for operation in results if not only or operation.provider in only][:limit]
    tools = [describe_tool(source.entry(operation.provider, operation.name)) for operation in chosen]
    return {
        "success": True,
        "count": len(tools),
        "tools": tools,
        "namespaces": sorted({operation.provider for operation in chosen}),
    }


def describe_tool(entry: Entry) -> dict[str, Any]:
    """Return one tool: provider, `name` (`provider.operation`), operation, description, input schema."""
    operation = entry.operation
    tool: dict[str, Any] = {
        "provider": entry.provider.name,
        "name": f"{entry.provider.name}.{operation.name}",
        "operation": operation.name,
    }
    if operation.summary or operation.description:
        tool["description"] = operation.summary or operation.description
    tool["inputSchema"] = input_schema(entry)
    return tool


def input_schema(entry: Entry) -> dict[str, Any]:
    """Return the JSON Schema of an operation's flat arguments; where names collide, the body is whole, as `body`."""
    operation = entry.operation
    properties: dict[str, Any] = {parameter.name: parameter.schema for parameter in operation.parameters}
    required = [parameter.name for parameter in operation.parameters if parameter.required]
    body = operation.request_body
    if body is not None and body.media_types:
        schema = flatten(body.media_types[0].schema, entry.definitions)
        members = schema.get("properties")
        if isinstance(members, Mapping) and members and not properties.keys() & members.keys():
            properties.update(members)
            listed = schema.get("required")
            needed = listed if body.required and isinstance(listed, list) else []
            required += [name for name in needed if name in members]
        else:
            properties["body"] = body.media_types[0].schema
            required += ["body"] if body.required else []
    schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = list(dict.fromkeys(required))
    definitions = _definitions(properties, entry)
    return {**schema, "$defs": definitions} if definitions else schema


def _definitions(value: Any, entry: Entry) -> dict[str, Any]:
    reached: dict[str, Any] = {}
    waiting = list(_references(value))
    while waiting and len(reached) < MOST_DEFINITIONS:
        key = waiting.pop()
        if key in reached or key not in entry.definitions:
            continue
        reached[key] = entry.definitions[key]
        waiting.extend(_references(reached[key]))
    return reached


def _references(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            reference = part.get("$ref")
            if isinstance(reference, str) and reference.startswith(_PREFIX):
                yield reference.removeprefix(_PREFIX).replace("~1", "/").replace("~0", "~")
            waiting.extend(part.values())
        elif isinstance(part, list | tuple):
            waiting.extend(part)
