"""One operation's types: what its method takes, by the rules of flat arguments, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.catalog.model import Entry, MediaType, Response, Schema
from playground.mediatypes import is_json, kind_of, streams
from playground.request.arguments import Inputs, inputs_of
from playground.schema.flatten import flatten
from playground.schema.mapping import names_of
from playground.sdk.comments import comment
from playground.sdk.types import UNKNOWN, Naming, member_name, union, write_members, write_type
from playground.secrets.detect import is_secret
from playground.secrets.variables import own_secrets

_FILE, _BLOB = "FileArgument", "BlobLike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`arguments` is empty when there is nothing to give; `required` says that something must be given."""

    arguments: str
    required: bool
    result: str


def write_signature(entry: Entry, given: Naming, answered: Naming) -> Signature:
    """Return the types of one operation; `given` names input types, `answered` output types."""
    body = entry.operation.request_body
    media_types: tuple[MediaType | None, ...] = body.media_types if body is not None else ()
    # The types of one body usually agree: then they are written once.
    texts: dict[str, bool] = {}
    for media_type in media_types or (None,):
        text, required = _arguments(entry, media_type, given)
        texts.setdefault(text, required)
    result = _result(entry.operation.responses, answered)
    if not any(texts):
        return Signature(arguments="", required=False, result=result)
    return Signature(arguments=union([text for text in texts if text]), required=all(texts.values()), result=result)


def _arguments(entry: Entry, media_type: MediaType | None, naming: Naming) -> tuple[str, bool]:
    inputs = inputs_of(entry, None if media_type is None else media_type.name)
    lines, required = _parameters(entry, inputs, naming)
    if media_type is not None:
        body_lines, body_required = _body(entry, media_type, inputs, naming)
        lines += body_lines
        required = required or body_required
    return (f"{{\n{lines}}}" if lines else ""), required


def _parameters(entry: Entry, inputs: Inputs, naming: Naming) -> tuple[str, bool]:
    lines, demanded = "", False
    wrapped: dict[str, list[str]] = {}
    names = {location: name for name, location in inputs.wrappers.items()}
    variables = {(one.location, one.name): variable for one, variable in own_secrets(entry)}
    for name, locations in inputs.locations.items():
        twins = [
            parameter
            for parameter in entry.operation.parameters
            if parameter.name == name and parameter.location in locations
        ]
        # One value fills all of a name's places, unless a wrapper says otherwise for one: then none is demanded here.
        # The package has other places to read a credential from, so its type may not demand it.
        required = len(twins) == 1 and twins[0].required and not is_secret(entry, twins[0])
        demanded = demanded or required
        read = [variables[twin.location, name] for twin in twins if (twin.location, name) in variables]
        elsewhere = f"Else the option `secrets`, else the environment's {' and '.join(read)}." if read else ""
        text = union([write_type(twin.schema, naming, indent="  ") for twin in twins])
        lines += (
            comment([twins[0].description, elsewhere], indent="  ", deprecated=all(twin.deprecated for twin in twins))
            + f"  {member_name(name)}{'' if required else '?'}: {text};\n"
        )
        if len(locations) > 1:
            for twin in twins:
                kind = write_type(twin.schema, naming, indent="    ")
                wrapped.setdefault(names[twin.location], []).append(f"    {member_name(name)}?: {kind};\n")
    for wrapper, members in wrapped.items():
        lines += f"  {member_name(wrapper)}?: {{\n{''.join(members)}  }};\n"
    return lines, demanded


def _body(entry: Entry, media_type: MediaType, inputs: Inputs, naming: Naming) -> tuple[str, bool]:
    body = entry.operation.request_body
    needed = body is not None and body.required
    description = body.description if body is not None else ""
    schema = flatten(media_type.schema, entry.definitions)
    taken = {*inputs.locations, *inputs.wrappers, inputs.body_name}
    properties = {str(name): one for name, one in inputs.properties.items() if isinstance(one, Mapping | bool)}
    free: dict[str, Schema] = {name: one for name, one in properties.items() if name not in taken}
    if inputs.flat_body and len(free) == len(properties):
        required = frozenset(_required(schema, free, entry)) if needed else frozenset()
        lines = write_members(free, required, naming, indent="  ")
        if inputs.open_body:
            lines += f"  [key: string]: {UNKNOWN};\n"
        return lines, bool(required)
    whole = _body_type(media_type, naming)
    lines = comment([description], indent="  ")
    if inputs.flat_body:
        # Some of the body's names are parameters' too, so a body that has them is given whole.
        lines = write_members(free, frozenset(), naming, indent="  ") + lines
        return lines + f"  {member_name(inputs.body_name)}?: {whole};\n", False
    open_object = inputs.open_body and not inputs.flat_body
    demanded = needed and not open_object
    lines += f"  {member_name(inputs.body_name)}{'' if demanded else '?'}: {whole};\n"
    if open_object:
        lines += f"  [key: string]: {UNKNOWN};\n"
    return lines, demanded


def _required(schema: Mapping[str, object], free: Mapping[str, Schema], entry: Entry) -> list[str]:
    return [
        name
        for name in names_of(schema, "required")
        if name in free and flatten(free[name], entry.definitions).get("readOnly") is not True
    ]


def _body_type(media_type: MediaType, naming: Naming) -> str:
    kind = kind_of(media_type.name)
    if "*" in media_type.name or kind == "unknown":
        # Whatever the body is, its schema says more than its media type.
        described = write_type(media_type.schema, naming, indent="  ")
        return _FILE if described in (UNKNOWN, "string") else described
    if kind in ("image", "binary"):
        return _FILE
    if kind in ("lines", "sequence"):
        return union(["string", write_type(media_type.schema, naming, indent="  ")])
    if kind in ("text", "csv", "events"):
        return "string"
    text = write_type(media_type.schema, naming, indent="  ")
    return union([text, "string"]) if kind in ("xml", "yaml") else text


def _result(responses: tuple[Response, ...], naming: Naming) -> str:
    successes = [one for one in responses if one.status[:1] == "2"]
    successes = successes or [one for one in responses if one.status == "default"]
    texts = []
    for response in successes:
        if not response.media_types:
            # Many descriptions say nothing of the content they send; without content there is nothing to send.
            texts.append("undefined" if response.status in ("204", "205") else UNKNOWN)
            continue
        chosen = next(
            (media_type for media_type in response.media_types if is_json(media_type.name)), response.media_types[0]
        )
        texts.append(_answer(chosen, naming))
    return union(texts) if texts else UNKNOWN


def _answer(media_type: MediaType, naming: Naming) -> str:
    kind = kind_of(media_type.name)
    if streams(media_type.name) == "always":
        described = UNKNOWN if media_type.item_schema is None else write_type(media_type.item_schema, naming)
        return f"AnswerStream<{described}>"
    if "*" in media_type.name:
        return write_type(media_type.schema, naming)
    if kind == "json":
        return write_type(media_type.schema, naming)
    return _BLOB if kind in ("image", "binary", "unknown", "multipart") else "string"
