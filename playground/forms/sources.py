"""Where fields come from: which schema is behind an input name, however deep, and what its surroundings say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.catalog.model import Entry, Parameter, Schema
from playground.forms.appearance import examples_of, named_examples
from playground.forms.fields import FieldNotFound, NamedExample, Row
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, child, control, element_id, escape, split_control, unescape
from playground.forms.parse import chosen_alternative
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FormState, is_count, item_tokens, row_tokens
from playground.schema.mapping import text_of
from playground.secrets.detect import is_secret
from playground.text.wording import say

_LONGEST_NAME = 4000
_KEY_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """What a field is made from: its input name, its schema, and what its surroundings say of it.

    `is_alternative`: it is a choice's alternative, at the choice's own name; `picked`: the visitor picked it;
    `nullable`: the choice around it allows null; `long`: a text field has several lines; `always`: it is drawn even
    beyond the budget; `alone`: a few options are shown side by side; `kept_only`: the object has no such member, its
    value is only kept.
    """

    name: str
    schema: Schema
    label: str
    required: bool = False
    row: Row | None = None
    description: str = ""
    deprecated: bool = False
    examples: tuple[NamedExample, ...] = ()
    picked: bool = False
    nullable: bool = False
    can_be_empty: bool = True
    long: bool = False
    always: bool = False
    alone: bool = False
    is_alternative: bool = False
    kept_only: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of the fields of one form."""

    shapes: Shapes
    state: FormState

    def shape(self, source: FieldSource) -> Shape:
        """Return the source's schema read as a form."""
        return self.shapes.of(source.schema)

    def find(self, entry: Entry, name: str) -> FieldSource:
        """Return the source of an input name, a row's as well. Raises `FieldNotFound`."""
        if len(name) > _LONGEST_NAME or name.count("/") > MAX_DEPTH:
            raise FieldNotFound(name)
        root, *segments = name.split("/")
        token, word = split_control(root)
        source = self._root(entry, token)
        for segment in segments:
            if source is None:
                break
            token, following = split_control(segment)
            source = self._below(source, word, token)
            word = following
        if word or source is None:
            raise FieldNotFound(name)
        return source

    def parameters(self, entry: Entry, location: str) -> list[FieldSource]:
        """Return the sources of the parameters of one location."""
        return [
            self._parameter(entry, name, parameter)
            for name, parameter in parameters_of(entry)
            if parameter.location == location
        ]

    def in_force(self, source: FieldSource) -> tuple[FieldSource, Shape]:
        """Return a source with its shape; of a choice, those of the alternative in force."""
        shape = self.shape(source)
        if shape.kind != "choice":
            return source, shape
        index, _ = chosen_alternative(shape, source.name, self.state, self.shapes)
        inner = FieldSource(name=source.name, schema=shape.alternatives[index], label=source.label)
        return inner, self.shape(inner)

    def items(self, source: FieldSource, shape: Shape) -> list[FieldSource]:
        """Return the sources of an array's rows."""
        tokens = item_tokens(self.state, source.name)
        return [_item(source.name, token, position, shape) for position, token in enumerate(tokens)]

    def members(self, source: FieldSource, shape: Shape) -> list[FieldSource]:
        """Return the sources of an object's declared properties, of plain names beside them, and of rows."""
        name = source.name
        sources = [_property(name, key, shape) for key in shape.properties]
        declared = {escape(key) for key in shape.properties}
        for token in self.state.children(name):
            undeclared = self._undeclared(name, token, shape) if token not in declared else None
            if undeclared is not None:
                sources.append(undeclared)
        if shape.extra is None:
            return sources
        tokens = row_tokens(self.state, name)
        return [*sources, *(self._row(name, token, position, shape) for position, token in enumerate(tokens))]

    def _root(self, entry: Entry, root: str) -> FieldSource | None:
        if root == BODY:
            body = body_of(entry, self.state)
            return None if body is None else body_source(body)
        parameter = next((parameter for name, parameter in parameters_of(entry) if name == root), None)
        return None if parameter is None else self._parameter(entry, root, parameter)

    def _parameter(self, entry: Entry, name: str, parameter: Parameter) -> FieldSource:
        schema = parameter.schema
        if is_secret(entry, parameter):
            # Drawn as a password: masked, and out of drafts and links as every password is.
            schema = {**(schema if isinstance(schema, Mapping) else {}), "format": "password"}
        required = parameter.required or parameter.location == "path"
        return FieldSource(
            name=name,
            schema=schema,
            label=parameter.name,
            required=required,
            always=required,
            description=parameter.description,
            deprecated=parameter.deprecated,
            examples=named_examples(examples_of(parameter, self.shapes.of(schema))),
            alone=True,
            # An empty path segment leads to another path; it is never worth offering.
            can_be_empty=parameter.location != "path",
        )

    def _below(self, source: FieldSource, word: str, token: str) -> FieldSource | None:
        """Return the source one segment further down; `word` is the control that the segment before ended with."""
        inner, shape = self.in_force(source)
        if word == "value":
            if shape.extra is None or not is_count(token):
                return None
            return self._row(inner.name, token, _position(row_tokens(self.state, inner.name), token), shape)
        if word:
            return None
        if shape.kind == "array" and is_count(token):
            return _item(inner.name, token, _position(item_tokens(self.state, inner.name), token), shape)
        if unescape(token) in shape.properties:
            return _property(inner.name, unescape(token), shape)
        return self._undeclared(inner.name, token, shape) if shape.kind in ("object", "map") else None

    def _undeclared(self, name: str, token: str, shape: Shape) -> FieldSource | None:
        """Return the source of a member that has an input of its own and is not declared."""
        key, below = unescape(token), f"{name}/{token}"
        label = key or say("(no name)")
        if shape.extra is not None:
            row = Row(parent=name, token=token.replace(" ", "~220;"), order_name="")
            return FieldSource(name=below, schema=shape.entry(key), label=label, row=row)
        if self.state.text(control(below, "kept")):
            return FieldSource(name=below, schema=True, label=label, kept_only=True)
        return None

    def _row(self, name: str, token: str, position: int, shape: Shape) -> FieldSource:
        """Return the source of a map's row; its field is the value, its key is in `row`."""
        key_name = f"{name}~key/{token}"
        key = self.state.text(key_name)
        row = Row(
            parent=name,
            token=token,
            order_name=control(name, "row"),
            key_name=key_name,
            key_id=element_id(key_name),
            key=key,
            key_label=self._key_label(shape),
        )
        label = key or say("Entry %(number)s", number=position + 1)
        return FieldSource(name=f"{name}~value/{token}", schema=shape.entry(key), label=label, row=row)

    def _key_label(self, shape: Shape) -> str:
        """Return what the description calls the keys of a map (`x-additionalPropertiesName`), empty for no word."""
        inner = self.shapes.of(shape.extra).schema if isinstance(shape.extra, Mapping) else {}
        word = text_of(inner, "x-additionalPropertiesName") or text_of(shape.schema, "x-additionalPropertiesName")
        return word[:_KEY_LETTERS]


def body_source(body: BodyInput) -> FieldSource:
    """Return the source of the body."""
    is_long = body.is_plain_text
    return FieldSource(name=BODY, schema=body.schema, label=BODY, required=body.required, long=is_long)


def _property(name: str, key: str, shape: Shape) -> FieldSource:
    return FieldSource(name=child(name, key), schema=shape.properties[key], label=key, required=key in shape.required)


def _item(name: str, token: str, position: int, shape: Shape) -> FieldSource:
    return FieldSource(
        name=f"{name}/{token}",
        schema=shape.item(position),
        label=say("Item %(number)s", number=position + 1),
        row=Row(parent=name, token=token, order_name=control(name, "item")),
    )


def _position(tokens: tuple[str, ...], token: str) -> int:
    return tokens.index(token) if token in tokens else len(tokens)
