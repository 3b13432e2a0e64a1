"""Whatever a stranger writes into a schema, reading it never raises."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from playground.jsontext import dumps
from playground.schema.flatten import flatten, resolve
from playground.schema.keywords import limits_text
from playground.schema.sample import sample
from playground.schema.types import alternatives, label_of, nullable, type_text, types_of
from playground.schema.validate import fits
from tests.schema.strategies import hostile_definitions, hostile_schemas, json_values


@settings(max_examples=300, deadline=None)
@given(hostile_schemas, hostile_definitions, json_values)
def test_reading_a_hostile_schema_never_raises(schema: Any, definitions: Any, value: Any) -> None:
    assert isinstance(resolve(schema, definitions), dict)
    flat = flatten(schema, definitions)
    assert "$ref" not in flat
    assert "allOf" not in flat or not isinstance(flat["allOf"], list) or not flat["allOf"]
    types_of(flat)
    nullable(schema, definitions)
    alternatives(schema, definitions)
    assert isinstance(label_of(schema, definitions), str)
    assert isinstance(type_text(schema, definitions), str)
    assert isinstance(limits_text(flat), str)
    fits(value, schema, definitions)
    for writing in (True, False):
        dumps(sample(schema, definitions, writing=writing))
        sample(schema, definitions, writing=writing, required_only=True)


def test_cyclic_references_end() -> None:
    definitions: dict[str, Any] = {
        "a": {"$ref": "#/$defs/b"},
        "b": {"$ref": "#/$defs/a"},
        "tree": {
            "type": "object",
            "required": ["child", "name"],
            "properties": {"name": {"type": "string"}, "child": {"$ref": "#/$defs/tree"}},
        },
        "self": {"allOf": [{"$ref": "#/$defs/self"}, {"type": "string"}]},
    }
    assert resolve({"$ref": "#/$defs/a", "title": "A"}, definitions) == {"title": "A"}
    assert flatten({"$ref": "#/$defs/self"}, definitions)["type"] == "string"
    made = sample({"$ref": "#/$defs/tree"}, definitions, writing=True)
    assert made["child"]["name"] == "string"
    assert len(dumps(made)) < 1000


def test_doubling_references_cost_no_more_than_their_length() -> None:
    definitions: dict[str, Any] = {
        f"n{n}": {"allOf": [{"$ref": f"#/$defs/n{n + 1}"}, {"$ref": f"#/$defs/n{n + 1}"}]} for n in range(30)
    }
    definitions["n30"] = {"type": "integer"}
    assert flatten({"$ref": "#/$defs/n0"}, definitions)["type"] == "integer"


def test_a_wide_and_deep_schema_gives_a_small_sample() -> None:
    definitions: dict[str, Any] = {
        f"n{n}": {"type": "object", "properties": {f"p{m}": {"$ref": f"#/$defs/n{n + 1}"} for m in range(9)}}
        for n in range(12)
    }
    assert len(dumps(sample({"$ref": "#/$defs/n0"}, definitions, writing=True))) < 100_000
