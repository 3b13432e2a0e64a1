"""Checks of a step are judged on an answer, and most of them are criteria of Arazzo as well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.arazzo.checks import criterion_of, judge_check
from playground.arazzo.criteria import judge
from playground.arazzo.expressions import Scope
from playground.arazzo.read import document_of
from tests.arazzo.documents import answer, read, step, written

BODY = {"id": "cs_1", "n": None, "total": 5, "tags": ["a", "b"], "items": [{"price": 4}, {"price": 9}]}
EXCHANGE = replace(answer(201, BODY, Content_Type="application/json", X_Total="5"), milliseconds=120.0)

GOOD = [
    "status == 201", "status < 300", "time < 500", "header content-type contains json", "header X-Total == 5",
    "header Gone missing", "/id exists", "/n exists", "/gone missing", "/id == cs_1", "/id matches ^cs_", "/total >= 5",
    "/tags contains b", "$.items[?@.price > 5] exists", "$.items[*].price > 3", "$.none missing",
    '/tags == ["a","b"]', "body contains cs_1", "contract",
]  # fmt: skip
BAD = {
    "status == 200": "Found: 201",
    "time < 100": "Found: 120.0",
    "header Gone exists": "Found: nothing",
    "/gone exists": "Found: nothing",
    "/id == CS_1": 'Found: "cs_1"',
    "/id == 5": 'Found: "cs_1"',
    "/gone != 5": "Found: nothing",
    "$.items[*].price > 5": "Found: 4, 9",
    "/id matches (a*)*\\1$": "The regular expression cannot be judged safely: write a simpler one.",
    "$.items[?] exists": "",
}


@pytest.mark.parametrize("line", GOOD)
def test_a_check_is_met(line: str) -> None:
    judged = judge_check(line, EXCHANGE, ())
    assert judged.holds and judged.text == line and not judged.reason


@pytest.mark.parametrize("line", BAD)
def test_a_check_that_is_not_met_says_what_was_found(line: str) -> None:
    judged = judge_check(line, EXCHANGE, ())
    assert not judged.holds and judged.reason.startswith(BAD[line] or "This filter cannot be read")


def test_the_contract_is_met_where_nothing_differs() -> None:
    assert judge_check("contract", EXCHANGE, ("/id: wrong",)).reason == "/id: wrong"
    assert not judge_check("contract", EXCHANGE, None).holds


@pytest.mark.parametrize("line", [line for line in GOOD if criterion_of(line)])
def test_the_criterion_of_a_check_holds_too(line: str) -> None:
    document = document_of(written(step("s", successCriteria=[criterion_of(line)])))
    (criterion,) = document.workflows[0].steps[0].criteria
    if line == "/n exists":  # Arazzo cannot tell null from nothing
        return
    assert judge(criterion, Scope(document=document, exchange=EXCHANGE)).holds


def test_what_arazzo_has_no_criterion_for() -> None:
    assert [line for line in GOOD if criterion_of(line) is None] == [
        "time < 500", "header content-type contains json", "/tags contains b", "$.items[*].price > 3", "$.none missing",
        '/tags == ["a","b"]', "body contains cs_1", "contract",
    ]  # fmt: skip
    assert read(step("s")).told == ()
