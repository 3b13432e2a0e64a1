"""The rules of schemas: each change below a keyword, in what is sent and in what is read, with its judgement."""

from __future__ import annotations

from typing import Any

import pytest

from tests.changes.comparing import changes_of, thing, thing_document

SCHEMAS = [
    # before, after, rule, breaking in a request, breaking in an answer
    ({"type": "integer"}, {"type": "number"}, "type-widened", False, True),
    ({"type": "number"}, {"type": "integer"}, "type-narrowed", True, False),
    ({"type": "string"}, {"type": "integer"}, "type-changed", True, True),
    ({"type": "string"}, {"type": ["string", "integer"]}, "type-widened", False, True),
    ({"type": "string"}, {"type": ["string", "null"]}, "null-allowed", False, True),
    ({"type": ["string", "null"]}, {"type": "string"}, "null-forbidden", True, False),
    ({"enum": ["a", "b"]}, {"enum": ["a"]}, "value-removed", True, False),
    ({"enum": ["a"]}, {"enum": ["a", "b"]}, "value-added", False, True),
    ({"type": "string"}, {"type": "string", "enum": ["a"]}, "values-limited", True, False),
    ({"type": "string", "enum": ["a"]}, {"type": "string"}, "values-freed", False, True),
    ({"type": "string"}, {"type": "string", "maxLength": 5}, "limit-tightened", True, False),
    ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 4}, "limit-tightened", True, False),
    ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 6}, "limit-relaxed", False, True),
    ({"type": "string", "maxLength": 5}, {"type": "string"}, "limit-relaxed", False, True),
    ({"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 6}, "limit-tightened", True, False),
    ({"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 4}, "limit-relaxed", False, True),
    ({"type": "string"}, {"type": "string", "pattern": "a"}, "pattern-added", True, False),
    ({"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}, "pattern-changed", True, False),
    ({"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}, "format-changed", True, True),
    ({"type": "string", "format": "date"}, {"type": "string"}, "format-removed", False, True),
    ({"type": "string", "default": "a"}, {"type": "string", "default": "b"}, "default-changed", True, False),
    ({"type": "string", "pattern": ".*"}, {"type": "string", "pattern": "a"}, "pattern-added", True, False),
    ({"type": "integer"}, {"type": "integer", "multipleOf": 2}, "limit-tightened", True, False),
    ({"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 6}, "limit-tightened", True, False),
    ({"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 2}, "limit-relaxed", False, True),
    ({"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 4}, "limit-changed", True, True),
    ({"type": "string"}, {"type": "string", "not": {"enum": ["a"]}}, "constraint-added", True, False),
    ({"type": "string", "not": {"enum": ["a"]}}, {"type": "string"}, "constraint-removed", False, True),
    ({"not": {"enum": ["a"]}}, {"not": {"enum": ["b"]}}, "constraint-changed", True, True),
    ({}, {"if": {"required": ["b"]}, "then": {"required": ["c"]}}, "constraint-added", True, False),
    ({"if": {"required": ["b"]}, "then": {"required": ["c"]}}, {"if": {"required": ["d"]}, "then": {"required": ["c"]}},
     "constraint-changed", True, True),
    ({"type": "array"}, {"type": "array", "contains": {"type": "string"}}, "constraint-added", True, False),
    ({"type": "array", "contains": {}, "minContains": 1}, {"type": "array", "contains": {}, "minContains": 2},
     "limit-tightened", True, False),
    ({"type": "array", "contains": {}, "maxContains": 1}, {"type": "array", "contains": {}, "maxContains": 2},
     "limit-relaxed", False, True),
    ({"type": "object"}, {"type": "object", "propertyNames": {"maxLength": 3}}, "constraint-added", True, False),
    ({"type": "object"}, {"type": "object", "patternProperties": {"^a": {"type": "string"}}},
     "constraint-added", True, False),
    ({"type": "object"}, {"type": "object", "dependentRequired": {"b": ["c"]}}, "constraint-added", True, False),
    ({"type": "object", "dependentRequired": {"b": ["c"]}}, {"type": "object", "dependentRequired": {"b": ["c", "d"]}},
     "constraint-added", True, False),
    ({"type": "object", "dependentRequired": {"b": ["c"]}}, {"type": "object"}, "constraint-removed", False, True),
    ({"type": "object"}, {"type": "object", "dependentSchemas": {"b": {"required": ["c"]}}},
     "constraint-added", True, False),
    ({"type": "object"}, {"type": "object", "unevaluatedProperties": False}, "constraint-added", True, False),
    ({"type": "object"}, {"type": "object", "additionalProperties": {"type": "string"}},
     "constraint-added", True, False),
    ({"type": "array"}, {"type": "array", "items": {"type": "string"}}, "constraint-added", True, False),
    ({"type": "array"}, {"type": "array", "prefixItems": [{"type": "string"}]}, "constraint-added", True, False),
    ({"type": "array", "items": False}, {"type": "array", "items": False, "prefixItems": [{"type": "string"}]},
     "constraint-removed", False, True),
    ({"type": "string", "contentMediaType": "text/a"}, {"type": "string", "contentMediaType": "text/b"},
     "constraint-changed", True, True),
    ({"deprecated": False}, {"deprecated": True}, "deprecated", False, False),
    ({"oneOf": [{"title": "A", "type": "string"}, {"title": "B", "type": "integer"}]},
     {"oneOf": [{"title": "A", "type": "string"}, {"title": "B", "type": "integer"}, {"title": "C", "type": "object"}]},
     "alternative-added", False, True),
    ({"type": "object"}, {"type": "object", "additionalProperties": False}, "object-closed", True, False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "rule", "sent", "read"), SCHEMAS, ids=lambda value: str(value)[:30])
def test_a_schema_is_judged_for_both_directions(before: Any, after: Any, rule: str, sent: bool, read: bool) -> None:
    changes = changes_of(thing_document(thing(**before)), thing_document(thing(**after)))
    assert {rule for _, rule in changes} >= {rule}
    assert changes["body/a", rule] is sent
    assert changes["response 200/a", rule] is read


PROPERTIES: list[tuple[Any, Any, list[str], list[str], str, bool, bool]] = [
    ({}, {"b": {}}, [], [], "property-added", False, False),
    ({}, {"b": {}}, [], ["b"], "property-added", True, False),
    ({}, {"b": {"default": 1}}, [], ["b"], "property-added", True, False),
    ({"b": {}}, {}, [], [], "property-removed", True, True),
    ({"b": {"default": 1}}, {"b": {"default": 1}}, [], ["b"], "property-required", True, False),
    ({"b": {}}, {"b": {}}, [], ["b"], "property-required", True, False),
    ({"b": {}}, {"b": {}}, ["b"], [], "property-optional", False, True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "needed", "needs", "rule", "sent", "read"), PROPERTIES)
def test_a_property_is_judged_for_both_directions(
    before: Any, after: Any, needed: list[str], needs: list[str], rule: str, sent: bool, read: bool
) -> None:
    def made(properties: Any, required: list[str]) -> Any:
        return {"type": "object", "properties": {"a": {}, **properties}, "required": required}

    changes = changes_of(thing_document(made(before, needed)), thing_document(made(after, needs)))
    assert changes == {("body/b", rule): sent, ("response 200/b", rule): read}


def test_what_is_only_read_is_no_part_of_a_request() -> None:
    changes = changes_of(
        thing_document(thing()), thing_document({**thing(), "properties": {"a": {}, "b": {"readOnly": True}}})
    )
    assert changes == {("response 200/b", "property-added"): False}
    changes = changes_of(
        thing_document({**thing(), "properties": {"a": {}, "b": {"writeOnly": True}}}), thing_document(thing())
    )
    assert changes == {("body/b", "property-removed"): True}


BELOW: list[tuple[Any, Any, str, str]] = [
    ({"type": "array", "contains": {"type": "number"}}, {"type": "array", "contains": {"type": "integer"}},
     "/0", "type-narrowed"),
    ({"type": "object", "patternProperties": {"^a": {"type": "number"}}},
     {"type": "object", "patternProperties": {"^a": {"type": "integer"}}}, "/*", "type-narrowed"),
    ({"type": "object", "dependentSchemas": {"b": {"maxProperties": 3}}},
     {"type": "object", "dependentSchemas": {"b": {"maxProperties": 2}}}, "", "limit-tightened"),
    ({"type": "array", "prefixItems": [{"type": "number"}]}, {"type": "array", "prefixItems": [{"type": "integer"}]},
     "/0", "type-narrowed"),
    ({"if": {"required": ["b"]}, "then": {"maxProperties": 3}},
     {"if": {"required": ["b"]}, "then": {"maxProperties": 2}}, "", "limit-tightened"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "place", "rule"), BELOW)
def test_what_is_below_a_keyword_is_judged_at_its_place(before: Any, after: Any, place: str, rule: str) -> None:
    changes = changes_of(thing_document(thing(**before)), thing_document(thing(**after)))
    assert changes == {(f"body/a{place}", rule): True, (f"response 200/a{place}", rule): False}


def test_a_property_that_plays_no_part_in_a_direction_is_not_judged_there() -> None:
    def thing(**more: Any) -> Any:
        return thing_document({"type": "object", "properties": {"b": {"type": "string", **more}}, "required": ["b"]})

    hidden = {"readOnly": True}
    assert changes_of(thing(**hidden), thing(**hidden, maxLength=5)) == {("response 200/b", "limit-tightened"): False}
    assert changes_of(thing(), thing(readOnly=True)) == {("body/b", "property-read-only"): False}
    assert changes_of(thing(readOnly=True), thing()) == {("body/b", "property-added"): True}
    assert changes_of(thing(), thing(writeOnly=True)) == {("response 200/b", "property-write-only"): True}
    assert changes_of(thing(writeOnly=True), thing()) == {("response 200/b", "property-added"): False}


def _query(required: bool = False, **schema: Any) -> Any:
    return thing_document(parameters=[{"name": "q", "in": "query", "required": required, "schema": schema}])


@pytest.mark.parametrize(
    ("before", "after", "rule", "breaking"),
    [
        ({"type": "integer"}, {"type": "string"}, "type-widened", False),
        ({"type": "string"}, {"type": "boolean"}, "type-narrowed", True),
        ({"type": "integer"}, {"type": "array", "items": {"type": "integer"}}, "type-widened", False),
        ({"type": "integer", "default": 1}, {"type": "integer", "default": 2}, "default-changed", True),
        ({"type": "integer"}, {"type": "integer", "default": 2}, "default-changed", False),
    ],
)
def test_a_parameter_is_text(before: Any, after: Any, rule: str, breaking: bool) -> None:
    assert changes_of(_query(**before), _query(**after)) == {("query.q", rule): breaking}


def test_a_default_that_nobody_needs_changes_nothing() -> None:
    changes = changes_of(_query(True, type="integer", default=1), _query(True, type="integer", default=2))
    assert changes == {("query.q", "default-changed"): False}


def test_a_discriminator_beside_a_choice_decides_nothing() -> None:
    def choice(**more: Any) -> Any:
        document = thing_document({"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in "AB"], **more})
        for name in "AB":
            document["components"]["schemas"][name] = {"type": "object", "properties": {"kind": {"type": "string"}}}
        return document

    with_one = choice(discriminator={"propertyName": "kind"})
    told = {(place, "discriminator-changed"): False for place in ("body", "response 200")}
    assert changes_of(choice(), with_one) == changes_of(with_one, choice()) == told
