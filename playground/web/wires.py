"""The wire texts under structured fields: which of them are on the page, and what stands in each now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.catalog.model import Entry, Schema
from playground.forms.inputs import body_of, parameters_of
from playground.forms.names import child, element_id
from playground.forms.shape import Shape, shapes_of
from playground.forms.state import FormState
from playground.request.model import RequestModel
from playground.request.wire import wire_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One wire text and the id of its element."""

    id: str
    text: str


def wires_of(entry: Entry, state: FormState, model: RequestModel) -> tuple[Wire, ...]:
    """Return the wire text, possibly empty, of every structured field at the top that the form has drawn."""
    texts = wire_texts(entry, model)
    shapes = shapes_of(entry)
    drawn = [
        (name, texts.get((parameter.location, parameter.name), ""))
        for name, parameter in parameters_of(entry)
        if state.touched(name) and not shapes.of(parameter.schema).is_leaf
    ]
    body = body_of(entry, state)
    if body is not None:
        for key, schema in _properties(shapes.of(body.schema)).items():
            name = child("body", key)
            if state.touched(name) and not shapes.of(schema).is_leaf:
                drawn.append((name, texts.get(("body", key), "")))
    return tuple(Wire(id=f"{element_id(name)}-wire", text=text) for name, text in drawn)


def _properties(shape: Shape) -> Mapping[str, Schema]:
    return shape.properties if shape.kind == "object" else {}
