"""Two versions of an API compared: operations added, removed and changed, each change judged by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from playground.catalog.codec import encode
from playground.catalog.model import Catalog, MediaType, Operation, Parameter, Response
from playground.changes.model import Change, ChangedOperation, Comparison
from playground.changes.schemas import SchemaReader
from playground.schema.flatten import references_in
from playground.text.wording import say

MOST_CHANGES = 100
"""Changes of one operation that are listed."""
_VARIABLE = re.compile(r"\{[^{}]*\}")
_WORDS = frozenset(
    ("name", "operation_id", "summary", "description", "tags", "external_docs", "code_samples", "badges", "notice",
     "extensions", "hidden", "sendable", "servers")
)  # fmt: skip
"""What of an operation is for people, or decides no request."""
_STYLE = ("style", "explode", "allow_reserved", "media_type")


def compare(before: Catalog, after: Catalog) -> Comparison:
    """Return what differs between two versions of an API."""
    old = {_identity(operation): operation for operation in before.operations}
    new = {_identity(operation): operation for operation in after.operations}
    reader = SchemaReader(before.definitions, after.definitions)
    comparing = _Comparing(before, after, reader)
    removed = [operation for key, operation in old.items() if key not in new]
    added = [operation for key, operation in new.items() if key not in old]
    changed = [
        found
        for key, operation in new.items()
        if key in old and (found := comparing.operation(old[key], operation)) is not None
    ]
    renamed = tuple(_renamed(removed, added))
    return Comparison(
        added=tuple(map(_plain, added)),
        removed=tuple(map(_plain, removed)),
        changed=tuple(changed),
        renamed=renamed,
    )


def _identity(operation: Operation) -> tuple[str, str]:
    # The name of a path variable is no part of a request.
    return operation.method, _VARIABLE.sub("{}", operation.path)


def _plain(operation: Operation) -> ChangedOperation:
    return ChangedOperation(key=operation.key, name=operation.name, title=operation.title)


def _renamed(removed: list[Operation], added: list[Operation]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of an operation that is gone and a new one of the same operationId."""
    by_id = {operation.operation_id: operation for operation in added if operation.operation_id}
    for operation in removed:
        if operation.operation_id in by_id:
            yield operation.key, by_id[operation.operation_id].key


