"""A scenario as values, as the JSON of its file (`read_scenario` and `write_scenario` undo each other), and edited.

The file is `{"playground": "scenario", "version": 1, "title", "note", "steps": [{"operation": "stripe/postcustomers",
"title", "note", "arguments": {…}, "server", "media_type", "take": {"customer": "/id"}, "expect": [200], "check":
["/id exists"]}]}`; only `operation` is required of a step. There is no place in it for a credential.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground import jsontext
from playground.scenario.checks import CheckError, read_checks
from playground.text.wording import say

KIND = "scenario"
VERSION = 1
LONGEST_TEXT = 400_000
"""Characters of a scenario's JSON; a link of that length still opens in current browsers."""
MOST_STEPS = 100
LONGEST_TITLE = 200
LONGEST_NOTE = 10_000
MOST_TAKEN = 20

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_FIELDS = ("title", "note", "steps", "playground", "version")
_STEP_FIELDS = ("operation", "title", "note", "arguments", "server", "media_type", "take", "expect", "check")


class ScenarioError(ValueError):
    """The text is no scenario; `str()` is one sentence that names the place and what to write there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request. `operation` is `provider/canonical name`, `arguments` the flat ones of a gateway call.

    `take` names values of the answer for later steps, by JSON Pointer; `expect` lists the statuses after which a run
    continues (empty: 200 to 299), `check` further expectations, a line each (checks.py). `server` and `media_type` are
    `None` for the default.
    """

    operation: str
    title: str = ""
    note: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    server: str | None = None
    media_type: str | None = None
    take: Mapping[str, str] = field(default_factory=dict)
    expect: tuple[int, ...] = ()
    check: tuple[str, ...] = ()

    @property
    def provider(self) -> str:
        """The provider's name, which may hold slashes."""
        return self.operation.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The operation's name within its provider."""
        return self.operation.rpartition("/")[2]

    def expects(self, status: int) -> bool:
        """Return whether a run continues after an answer of this status."""
        return status in self.expect if self.expect else 200 <= status <= 299


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A title, a note (Markdown) and the steps in order."""

    title: str = ""
    note: str = ""
    steps: tuple[Step, ...] = ()


def read_scenario(text: str) -> Scenario:
    """Return the scenario that the JSON text describes. Raises `ScenarioError`."""
    if len(text) > LONGEST_TEXT:
        raise ScenarioError(say("This scenario is longer than %(most)s characters: split it.", most=LONGEST_TEXT))
    try:
        value = jsontext.loads(text)
    except jsontext.JSONTextError as error:
        raise ScenarioError(str(error)) from None
    if not isinstance(value, Mapping) or value.get("playground") != KIND:
        raise ScenarioError(
            say('This is not a scenario: its JSON starts with {"playground": "scenario", "version": 1, …}.')
        )
    if value.get("version") != VERSION:
        raise ScenarioError(say("This scenario was written for another version: version must be 1."))
    _no_others(value, _FIELDS, "")
    steps = value.get("steps", [])
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise ScenarioError(say("/steps must be a list of at most %(most)s steps.", most=MOST_STEPS))
    return Scenario(
        title=_text(value, "title", "", LONGEST_TITLE),
        note=_text(value, "note", "", LONGEST_NOTE),
        steps=tuple(_read_step(step, f"/steps/{index}") for index, step in enumerate(steps)),
    )


def write_scenario(scenario: Scenario) -> str:
    """Return the scenario's file: indented JSON, what is empty left out."""
    value: dict[str, Any] = {"playground": KIND, "version": VERSION, "title": scenario.title}
    if scenario.note:
        value["note"] = scenario.note
    value["steps"] = [write_step(step) for step in scenario.steps]
    return jsontext.dumps(value, indent=2)


def write_step(step: Step) -> dict[str, Any]:
    """Return one step as JSON values."""
    written: dict[str, Any] = {"operation": step.operation}
    fields = {
        "title": step.title,
        "note": step.note,
        "server": step.server,
        "media_type": step.media_type,
        "arguments": dict(step.arguments),
        "take": dict(step.take),
        "expect": list(step.expect),
        "check": list(step.check),
    }
    return written | {name: value for name, value in fields.items() if value}


