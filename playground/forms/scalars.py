"""One input's text as a value, and a value as one input's text; checks that advise and never block."""

from __future__ import annotations

import re
from typing import Any

from playground.forms.shape import Shape, find_option, option_text
from playground.jsontext import JSONTextError, dumps, loads
from playground.schema.fit import number_fits
from playground.schema.formats import format_problem, integer_problem
from playground.schema.limits import limits_text
from playground.schema.mapping import count_of, is_json, text_of
from playground.schema.regex import pattern_problem
from playground.text.wording import say

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


def read_leaf(shape: Shape, text: str) -> tuple[Any, str]:
    """Return the value a filled input stands for, and a problem in words or an empty text.

    Text that is not what the field asks for stays text, so that it can be sent all the same.
    """
    if shape.kind == "enum":
        return _read_enum(shape, text)
    if shape.kind in ("integer", "number"):
        return _read_number(shape, text)
    if shape.kind == "boolean":
        return (text == "true", "") if text in ("true", "false") else (text, say("Choose true or false."))
    if shape.kind == "json":
        try:
            return loads(text), ""
        except JSONTextError as error:
            return text, str(error)
    return text, _text_problem(shape, text) if shape.kind == "text" else ""


def write_leaf(shape: Shape, value: Any) -> str | None:
    """Return the text of a value other than null and the empty text, or `None` if the input cannot show it."""
    if not is_json(value):
        return None
    if shape.kind == "enum":
        known = find_option(shape, value)
        if known:
            return option_text(shape, known[0])
        return value if isinstance(value, str) and shape.plain_options else dumps(value)
    if shape.kind == "json":
        return dumps(value, indent=2) if isinstance(value, dict | list) else dumps(value)
    if isinstance(value, str):
        return value
    return None if isinstance(value, dict | list) else dumps(value)


def _read_enum(shape: Shape, text: str) -> tuple[Any, str]:
    for value in shape.values:
        if option_text(shape, value) == text:
            return value, ""
    problem = say("This is none of the values the description lists.")
    if shape.plain_options:
        return text, problem
    try:
        return loads(text), problem
    except JSONTextError:
        return text, problem


def _read_number(shape: Shape, text: str) -> tuple[Any, str]:
    trimmed = text.strip()
    if not _NUMBER.fullmatch(trimmed):
        return text, say("This is not an integer.") if shape.kind == "integer" else say("This is not a number.")
    value = loads(trimmed)
    if shape.kind == "integer" and not _INTEGER.fullmatch(trimmed) and not float(value).is_integer():
        return value, say("This is not an integer.")
    if not number_fits(value, shape.schema):
        return value, say("This is outside the limits: %(limits)s.", limits=limits_text(_only_numbers(shape)))
    return value, integer_problem(text_of(shape.schema, "format"), value)


def _only_numbers(shape: Shape) -> dict[str, Any]:
    return {name: value for name, value in shape.schema.items() if name not in ("format", "minLength", "maxLength")}


def _text_problem(shape: Shape, text: str) -> str:
    plain = shape.schema
    return (
        _length_problem(shape, text)
        or format_problem(text_of(plain, "format"), text)
        or pattern_problem(text_of(plain, "pattern"), text)
    )


def _length_problem(shape: Shape, text: str) -> str:
    least, most = count_of(shape.schema, "minLength"), count_of(shape.schema, "maxLength")
    if least is not None and len(text) < least:
        return say(
            "This is too short: it has %(count)s of at least %(least)s characters.", count=len(text), least=least
        )
    if most is not None and len(text) > most:
        return say(
            "This is too long: it has %(count)s characters, at most %(most)s are allowed.", count=len(text), most=most
        )
    return ""
