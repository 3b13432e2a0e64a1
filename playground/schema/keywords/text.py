"""Keywords about texts: lengths, `pattern`, `format` and the content that a text carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.schema.keywords.formats import FORMATS, format_problem, integer_problem
from playground.schema.keywords.keyword import Keyword, Level, Maker, Violation, not_merged
from playground.schema.keywords.numbers import higher, lower, range_words
from playground.schema.mapping import as_count, count_of, text_of
from playground.schema.regex import pattern_problem, text_for
from playground.text.wording import say, say_many

_LONGEST_SAMPLE = 10_000


def _check_min_length(value: str, limit: Any, level: Level) -> Iterator[Violation]:
    least = as_count(limit)
    if least is not None and len(value) < least:
        yield level.violation(
            say("This is too short: it has %(count)s of at least %(least)s characters.", count=len(value), least=least)
        )


def _check_max_length(value: str, limit: Any, level: Level) -> Iterator[Violation]:
    most = as_count(limit)
    if most is not None and len(value) > most:
        yield level.violation(
            say(
                "This is too long: it has %(count)s characters, at most %(most)s are allowed.",
                count=len(value),
                most=most,
            )
        )


def _check_pattern(value: str, limit: Any, level: Level) -> Iterator[Violation]:
    problem = pattern_problem(limit, value) if isinstance(limit, str) else ""
    if problem:
        yield level.violation(problem)


def _check_format(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    # A format is an annotation (JSON Schema validation, 7.2.1); beside a type it is what an author asks of a value.
    if not isinstance(limit, str) or "type" not in level.schema:
        return
    problem = format_problem(limit, value) if isinstance(value, str) else integer_problem(limit, value)
    if problem:
        yield level.violation(problem)


def _length_words(schema: Mapping[str, Any]) -> str:
    return range_words(count_of(schema, "minLength"), count_of(schema, "maxLength"), _characters)


def _characters(count: int) -> str:
    return say_many("%(num)s character", "%(num)s characters", count)


def _format_words(schema: Mapping[str, Any]) -> str:
    name = text_of(schema, "format")
    return name if name != "binary" else ""


def _with_format(value: Any, maker: Maker) -> Any:
    known = FORMATS.get(text_of(maker.schema, "format").lower())
    return known.sample if isinstance(value, str) and known is not None and known.sample else value


def _with_pattern(value: Any, maker: Maker) -> Any:
    pattern = text_of(maker.schema, "pattern")
    if not isinstance(value, str) or not pattern:
        return value
    known = FORMATS.get(text_of(maker.schema, "format").lower())
    if known is not None and known.sample and not pattern_problem(pattern, value):
        return value
    return text_for(pattern, min(count_of(maker.schema, "minLength") or 0, _LONGEST_SAMPLE)) or value


def _with_length(value: Any, maker: Maker) -> Any:
    if not isinstance(value, str):
        return value
    least, most = count_of(maker.schema, "minLength") or 0, count_of(maker.schema, "maxLength")
    longer = value + "x" * (min(least, _LONGEST_SAMPLE) - len(value))
    return longer if most is None else longer[:most]


KEYWORDS = (
    Keyword(
        name="minLength", shape="count", constrains=("string",), implies="string", combine=higher,
        check=_check_min_length, words=_length_words, amend=_with_length, alone=True,
    ),
    Keyword(
        name="maxLength", shape="count", constrains=("string",), implies="string", combine=lower,
        check=_check_max_length, words=_length_words, amend=_with_length, alone=True,
    ),
    Keyword(
        name="format", shape="text", constrains=("string", "integer", "number"), implies="string",
        check=_check_format, words=_format_words, amend=_with_format, alone=True,
    ),
    Keyword(
        name="pattern", shape="text", constrains=("string",), implies="string", combine=not_merged,
        check=_check_pattern, amend=_with_pattern, alone=True,
    ),
    Keyword(name="contentEncoding", shape="text", not_in_forms="decides whether a file can be read into the field"),
    Keyword(name="contentMediaType", shape="media type", not_in_forms="decides whether the field takes a file"),
    Keyword(name="contentSchema", shape="schema", not_in_forms="describes what a text holds, which is sent as typed"),
)  # fmt: skip
"""In the order of their checks, of which a form shows the first that fails."""
