"""Expressions give the value at their place, with its type; inside a text they become text."""

from __future__ import annotations

from typing import Any

import pytest

from playground.arazzo.expressions import MISSING, Exchange, Scope, TooMuchError, evaluate, fill, is_expression, set_at
from playground.messages import Headers
from tests.arazzo.documents import read, step

SCOPE = Scope(
    document=read(
        step("s"), more={"components": {"parameters": {"size": {"name": "size", "in": "query", "value": 9}}}}
    ),
    exchange=Exchange(
        url="https://a.example/x?q=1",
        method="POST",
        status=201,
        request_headers=Headers.of([("X-Trace", "t")]),
        query={"q": 1},
        path={"id": "7"},
        request_body={"a": {"b~/": 1}},
        headers=Headers.of([("X-Rate-Limit", "5"), ("x.dotted", "d")]),
        body={"items": [{"id": 3}], "n": None, "": "e"},
    ),
    inputs={"name": "Ada", "a.b": "dotted", "a": {"b": "inner", "list": [1, 2]}},
    outputs={"o": 1},
    steps={"first-step": {"id": 12, "all": {"deep": [True]}}},
    workflows={"other": {"inputs": {"i": "in"}, "outputs": {"o": "out"}}},
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$url", "https://a.example/x?q=1"),
        ("$method", "POST"),
        ("$statusCode", 201),
        ("$request.header.x-trace", "t"),
        ("$request.query.q", 1),
        ("$request.path.id", "7"),
        ("$request.body#/a/b~0~1", 1),
        ("$response.header.x-rate-limit", "5"),
        ("$response.header.X.Dotted", "d"),
        ("$response.body#/items/0/id", 3),
        ("$response.body.items[0].id", 3),
        ("$response.body#/", "e"),
        ("$response.body#/n", None),
        ("$inputs.name", "Ada"),
        ("$inputs.a.b", "dotted"),
        ("$inputs.a#/b", "inner"),
        ("$inputs.a.list[1]", 2),
        ("$outputs.o", 1),
        ("$steps.first-step.outputs.id", 12),
        ("$steps.first-step.outputs.all#/deep/0", True),
        ("$workflows.other.inputs.i", "in"),
        ("$workflows.other.outputs.o", "out"),
        ("$sourceDescriptions.shop.url", "shop.yaml"),
        ("$components.parameters.size", 9),
        ("{$inputs.name}", "Ada"),
    ],
)
def test_a_value_keeps_its_type(expression: str, value: Any) -> None:
    assert evaluate(expression, SCOPE) == value and type(evaluate(expression, SCOPE)) is type(value)
    assert is_expression(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "$response.body#/items/1",
        "$response.body#/items/01",
        "$response.body#/items/-1",
        "$response.header.gone",
        "$inputs.gone",
        "$steps.gone.outputs.id",
        "$steps.first-step.id",
        "$workflows.other.gone.o",
        "$response.gone",
        "$sourceDescriptions.gone.url",
        "$components.parameters.gone",
        "$self",
        "$inputs.name.__class__",
    ],
)
def test_what_is_not_there_is_missing(expression: str) -> None:
    assert evaluate(expression, SCOPE) is MISSING


def test_expressions_inside_texts_objects_and_lists_are_filled() -> None:
    missing: list[str] = []
    value = {
        "whole": "$inputs.a",
        "braced": "{$response.body#/items/0/id}",
        "list": ["$statusCode"],
        "price": "$5.00",
        "text": "id-{$response.body#/items/0/id}-{$inputs.a.list}",
        "not": "{inputs.name} $inputs",
        "gone": "$inputs.no",
    }
    assert fill(value, SCOPE, missing) == {
        "whole": {"b": "inner", "list": [1, 2]},
        "braced": 3,
        "list": [201],
        "price": "$5.00",
        "text": "id-3-[1,2]",
        "not": "{inputs.name} $inputs",
        "gone": None,
    }
    assert missing == ["$inputs.no"]


def test_a_text_may_not_grow_without_bound() -> None:
    scope = Scope(document=SCOPE.document, inputs={"x": "y" * 1_000_000})
    with pytest.raises(TooMuchError):
        fill("{$inputs.x}{$inputs.x}{$inputs.x}", scope, [])


def test_a_replacement_sets_a_place_and_adds_a_member() -> None:
    assert set_at({"a": [1, {"b": 2}]}, "/a/1/b", 3) == {"a": [1, {"b": 3}]}
    assert set_at({"a": [1]}, "/a/-", 2) == {"a": [1, 2]}
    assert set_at(None, "/new/~1x", 1) == {"new": {"/x": 1}}
    with pytest.raises(KeyError):
        set_at({"a": "text"}, "/a/b", 1)
