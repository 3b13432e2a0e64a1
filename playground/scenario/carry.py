"""Values carried from one answer into the next request: taken by JSON Pointer (RFC 6901), put in for `{{name}}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.scenario.model import Scenario, ScenarioError, Step
from playground.text.wording import say

_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_MISSING = object()


def names_before(scenario: Scenario, index: int) -> frozenset[str]:
    """Return the names that the steps before number `index` (from 0) take."""
    return frozenset(name for step in scenario.steps[:index] for name in step.take)


def fill_in(scenario: Scenario, index: int, values: Mapping[str, Any]) -> Step:
    """Return step `index` with every `{{name}}` replaced by the value of that name.

    A text that is nothing but `{{name}}` becomes the value itself, a number staying a number; within a text the value
    is written as text. A name that no step takes is not ours and stays as it is. Raises `ScenarioError` for a name that
    an earlier step takes and `values` lacks, or that only this or a later step takes.
    """
    step = scenario.steps[index]
    before = names_before(scenario, index)
    known = frozenset(name for other in scenario.steps for name in other.take)

    def value_of(name: str) -> Any:
        if name in values:
            return values[name]
        if name in before:
            raise ScenarioError(
                say(
                    "Step %(number)s needs {{%(name)s}}, which has not been taken from an answer yet.",
                    number=index + 1,
                    name=name,
                )
            )
        raise ScenarioError(
            say(
                "Step %(number)s needs {{%(name)s}}, which only a later step takes: move that step up.",
                number=index + 1,
                name=name,
            )
        )

    def filled(value: Any) -> Any:
        if isinstance(value, str):
            whole = _PLACE.fullmatch(value)
            if whole and whole[1] in known:
                return value_of(whole[1])
            return _PLACE.sub(lambda match: as_text(value_of(match[1])) if match[1] in known else match[0], value)
        if isinstance(value, Mapping):
            return {name: filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [filled(member) for member in value]
        return value

    return replace(step, arguments=filled(step.arguments))


def take(step: Step, answer: str) -> dict[str, Any]:
    """Return the values that the step takes from an answer's JSON text. Raises `ScenarioError`."""
    if not step.take:
        return {}
    try:
        value = jsontext.loads(answer)
    except jsontext.JSONTextError:
        wanted = ", ".join(step.take)
        raise ScenarioError(
            say("The answer is not JSON, so %(wanted)s cannot be taken from it.", wanted=wanted)
        ) from None
    return {name: _at(value, pointer, name) for name, pointer in step.take.items()}


def as_text(value: Any) -> str:
    """Return a value as part of a text: a text unchanged, anything else as JSON."""
    return value if isinstance(value, str) else jsontext.dumps(value)


def _at(value: Any, pointer: str, name: str) -> Any:
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        member = _MISSING
        if isinstance(value, Mapping):
            member = value.get(key, _MISSING)
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9]\d{0,8}", key) and int(key) < len(value):
            member = value[int(key)]
        if member is _MISSING:
            raise ScenarioError(
                say(
                    "The answer has nothing at %(pointer)s, so %(name)s cannot be taken from it.",
                    pointer=pointer,
                    name=name,
                )
            )
        value = member
    return value
