"""A schema and the filled inputs as `Field`s to draw, level by level and within a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from playground.catalog.model import Schema
from playground.forms.appearance import as_options, input_hints, is_searchable, leaf_options, reads_as_radio, value_text
from playground.forms.fields import Field, FieldKind, NamedExample, Option, Row
from playground.forms.generated import generated_kind
from playground.forms.names import child, control, element_id, escape, unescape
from playground.forms.reader import chosen_alternative, is_count, item_tokens, row_tokens
from playground.forms.shape import Shape, Shapes, is_encoded, is_long
from playground.forms.state import FormState
from playground.schema.mapping import text_of
from playground.schema.types import label_of
from playground.text.wording import joined, say, say_many

BUDGET = 60
"""Fields of one page or fragment; long descriptions and many options count as more than one."""
OPENED_BUDGET = 16
"""Fields of a part that somebody opens and waits for."""
MORE_BUDGET = 120
"""Fields that come at most when more of a large object are asked for, and where a row is added."""
FIELD_BYTES = 600
"""About how much HTML one field is."""
_KEY_LETTERS = 60
_ADD = {"array": say("Add item"), "map": say("Add entry"), "object": say("Add property")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a field stands: its input name, its schema, and what its surroundings say of it.

    `alternative`: it is a choice's alternative, at the choice's own name; `picked`: the visitor picked it;
    `nullable`: the choice around it allows null; `long`: a text field has several lines; `always`: drawn even beyond
    the budget; `alone`: a few options stand side by side; `kept_only`: the object has no such member, its value is
    only kept.
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
    alternative: bool = False
    kept_only: bool = False


@dataclass(slots=True)
class Builder:
    """Builds fields. `budget` is how many more may be drawn; what the state touches is drawn without regard to it.

    `problems` are sentences by input name.
    """

    shapes: Shapes
    state: FormState
    budget: float = BUDGET
    problems: Mapping[str, str] = field(default_factory=dict)

    def shape(self, spot: Spot) -> Shape:
        """Return the spot's schema read as a form."""
        return self.shapes.of(spot.schema)

    def build(self, spot: Spot, depth: int) -> Field:
        """Build the field at a spot with `depth` levels of fields below it, and its own level always."""
        shape = self.shape(spot)
        return self._grow(self._bare(spot, shape), spot, shape, max(depth, 1))

    def build_more(self, spot: Spot, start: int, depth: int) -> Field:
        """Build the fields of a large object from member `start` on, those left out that are drawn already."""
        return self.build_rest(spot.name, self._members(spot, self.shape(spot)), start, depth)

    def build_rest(self, parent: str, members: Sequence[Spot], start: int, depth: int) -> Field:
        """Build a `more` field from the members from `start` on, those left out that are drawn already."""
        spots = [(index, member) for index, member in enumerate(members) if index >= start and not self._drawn(member)]
        name = f"{control(parent, 'more')}/{start}"
        children = tuple(one for one in self._level(parent, spots, depth) if one.kind != "more" or one.deferred)
        after = children[-1] if children and children[-1].kind == "more" else None
        shown = after.name.rpartition("/")[2] if after is not None else str(len(members))
        return Field(
            name=name, id=element_id(name), label=_more(len(spots)), kind="more", children=children, open=True,
            as_name=control(parent, "more"), as_value=shown,
        )  # fmt: skip

    def _bare(self, spot: Spot, shape: Shape) -> Field:
        """Return the field without what is below it, and take it off the budget."""
        name, plain = spot.name, shape.schema
        if spot.kept_only:
            return self._only_kept(spot)
        value = self.state.text(name) if shape.is_leaf else ""
        files = self.state.files_of(name) if shape.kind == "file" else ()
        kept = self.state.text(control(name, "kept"))
        kind: FieldKind = shape.kind
        if shape.fixed and (spot.required or spot.picked):
            kind, value = "const", value_text(shape.values[0])
        elif shape.kind == "file" and value:
            # A file can be given as its text (contract section 2); a file input could not keep that.
            kind = "long_text"
        elif shape.kind in ("text", "integer", "number") and (spot.long or is_long(shape, value)):
            kind = "long_text"
        sends: tuple[Option, ...] = ()
        chosen = self.state.text(control(name, "as"))
        if chosen == "absent" and spot.required:
            sends = (
                Option(value="", label=say("Send it")),
                Option(value="absent", label=say("Leave out"), selected=True),
            )
        elif spot.can_be_empty and kind not in ("const", "choice"):
            sends = as_options(shape, chosen, can_be_null=shape.nullable or spot.nullable)
        hints = input_hints(shape, value)
        as_value = next((option.value for option in sends if option.selected), "")
        options = leaf_options(shape, value) if kind in ("enum", "boolean") else ()
        type_words, limits = self.shapes.said(shape)
        typed = shape.kind in ("text", "integer", "number")
        one = Field(
            name=name,
            # An alternative has its choice's input name; an id must be one element's, and what is told is told once.
            id=f"{element_id(name)}-c" if spot.alternative else element_id(name),
            label=spot.label,
            kind=kind,
            type_text=type_words,
            limits_text=limits,
            required=spot.required,
            nullable=shape.nullable,
            deprecated=spot.deprecated or plain.get("deprecated") is True,
            description=spot.description or text_of(plain, "description"),
            default_text=hints.default,
            placeholder=next((example.text for example in spot.examples), "")
            or hints.placeholder
            or type_words * typed,
            value=value,
            filename=files[0].filename if files else "",
            options=options,
            searchable=is_searchable(options),
            radio=spot.alone and reads_as_radio(options),
            as_name=control(name, "as") if sends else "",
            as_options=sends,
            as_value=as_value,
            row=spot.row,
            open=spot.row is not None,
            filled=1 if (value and kind != "const") or files or as_value or kept else 0,
            can_add=kind == "array" or shape.rows,
            add_text=_ADD.get(kind, ""),
            input_type=hints.input_type,
            inputmode=hints.inputmode,
            maxlength=hints.maxlength,
            pattern=hints.pattern,
            multiple=kind == "array" and self._takes_files(shape),
            base64=kind == "long_text" and is_encoded(plain),
            secret=shape.kind == "text" and text_of(plain, "format") == "password",
            examples=() if spot.alternative else spot.examples,
            example=self.state.text(control(name, "example")) if len(spot.examples) > 1 else "",
            generates=generated_kind(shape, spot.label) if kind == shape.kind else "",
            own_name=self.state.text(control(name, "filename")) if kind == "file" else "",
            own_type=self.state.text(control(name, "type")) if kind == "file" else "",
            kept="" if spot.alternative else kept,
            problem="" if spot.alternative else self.problems.get(name, ""),
            focus="" if spot.alternative else _focus(self.state, spot),
        )
        self.budget -= _weight(one)
        return one

    def _only_kept(self, spot: Spot) -> Field:
        kept = self.state.text(control(spot.name, "kept"))
        return Field(name=spot.name, id=element_id(spot.name), label=spot.label, kind="kept", kept=kept, filled=1)

    def _takes_files(self, shape: Shape) -> bool:
        return shape.kind == "array" and self.shapes.of(shape.item(0)).kind == "file"

    def _grow(self, one: Field, spot: Spot, shape: Shape, depth: int) -> Field:
        """Return the field with what is below it, as far as depth and budget allow."""
        if shape.is_leaf or one.kind == "kept":
            return one
        if shape.kind == "choice":
            return self._with_alternative(one, spot, shape, depth)
        spots = self._items(spot, shape) if shape.kind == "array" else self._members(spot, shape)
        if not spots:
            return one
        # A row is there because somebody asked for it, so it is drawn however deep it is.
        wanted = bool(self.state.text(control(spot.name, "open")))
        seen = shape.kind == "array" or spot.row is not None or wanted or self._has_inputs(spot.name)
        if not seen and (depth <= 0 or self.budget <= 0):
            return replace(one, deferred=True, open=False)
        children = self.build_level(spot.name, spots, depth - 1)
        filled = one.filled or sum(member.filled for member in children)
        opened = one.open or wanted or filled > 0 or spot.required or any(member.row for member in children)
        return replace(one, children=children, filled=filled, open=opened)

    def build_level(self, parent: str, spots: Sequence[Spot], depth: int) -> tuple[Field, ...]:
        """Build fields side by side, the last one a `more` field when the budget is not enough for all."""
        return self._level(parent, list(enumerate(spots)), depth)

    def _has_inputs(self, name: str) -> bool:
        """Say whether there are inputs below an object or map; its own controls alone do not ask for its fields."""
        return bool(self.state.children(name)) or bool(row_tokens(self.state, name))

    def _drawn(self, spot: Spot) -> bool:
        """Say whether a field is drawn whatever the budget: something is filled in, or (parameters) it is needed."""
        return self.state.touched(spot.name) or spot.always

    def _level(self, parent: str, spots: Sequence[tuple[int, Spot]], depth: int) -> tuple[Field, ...]:
        """Build one level first, so that all its fields come before anything deeper, then what is below each."""
        level: list[tuple[Field, Spot, Shape]] = []
        left, first_left = 0, 0
        asked = max((int(text) for text in self.state.get_all(control(parent, "more")) if is_count(text)), default=0)
        for index, spot in spots:
            if self.budget <= 0 and level and index >= asked and not self._drawn(spot):
                first_left = first_left if left else index
                left += 1
                continue
            shape = self.shape(spot)
            level.append((self._bare(spot, shape), spot, shape))
        children = [self._grow(*member, depth) for member in level]
        if left or asked:
            name = f"{control(parent, 'more')}/{first_left}"
            more = Field(
                name=name, id=element_id(name), label=_more(left), kind="more", deferred=left > 0,
                as_name=control(parent, "more") if asked else "", as_value=str(asked),
            )  # fmt: skip
            children.append(more)
        return tuple(children)

    def _with_alternative(self, one: Field, spot: Spot, shape: Shape, depth: int) -> Field:
        index, explicit = chosen_alternative(shape, spot.name, self.state, self.shapes)
        labels = _distinct([label_of(schema, self.shapes.definitions) for schema in shape.alternatives])
        options = tuple(
            Option(value=str(number), label=label, selected=number == index) for number, label in enumerate(labels)
        )
        self.budget -= len(options) / 8
        picked = explicit and index > 0
        inner = replace(
            spot,
            schema=shape.alternatives[index],
            row=None,
            description="",
            picked=picked,
            nullable=shape.nullable,
            alternative=True,
        )
        inner_shape = self.shape(inner)
        chosen = self._grow(self._bare(inner, inner_shape), inner, inner_shape, depth)
        filled = chosen.filled or one.filled or int(picked and chosen.kind == "const")
        was = control(spot.name, "was") + "/"
        return replace(
            one,
            options=options,
            choice_name=control(spot.name, "choice"),
            picked=str(index) if index else "",
            parked=self.state.starting(was),
            children=(chosen,),
            filled=filled,
            open=one.open or chosen.open or filled > 0,
        )

    def _items(self, spot: Spot, shape: Shape) -> list[Spot]:
        return [
            Spot(
                name=f"{spot.name}/{token}",
                schema=shape.item(position),
                label=say("Item %(number)s", number=position + 1),
                row=Row(parent=spot.name, token=token, order_name=control(spot.name, "item")),
            )
            for position, token in enumerate(item_tokens(self.state, spot.name))
        ]

    def _members(self, spot: Spot, shape: Shape) -> list[Spot]:
        """Return the spots of an object's declared properties, of plain names beside them, and of rows."""
        name = spot.name
        spots = [property_spot(name, key, shape) for key in shape.properties]
        declared = {escape(key) for key in shape.properties}
        for token in self.state.children(name):
            if token not in declared:
                label, below = unescape(token) or say("(no name)"), f"{name}/{token}"
                if shape.extra is not None:
                    row = Row(parent=name, token=token.replace(" ", "~220;"), order_name="")
                    spots.append(Spot(name=below, schema=shape.extra, label=label, row=row))
                elif self.state.text(control(below, "kept")):
                    spots.append(Spot(name=below, schema=True, label=label, kept_only=True))
        if shape.extra is None:
            return spots
        for position, token in enumerate(row_tokens(self.state, name)):
            spots.append(row_spot(name, token, shape.extra, self.state, position, self.key_label(shape)))
        return spots

    def key_label(self, shape: Shape) -> str:
        """Return what the description calls the keys of a map (`x-additionalPropertiesName`), empty for no word."""
        inner = self.shapes.of(shape.extra).schema if isinstance(shape.extra, Mapping) else {}
        word = text_of(inner, "x-additionalPropertiesName") or text_of(shape.schema, "x-additionalPropertiesName")
        return word[:_KEY_LETTERS]


