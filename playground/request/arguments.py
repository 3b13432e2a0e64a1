"""A request model as the flat JSON object of a gateway call, and back (docs/protocol.md, Gateway calls).

Flat names are parameters and body properties alike. A name that is both is the parameter's, and the body is then given
whole, under `body`; a name in several locations fills all of them unless `params`, `query`, `headers` or `cookies` says
otherwise for one. So no value is lost, and every model has its arguments. Where the operation itself has an input of
such a wrapping name, the wrapper's name gets an underscore (`body_`).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.catalog.model import LOCATIONS, Entry, Location, Schema
from playground.mediatypes import OCTETS, essence, kind_of
from playground.request.bodies.form import is_binary, property_schema
from playground.request.errors import BodyError, UnknownArgument, shown
from playground.request.media_types import select_media_type
from playground.request.model import ABSENT, Absent, Brackets, FileValue, FormObjects, RequestModel, Value
from playground.request.text import is_list
from playground.request.undescribed import ADDED, as_described, undescribed
from playground.schema.flatten import flatten
from playground.schema.types import alternatives, types_of
from playground.text.wording import say

_WRAPPERS: dict[Location, str] = {"path": "params", "query": "query", "header": "headers", "cookie": "cookies"}
_MOST_NAMES = 12
_FILES = ("image", "binary", "unknown")
_CLOSED = (*_FILES, "text", "csv", "lines", "sequence", "events")
"""Kinds of bodies that undeclared names are no members of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What an operation takes, by name. `open_body` says that names nobody declares may go to the body."""

    locations: Mapping[str, tuple[Location, ...]]
    properties: Mapping[str, Any]
    body: bool
    body_name: str
    wrappers: Mapping[str, Location]
    open_body: bool
    flat_body: bool
    """Whether the body is written property by property: an object with known properties and no choice of shapes."""


def to_arguments(entry: Entry, model: RequestModel) -> dict[str, Any]:
    """Return the arguments of a model: JSON values only, a file as its object of three texts.

    Order: parameters as the operation lists them, then the body. Server, media type and security are not arguments.
    Raises `BodyError` only for a value too deep to be written.
    """
    try:
        return _arguments(entry, model)
    except RecursionError:
        raise BodyError(say("A value is nested too deeply to be sent."), field="body") from None


def _arguments(entry: Entry, model: RequestModel) -> dict[str, Any]:
    inputs = inputs_of(entry, model.media_type)
    arguments: dict[str, Any] = {}
    wrapped: dict[str, dict[str, Any]] = {}
    names = {location: name for name, location in inputs.wrappers.items()}
    for name, locations in inputs.locations.items():
        values = {location: model.parameter(location, name) for location in locations}
        written = {location: write_files(value) for location, value in values.items() if value is not ABSENT}
        if len(written) == len(locations) and len({jsontext.dumps(value) for value in written.values()}) == 1:
            arguments[name] = next(iter(written.values()))
        else:
            for location, value in written.items():
                wrapped.setdefault(names[location], {})[name] = value
    for parameter in undescribed(as_described(entry), model):
        value = write_files(model.parameters[parameter.location][parameter.name])
        wrapped.setdefault(names[parameter.location], {})[parameter.name] = value
    arguments.update(wrapped)
    body = _body_value(entry, model)
    if body is ABSENT:
        return arguments
    body = write_files(body)
    if inputs.flat_body and isinstance(body, dict) and body and all(_is_free(name, inputs) for name in body):
        arguments.update(body)
    else:
        arguments[inputs.body_name] = body
    return arguments


def from_arguments(
    entry: Entry,
    arguments: Mapping[str, Any],
    *,
    server: str | None = None,
    server_variables: Mapping[str, str] | None = None,
    media_type: str | None = None,
    raw: str | None = None,
    security: tuple[str, ...] | None = None,
    brackets: Brackets = "index",
    form_objects: FormObjects = "json",
) -> RequestModel:
    """Return the model that the arguments describe. Raises `UnknownArgument`, naming what fits no input.

    A body given whole is kept as it is, and flat body properties are laid over it. Files are read where the description
    expects bytes.
    """
    # Refuses a media type the operation does not take, before the body is split for another one.
    select_media_type(entry, RequestModel(media_type=media_type))
    inputs = inputs_of(entry, media_type)
    parameters: dict[Location, dict[str, Value]] = {}
    rest: dict[str, Any] = {}
    whole: Value | Absent = ABSENT
    flat: dict[str, Any] = {}
    for name, value in arguments.items():
        if name in inputs.wrappers and isinstance(value, Mapping):
            _read_wrapper(name, value, inputs, parameters)
        elif name == inputs.body_name and inputs.body:
            whole = value
        else:
            rest[name] = value
    for name, value in rest.items():
        free = [place for place in inputs.locations.get(name, ()) if name not in parameters.get(place, {})]
        if free:
            for location in free:
                parameters.setdefault(location, {})[name] = value
        elif name in inputs.properties or (name not in inputs.locations and inputs.open_body):
            flat[name] = value
        else:
            raise _unknown(name, inputs)
    ordered = {
        location: {parameter.name: parameters[location][parameter.name]
                   for parameter in entry.operation.parameters_in(location)
                   if parameter.name in parameters[location]} | parameters[location]
        for location in LOCATIONS
        if location in parameters
    }  # fmt: skip
    return RequestModel(
        server=server,
        server_variables=dict(server_variables or {}),
        parameters=_parameter_files(entry, ordered),
        media_type=media_type,
        body=_body(entry, media_type, whole, flat, inputs),
        raw=raw,
        security=security,
        brackets=brackets,
        form_objects=form_objects,
    )


def _read_wrapper(
    name: str, value: Mapping[str, Any], inputs: Inputs, parameters: dict[Location, dict[str, Value]]
) -> None:
    location = inputs.wrappers[name]
    for member_name, member in value.items():
        if location not in inputs.locations.get(member_name, ()) and location not in ADDED:
            raise UnknownArgument(
                say(
                    "This operation has no %(location)s parameter named %(name)s.",
                    location=location,
                    name=shown(member_name),
                ),
                field=f"{name}.{member_name}",
            )
        parameters.setdefault(location, {})[member_name] = member


def _unknown(name: str, inputs: Inputs) -> UnknownArgument:
    known = list(dict.fromkeys([*inputs.locations, *inputs.properties, *([inputs.body_name] if inputs.body else [])]))
    if not known:
        sentence = say("This operation takes no input, so there is none named %(name)s.", name=shown(name))
    else:
        listed = ", ".join(known[:_MOST_NAMES]) + (", …" if len(known) > _MOST_NAMES else "")
        sentence = say(
            "This operation has no input named %(name)s; it has %(listed)s.", name=shown(name), listed=listed
        )
    return UnknownArgument(sentence, field=name)


def _is_free(name: str, inputs: Inputs) -> bool:
    """Say whether a body property can be written among the flat arguments and read back as one."""
    if name in inputs.locations or name in inputs.wrappers or name == inputs.body_name:
        return False
    return name in inputs.properties or inputs.open_body


def _body_value(entry: Entry, model: RequestModel) -> Value | Absent:
    """Return the body as a value; raw text is read if it is JSON and its media type is not plain text."""
    if model.raw is None:
        return model.body
    if not model.raw.strip():
        return ABSENT
    described = select_media_type(entry, model, placeholders=True)
    if described is not None and kind_of(described.name) not in ("json", "form", "multipart", "yaml"):
        return model.raw
    try:
        value: Value = jsontext.loads(model.raw)
    except jsontext.JSONTextError:
        return model.raw
    return value


def _body(
    entry: Entry, media_type: str | None, whole: Value | Absent, flat: dict[str, Any], inputs: Inputs
) -> Value | Absent:
    if isinstance(whole, Mapping) and flat:
        whole = {**whole, **flat}
    elif flat and whole is ABSENT:
        whole = flat
    elif flat:
        name = next(iter(flat))
        raise UnknownArgument(
            say(
                "%(name)s cannot be given beside a whole %(body_name)s that is no object.",
                name=shown(name),
                body_name=shown(inputs.body_name),
            ),
            field=name,
        )
    described = select_media_type(entry, RequestModel(media_type=media_type), placeholders=True)
    if whole is ABSENT or described is None:
        return whole
    schema = flatten(described.schema, entry.definitions)
    kind = kind_of(described.name)
    if is_binary(described.schema, entry.definitions) or kind in _FILES or "*" in essence(described.name):
        return read_files(whole, field="body")
    if not isinstance(whole, Mapping):
        return whole
    undescribed = kind == "multipart"
    return {
        name: read_files(member, field=f"body/{name}")
        if _takes_files(property_schema(schema, name), entry, undescribed=undescribed)
        else member
        for name, member in whole.items()
    }


def _takes_files(schema: Schema, entry: Entry, *, undescribed: bool) -> bool:
    """Say whether bytes may stand here; in a multipart body also where the description says nothing."""
    return is_binary(schema, entry.definitions) or (undescribed and schema in (True, {}))


def _parameter_files(
    entry: Entry, parameters: Mapping[Location, Mapping[str, Value]]
) -> dict[Location, dict[str, Value]]:
    schemas = {(parameter.location, parameter.name): parameter.schema for parameter in entry.operation.parameters}
    return {
        location: {
            name: read_files(value, field=f"{location}.{name}")
            if is_binary(schemas.get((location, name), False), entry.definitions)
            else value
            for name, value in values.items()
        }
        for location, values in parameters.items()
    }


def inputs_of(entry: Entry, media_type: str | None) -> Inputs:
    """Return what the flat arguments of an operation may hold, for one of its media types (`None`: the first)."""
    locations: dict[str, tuple[Location, ...]] = {}
    for parameter in as_described(entry).operation.parameters:
        before = locations.get(parameter.name, ())
        if parameter.location not in before:
            locations[parameter.name] = (*before, parameter.location)
    described = select_media_type(entry, RequestModel(media_type=media_type), placeholders=True)
    schema = flatten(described.schema, entry.definitions) if described is not None else {}
    members = schema.get("properties")
    properties = members if isinstance(members, Mapping) else {}
    choices = alternatives(schema, entry.definitions)
    taken = {*locations, *properties}
    return Inputs(
        locations=locations,
        properties=properties,
        body=described is not None,
        body_name=_free_name("body", taken),
        wrappers={_free_name(name, taken): location for location, name in _WRAPPERS.items()},
        open_body=described is not None
        and kind_of(described.name) not in _CLOSED
        and _is_open(schema, choices=bool(choices)),
        flat_body=bool(properties) and not choices,
    )


def _is_open(schema: Mapping[str, Any], *, choices: bool) -> bool:
    """Say whether an undeclared name may be meant for the body.

    A schema that lists properties and does not speak of others allows them too, but there a strange name is far more
    often a slip, which silence would hide; it can still be given inside a whole body.
    """
    additional = schema.get("additionalProperties")
    if additional is None:
        return choices or (not schema.get("properties") and types_of(schema) in ((), ("object",)))
    return additional is not False


def _free_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


_KEYS = {"filename", "content_type", "content"}


def write_files(value: Value) -> Any:
    """Return the value with every file as its object of three texts."""
    if isinstance(value, FileValue):
        return {"filename": value.filename, "content_type": value.content_type, "content": value.base64}
    if isinstance(value, Mapping):
        return {name: write_files(member) for name, member in value.items()}
    return [write_files(member) for member in value] if is_list(value) else value


def read_files(value: Value, *, field: str) -> Value:
    """Return the value with a file object, or a list of them, as `FileValue`; anything else as it is.

    Raises `UnknownArgument` if a file's content is not base64.
    """
    if is_list(value):
        return [read_files(member, field=field) for member in value]
    if not isinstance(value, Mapping) or not {"filename", "content"} <= value.keys() <= _KEYS:
        return value
    texts = {name: member for name, member in value.items() if isinstance(member, str)}
    if len(texts) < len(value):
        return value
    try:
        content = base64.b64decode(texts["content"], validate=True)
    except (binascii.Error, ValueError):
        raise UnknownArgument(say("The file's “content” is not base64 text."), field=field) from None
    return FileValue(
        filename=texts["filename"],
        content=content,
        content_type=texts.get("content_type", OCTETS),
    )
