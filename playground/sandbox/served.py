"""A description as the sandbox serves it: its own address as the server, and with each operation what it may refuse.

A description need not name every status there can be, and a strict server has to refuse what it rules out. So that a
client, or a test tool, can know all answers, this document says what the description leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from playground.catalog.model import Entry
from playground.openapi.parse import parse_document
from playground.openapi.pointers import fragment_tokens
from playground.sandbox.conditions import describes_unchanged
from playground.sandbox.negotiate import described, first_status, lacks_success, reason_of
from playground.sandbox.refusal import PROBLEM, PROBLEM_SCHEMA, REASON, Cause, status_for
from playground.sandbox.source import Source

NAME = "SandboxProblem"
"""The component of a refusal that the description does not describe."""
_WRITING = frozenset(("POST", "PUT", "PATCH", "DELETE"))
_REASON = "Why the request is refused, in one sentence."
_REFUSED = "The sandbox refuses the request; the description names no such answer."


def served_document(source: Source, provider: str, address: str) -> dict[str, Any] | None:
    """Return the description of a provider with the sandbox's `address` and answers; `None` where its text is not kept.

    Raises `ProviderNotFound`.
    """
    text = source.source(provider)
    if not text:
        return None
    document = parse_document(text)
    old = "swagger" in document
    document = {name: value for name, value in document.items() if name not in ("servers", "host", "schemes")}
    if old:
        document["basePath"] = address or "/"
    else:
        document["servers"] = [{"url": address or "/"}]
    component = _Component(document, old=old)
    names = {(known.method.upper(), known.path): known.name for known in source.operations(provider, hidden=True)}
    paths = document.get("paths")
    document["paths"] = {
        path: {
            method: component.answered(operation, source.entry(provider, names[method.upper(), path]))
            if (method.upper(), path) in names and isinstance(operation, Mapping)
            else operation
            for method, operation in _item(item, document).items()
            if method != "servers"
        }
        for path, item in (paths.items() if isinstance(paths, Mapping) else ())
    }
    component.add()
    return document


def _item(item: Any, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a path's methods, those that it refers to as well."""
    if not isinstance(item, Mapping):
        return {}
    reference = item.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return item
    target: Any = document
    for token in fragment_tokens(unquote(reference[1:])):
        target = target.get(token) if isinstance(target, Mapping) else None
    own = {name: value for name, value in item.items() if name != "$ref"}
    return {**target, **own} if isinstance(target, Mapping) else own


def _statuses_of(entry: Entry) -> tuple[int, ...]:
    """Return the statuses that an operation may be answered with and does not describe."""
    causes = tuple(_causes(entry))
    found = {status_for(entry, cause) for cause in causes}
    if describes_unchanged(entry):
        found.add(304)
    found.add(first_status(entry))
    if lacks_success(entry) and entry.operation.method.upper() in _WRITING:
        found.add(204)
    return tuple(sorted(status for status in found if described(entry, status) is None))


def _causes(entry: Entry) -> Iterator[Cause]:
    """Yield why an operation may refuse a request."""
    operation = entry.operation
    yield "rate"
    if operation.security and all(operation.security):
        yield "credentials"
    if operation.parameters:
        yield "parameter"
    if operation.parameters_in("path"):
        yield "missing"
    if operation.request_body is not None and operation.request_body.media_types:
        yield from ("parameter", "syntax", "media type", "size", "body", "missing")
    if operation.method.upper() in _WRITING:
        yield from ("conflict", "precondition", "idempotency", "storage")


class _Component:
    """The answer that is described once in the document, where operations need it."""

    def __init__(self, document: dict[str, Any], *, old: bool) -> None:
        self.document = document
        self.old = old
        components = document.get("components")
        self.place = document if old else dict(components) if isinstance(components, Mapping) else {}
        known = self.place.get("responses")
        self.known = dict(known) if isinstance(known, Mapping) else {}
        self.name = NAME
        while self.name in self.known:
            self.name += "_"
        self.needed = False

    def answered(self, operation: Mapping[str, Any], entry: Entry) -> Mapping[str, Any]:
        """Return an operation of the document with the answers that it lacks."""
        lacking = _statuses_of(entry)
        whole = {name: value for name, value in operation.items() if name != "servers"}
        responses = whole.get("responses")
        if not lacking:
            return whole
        whole["responses"] = dict(responses) if isinstance(responses, Mapping) else {}
        for status in lacking:
            whole["responses"][str(status)] = self._response(status)
        if self.old:
            produces = whole.get("produces", self.document.get("produces"))
            listed = produces if isinstance(produces, list) else []
            whole["produces"] = [*listed, *([] if PROBLEM in listed else [PROBLEM])]
        return whole

    def _response(self, status: int) -> dict[str, Any]:
        if status < 400:
            return {"description": reason_of(status)}
        self.needed = True
        prefix = "#/responses/" if self.old else "#/components/responses/"
        return {"$ref": f"{prefix}{self.name}"}

    def add(self) -> None:
        """Add the answer to the document, if an operation needs it."""
        if not self.needed:
            return
        response: dict[str, Any] = {"description": _REFUSED}
        if self.old:
            response |= {"headers": {REASON: {"type": "string", "description": _REASON}}, "schema": PROBLEM_SCHEMA}
        else:
            response |= {
                "headers": {REASON: {"description": _REASON, "schema": {"type": "string"}}},
                "content": {PROBLEM: {"schema": PROBLEM_SCHEMA}},
            }
        self.place["responses"] = {**self.known, self.name: response}
        if not self.old:
            self.document["components"] = self.place
