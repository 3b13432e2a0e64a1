"""A document written again reads back equal; a scenario becomes a document that plays the same requests."""

from __future__ import annotations

from typing import Any

import pytest

from playground.arazzo.read import document_of, read_document
from playground.arazzo.requests import bound_in, build, entry_of
from playground.arazzo.run import Run
from playground.arazzo.write import from_scenario, write_document, write_yaml
from playground.openapi.problems import DEFAULT_LIMITS
from playground.openapi.yaml import read_yaml
from playground.scenario.model import Scenario, Step
from playground.store import Store
from tests.arazzo.documents import answer, step, written

TEXTS = [
    "no", "012", "1e5", "0o17", "0x1F", "1.0", "~", "null", "", "a\nb", "  x\ny", "x \ny", "tab\t\n", "1_000", "+1",
    ".5", "\u00e9\n\u2028z", "\x07", "yes: no", "#x", "trail\n\n", "\n", "'q'", "2024-01-01", "=", "<<", "1:30",
    "{a}", "$x",
]  # fmt: skip


def test_every_text_and_number_reads_back_equal() -> None:
    value = {
        "texts": TEXTS,
        "numbers": [1, 2.5, 1e30, True, None, 10**18],
        "<<": 1,
        "info": {"version": "1.10"},
        "e": [],
    }
    assert read_yaml(write_yaml(value).encode(), DEFAULT_LIMITS) == value


@pytest.mark.parametrize("as_json", [False, True])
def test_a_document_with_everything_reads_back_equal(as_json: bool) -> None:
    value = written(
        step("a", requestBody={"payload": '{\n  "x": "{$inputs.x}"\n}\n', "x-own": [1, {"b": None}]}, unknown="kept"),
        step("b", onFailure=[{"reference": "$components.failureActions.r"}]),
        more={
            "components": {"failureActions": {"r": {"name": "r", "type": "retry", "retryAfter": 0.5}}},
            "x-top": 1.25,
        },
    )
    document = document_of(value)
    again = read_document(write_document(document, as_json=as_json))
    assert again == document and again.value == value
    assert list(again.value) == list(value)


def test_a_scenario_becomes_a_document_that_sends_the_same_requests(shop: Store) -> None:
    scenario = Scenario(
        title="Two",
        note="Notes",
        steps=(
            Step(
                operation="shop/makeorder",
                title="Make",
                arguments={"item": "tea", "count": 2},
                take={"order": "/id"},
                expect=(201,),
                server="sandbox",
            ),
            Step(
                operation="shop/readorder",
                note="Read it",
                arguments={"orderId": "{{order}}", "X-Trace": "of {{order}}"},
            ),
            Step(operation="shop/getPlain"),
            Step(operation="gone/x", arguments={"a": 1}),
        ),
    )
    value, told = from_scenario(scenario, shop, "https://here.example/")
    document = read_document(write_yaml(value))
    assert list(told) == [
        "Step 1: the server sandbox is kept as an extension; others choose it themselves.",
        "Step 4: the catalogue has no gone/x, so its values stand in x-playground-arguments.",
    ]
    assert document.told == () and document.workflows[0].steps[0].server == "sandbox"
    run, sent = Run(document, "scenario", {}), []
    bind = bound_in(document, shop, {})
    for status in (201, 200, 200):
        call = run.plan()
        assert call is not None
        message = build(call, entry_of(document, call.step, bind)[1], None).message
        sent.append((message.method, message.url, message.headers.get("X-Trace"), message.body))
        run.take(answer(status, {"id": 7}))
    assert sent == [
        ("POST", "https://shop.example/orders", None, b'{"item":"tea","count":2}'),
        ("GET", "https://shop.example/orders/7", "of 7", b""),
        ("GET", "https://shop.example/plain", None, b""),
    ]
    assert not run.failed


def test_names_of_sources_and_steps_are_unique(shop: Store) -> None:
    steps = tuple(Step(operation=name) for name in ("a/b/x", "a.b/x", "a/b/x"))
    value: Any = from_scenario(Scenario(title="", steps=steps), shop, "")[0]
    assert [one["name"] for one in value["sourceDescriptions"]] == ["a-b", "a-b-2"]
    assert [one["stepId"] for one in value["workflows"][0]["steps"]] == ["x", "x-2", "x-3"]
    assert read_document(write_yaml(value)).title == "Scenario"
