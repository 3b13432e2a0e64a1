"""A whole form filled with an example: what is required, or everything, in the places that are still empty.

A value is the description's own example, else one made up by format, name and limits. Files and credentials are left
to the visitor.
"""

from __future__ import annotations

from collections.abc import Mapping

from playground.catalog.model import Entry, Example, Parameter, Schema
from playground.forms.appearance import examples_of
from playground.forms.buttons import read_body_example, read_parameter_example
from playground.forms.fill import Writer
from playground.forms.inputs import BodyInput, body_of, parameters_of
from playground.forms.names import BODY, child
from playground.forms.parse import parse
from playground.forms.shape import shapes_of
from playground.forms.state import FormState
from playground.mediatypes import is_bytes
from playground.request.model import ABSENT, Value
from playground.schema.mapping import as_mapping
from playground.secrets.detect import is_secret
from playground.values.believable import Context, believable


def with_whole_example(entry: Entry, state: FormState, *, everything: bool = False) -> FormState:
    """Return the state with an example in each required input that is empty, or with `everything` in each at all.

    What the visitor has filled in stays as it is.
    """
    model = parse(entry, state).model
    for name, parameter in parameters_of(entry):
        required = parameter.required or parameter.location == "path"
        is_empty = model.parameter(parameter.location, parameter.name) is ABSENT and not state.text(name)
        if not (everything or required) or not is_empty or is_secret(entry, parameter):
            continue
        writer = Writer(shapes_of(entry))
        writer.write(parameter.schema, name, _value_of(entry, parameter, everything=everything), fixed=required)
        state = state.without_below(name).adding(writer.pairs, writer.files)
    body = body_of(entry, state)
    if body is None or is_bytes(body.media_type.name) or model.raw is not None:
        return state
    value = _body(entry, body, everything=everything)
    if model.body is not ABSENT and model.body != {}:
        return _with_missing(entry, body, state, model.body, value)
    if value in ({}, [], None) and not body.required:
        return state
    writer = Writer(shapes_of(entry))
    writer.write(body.schema, BODY, value, fixed=body.required)
    kept = [pair for pair in state.below(BODY).pairs if pair[0].startswith(("body~mode", "body~for", "body~stored"))]
    return state.without_below(BODY).adding([*kept, *writer.pairs], writer.files)


def _with_missing(entry: Entry, body: BodyInput, state: FormState, present: Value, value: Value) -> FormState:
    """Return the state with the members of an example that an object filled in before does not have."""
    shape = shapes_of(entry).of(body.schema)
    if not isinstance(present, Mapping) or not isinstance(value, Mapping) or shape.kind != "object":
        return state
    missing = {key: member for key, member in value.items() if key in shape.properties and key not in present}
    for key, member in missing.items():
        writer, name = Writer(shapes_of(entry)), child(BODY, key)
        writer.write(shape.properties[key], name, member, fixed=key in shape.required)
        state = state.without_below(name).adding(writer.pairs, writer.files)
    return state


def _value_of(entry: Entry, parameter: Parameter, *, everything: bool) -> Value:
    examples = examples_of(parameter, shapes_of(entry).of(parameter.schema))
    if examples:
        return read_parameter_example(parameter, shapes_of(entry), examples[0].value)
    return _made_up(entry, parameter.schema, parameter.name, everything=everything)


def _body(entry: Entry, body: BodyInput, *, everything: bool) -> Value:
    described: tuple[Example, ...] = body.media_type.examples
    if described and everything:
        return read_body_example(body, described[0].value)
    return _made_up(entry, body.schema, "body", everything=everything)


def _made_up(entry: Entry, schema: Schema, name: str, *, everything: bool) -> Value:
    plain = as_mapping(schema)
    if "default" in plain and not everything:
        default: Value = plain["default"]
        return default
    context = Context(definitions=entry.definitions, writing=True, required_only=not everything)
    value: Value = believable(schema, name, context)
    return value
