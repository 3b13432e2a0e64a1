"""Inputs below one name as a value: what `parse` does for a parameter or a body."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from playground.catalog.model import Schema
from playground.forms.names import MAX_DEPTH, child, control, escape, unescape
from playground.forms.scalars import check_leaf, read_leaf
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FormState
from playground.jsontext import JSONTextError, loads
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.keywords.logic import fits_several
from playground.schema.mapping import schema_list
from playground.schema.types import label_of
from playground.schema.validate import fits, form_violations, own_violations
from playground.text.wording import joined, say

Reading: TypeAlias = "tuple[Value | Absent, bool]"
"""A value, and whether the visitor said anything of it (a value may be there only because it is fixed)."""
NOTHING: Reading = (ABSENT, False)
_FIXED_DEPTH = 6
_MOST_TRIED = 20


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
            return self._kept(name, schema)
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
        return self._kept(name, schema, ABSENT if self.state.text(control(name, "as")) == "absent" else value)

    def _kept(self, name: str, schema: Schema, otherwise: Value | Absent = ABSENT) -> Reading:
        """Return the value kept as JSON for a place whose fields hold nothing."""
        text = self.state.text(control(name, "kept"))
        if not text:
            return otherwise, False
        try:
            value = loads(text)
        except JSONTextError as error:
            self.note(name, str(error))
            return otherwise, False
        problem = next(form_violations(value, schema, self.shapes.definitions), None)
        self.note(name, problem.message if problem is not None else "")
        return value, True

    def _leaf(self, shape: Shape, name: str, fixed: bool) -> Reading:
        if shape.fixed and fixed:
            return shape.values[0], False
        files = self.state.files_of(name)
        if files and shape.kind == "file":
            return self._file(name, files[0]), True
        text = self.state.text(name)
        if text:
            value, problem = check_leaf(shape, text, self.shapes.definitions)
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
            if value is not ABSENT:
                self._check(shape, name, value)
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
        self._check(shape, name, values)
        return values, said

    def _entries(self, shape: Shape, name: str, depth: int) -> dict[str, Value]:
        """Return what is said beside the declared properties: rows, and plain names the schema has room for."""
        found: dict[str, Value] = {}
        declared = {escape(key) for key in shape.properties}
        for token in self.state.children(name):
            if token in declared:
                continue
            below, key = f"{name}/{token}", unescape(token)
            value, said = (
                self._kept(below, True) if shape.extra is None else self._read(shape.extra, below, False, depth - 1)
            )
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
                member, problem = check_leaf(item, text, self.shapes.definitions)
                self.note(name, problem)
                items.append(member)
        for token in item_tokens(self.state, name):
            value, said = self._read(shape.item(len(items)), f"{name}/{token}", False, depth - 1)
            if said and value is not ABSENT:
                items.append(value)
        if not items and self.state.text(control(name, "as")) != "empty":
            return NOTHING
        self._check(shape, name, items)
        return items, True

    def _check(self, shape: Shape, name: str, value: Value) -> None:
        """Note what the description does not allow in a whole object or list, beside what its members are noted for."""
        for violation in own_violations(value, shape.schema, self.shapes.definitions):
            place, group = self._place(shape, name, violation.at)
            self.note(place, violation.message, group=group)

    def _place(self, shape: Shape, name: str, at: tuple[str | int, ...]) -> tuple[str, bool]:
        """Return the input that a violation is about, or the one around it that is a group of several."""
        if not at:
            return name, True
        key, *below = at
        if shape.kind not in ("object", "map") or key not in shape.properties:
            return name, True
        place = child(name, str(key))
        return self._place(self.shapes.of(shape.properties[str(key)]), place, tuple(below)) if below else (place, False)


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


def choice_problem(shape: Shape, value: Value | Absent, shapes: Shapes) -> str:
    """Say that a value fits none of a choice's alternatives, or several of a `oneOf`, which asks for exactly one."""
    if len(shape.alternatives) > _MOST_TRIED:
        return ""
    definitions = shapes.definitions
    if not any(fits(value, alternative, definitions, writing=True) for alternative in shape.alternatives):
        return say("This fits none of the kinds the description offers.")
    if not schema_list(shape.schema, "oneOf"):
        return ""
    # Objects that say nothing of other names take those of each other; that is hardly ever what is meant.
    fitting = [
        alternative
        for alternative in shape.alternatives
        if fits(value, alternative, definitions, closed=True, writing=True)
    ]
    if len(fitting) < 2:
        return ""
    names = list(dict.fromkeys(label_of(alternative, definitions) for alternative in fitting))
    if len(names) < 2:
        return fits_several(len(fitting))
    return say(
        "This fits %(count)s of the kinds the description offers (%(kinds)s), and it asks for exactly one.",
        count=len(fitting),
        kinds=joined(", ", names[:4]),
    )
