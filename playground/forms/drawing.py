"""What an input looks like: options, hints, the ways to send it empty."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Example
from playground.forms.fields import NamedExample, Option
from playground.forms.shape import Shape, allows_empty, option_text
from playground.jsontext import dumps
from playground.schema.reading import count_of, is_json, text_of, values_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INPUT_TYPES = {"email": "email", "uri": "url", "url": "url", "password": "password"}
_PLACEHOLDERS = {"date-time": "2024-05-17T09:30:00Z", "datetime": "2024-05-17T09:30:00Z", "date": "2024-05-17"}
_EMPTY_WORDS = {"object": "Send an empty object", "map": "Send an empty object", "array": "Send an empty list"}
_MOST_TEXT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class InputHints:
    """Attributes of an input that help while typing and forbid nothing."""

    input_type: str = "text"
    inputmode: str = ""
    maxlength: int | None = None
    pattern: str = ""
    placeholder: str = ""
    default: str = ""


def value_text(value: Any) -> str:
    """Return a described value (default, example, constant) as one short text; what is no JSON has none."""
    if isinstance(value, str):
        return value[:_MOST_TEXT]
    return dumps(value)[:_MOST_TEXT] if is_json(value) else ""


def leaf_options(shape: Shape, value: str) -> tuple[Option, ...]:
    """Return the options of an enum or boolean: first "not sent", then the values, then what is filled and unknown."""
    if shape.kind == "boolean":
        listed = ["true", "false"]
    else:
        listed = list(dict.fromkeys(option_text(shape, one) for one in shape.values))
    names = _option_names(shape)
    options = [Option(value="", label="", selected=not value)]
    options += [Option(value=text, label=names.get(text, text), selected=text == value) for text in listed if text]
    if value and value not in listed:
        options.append(Option(value=value, label=value, selected=True))
    return tuple(options)


def _option_names(shape: Shape) -> dict[str, str]:
    """Return labels of enum values from the extensions that carry them, where they are one for each value."""
    for keyword in ("x-enum-varnames", "x-enumNames", "x-enum-names"):
        names = values_of(shape.schema, keyword)
        if len(names) == len(shape.values) and all(isinstance(name, str) for name in names):
            texts = [option_text(shape, value) for value in shape.values]
            return {text: f"{text} ({name})" for text, name in zip(texts, names, strict=True) if name != text}
    return {}


def as_options(shape: Shape, chosen: str, *, can_be_null: bool) -> tuple[Option, ...]:
    """Return how the field can be sent when nothing is filled in; empty when leaving it out is the only way."""
    ways = [("", "Leave out")]
    if allows_empty(shape) or (chosen == "empty" and shape.kind == "text"):
        ways.append(("empty", _EMPTY_WORDS.get(shape.kind, "Send empty text")))
    if can_be_null:
        ways.append(("null", "Send null"))
    if len(ways) == 1:
        return ()
    known = chosen if chosen in dict(ways) else ""
    return tuple(Option(value=way, label=label, selected=way == known) for way, label in ways)


def input_hints(shape: Shape, value: str) -> InputHints:
    """Return the hints for an input that holds this text."""
    plain = shape.schema
    written = text_of(plain, "format")
    mode = {"integer": "numeric", "number": "decimal"}.get(shape.kind, "")
    kind = _INPUT_TYPES.get(written, "text") if shape.kind == "text" else "text"
    # A date input silently drops any other text, and with it what the visitor typed in the raw editor.
    if shape.kind == "text" and written == "date" and (not value or _DATE.fullmatch(value)):
        kind = "date"
    return InputHints(
        input_type=kind,
        inputmode=mode,
        maxlength=count_of(plain, "maxLength") if shape.kind == "text" else None,
        pattern=text_of(plain, "pattern")[:_MOST_TEXT],
        placeholder=_example(shape) or _PLACEHOLDERS.get(written, ""),
        default=value_text(plain["default"]) if plain.get("default") is not None else "",
    )


def _example(shape: Shape) -> str:
    plain = shape.schema
    given = [plain["example"]] if "example" in plain else list(values_of(plain, "examples")[:1])
    return value_text(given[0]) if given and given[0] is not None else ""


def named_examples(examples: Iterable[Example]) -> tuple[NamedExample, ...]:
    """Return a description's named examples (`Example` values) for a field or a body."""
    return tuple(
        NamedExample(name=one.name, label=one.summary or one.name or "Example", text=value_text(one.value))
        for one in examples
    )
