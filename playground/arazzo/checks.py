"""Expectations of a scenario's step judged, and written as criteria of Arazzo."""

from __future__ import annotations

from typing import Any

from playground import jsontext
from playground.arazzo.criteria import ConditionError, Judged, compare, selected
from playground.arazzo.document import Criterion
from playground.arazzo.expressions import MISSING, Exchange, as_text, descend
from playground.scenario.checks import Check, read_check
from playground.schema import regex
from playground.text.visible import reveal
from playground.text.wording import say

_SHOWN = 120
_LONGEST_TEXT = 400_000


def judge_check(line: str, exchange: Exchange, differences: tuple[str, ...] | None) -> Judged:
    """Return whether an answer is as a line expects; `differences` are those from its description, `None` unknown."""
    check = read_check(line)
    criterion = Criterion(condition=check.text)
    if check.subject == "contract":
        reason = say("The answer was not compared with its description.") if differences is None else ""
        return Judged(criterion=criterion, holds=differences == (), reason=reason or " ".join((differences or ())[:3]))
    try:
        values = _values(check, exchange)
        holds = _holds(check, values)
    except ConditionError as error:
        return Judged(criterion=criterion, holds=False, reason=str(error))
    return Judged(criterion=criterion, holds=holds, reason="" if holds else _found(values))


def needs_contract(lines: tuple[str, ...]) -> bool:
    """Say whether one of the lines asks for the comparison with the description."""
    return "contract" in lines


def criterion_of(line: str) -> dict[str, Any] | None:
    """Return a line as a criterion of Arazzo; `None` where Arazzo has none that says the same."""
    check = read_check(line)
    if check.subject == "path":
        plain = check.operator == "exists"
        return {"context": "$response.body", "condition": check.name, "type": "jsonpath"} if plain else None
    left = {
        "status": "$statusCode",
        "header": f"$response.header.{check.name}",
        "pointer": f"$response.body#{check.name}" if check.name else "$response.body",
    }.get(check.subject)
    if left is None:
        return None
    if check.operator in ("exists", "missing"):
        return {"condition": f"{left} {'!=' if check.operator == 'exists' else '=='} null"}
    if check.operator == "matches":
        return {"context": left, "condition": as_text(check.value), "type": "regex"}
    if check.operator == "contains" or isinstance(check.value, dict | list):
        return None
    quoted = "'" + check.value.replace("'", "''") + "'" if isinstance(check.value, str) else jsontext.dumps(check.value)
    return {"condition": f"{left} {check.operator} {quoted}"}


def _values(check: Check, exchange: Exchange) -> list[Any]:
    if check.subject == "status":
        return [exchange.status]
    if check.subject == "time":
        return [exchange.milliseconds]
    if check.subject == "header":
        return list(exchange.headers.get_all(check.name))
    if check.subject == "pointer":
        found = descend(exchange.body, f"#{check.name}")
        return [] if found is MISSING else [found]
    return selected(check.name, exchange.body)


def _holds(check: Check, values: list[Any]) -> bool:
    if check.operator == "exists":
        return bool(values)
    if check.operator == "missing":
        return not values
    return bool(values) and all(_fits(check, value) for value in values)


def _fits(check: Check, value: Any) -> bool:
    if check.operator == "contains":
        return check.value in value if isinstance(value, list) else as_text(check.value) in as_text(value)
    if check.operator == "matches":
        text = as_text(value)
        found = regex.matches(as_text(check.value), text) if len(text) <= _LONGEST_TEXT else None
        if found is None:
            told = say("The regular expression cannot be judged safely: write a simpler one.")
            raise ConditionError(told)
        return found
    if isinstance(value, str) and isinstance(check.value, str) and check.operator in ("==", "!="):
        return (value == check.value) == (check.operator == "==")
    return compare(check.operator, value, check.value)


def _found(values: list[Any]) -> str:
    if not values:
        return say("Found: %(found)s", found=say("nothing"))
    text = reveal(", ".join(jsontext.dumps(value) for value in values[:5]))
    return say("Found: %(found)s", found=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
