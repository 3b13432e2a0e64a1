"""Answers checked against small and real descriptions: what fits is not held against them, what does not is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import jsonschema_rs
import pytest

from playground import jsontext
from playground.catalog.model import Entry
from playground.contract.check import Bounds, check
from playground.contract.verdict import Finding
from playground.mediatypes import is_json
from playground.messages import Headers, HTTPResponse
from playground.openapi.compile import compile_document
from tests.sandbox.entries import ask, catalog_of, entry_of
from tests.support.needs import SPECS

LARGEST = 1_500_000
"""Bytes of the real descriptions that are read here."""

ORDER = {
    "type": "object",
    "required": ["id", "state", "lines", "secret"],
    "properties": {
        "id": {"type": "string", "pattern": "^ord_[a-z0-9]{4}$"},
        "state": {"enum": ["open", "paid"]},
        "total": {"type": "integer", "minimum": 0},
        "placed": {"type": "string", "format": "date-time"},
        "secret": {"type": "string", "writeOnly": True},
        "note": {"type": "string", "nullable": True},
        "payment": {
            "oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Iban"}],
            "discriminator": {"propertyName": "kind", "mapping": {
                "card": "#/components/schemas/Card", "iban": "#/components/schemas/Iban",
            }},
        },
        "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Line"}},
    },
}  # fmt: skip
LINE = {
    "type": "object", "required": ["sku"], "additionalProperties": False,
    "properties": {
        "sku": {"type": "string", "maxLength": 8},
        "count": {"type": "integer", "exclusiveMinimum": True, "minimum": 0},
    },
}  # fmt: skip
CARD = {"type": "object", "required": ["last4"], "properties": {"kind": {}, "last4": {"type": "string"}}}
IBAN = {"type": "object", "required": ["holder"], "properties": {"kind": {}, "holder": {"type": "string"}}}
ANSWER = {
    "id": "ord_a1b2", "state": "paid", "total": 5, "placed": "2026-01-02T03:04:05Z", "note": None,
    "payment": {"kind": "card", "last4": "4242"},
    "lines": [{"sku": "A", "count": 1}, {"sku": "B", "count": 2}],
}  # fmt: skip
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Orders", "version": "1"},
    "paths": {"/orders/{id}": {"get": {"responses": {
        "200": {
            "description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
            "headers": {"X-Rate": {"required": True, "schema": {"type": "integer"}}},
        },
        "4XX": {"description": "", "content": {"application/problem+json": {"schema": {
            "type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}},
        "204": {"description": ""},
        "206": {"description": "", "content": {"application/jsonl": {"schema": {"$ref": "#/components/schemas/Line"}}}},
        "207": {"description": "", "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Line"}}}},
        "208": {"description": "", "content": {
            "image/*": {}, "text/plain": {"schema": {"type": "string", "maxLength": 3}},
        }},
    }}}},
    "components": {"schemas": {"Order": ORDER, "Line": LINE, "Card": CARD, "Iban": IBAN}},
}  # fmt: skip


def entry() -> Entry:
    catalog = compile_document(DOCUMENT, name="orders").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def answered(
    body: Any, *, status: int = 200, kind: str = "application/json", truncated: bool = False, **headers: str
) -> HTTPResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    pairs = {"Content-Type": kind, "X-Rate": "5"} | {name.replace("_", "-"): value for name, value in headers.items()}
    fields = Headers.of((name, value) for name, value in pairs.items() if value)
    return HTTPResponse(status=status, headers=fields, body=data, truncated=truncated)


def findings(response: HTTPResponse) -> list[tuple[str, str]]:
    """Return severity and title of each finding."""
    return [(finding.severity, finding.title) for finding in check(entry(), response).findings]


def test_an_answer_as_described_matches() -> None:
    verdict = check(entry(), answered(ANSWER))
    assert (verdict.findings, verdict.unchecked, verdict.sentence) == ((), (), "Matches the description.")


def set_at(*path: Any, to: Any) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return change


def without(*path: Any) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return change


MUTATIONS: list[tuple[Callable[[Any], None], str, str, str]] = [
    (set_at("total", to="5"), "/total", '"type": "integer"', "/components/schemas/Order/properties/total/type"),
    (set_at("total", to=-1), "/total", '"minimum": 0', "/components/schemas/Order/properties/total/minimum"),
    (set_at("state", to="lost"), "/state", '"enum": ["open","paid"]',
     "/components/schemas/Order/properties/state/enum"),
    (set_at("id", to="order1"), "/id", '"pattern": "^ord_[a-z0-9]{4}$"',
     "/components/schemas/Order/properties/id/pattern"),
    (without("lines", 1, "sku"), "/lines/1/sku", '"required": ["sku"]', "/components/schemas/Line/required"),
    (set_at("lines", 0, "colour", to="red"), "/lines/0/colour", '"additionalProperties": false',
     "/components/schemas/Line/additionalProperties"),
    (set_at("lines", 1, "count", to=0), "/lines/1/count", '"exclusiveMinimum": 0',
     "/components/schemas/Line/properties/count/exclusiveMinimum"),
    (set_at("lines", to=[]), "/lines", '"minItems": 1', "/components/schemas/Order/properties/lines/minItems"),
    (without("payment", "last4"), "/payment/last4", '"required": ["last4"]', "/components/schemas/Card/required"),
    (set_at("id", to=None), "/id", '"type": "string"', "/components/schemas/Order/properties/id/type"),
    (set_at("lines", 0, "sku", to="far too long"), "/lines/0/sku", '"maxLength": 8',
     "/components/schemas/Line/properties/sku/maxLength"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "pointer", "rule", "place"), MUTATIONS)
def test_each_mutation_is_found_where_it_is(change: Callable[[Any], None], pointer: str, rule: str, place: str) -> None:
    body = deepcopy(ANSWER)
    change(body)
    (finding,) = check(entry(), answered(body)).findings
    assert (finding.severity, finding.pointer, finding.rule, finding.place) == ("error", pointer, rule, place)
    assert pointer.startswith(finding.node)


def test_what_is_not_forbidden_is_a_note() -> None:
    body = {**ANSWER, "placed": "yesterday", "gift": True, "secret": "x"}
    assert findings(answered(body)) == [("note", "/placed"), ("note", "/gift"), ("note", "/secret")]


def test_one_rule_broken_in_many_places_is_one_finding() -> None:
    lines = [{"sku": "A", "count": str(number)} for number in range(20)]
    (finding,) = check(entry(), answered({**ANSWER, "lines": lines})).findings
    assert (finding.pointer, len(finding.others)) == ("/lines/0/count", 19)
    assert finding.text.endswith("not integer. (and at 19 more places)")


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (answered({}, status=500), [("error", "status")]),
        (answered({"title": "No"}, status=404, kind="application/problem+json"), []),
        (answered({"title": 5}, status=404, kind="application/problem+json"), [("error", "/title")]),
        (answered({"title": "No"}, status=404), [("error", "Content-Type")]),
        (answered({"title": 5}, status=404), [("error", "Content-Type"), ("error", "/title")]),
        (answered(ANSWER, X_Rate=""), [("error", "X-Rate")]),
        (answered(ANSWER, X_Rate="many"), [("error", "X-Rate")]),
        (answered(ANSWER, kind="application/json; charset=utf-8"), []),
        (answered(ANSWER, kind=""), [("error", "Content-Type")]),
        (answered(b""), [("error", "the whole body")]),
        (answered(b"{oops"), [("error", "the whole body")]),
        (answered(b"", status=204, kind=""), []),
        (answered(b"\x89PNG", status=208, kind="image/png"), []),
        (answered(b"abc", status=208, kind="text/plain"), []),
        (answered(b"abcd", status=208, kind="text/plain"), [("error", "the whole body")]),
    ],
)  # fmt: skip
def test_status_type_and_header_fields(response: HTTPResponse, expected: list[tuple[str, str]]) -> None:
    assert findings(response) == expected


def test_streams_are_checked_item_by_item() -> None:
    lines = b'{"sku":"A"}\n{"sku":5}\n{"sku":"B"}\n{"count":1}\n'
    assert findings(answered(lines, status=206, kind="application/jsonl")) == [
        ("error", "item 2 /sku"),
        ("error", "item 4 /sku"),
    ]
    events = b'event: line\ndata: {"sku":"A"}\n\ndata: {"sku":1}\n\ndata: [DONE]\n\n'
    assert findings(answered(events, status=207, kind="text/event-stream")) == [("error", "item 2 /sku")]


def test_the_last_item_of_a_stream_that_was_cut_is_not_judged() -> None:
    cut = answered(b'{"sku":"A"}\n{"sku":', status=206, kind="application/jsonl", truncated=True)
    assert findings(cut) == []
    verdict = check(entry(), cut)
    assert verdict.unchecked == ("The answer is cut off: only what came whole was checked.",)
    assert verdict.sentence == "Nothing contradicts the description."


def test_what_is_left_out_is_said() -> None:
    verdict = check(entry(), answered(b'{"id":', truncated=True))
    assert verdict.findings == ()
    assert verdict.unchecked == ("The answer is cut off, so its content was not checked.",)
    assert not verdict.bounded, "no more of it is there to be checked"
    assert verdict.sentence == "Nothing contradicts the description."
    long = {**ANSWER, "lines": [{"sku": "A"}] * 500 + [{"sku": 5}]}
    partly = check(entry(), answered(long), Bounds(steps=100_000, characters=2_000))
    assert partly.unchecked == ("Only the first part of this long answer was checked.",)
    assert partly.bounded
    tired = check(entry(), answered(long), Bounds(steps=200, characters=400_000))
    assert "takes too long" in tired.unchecked[0]
    assert [finding.pointer for finding in check(entry(), answered(long)).findings] == ["/lines/500/sku"]


def test_an_operation_that_documents_no_answer_has_nothing_to_check() -> None:
    bare = entry()
    bare = Entry(provider=bare.provider, operation=replace(bare.operation, responses=()), definitions=bare.definitions)
    verdict = check(bare, answered({}))
    assert (verdict.described, verdict.errors) == (False, ())


def real_entries() -> Iterator[tuple[str, Entry]]:
    """Yield operations of real descriptions, drawn the same way each time."""
    for path in sorted(SPECS.rglob("*.json")):
        if path.stat().st_size <= LARGEST:
            catalog = catalog_of(path, "real")
            operations = list(catalog.operations)
            Random(path.name).shuffle(operations)
            for operation in operations:
                yield path.name, entry_of(catalog, operation.name)


@pytest.mark.slow
@pytest.mark.skipif(not SPECS.is_dir(), reason="the real descriptions are not beside this checkout")
def test_answers_of_the_sandbox_match_300_operations_of_real_descriptions() -> None:
    taken: dict[str, int] = {}
    wrong: list[tuple[str, str, list[str]]] = []
    for name, one in real_entries():
        if taken.get(name, 0) < 6:
            taken[name] = taken.get(name, 0) + 1
            errors = [finding.text for finding in check(one, ask(one)).errors]
            if errors:
                wrong.append((name, one.operation.key, errors))
    assert sum(taken.values()) >= 300
    assert wrong == []


@pytest.mark.slow
@pytest.mark.skipif(not SPECS.is_dir(), reason="the real descriptions are not beside this checkout")
def test_examples_that_another_validator_accepts_raise_no_alarm() -> None:
    taken: dict[str, int] = {}
    accepted, alarms, missed = 0, [], []
    for name, one in real_entries():
        for response, media_type, value in examples_of(one):
            if taken.get(name, 0) >= 40:
                continue
            taken[name] = taken.get(name, 0) + 1
            whole = {"$defs": dict(one.definitions), "allOf": [media_type.schema]}
            try:
                other = jsonschema_rs.Draft202012Validator(whole).is_valid(json.loads(jsontext.dumps(value)))
            except ValueError:
                continue  # it cannot read every name of a definition
            verdict = check(one, response)
            errors = [finding for finding in verdict.errors if finding.part == "content"]
            place = (name, one.operation.key, [finding.text for finding in errors])
            accepted += other
            if other and errors:
                alarms.append(place)
            if not other and not verdict.findings and not verdict.unchecked:
                missed.append(place)
    assert accepted >= 200
    assert alarms == []
    assert missed == []


def examples_of(one: Entry) -> Iterator[tuple[HTTPResponse, Any, Any]]:
    for response in one.operation.responses:
        status = int(response.status[0] + "00") if response.status[1:].upper() == "XX" else 599
        status = int(response.status) if response.status.isdecimal() else status
        for media_type in response.media_types:
            for example in media_type.examples[:3]:
                if is_json(media_type.name) and isinstance(example.value, dict | list):
                    headers = Headers.of([("Content-Type", media_type.name)])
                    body = jsontext.dumps(example.value).encode()
                    yield HTTPResponse(status=status, headers=headers, body=body), media_type, example.value


def test_findings_can_be_changed_without_losing_their_sentences() -> None:
    verdict = check(entry(), answered({**ANSWER, "total": "5", "state": "lost"}))
    hidden = verdict.redacted(lambda text: text.replace("/total", "•••"))
    assert {finding.pointer for finding in hidden.findings} == {"•••", "/state"}
    assert [finding.words for finding in hidden.findings] == [finding.words for finding in verdict.findings]
    placed = verdict.placed(lambda place: "#" + place)
    assert all(finding.place.startswith("#/") for finding in placed.findings)
    assert isinstance(placed.findings[0], Finding)
