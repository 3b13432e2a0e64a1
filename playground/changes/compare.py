"""Two versions of an API compared: operations added, removed and changed, each change judged by the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from playground.catalog.codec import encode
from playground.catalog.model import Catalog, MediaType, Operation, Parameter, RequestBody, Response
from playground.changes.judge import Direction, default_changes, deprecation
from playground.changes.model import Change, ChangedOperation, Comparison
from playground.changes.schemas import SchemaReader
from playground.mediatypes import kind_of
from playground.schema.flatten import flatten, references_in
from playground.schema.mapping import as_mapping
from playground.schema.types import types_of
from playground.text.wording import say

MOST_CHANGES = 100
"""Changes of one operation that are listed."""
_VARIABLE = re.compile(r"\{[^{}]*\}")
_TOLD = {
    "texts": ("summary", "description", "external_docs", "badges", "notice"),
    "operationId": ("operation_id",),
    "tags": ("tags",),
    "servers": ("servers",),
    "samples": ("code_samples",),
    "extensions": ("extensions", "hidden", "sendable"),
}
"""What of an operation is for people, or decides no request, by what it is told as."""
_TEXT_KINDS = ("form", "xml", "csv", "text")
"""Content that writes a number as it writes a text."""
_STYLE = ("style", "explode", "allow_reserved", "media_type")


def compare(before: Catalog, after: Catalog) -> Comparison:
    """Return what differs between two versions of an API, its webhooks among it."""
    comparing = _Comparing(before, after)
    removed, added, changed = comparing.operations(before.operations, after.operations)
    gone, new, other = comparing.operations(before.webhooks, after.webhooks, outbound=True)
    return Comparison(
        added=(*map(_plain, added), *map(_webhook, new)),
        removed=(*map(_plain, removed), *map(_webhook, gone)),
        changed=(*changed, *other),
        renamed=tuple(_renamed(removed, added)),
    )


def _identity(operation: Operation) -> tuple[str, str]:
    # The name of a path variable is no part of a request.
    return operation.method, _VARIABLE.sub("{}", operation.path)


def _plain(operation: Operation) -> ChangedOperation:
    return ChangedOperation(key=operation.key, name=operation.name, title=operation.title)


def _webhook(operation: Operation) -> ChangedOperation:
    # Without a name: it has no page of its own.
    return ChangedOperation(key=f"webhook {operation.key}", name="", title=operation.title)


def _renamed(removed: list[Operation], added: list[Operation]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of an operation that is gone and a new one of the same operationId."""
    by_id = {operation.operation_id: operation for operation in added if operation.operation_id}
    for operation in removed:
        if operation.operation_id in by_id:
            yield operation.key, by_id[operation.operation_id].key


