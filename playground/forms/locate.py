"""Which schema stands behind an input name, however deep: `body/line_items/0/price` as a spot to build or to change."""

from __future__ import annotations

from collections.abc import Mapping

from playground.catalog.model import Entry, Parameter
from playground.forms.appearance import examples_of, named_examples
from playground.forms.build import Builder, Spot, property_spot, row_spot
from playground.forms.fields import FieldNotFound, Row
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, MAX_DEPTH, control, split_control, unescape
from playground.forms.reader import chosen_alternative, is_count, item_tokens, row_tokens
from playground.forms.shape import Shape
from playground.secrets.detect import is_secret
from playground.text.wording import say


def find_spot(builder: Builder, entry: Entry, name: str) -> Spot:
    """Return the spot of an input name, a row's as well. Raises `FieldNotFound`."""
    if len(name) > 4000 or name.count("/") > MAX_DEPTH:
        raise FieldNotFound(name)
    root, *segments = name.split("/")
    token, word = split_control(root)
    spot = _root_spot(builder, entry, token)
    for segment in segments:
        if spot is None:
            break
        token, following = split_control(segment)
        spot = _below(builder, spot, word, token)
        word = following
    if word or spot is None:
        raise FieldNotFound(name)
    return spot


def parameter_spots(builder: Builder, entry: Entry, location: str) -> list[Spot]:
    """Return the spots of the parameters of one location."""
    return [
        _parameter_spot(builder, entry, name, one) for name, one in parameters_of(entry) if one.location == location
    ]


def _root_spot(builder: Builder, entry: Entry, root: str) -> Spot | None:
    if root == BODY:
        body = body_of(entry, builder.state)
        return None if body is None else body_spot(body)
    return next(
        (_parameter_spot(builder, entry, name, one) for name, one in parameters_of(entry) if name == root), None
    )


def _parameter_spot(builder: Builder, entry: Entry, name: str, parameter: Parameter) -> Spot:
    schema = parameter.schema
    if is_secret(entry, parameter):
        # Drawn as a password: masked, and out of drafts and links as every password is.
        schema = {**(schema if isinstance(schema, Mapping) else {}), "format": "password"}
    return Spot(
        name=name,
        schema=schema,
        label=parameter.name,
        required=parameter.required or parameter.location == "path",
        always=parameter.required or parameter.location == "path",
        description=parameter.description,
        deprecated=parameter.deprecated,
        examples=named_examples(examples_of(parameter, builder.shapes.of(schema))),
        alone=True,
        # An empty path segment leads to another path; it is never worth offering.
        can_be_empty=parameter.location != "path",
    )


def body_spot(body: BodyInput) -> Spot:
    """Return the spot of the body."""
    return Spot(name=BODY, schema=body.schema, label=BODY, required=body.required, long=body.is_plain_text)


def inside(builder: Builder, spot: Spot) -> tuple[Spot, Shape]:
    """Return the spot itself, or the alternative in force when it is a choice."""
    shape = builder.shape(spot)
    if shape.kind != "choice":
        return spot, shape
    index, _ = chosen_alternative(shape, spot.name, builder.state, builder.shapes)
    inner = Spot(name=spot.name, schema=shape.alternatives[index], label=spot.label)
    return inner, builder.shape(inner)


def _below(builder: Builder, spot: Spot, word: str, token: str) -> Spot | None:
    """Return the spot one segment further down; `word` is the control the segment before ended with."""
    inner, shape = inside(builder, spot)
    key, state = unescape(token), builder.state
    if word == "value":
        if shape.extra is None or not is_count(token):
            return None
        tokens = row_tokens(state, inner.name)
        position = tokens.index(token) if token in tokens else len(tokens)
        return row_spot(inner.name, token, shape.extra, state, position, builder.key_label(shape))
    if word:
        return None
    if shape.kind == "array" and is_count(token):
        tokens = item_tokens(state, inner.name)
        position = tokens.index(token) if token in tokens else len(tokens)
        row = Row(parent=inner.name, token=token, order_name=control(inner.name, "item"))
        return Spot(
            name=f"{inner.name}/{token}",
            schema=shape.item(position),
            label=say("Item %(number)s", number=position + 1),
            row=row,
        )
    if key in shape.properties:
        return property_spot(inner.name, key, shape)
    if shape.kind not in ("object", "map"):
        return None
    if shape.extra is None:
        kept = state.text(control(f"{inner.name}/{token}", "kept"))
        return Spot(name=f"{inner.name}/{token}", schema=True, label=key, kept_only=True) if kept else None
    row = Row(parent=inner.name, token=token.replace(" ", "~220;"), order_name="")
    return Spot(name=f"{inner.name}/{token}", schema=shape.extra, label=key, row=row)
