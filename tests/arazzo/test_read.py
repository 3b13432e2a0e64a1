"""Documents are read whole, reusable objects put in, and every mistake named with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.arazzo.document import MOST_STEPS, ArazzoError, is_arazzo
from playground.arazzo.read import document_of, read_document
from tests.arazzo.documents import read, step, written

COMPONENTS: dict[str, Any] = {
    "inputs": {
        "page": {"type": "object", "properties": {"size": {"$ref": "#/components/inputs/size"}}},
        "size": {"type": "integer", "default": 5},
    },
    "parameters": {"size": {"name": "size", "in": "query", "value": 10}},
    "failureActions": {
        "again": {
            "name": "again",
            "type": "retry",
            "retryAfter": 1,
            "retryLimit": 3,
            "criteria": [{"condition": "$statusCode == 503"}],
        }
    },
    "successActions": {"stop": {"name": "stop", "type": "end"}},
}


def test_reusable_objects_and_what_a_workflow_says_for_all_steps_stand_in_each_step() -> None:
    document = read(
        step(
            "one",
            parameters=[
                {"reference": "$components.parameters.size", "value": 3},
                {"name": "x", "in": "header", "value": "own"},
            ],
        ),
        step("two", onSuccess=[{"name": "stop", "type": "goto", "stepId": "one"}]),
        parameters=[{"name": "x", "in": "header", "value": "shared"}],
        successActions=[{"reference": "$components.successActions.stop"}],
        failureActions=[{"reference": "$components.failureActions.again"}],
        inputs={"$ref": "#/components/inputs/page"},
        more={"components": COMPONENTS},
    )
    (workflow,) = document.workflows
    one, two = workflow.steps
    assert [(p.name, p.location, p.value) for p in one.parameters] == [("size", "query", 3), ("x", "header", "own")]
    assert [(p.name, p.value) for p in two.parameters] == [("x", "shared")]
    assert [action.type for action in one.on_success] == ["end"]
    assert [(action.name, action.step) for action in two.on_success] == [("stop", "one")]
    assert (one.on_failure[0].retry_after, one.on_failure[0].retry_limit) == (1.0, 3)
    assert workflow.inputs == {"type": "object", "properties": {"size": {"type": "integer", "default": 5}}}
    assert document.told == ()


def test_yaml_and_json_are_the_same_document() -> None:
    yaml = """
arazzo: 1.0.1
info: {title: T, version: 1.0}
sourceDescriptions:
  - {name: shop, url: ./shop.yaml}
workflows:
  - workflowId: w
    steps:
      - stepId: s
        operationPath: '{$sourceDescriptions.shop.url}#/paths/~1x/get'
        x-note: kept
