"""Keywords about numbers, and what bounds of numbers, lengths and counts have in common."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from playground.jsontext import dumps
from playground.schema.keywords.keyword import NOT_MERGED, Keyword, Level, Maker, Violation
from playground.schema.mapping import as_number, number_of
from playground.text.wording import joined, say

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def higher(first: Any, second: Any) -> Any:
    """Return the tighter of two lower bounds; one that is no number does not count."""
    bounds = [bound for bound in (as_number(first), as_number(second)) if bound is not None]
    return max(bounds) if bounds else second


def lower(first: Any, second: Any) -> Any:
    """Return the tighter of two upper bounds; one that is no number does not count."""
    bounds = [bound for bound in (as_number(first), as_number(second)) if bound is not None]
    return min(bounds) if bounds else second


def range_words(least: int | None, most: int | None, counted: Callable[[int], str]) -> str:
    """Say a range of counts: `up to 66 characters`, `1 to 5 items`; empty where nothing is limited."""
    if most is None:
        return say("at least %(number)s", number=counted(least)) if least else ""
    if not least:
        return say("up to %(number)s", number=counted(most))
    if least == most:
        return say("exactly %(number)s", number=counted(most))
    return say("%(least)s to %(most)s", least=least, most=counted(most))


def is_multiple(value: int | float, step: int | float) -> bool:
    """Say whether a number is a multiple of another, both taken as the decimals they are written as."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    if not math.isfinite(value):
        return True
    return _exact(value) % _exact(step) == 0


def _exact(number: int | float) -> Fraction:
    # The shortest decimal of a float is what its author wrote; the exponent of a finite one is bounded.
    return Fraction(number) if isinstance(number, int) else Fraction(repr(float(number)))


def _least_common_multiple(first: Any, second: Any) -> Any:
    steps = [step for step in (as_number(first), as_number(second)) if step is not None and step > 0]
    if len(steps) < 2:
        return steps[0] if steps else second
    fine, coarse = sorted(map(_exact, steps))
    common = Fraction(math.lcm(fine.numerator, coarse.numerator), math.gcd(fine.denominator, coarse.denominator))
    if common.denominator == 1:
        return common.numerator
    with suppress(OverflowError):
        return float(common) if _exact(float(common)) == common else NOT_MERGED
    return NOT_MERGED


def _above(value: Any, bound: int | float, schema: Mapping[str, Any]) -> bool:
    return bool(value > bound if schema.get("exclusiveMinimum") is True else value >= bound)


def _below(value: Any, bound: int | float, schema: Mapping[str, Any]) -> bool:
    return bool(value < bound if schema.get("exclusiveMaximum") is True else value <= bound)


_HOLDS: dict[str, Callable[[Any, int | float, Mapping[str, Any]], bool]] = {
    # OpenAPI 3.0 says exclusiveMinimum: true beside minimum; read it even if a description was not upgraded.
    "minimum": _above,
    "maximum": _below,
    "exclusiveMinimum": lambda value, bound, _: bool(value > bound),
    "exclusiveMaximum": lambda value, bound, _: bool(value < bound),
    "multipleOf": lambda value, step, _: step <= 0 or is_multiple(value, step),
}


def _check(name: str) -> Callable[[Any, Any, Level], Iterator[Violation]]:
    holds = _HOLDS[name]

    def check(value: int | float, limit: Any, level: Level) -> Iterator[Violation]:
        number = as_number(limit)
        if number is not None and not holds(value, number, level.schema):
            limits = joined(", ", filter(None, (_range_words(level.schema), _step_words(level.schema))))
            yield level.violation(say("This is outside the limits: %(limits)s.", limits=limits))

    return check


def _range_words(schema: Mapping[str, Any]) -> str:
    least, most = number_of(schema, "minimum"), number_of(schema, "maximum")
    above, below = number_of(schema, "exclusiveMinimum"), number_of(schema, "exclusiveMaximum")
    if schema.get("exclusiveMinimum") is True:
        least, above = None, least
    if schema.get("exclusiveMaximum") is True:
        most, below = None, most
    if least is not None and most is not None:
        return say("%(least)s to %(most)s", least=dumps(least), most=dumps(most))
    parts = []
    if least is not None:
        parts.append(say("at least %(number)s", number=dumps(least)))
    if above is not None:
        parts.append(say("more than %(number)s", number=dumps(above)))
    if most is not None:
        parts.append(say("at most %(number)s", number=dumps(most)))
    if below is not None:
        parts.append(say("less than %(number)s", number=dumps(below)))
    return say("%(one)s and %(other)s", one=parts[0], other=parts[1]) if len(parts) == 2 else joined(", ", parts)


def _step_words(schema: Mapping[str, Any]) -> str:
    step = number_of(schema, "multipleOf")
    return say("a multiple of %(step)s", step=dumps(step)) if step is not None else ""


def _within(value: Any, maker: Maker) -> Any:
    """Return a number within the limits: the sample, or one at or near a bound or a step."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    schema, whole = maker.schema, isinstance(value, int)
    limits = [(name, number) for name in _HOLDS if (number := number_of(schema, name)) is not None]
    candidates = (number for number in _candidates(schema, whole=whole) if not (whole and isinstance(number, float)))
    fitting = (number for number in candidates if all(_HOLDS[name](number, limit, schema) for name, limit in limits))
    return next(fitting, value)


def _candidates(schema: Mapping[str, Any], *, whole: bool) -> list[int | float]:
    bounds = [number_of(schema, name) for name in _BOUNDS]
    steps = [step for step in (number_of(schema, "multipleOf"),) if step is not None and step > 0]
    candidates: list[int | float] = [1 if whole else 1.5, 1, *steps, 0]
    for bound in (bound for bound in bounds if bound is not None):
        candidates += [math.ceil(bound), math.floor(bound), math.ceil(bound) + 1, math.floor(bound) - 1]
        for step in steps:
            # Bounds and steps far apart have no ratio a float can hold; such a schema gets a plain number.
            with suppress(OverflowError):
                candidates += [math.ceil(bound / step) * step, math.floor(bound / step) * step]
                candidates += [(math.floor(bound / step) + 1) * step, (math.ceil(bound / step) - 1) * step]
        if not whole:
            with suppress(OverflowError):
                candidates += [bound, bound + 0.5, bound - 0.5]
    if bounds[0] is not None and bounds[1] is not None and not whole:
        with suppress(OverflowError):
            candidates.append((bounds[0] + bounds[1]) / 2)
    return candidates


KEYWORDS = (
    *(
        Keyword(
            name=name, shape="exclusive bound" if name.startswith("exclusive") else "number",
            constrains=("integer", "number"), implies="number", combine=higher if name.endswith("inimum") else lower,
            check=_check(name), words=_range_words, amend=_within, alone=True,
        )
        for name in _BOUNDS
    ),
    Keyword(
        name="multipleOf", shape="number", constrains=("integer", "number"), implies="number",
        combine=_least_common_multiple, check=_check("multipleOf"), words=_step_words, amend=_within, alone=True,
    ),
)  # fmt: skip
