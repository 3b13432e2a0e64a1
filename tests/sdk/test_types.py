"""Schemas as TypeScript types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.sdk.definitions import NamedTypes
from playground.sdk.types import Mode, Naming, write_type
from tests.schema.strategies import hostile_definitions, hostile_schemas
from tests.support.sdk.packages import compile_all

DEFINITIONS: dict[str, Any] = {
    "pet": {"type": "object", "properties": {"name": {"type": "string"}}},
    "binary": {"type": "string", "format": "binary"},
}


def written(schema: Any, mode: Mode = "output") -> str:
    naming = Naming(definitions=DEFINITIONS, name=lambda key, way: key.capitalize(), mode=mode)
    return " ".join(write_type(schema, naming).split())


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (True, "unknown"),
        ({}, "unknown"),
        (False, "never"),
        ({"type": "string"}, "string"),
        ({"type": "integer"}, "number"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"type": "string", "nullable": True}, "string | null"),
        ({"type": "null"}, "null"),
        ({"enum": ["a", 1, None, True]}, "'a' | 1 | null | true"),
        ({"const": "it's"}, r"'it\'s'"),
        ({"enum": ["a"], "nullable": True}, "'a' | null"),
        ({"enum": [1.5, "a"]}, "number | string"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, "('a' | 'b')[]"),
        ({"type": "array"}, "unknown[]"),
        ({"type": "object"}, "{ [key: string]: unknown }"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "{ [key: string]: string }"),
        ({"properties": {"a": {"type": "string"}}, "required": ["a"]}, "{ a: string; }"),
        ({"properties": {"a-b": True, "constructor": True}}, "{ 'a-b'?: unknown; constructor?: unknown; }"),
        (
            {"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
            "{ a?: string; [key: string]: unknown; }",
        ),
        ({"$ref": "#/$defs/pet"}, "Pet"),
        ({"$ref": "#/$defs/pet", "nullable": True}, "Pet | null"),
        ({"$ref": "#/$defs/nowhere"}, "unknown"),
        ({"allOf": [{"$ref": "#/$defs/pet"}, {"required": ["name"]}]}, "Pet & { name: unknown; }"),
        ({"oneOf": [{"$ref": "#/$defs/pet"}, {"type": "string"}, {"type": "null"}]}, "Pet | string | null"),
        ({"allOf": [{"anyOf": [{"type": "string"}, {"$ref": "#/$defs/pet"}]}, {"const": "x"}]}, "(string | Pet) & 'x'"),
        ({"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "{ [key: string]: unknown }"),
        ({"type": "array", "items": {"allOf": [{"$ref": "#/$defs/pet"}, {"properties": {"b": True}}]}},
         "(Pet & { b?: unknown; })[]"),
        ({"properties": {"a": {"type": "integer", "description": "How */ many."}}},
         "{ /** How *\\/ many. */ a?: number; }"),
        ({"enum": [f"v{number}" for number in range(1000)], "type": "string"}, "string"),
    ],
)  # fmt: skip
def test_a_schema_is_written_as(schema: Any, text: str) -> None:
    assert written(schema) == text


def test_one_way_members_stand_in_one_direction_only() -> None:
    schema = {
        "properties": {"id": {"type": "string", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}},
        "required": ["id", "secret"],
    }
    assert written(schema, "output") == "{ id: string; }"
    assert written(schema, "input") == "{ secret: string; }"


def test_bytes_are_a_file_to_give_and_text_to_get() -> None:
    schema = {
        "properties": {"file": {"$ref": "#/$defs/binary"}, "files": {"type": "array", "items": DEFINITIONS["binary"]}}
    }
    assert written(DEFINITIONS["binary"], "input") == "FileArgument"
    assert written(schema, "input") == "{ file?: Binary; files?: FileArgument[]; }"
    assert written(DEFINITIONS["binary"], "output") == "string"


def test_what_is_required_but_never_described_is_not_asked_for() -> None:
    modes: tuple[Mode, Mode] = ("input", "output")
    for mode in modes:
        assert written({"properties": {"a": True}, "required": ["b"]}, mode) == "{ a?: unknown; }"
        pet = {"allOf": [{"$ref": "#/$defs/pet"}], "properties": {"a": True}, "required": ["name", "b"]}
        assert written(pet, mode) == "{ a?: unknown; name: unknown; } & Pet"


def test_a_very_deep_schema_ends() -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(150):
        schema = {"type": "array", "items": schema}
    assert "unknown[]" in written(schema)


def test_typescript_takes_the_type_of_any_schema(tmp_path: Path) -> None:
    written: list[str] = []

    @given(hostile_schemas, hostile_definitions, st.sampled_from(["input", "output"]))
    @settings(max_examples=200, deadline=None, database=None)
    def collect(schema: Any, definitions: Any, mode: Mode) -> None:
        types = NamedTypes(definitions)
        own = write_type(schema, types.naming(mode))
        named = types.write()
        written.append(
            f"namespace n{len(written)} {{\nnamespace schemas {{\n{named['output']}}}\n"
            f"namespace inputs {{\n{named['input']}}}\nexport type Own = {own};\n}}\n"
        )

    collect()
    (tmp_path / "all.ts").write_text("type FileArgument = string;\n" + "".join(written), encoding="utf-8")
    assert compile_all(tmp_path) == ""
