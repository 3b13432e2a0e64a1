"""The rules: each change, in what is sent and in what is read, with its judgement."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

import playground
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.model import Change, Comparison, from_json
from playground.changes.report import grouped, markdown_lines, summary, text_lines
from playground.openapi.compile import compile_document
from playground.text.wording import Said


def _document(schema: Any = None, **operation: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}} if schema is None else schema
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    described = {
        "operationId": "change",
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Fine", "content": content}, "404": {"description": "None"}},
        **operation,
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/things/{id}": {"put": described}},
        "components": {
            "schemas": {"Thing": schema},
            "securitySchemes": {name: {"type": "http", "scheme": "bearer"} for name in ("one", "two")},
        },
    }


def _catalog(document: dict[str, Any]) -> Catalog:
    return playground.compile_document(document).catalog


def _compare(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    comparison = compare(_catalog(before), _catalog(after))
    again = from_json(json.loads(json.dumps(comparison.to_json())))
    assert again == comparison
    # A page says each in its reader's language, when it is compared and when it comes out of the catalogue.
    for version in (comparison, again):
        assert all(isinstance(change.text, Said) for one in version.changed for change in one.changes)
    return comparison


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[tuple[str, str], bool]:
    comparison = _compare(before, after)
    assert not comparison.added and not comparison.removed
    return {(change.place, change.rule): change.breaking for one in comparison.changed for change in one.changes}


def test_nothing_differs_from_itself() -> None:
    comparison = _compare(_document(), _document())
    assert comparison == Comparison()
    assert summary(comparison) == "no operation differs"


def _thing(**more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": more}}


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
    changes = _changes(_document(_thing(**before)), _document(_thing(**after)))
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

    changes = _changes(_document(made(before, needed)), _document(made(after, needs)))
    assert changes == {("body/b", rule): sent, ("response 200/b", rule): read}


def test_what_is_only_read_is_no_part_of_a_request() -> None:
    changes = _changes(_document(_thing()), _document({**_thing(), "properties": {"a": {}, "b": {"readOnly": True}}}))
    assert changes == {("response 200/b", "property-added"): False}
    changes = _changes(_document({**_thing(), "properties": {"a": {}, "b": {"writeOnly": True}}}), _document(_thing()))
    assert changes == {("body/b", "property-removed"): True}


def _with(**operation: Any) -> dict[str, Any]:
    return _document(**operation)


QUERY = {"name": "q", "in": "query", "schema": {"type": "string"}}
OPERATIONS: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str], bool]] = [
    ({}, {"parameters": []}, ("query.q", "parameter-removed"), True),
    ({"parameters": []}, {}, ("query.q", "parameter-added"), False),
    ({"parameters": []}, {"parameters": [{**QUERY, "required": True}]}, ("query.q", "parameter-added"), True),
    ({}, {"parameters": [{**QUERY, "required": True}]}, ("query.q", "parameter-required"), True),
    ({"parameters": [{**QUERY, "required": True}]}, {}, ("query.q", "parameter-optional"), False),
    ({}, {"parameters": [{**QUERY, "explode": False}]}, ("query.q", "parameter-style"), True),
    ({}, {"parameters": [{**QUERY, "schema": {"type": "integer"}}]}, ("query.q", "type-narrowed"), True),
    ({}, {"responses": {"404": {"description": "None"}}}, ("response 200", "answer-removed"), True),
    ({}, {"requestBody": None}, ("body", "body-removed"), True),
    ({}, {"deprecated": True}, ("", "deprecated"), False),
    ({}, {"security": [{"one": []}]}, ("security", "security-tightened"), True),
    ({"security": [{"one": []}]}, {"security": [{"two": []}]}, ("security", "security-tightened"), True),
    ({"security": [{"one": []}]}, {"security": [{"one": [], "two": []}]}, ("security", "security-tightened"), True),
    ({"security": [{"one": []}]}, {"security": [{"one": []}, {"two": []}]}, ("security", "security-relaxed"), False),
    ({"security": [{"one": []}]}, {}, ("security", "security-relaxed"), False),
]


@pytest.mark.parametrize(("before", "after", "change", "breaking"), OPERATIONS, ids=lambda value: str(value)[:30])
def test_members_of_an_operation_are_judged(before: Any, after: Any, change: tuple[str, str], breaking: bool) -> None:
    assert _changes(_with(**before), _with(**after)) == {change: breaking}


def _edited(edit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = copy.deepcopy(_document())
    edit(document)
    return document


def test_operations_come_go_and_move() -> None:
    def move(document: dict[str, Any]) -> None:
        document["paths"] = {"/items/{id}": document["paths"]["/things/{id}"], "/new": {"get": {"operationId": "new"}}}

    comparison = _compare(_document(), _edited(move))
    assert [one.key for one in comparison.removed] == ["PUT /things/{id}"]
    assert [one.key for one in comparison.added] == ["PUT /items/{id}", "GET /new"]
    assert comparison.renamed == (("PUT /things/{id}", "PUT /items/{id}"),)
    assert comparison.breaking
    assert summary(comparison) == "2 operations added, 1 removed (1 breaking)"
    assert list(text_lines(comparison)) == [
        "! - PUT /things/{id} (now PUT /items/{id})",
        "  + PUT /items/{id}",
        "  + GET /new",
    ]


def test_a_path_variable_of_another_name_is_the_same() -> None:
    path = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    before, after = _document(parameters=[path]), _document(parameters=[{**path, "name": "thing"}])
    after["paths"] = {"/things/{thing}": after["paths"]["/things/{id}"]}
    assert _compare(before, after) == Comparison()


def test_words_are_told_and_not_judged() -> None:
    comparison = _compare(_document(), _document(summary="Another"))
    (changed,) = comparison.changed
    assert (changed.changes, changed.words, comparison.breaking) == ((), True, False)
    assert _compare(_document(_thing(description="x")), _document(_thing(description="y"))) == Comparison()


def test_a_change_deep_in_recursive_schemas_is_told_once_at_its_nearest_place() -> None:
    def tree(**leaf: Any) -> dict[str, Any]:
        document = _document({"type": "object", "properties": {
            "left": {"$ref": "#/components/schemas/Thing"}, "right": {"$ref": "#/components/schemas/Thing"},
            "leaf": {"allOf": [{"$ref": "#/components/schemas/Leaf"}]}}})  # fmt: skip
        document["components"]["schemas"]["Leaf"] = {"type": "string", **leaf}
        return document

    changes = _changes(tree(), tree(maxLength=5))
    assert changes == {("body/leaf", "limit-tightened"): True, ("response 200/leaf", "limit-tightened"): False}


def test_a_report_is_safe_to_print() -> None:
    change = Change(place="query.\x1b[31m", rule="x", text="<script>*", breaking=True)
    comparison = _compare(_document(), _document(parameters=[]))
    comparison = Comparison(
        changed=(type(comparison.changed[0])(key="GET /\n", name="a", title="t", changes=(change,)),)
    )
    printed = "\n".join((*text_lines(comparison), *markdown_lines(comparison)))
    assert "\x1b" not in printed and "<script>*" not in "\n".join(markdown_lines(comparison))


def test_what_an_earlier_playground_kept_is_still_read() -> None:
    value = _compare(_document(), _document(parameters=[])).to_json()
    value["judged"] = 1
    for one in value["changed"]:
        for change in one["changes"]:
            del change["said"]
    read = from_json(value)
    assert read is not None and read.changed[0].changes[0].text == "was removed"


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
    changes = _changes(_document(_thing(**before)), _document(_thing(**after)))
    assert changes == {(f"body/a{place}", rule): True, (f"response 200/a{place}", rule): False}


def test_a_property_that_plays_no_part_in_a_direction_is_not_judged_there() -> None:
    def thing(**more: Any) -> Any:
        return _document({"type": "object", "properties": {"b": {"type": "string", **more}}, "required": ["b"]})

    hidden = {"readOnly": True}
    assert _changes(thing(**hidden), thing(**hidden, maxLength=5)) == {("response 200/b", "limit-tightened"): False}
    assert _changes(thing(), thing(readOnly=True)) == {("body/b", "property-read-only"): False}
    assert _changes(thing(readOnly=True), thing()) == {("body/b", "property-added"): True}
    assert _changes(thing(), thing(writeOnly=True)) == {("response 200/b", "property-write-only"): True}
    assert _changes(thing(writeOnly=True), thing()) == {("response 200/b", "property-added"): False}


def _query(required: bool = False, **schema: Any) -> Any:
    return _document(parameters=[{"name": "q", "in": "query", "required": required, "schema": schema}])


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
    assert _changes(_query(**before), _query(**after)) == {("query.q", rule): breaking}


def test_a_default_that_nobody_needs_changes_nothing() -> None:
    changes = _changes(_query(True, type="integer", default=1), _query(True, type="integer", default=2))
    assert changes == {("query.q", "default-changed"): False}


def test_a_discriminator_beside_a_choice_decides_nothing() -> None:
    def choice(**more: Any) -> Any:
        document = _document({"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in "AB"], **more})
        for name in "AB":
            document["components"]["schemas"][name] = {"type": "object", "properties": {"kind": {"type": "string"}}}
        return document

    with_one = choice(discriminator={"propertyName": "kind"})
    told = {(place, "discriminator-changed"): False for place in ("body", "response 200")}
    assert _changes(choice(), with_one) == _changes(with_one, choice()) == told


def _notices(**schema: Any) -> dict[str, Any]:
    document = _document()
    content = {"application/json": {"schema": {"type": "object", "properties": {"a": schema}}}}
    operation = {"requestBody": {"content": content}, "responses": {"200": {"description": "Fine", "content": content}}}
    document["webhooks"] = {"done": {"post": operation}}
    document["paths"]["/things/{id}"]["put"]["callbacks"] = {"ended": {"{$request.body#/url}": {"post": operation}}}
    return document


def test_a_webhook_and_a_callback_are_read_by_whoever_answers_them() -> None:
    comparison = _compare(_notices(type="integer"), _notices(type="number"))
    places = {(one.key, change.place): change.breaking for one in comparison.changed for change in one.changes}
    assert places == {
        ("PUT /things/{id}", "callback ended body/a"): True,
        ("PUT /things/{id}", "callback ended response 200/a"): False,
        ("webhook POST done", "body/a"): True,
        ("webhook POST done", "response 200/a"): False,
    }
    gone = _compare(_notices(), _document())
    assert [one.key for one in gone.removed] == ["webhook POST done"] and gone.breaking
    assert [(change.rule, change.breaking) for change in gone.changed[0].changes] == [("callback-removed", True)]
    new = _compare(_document(), _notices())
    assert [one.key for one in new.added] == ["webhook POST done"] and not new.breaking


def test_what_many_operations_have_in_common_is_said_once() -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string"}, "size": {"type": "integer", "maximum": 9}}}

    def version(schema: dict[str, Any]) -> Catalog:
        content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
        operation = {
            "responses": {"200": {"description": "ok", **content}},
            "requestBody": content,
        }
        document = {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {f"/{name}": {"put": operation} for name in "abcd"},
            "components": {"schemas": {"Thing": schema}},
        }
        return compile_document(document, name="t").catalog

    other = {**schema, "properties": {"size": {"type": "integer", "maximum": 99}}}
    comparison = compare(version(schema), version(other))
    assert all(len(operation.changes) == 4 for operation in comparison.changed)
    # In a request a higher limit breaks nobody, in an answer it does: that is said.
    (shared,) = grouped(comparison).shared
    assert (shared.name, shared.operations, shared.breaking) == ("Thing", 4, True)
    assert [(change.place, change.rule, change.breaking) for change in shared.changes] == [
        ("id", "property-removed", True),
        ("size", "limit-relaxed", True),
    ]
    assert list(text_lines(comparison))[:4] == [
        "! ~ schema Thing, in 4 operations",
        "!     id: was removed",
        "!     size: maximum 9 became 99",
        "! ~ PUT /a",
    ]
    assert list(text_lines(comparison))[4] == "      schemas changed: Thing"
    assert from_json(json.loads(json.dumps(comparison.to_json()))) == comparison


def test_what_differs_beside_the_changes_is_named() -> None:
    def version(**members: Any) -> Catalog:
        operation = {
            "operationId": "a",
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
            **members,
        }
        document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"get": operation}}}
        return compile_document(document, name="t").catalog

    def told(**members: Any) -> tuple[str, ...]:
        (changed,) = compare(version(), version(**members)).changed
        return changed.told

    assert told(operationId="b") == ("operationId",)
    assert told(tags=["x"]) == ("tags",)
    assert told(summary="Other") == ("texts",)
    assert told(servers=[{"url": "https://b.example"}]) == ("servers",)
    # A parameter that is gone is a change and no other text.
    assert told(parameters=[]) == ()