class _Comparing:
    def __init__(self, before: Catalog, after: Catalog, reader: SchemaReader) -> None:
        self._reader = reader
        self._schemes_before = {scheme.name: scheme for scheme in before.provider.security_schemes}
        self._schemes_after = {scheme.name: scheme for scheme in after.provider.security_schemes}

    def operation(self, before: Operation, after: Operation) -> ChangedOperation | None:
        if before == after and not any(key in self._reader.dirty() for key in references_in(encode(after))):
            return None
        changes = list(dict.fromkeys(self._changes(_with_names(before, after), after)))
        changes.sort(key=lambda change: not change.breaking)
        words = _words_of(before) != _words_of(after)
        if not changes and not words:
            return None
        return replace(
            _plain(after),
            changes=tuple(changes[:MOST_CHANGES]),
            more=max(0, len(changes) - MOST_CHANGES),
            words=words,
        )

    def _changes(self, before: Operation, after: Operation) -> Iterator[Change]:
        if after.deprecated != before.deprecated:
            text = say("is deprecated now") if after.deprecated else say("is not deprecated any more")
            yield Change(place="", rule="deprecated", text=text)
        yield from self._parameters(before, after)
        yield from self._body(before, after)
        yield from self._responses(before, after)
        yield from self._security(before, after)

    def _parameters(self, before: Operation, after: Operation) -> Iterator[Change]:
        old = {(one.location, _folded(one)): one for one in before.parameters}
        new = {(one.location, _folded(one)): one for one in after.parameters}
        for key, one in old.items():
            if key not in new:
                yield Change(place=_place(one), rule="parameter-removed", text=say("was removed"), breaking=True)
        for key, one in new.items():
            place = _place(one)
            if key not in old:
                text = say("was added and is required") if one.required else say("was added")
                yield Change(place=place, rule="parameter-added", text=text, breaking=one.required)
                continue
            was = old[key]
            if one.required != was.required:
                text = say("is required now") if one.required else say("is optional now")
                rule = "parameter-required" if one.required else "parameter-optional"
                yield Change(place=place, rule=rule, text=text, breaking=one.required)
            if any(getattr(one, name) != getattr(was, name) for name in _STYLE):
                yield Change(place=place, rule="parameter-style", text=say("is written otherwise"), breaking=True)
            yield from self._reader.changes(place, was.schema, one.schema, "request")

    def _body(self, before: Operation, after: Operation) -> Iterator[Change]:
        old, new = before.request_body, after.request_body
        if old is None and new is None:
            return
        if new is None:
            yield Change(place="body", rule="body-removed", text=say("was removed"), breaking=True)
        elif old is None:
            text = say("was added and is required") if new.required else say("was added")
            yield Change(place="body", rule="body-added", text=text, breaking=new.required)
        else:
            if old.required != new.required:
                text = say("is required now") if new.required else say("is optional now")
                rule = "body-required" if new.required else "body-optional"
                yield Change(place="body", rule=rule, text=text, breaking=new.required)
            yield from self._media_types("body", old.media_types, new.media_types, sends=True)

    def _media_types(
        self, place: str, before: tuple[MediaType, ...], after: tuple[MediaType, ...], *, sends: bool
    ) -> Iterator[Change]:
        old, new = ({one.name.lower(): one for one in types} for types in (before, after))
        for name in old.keys() - new.keys():
            yield Change(
                place=place, rule="media-type-removed", text=say("%(name)s was removed", name=name), breaking=True
            )
        for name in new.keys() - old.keys():
            yield Change(place=place, rule="media-type-added", text=say("%(name)s was added", name=name))
        for name, one in new.items():
            if name in old:
                direction = "request" if sends else "response"
                yield from self._reader.changes(place, old[name].schema, one.schema, direction)  # type: ignore[arg-type]
                if (was := old[name].item_schema) is not None and one.item_schema is not None:
                    yield from self._reader.changes(f"{place}/0", was, one.item_schema, direction)  # type: ignore[arg-type]

    def _responses(self, before: Operation, after: Operation) -> Iterator[Change]:
        old, new = ({one.status: one for one in operation.responses} for operation in (before, after))
        for status in old.keys() - new.keys():
            is_success = status.startswith("2")
            yield Change(
                place=f"response {status}", rule="answer-removed", text=say("was removed"), breaking=is_success
            )
        for status in new.keys() - old.keys():
            yield Change(place=f"response {status}", rule="answer-added", text=say("was added"))
        for status, one in new.items():
            if status in old:
                yield from self._response(f"response {status}", old[status], one)

    def _response(self, place: str, before: Response, after: Response) -> Iterator[Change]:
        old, new = ({one.name.lower(): one for one in answer.headers} for answer in (before, after))
        for name, header in old.items():
            if name not in new:
                where = f"{place} header {header.name}"
                yield Change(place=where, rule="header-removed", text=say("was removed"), breaking=True)
            elif header.required and not new[name].required:
                yield Change(
                    place=f"{place} header {name}", rule="header-optional", text=say("is optional now"), breaking=True
                )
        for name in new.keys() - old.keys():
            yield Change(place=f"{place} header {new[name].name}", rule="header-added", text=say("was added"))
        yield from self._media_types(place, before.media_types, after.media_types, sends=False)

    def _security(self, before: Operation, after: Operation) -> Iterator[Change]:
        old = {_asked(requirement) for requirement in before.security or ((),)}
        new = {_asked(requirement) for requirement in after.security or ((),)}
        # Who can do with an alternative of before has one now that asks for no more.
        if any(not any(now <= was for now in new) for was in old):
            yield Change(
                place="security", rule="security-tightened", text=say("asks for other credentials"), breaking=True
            )
        elif old != new:
            yield Change(place="security", rule="security-relaxed", text=say("takes other credentials too"))
        for name in {name for requirement in new for name, _ in requirement}:
            was, now = self._schemes_before.get(name), self._schemes_after.get(name)
            if was is not None and now is not None and _kind(was) != _kind(now):
                text = say("the scheme %(name)s is another one", name=name)
                yield Change(place="security", rule="security-tightened", text=text, breaking=True)


def _kind(scheme: Any) -> tuple[str, ...]:
    return scheme.type, scheme.scheme, scheme.location, scheme.parameter


def _asked(requirement: Any) -> frozenset[tuple[str, str]]:
    return frozenset((use.scheme, scope) for use in requirement for scope in (*use.scopes, ""))


def _folded(parameter: Parameter) -> str:
    return parameter.name.lower() if parameter.location == "header" else parameter.name


def _place(parameter: Parameter) -> str:
    return f"{parameter.location}.{parameter.name}"


def _with_names(before: Operation, after: Operation) -> Operation:
    """Return the earlier operation with the path variables called as they are now."""
    old, new = _VARIABLE.findall(before.path), _VARIABLE.findall(after.path)
    names = {one[1:-1]: other[1:-1] for one, other in zip(old, new, strict=False) if one != other}
    if not names:
        return before
    return replace(
        before,
        parameters=tuple(
            replace(one, name=names.get(one.name, one.name)) if one.location == "path" else one
            for one in before.parameters
        ),
    )


def _words_of(operation: Operation) -> Mapping[str, Any]:
    told = {field.name: getattr(operation, field.name) for field in fields(operation) if field.name in _WORDS}
    return {**told, "parameters": [parameter.description for parameter in operation.parameters]}
