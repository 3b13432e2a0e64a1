"""An answer against its description: status, content type, header fields, content (OpenAPI 3.1, 4.8.16 to 4.8.21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Response, ResponseHeader, Schema
from playground.contentviews.registry import body_of
from playground.contentviews.view import Body
from playground.contract.described import (
    AnswerPart,
    content_place,
    described_content,
    encoding_at,
    is_streamed,
    item_description,
    items_of,
    parts_of,
    pointer_of,
    read_json,
    response_place,
    rule_place,
    rule_text,
    value_of,
    watched_item,
)
from playground.contract.remarks import remarks
from playground.contract.validator import Breach, Budget, Into, Step, TooLongError, breaches
from playground.contract.verdict import Finding, Verdict
from playground.mediatypes import essence, in_range, is_json, is_watch, kind_of
from playground.messages import HTTPResponse
from playground.request.parameters import delimiter_of
from playground.sandbox.negotiate import described
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.mapping import as_mapping, as_names, as_schema, as_schema_map, schema_list, text_of
from playground.schema.types import types_of
from playground.text.wording import joined, say

MOST_FINDINGS = 50
"""Rules that are listed; of each, every place where it is broken."""

MOST_PLACES = 500
_MOST_ITEMS = 1_000
_LISTED = 8
_WITHOUT_CONTENT = (204, 205, 304)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of an answer is checked: comparisons of a keyword with a value, and characters of JSON."""

    steps: int = 15_000
    characters: int = 400_000


AT_ONCE = Bounds()
"""What a page waits for."""

THOROUGH = Bounds(steps=400_000, characters=8_000_000)
"""What is done when somebody asks for it."""


def check(entry: Entry, response: HTTPResponse, bounds: Bounds = AT_ONCE, body: Body | None = None) -> Verdict:
    """Return what an answer is, compared with what the operation's description says of it.

    `body` is the answer's content where it has been read for something else already.
    """
    return _Check(entry, response, bounds, bounds.steps, body).verdict()


