"""Criteria are judged as Arazzo says, and what cannot be judged is a sentence and not met."""

from __future__ import annotations

import pytest

from playground.arazzo.criteria import compare, judge
from playground.arazzo.document import Criterion
from playground.arazzo.expressions import Scope
from tests.arazzo.documents import answer, read, step

SCOPE = Scope(
    document=read(step("s")),
    exchange=answer(
        200, {"pets": [{"id": 1}, {"id": 2}], "name": "Rex", "n": None, "ok": True, "five": "5", "none": []}
    ),
    inputs={"limit": 2, "wanted": "rex"},
)


@pytest.mark.parametrize(
    "condition",
    [
        "$statusCode == 200",
        "$statusCode==200",
        "$statusCode != 404",
        "{$statusCode == 200}",
        "$statusCode >= 200 && $statusCode < 300",
        "$statusCode == 404 || $statusCode == 200",
        "($statusCode == 404 || $statusCode == 200) && $response.body#/ok == true",
        "!($statusCode == 404)",
        "$response.body#/name == 'REX'",
        "$response.body#/name == $inputs.wanted",
        "$response.body#/five == 5",
        "$response.body#/five > 4",
        "$response.body.pets[1].id == 2",
        "$response.body#/pets/1/id >= $inputs.limit",
        "$response.body#/n == null",
        "$response.body#/gone == null",
        "$response.body#/name != null",
        "!$response.body#/n",
        "$response.body#/ok",
        "$response.body#/ok == 'true'",
        "$method == 'get'",
        "$url != ''",
        "$response.body.pets.length == 2",
        "'it''s' == \"it's\"",
        "1.50 == 1.5",
        "-1 < 0",
    ],
)
def test_a_condition_holds(condition: str) -> None:
    judged = judge(Criterion(condition=condition), SCOPE)
    assert judged.holds, judged.reason


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("$statusCode == 201", "Found: $statusCode = 200"),
        ("$response.body#/gone != null", "Found: $response.body#/gone = nothing"),
        ("$response.body#/n > 0", "Found: $response.body#/n = null"),
        ("$response.body#/name > 5", 'Found: $response.body#/name = "Rex"'),
        ("$statusCode == 200 &&", "The condition ends too early: something is missing after an operator."),
        ("($statusCode == 200", "A bracket of the condition is not closed."),
        ("$statusCode == 200 200", "The condition cannot be read at “200”."),
        ("$statusCode == open", "“open” is no value: write a text in single quotes, like 'open'."),
        ("$status == 200", "$status is no expression that Arazzo has."),
        ("$statusCode ~ 200", "The condition cannot be read at “~ 200”."),
        ("(" * 60 + "1" + ")" * 60, "The condition is nested too deeply."),
        (" && ".join(["1"] * 300), "The condition is too long: split it into several criteria."),
    ],
)
def test_a_condition_that_does_not_hold_says_why(condition: str, reason: str) -> None:
    judged = judge(Criterion(condition=condition), SCOPE)
    assert (judged.holds, judged.reason) == (False, reason)


@pytest.mark.parametrize(
    ("pattern", "context", "holds"),
    [
        ("^2\\d{2}$", "$statusCode", True),
        ("^R", "$response.body#/name", True),
        ("^r", "$response.body#/name", False),
        ("^{$inputs.limit}00$", "$statusCode", True),
        ("x", "$response.body#/gone", False),
        ("(a*)*(b*)*\\1$", "$response.body#/name", False),
        ("(", "$response.body#/name", False),
    ],
)
def test_regular_expressions(pattern: str, context: str, holds: bool) -> None:
    judged = judge(Criterion(condition=pattern, kind="regex", context=context), SCOPE)
    assert judged.holds is holds and (holds or judged.reason)


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("$.pets[?@.id == {$inputs.limit}]", True),
        ("$[?count(@.pets[*]) > 1]", True),
        ("$[?count(@.pets[*]) == 0]", False),
        ("$[?@.n == null]", True),
        ("$.none[*]", False),
        ("$[", False),
        ("pets", False),
    ],
)
def test_jsonpath_selects_something(path: str, holds: bool) -> None:
    judged = judge(Criterion(condition=path, kind="jsonpath", context="$response.body"), SCOPE)
    assert judged.holds is holds and (holds or judged.reason)


PETS = """<pets xmlns="urn:pets" xmlns:o="urn:owners"><pet id="1">Rex</pet><pet id="200" o:of="ada">Mia</pet></pets>"""
XML = SCOPE.at(answer(200, PETS))


@pytest.mark.parametrize(
    ("path", "version", "holds", "reason"),
    [
        ("/pets/pet[@id = '200']", "31", True, ""),
        ("count(//pet) = 2 and //pet[@o:of = 'ada'] = 'Mia'", "30", True, ""),
        ("//pet[@id = {$statusCode}]", "20", True, ""),
        ("every $pet in //pet satisfies $pet/@id > 0", "20", True, ""),
        ("//pet[3]", "31", False, "Found:"),
        ("//*[local-name() = 'pet'][2] = 'Mia'", "10", True, ""),
        ("//pet", "10", False, "Found:"),
        ("every $pet in //pet satisfies true()", "10", False, "This XPath cannot be judged"),
        ("//pet[", "31", False, "This XPath cannot be judged"),
        ("//none:pet", "31", False, "This XPath cannot be judged"),
        ("unparsed-text('file:///etc/passwd')", "31", False, "This XPath cannot be judged"),
        ("doc('file:///etc/passwd')", "31", False, "This XPath cannot be judged"),
        ("environment-variable('PATH')", "31", False, "Found:"),
    ],
)
def test_xpath_is_judged_of_xml(path: str, version: str, holds: bool, reason: str) -> None:
    judged = judge(Criterion(condition=path, kind="xpath", context="$response.body", version=version), XML)
    assert judged.holds is holds and judged.reason.startswith(reason), judged.reason


def test_xpath_of_what_is_no_xml_or_too_much() -> None:
    bomb = f"<!DOCTYPE a [<!ENTITY a '{'x' * 99}'><!ENTITY b '{'&a;' * 99}'>]><a>&b;</a>"
    outside = "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>"
    for text, reason in ((bomb, "Entities are forbidden"), (outside, "Entities are forbidden"), ("<a>", "is no XML"),
                         ("", "nothing at")):  # fmt: skip
        scope = SCOPE.at(answer(200, text or None))
        judged = judge(Criterion(condition="/a", kind="xpath", context="$response.body"), scope)
        assert not judged.holds and reason in judged.reason
    assert "this one is none" in judge(Criterion(condition="/a", kind="xpath", context="$response.body"), SCOPE).reason
    endless = Criterion(condition="count(1 to 9999999999) > 0", kind="xpath", context="$response.body")
    assert "more time or memory" in judge(endless, XML).reason


def test_null_equals_null_alone() -> None:
    assert compare("==", None, None)
    others: list[object] = [0, "", False, [], {}]
    assert not any(compare("==", None, other) for other in others)
    assert not compare("<", None, 5)
