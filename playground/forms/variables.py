"""Variables of a form: `{{account}}` typed in any field means a value that is written once for the whole API.

The input `~variables` holds them, a `name = value` a line; below a line `[live]` stand those of the environment `live`,
which the input `~environment` chooses, and which win over those before any such line. Nothing here is a script.

A line `secret token` declares a secret variable, whose value is typed elsewhere, kept in the browser like a credential
and submitted with a Send alone (`~secret.token`). In the model, and in all that is made of it, `{{token}}` stays as it
is written; only the request that is sent has the value (`fill_secrets`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from playground.forms.state import FormState
from playground.request.model import RequestModel
from playground.secrets.detect import is_secret_name
from playground.text.visible import reveal
from playground.text.wording import Said, say

VARIABLES = "~variables"
ENVIRONMENT = "~environment"
SECRET = "~secret."  # noqa: S105 - the beginning of a name
"""What the names of inputs with secret variables' values begin with."""
LONGEST = 20_000
MOST = 200
LONGEST_VALUE = 2_000
_MOST_PUT_IN = 1_000_000
"""Characters that variables put into one form."""
_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*\}\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_SECRET = re.compile(r"secret\s+([A-Za-z_][A-Za-z0-9_.-]{0,63})(\s*=.*)?")
_SECTION = re.compile(r"\[\s*(.{1,40}?)\s*\]")
_INPUT = re.compile(r"(?:path|query|header|cookie|server)\.|body(?:$|[/~])")
_JSON = re.compile(r"~(?:raw|kept)$")

Problem: TypeAlias = "tuple[str, Said]"
"""An input's name and a sentence about it."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What an input says: values by name, names of secrets, the environments it names, and what is wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
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
    secrets: dict[str, None] = {}
    current = ""
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if (section := _SECTION.fullmatch(line)) is not None:
            current = section[1]
            environments += [current] if current not in environments else []
            continue
        if (secret := _SECRET.fullmatch(line)) is not None:
            if secret[2]:
                # Its text is not said again: it may be the secret itself.
                problems.append((VARIABLES, say("Write “secret %(name)s” alone: its value goes into the field below.",
                                                name=secret[1])))  # fmt: skip
            elif current in ("", environment) and len(secrets) < MOST:
                secrets[secret[1]] = None
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
                (VARIABLES, say("%(name)s is a secret: write “secret %(name)s”, and its value into the field below.",
                                name=name))
            )  # fmt: skip
        elif current in ("", environment) and len(shared) + len(chosen) < MOST:
            (chosen if current else shared)[name] = value[:LONGEST_VALUE]
    # Where no environment has lines of its own, those of all hold, whatever the key's environment is called.
    if environment and environments and environment not in environments:
        problems.append(
            (ENVIRONMENT, say("There is no environment %(name)s: write a line [%(name)s] above its variables.",
                              name=reveal(environment)[:40]))
        )  # fmt: skip
    values = {name: value for name, value in {**shared, **chosen}.items() if name not in secrets}
    return Variables(values, tuple(secrets), tuple(environments), tuple(problems))


def secret_names(state: FormState) -> tuple[str, ...]:
    """Return the names of the secret variables that a form declares."""
    text = state.text(VARIABLES)
    return read_variables(text, state.text(ENVIRONMENT).strip()).secrets if "secret" in text else ()


def typed_secrets(state: FormState) -> dict[str, str]:
    """Return the values of the secret variables that a form declares, as far as they were submitted."""
    values = {name: state.text(SECRET + name)[:LONGEST_VALUE] for name in secret_names(state)}
    return {name: value for name, value in values.items() if value}


def fill_secrets(model: RequestModel, values: Mapping[str, str]) -> tuple[RequestModel, frozenset[str]]:
    """Return a model with these values in place of their names, and the names that were put in."""
    used: set[str] = set()

    def value_of(found: re.Match[str]) -> str:
        if found[1] not in values:
            return found[0]
        used.add(found[1])
        return values[found[1]]

    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return _PLACE.sub(value_of, value) if "{{" in value else value
        if isinstance(value, Mapping):
            return {name: filled(member) for name, member in value.items()}
        return [filled(member) for member in value] if isinstance(value, list | tuple) else value

    parameters = {location: filled(texts) for location, texts in model.parameters.items()}
    raw = model.raw
    if raw is not None and "{{" in raw:
        raw = _PLACE.sub(lambda found: json.dumps(value_of(found), ensure_ascii=False)[1:-1], raw)
    return replace(model, parameters=parameters, body=filled(model.body), raw=raw), frozenset(used)


def names_in(model: RequestModel) -> frozenset[str]:
    """Return the names of variables that a model's parameters and body still hold."""
    texts = f"{model.parameters!r}{model.body!r}{model.raw!r}"
    return frozenset(_PLACE.findall(texts)) if "{{" in texts else frozenset()


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
        filled, missing, left = _filled(value, read.values, read.secrets, left, in_json=_JSON.search(name) is not None)
        pairs.append((name, filled))
        if missing and (text or _PLACE.fullmatch(value.strip())):
            problems.append(
                (VARIABLES, say("There is no variable %(name)s, which %(input)s asks for: write it here.",
                                name=missing, input=reveal(name)[:80]))
            )  # fmt: skip
    return FormState.of(pairs, state.files), tuple(problems)


def _filled(
    text: str, values: dict[str, str], secrets: tuple[str, ...], left: int, *, in_json: bool
) -> tuple[str, str, int]:
    """Return a text with values put in, the first name that has none, and how much may still be put in."""
    missing = ""

    def value_of(found: re.Match[str]) -> str:
        nonlocal left, missing
        value = values.get(found[1])
        if value is None or len(value) > left:
            missing = missing or (found[1] if found[1] not in secrets else "")
            return found[0]
        left -= len(value)
        return json.dumps(value, ensure_ascii=False)[1:-1] if in_json else value

    return _PLACE.sub(value_of, text), missing, left