@dataclass(slots=True)
class _Check:
    entry: Entry
    response: HTTPResponse
    bounds: Bounds
    steps: int
    body: Body | None = None
    findings: dict[tuple[str, ...], Finding] = field(default_factory=dict)
    unchecked: dict[str, bool] = field(default_factory=dict)
    base: tuple[str, ...] = ()

    def verdict(self) -> Verdict:
        operation, response = self.entry.operation, self.response
        if not operation.responses:
            return Verdict(described=False)
        found = described(self.entry, response.status)
        if found is None:
            listed = joined(", ", [documented.status for documented in operation.responses[:_LISTED]])
            words = say(
                "%(status)s is not documented; documented are %(listed)s.", status=str(response.status), listed=listed
            )
            self._add(Finding(part="status", severity="error", words=words, rule=f"responses: {listed}",
                              place=pointer_of(response_place(operation))))  # fmt: skip
            return Verdict(findings=tuple(self.findings.values()))
        self.base = response_place(operation, found.status)
        self._check_headers(found)
        self._check_content(found)
        found_ones = sorted(self.findings.values(), key=lambda finding: finding.severity == "note")
        return Verdict(
            findings=tuple(found_ones), unchecked=tuple(self.unchecked), bounded=any(self.unchecked.values())
        )

    def _add(self, finding: Finding) -> None:
        key = (finding.part, finding.name, finding.words, finding.place, finding.severity, finding.keyword)
        known = self.findings.get(key)
        if known is not None:
            if len(known.others) < MOST_PLACES:
                self.findings[key] = replace(known, others=(*known.others, (finding.item, finding.node)))
        elif len(self.findings) < MOST_FINDINGS:
            self.findings[key] = finding

    def _check_headers(self, found: Response) -> None:
        for header in found.headers:
            if header.name.lower() == "content-type":
                continue  # the specification: it is described by `content` alone
            values = self.response.headers.get_all(header.name)
            place = (*self.base, "headers", header.name)
            if values:
                self._check_header(header, values, place)
            elif header.required:
                self._add(Finding(
                    part="header", severity="error", name=header.name, keyword="required",
                    words=say("This header field is required and missing."),
                    rule=rule_text("required", limit=True), place=pointer_of((*place, "required")),
                ))  # fmt: skip

    def _check_header(self, header: ResponseHeader, values: tuple[str, ...], place: tuple[str, ...]) -> None:
        value = _field_value(", ".join(values), header.schema, self.entry.definitions)
        holder = place if self.entry.provider.specification.startswith("2") else (*place, "schema")
        for breach in self._breaches(value, header.schema):
            self._add(Finding(
                part="header", severity=_severity(breach), name=header.name, words=breach.words,
                keyword=breach.keyword, rule=rule_text(breach.keyword, breach.limit),
                place=pointer_of(rule_place(holder, breach.path, self.entry.provider)),
            ))  # fmt: skip

    def _check_content(self, found: Response) -> None:
        response = self.response
        if self.entry.operation.method.upper() == "HEAD" or response.status in _WITHOUT_CONTENT:
            return
        if not found.media_types:
            if response.body:
                self._add(Finding(part="content", severity="note", words=say("The description says nothing of a body."),
                                  place=pointer_of(self.base)))  # fmt: skip
            return
        declared = response.headers.get("content-type") or ""
        names = joined(", ", [content.name for content in found.media_types[:_LISTED]])
        place = pointer_of((*self.base, "content"))
        if not response.body and not response.truncated:
            words = say("There is no body; described is %(names)s.", names=names)
            self._add(Finding(part="content", severity="error", words=words, rule=names, place=place))
            return
        content = described_content(found, declared)
        if content is None:
            words = (
                say("The content type is %(type)s; described is %(names)s.", type=declared[:100], names=names)
                if declared
                else say("The answer names no content type; described is %(names)s.", names=names)
            )
            self._add(
                Finding(part="header", name="Content-Type", severity="error", words=words, rule=names, place=place)
            )
            # What is called by another name may still be what is described: JSON is.
            content = next(
                (media_type for media_type in found.media_types if is_json(media_type.name) and is_json(declared)), None
            )
        if content is not None:
            self._check_body(content, declared)

    def _check_body(self, content: MediaType, declared: str) -> None:
        body = self.body or body_of(self.response.body, declared, truncated=self.response.truncated)
        self.base = content_place(
            self.entry.provider, self.base, content.name, "itemSchema" if content.item_schema is not None else "schema"
        )
        if is_watch(declared) and (item := watched_item(self.entry, content)) is not None:
            self._check_watch(item, body)
        elif is_streamed(declared):
            self._check_items(content, body)
        elif body.truncated:
            self._leave_out(say("The answer is cut off, so its content was not checked."))
        elif kind_of(declared) == "multipart":
            self._check_parts(content, body)
        elif is_json(declared):
            self._check_json(content.schema, body)
        elif not body.is_binary and "string" in types_of(flatten(content.schema, self.entry.definitions)):
            self.check_value(body.loose_text[0], content.schema)
        elif as_mapping(content.schema) and not _is_bytes(flatten(content.schema, self.entry.definitions)):
            self._leave_out(
                say("Content of the type %(type)s is not compared with its schema.", type=essence(declared))
            )

    def _check_json(self, schema: Schema, body: Body) -> None:
        try:
            value, whole = value_of(body, self.bounds.characters)
        except RecursionError:
            self._leave_out(say("The answer is nested too deeply to be checked."))
            return
        except UnicodeError:
            words = say("The body is called JSON and is none: its bytes are no text in its charset.")
            self._add(Finding(part="content", severity="error", words=words, place=pointer_of(self.base[:-1])))
            return
        except ValueError as error:
            words = say("The body is called JSON and is none: %(reason)s", reason=str(error)[:200])
            self._add(Finding(part="content", severity="error", words=words, place=pointer_of(self.base[:-1])))
            return
        if not whole:
            self._leave_out(say("Only the first part of this long answer was checked."), bounded=True)
        self.check_value(value, schema)

    def _check_parts(self, content: MediaType, body: Body) -> None:
        """Compare the parts of a multipart answer: by their names with properties, else by position with items."""
        plain = flatten(content.schema, self.entry.definitions)
        properties, base = as_schema_map(plain.get("properties")), self.base
        try:
            parts = list(islice(parts_of(body), _MOST_ITEMS))
        except (ValueError, RecursionError):
            words = say("A part of the body is called JSON and is none.")
            self._add(Finding(part="content", severity="error", words=words, place=pointer_of(self.base[:-1])))
            return
        is_list = types_of(plain) == ("array",) and essence(content.name) != "multipart/form-data"
        for number, part in enumerate(parts):
            if is_list:
                schema, encoding = item_schema(plain, number), encoding_at(content, number)
                self.base = (*base, *_item_place(content, plain, number))
            else:
                schema, encoding = properties.get(part.name, True), content.encoding.get(part.name)
                listed = as_schema(flatten(schema, self.entry.definitions).get("items", True))
                is_array = types_of(flatten(schema, self.entry.definitions)) == ("array",)
                schema = listed if is_array and not isinstance(part.value, list) else schema
                self.base = (*base, "properties", part.name, *(["items"] if schema is listed else []))
            self._check_part_type(part, encoding, number)
            if not part.is_bytes:
                is_text = isinstance(part.value, str) and not is_json(part.media_type)
                value = _field_value(part.value, schema, self.entry.definitions) if is_text else part.value
                self.check_value(value, schema, number)
        self.base = base
        if not is_list:
            names = {part.name: True for part in parts}
            required = [name for name in as_names(plain.get("required")) if name not in names]
            self.check_value({}, {"required": required} if required else True)

    def _check_part_type(self, part: AnswerPart, encoding: Encoding | None, number: int) -> None:
        ranges = [essence(name) for name in (encoding.content_type if encoding else "").split(",") if essence(name)]
        if ranges and not any(in_range(part.media_type, name) for name in ranges):
            names = joined(", ", ranges)
            words = say("The part's type is %(type)s; described is %(names)s.", type=part.media_type, names=names)
            self._add(Finding(part="content", severity="error", words=words, rule=names, item=number,
                              place=pointer_of(self.base)))  # fmt: skip

    def _check_items(self, content: MediaType, body: Body) -> None:
        schema = item_description(self.entry, content)
        named = as_mapping(flatten(schema, self.entry.definitions).get("properties"))
        events = kind_of(body.media_type) == "events"
        values = iter(items_of(body, whole_events=events and "data" in named))
        waiting: list[Any] = []
        for number, value in enumerate(values):
            if number >= _MOST_ITEMS or self.steps <= 0:
                self._leave_out(
                    say("Only the first %(count)s items were checked.", count=number), bounded=self.steps <= 0
                )
                break
            waiting.append(value)
            if len(waiting) > 1:
                self._check_one_item(waiting.pop(0), schema, number - 1, events=events)
        # A stream that was stopped ends anywhere: what was not sent whole is not judged.
        if body.truncated:
            self._leave_out(say("The answer is cut off: only what came whole was checked."))
        elif waiting:
            self._check_one_item(waiting[0], schema, number, events=events)

    def _check_watch(self, schema: Schema, body: Body) -> None:
        """Compare what events of a watch hold with an item of the list that is watched (Kubernetes API concepts)."""
        self.base = (*self.base, "properties", "items", "items")
        for number, event in enumerate(items_of(body, whole_events=False)):
            if number >= _MOST_ITEMS or self.steps <= 0:
                self._leave_out(
                    say("Only the first %(count)s items were checked.", count=number), bounded=self.steps <= 0
                )
                return
            # Of what is gone, or a bookmark, an event need not tell all.
            if isinstance(event, dict) and event.get("type") in ("ADDED", "MODIFIED"):
                self.check_value(event.get("object"), schema, number, under=("object",))

    def _check_one_item(self, value: Any, schema: Schema, number: int, *, events: bool) -> None:
        if events and isinstance(value, str) and "string" not in types_of(flatten(schema, self.entry.definitions)):
            return  # `[DONE]` and other words that end or keep up a stream
        self.check_value(value, schema, number)
        if events and isinstance(value, dict):
            self._check_event_data(value.get("data"), schema, number)

    def _check_event_data(self, data: Any, schema: Schema, number: int) -> None:
        """Compare the JSON in an event's data with the schema of what the text holds (`contentSchema`)."""
        properties = as_schema_map(flatten(schema, self.entry.definitions).get("properties"))
        described_data = flatten(properties.get("data", True), self.entry.definitions)
        held = as_schema(described_data.get("contentSchema", True))
        if held is True or not isinstance(data, str) or not is_json(text_of(described_data, "contentMediaType")):
            return
        base = self.base
        self.base = (*base, "properties", "data", "contentSchema")
        try:
            self.check_value(read_json(data), held, number, under=("data",))
        except (ValueError, RecursionError):
            words = say("The data of the event is called JSON and is none.")
            self._add(Finding(part="content", severity="error", words=words, item=number, pointer="/data",
                              node="/data", place=pointer_of(self.base)))  # fmt: skip
        self.base = base

    def check_value(self, value: Any, schema: Schema, item: int | None = None, under: tuple[Step, ...] = ()) -> None:
        """Add what a schema does not allow in a value, and what it says nothing of; `under` is what it is inside of."""
        provider = self.entry.provider
        for breach in self._breaches(value, schema):
            pointer = pointer_of((*under, *breach.at))
            self._add(Finding(
                part="content", severity=_severity(breach), words=breach.words, keyword=breach.keyword, item=item,
                pointer=pointer, node=pointer_of((*under, *_present(value, breach.at))),
                rule=_rule(breach), place=pointer_of(rule_place(self.base, breach.path, provider)),
            ))  # fmt: skip
        place, known = pointer_of(self.base), {finding.pointer for finding in self.findings.values()
                                               if finding.item == item}  # fmt: skip
        for at, words in remarks(value, schema, self.entry.definitions):
            pointer = pointer_of((*under, *at))
            if pointer not in known:
                known.add(pointer)
                self._add(Finding(part="content", severity="note", words=words, pointer=pointer, node=pointer,
                                  item=item, place=place))  # fmt: skip

    def _breaches(self, value: Any, schema: Schema) -> Iterator[Breach]:
        budget = Budget(self.steps)
        try:
            yield from breaches(value, schema, self.entry.definitions, budget)
        except TooLongError:
            words = say("Only a part of this answer was compared with its schema: all of it takes too long.")
            self._leave_out(words, bounded=True)
        self.steps = budget.left

    def _leave_out(self, sentence: str, *, bounded: bool = False) -> None:
        self.unchecked[sentence] = bounded


