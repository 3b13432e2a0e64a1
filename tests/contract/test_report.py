"""Reports for CI servers."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from playground.contract.report import Case, json_text, junit_text
from playground.contract.verdict import Finding, Verdict

FOUND = Verdict(
    findings=(
        Finding(
            part="content",
            severity="error",
            words="No \x00 & <b>.",
            pointer="/a\x07",
            rule='"type": "string"',
            place="/x",
        ),
        Finding(part="header", severity="note", words="Odd.", name="X-Odd"),
    ),
    unchecked=("Too long.",),
)
CASES = [
    Case(title="One", provider="shop", operation="one", status=200, milliseconds=12.34, verdict=FOUND),
    Case(title="", provider="shop", operation="two", error="It \ud800 broke."),
]


def test_junit_xml_is_well_formed_whatever_is_in_it() -> None:
    (suite,) = ElementTree.fromstring(junit_text(CASES, title="All"))  # noqa: S314 - written by the line above
    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("All", "2", "1", "1")
    first, second = suite
    assert (first.get("name"), first.get("time")) == ("One", "0.012")
    (failure,) = first.iter("failure")
    assert failure.text == '"type": "string"\n/x'
    assert "note: X-Odd: Odd." in str(first.findtext("system-out"))
    assert second.get("name") == "two"


def test_json_leaves_out_what_says_nothing() -> None:
    report = json.loads(json_text(CASES))
    assert report["matches"] is False
    first, second = report["answers"]
    assert first["findings"][1] == {
        "severity": "note", "part": "header", "header": "X-Odd", "pointer": None, "message": "Odd.", "places": 1,
    }  # fmt: skip
    assert first["unchecked"] == ["Too long."]
    assert (second["status"], second["matches"]) == (None, False)