class _Comparing:
    """Compares operations. What is `outbound`, a webhook or a callback, its caller reads and answers."""

    def __init__(self, before: Catalog, after: Catalog) -> None:
        self._reader = SchemaReader(before.definitions, after.definitions)
        self._schemes_before = {scheme.name: scheme for scheme in before.provider.security_schemes}
        self._schemes_after = {scheme.name: scheme for scheme in after.provider.security_schemes}

    def operations(
        self, before: Sequence[Operation], after: Sequence[Operation], *, outbound: bool = False
    ) -> tuple[list[Operation], list[Operation], list[ChangedOperation]]:
        """Return the operations that are gone, those that are new, and what changed of the others."""
        old, new = ({_identity(operation): operation for operation in among} for among in (before, after))
        pairs = ((old[key], operation) for key, operation in new.items() if key in old)
        changed = [self._operation(earlier, other, outbound=outbound) for earlier, other in pairs]
        return (
            [operation for key, operation in old.items() if key not in new],
            [operation for key, operation in new.items() if key not in old],
            [found for found in changed if found is not None],
        )

    def _operation(self, before: Operation, after: Operation, *, outbound: bool) -> ChangedOperation | None:
        if before == after and not any(key in self._reader.dirty() for key in references_in(encode(after))):
            return None
        changes = list(dict.fromkeys(self._changes(_with_names(before, after), after, outbound=outbound)))
        changes.sort(key=lambda change: not change.breaking)
        told = tuple(_told(before, after))
        if not changes and not told:
            return None
        return replace(
            _webhook(after) if outbound else _plain(after),
            changes=tuple(changes[:MOST_CHANGES]),
            more=max(0, len(changes) - MOST_CHANGES),
            words=bool(told),
            told=told,
        )

    def _changes(self, before: Operation, after: Operation, *, outbound: bool) -> Iterator[Change]:
        if after.deprecated != before.deprecated:
            yield deprecation("", after.deprecated)
        yield from self._parameters(before.parameters, after.parameters, outbound=outbound)
        yield from self._body(before.request_body, after.request_body, outbound=outbound)
        yield from self._responses(before, after, outbound=outbound)
        if not outbound:
            yield from self._security(before, after)
            yield from self._callbacks(before, after)

    def _callbacks(self, before: Operation, after: Operation) -> Iterator[Change]:
        old, new = ({callback.name: callback for callback in operation.callbacks} for operation in (before, after))
        for name in dict.fromkeys((*old, *new)):
            place = f"callback {name}"
            gone, added, changed = self.operations(
                old[name].operations if name in old else (), new[name].operations if name in new else (), outbound=True
            )
            if gone:
                yield Change(place=place, rule="callback-removed", text=say("was removed"), breaking=True)
            if added:
                yield Change(place=place, rule="callback-added", text=say("was added"))
            for operation in changed:
                for change in operation.changes:
                    yield replace(change, place=f"{place} {change.place}".rstrip())

    def _parameters(
        self, before: tuple[Parameter, ...], after: tuple[Parameter, ...], *, outbound: bool
    ) -> Iterator[Change]:
        old, new = (
            {(parameter.location, _folded(parameter)): parameter for parameter in among} for among in (before, after)
        )
        for key, parameter in old.items():
            if key not in new:
                yield Change(place=_place(parameter), rule="parameter-removed", text=say("was removed"), breaking=True)
        for key, parameter in new.items():
            place = _place(parameter)
            if key not in old:
                demanded = parameter.required and not outbound
                text = say("was added and is required") if demanded else say("was added")
                yield Change(place=place, rule="parameter-added", text=text, breaking=demanded)
                continue
            if parameter.required != old[key].required:
                yield _requiredness(place, "parameter", parameter.required, outbound=outbound)
            yield from self._parameter(place, old[key], parameter, outbound=outbound)

    def _parameter(self, place: str, before: Parameter, after: Parameter, *, outbound: bool) -> Iterator[Change]:
        schema = after.schema
        if not outbound and self._became_list(before, after):
            # `?status=open` is a list of one.
            schema = as_mapping(flatten(schema, self._reader.after)).get("items", True)
            yield Change(place=place, rule="type-widened", text=say("takes a list now"))
        elif any(getattr(before, name) != getattr(after, name) for name in _STYLE):
            yield Change(place=place, rule="parameter-style", text=say("is written otherwise"), breaking=True)
        as_text = not after.media_type and not before.media_type
        direction: Direction = "response" if outbound else "request"
        yield from self._reader.changes(place, before.schema, schema, direction, as_text=as_text)
        if before.deprecated != after.deprecated:
            yield deprecation(place, after.deprecated)
        was = flatten(before.schema, self._reader.before).get("default")
        now = flatten(after.schema, self._reader.after).get("default")
        yield from default_changes(
            place, was, now, is_noticed=not outbound and not (before.required and after.required)
        )

    def _became_list(self, before: Parameter, after: Parameter) -> bool:
        if not all(side.style == "form" and side.explode and not side.media_type for side in (before, after)):
            return False
        was = types_of(flatten(before.schema, self._reader.before))
        return (
            was != ()
            and {"array", "object"}.isdisjoint(was)
            and types_of(flatten(after.schema, self._reader.after)) == ("array",)
        )

    def _body(self, old: RequestBody | None, new: RequestBody | None, *, outbound: bool) -> Iterator[Change]:
        if old is None and new is None:
            return
        if new is None:
            yield Change(place="body", rule="body-removed", text=say("was removed"), breaking=True)
        elif old is None:
            demanded = new.required and not outbound
            text = say("was added and is required") if demanded else say("was added")
            yield Change(place="body", rule="body-added", text=text, breaking=demanded)
        else:
            if old.required != new.required:
                yield _requiredness("body", "body", new.required, outbound=outbound)
            yield from self._media_types("body", old.media_types, new.media_types, sends=not outbound)

    def _media_types(
        self, place: str, before: tuple[MediaType, ...], after: tuple[MediaType, ...], *, sends: bool
    ) -> Iterator[Change]:
        old, new = ({media_type.name.lower(): media_type for media_type in types} for types in (before, after))
        for name in old.keys() - new.keys():
            text = say("%(name)s was removed", name=name)
            yield Change(place=place, rule="media-type-removed", text=text, breaking=True)
        for name in new.keys() - old.keys():
            yield Change(place=place, rule="media-type-added", text=say("%(name)s was added", name=name))
        direction: Direction = "request" if sends else "response"
        for name, media_type in new.items():
            if name in old:
                as_text = kind_of(name) in _TEXT_KINDS
                yield from self._reader.changes(place, old[name].schema, media_type.schema, direction, as_text=as_text)
                if (was := old[name].item_schema) is not None and media_type.item_schema is not None:
                    yield from self._reader.changes(f"{place}/0", was, media_type.item_schema, direction)

    def _responses(self, before: Operation, after: Operation, *, outbound: bool) -> Iterator[Change]:
        old, new = ({response.status: response for response in operation.responses} for operation in (before, after))
        for status in old.keys() - new.keys():
            yield Change(
                place=f"response {status}", rule="answer-removed", text=say("was removed"),
                breaking=status.startswith("2"),
            )  # fmt: skip
        for status in new.keys() - old.keys():
            yield Change(place=f"response {status}", rule="answer-added", text=say("was added"))
        for status, response in new.items():
            if status in old:
                yield from self._response(f"response {status}", old[status], response, outbound=outbound)

    def _response(self, place: str, before: Response, after: Response, *, outbound: bool) -> Iterator[Change]:
        old, new = ({field.name.lower(): field for field in answer.headers} for answer in (before, after))
        for name, header in old.items():
            where = f"{place} header {header.name}"
            if name not in new:
                yield Change(place=where, rule="header-removed", text=say("was removed"), breaking=not outbound)
                continue
            if header.required and not new[name].required:
                yield Change(place=where, rule="header-optional", text=say("is optional now"), breaking=not outbound)
            direction: Direction = "request" if outbound else "response"
            yield from self._reader.changes(where, header.schema, new[name].schema, direction, as_text=True)
        for name in new.keys() - old.keys():
            yield Change(
                place=f"{place} header {new[name].name}", rule="header-added", text=say("was added"),
                breaking=outbound and new[name].required,
            )  # fmt: skip
        yield from self._media_types(place, before.media_types, after.media_types, sends=outbound)

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


