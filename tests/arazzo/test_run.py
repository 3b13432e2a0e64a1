"""A run goes from step to step as criteria and actions say, gives outputs, and always ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from playground.arazzo.document import ArazzoError, Document
from playground.arazzo.expressions import Exchange
from playground.arazzo.run import MOST_SENT, Run
from tests.arazzo.documents import answer, read, step

OK = [{"condition": "$statusCode == 200"}]
Answers = Callable[[str], Exchange]


def play(
    document: Document, answers: Answers | None = None, workflow: str = "main", **inputs: Any
) -> tuple[Run, list[str]]:
    """Play a workflow; each step's run is restored from its state, as a page does it."""
    run, played = Run(document, workflow, inputs), []
    while (call := run.plan()) is not None:
        run = Run.restore(document, json.loads(json.dumps(run.state())))
        assert (again := run.plan()) is not None and again.step == call.step
        played.append(call.step.id)
        run.take((answers or (lambda _: answer()))(call.step.id))
    return run, played


def statuses(*given: int) -> Answers:
    left = list(given)
    return lambda _: answer(left.pop(0) if left else 200)


def test_values_go_from_step_to_step_and_into_the_outputs() -> None:
    document = read(
        step(
            "make",
            outputs={"id": "$response.body#/id"},
            requestBody={"payload": {"name": "$inputs.name", "no": "$inputs.no"}},
        ),
        step(
            "show",
            parameters=[
                {"name": "id", "in": "path", "value": "$steps.make.outputs.id"},
                {"name": "gone", "in": "query", "value": "$inputs.no"},
            ],
        ),
        outputs={"made": "$steps.make.outputs.id"},
        inputs={"properties": {"name": {"default": "Ada"}}},
    )
    run = Run(document, "main", {})
    first = run.plan()
    assert first is not None and (first.payload, first.missing) == ({"name": "Ada"}, ("$inputs.no",))
    run.take(answer(200, {"id": 7}))
    second = run.plan()
    assert second is not None and second.parameters == (("id", "path", 7),)
    run.take(answer())
    assert run.plan() is None and run.outputs == {"made": 7} and not run.failed


def test_json_written_as_a_text_keeps_the_types_of_its_values() -> None:
    body = {
        "payload": '{"n": "{$inputs.n}", "t": "no {$inputs.n}"}',
        "replacements": [{"target": "/new", "value": "$inputs.n"}],
    }
    call = Run(read(step("s", requestBody=body)), "main", {"n": 5}).plan()
    assert call is not None and call.payload == {"n": 5, "t": "no 5", "new": 5}


def test_without_criteria_the_description_decides() -> None:
    for documented, differences, success in (
        (True, None, True),
        (False, None, False),
        (True, (), True),
        (True, ("/a: wrong",), False),
    ):
        run = Run(read(step("s")), "main", {})
        run.plan()
        assert run.take(answer(404), documented=documented, differences=differences).success is success


def test_a_failed_step_ends_the_workflow_and_says_what_was_found() -> None:
    run, played = play(read(step("a", successCriteria=OK), step("b")), statuses(500))
    assert played == ["a"] and run.failed
    assert run.results[0].judged[0].reason == "Found: $statusCode = 500"


def test_the_first_action_whose_criteria_hold_is_done() -> None:
    go = [
        {"name": "no", "type": "end", "criteria": [{"condition": "$statusCode == 201"}]},
        {"name": "yes", "type": "goto", "stepId": "c", "criteria": OK},
    ]
    run, played = play(read(step("a", onSuccess=go), step("b"), step("c")))
    assert played == ["a", "c"] and run.results[0].action == "yes: goto c"


def test_a_step_is_tried_again_until_it_succeeds_or_the_limit_is_reached() -> None:
    again = {"name": "again", "type": "retry", "retryAfter": 2, "retryLimit": 2}
    document = read(
        step("a", successCriteria=OK, onFailure=[again, {"name": "over", "type": "goto", "stepId": "z"}]), step("z")
    )
    run, played = play(document, statuses(503, 200))
    assert played == ["a", "a", "z"] and not run.failed and run.results[0].retried
    run, played = play(document, statuses(503, 503, 503))
    assert played == ["a", "a", "a", "z"] and run.failed
    run = Run(document, "main", {})
    run.plan()
    run.take(answer(503, Retry_After="7"))
    call = run.plan()
    assert call is not None and (call.wait, call.attempt) == (7.0, 2)


def test_a_retry_may_play_another_step_or_workflow_first() -> None:
    other = {"workflowId": "login", "steps": [step("sign-in", outputs={"token": "$response.body#/t"})]}
    document = read(
        step("a", successCriteria=OK, onFailure=[{"name": "x", "type": "retry", "stepId": "c"}]),
        step("b", successCriteria=OK, onFailure=[{"name": "y", "type": "retry", "workflowId": "login"}]),
        step("c"),
        more={"workflows": [other]},
    )
    run, played = play(document, statuses(401, 200, 200, 401))
    assert played == ["a", "c", "a", "b", "sign-in", "b", "c"] and not run.failed


