"""What an input looks like: options, hints, the ways to send it empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from playground.catalog.model import Example, Parameter
from playground.forms.fields import NamedExample, Option
from playground.forms.names import is_typable
from playground.forms.shape import Shape, allows_empty, option_text
from playground.jsontext import dumps
from playground.schema.mapping import is_json_value, text_of, values_of
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
MOST_OPTIONS, MOST_DRAWN, MOST_FOUND = 30, 500, 50
"""Options of a plain select, of a page at all, and of one answer while somebody types."""
_RADIO_LETTERS = 36
_NOTE_LETTERS = 80
_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-enumLabels", "x-enum-labels")
_MEMBERS = ("x-ms-enum", "x-enum-elements")
_NOTES = ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description", "x-enumDescription")
_NAMING = frozenset((*_NAMES, *_NOTES, *_MEMBERS))

_UNIX = ("unix-time", "unixtime", "unix-timestamp", "timestamp", "epoch", "epoch-seconds", "unix")
_MILLIS = ("unix-time-ms", "timestamp-ms", "epoch-millis", "epoch-milliseconds", "unix-millis")
_IDEMPOTENCY_KEY = re.compile(
    r"(idempoten(cy|t)[-_ ]?(key|token|id)|^x[-_]request[-_]id|^x[-_]correlation[-_]id)$", re.IGNORECASE
)
_UNIX_TIME = re.compile(r"(^|_)(unix_?time(stamp)?|timestamp|epoch)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputHints:
    """Attributes of an input that help while typing and forbid nothing."""

    input_type: str = "text"
    inputmode: str = ""
    pattern: str = ""
    placeholder: str = ""
    default: str = ""


def value_text(value: Any) -> str:
    """Return a described value (default, example, constant) as one short text; what is no JSON has none."""
    if isinstance(value, str):
        return value[:_MOST_TEXT]
    return dumps(value)[:_MOST_TEXT] if is_json_value(value) else ""


def leaf_options(shape: Shape, value: str) -> tuple[Option, ...]:
    """Return the options of an enum or boolean: first "not sent", then the values, then what is filled and unknown.

    Of a list that is found by typing (`is_long_list`) only what is filled is an option, or what that text is part of.
    """
    listed = _texts(shape)
    if is_long_list(shape, value):
        found = _options(shape, [value], value) if value in listed else matching_options(shape, value) if value else ()
        return (Option(value="", label="", selected=not value), *found)
    unknown = [value] if value and value not in listed else []
    return (Option(value="", label="", selected=not value), *_options(shape, [*listed, *unknown], value))


def _texts(shape: Shape) -> Mapping[str, Any]:
    return {"true": True, "false": False} if shape.kind == "boolean" else shape.options


def _options(shape: Shape, texts: Iterable[str], value: str) -> Iterator[Option]:
    names = _option_names(shape)
    return (Option(value=text, label=names.get(text, text), selected=text == value) for text in texts if text)


def is_searchable(shape: Shape, value: str) -> bool:
    """Say whether options are so many that typing finds one faster; an input's line has to hold each unchanged."""
    return len(shape.options) > MOST_OPTIONS and shape.typable_options and is_typable(value)


def is_long_list(shape: Shape, value: str) -> bool:
    """Say whether options are so many that a page does not hold them: `matching_options` finds them by typing."""
    return len(shape.options) > MOST_DRAWN and is_searchable(shape, value)


def matching_options(shape: Shape, typed: str) -> tuple[Option, ...]:
    """Return the first options whose value or label holds the typed text, those that begin with it before others."""
    return every_option(shape, typed)[:MOST_FOUND]


def every_option(shape: Shape, typed: str) -> tuple[Option, ...]:
    """Return all options whose value or label holds the typed text, those that begin with it before others."""
    return tuple(_options(shape, matching_texts(_texts(shape), typed, _option_names(shape)), typed))


