"""A schema's limits in words: `up to 66 characters`, `1 to 100`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.catalog.model import Schema
from playground.jsontext import dumps
from playground.schema.mapping import as_mapping, count_of, number_of, text_of
from playground.text.wording import joined, say, say_many

_RANGES = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
_LIMITS = _RANGES | {
    "format", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "uniqueItems",
    "multipleOf",
}  # fmt: skip


def limits_text(schema: Schema) -> str:
    """Return the limits of a flat schema as words joined with commas, or an empty string."""
    plain = as_mapping(schema)
    if plain.keys().isdisjoint(_LIMITS):
        return ""
    parts = [
        text_of(plain, "format") if text_of(plain, "format") != "binary" else "",
        _range(count_of(plain, "minLength"), count_of(plain, "maxLength"), _characters),
        _numbers(plain),
        _range(count_of(plain, "minItems"), count_of(plain, "maxItems"), _items),
        _range(count_of(plain, "minProperties"), count_of(plain, "maxProperties"), _entries),
        say("no repeats") if plain.get("uniqueItems") is True else "",
    ]
    step = number_of(plain, "multipleOf")
    if step is not None:
        parts.append(say("a multiple of %(step)s", step=dumps(step)))
    return joined(", ", (part for part in parts if part))


def _characters(count: int) -> str:
    return say_many("%(num)s character", "%(num)s characters", count)


def _items(count: int) -> str:
    return say_many("%(num)s item", "%(num)s items", count)


def _entries(count: int) -> str:
    return say_many("%(num)s entry", "%(num)s entries", count)


def _range(least: int | None, most: int | None, counted: Callable[[int], str]) -> str:
    if most is None:
        return say("at least %(number)s", number=counted(least)) if least else ""
    if not least:
        return say("up to %(number)s", number=counted(most))
    if least == most:
        return say("exactly %(number)s", number=counted(most))
    return say("%(least)s to %(most)s", least=least, most=counted(most))


def _numbers(plain: Mapping[str, Any]) -> str:
    if plain.keys().isdisjoint(_RANGES):
        return ""
    least, most = number_of(plain, "minimum"), number_of(plain, "maximum")
    above, below = number_of(plain, "exclusiveMinimum"), number_of(plain, "exclusiveMaximum")
    # OpenAPI 3.0 says exclusiveMinimum: true beside minimum; read it even if a description was not upgraded.
    if plain.get("exclusiveMinimum") is True:
        least, above = None, least
    if plain.get("exclusiveMaximum") is True:
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
