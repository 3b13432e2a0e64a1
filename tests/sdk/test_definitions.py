"""Named types: recursion, circles that TypeScript refuses, and definitions that differ by direction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from playground.sdk.definitions import NamedTypes
from playground.sdk.types import Mode, write_type
from tests.support.sdk.packages import compile_all


def written(definitions: dict[str, Any], *keys: str, mode: Mode = "output") -> dict[Mode, str]:
    types = NamedTypes(definitions)
    for key in keys:
        write_type({"$ref": f"#/$defs/{key}"}, types.naming(mode))
    return types.write()


def ref(key: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{key}"}


CIRCLES: dict[str, dict[str, Any]] = {
    "a base and its subtypes": {
        "start": {"properties": {"kind": {"type": "string"}}, "oneOf": [ref("cat"), ref("dog")]},
        "cat": {"allOf": [ref("start"), {"properties": {"lives": {"type": "integer"}}}]},
        "dog": {"allOf": [ref("start")]},
    },
    "itself": {"start": ref("start")},
    "two": {"start": ref("other"), "other": {"anyOf": [ref("start"), {"type": "string"}]}},
    "allOf": {"start": {"allOf": [ref("a")]}, "a": {"allOf": [ref("b")]}, "b": {"allOf": [ref("start")]}},
    "a nested choice": {"start": {"oneOf": [{"allOf": [ref("start")]}, {"type": "string"}]}},
    "through members": {"start": {"properties": {"more": ref("start"), "all": {"items": ref("start")}}}},
    "through a map": {"start": {"additionalProperties": {"oneOf": [ref("start"), {"type": "null"}]}}},
    "through a list": {"start": {"type": "array", "items": {"oneOf": [ref("start"), {"type": "string"}]}}},
}  # fmt: skip


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_is_cut(name: str) -> None:
    text = written(CIRCLES[name], "start")["output"]
    assert text.startswith("export type Start = ")
    assert text.count("export type Start") == 1


def test_typescript_takes_every_circle(tmp_path: Path) -> None:
    for number, definitions in enumerate(CIRCLES.values()):
        (tmp_path / f"circle{number}.ts").write_text(written(definitions, "start")["output"])
    assert compile_all(tmp_path) == ""


def test_a_base_keeps_its_members_and_its_subtypes_keep_the_base() -> None:
    text = " ".join(written(CIRCLES["a base and its subtypes"], "start", "cat")["output"].split())
    assert "export type Start = { kind?: string; };" in text
    assert "export type Cat = Start & { lives?: number; };" in text


def test_only_what_is_reached_is_written_and_each_once() -> None:
    definitions = {"a": {"items": ref("b")}, "b": {"type": "string"}, "c": {"type": "string"}}
    assert written(definitions, "a", "a")["output"] == "export type A = B[];\nexport type B = string;\n"


def test_names_that_would_be_the_same_are_told_apart() -> None:
    text = written({"a-b": {"type": "string"}, "a.b": {"type": "integer"}}, "a-b", "a.b")["output"]
    assert text == "export type AB = string;\nexport type AB_2 = number;\n"


def test_input_is_its_own_type_only_where_it_differs() -> None:
    definitions = {
        "order": {"properties": {"user": ref("user"), "note": ref("note")}},
        "user": {"properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}}},
        "note": {"type": "string"},
    }
    made = written(definitions, "order", mode="input")
    text = " ".join(made["input"].split())
    assert "export type Order = { user?: User; note?: Note; };" in text
    assert "export type User = { name?: string; };" in text
    assert "export type Note = schemas.Note;" in text
    assert made["output"] == "export type Note = string;\n"
