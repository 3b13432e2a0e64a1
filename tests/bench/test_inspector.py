"""What the Inspector is shown is a description without a remark, and a scenario of its operations."""

from __future__ import annotations

import json

import pytest

from bench import inspector
from playground.openapi.compile import compile_document
from playground.scenario.model import read_scenario


def test_the_scenario_calls_an_operation_of_the_description() -> None:
    compiled = compile_document(inspector.description("http://127.0.0.1:1"), name="things")
    assert compiled.problems == ()
    names = {f"things/{operation.name}" for operation in compiled.catalog.operations}
    assert {f"{step.provider}/{step.name}" for step in read_scenario(json.dumps(inspector.SCENARIO)).steps} <= names


def test_without_the_inspector_one_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    text, sound = inspector.report()
    assert not sound
    assert "on the PATH" in text
