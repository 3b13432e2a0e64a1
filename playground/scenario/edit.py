"""What a person changes about a scenario: titles, notes, arguments, what is taken, the order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground import jsontext
from playground.scenario.checks import CheckError, read_checks
from playground.scenario.model import Scenario, ScenarioError, Step, read_names, read_scenario, write_scenario
from playground.text.wording import say


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedStep:
    """A step's fields as typed: `arguments` is JSON, `expect` statuses.

    `take` has a `name = /pointer` a line, `check` an expectation a line.
    """

    title: str
    note: str
    arguments: str
    take: str
    expect: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedScenario:
    """A scenario's fields as typed, one `EditedStep` for each of its steps."""

    title: str
    note: str
    steps: tuple[EditedStep, ...]


def edit(scenario: Scenario, edited: EditedScenario) -> Scenario:
    """Return the scenario with what was typed. Raises `ScenarioError`, naming the step."""
    changed = []
    for index, (step, typed) in enumerate(zip(scenario.steps, edited.steps, strict=True)):
        try:
            changed.append(_edit_step(step, typed))
        except ScenarioError as error:
            raise ScenarioError(say("Step %(number)s: %(reason)s", number=index + 1, reason=str(error))) from None
    return _checked(Scenario(title=edited.title.strip(), note=edited.note, steps=tuple(changed)))


def add_step(scenario: Scenario, step: Step) -> Scenario:
    """Return the scenario with one more step at its end. Raises `ScenarioError` if it has too many."""
    return _checked(replace(scenario, steps=(*scenario.steps, step)))


def move_step(scenario: Scenario, index: int, by: int) -> Scenario:
    """Return the scenario with step `index` (from 0) `by` places further; at an end it stays."""
    steps = list(scenario.steps)
    place = min(max(index + by, 0), len(steps) - 1)
    steps.insert(place, steps.pop(index))
    return replace(scenario, steps=tuple(steps))


def remove_step(scenario: Scenario, index: int) -> Scenario:
    """Return the scenario without step `index` (from 0)."""
    return replace(scenario, steps=scenario.steps[:index] + scenario.steps[index + 1 :])


def _edit_step(step: Step, typed: EditedStep) -> Step:
    try:
        arguments = jsontext.loads(typed.arguments) if typed.arguments.strip() else {}
    except jsontext.JSONTextError as error:
        raise ScenarioError(say("Arguments: %(reason)s", reason=str(error))) from None
    if not isinstance(arguments, dict):
        raise ScenarioError(say('Arguments: write a JSON object, like {"id": "cs_1"}.'))
    words = typed.expect.replace(",", " ").split()
    if not all(word.isdecimal() and len(word) == 3 for word in words):
        raise ScenarioError(
            say("Expected status: write statuses like 200 or 200, 404, or leave it empty for 200 to 299.")
        )
    return replace(
        step,
        title=typed.title.strip(),
        note=typed.note,
        arguments=arguments,
        take=read_names(typed.take),
        expect=tuple(int(word) for word in words),
        check=_checks(typed.check),
    )


def _checks(text: str) -> tuple[str, ...]:
    try:
        return read_checks(text)
    except CheckError as error:
        raise ScenarioError(say("Checks: %(reason)s", reason=str(error))) from None


def _checked(scenario: Scenario) -> Scenario:
    # Its own file must be readable again, and only the reader knows what is too long or too many.
    return read_scenario(write_scenario(scenario))