def _item_place(content: MediaType, plain: Mapping[str, Any], position: int) -> tuple[str, ...]:
    if content.item_schema is not None:
        return ()
    return ("prefixItems", str(position)) if position < len(schema_list(plain, "prefixItems")) else ("items",)


def _severity(breach: Breach) -> Any:
    # `format` asserts nothing in either dialect (JSON Schema 2020-12 validation, 7.2; OpenAPI 3.0.3, data types).
    return "error" if breach.certain and breach.keyword != "format" else "note"


def _rule(breach: Breach) -> str:
    if breach.keyword == "false":
        last = [step for step in breach.path if not isinstance(step, Into)][-1:]
        return rule_text(str(last[0]), limit=False) if last else "false"
    return rule_text(breach.keyword, breach.limit)


def _present(value: Any, at: Iterable[Step]) -> tuple[Step, ...]:
    """Return as much of a place as there is in a value."""
    found: list[Step] = []
    for step in at:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            break
        found.append(step)
    return tuple(found)


def _is_bytes(plain: Any) -> bool:
    return plain.get("format") == "binary" or not plain


def _field_value(text: str, schema: Schema, definitions: Definitions) -> Any:
    """Return a text of a header field (style `simple`) or of a part, read as the type its schema names."""
    plain = flatten(schema, definitions)
    types, text = types_of(plain), text.strip()
    if "array" in types:
        pieces = [piece.strip() for piece in text.split(delimiter_of(plain))] if text else []
        return [_field_value(piece, item_schema(plain, number), definitions) for number, piece in enumerate(pieces)]
    if "string" in types or not types:
        return text
    try:
        if "integer" in types or "number" in types:
            return int(text) if text.lstrip("-").isdecimal() else float(text)
        if "boolean" in types and text in ("true", "false"):
            return text == "true"
    except ValueError:
        pass
    return text
