"""Reports tell each step and criterion, and hold no secret."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from playground.answers.record import Record
from playground.arazzo.criteria import Judged
from playground.arazzo.document import Criterion
from playground.arazzo.frames import Result
from playground.arazzo.report import Hidden, Played, html_report, json_report, junit_report

CANARY = "canary-t0ken-1"
CRITERION = Criterion(condition="$response.body#/name == '<b>'")


def played() -> tuple[list[Played], Hidden]:
    hidden = Hidden()
    hidden.add([CANARY])
    hidden.add_from({"access_token": "made-by-api-9", "list": [{"password": "deep-secret"}]})
    good = Result(
        workflow="w", step="a", number=0, status=200, success=True, outputs={"access_token": "made-by-api-9", "id": 1}
    )
    bad = Result(
        workflow="w", step="b", number=1, attempt=2, status=500, milliseconds=12.0,
        judged=(Judged(criterion=CRITERION, holds=False, reason=f"Found: {CANARY}"),), action="x: goto a",
    )  # fmt: skip
    record = Record(
        at="2030-01-01T00:00:00Z", provider="shop", operation="x", method="GET",
        url="https://shop.example/x?session=made-by-api-9", status=500, request_headers=(("X-Own", "deep-secret"),),
        headers=(("Set-Cookie", "s=1"),), body=b'{"note": "canary-t0ken-1 <script>"}', content_type="application/json",
    )  # fmt: skip
    first = Result(workflow="w", step="b", number=1, status=503, retried=True)
    error = Result(workflow="v", step="c", number=0, error="The host is not known.")
    steps: list[tuple[Result, Record | None]] = [(good, None), (first, None), (bad, record)]
    return [
        Played(workflow="w", summary="S", inputs={"client_secret": "x", "n": 1}, outputs={"id": 1}, steps=steps),
        Played(workflow="v", steps=[(error, None)]),
    ], hidden


def test_the_page_holds_every_exchange_and_no_secret() -> None:
    text = html_report(*played(), title="T & co", at="today")
    assert "<script" not in text and "T &amp; co" in text and "&lt;script&gt;" in text
    assert "https://shop.example/x?session=•••" in text and "0 of 2 workflows passed" in text
    assert not any(secret in text for secret in (CANARY, "made-by-api-9", "deep-secret", "s=1"))
    assert "http-equiv" not in text and "src=" not in text and "href=" not in text


def test_junit_counts_steps_and_has_a_failure_for_each_criterion() -> None:
    text = junit_report(*played(), title="T")
    root = ElementTree.fromstring(text)  # noqa: S314 - written by the line above
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in root] == [
        ("w", "2", "1", "0"),
        ("v", "1", "0", "1"),
    ]
    assert [failure.get("message") for failure in root.iter("failure")] == [CRITERION.condition]
    assert CANARY not in text


def test_json_tells_the_same() -> None:
    text = json_report(*played())
    value = json.loads(text)
    assert value["passed"] is False and [one["passed"] for one in value["workflows"]] == [False, False]
    steps = value["workflows"][0]["steps"]
    assert [one["passed"] for one in steps] == [True, False, False] and steps[2]["then"] == "x: goto a"
    assert steps[0]["outputs"] == {"id": 1} and "made-by-api-9" not in text and CANARY not in text
