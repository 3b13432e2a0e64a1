"""A value as inputs at and below one name: what `fill` does for a parameter or a body.

What no field can show is kept as JSON text in the control `<name>~kept` of the place it has, and is read from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.model import Schema
from playground.forms.names import MAX_DEPTH, child, control, is_typable
from playground.forms.reader import Reader
from playground.forms.scalars import read_leaf, write_leaf
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FileInput, FormState, Input
from playground.jsontext import dumps
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import is_json
from playground.schema.types import types_of
from playground.schema.validate import fits

_UNTYPABLE = re.compile(r"[\r\0\ud800-\udfff]")
"""A browser turns a carriage return into a line break, and pages carry neither NUL nor half a surrogate pair."""


@dataclass(slots=True)
class Writer:
    """Collects inputs; a file where no file is expected is the only thing left out."""

    shapes: Shapes
    pairs: list[Input] = field(default_factory=list)
    files: list[FileInput] = field(default_factory=list)

    def write(
        self, schema: Schema, name: str, value: Value | Absent, *, fixed: bool = False, depth: int = MAX_DEPTH
    ) -> None:
        """Add the inputs that stand for a value. `fixed`: one with a single possible value needs none."""
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

    def _keep(self, name: str, value: Any) -> None:
        if is_json(value):
            text = dumps(value)
            self.pairs.append((control(name, "kept"), text if not _UNTYPABLE.search(text) else _ascii(text)))

    def _leaf(self, shape: Shape, name: str, value: Any) -> None:
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

    def _array(self, shape: Shape, name: str, value: list[Any] | tuple[Any, ...], depth: int) -> None:
        for index, item in enumerate(value):
            self.pairs.append((control(name, "item"), str(index)))
            self.write(shape.item(index), child(name, str(index)), item, depth=depth - 1)
        if not value:
            self.pairs.append((control(name, "as"), "empty"))

    def _object(self, shape: Shape, name: str, value: Mapping[str, Any], depth: int) -> None:
        before = len(self.pairs) + len(self.files)
        if not value:
            self.pairs.append((control(name, "as"), "empty"))
        for key, member in shape.properties.items():
            if key in value:
                self.write(member, child(name, key), value[key], fixed=key in shape.required, depth=depth - 1)
            elif key in shape.required and self._stands_unsaid(member):
                self.pairs.append((control(child(name, key), "as"), "absent"))
        rows = 0
        for key, member in value.items():
            if key in shape.properties:
                continue
            if shape.extra is None:
                self._keep(child(name, key), member)
            elif not key or not is_typable(key):
                # No input for a key could hold it; the name of the value's own input can.
                self.write(shape.extra, child(name, key), member, depth=depth - 1)
            else:
                self.pairs += [(control(name, "row"), str(rows)), (f"{name}~key/{rows}", key)]
                self.write(shape.extra, f"{name}~value/{rows}", member, depth=depth - 1)
                rows += 1
        if len(self.pairs) + len(self.files) == before:
            self.pairs.append((control(name, "as"), "empty"))

    def _stands_unsaid(self, schema: Schema) -> bool:
        """Say whether a required value is there without being said, since all that it needs is fixed."""
        return Reader(self.shapes, FormState()).read(schema, "", fixed=True) is not ABSENT


def _ascii(text: str) -> str:
    """Escape what a page cannot carry; only strings of JSON hold such characters."""
    return _UNTYPABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _spelt_alike(one: Any, other: Any) -> bool:
    """Say whether two values are the same bytes as JSON (`1`, `1.0`, `true` and `"1"` are four values)."""
    return is_json(one) and is_json(other) and dumps(one) == dumps(other)


def alternative_for(value: Value, shape: Shape, shapes: Shapes) -> int:
    """Return the index of the alternative a value was most likely written for: one that shows all of it comes first."""
    for closed in (True, False):
        for index, alternative in enumerate(shape.alternatives):
            if fits(value, alternative, shapes.definitions, closed=closed):
                return index
    kind = type_of_value(value)
    alike = [
        index for index, alternative in enumerate(shape.alternatives) if kind in types_of(shapes.of(alternative).schema)
    ]
    if isinstance(value, Mapping):
        return max(alike, key=lambda index: _likeness(value, shapes.of(shape.alternatives[index]), shapes), default=0)
    return alike[0] if alike else 0


def _likeness(value: Mapping[str, Any], shape: Shape, shapes: Shapes) -> tuple[bool, int]:
    """Say how much an object looks like one of a shape: no constant contradicts it, and how many names it declares."""
    fixed = [key for key in shape.required & value.keys() if shapes.of(shape.properties[key]).fixed]
    agrees = all(_spelt_alike(value[key], shapes.of(shape.properties[key]).values[0]) for key in fixed)
    return agrees, len(shape.properties.keys() & value.keys())