def matching_texts(texts: Iterable[str], typed: str, labels: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Return the texts that hold the typed one, or whose labels do, those that begin with it before others."""
    wanted = typed.strip().casefold()
    beginning: list[str] = []
    inside: list[str] = []
    for text in texts:
        place = text.casefold().find(wanted)
        if place == 0:
            beginning.append(text)
        elif place > 0 or wanted in labels.get(text, "").casefold():
            inside.append(text)
    return [*beginning, *inside]


def reads_as_radio(options: tuple[Option, ...]) -> bool:
    """Say whether options are so few and short that they are seen at once; the first one is "not sent"."""
    labels = [option.label for option in options if option.value]
    return len(labels) in (2, 3, 4) and sum(map(len, labels)) <= _RADIO_LETTERS


def _option_names(shape: Shape) -> dict[str, str]:
    """Return labels of enum values from the extensions that name or describe them, by the values' texts."""
    if shape.schema.keys().isdisjoint(_NAMING):
        return {}
    names, notes = _first_naming(shape, _NAMES), _first_naming(shape, _NOTES)
    for text, member in _microsoft(shape):
        names.setdefault(text, text_of(member, "name"))
        notes.setdefault(text, text_of(member, "description"))
    labels = {}
    for text in shape.options:
        parts = [part for part in (names.get(text, ""), _one_line(notes.get(text, ""))) if part and part != text]
        if parts:
            labels[text] = f"{text} ({': '.join(dict.fromkeys(parts))})"
    return labels


def _first_naming(shape: Shape, keywords: Iterable[str]) -> dict[str, str]:
    """Read the first of these keywords that names values: one text for each value in a list, or texts by value."""
    for keyword in keywords:
        naming = shape.schema.get(keyword)
        if isinstance(naming, Mapping):
            named = {str(value): text for value, text in naming.items() if isinstance(text, str)}
            if not named.keys().isdisjoint(shape.options):
                return named
        listed = values_of(shape.schema, keyword)
        # An enum's own null is no option, but has its place in a list of names.
        places = [value for value in values_of(shape.schema, "enum") or shape.values if is_json_value(value)]
        if listed and len(listed) == len(places) and all(isinstance(text, str) for text in listed):
            pairs = zip(places, listed, strict=True)
            return {option_text(shape, value): text for value, text in pairs if value is not None}
    return {}


def _microsoft(shape: Shape) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the members of `x-ms-enum` (`values`) or `x-enum-elements` that are about one of the options."""
    inner = shape.schema.get("x-ms-enum")
    members = values_of(inner, "values") if isinstance(inner, Mapping) else values_of(shape.schema, "x-enum-elements")
    for member in members:
        if isinstance(member, Mapping):
            value = member.get("value", member.get("name"))
            if is_json_value(value) and value is not None and option_text(shape, value) in shape.options:
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
    selected = chosen if chosen in dict(ways) else ""
    return tuple(Option(value=way, label=label, selected=way == selected) for way, label in ways)


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
    # What the API takes where the schema has no default: shown as one, and in the empty input.
    documented = plain.get("x-default")
    other = value_text(documented) if documented is not None and plain.get("default") is None else ""
    return InputHints(
        input_type=kind,
        inputmode=mode,
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
    example = plain["example"] if "example" in plain else next(iter(values_of(plain, "examples")), None)
    return value_text(example) if example is not None else ""


def examples_of(parameter: Parameter, shape: Shape) -> tuple[Example, ...]:
    """Return a parameter's examples; a list or an object whose schema has the only ones has those."""
    plain = shape.schema
    if parameter.examples or shape.is_leaf:
        return parameter.examples
    values = (plain["example"],) if "example" in plain else values_of(plain, "examples")
    return tuple(Example(name="", value=value) for value in values if is_json_value(value))


def named_examples(examples: Iterable[Example]) -> tuple[NamedExample, ...]:
    """Return a description's named examples (`Example` values) for a field or a body."""
    return tuple(
        NamedExample(
            name=example.name, label=example.summary or example.name or "Example", text=value_text(example.value)
        )
        for example in examples
    )


def generated_kind(shape: Shape, label: str) -> str:
    """Return what can be made for a field: `uuid`, `now` (RFC 3339), `unix` (seconds), `millis`; empty for nothing."""
    written = text_of(shape.schema, "format").lower()
    if shape.kind == "text":
        if written in ("uuid", "guid") or (not written and _IDEMPOTENCY_KEY.search(label)):
            return "uuid"
        return "now" if written in ("date-time", "datetime") else ""
    if shape.kind in ("integer", "number"):
        if written in _MILLIS:
            return "millis"
        return "unix" if written in _UNIX or _UNIX_TIME.search(label) else ""
    return ""
