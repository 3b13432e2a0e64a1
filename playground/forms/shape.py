"""What one schema is as a form, and what its input's text means: drawing, parsing and filling share this reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Definitions, Entry, Schema
from playground.forms.names import is_typable
from playground.jsontext import JSONTextError, dumps, loads
from playground.request.model import Value
from playground.schema.flatten import flatten
from playground.schema.keywords import limits_text
from playground.schema.keywords.arrays import item_schema
from playground.schema.keywords.logic import rules_out_everything
from playground.schema.keywords.objects import entry_schema
from playground.schema.keywords.values import is_file
from playground.schema.mapping import is_json_value, names_of, same, schema_map, text_of, values_of
from playground.schema.types import alternatives, is_hidden, nullable, type_text, types_of
from playground.text.wording import say

ShapeKind: TypeAlias = Literal[
    "text", "integer", "number", "boolean", "enum", "file", "json", "object", "array", "map", "choice"
]
_MOST_ALTERNATIVES = 200
_MOST_EXPANDED = 40
_MOST_SHAPES = 5_000
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NOT_INTEGER, _NOT_NUMBER = say("This is not an integer."), say("This is not a number.")
_WHOLE = "x-playground-whole"
"""Says of an alternative that what it offers to choose from is not offered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A schema read as a form.

    `schema` is flat. `properties` are those that are written, declared or required; `extra` is the schema of further
    entries of an object or map (`None`: there can be none) and `rows` says the form offers them. `values` are an
    enum's, `options` the same by the text that is submitted (`plain_options`: all are text, written as they are;
    `typable_options`: one line of an input can hold each), `fixed` says there is only one. `alternatives` of a choice
    are no choices themselves.
    """

    kind: ShapeKind
    schema: Mapping[str, Any]
    nullable: bool = False
    properties: Mapping[str, Schema] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    extra: Schema | None = None
    rows: bool = False
    values: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    plain_options: bool = True
    typable_options: bool = True
    fixed: bool = False
    alternatives: tuple[Schema, ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Say whether the field is one input."""
        return self.kind not in ("object", "array", "map", "choice")

    @property
    def is_textual(self) -> bool:
        """Say whether the empty text is a value an explicit choice can send here."""
        return self.kind == "text" or (self.kind == "enum" and self.plain_options)

    def item(self, position: int) -> Schema:
        """Return the schema of an array's item at a position."""
        return item_schema(self.schema, position)

    def entry(self, key: str) -> Schema:
        """Return the schema of a further entry by its key; `extra` where patterns say nothing else of the key."""
        schema = entry_schema(key, self.schema) if key and "patternProperties" in self.schema else False
        return self.extra if schema is False and self.extra is not None else schema

    def allows_entry(self, key: str) -> bool:
        """Say whether a further entry may have this key."""
        return "patternProperties" not in self.schema or entry_schema(key, self.schema) is not False


@dataclass(slots=True)
class Shapes:
    """Schemas read as forms, each once: what drawing, parsing and filling one operation's form work with.

    `room` is how many are kept; a large object makes room for its own properties, so that none is read twice.
    """

    definitions: Definitions
    room: int = _MOST_SHAPES
    _made: dict[int, tuple[Schema, Shape]] = field(default_factory=dict)
    _words: dict[int, tuple[Shape, str, str]] = field(default_factory=dict)

    def of(self, schema: Schema) -> Shape:
        """Return the schema's shape; see `shape_of`."""
        # The schema is kept beside its shape, so its identity stays its own.
        known = self._made.get(id(schema))
        if known is None:
            if len(self._made) >= self.room:
                self._made.clear()
            known = self._made[id(schema)] = (schema, shape_of(schema, self.definitions))
            self.room = max(self.room, _MOST_SHAPES + len(known[1].properties))
        return known[1]

    def words(self, shape: Shape) -> tuple[str, str]:
        """Return a shape's type and its limits in words."""
        known = self._words.get(id(shape))
        if known is None or known[0] is not shape:
            if len(self._words) >= self.room:
                self._words.clear()
            words = type_text(shape.schema, self.definitions), limits_text(shape.schema)
            known = self._words[id(shape)] = (shape, *words)
        return known[1], known[2]


def shapes_of(entry: Entry) -> Shapes:
    """Return the shapes of an operation's schemas, those that an earlier request has read among them."""
    return entry.cache.get(Shapes, lambda: Shapes(entry.definitions, _MOST_SHAPES + len(entry.operation.parameters)))


def shape_of(schema: Schema, definitions: Definitions) -> Shape:
    """Read a schema as a form. Never raises; what says nothing of its kind is `json`."""
    plain = flatten(schema, definitions)
    can_be_null = nullable(plain, definitions)
    fixed = _fixed(plain)
    if fixed:
        return _enum(plain, fixed, can_be_null, fixed=True)
    values = tuple(value for value in values_of(plain, "enum") if value is not None and is_json_value(value))
    if values:
        return _enum(plain, values, can_be_null)
    choice = () if plain.get(_WHOLE) is True else _expanded(plain, definitions, 4)
    if len(choice) > 1:
        return Shape(kind="choice", schema=plain, nullable=can_be_null, alternatives=choice)
    if is_file(plain):
        return Shape(kind="file", schema=plain, nullable=can_be_null)
    types = types_of(plain)
    kind = types[0] if types else ""
    if kind == "object":
        return _object(plain, definitions, can_be_null)
    kinds: dict[str, ShapeKind] = {
        "array": "array",
        "string": "text",
        "integer": "integer",
        "number": "number",
        "boolean": "boolean",
    }
    return Shape(kind=kinds.get(kind, "json"), schema=plain, nullable=can_be_null)


