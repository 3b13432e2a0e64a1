"""Inputs below one name as a value: what `parse` does for a parameter or a body."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from playground.catalog.model import Schema
from playground.forms.checks import choice_problem, missing_beside
from playground.forms.names import MAX_DEPTH, child, control, escape, unescape
from playground.forms.scalars import read_leaf
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FormState
from playground.jsontext import JSONTextError, loads
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.limits import limits_text
from playground.schema.mapping import count_of, same
from playground.text.wording import say

Reading: TypeAlias = "tuple[Value | Absent, bool]"
"""A value, and whether the visitor said anything of it (a value may be there only because it is fixed)."""
NOTHING: Reading = (ABSENT, False)
_FIXED_DEPTH = 6
_COMPARED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """Something about one input that the description does not allow; advice, never a refusal.

    `group`: it is about a whole object, list or choice, which is no single input.
    """

    name: str
    message: str
    group: bool = False


@dataclass(slots=True)
class Reader:
    """Reads values from a state; `problems` grows, `unfilled` (how many untouched fields may be looked at) shrinks."""

    shapes: Shapes
    state: FormState
    problems: list[FieldProblem] = field(default_factory=list)
    unfilled: int = 1000

    def note(self, name: str, message: str, *, group: bool = False) -> None:
        """Note a problem of an input, or of all that is below it."""
        if message:
            self.problems.append(FieldProblem(name=name, message=message, group=group))

    def read(self, schema: Schema, name: str, *, fixed: bool = False) -> Value | Absent:
        """Return the value of the inputs at and below `name`, or `ABSENT` when nothing is said.

        `fixed`: the value has to be there, so what has only one possible value counts without being said.
        """
        return self._read(schema, name, fixed, MAX_DEPTH)[0]

    def _read(self, schema: Schema, name: str, fixed: bool, depth: int) -> Reading:
        touched = self.state.touched(name)
        if not (touched or fixed):
            return NOTHING
        if depth <= 0:
            return self._kept(name)
        if not touched:
            # Nothing is filled here; only what is fixed can be found, and a hostile schema may be endless.
            self.unfilled -= 1
            depth = min(depth, _FIXED_DEPTH)
            if self.unfilled < 0:
                return NOTHING
        shape = self.shapes.of(schema)
        if shape.kind == "choice":
            value, said = self._choice(shape, name, fixed, depth)
        elif shape.is_leaf:
            value, said = self._leaf(shape, name, fixed)
        elif shape.kind == "array":
            value, said = self._array(shape, name, depth)
        else:
            value, said = self._object(shape, name, fixed, depth)
        if value is ABSENT and shape.nullable and self.state.text(control(name, "as")) == "null":
            return None, True
        if said:
            return value, said
        return self._kept(name, ABSENT if self.state.text(control(name, "as")) == "absent" else value)

    def _kept(self, name: str, otherwise: Value | Absent = ABSENT) -> Reading:
        """Return what is kept for a place in which no field says anything."""
        text = self.state.text(control(name, "kept"))
        if not text:
            return otherwise, False
        try:
            return loads(text), True
        except JSONTextError as error:
            self.note(name, str(error))
            return otherwise, False

    def _leaf(self, shape: Shape, name: str, fixed: bool) -> Reading:
        if shape.fixed and fixed:
            return shape.values[0], False
        files = self.state.files_of(name)
        if files and shape.kind == "file":
            return self._file(name, files[0]), True
        text = self.state.text(name)
        if text:
            value, problem = read_leaf(shape, text)
            self.note(name, problem)
            return value, True
        return ("", True) if shape.is_textual and self.state.text(control(name, "as")) == "empty" else NOTHING

    def _file(self, name: str, chosen: FileValue) -> FileValue:
        """Return a chosen file under the name and type the visitor gives it, if any."""
        filename = self.state.text(control(name, "filename")) or chosen.filename
        content_type = self.state.text(control(name, "type")).strip() or chosen.content_type
        return replace(chosen, filename=filename, content_type=content_type)

    def _choice(self, shape: Shape, name: str, fixed: bool, depth: int) -> Reading:
        index, explicit = chosen_alternative(shape, name, self.state, self.shapes)
        # Picking another alternative than the first is saying something: one with a single value is then sent.
        picked = explicit and index > 0
        noted = len(self.problems)
        value, said = self._read(shape.alternatives[index], name, fixed or picked, depth - 1)
        if said and len(self.problems) == noted:
            # What is wrong inside says it better.
            self.note(name, choice_problem(shape, value, self.shapes), group=True)
        return value, said or (picked and value is not ABSENT)

    def _object(self, shape: Shape, name: str, fixed: bool, depth: int) -> Reading:
        values: dict[str, Value] = {}
        said = self.state.text(control(name, "as")) == "empty"
        for key, member in shape.properties.items():
            value, spoken = self._read(member, child(name, key), key in shape.required, depth - 1)
            said = said or spoken
            if value is not ABSENT:
                values[key] = value
        for key, value in self._entries(shape, name, depth).items():
            said = True
            values.setdefault(key, value)
        if not said and not (fixed and values):
            return NOTHING
        for key in shape.required:
            if key not in values:
                self.note(child(name, key), say("%(key)s is required.", key=key))
        for key, given in missing_beside(shape, values):
            self.note(child(name, key), say("%(key)s is required where %(given)s is given.", key=key, given=given))
        self._count(shape, name, len(values), "minProperties", "maxProperties")
        return values, said

    def _entries(self, shape: Shape, name: str, depth: int) -> dict[str, Value]:
        """Return what is said beside the declared properties: rows, and plain names the schema has room for."""
        found: dict[str, Value] = {}
        declared = {escape(key) for key in shape.properties}
        for token in self.state.children(name):
            if token in declared:
                continue
            below, key = f"{name}/{token}", unescape(token)
            value, said = self._kept(below) if shape.extra is None else self._read(shape.extra, below, False, depth - 1)
            if said and value is not ABSENT:
                found[key] = value
            elif self.state.text(below):
                self.note(below, say("%(key)s is no field of this object, so it is left out.", key=key))
        if shape.extra is None:
            return found
        for token in row_tokens(self.state, name):
            key_name, value_name = f"{name}~key/{token}", f"{name}~value/{token}"
            key = self.state.text(key_name)
            value, said = self._read(shape.extra, value_name, False, depth - 1)
            if said and not key:
                self.note(key_name, say("This entry has a value but no key, so it is left out. Give it a key."))
            elif key and not said:
                self.note(value_name, say("The entry %(key)s has no value, so it is left out.", key=key))
            elif value is not ABSENT and said:
                if key in found:
                    self.note(key_name, say("The key %(key)s is used twice; the later entry is sent.", key=key))
                found[key] = value
        return found

    def _array(self, shape: Shape, name: str, depth: int) -> Reading:
        items: list[Value] = list(self.state.files_of(name))
        for text in self.state.get_all(name):
            item = self.shapes.of(shape.item(len(items)))
            if text and item.is_leaf:
                value, problem = read_leaf(item, text)
                self.note(name, problem)
                items.append(value)
        for token in item_tokens(self.state, name):
            value, said = self._read(shape.item(len(items)), f"{name}/{token}", False, depth - 1)
            if said and value is not ABSENT:
                items.append(value)
        if not items:
            return ([], True) if self.state.text(control(name, "as")) == "empty" else NOTHING
        self._count(shape, name, len(items), "minItems", "maxItems")
        if shape.schema.get("uniqueItems") is True and len(items) <= _COMPARED and _has_repeats(items):
            self.note(name, say("Two items are the same; the description allows each only once."), group=True)
        return items, True

    def _count(self, shape: Shape, name: str, count: int, least: str, most: str) -> None:
        lower, upper = count_of(shape.schema, least), count_of(shape.schema, most)
        if (lower is not None and count < lower) or (upper is not None and count > upper):
            limits = {word: shape.schema[word] for word in (least, most) if word in shape.schema}
            self.note(
                name,
                say(
                    "There are %(count)s here; the description asks for %(limits)s.",
                    count=count,
                    limits=limits_text(limits),
                ),
                group=True,
            )


def _has_repeats(items: list[Value]) -> bool:
    return any(same(item, other) for index, item in enumerate(items) for other in items[:index])


def item_tokens(state: FormState, name: str) -> tuple[str, ...]:
    """Return the tokens of an array's rows: in the order of `~item`, then the others by number."""
    listed = dict.fromkeys(token for token in state.get_all(control(name, "item")) if is_count(token))
    others = {token for token in state.children(name) if is_count(token)} - listed.keys()
    return (*listed, *sorted(others, key=int))


