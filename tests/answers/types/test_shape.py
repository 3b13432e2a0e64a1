"""Shapes read from schemas, and inferred from values."""

from __future__ import annotations

from typing import Any

import pytest

from playground.answers.types.shape import ANY, NULL, Member, Shape, from_schema, from_value, type_name, union

STR, INT, FLOAT = Shape("str"), Shape("int"), Shape("float")
ROW = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer", "description": "Which\none."},
        "parent": {"$ref": "#/$defs/Row"},
        "secret": {"type": "string", "writeOnly": True},
        "note": {"type": ["string", "null"]},
    },
}


def test_definitions_keep_their_names_and_lead_back_to_themselves() -> None:
    shapes = from_schema({"type": "array", "items": {"$ref": "#/$defs/Row"}}, {"Row": ROW}, "Answer")
    assert shapes.root == Shape("list", (Shape("object", name="Row"),))
    assert shapes.objects == {
        "Row": (
            Member("id", INT, False, "Which one."),
            Member("parent", Shape("object", name="Row"), True),
            Member("note", Shape("union", (STR, NULL)), True),
        )
    }


@pytest.mark.parametrize(
    ("schema", "root"),
    [
        (True, ANY),
        ({"enum": ["a", "b", None]}, Shape("union", (Shape("str", literals=("a", "b")), NULL))),
        ({"const": "a"}, Shape("str", literals=("a",))),
        ({"type": "object", "additionalProperties": {"type": "number"}}, Shape("map", (FLOAT,))),
        ({"type": ["integer", "string"]}, Shape("union", (INT, STR))),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, Shape("union", (STR, INT))),
        ({"type": "array"}, Shape("list", (ANY,))),
    ],
)
def test_what_a_schema_says(schema: Any, root: Shape) -> None:
    assert from_schema(schema, {}, "Answer").root == root


def test_elements_of_a_list_share_their_type() -> None:
    shapes = from_value({"rows": [{"id": 1, "x": 1}, {"id": 2.5, "x": None, "more": []}]}, "Answer")
    assert shapes.root == Shape("object", name="Answer")
    assert shapes.objects["Answer"] == (Member("rows", Shape("list", (Shape("object", name="AnswerRow"),))),)
    assert shapes.objects["AnswerRow"] == (
        Member("id", FLOAT),
        Member("x", Shape("union", (INT, NULL))),
        Member("more", Shape("list", (ANY,)), True),
    )


def test_names_are_no_words_of_a_language() -> None:
    assert type_name("checkout.session") == "CheckoutSession"
    assert type_name("2fa") == "T2fa"
    assert type_name("日本") == "Answer"
    assert list(from_schema({"$ref": "#/$defs/any"}, {"any": {"properties": {"a": {}}}}, "x").objects) == ["Any2"]


def test_a_union_says_nothing_twice() -> None:
    assert union((STR, Shape("str", literals=("a",)))) == STR
    assert union((INT, FLOAT)) == FLOAT
    assert union((STR, ANY)) == ANY
    assert union(()) == ANY


def test_an_endless_description_ends() -> None:
    definitions = {f"T{n}": {"properties": {"a": {"$ref": f"#/$defs/T{n + 1}"}}} for n in range(500)}
    assert len(from_schema({"$ref": "#/$defs/T0"}, definitions, "x").objects) == 80
    deep: Any = 1
    for _ in range(300):
        deep = [deep]
    assert from_value(deep, "x").root.kind == "list"
