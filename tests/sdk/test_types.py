"""Schemas as TypeScript types, comments that stay comments, names of types and operations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.catalog.names import canonical_name
from playground.sdk.definitions import NamedTypes
from playground.sdk.types import (
    MOST_PARTS,
    Identifiers,
    Mode,
    Naming,
    client_type,
    comment,
    name_operations,
    pascal,
    path_of,
    write_type,
)
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


def test_a_short_text_is_one_line_and_a_long_one_is_broken() -> None:
    assert comment(["An id."], indent="  ") == "  /** An id. */\n"
    lines = comment(["word " * 100]).splitlines()
    assert lines[0] == "/**" and lines[-1] == " */" and all(len(line) < 125 for line in lines)


def test_nothing_to_say_is_no_comment() -> None:
    assert comment(["", "  \n"]) == ""
    assert comment([""], deprecated=True) == "/** @deprecated */\n"


@given(st.lists(st.one_of(st.text(), st.text("*/@ts-ignore \n\\<>", max_size=80)), max_size=3))
def test_a_text_never_ends_its_comment_or_orders_the_compiler(texts: list[str]) -> None:
    written = comment(texts)
    assert written.count("*/") == bool(written)
    assert not written or written.endswith("*/\n")
    assert not any(f" @{word}" in written for word in ("ts-ignore", "ts-expect-error", "ts-nocheck", "deprecated"))


def test_orders_to_the_compiler_are_only_text() -> None:
    assert comment(["@ts-ignore"]) == "/** \\@ts-ignore */\n"
    assert comment(["write to a@b.example"]) == "/** write to a@b.example */\n"


def test_a_long_text_is_cut_between_words() -> None:
    assert comment(["one two three"], longest=8) == "/** one two … */\n" or "…" in comment(["one two three"], longest=8)


def named(*ids: str) -> list[tuple[str, str, str]]:
    return [
        (name_operation.canonical, name_operation.alias, name_operation.wire)
        for name_operation in name_operations((canonical_name(raw), raw) for raw in ids)
    ]


def test_an_operation_has_its_canonical_and_its_camel_split_name() -> None:
    assert named("PostCheckoutSessionsSession") == [
        ("postcheckoutsessionssession", "postCheckoutSessionsSession", "postCheckoutSessionsSession")
    ]


def test_one_name_is_enough_where_both_are_the_same() -> None:
    assert named("repos/list-for-user") == [("repos.listForUser", "", "repos.listForUser")]


def test_an_alias_is_never_another_operations_name_and_neither_is_the_wire_name() -> None:
    first, second = named("getFoo", "get-foo")
    assert first == ("getfoo", "", "getfoo")
    assert second[0] == "getFoo"
    assert second[2] == "getFoo"


def test_an_operation_without_an_id_is_called_by_its_canonical_name() -> None:
    (one,) = name_operations([("postV1ChargesId", "")])
    assert (one.alias, one.wire) == ("", "postV1ChargesId")


@given(st.lists(st.text("aAbB1/-_é", min_size=1, max_size=8), max_size=12, unique_by=canonical_name))
def test_no_two_methods_share_a_name(ids: list[str]) -> None:
    names = named(*ids)
    methods = [name for canonical, alias, _ in names for name in (canonical, alias) if name]
    assert len(methods) == len(set(methods))
    wires = [wire for *_, wire in names]
    assert len(wires) == len(set(wires))


def test_a_name_of_very_many_parts_is_one_member() -> None:
    assert path_of("a.b") == ("a", "b")
    assert len(path_of(".".join("a" * MOST_PARTS))) == MOST_PARTS
    assert path_of(".".join("a" * (MOST_PARTS + 1))) == (".".join("a" * (MOST_PARTS + 1)),)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_type_names_are_identifiers_and_unique(names: list[str]) -> None:
    identifiers = Identifiers(("FileArgument",))
    taken = [identifiers.take(name) for name in [*names, "FileArgument"]]
    assert len(taken) == len(set(taken))
    assert all(re.fullmatch(r"[A-Z_][A-Za-z0-9_]*", name) for name in taken)
    assert "FileArgument" not in taken


def test_a_type_name_reads_like_its_source() -> None:
    assert [pascal(name) for name in ("checkout.session", "2fa", "google/books", "")] == [
        "CheckoutSession", "_2fa", "GoogleBooks", "Unnamed",
    ]  # fmt: skip


def test_a_client_is_named_after_its_provider() -> None:
    assert client_type("google/books") == "GoogleBooksClient"
    assert client_type("1forge") == "_1forgeClient"