def _enum(plain: Mapping[str, Any], values: tuple[Any, ...], can_be_null: bool, *, fixed: bool = False) -> Shape:
    plain_options = all(isinstance(value, str) for value in values)
    texts = values if plain_options else map(dumps, values)
    options: dict[str, Any] = {}
    for text, value in zip(texts, values, strict=True):
        options.setdefault(text, value)
    return Shape(
        kind="enum", schema=plain, nullable=can_be_null, values=values, options=options, plain_options=plain_options,
        typable_options=all(map(is_typable, options)), fixed=fixed,
    )  # fmt: skip


def option_text(shape: Shape, value: Any) -> str:
    """Return how an enum's value is submitted: text as it is when all options are text, else JSON."""
    return value if shape.plain_options and isinstance(value, str) else dumps(value)


def find_option(shape: Shape, value: Any) -> Any:
    """Return the enum's own spelling of a value in a list of one, or an empty list."""
    if isinstance(value, str) and shape.plain_options:
        return [value] if value in shape.options else []
    return [option for option in shape.values if same(option, value)][:1]


def allows_empty(shape: Shape) -> bool:
    """Say whether the empty value of the shape's kind (`""`, `{}`, `[]`) is worth offering."""
    if shape.kind == "text":
        return not shape.schema.get("minLength")
    if shape.kind == "enum":
        return shape.plain_options and "" in shape.values
    return shape.kind in ("object", "map", "array") and not shape.schema.get("minItems")


def _fixed(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    if "const" in plain:
        return (plain["const"],) if is_json_value(plain["const"]) else ()
    values = values_of(plain, "enum")
    if len(values) == 1 and is_json_value(values[0]):
        return values
    return (None,) if plain.get("type") in ("null", ["null"]) else ()


def _expanded(plain: Schema, definitions: Definitions, depth: int) -> tuple[Schema, ...]:
    """Return the alternatives, choices among them opened up, so that one index names a form."""
    opened: list[Schema] = []
    choice = alternatives(plain, definitions)
    for alternative in choice:
        if depth and len(choice) <= _MOST_EXPANDED:
            opened += _expanded(alternative, definitions, depth - 1) or (alternative,)
        else:
            # A choice this long is a hierarchy of types that lists its lower levels too. One of them is no choice of
            # its own: two at one input name could not be distinguished.
            opened.append({"allOf": [alternative], _WHOLE: True})
        if len(opened) > _MOST_ALTERNATIVES:
            break
    return tuple(opened[:_MOST_ALTERNATIVES])


def _object(plain: Mapping[str, Any], definitions: Definitions, can_be_null: bool) -> Shape:
    declared = schema_map(plain, "properties")
    required = names_of(plain, "required")
    # What is required and nowhere described has to be filled in all the same.
    members = declared | {name: True for name in required if name not in declared}
    if len(members) > len(declared) or "patternProperties" in plain:
        members = {name: entry_schema(name, plain) for name in members}
    written = {name: member for name, member in members.items() if _is_written(flatten(member, definitions))}
    extra, rows = _extra(plain, bool(declared))
    return Shape(
        kind="object" if members or extra is None else "map",
        schema=plain,
        nullable=can_be_null,
        properties=written,
        required=frozenset(required) & written.keys(),
        extra=extra,
        rows=rows,
    )


def _is_written(plain: Mapping[str, Any]) -> bool:
    return not rules_out_everything(plain) and not is_hidden(plain, writing=True)


def _extra(plain: Mapping[str, Any], has_declared: bool) -> tuple[Schema | None, bool]:
    """Return the schema of undeclared entries, and whether the form offers rows for them."""
    extra = plain.get("additionalProperties", plain.get("unevaluatedProperties"))
    patterns = tuple(schema_map(plain, "patternProperties").values())
    if patterns and (not isinstance(extra, Mapping)):
        return (patterns[0] if len(patterns) == 1 else True), True
    if extra is False:
        # What a condition describes is looked at where the condition holds, which only a value can tell.
        is_conditional = "additionalProperties" not in plain and not plain.keys().isdisjoint(("if", "dependentSchemas"))
        return (True, True) if is_conditional else (None, False)
    if extra is True or isinstance(extra, Mapping):
        return extra, True
    return True, not has_declared


def is_encoded(schema: Mapping[str, Any]) -> bool:
    """Say whether a flat string schema asks for bytes as base64 text."""
    return text_of(schema, "format") == "byte" or text_of(schema, "contentEncoding") in ("base64", "base64url")


def is_long(shape: Shape, value: str) -> bool:
    """Say whether a text field is drawn with several lines: encoded bytes, prose, or line breaks in its value."""
    if "\n" in value or shape.kind != "text":
        return "\n" in value
    return is_encoded(shape.schema) or text_of(shape.schema, "format") in ("markdown", "multiline", "textarea", "html")


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
    if not is_json_value(value):
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
