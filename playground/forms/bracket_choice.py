"""Whether an operation writes lists inside brackets, and the choice of how: OpenAPI leaves it open, APIs differ."""

from __future__ import annotations

from playground.catalog.model import Entry
from playground.forms.fields import Option
from playground.forms.inputs import BodyInput
from playground.forms.shape import Shape, Shapes
from playground.forms.state import FormState
from playground.request.media_types import family

_WAYS = {"index": "a[0]=", "empty": "a[]=", "repeat": "a="}


def bracket_options(entry: Entry, body: BodyInput | None, state: FormState, shapes: Shapes) -> tuple[Option, ...]:
    """Return the ways to write a list inside brackets; empty where no value of the operation comes to brackets."""
    if not (_in_query(entry, shapes) or _in_body(body, shapes)):
        return ()
    chosen = state.get("brackets")
    known = chosen if chosen in _WAYS else "index"
    return tuple(Option(value=way, label=label, selected=way == known) for way, label in _WAYS.items())


def _in_query(entry: Entry, shapes: Shapes) -> bool:
    for one in entry.operation.parameters_in("query"):
        if one.media_type or not one.explode:
            continue
        shape = shapes.of(one.schema)
        if not shape.is_leaf and (one.style == "deepObject" or _is_deep(shape, shapes)):
            return True
    return False


def _in_body(body: BodyInput | None, shapes: Shapes) -> bool:
    if body is None or family(body.media_type.name) not in ("form", "multipart"):
        return False
    encoding = body.media_type.encoding
    deep = {name for name, one in encoding.items() if one.style == "deepObject"}
    if family(body.media_type.name) == "multipart":
        return bool(deep)
    for name, schema in shapes.of(body.schema).properties.items():
        one = encoding.get(name)
        shape = shapes.of(schema)
        bracketed = one is None or not (one.content_type or one.style) or one.style == "deepObject"
        if bracketed and not shape.is_leaf and (name in deep or shape.kind != "array" or _is_deep(shape, shapes)):
            return True
    return False


def _is_deep(shape: Shape, shapes: Shapes) -> bool:
    """Say whether a value of this shape may hold a list or an object below its first level."""
    if shape.kind == "array":
        return not shapes.of(shape.item(0)).is_leaf
    if shape.kind == "choice":
        return any(_is_deep(shapes.of(one), shapes) for one in shape.alternatives[:8] if one is not shape.schema)
    members = list(shape.properties.values())[:50]
    if shape.extra is not None and shape.extra is not True:
        members.append(shape.extra)
    return any(not shapes.of(one).is_leaf for one in members)
