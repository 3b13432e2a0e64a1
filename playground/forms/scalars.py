"""One input's text as a value, and a value as one input's text; checks that advise and never block."""

from __future__ import annotations

import re

from playground.catalog.model import Definitions
from playground.forms.shape import Shape, find_option, option_text
from playground.jsontext import JSONTextError, dumps, loads
from playground.request.model import Value
from playground.schema.mapping import is_json
from playground.schema.validate import own_violations
from playground.text.wording import say

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NOT_INTEGER, _NOT_NUMBER = say("This is not an integer."), say("This is not a number.")


def check_leaf(shape: Shape, text: str, definitions: Definitions) -> tuple[Value, str]:
    """Return the value of a filled input, and the first thing its schema does not allow in it, or an empty text."""
    value, problem = read_leaf(shape, text)
    if problem or shape.kind in ("enum", "file"):
        return value, problem
    return value, next((violation.message for violation in own_violations(value, shape.schema, definitions)), "")


def read_leaf(shape: Shape, text: str) -> tuple[Value, str]:
    """Return the value of a filled input, and why the text is none of the values the field asks for, or an empty text.

    Such a text stays text, so that it can be sent all the same.
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
    return text, ""


def write_leaf(shape: Shape, value: Value) -> str | None:
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


def _read_enum(shape: Shape, text: str) -> tuple[Value, str]:
    if text in shape.options:
        return shape.options[text], ""
    problem = say("This is none of the values the description lists.")
    if shape.plain_options:
        return text, problem
    try:
        return loads(text), problem
    except JSONTextError:
        return text, problem


def _read_number(shape: Shape, text: str) -> tuple[Value, str]:
    trimmed = text.strip()
    # A schema that names no type allows a text as well.
    wrong = "" if "type" not in shape.schema else _NOT_INTEGER if shape.kind == "integer" else _NOT_NUMBER
    if not _NUMBER.fullmatch(trimmed):
        return text, wrong
    value = loads(trimmed)
    if shape.kind == "integer" and not _INTEGER.fullmatch(trimmed) and not float(value).is_integer():
        return value, wrong
    return value, ""
