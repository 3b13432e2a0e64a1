"""`parse`: submitted inputs as a request model, with what the description does not allow in them.

`parse(entry, fill(entry, model)).model == model`, whether its values fit the description or not (files apart).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from playground.catalog.model import Definitions, Entry, Location, Schema
from playground.forms.inputs import BodyInput, added_to, body_of, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, child, control, escape, unescape
from playground.forms.shape import Shape, Shapes, read_leaf, shapes_of
from playground.forms.state import FormState, is_count, item_tokens, row_tokens
from playground.forms.variables import secret_names, with_variables
from playground.jsontext import JSONTextError, loads
from playground.mediatypes import is_bytes, kind_of
from playground.request.bodies.text import read_sequence
from playground.request.built import BuiltRequest
from playground.request.model import ABSENT, Absent, Brackets, FileValue, RequestModel, Value
from playground.schema.keywords.logic import fits_several
from playground.schema.keywords.objects import undescribed_text
from playground.schema.mapping import schema_list
from playground.schema.types import label_of
from playground.schema.validate import fits, form_violations, own_violations
from playground.text.wording import joined, say

NO_SECURITY = "~none"
"""The text of input `security` for "send no credentials"; the empty text leaves the choice to the default."""
Reading: TypeAlias = "tuple[Value | Absent, bool]"
"""A value, and whether the visitor gave any of it (a value may be there only because it is fixed)."""
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


@dataclass(frozen=True, kw_only=True)
class Submission(BuiltRequest):
    """What was submitted: the inputs, their model and messages, and what the description does not allow in them."""

    state: FormState
    problems: tuple[FieldProblem, ...] = ()


def parse(entry: Entry, state: FormState) -> Submission:
    """Read a form's inputs. Never raises and never refuses: problems are advice beside the model."""
    typed = state
    state, problems = with_variables(state)
    reader = Reader(shapes_of(entry), state)
    for name, sentence in problems:
        reader.note(name, sentence)
    parameters: dict[Location, dict[str, Value]] = {}
    for name, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        value = reader.read(parameter.schema, name, fixed=required)
        if value is not ABSENT:
            parameters.setdefault(parameter.location, {})[parameter.name] = value
        elif required:
            reader.note(name, say("%(name)s is required.", name=parameter.name))
    for name, location, added in added_to(entry, state):
        texts = [text for text in state.get_all(name) if text]
        parameters.setdefault(location, {})[added] = texts[0] if len(texts) == 1 else texts
    body, raw = _read_body(entry, state, reader)
    model = RequestModel(
        server=state.get("server") or None,
        server_variables={
            unescape(name.removeprefix("server.")): state.text(name)
            for name in state.names()
            if name.startswith("server.") and "/" not in name and state.get(name)
        },
        parameters=parameters,
        media_type=_read_media_type(entry, state),
        body=body,
        raw=raw,
        security=_read_security(state.get("security")),
        brackets=_read_brackets(state.get("brackets")),
        form_objects="brackets" if state.get("objects") == "brackets" else "json",
    )
    return Submission(
        entry=entry, state=typed, model=model, problems=tuple(reader.problems), secret_variables=secret_names(typed)
    )


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
        """Return the value of the inputs at and below `name`, or `ABSENT` when none is given.

        `fixed`: the value has to be there, so what has only one possible value counts without being given.
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
            value, filled = self._choice(shape, name, fixed, depth)
        elif shape.is_leaf:
            value, filled = self._leaf(shape, name, fixed)
        elif shape.kind == "array":
            value, filled = self._array(shape, name, depth)
        else:
            value, filled = self._object(shape, name, fixed, depth)
        if value is ABSENT and shape.nullable and self.state.text(control(name, "as")) == "null":
            return None, True
        if filled:
            return value, filled
        return self._kept(name, schema, ABSENT if self.state.text(control(name, "as")) == "absent" else value)

    def _kept(self, name: str, schema: Schema, otherwise: Value | Absent = ABSENT) -> Reading:
        """Return the value that is kept as JSON for a place whose fields hold nothing."""
        text = self.state.text(control(name, "kept"))
        if not text:
            return otherwise, False
        try:
            value = loads(text)
        except JSONTextError as error:
            self.note(name, str(error))
            return otherwise, False
        violation = next(form_violations(value, schema, self.shapes.definitions), None)
        self.note(name, violation.message if violation is not None else "")
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
        # Picking another alternative than the first is a statement: one with a single value is then sent.
        picked = explicit and index > 0
        noted = len(self.problems)
        value, filled = self._read(shape.alternatives[index], name, fixed or picked, depth - 1)
        if filled and value is not ABSENT and len(self.problems) == noted:
            # What is wrong inside says it better.
            self.note(name, choice_problem(shape, value, self.shapes), group=True)
            self._check(shape, name, value)
        return value, filled or (picked and value is not ABSENT)

    def _object(self, shape: Shape, name: str, fixed: bool, depth: int) -> Reading:
        values: dict[str, Value] = {}
        filled = self.state.text(control(name, "as")) == "empty"
        for key, member in shape.properties.items():
            value, member_filled = self._read(member, child(name, key), key in shape.required, depth - 1)
            filled = filled or member_filled
            if value is not ABSENT:
                values[key] = value
        for key, value in self._entries(shape, name, depth).items():
            filled = True
            values.setdefault(key, value)
        if not filled and not (fixed and values):
            return NOTHING
        self._check(shape, name, values)
        return values, filled

    def _entries(self, shape: Shape, name: str, depth: int) -> dict[str, Value]:
        """Return what is given beside the declared properties: rows, and plain names the schema has room for."""
        entries: dict[str, Value] = {}
        declared = {escape(key) for key in shape.properties}
        for token in self.state.children(name):
            if token in declared:
                continue
            below, key = f"{name}/{token}", unescape(token)
            if shape.extra is None:
                value, filled = self._kept(below, True)
                self.note(below, undescribed_text(key) if filled else "")
            else:
                value, filled = self._read(shape.entry(key), below, False, depth - 1)
            if filled and value is not ABSENT:
                entries[key] = value
            elif self.state.text(below):
                self.note(below, say("%(key)s is no field of this object, so it is left out.", key=key))
        if shape.extra is None:
            return entries
        for token in row_tokens(self.state, name):
            key_name, value_name = f"{name}~key/{token}", f"{name}~value/{token}"
            key = self.state.text(key_name)
            value, filled = self._read(shape.entry(key), value_name, False, depth - 1)
            if filled and not key:
                self.note(key_name, say("This entry has a value but no key, so it is left out. Give it a key."))
            elif key and not filled:
                self.note(value_name, say("The entry %(key)s has no value, so it is left out.", key=key))
            elif value is not ABSENT and filled:
                if key in entries:
                    self.note(key_name, say("The key %(key)s is used twice; the later entry is sent.", key=key))
                elif not shape.allows_entry(key):
                    self.note(key_name, undescribed_text(key))
                entries[key] = value
        return entries

    def _array(self, shape: Shape, name: str, depth: int) -> Reading:
        items: list[Value] = list(self.state.files_of(name))
        for text in self.state.get_all(name):
            item = self.shapes.of(shape.item(len(items)))
            if text and item.is_leaf:
                member, problem = check_leaf(item, text, self.shapes.definitions)
                self.note(name, problem)
                items.append(member)
        for token in item_tokens(self.state, name):
            value, filled = self._read(shape.item(len(items)), f"{name}/{token}", False, depth - 1)
            if filled and value is not ABSENT:
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
        """Return the input that a violation is about, and whether it is a group around what is meant."""
        if not at:
            return name, True
        key, *below = at
        if shape.kind not in ("object", "map") or key not in shape.properties:
            return name, True
        place = child(name, str(key))
        return self._place(self.shapes.of(shape.properties[str(key)]), place, tuple(below)) if below else (place, False)


def check_leaf(shape: Shape, text: str, definitions: Definitions) -> tuple[Value, str]:
    """Return the value of a filled input, and the first thing its schema does not allow in it, or an empty text."""
    value, problem = read_leaf(shape, text)
    if problem or shape.kind in ("enum", "file"):
        return value, problem
    return value, next((violation.message for violation in own_violations(value, shape.schema, definitions)), "")


def choice_problem(shape: Shape, value: Value, shapes: Shapes) -> str:
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


def chosen_alternative(shape: Shape, name: str, state: FormState, shapes: Shapes) -> tuple[int, bool]:
    """Return the index of a choice's alternative in force, and whether the visitor picked it."""
    picked = state.text(control(name, "choice"))
    if is_count(picked) and int(picked) < len(shape.alternatives):
        return int(picked), True
    if not state.touched(name):
        return 0, False
    fitting = (
        index
        for index, alternative in enumerate(shape.alternatives)
        if _takes(shapes.of(alternative), name, state, shapes)
    )
    return next(fitting, 0), False