"""
    document = read_document(yaml)
    assert read_document(json.dumps(document.value)).workflows == document.workflows
    assert document.value["workflows"][0]["steps"][0]["x-note"] == "kept"
    assert is_arazzo(yaml) and is_arazzo(json.dumps(document.value))
    assert not is_arazzo('{"playground": "scenario", "version": 1, "title": "arazzo"}')


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({}, "This is not an Arazzo document: it begins with arazzo: 1.0.1."),
        (written(step("a")) | {"arazzo": "2.0.0"}, "/arazzo: 2.0.0 is not a version that is known: write 1.0.1."),
        (
            written(step("a")) | {"sourceDescriptions": []},
            "/sourceDescriptions: name at least one description that the workflows call.",
        ),
        (written(), "/workflows/0/steps: write at least one step."),
        (
            written({"stepId": "a"}),
            "/workflows/0/steps/0: a step has exactly one of operationId, operationPath and workflowId; "
            "choose one of them.",
        ),
        (written(step("a"), step("a")), "/workflows/0/steps/1/stepId: a is there twice: give each its own name."),
        (
            written(step("a", parameters=[{"name": "x", "in": "body", "value": 1}])),
            "/workflows/0/steps/0/parameters/0/in: body is no place: write path, query, header or cookie.",
        ),
        (
            written(step("a", parameters=[{"reference": "$components.parameters.no"}])),
            "/workflows/0/steps/0/parameters/0/reference: there is nothing at $components.parameters.no: write the "
            "name of an entry of components/parameters, like $components.parameters.name.",
        ),
        (
            written(step("a", onFailure=[{"name": "x", "type": "goto", "stepId": "b"}])),
            "/workflows/0/steps/0: the action x goes to b, which is no step of this workflow.",
        ),
        (
            written(step("a", onSuccess=[{"name": "x", "type": "retry"}])),
            "/workflows/0/steps/0/onSuccess/0/type: this must be one of end, goto.",
        ),
        (
            written(step("a", successCriteria=[{"condition": "^2", "type": "regex"}])),
            "/workflows/0/steps/0/successCriteria/0: a criterion of this type needs a context, like $response.body.",
        ),
        (
            written(step("a", workflowId="b")),
            "/workflows/0/steps/0/workflowId: there is no workflow named b in this document.",
        ),
        (
            written(step("a", operationId="$sourceDescriptions.other.a")),
            "/workflows/0/steps/0: there is no source named other: add it.",
        ),
        (
            written(step("a", onFailure=[{"name": "x", "type": "retry", "retryLimit": -1}])),
            "/workflows/0/steps/0/onFailure/0/retryLimit: this must be a whole number of attempts, from 0.",
        ),
        (
            written(*[step(f"s{n}") for n in range(MOST_STEPS + 1)]),
            f"/workflows/0/steps: there may be at most {MOST_STEPS}.",
        ),
        (
            written(step("a", outputs={"x/y": 5})),
            "/workflows/0/steps/0/outputs/x~1y: an output is an expression, like $response.body#/id.",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(value: Any, sentence: str) -> None:
    with pytest.raises(ArazzoError) as raised:
        document_of(value)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "empty"),
        ("<html>", "HTML"),
        ("[1]", "This is not an Arazzo document"),
        ("a: [", "line"),
        ("[" * 90 + "]" * 90, "nested deeper"),
        ("x: " + "y" * 600_000, "limit"),
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "\n".join(
                f"{c}: &{c} [{','.join('*' + p for _ in range(9))}]" for p, c in zip("abcdef", "bcdefg", strict=True)
            ),
            "repeat more",
        ),
    ],
)
def test_hostile_texts_are_refused_in_one_sentence(text: str, part: str) -> None:
    with pytest.raises(ArazzoError) as raised:
        read_document(text)
    assert part in str(raised.value) and "\n" not in str(raised.value) and "OpenAPI" not in str(raised.value)


def test_schemas_that_refer_to_one_another_end() -> None:
    loop = {"inputs": {"a": {"type": "object", "properties": {"b": {"$ref": "#/components/inputs/a"}}}}}
    deep: Any = read(step("s"), inputs={"$ref": "#/components/inputs/a"}, more={"components": loop}).workflows[0].inputs
    depth = 0
    while deep:
        deep, depth = deep.get("properties", {}).get("b", {}), depth + 1
    assert depth < 30
    wide = {"inputs": {"a": {"allOf": [{"$ref": "#/components/inputs/a"}] * 9}}}
    with pytest.raises(ArazzoError, match="refer to one another too often"):
        read(step("s"), inputs={"$ref": "#/components/inputs/a"}, more={"components": wide})


def xpath(version: str) -> dict[str, Any]:
    return {"condition": "/a", "type": {"type": "xpath", "version": version}, "context": "$response.body"}


def test_what_is_kept_and_not_played_is_told() -> None:
    document = read(
        step("a", successCriteria=[xpath("xpath-99"), xpath("xpath-20")], extra=1),
        {"stepId": "b", "channelPath": "x", "action": "send"},
        step("c", onFailure=[{"name": "x", "type": "retry", "retryAfter": 900, "retryLimit": 99}]),
        step("d", workflowId="$sourceDescriptions.shop.other"),
        step(
            "e",
            requestBody={
                "payload": {},
                "replacements": [{"target": "/a/b[1]", "targetSelectorType": "xpath", "value": 1}],
            },
        ),
    )
    assert list(document.told) == [
        "/workflows/0/steps/0: extra is no field of Arazzo; it is kept.",
        "/workflows/0/steps/0/successCriteria/0: XPath is judged as version 3.1 says, whatever version is named.",
        "/workflows/0/steps/1: a step over a channel (AsyncAPI) is kept and not played.",
        "/workflows/0/steps/2/onFailure/0: a retry waits at most 60 seconds here.",
        "/workflows/0/steps/2/onFailure/0: a step is tried again at most 20 times here.",
        "/workflows/0/steps/4/requestBody/replacements/0: a target that is no JSON Pointer is kept and not replaced.",
        "/workflows/0/steps/3/workflowId: a workflow of another document is kept and not played.",
    ]
