"""A schema that nothing fits, that never ends or that cannot be read still gets an answer, and soon."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from playground.request.model import RequestModel, Value
from tests.sandbox.entries import ask, made, media, response


def endless() -> dict[str, Any]:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(3000):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"]}
    return deep


HOSTILE: dict[str, tuple[Any, dict[str, Any]]] = {
    "nothing fits": (False, {}),
    "unknown reference": ({"$ref": "#/$defs/nowhere"}, {}),
    "reference to itself": ({"$ref": "#/$defs/a"}, {"a": {"$ref": "#/$defs/a"}}),
    "requires itself": (
        {"$ref": "#/$defs/a"},
        {"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/a"}}}},
    ),
    "chooses itself": ({"$ref": "#/$defs/a"}, {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}),
    "joins itself": ({"$ref": "#/$defs/a"}, {"a": {"allOf": [{"$ref": "#/$defs/a"}, {"type": "object"}]}}),
    "no such type": ({"type": "banana"}, {}),
    "types that are no types": ({"type": [1, None, {"a": 1}]}, {}),
    "keywords of wrong kinds": ({"type": "object", "properties": [], "required": 7, "enum": "x"}, {}),
    "impossible limits": ({"type": "string", "minLength": 10**9, "maxLength": 1}, {}),
    "impossible number": ({"type": "integer", "minimum": 1e308, "maximum": -1e308}, {}),
    "endless pattern": ({"type": "string", "pattern": "^(a+)+$(b{1000000}){1000000}"}, {}),
    "huge list": ({"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9}}, {}),
    "not a number": ({"type": "number", "examples": [float("nan")]}, {}),
    "deep": (endless(), {}),
    "wide": ({"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(20_000)}}, {}),
    "many choices": (
        {"$ref": "#/$defs/a0"},
        {f"a{n}": {"anyOf": [{"$ref": f"#/$defs/a{n + 1}"}, {"$ref": f"#/$defs/a{n + 1}"}]} for n in range(40)},
    ),
}


@pytest.mark.cpu(20)
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "kind", ["application/json", "application/xml", "text/csv", "application/x-ndjson", "*/*", "\r\n"]
)
def test_hostile_schema_still_gets_an_answer(name: str, kind: str) -> None:
    schema, definitions = HOSTILE[name]
    body: Value = {"a": {"a": "b"}, "p1": "sent", "": ""}
    entry = made(response("200", media(kind, schema)), definitions=definitions, path="/x/{a}")
    got = ask(entry, RequestModel(parameters={"path": {"a": "1"}}, body=body))
    assert got.status == 200
    assert "\n" not in (got.headers.get("Content-Type") or "")
    if got.media_type == "application/json":
        json.loads(got.body)


class Unreadable(Mapping[str, Any]):
    """Definitions whose store has gone away."""

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError("gone")

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("gone")

    def __len__(self) -> int:
        return 1


def test_definitions_that_cannot_be_read_give_an_empty_object() -> None:
    entry = made(response("200", media(schema={"$ref": "#/$defs/a"}, one={"id": 1})), definitions=Unreadable())
    got = ask(entry, RequestModel(parameters={"query": {"id": "2"}}))
    assert (got.status, got.media_type, got.body) == (200, "application/json", b"{}")