def read_names(text: str) -> dict[str, str]:
    """Read what to take as a person writes it, one `name = /json/pointer` a line. Raises `ScenarioError`."""
    taken: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, pointer = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not equals:
            raise ScenarioError(
                say("“%(line)s” names no value to take: write a line like customer = /id.", line=line.strip()[:60])
            )
        taken[name] = pointer
    _check_taken(taken, say("The values to take"))
    return taken


def write_names(take: Mapping[str, str]) -> str:
    """Return what to take as `read_names` reads it."""
    return "\n".join(f"{name} = {pointer}" for name, pointer in take.items())


def _read_step(value: Any, where: str) -> Step:
    if not isinstance(value, Mapping):
        raise ScenarioError(say("%(where)s must be an object with an operation.", where=where))
    _no_others(value, _STEP_FIELDS, where)
    operation = _text(value, "operation", where, 500)
    provider, slash, name = operation.rpartition("/")
    if not (provider and slash and name):
        raise ScenarioError(
            say("%(where)s/operation must be a provider and an operation, like stripe/postcustomers.", where=where)
        )
    arguments = value.get("arguments", {})
    if not isinstance(arguments, Mapping):
        raise ScenarioError(say("%(where)s/arguments must be an object of arguments by name.", where=where))
    return Step(
        operation=operation,
        title=_text(value, "title", where, LONGEST_TITLE),
        note=_text(value, "note", where, LONGEST_NOTE),
        arguments=arguments,
        server=_text(value, "server", where, 2_000) or None,
        media_type=_text(value, "media_type", where, 200) or None,
        take=_read_taken(value.get("take", {}), f"{where}/take"),
        expect=_read_statuses(value.get("expect", []), f"{where}/expect"),
        check=_read_check_lines(value.get("check", []), f"{where}/check"),
    )


def _read_taken(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(pointer, str) for pointer in value.values()):
        raise ScenarioError(
            say('%(where)s must be an object of JSON Pointers by name, like {"customer": "/id"}.', where=where)
        )
    taken = dict(value)
    _check_taken(taken, where)
    return taken


def _check_taken(taken: Mapping[str, str], where: str) -> None:
    if len(taken) > MOST_TAKEN:
        raise ScenarioError(say("%(where)s may hold at most %(most)s names.", where=where, most=MOST_TAKEN))
    for name, pointer in taken.items():
        if not _NAME.fullmatch(name):
            raise ScenarioError(
                say(
                    "%(where)s: “%(name)s” is no name; use letters, digits and _, like customer.",
                    where=where,
                    name=name[:60],
                )
            )
        if (pointer and not pointer.startswith("/")) or len(pointer) > 500:
            raise ScenarioError(
                say("%(where)s: %(name)s needs a JSON Pointer, like /id or /data/0/id.", where=where, name=name)
            )


def _read_statuses(value: Any, where: str) -> tuple[int, ...]:
    statuses = value if isinstance(value, list) else [value]
    if len(statuses) > 50 or not all(type(status) is int and 100 <= status <= 599 for status in statuses):
        raise ScenarioError(
            say("%(where)s must be a status or a list of statuses, like 200 or [200, 404].", where=where)
        )
    return tuple(statuses)


def _read_check_lines(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(line, str) and "\n" not in line for line in value):
        raise ScenarioError(say('%(where)s must be a list of checks, like ["/id exists"].', where=where))
    try:
        return read_checks("\n".join(value))
    except CheckError as error:
        raise ScenarioError(say("%(where)s: %(reason)s", where=where, reason=str(error))) from None


def _no_others(value: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in value:
        if name not in known:
            raise ScenarioError(
                say(
                    "%(where)s/%(name)s is not part of a scenario: %(known)s are.",
                    where=where,
                    name=name[:60],
                    known=", ".join(known),
                )
            )


def _text(value: Mapping[str, Any], name: str, where: str, longest: int) -> str:
    text = value.get(name)
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) > longest:
        raise ScenarioError(
            say(
                "%(where)s/%(name)s must be a text of at most %(most)s characters.",
                where=where,
                name=name,
                most=longest,
            )
        )
    return text


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