def row_tokens(state: FormState, name: str) -> tuple[str, ...]:
    """Return the tokens of a map's rows: in the order of `~row`, then the others by number."""
    listed = dict.fromkeys(token for token in state.get_all(control(name, "row")) if is_count(token))
    others = {
        token for word in ("key", "value") for token in state.children(control(name, word)) if is_count(token)
    } - listed.keys()
    return (*listed, *sorted(others, key=int))


def is_count(token: str) -> bool:
    """Say whether a text counts rows, alternatives or fields."""
    return token.isascii() and token.isdecimal() and len(token) <= 9


def chosen_alternative(shape: Shape, name: str, state: FormState, shapes: Shapes) -> tuple[int, bool]:
    """Return the index of a choice's alternative in force, and whether the visitor picked it."""
    picked = state.text(control(name, "choice"))
    if is_count(picked) and int(picked) < len(shape.alternatives):
        return int(picked), True
    if not state.touched(name):
        return 0, False
    fitting = (
        index for index, alternative in enumerate(shape.alternatives) if _takes(shapes.of(alternative), name, state)
    )
    return next(fitting, 0), False


def _takes(shape: Shape, name: str, state: FormState) -> bool:
    """Say whether an alternative has a place for every input that is filled below the choice."""
    tokens, text = state.children(name), state.text(name)
    rows = bool(row_tokens(state, name))
    if shape.is_leaf:
        if tokens or rows:
            return False
        if state.files_of(name):
            return shape.kind == "file"
        chosen = state.text(control(name, "as"))
        return not read_leaf(shape, text)[1] if text else chosen != "empty" or shape.kind in ("text", "enum")
    if shape.kind == "array":
        return not text and not rows and all(map(is_count, tokens))
    declared = {escape(key) for key in shape.properties}
    return not text and (shape.extra is not None or (not rows and declared.issuperset(tokens)))
