"""Criteria judged: simple conditions (a small language of their own), regular expressions, JSONPath, XPath.

Every criterion gets a verdict with a sentence: what was found, or why it could not be judged, which counts as not met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.answers import filter as filters
from playground.arazzo.document import Criterion
from playground.arazzo.expressions import MISSING, Scope, as_text, descend, evaluate
from playground.contentviews.registry import body_of
from playground.schema import regex
from playground.text.visible import reveal
from playground.text.wording import say

_TOKEN = re.compile(
    r"\s*(?:(?P<operator>&&|\|\||==|!=|<=|>=|[<>!()])"
    r"|(?P<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w]))"
    r"|(?P<text>'(?:[^']|'')*'|\"[^\"]*\")"
    r"|(?P<tail>(?:\[[^\]]*\]|\.[\w-]+)+)"
    r"|(?P<name>\{?\$[^\s<>=!&|()\[\]]+|[A-Za-z_][\w-]*))"
)
_NUMBER = re.compile(r"\s*-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
_BRACED = re.compile(r"\{(\$[^{}]+)\}")
_MOST_TOKENS = 400
_DEEPEST = 40
_LONGEST_TEXT = 400_000
_SHOWN = 120


class ConditionError(ValueError):
    """A condition that cannot be read; `str()` is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A criterion and whether it holds; `reason` says what was found, or why it could not be judged."""

    criterion: Criterion
    holds: bool
    reason: str = ""

    @property
    def text(self) -> str:
        """The condition on one line, with what it is applied to."""
        criterion = self.criterion
        if criterion.kind == "simple":
            return criterion.condition
        return f"{criterion.context} {criterion.kind} {criterion.condition}"


def judge(criterion: Criterion, scope: Scope) -> Judged:
    """Return the verdict of one criterion."""
    try:
        if criterion.kind == "simple":
            return _simple(criterion, scope)
        context = evaluate(criterion.context, scope)
        if context is MISSING or context is None:
            reason: str = say("There is nothing at %(context)s.", context=_short(criterion.context))
            return Judged(criterion=criterion, holds=False, reason=reason)
        condition = _BRACED.sub(lambda found: _inside(found[1], scope, criterion.kind), criterion.condition)
        if criterion.kind == "xpath":
            holds = _xpath(condition, context, criterion.version)
        else:
            holds = _regex(condition, context) if criterion.kind == "regex" else _jsonpath(condition, context)
        reason = "" if holds else str(say("Found: %(found)s", found=_shown(context)))
        return Judged(criterion=criterion, holds=holds, reason=reason)
    except ConditionError as error:
        return Judged(criterion=criterion, holds=False, reason=str(error))


def judge_all(criteria: tuple[Criterion, ...], scope: Scope) -> tuple[Judged, ...]:
    """Return the verdict of each criterion, in order."""
    return tuple(judge(criterion, scope) for criterion in criteria)


def hold(criteria: tuple[Criterion, ...], scope: Scope) -> bool:
    """Say whether all criteria hold; none is as good as all."""
    return all(judge(criterion, scope).holds for criterion in criteria)


def _simple(criterion: Criterion, scope: Scope) -> Judged:
    reader = _Condition(_unbraced(criterion.condition), scope)
    value = reader.value()
    holds = is_true(value)
    found = "; ".join(f"{name} = {_shown(value)}" for name, value in reader.found.items())
    reason = "" if holds or not found else say("Found: %(found)s", found=found)
    return Judged(criterion=criterion, holds=holds, reason=reason)


def _unbraced(condition: str) -> str:
    condition = condition.strip()
    whole = condition.startswith("{") and condition.endswith("}") and "{" not in condition[1:]
    return condition[1:-1] if whole else condition


class _Condition:
    """Reads and computes one simple condition; `found` are the values of the expressions in it."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._scope = scope
        self._depth = 0
        self.found: dict[str, Any] = {}

    def value(self) -> Any:
        value = self._or()
        if self._at < len(self._tokens):
            raise ConditionError(
                say("The condition cannot be read at “%(token)s”.", token=_short(self._tokens[self._at][1]))
            )
        return value

    def _or(self) -> Any:
        value = self._and()
        while self._takes("||"):
            right = self._and()
            value = is_true(value) or is_true(right)
        return value

    def _and(self) -> Any:
        value = self._comparison()
        while self._takes("&&"):
            right = self._comparison()
            value = is_true(value) and is_true(right)
        return value

    def _comparison(self) -> Any:
        left = self._not()
        for operator in ("==", "!=", "<=", ">=", "<", ">"):
            if self._takes(operator):
                return compare(operator, left, self._not())
        return left

    def _not(self) -> Any:
        nots = 0
        while self._takes("!"):
            nots += 1
        value = self._primary()
        for _ in range(nots):
            value = not is_true(value)
        return value

    def _primary(self) -> Any:
        if self._at >= len(self._tokens):
            raise ConditionError(say("The condition ends too early: something is missing after an operator."))
        kind, text = self._tokens[self._at]
        self._at += 1
        if text == "(" and kind == "operator":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise ConditionError(say("The condition is nested too deeply."))
            value = self._or()
            self._depth -= 1
            if not self._takes(")"):
                raise ConditionError(say("A bracket of the condition is not closed."))
            return value
        if kind == "number":
            return float(text) if re.search(r"[.eE]", text) else int(text[:400])
        if kind == "text":
            return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]
        if kind == "name":
            return self._name(text)
        raise ConditionError(say("The condition cannot be read at “%(token)s”.", token=_short(text)))

    def _name(self, text: str) -> Any:
        literals = {"true": True, "false": False, "null": None}
        if text in literals:
            return literals[text]
        if not text.lstrip("{").startswith("$"):
            raise ConditionError(
                say("“%(name)s” is no value: write a text in single quotes, like '%(name)s'.", name=_short(text))
            )
        name = text.strip("{}")
        value = evaluate(name, self._scope)
        while self._at < len(self._tokens) and self._tokens[self._at][0] == "tail":
            tail = self._tokens[self._at][1]
            self._at += 1
            whole = evaluate(name + tail, self._scope)
            value = whole if value is MISSING else descend(value, tail)
            name += tail
        if value is MISSING and not re.match(r"\$(url|method|statusCode|self)$|\$[a-zA-Z]+\.", name):
            raise ConditionError(say("%(name)s is no expression that Arazzo has.", name=_short(name)))
        self.found[name] = value
        return None if value is MISSING else value

    def _takes(self, operator: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("operator", operator):
            self._at += 1
            return True
        return False


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = count = 0
    text = text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise ConditionError(say("The condition cannot be read at “%(token)s”.", token=_short(text[at:].strip())))
        count += 1
        if count > _MOST_TOKENS:
            raise ConditionError(say("The condition is too long: split it into several criteria."))
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def is_true(value: Any) -> bool:
    """Say whether a value counts as true: not false, null, 0 or an empty text."""
    return value is not MISSING and (isinstance(value, Mapping | list) or bool(value))


def compare(operator: str, left: Any, right: Any) -> bool:
    """Compare two values loosely: texts without regard to case, a text that is a number as one; null equals null."""
    left, right = (None if value is MISSING else value for value in (left, right))
    if operator in ("==", "!="):
        return _equal(left, right) == (operator == "==")
    if left is None or right is None:
        return False
    numbers = _number(left), _number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return _ordered(operator, numbers[0], numbers[1])
    if isinstance(left, str) and isinstance(right, str):
        return _ordered(operator, left.casefold(), right.casefold())
    return False


def _equal(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) is not None and _truth(left) == _truth(right)
    if isinstance(left, Mapping | list) or isinstance(right, Mapping | list):
        return bool(left == right)
    numbers = _number(left), _number(right)
    return numbers[0] is not None and numbers[0] == numbers[1]


def _ordered(operator: str, left: Any, right: Any) -> bool:
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left > right) if operator == ">" else bool(left >= right)


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.casefold()) if isinstance(value, str) else None


