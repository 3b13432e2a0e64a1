"""The rules: each change, in what is sent and in what is read, with its judgement."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.model import Change, Comparison, from_json
from playground.changes.report import grouped, markdown_lines, summary, text_lines
from playground.openapi.compile import compile_document
from tests.changes.comparing import changes_of, compared, thing, thing_document


def test_nothing_differs_from_itself() -> None:
    comparison = compared(thing_document(), thing_document())
    assert comparison == Comparison()
    assert summary(comparison) == "no operation differs"


def _with(**operation: Any) -> dict[str, Any]:
    return thing_document(**operation)


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
    assert changes_of(_with(**before), _with(**after)) == {change: breaking}


def _edited(edit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = copy.deepcopy(thing_document())
    edit(document)
    return document


def test_operations_come_go_and_move() -> None:
    def move(document: dict[str, Any]) -> None:
        document["paths"] = {"/items/{id}": document["paths"]["/things/{id}"], "/new": {"get": {"operationId": "new"}}}

    comparison = compared(thing_document(), _edited(move))
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
    before, after = thing_document(parameters=[path]), thing_document(parameters=[{**path, "name": "thing"}])
    after["paths"] = {"/things/{thing}": after["paths"]["/things/{id}"]}
    assert compared(before, after) == Comparison()


def test_words_are_told_and_not_judged() -> None:
    comparison = compared(thing_document(), thing_document(summary="Another"))
    (changed,) = comparison.changed
    assert (changed.changes, changed.words, comparison.breaking) == ((), True, False)
    assert compared(thing_document(thing(description="x")), thing_document(thing(description="y"))) == Comparison()


def test_a_change_deep_in_recursive_schemas_is_told_once_at_its_nearest_place() -> None:
    def tree(**leaf: Any) -> dict[str, Any]:
        document = thing_document({"type": "object", "properties": {
            "left": {"$ref": "#/components/schemas/Thing"}, "right": {"$ref": "#/components/schemas/Thing"},
            "leaf": {"allOf": [{"$ref": "#/components/schemas/Leaf"}]}}})  # fmt: skip
        document["components"]["schemas"]["Leaf"] = {"type": "string", **leaf}
        return document

    changes = changes_of(tree(), tree(maxLength=5))
    assert changes == {("body/leaf", "limit-tightened"): True, ("response 200/leaf", "limit-tightened"): False}


def test_a_report_is_safe_to_print() -> None:
    change = Change(place="query.\x1b[31m", rule="x", text="<script>*", breaking=True)
    comparison = compared(thing_document(), thing_document(parameters=[]))
    comparison = Comparison(
        changed=(type(comparison.changed[0])(key="GET /\n", name="a", title="t", changes=(change,)),)
    )
    printed = "\n".join((*text_lines(comparison), *markdown_lines(comparison)))
    assert "\x1b" not in printed and "<script>*" not in "\n".join(markdown_lines(comparison))


def test_what_an_earlier_playground_kept_is_still_read() -> None:
    value = compared(thing_document(), thing_document(parameters=[])).to_json()
    value["judged"] = 1
    for one in value["changed"]:
        for change in one["changes"]:
            del change["said"]
    read = from_json(value)
    assert read is not None and read.changed[0].changes[0].text == "was removed"


def _notices(**schema: Any) -> dict[str, Any]:
    document = thing_document()
    content = {"application/json": {"schema": {"type": "object", "properties": {"a": schema}}}}
    operation = {"requestBody": {"content": content}, "responses": {"200": {"description": "Fine", "content": content}}}
    document["webhooks"] = {"done": {"post": operation}}
    document["paths"]["/things/{id}"]["put"]["callbacks"] = {"ended": {"{$request.body#/url}": {"post": operation}}}
    return document


def test_a_webhook_and_a_callback_are_read_by_whoever_answers_them() -> None:
    comparison = compared(_notices(type="integer"), _notices(type="number"))
    places = {(one.key, change.place): change.breaking for one in comparison.changed for change in one.changes}
    assert places == {
        ("PUT /things/{id}", "callback ended body/a"): True,
        ("PUT /things/{id}", "callback ended response 200/a"): False,
        ("webhook POST done", "body/a"): True,
        ("webhook POST done", "response 200/a"): False,
    }
    gone = compared(_notices(), thing_document())
    assert [one.key for one in gone.removed] == ["webhook POST done"] and gone.breaking
    assert [(change.rule, change.breaking) for change in gone.changed[0].changes] == [("callback-removed", True)]
    new = compared(thing_document(), _notices())
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
