"""`fill`: a request model as the inputs of its form, and a body as the text of the raw editor.

What no field can show is kept as JSON text in the control `<name>~kept` of its place, and is read from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playground.catalog.model import Entry, Schema
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, child, control, escape, is_typable, parameter_name
from playground.forms.parse import NO_SECURITY, Reader, Submission, value_of_raw
from playground.forms.shape import Shape, Shapes, read_leaf, shapes_of, write_leaf
from playground.forms.state import FileInput, FormState, Input, is_below
from playground.jsontext import dumps
from playground.mediatypes import is_bytes, kind_of
from playground.request.bodies.text import sequence_text
from playground.request.model import ABSENT, Absent, FileValue, RequestModel, Value
from playground.request.text import is_list
from playground.request.undescribed import undescribed
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import is_json_value
from playground.schema.types import types_of
from playground.schema.validate import fits
from playground.secrets.mask import mask_model

_UNTYPABLE = re.compile(r"[\r\0\ud800-\udfff]")
"""A browser turns a carriage return into a line break, and pages carry neither NUL nor half a surrogate pair."""


def fill(entry: Entry, model: RequestModel) -> FormState:
    """Return the inputs of a form that is filled in with a model, in the order the form shows them.

    What no field can show is kept (`kept_names`); only a file where none is expected is left out.
    """
    writer = Writer(shapes_of(entry))
    if model.server is not None:
        writer.pairs.append(("server", model.server))
    writer.pairs += [(f"server.{escape(name)}", text) for name, text in model.server_variables.items() if text]
    if model.security is not None:
        names = ",".join(scheme.replace("~", "~0").replace(",", "~2") for scheme in model.security)
        writer.pairs.append(("security", names if model.security else NO_SECURITY))
    for name, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        writer.write(parameter.schema, name, model.parameter(parameter.location, parameter.name), fixed=required)
    for added in undescribed(entry, model):
        value = model.parameter(added.location, added.name)
        for item in value if is_list(value) else (value,):
            text = item if isinstance(item, str) else dumps(item) if is_json_value(item) else ""
            writer.pairs.append((parameter_name(added.location, added.name), text))
    if model.media_type is not None:
        writer.pairs.append(("media_type", model.media_type))
    if model.brackets != "index":
        writer.pairs.append(("brackets", model.brackets))
    if model.form_objects != "json":
        writer.pairs.append(("objects", model.form_objects))
    body = body_of(entry, chosen=model.media_type)
    if body is not None:
        if model.raw is not None:
            writer.pairs += [("body~mode", "raw"), ("body~raw", model.raw)]
        value = model.body
        if value is ABSENT and model.raw is not None:
            value, _ = value_of_raw(body, model.raw)
        writer.write(body.schema, BODY, value, fixed=body.required)
    return FormState.of(writer.pairs, writer.files)


@dataclass(slots=True)
class Writer:
    """Collects inputs; a file where no file is expected is the only thing left out."""

    shapes: Shapes
    pairs: list[Input] = field(default_factory=list)
    files: list[FileInput] = field(default_factory=list)

    def write(
        self, schema: Schema, name: str, value: Value | Absent, *, fixed: bool = False, depth: int = MAX_DEPTH
    ) -> None:
        """Add the inputs of a value. `fixed`: one with a single possible value needs none."""
        if value is ABSENT:
            return
        if depth <= 0:
            self._keep(name, value)
            return
        shape = self.shapes.of(schema)
        if fixed and shape.fixed:
            if not _spelt_alike(value, shape.values[0]):
                self._keep(name, value)
            return
        if value is None and shape.nullable:
            self.pairs.append((control(name, "as"), "null"))
        elif shape.kind == "choice":
            index = alternative_for(value, shape, self.shapes)
            self.pairs.append((control(name, "choice"), str(index)))
            chosen = self.shapes.of(shape.alternatives[index])
            if not (index > 0 and chosen.fixed and _spelt_alike(value, chosen.values[0])):
                self.write(shape.alternatives[index], name, value, depth=depth - 1)
        elif shape.is_leaf:
            self._leaf(shape, name, value)
        elif shape.kind == "array" and isinstance(value, list | tuple):
            self._array(shape, name, value, depth)
        elif shape.kind != "array" and isinstance(value, Mapping):
            self._object(shape, name, value, depth)
        else:
            self._keep(name, value)

    def _keep(self, name: str, value: Value) -> None:
        if is_json_value(value):
            text = dumps(value)
            self.pairs.append((control(name, "kept"), text if not _UNTYPABLE.search(text) else _ascii(text)))

    def _leaf(self, shape: Shape, name: str, value: Value) -> None:
        if isinstance(value, FileValue):
            if shape.kind == "file":
                self.files.append((name, value))
        elif isinstance(value, str) and not value and shape.is_textual:
            self.pairs.append((control(name, "as"), "empty"))
        else:
            text = write_leaf(shape, value)
            if text and not _UNTYPABLE.search(text) and _spelt_alike(value, read_leaf(shape, text)[0]):
                self.pairs.append((name, text))
            else:
                self._keep(name, value)

    def _array(self, shape: Shape, name: str, value: Sequence[Value], depth: int) -> None:
        for index, item in enumerate(value):
            self.pairs.append((control(name, "item"), str(index)))
            self.write(shape.item(index), child(name, str(index)), item, depth=depth - 1)
        if not value:
            self.pairs.append((control(name, "as"), "empty"))

    def _object(self, shape: Shape, name: str, value: Mapping[str, Value], depth: int) -> None:
        before = len(self.pairs) + len(self.files)
        if not value:
            self.pairs.append((control(name, "as"), "empty"))
        for key, schema in shape.properties.items():
            if key in value:
                self.write(schema, child(name, key), value[key], fixed=key in shape.required, depth=depth - 1)
            elif key in shape.required and self._is_there_unfilled(schema):
                self.pairs.append((control(child(name, key), "as"), "absent"))
        rows = 0
        for key, member in value.items():
            if key in shape.properties:
                continue
            if shape.extra is None:
                self._keep(child(name, key), member)
            elif not key or not is_typable(key):
                # No input for a key could hold it; the name of the value's own input can.
                self.write(shape.entry(key), child(name, key), member, depth=depth - 1)
            else:
                self.pairs += [(control(name, "row"), str(rows)), (f"{name}~key/{rows}", key)]
                self.write(shape.entry(key), f"{name}~value/{rows}", member, depth=depth - 1)
                rows += 1
        if len(self.pairs) + len(self.files) == before:
            self.pairs.append((control(name, "as"), "empty"))

    def _is_there_unfilled(self, schema: Schema) -> bool:
        """Say whether a required value is there without being filled in, since all that it needs is fixed."""
        return Reader(self.shapes, FormState()).read(schema, "", fixed=True) is not ABSENT


def _ascii(text: str) -> str:
    """Escape what a page cannot carry; only strings of JSON hold such characters."""
    return _UNTYPABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _spelt_alike(first: Value, second: Value) -> bool:
    """Say whether two values are the same bytes as JSON (`1`, `1.0`, `true` and `"1"` are four values)."""
    return is_json_value(first) and is_json_value(second) and dumps(first) == dumps(second)


def alternative_for(value: Value, shape: Shape, shapes: Shapes) -> int:
    """Return the index of the alternative a value was most likely written for: one that shows all of it comes first."""
    for closed in (True, False):
        for index, alternative in enumerate(shape.alternatives):
            if fits(value, alternative, shapes.definitions, closed=closed, writing=True):
                return index
    kind = type_of_value(value)
    alike = [
        index for index, alternative in enumerate(shape.alternatives) if kind in types_of(shapes.of(alternative).schema)
    ]
    if isinstance(value, Mapping):
        return max(alike, key=lambda index: _likeness(value, shapes.of(shape.alternatives[index]), shapes), default=0)
    return alike[0] if alike else 0


def _likeness(value: Mapping[str, Value], shape: Shape, shapes: Shapes) -> tuple[bool, int]:
    """Say how much an object looks like one of a shape: no constant contradicts it, and how many names it declares."""
    fixed = [key for key in shape.required & value.keys() if shapes.of(shape.properties[key]).fixed]
    agrees = all(_spelt_alike(value[key], shapes.of(shape.properties[key]).values[0]) for key in fixed)
    return agrees, len(shape.properties.keys() & value.keys())


def kept_names(state: FormState, name: str = BODY) -> tuple[str, ...]:
    """Return the input names, at and below a name, of values that no field can show and that are kept as JSON."""
    names = (input_name for input_name in state.names() if input_name.endswith("~kept") and is_below(input_name, name))
    return tuple(input_name.removesuffix("~kept") for input_name in names)


def body_text(entry: Entry, state: FormState) -> str:
    """Return the raw editor's text for the form's body: indented JSON, or the text itself for text media types.

    In raw mode it is the editor's own text. Files have no text and are left out; nothing filled gives an empty text.
    """
    if state.get("body~mode") == "raw":
        return state.text("body~raw")
    body = body_of(entry, state)
    if body is None:
        return ""
    return text_of_body(body, Reader(shapes_of(entry), state).read(body.schema, BODY, fixed=body.required))


def shown_body_text(entry: Entry, state: FormState, submission: Submission | None = None) -> str:
    """Return `body_text` as a page holds it beside the form: a password is a placeholder.

    The raw editor gets the text as it is sent, by `to_raw`. A `submission` that was read from the state already saves
    reading the body again.
    """
    body = body_of(entry, state)
    if body is None or state.get("body~mode") == "raw":
        return body_text(entry, state)
    if submission is not None:
        return text_of_body(body, submission.marked.model.body)
    value = Reader(shapes_of(entry), state).read(body.schema, BODY, fixed=body.required)
    return text_of_body(body, mask_model(entry, RequestModel(body=value)).body)


def text_of_body(body: BodyInput, value: Value | Absent) -> str:
    """Return a body value as the text of the raw editor."""
    if value is ABSENT or isinstance(value, FileValue):
        return ""
    if isinstance(value, str) and (body.is_plain_text or is_bytes(body.media_type.name)):
        return value
    try:
        if body.is_sequence and isinstance(value, list):
            return sequence_text(kind_of(body.media_type.name), [without_files(item) for item in value])
        return dumps(without_files(value), indent=2)
    except (TypeError, ValueError, RecursionError):
        return ""


def without_files(value: Value) -> Value:
    """Return the value without its files, which have no JSON text."""
    if isinstance(value, Mapping):
        return {name: without_files(member) for name, member in value.items() if not isinstance(member, FileValue)}
    if isinstance(value, list | tuple):
        return [without_files(member) for member in value if not isinstance(member, FileValue)]
    return value
