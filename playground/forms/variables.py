"""Variables of a form: `{{account}}` typed in any field means a value that is written once for the whole API.

The input `~variables` holds them, a `name = value` a line; below a line `[live]` stand those of the environment `live`,
which the input `~environment` chooses, and which win over those before any such line. Nothing here is a script. Names
that say "secret" have no place in it: they would be in the URL and in snippets, so they belong under Key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TypeAlias

from playground.forms.state import FormState
from playground.secrets.detect import is_secret_name
from playground.text.visible import reveal
from playground.text.wording import Said, say

VARIABLES = "~variables"
ENVIRONMENT = "~environment"
LONGEST = 20_000
MOST = 200
LONGEST_VALUE = 2_000
_MOST_PUT_IN = 1_000_000
"""Characters that variables put into one form."""
_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_SECTION = re.compile(r"\[\s*(.{1,40}?)\s*\]")
_INPUT = re.compile(r"(?:path|query|header|cookie|server)\.|body(?:$|[/~])")
_JSON = re.compile(r"~(?:raw|kept)$")

Problem: TypeAlias = "tuple[str, Said]"
"""An input's name and a sentence about it."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What an input says: values by name, the environments it names, and what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    environments: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_variables(text: str, environment: str) -> Variables:
    """Return the variables that a text gives for an environment (empty: those of every one)."""
    problems: list[Problem] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        problems.append((VARIABLES, say("Only the first %(most)s characters are read.", most=LONGEST)))
    shared: dict[str, str] = {}
    chosen: dict[str, str] = {}
    environments: list[str] = []
    current = ""
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if (section := _SECTION.fullmatch(line)) is not None:
            current = section[1]
            environments += [current] if current not in environments else []
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not _NAME.fullmatch(name):
            problems.append(
                (
                    VARIABLES,
                    say("“%(line)s” is no variable: write a line like account = acct_1.", line=reveal(line)[:60]),
                )
            )
        elif is_secret_name(name):
            problems.append(
                (VARIABLES, say("%(name)s is a secret, which would be in the URL and in snippets: put it under Key.",
                                name=name))
            )  # fmt: skip
        elif current in ("", environment) and len(shared) + len(chosen) < MOST:
            (chosen if current else shared)[name] = value[:LONGEST_VALUE]
    if environment and environment not in environments:
        problems.append(
            (ENVIRONMENT, say("There is no environment %(name)s: write a line [%(name)s] above its variables.",
                              name=reveal(environment)[:40]))
        )  # fmt: skip
    return Variables({**shared, **chosen}, tuple(environments), tuple(problems))


def with_variables(state: FormState) -> tuple[FormState, tuple[Problem, ...]]:
    """Return a state with its variables' values in place of their names, and what is wrong.

    A name that nothing gives a value stays as it is written, and is a problem where variables are used at all, or where
    it is all that an input says.
    """
    text = state.text(VARIABLES)
    if not text and not any("{{" in value for _, value in state.pairs):
        return state, ()
    read = read_variables(text, state.text(ENVIRONMENT).strip())
    problems = list(read.problems)
    left = _MOST_PUT_IN
    pairs: list[tuple[str, str]] = []
    for name, value in state.pairs:
        if "{{" not in value or not _INPUT.match(name):
            pairs.append((name, value))
            continue
        filled, missing, left = _filled(value, read.values, left, in_json=_JSON.search(name) is not None)
        pairs.append((name, filled))
        if missing and (text or _PLACE.fullmatch(value.strip())):
            problems.append(
                (VARIABLES, say("There is no variable %(name)s, which %(input)s asks for: write it here.",
                                name=missing, input=reveal(name)[:80]))
            )  # fmt: skip
    return FormState.of(pairs, state.files), tuple(problems)


def _filled(text: str, values: dict[str, str], left: int, *, in_json: bool) -> tuple[str, str, int]:
    """Return a text with values put in, the first name that has none, and how much may still be put in."""
    missing = ""

    def value_of(found: re.Match[str]) -> str:
        nonlocal left, missing
        value = values.get(found[1])
        if value is None or len(value) > left:
            missing = missing or found[1]
            return found[0]
        left -= len(value)
        return json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value

    return _PLACE.sub(value_of, text), missing, left