def _takes(shape: Shape, name: str, state: FormState, shapes: Shapes) -> bool:
    """Say whether an alternative has a place for every input that is filled below the choice."""
    tokens, text = state.children(name), state.text(name)
    rows = bool(row_tokens(state, name))
    if shape.is_leaf:
        if tokens or rows:
            return False
        if state.files_of(name):
            return shape.kind == "file"
        chosen = state.text(control(name, "as"))
        if text:
            return not check_leaf(shape, text, shapes.definitions)[1]
        return chosen != "empty" or shape.kind in ("text", "enum")
    if shape.kind == "array":
        return not text and not rows and all(map(is_count, tokens))
    declared = {escape(key) for key in shape.properties}
    return not text and (shape.extra is not None or (not rows and declared.issuperset(tokens)))


def _read_body(entry: Entry, state: FormState, reader: Reader) -> tuple[Value | Absent, str | None]:
    body = body_of(entry, state)
    if body is None:
        return ABSENT, None
    value: Value | Absent
    if state.get("body~mode") == "raw":
        text = state.text("body~raw")
        value, problem = value_of_raw(body, text) if text.strip() else (ABSENT, "")
        reader.note("body~raw", problem)
        raw = text if text.strip() else None
    else:
        value, raw = reader.read(body.schema, BODY, fixed=body.required), None
    if value is ABSENT and raw is None and body.required:
        reader.note(BODY, say("A body is required."))
    return value, raw


def value_of_raw(body: BodyInput, text: str) -> tuple[Value | Absent, str]:
    """Return the value of the raw editor's text, and what is wrong with it, or an empty text."""
    if body.is_plain_text or is_bytes(body.media_type.name):
        return text, ""
    try:
        return (read_sequence(kind_of(body.media_type.name), text) if body.is_sequence else loads(text)), ""
    except JSONTextError as error:
        # Elsewhere (XML, YAML, any range) the text goes as it is typed, so there is nothing wrong with it.
        needs_json = kind_of(body.media_type.name) in ("json", "form", "multipart")
        return ABSENT, str(error) if needs_json else ""


def _read_media_type(entry: Entry, state: FormState) -> str | None:
    chosen = state.get("media_type")
    body = entry.operation.request_body
    return chosen if body is not None and any(media_type.name == chosen for media_type in body.media_types) else None


def _read_security(text: str | None) -> tuple[str, ...] | None:
    if not text:
        return None
    if text == NO_SECURITY:
        return ()
    return tuple(name.replace("~2", ",").replace("~0", "~") for name in text.split(",") if name)


def _read_brackets(text: str | None) -> Brackets:
    return "empty" if text == "empty" else "repeat" if text == "repeat" else "index"
