"""A schema's limits in words: `up to 66 characters`, `1 to 100`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Schema
from playground.jsontext import dumps
from playground.schema.reading import as_mapping, count_of, number_of, text_of


def limits_text(schema: Schema) -> str:
    """Return the limits of a flat schema as words joined with commas, or an empty string."""
    plain = as_mapping(schema)
    parts = [
        text_of(plain, "format") if text_of(plain, "format") != "binary" else "",
        _range(count_of(plain, "minLength"), count_of(plain, "maxLength"), "character"),
        _numbers(plain),
        _range(count_of(plain, "minItems"), count_of(plain, "maxItems"), "item"),
        _range(count_of(plain, "minProperties"), count_of(plain, "maxProperties"), "entry"),
        "no repeats" if plain.get("uniqueItems") is True else "",
    ]
    step = number_of(plain, "multipleOf")
    if step is not None:
        parts.append(f"a multiple of {dumps(step)}")
    return ", ".join(part for part in parts if part)


def _nouns(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"


def _range(least: int | None, most: int | None, noun: str) -> str:
    if most is None:
        return f"at least {_nouns(least, noun)}" if least else ""
    if not least:
        return f"up to {_nouns(most, noun)}"
    if least == most:
        return f"exactly {_nouns(most, noun)}"
    return f"{least:,} to {_nouns(most, noun)}"


def _numbers(plain: Mapping[str, Any]) -> str:
    least, most = number_of(plain, "minimum"), number_of(plain, "maximum")
    above, below = number_of(plain, "exclusiveMinimum"), number_of(plain, "exclusiveMaximum")
    # OpenAPI 3.0 says exclusiveMinimum: true beside minimum; read it even if a description was not upgraded.
    if plain.get("exclusiveMinimum") is True:
        least, above = None, least
    if plain.get("exclusiveMaximum") is True:
        most, below = None, most
    if least is not None and most is not None:
        return f"{dumps(least)} to {dumps(most)}"
    parts = [
        f"{words} {dumps(bound)}"
        for words, bound in (("at least", least), ("more than", above), ("at most", most), ("less than", below))
        if bound is not None
    ]
    return " and ".join(parts)
