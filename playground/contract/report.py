"""Verdicts as reports that a CI server reads: JUnit XML, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from playground import jsontext
from playground.contract.verdict import Finding, Verdict
from playground.text.visible import reveal


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One answer that was checked: what was called, its status (`None` without an answer), how long it took.

    `error` is why there is no verdict, or why it was not the answer that was expected.
    """

    title: str
    provider: str
    operation: str
    status: int | None = None
    milliseconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    error: str = ""


def junit_text(cases: Sequence[Case], *, title: str) -> str:
    """Return a report as JUnit XML: a test case for each answer, a failure for each contradiction."""
    suite = ElementTree.Element(
        "testsuite",
        name=_plain(title),
        tests=str(len(cases)),
        failures=str(sum(bool(case.verdict.errors) for case in cases)),
        errors=str(sum(bool(case.error) for case in cases)),
        time=_seconds(sum(case.milliseconds for case in cases)),
    )
    for case in cases:
        element = ElementTree.SubElement(
            suite,
            "testcase",
            classname=_plain(case.provider),
            name=_plain(case.title or case.operation),
            time=_seconds(case.milliseconds),
        )
        if case.error:
            ElementTree.SubElement(element, "error", message=_plain(case.error))
        for finding in case.verdict.errors:
            failure = ElementTree.SubElement(element, "failure", message=_plain(finding.text), type=finding.part)
            failure.text = _plain(f"{finding.rule}\n{finding.place}".strip())
        notes = [*(f"note: {finding.text}" for finding in case.verdict.notes), *case.verdict.unchecked]
        if notes:
            ElementTree.SubElement(element, "system-out").text = _plain("\n".join(notes))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def json_text(cases: Sequence[Case]) -> str:
    """Return a report as JSON: for each answer its status, time, findings, and what was not checked."""
    written = [
        {
            "title": case.title,
            "provider": case.provider,
            "operation": case.operation,
            "status": case.status,
            "duration_ms": round(case.milliseconds, 1),
            "matches": not case.error and not case.verdict.errors,
            "error": case.error or None,
            "findings": [finding_shape(finding) for finding in case.verdict.findings],
            "unchecked": list(case.verdict.unchecked),
        }
        for case in cases
    ]
    matches = all(case["matches"] for case in written)
    return jsontext.dumps({"matches": matches, "answers": written}, indent=2) + "\n"


def finding_shape(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON; what it says nothing of is left out."""
    shape = {
        "severity": finding.severity,
        "part": finding.part,
        "header": finding.name,
        "item": finding.item,
        "pointer": finding.pointer if finding.part == "content" else None,
        "message": finding.words,
        "rule": finding.rule,
        "place": finding.place,
        "places": 1 + len(finding.others),
    }
    return {name: value for name, value in shape.items() if value not in ("", None) or name == "pointer"}


def _plain(text: str) -> str:
    # XML has no way to write most control characters.
    return reveal(text).encode("utf-8", "replace").decode()


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"