def test_a_step_calls_a_workflow_and_gets_its_outputs() -> None:
    inner = {
        "workflowId": "inner",
        "steps": [step("deep", successCriteria=OK, outputs={"id": "$response.body#/id"})],
        "outputs": {"got": "$steps.deep.outputs.id", "was": "$inputs.x"},
    }
    document = read(
        step(
            "call",
            workflowId="inner",
            parameters=[{"name": "x", "value": "$inputs.top"}],
            successCriteria=OK,
            outputs={"mine": "$outputs.got"},
        ),
        step("after"),
        outputs={"o": "$steps.call.outputs.mine", "w": "$workflows.inner.outputs.was"},
        more={"workflows": [inner]},
    )
    run, played = play(document, lambda _: answer(200, {"id": 4}), top="T")
    assert played == ["deep", "after"] and run.outputs == {"o": 4, "w": "T"}
    assert [(result.step, result.called, result.depth) for result in run.results] == [
        ("deep", "", 1),
        ("call", "inner", 0),
        ("after", "", 0),
    ]
    run, played = play(document, statuses(500))
    assert played == ["deep"] and run.results[-1].error == "A step of inner failed." and run.failed


def test_workflows_that_one_depends_on_are_played_before() -> None:
    first = {
        "workflowId": "first",
        "steps": [step("f", successCriteria=OK, outputs={"k": "$response.body#/k"})],
        "outputs": {"k": "$steps.f.outputs.k"},
    }
    document = read(
        step("m", parameters=[{"name": "k", "in": "query", "value": "$workflows.first.outputs.k"}]),
        dependsOn=["first"],
        more={"workflows": [first]},
    )
    run, played = play(document, lambda _: answer(200, {"k": 1}))
    assert played == ["f", "m"] and not run.failed
    run, played = play(document, statuses(500))
    assert played == ["f"] and run.results[-1].error == "The workflow first, which this one depends on, failed."


def test_goto_a_workflow_is_one_way() -> None:
    other = {"workflowId": "other", "steps": [step("o")], "outputs": {"end": "$inputs.v"}}
    document = read(
        step(
            "a",
            onSuccess=[{"name": "x", "type": "goto", "workflowId": "other", "parameters": [{"name": "v", "value": 3}]}],
        ),
        step("b"),
        more={"workflows": [other]},
    )
    run, played = play(document)
    assert played == ["a", "o"] and run.outputs == {"end": 3}


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            read(step("a", onSuccess=[{"name": "x", "type": "goto", "stepId": "a"}])),
            f"The workflow has sent {MOST_SENT} requests without an end: it was stopped.",
        ),
        (read(step("a", workflowId="main")), "Workflows call one another without an end: the run was stopped at main."),
        (
            read(step("a"), dependsOn=["main"]),
            "Workflows call one another without an end: the run was stopped at main.",
        ),
        (
            read(step("a", workflowId="$sourceDescriptions.shop.x")),
            "The workflow $sourceDescriptions.shop.x is in another document, which is not played here.",
        ),
        (
            read({"stepId": "a", "channelPath": "x"}, step("b", onFailure=[])),
            "This step sends a message over a channel, which is not played here.",
        ),
        (
            read({"stepId": "a", "channelPath": "x", "onFailure": [{"name": "x", "type": "goto", "stepId": "a"}]}),
            "The workflow moves from step to step without an end: it was stopped.",
        ),
        (
            read(step("a", requestBody={"payload": "{$inputs.x}{$inputs.x}{$inputs.x} ", "contentType": "text/plain"})),
            "The request's values are longer than a request may be.",
        ),
        (read(step("a", dependsOn=["b"]), step("b")), "This step depends on b, which has not been played."),
    ],
)
def test_every_run_ends_with_a_sentence(document: Document, sentence: str) -> None:
    run = Run(document, "main", {"x": "y" * 900_000})
    while run.plan() is not None:
        run.take(answer())
    assert run.results[-1].error == sentence and run.failed and run.ended


@pytest.mark.parametrize(
    "state", [None, [], {}, {"workflow": "main"}, {"workflow": "gone"}, {"workflow": "main", "sent": "x"}]
)
def test_a_state_that_is_none_is_refused(state: Any) -> None:
    with pytest.raises(ArazzoError):
        Run.restore(read(step("s")), state)


def test_a_step_without_an_answer_fails_with_its_reason() -> None:
    run = Run(read(step("a")), "main", {})
    run.plan()
    assert run.take(None, error="The host is not known.").error == "The host is not known." and run.failed


def test_selectors_of_1_1_select() -> None:
    outputs = {
        "mail": {"context": "$response.body", "selector": "$.user.mail", "type": "jsonpath"},
        "all": {
            "context": "$response.body",
            "selector": "$.ids[*]",
            "type": {"type": "jsonpath", "version": "rfc9535"},
        },
        "one": {"context": "$response.body", "selector": "/ids/1", "type": "jsonpointer"},
    }
    run = Run(read(step("a", outputs=outputs)), "main", {})
    run.plan()
    result = run.take(answer(200, {"user": {"mail": "a@example.com"}, "ids": [1, 2]}))
    assert result.outputs == {"mail": "a@example.com", "all": [1, 2], "one": 2}