def property_spot(name: str, key: str, shape: Shape) -> Spot:
    """Return the spot of a declared property of an object."""
    return Spot(name=child(name, key), schema=shape.properties[key], label=key, required=key in shape.required)


def row_spot(name: str, token: str, schema: Schema, state: FormState, position: int, key_label: str = "") -> Spot:
    """Return the spot of a map's row; its field is the value, its key is in `row`."""
    key_name = f"{name}~key/{token}"
    key = state.text(key_name)
    row = Row(
        parent=name,
        token=token,
        order_name=control(name, "row"),
        key_name=key_name,
        key_id=element_id(key_name),
        key=key,
        key_label=key_label,
    )
    return Spot(
        name=f"{name}~value/{token}", schema=schema, label=key or say("Entry %(number)s", number=position + 1), row=row
    )


def _focus(state: FormState, spot: Spot) -> str:
    word, _, wanted = state.text("~focus").partition(" ")
    # A map's row is moved by its token, and drawn by its value's name.
    row = f"{spot.row.parent}/{spot.row.token}" if spot.row is not None else spot.name
    return word if wanted and wanted in (spot.name, row) else ""


def _more(count: int) -> str:
    return say_many("%(num)s more field", "%(num)s more fields", count)


def _weight(one: Field) -> float:
    """Return how many fields of common size a field is as HTML; the names stand in it several times."""
    size = 330 + 4 * len(one.id) + 3 * len(one.name) + len(one.label) + len(one.type_text) + len(one.limits_text)
    size += len(one.placeholder) + len(one.default_text) + len(one.value) + len(one.kept)
    if one.description:
        size += 80 + len(one.description) + len(one.id)
    if one.as_name:
        size += 130 + len(one.as_name) + len(one.label)
    if one.kind in ("object", "map", "array", "choice"):
        size += 700
    size += sum(len(option.label) + (18 if option.is_plain else 28 + len(option.value)) for option in one.options)
    size += sum(30 + len(example.text) + len(example.label) for example in one.examples)
    return size / FIELD_BYTES


def _distinct(labels: list[str]) -> list[str]:
    """Number the labels that occur more than once: `object 1`, `object 2`."""
    counts: dict[str, int] = {}
    made = []
    for label in labels:
        counts[label] = counts.get(label, 0) + 1
        made.append(joined(" ", (label, str(counts[label]))) if labels.count(label) > 1 else label)
    return made
