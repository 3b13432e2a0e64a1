"""What is only written or only read leaves a value wherever a schema may say so."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from playground.schema.direction import hides, visible

SECRET = {"type": "string", "writeOnly": True}
TEXT = {"type": "string"}
INNER = {"type": "object", "properties": {"open": TEXT, "secret": SECRET}}
DEFINITIONS: dict[str, Any] = {
    "Inner": INNER, "Secret": SECRET,
    "Tree": {"properties": {"secret": SECRET, "next": {"$ref": "#/$defs/Tree"}}},
    "Card": {"allOf": [{"properties": {"kind": TEXT, "secret": SECRET}}]},
    "Cash": {"properties": {"kind": TEXT, "secret": TEXT}},
}  # fmt: skip
REFERENCE = {"$ref": "#/$defs/Inner"}
SENT = {"open": "a", "secret": "canary"}
LEFT = {"open": "a"}


@pytest.mark.parametrize(
    ("schema", "value", "left"),
    [
        (INNER, SENT, LEFT),
        ({"type": "array", "items": REFERENCE}, [SENT], [LEFT]),
        ({"prefixItems": [TEXT, INNER]}, ["x", SENT, SENT], ["x", LEFT, SENT]),
        ({"items": SECRET}, ["canary"], []),
        ({"additionalProperties": REFERENCE}, {"k": SENT}, {"k": LEFT}),
        ({"properties": {"open": TEXT}, "additionalProperties": SECRET}, SENT, LEFT),
        ({"patternProperties": {"^s": SECRET}}, SENT, LEFT),
        ({"properties": {"open": {}, "secret": {"$ref": "#/$defs/Secret"}}}, SENT, LEFT),
        ({"properties": {"secret": {"type": "object", "writeOnly": True}}}, {"open": "a", "secret": {}}, LEFT),
        ({"allOf": [{"properties": {"x": {"allOf": [REFERENCE, {"title": "y"}]}}}]}, {"x": SENT}, {"x": LEFT}),
        ({"oneOf": [{"type": "integer"}, REFERENCE]}, SENT, LEFT),
        ({"anyOf": [{"items": {"anyOf": [{"type": "integer"}, REFERENCE]}}, TEXT]}, [1, SENT], [1, LEFT]),
        ({"if": {"required": ["open"]}, "then": {"properties": {"secret": SECRET}}}, SENT, LEFT),
        ({"if": {"required": ["none"]}, "else": {"properties": {"secret": SECRET}}}, SENT, LEFT),
        ({"dependentSchemas": {"open": {"properties": {"secret": SECRET}}}}, SENT, LEFT),
        ({"$ref": "#/$defs/Tree"}, {"next": {"next": {"secret": "canary"}}}, {"next": {"next": {}}}),
        (
            {"discriminator": {"propertyName": "kind", "mapping": {"c": "#/$defs/Card", "d": "#/$defs/Cash"}}},
            {"kind": "c", "secret": "canary"},
            {"kind": "c"},
        ),
        (
            {"discriminator": {"propertyName": "kind", "mapping": {"c": "#/$defs/Card", "d": "#/$defs/Cash"}}},
            {"kind": "d", "secret": "none"},
            {"kind": "d", "secret": "none"},
        ),
        # An alternative that the value is not says nothing of it.
        ({"oneOf": [{"required": ["x"], "properties": {"open": SECRET}}, {"required": ["open"]}]}, LEFT, LEFT),
        (TEXT, "a", "a"),
        (True, SENT, SENT),
    ],
)  # fmt: skip
def test_what_is_only_written_is_not_answered(schema: Any, value: Any, left: Any) -> None:
    before = copy.deepcopy(value)
    assert visible(value, schema, DEFINITIONS, writing=False) == left
    assert value == before
    assert hides(schema, DEFINITIONS, writing=False) or left == value, "what may be left out is known beforehand"


def test_what_is_only_read_is_not_sent() -> None:
    schema = {"properties": {"list": {"items": {"properties": {"id": {"readOnly": True}, "secret": SECRET}}}}}
    value = {"list": [{"id": 1, "secret": "s"}]}
    assert visible(value, schema, {}, writing=True) == {"list": [{"secret": "s"}]}
    assert visible(value, schema, {}, writing=False) == {"list": [{"id": 1}]}


@pytest.mark.parametrize(("schema", "writing", "hidden"), [
    (True, False, False), (INNER, False, True), (INNER, True, False),
    ({"items": [{"$ref": "#/$defs/Tree"}]}, False, True), ({"$ref": "#/$defs/none"}, False, False),
    ({"x": {"readOnly": True}}, True, True), ({"enum": list(range(30_000))}, False, True),
])  # fmt: skip
def test_whether_anything_can_be_hidden(schema: Any, writing: bool, hidden: bool) -> None:
    assert hides(schema, DEFINITIONS, writing=writing) is hidden


@pytest.mark.cpu(20)
def test_a_large_value_and_a_hostile_schema_end() -> None:
    chain = {f"s{number}": {"anyOf": [{"$ref": f"#/$defs/s{number + 1}"}] * 2} for number in range(40)}
    deep: Any = {}
    for _ in range(200):
        deep = {"a": deep}
    assert visible(deep, {"additionalProperties": {"$ref": "#/$defs/s0"}}, chain, writing=False) == deep
    many = [{"a": number} for number in range(100_000)]
    assert visible(many, {"items": {"$ref": "#/$defs/s0"}}, {"s0": INNER}, writing=False) == many
