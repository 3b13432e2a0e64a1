"""What an input looks like: options, hints, the ways to send it empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playground.catalog.model import Example, Parameter
from playground.forms.fields import NamedExample, Option
from playground.forms.names import is_typable
from playground.forms.shape import Shape, allows_empty, option_text
from playground.jsontext import dumps
from playground.schema.mapping import count_of, is_json, text_of, values_of
from playground.text.wording import say

_BLANKS = "\t\n\f\r "
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INPUT_TYPES = {"email": "email", "uri": "url", "url": "url", "password": "password"}
_PLACEHOLDERS = {"date-time": "2024-05-17T09:30:00Z", "datetime": "2024-05-17T09:30:00Z", "date": "2024-05-17"}
_EMPTY_WORDS = {
    "object": say("Send an empty object"),
    "map": say("Send an empty object"),
    "array": say("Send an empty list"),
}
_MOST_TEXT = 300
MOST_OPTIONS = 30
_RADIO_LETTERS = 36
_NOTE_LETTERS = 80
_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-enumLabels", "x-enum-labels")
_MEMBERS = ("x-ms-enum", "x-enum-elements")
_NOTES = ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description", "x-enumDescription")
_NAMING = frozenset((*_NAMES, *_NOTES, *_MEMBERS))


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


def is_searchable(options: tuple[Option, ...]) -> bool:
    """Say whether options are so many that typing finds one faster; an input's line has to hold each unchanged."""
    return len(options) > MOST_OPTIONS and all(is_typable(option.value) for option in options)


def reads_as_radio(options: tuple[Option, ...]) -> bool:
    """Say whether options are so few and short that they are seen at once; the first one is "not sent"."""
    labels = [option.label for option in options if option.value]
    return len(labels) in (2, 3, 4) and sum(map(len, labels)) <= _RADIO_LETTERS


def _option_names(shape: Shape) -> dict[str, str]:
    """Return labels of enum values from the extensions that name or describe them, by the values' texts."""
    if shape.schema.keys().isdisjoint(_NAMING):
        return {}
    texts = [option_text(shape, value) for value in shape.values]
    names, notes = _first_said(shape, texts, _NAMES), _first_said(shape, texts, _NOTES)
    for named, one in _microsoft(shape, texts):
        names.setdefault(named, text_of(one, "name"))
        notes.setdefault(named, text_of(one, "description"))
    labels = {}
    for text in texts:
        parts = [one for one in (names.get(text, ""), _one_line(notes.get(text, ""))) if one and one != text]
        if parts:
            labels[text] = f"{text} ({': '.join(dict.fromkeys(parts))})"
    return labels


def _first_said(shape: Shape, texts: list[str], keywords: Iterable[str]) -> dict[str, str]:
    """Read the first of these keywords that says something: one text for each value in a list, or texts by value."""
    for keyword in keywords:
        given = shape.schema.get(keyword)
        if isinstance(given, Mapping):
            said = {str(value): text for value, text in given.items() if isinstance(text, str)}
            if said.keys() & set(texts):
                return said
        listed = values_of(shape.schema, keyword)
        # An enum's own null is no option, but has its place in a list of names.
        places = [value for value in values_of(shape.schema, "enum") or shape.values if is_json(value)]
        if listed and len(listed) == len(places) and all(isinstance(one, str) for one in listed):
            pairs = zip(places, listed, strict=True)
            return {option_text(shape, value): one for value, one in pairs if value is not None}
    return {}


def _microsoft(shape: Shape, texts: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the members of `x-ms-enum` (`values`) or `x-enum-elements` that are about one of the options."""
    inner = shape.schema.get("x-ms-enum")
    members = values_of(inner, "values") if isinstance(inner, Mapping) else values_of(shape.schema, "x-enum-elements")
    for member in members:
        if isinstance(member, Mapping):
            value = member.get("value", member.get("name"))
            if is_json(value) and value is not None and option_text(shape, value) in texts:
                yield option_text(shape, value), member


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NOTE_LETTERS else line[: _NOTE_LETTERS - 1].rstrip() + "…"


def as_options(shape: Shape, chosen: str, *, can_be_null: bool) -> tuple[Option, ...]:
    """Return how the field can be sent when nothing is filled in; empty when leaving it out is the only way."""
    ways: list[tuple[str, str]] = [("", say("Leave out"))]
    if allows_empty(shape) or (chosen == "empty" and shape.is_textual):
        ways.append(("empty", _EMPTY_WORDS.get(shape.kind, say("Send empty text"))))
    if can_be_null:
        ways.append(("null", say("Send null")))
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
    # These inputs drop blanks at both ends.
    if kind in ("email", "url") and value != value.strip(_BLANKS):
        kind = "text"
    # A date input silently drops any other text, and with it what the visitor typed in the raw editor.
    if shape.kind == "text" and written == "date" and (not value or _is_date(value)):
        kind = "date"
    # What the API takes by its author's word where the schema has no default: told, and shown in the empty input.
    told = plain.get("x-default")
    other = value_text(told) if told is not None and plain.get("default") is None else ""
    return InputHints(
        input_type=kind,
        inputmode=mode,
        maxlength=count_of(plain, "maxLength") if shape.kind == "text" else None,
        pattern=text_of(plain, "pattern")[:_MOST_TEXT],
        placeholder=_example(shape) or other or _PLACEHOLDERS.get(written, ""),
        default=value_text(plain["default"]) if plain.get("default") is not None else other,
    )


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and date.fromisoformat(text).year > 0
    except ValueError:
        return False


def _example(shape: Shape) -> str:
    plain = shape.schema
    given = [plain["example"]] if "example" in plain else list(values_of(plain, "examples")[:1])
    return value_text(given[0]) if given and given[0] is not None else ""


def examples_of(parameter: Parameter, shape: Shape) -> tuple[Example, ...]:
    """Return a parameter's examples; a list or an object whose schema has the only ones has those."""
    plain = shape.schema
    if parameter.examples or shape.is_leaf:
        return parameter.examples
    given = [plain["example"]] if "example" in plain else values_of(plain, "examples")
    return tuple(Example(name="", value=value) for value in given if is_json(value))


def named_examples(examples: Iterable[Example]) -> tuple[NamedExample, ...]:
    """Return a description's named examples (`Example` values) for a field or a body."""
    return tuple(
        NamedExample(
            name=example.name, label=example.summary or example.name or "Example", text=value_text(example.value)
        )
        for example in examples
    )