def _number(value: Any) -> float | int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value if isinstance(value, int) else float(value)
    if (
        isinstance(value, str)
        and len(value) <= 400
        and re.fullmatch(r"\s*-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", value)
    ):
        return float(value)
    return None


def _regex(pattern: str, context: Any) -> bool:
    text = as_text(context)
    if len(text) > _LONGEST_TEXT:
        raise ConditionError(say("The text is too long for a regular expression."))
    found = regex.matches(pattern, text)
    if found is None:
        raise ConditionError(
            say(
                "The regular expression %(pattern)s cannot be judged safely: write a simpler one.",
                pattern=_short(pattern),
            )
        )
    return found


def _xpath(expression: str, context: Any, version: str) -> bool:
    if not isinstance(context, str):
        raise ConditionError(say("An XPath is judged of an answer in XML; this one is none."))
    try:
        return filters.holds_in_xml(context, expression, version)
    except filters.FilterError as error:
        raise ConditionError(str(error)) from None


def _jsonpath(expression: str, context: Any) -> bool:
    # A filter at the root selects among members (RFC 9535). Arazzo's own examples, `$[?count(@.pets) > 0]` of an answer
    # that is an object, mean the object itself by it, and so do other players.
    if isinstance(context, Mapping) and re.match(r"\s*\$\s*\[\s*\?", expression):
        context = [context]
    return bool(selected(expression, context))


def selected(expression: str, context: Any) -> list[Any]:
    """Return the values that a JSONPath selects of a value. Raises `ConditionError`."""
    if not expression.lstrip().startswith("$"):
        raise ConditionError(say("A JSONPath begins with $."))
    text = jsontext.dumps(context)
    body = body_of(text.encode("utf-8", "surrogatepass"), "application/json")
    try:
        found = filters.apply(body, expression)
        return list(jsontext.loads(found.text))
    except (filters.FilterError, jsontext.JSONTextError) as error:
        raise ConditionError(str(error)) from None


def _inside(expression: str, scope: Scope, kind: str) -> str:
    value = evaluate(expression, scope)
    return as_text(None if value is MISSING and kind == "jsonpath" else value)


def _shown(value: Any) -> str:
    text = say("nothing") if value is MISSING else jsontext.dumps(value)
    return _short(text)


def _short(text: str) -> str:
    text = reveal(" ".join(text.split()))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