def _requiredness(place: str, what: str, required: bool, *, outbound: bool) -> Change:
    """Return the change of an input that has to be there now, or need not: each at the cost of one side."""
    return Change(
        place=place,
        rule=f"{what}-required" if required else f"{what}-optional",
        text=say("is required now") if required else say("is optional now"),
        breaking=required != outbound,
    )


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
    names = {was[1:-1]: other[1:-1] for was, other in zip(old, new, strict=False) if was != other}
    if not names:
        return before
    return replace(
        before,
        parameters=tuple(
            replace(parameter, name=names.get(parameter.name, parameter.name))
            if parameter.location == "path"
            else parameter
            for parameter in before.parameters
        ),
    )


def _told(before: Operation, after: Operation) -> Iterator[str]:
    """Yield what differs beside the changes; of inputs and answers only those that both versions have."""
    for kind, names in _TOLD.items():
        differs = any(getattr(before, name) != getattr(after, name) for name in names)
        if differs or (kind == "texts" and _other_texts(before, after)):
            yield kind


def _other_texts(before: Operation, after: Operation) -> bool:
    old, new = (
        {
            **{(parameter.location, _folded(parameter)): parameter.description for parameter in operation.parameters},
            **{("response", response.status): response.description for response in operation.responses},
        }
        for operation in (_with_names(before, after), after)
    )
    return any(old[key] != new[key] for key in old.keys() & new.keys())
