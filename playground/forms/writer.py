"""A value as inputs at and below one name: what `fill` does for a parameter or a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.model import Schema
from playground.forms.leaves import write_leaf
from playground.forms.names import MAX_DEPTH, child, control
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FileInput, Input
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.fit import fits
from playground.schema.kinds import type_of_value, types_of


@dataclass(slots=True)
class Writer:
    """Collects inputs; what no input can show is left out (see `unshown`)."""

    shapes: Shapes
    pairs: list[Input] = field(default_factory=list)
    files: list[FileInput] = field(default_factory=list)

    def write(self, schema: Schema, name: str, value: Value | Absent, *, depth: int = MAX_DEPTH) -> None:
        """Add the inputs that say this value."""
        if value is ABSENT or depth <= 0:
            return
        shape = self.shapes.of(schema)
        if value is None and shape.nullable:
            self.pairs.append((control(name, "as"), "null"))
        elif shape.kind == "choice":
            index = alternative_for(value, shape, self.shapes)
            self.pairs.append((control(name, "choice"), str(index)))
            chosen = self.shapes.of(shape.alternatives[index])
            if not (index > 0 and chosen.fixed):
                self.write(shape.alternatives[index], name, value, depth=depth - 1)
        elif shape.is_leaf:
            self._leaf(shape, name, value)
        elif shape.kind == "array":
            if isinstance(value, list | tuple):
                self._array(shape, name, value, depth)
        elif isinstance(value, Mapping):
            self._object(shape, name, value, depth)

    def _leaf(self, shape: Shape, name: str, value: Any) -> None:
        if isinstance(value, FileValue):
            if shape.kind == "file":
                self.files.append((name, value))
        elif isinstance(value, str) and not value and shape.is_textual:
            self.pairs.append((control(name, "as"), "empty"))
        else:
            text = write_leaf(shape, value)
            if text:
                self.pairs.append((name, text))

    def _array(self, shape: Shape, name: str, value: list[Any] | tuple[Any, ...], depth: int) -> None:
        for index, item in enumerate(value):
            self.pairs.append((control(name, "item"), str(index)))
            self.write(shape.item(index), child(name, str(index)), item, depth=depth - 1)
        if not value:
            self.pairs.append((control(name, "as"), "empty"))

    def _object(self, shape: Shape, name: str, value: Mapping[str, Any], depth: int) -> None:
        before = len(self.pairs) + len(self.files)
        for key, member in shape.properties.items():
            if key in value and not (key in shape.required and self.shapes.of(member).fixed):
                self.write(member, child(name, key), value[key], depth=depth - 1)
        if shape.extra is not None:
            beside = [key for key in value if key not in shape.properties and key]
            for row, key in enumerate(beside):
                self.pairs += [(control(name, "row"), str(row)), (f"{name}~key/{row}", key)]
                self.write(shape.extra, f"{name}~value/{row}", value[key], depth=depth - 1)
        if len(self.pairs) + len(self.files) == before:
            self.pairs.append((control(name, "as"), "empty"))


def alternative_for(value: Value, shape: Shape, shapes: Shapes) -> int:
    """Return the index of the alternative a value was most likely written for: one that shows all of it comes first."""
    for closed in (True, False):
        for index, one in enumerate(shape.alternatives):
            if fits(value, one, shapes.definitions, closed=closed):
                return index
    kind = type_of_value(value)
    for index, one in enumerate(shape.alternatives):
        if kind in types_of(shapes.of(one).schema):
            return index
    return 0
