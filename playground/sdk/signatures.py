"""The `.d.ts` files of one API: what each method takes, by the rules of flat arguments, and what it returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources

from playground.catalog.model import Definitions, Entry, MediaType, Operation, Provider, Response, Schema
from playground.mediatypes import is_json, kind_of, streams
from playground.request.arguments import Inputs, inputs_of
from playground.schema.flatten import flatten
from playground.schema.mapping import names_of
from playground.sdk.definitions import INPUTS, SCHEMAS, NamedTypes
from playground.sdk.types import (
    UNKNOWN,
    Identifiers,
    Naming,
    OperationNames,
    comment,
    member_name,
    path_of,
    union,
    write_members,
    write_type,
)
from playground.secrets.detect import is_secret
from playground.secrets.variables import own_secrets

_FILE, _BLOB = "FileArgument", "BlobLike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The types of a method: `arguments` is empty where it takes none, `required` where all of them are optional."""

    arguments: str
    required: bool
    result: str


def write_signature(entry: Entry, inputs: Naming, outputs: Naming) -> Signature:
    """Return the types of one operation; `inputs` names types of requests, `outputs` those of responses."""
    body = entry.operation.request_body
    media_types: tuple[MediaType | None, ...] = body.media_types if body is not None else ()
    # The types of one body usually agree: then they are written once.
    texts: dict[str, bool] = {}
    for media_type in media_types or (None,):
        text, required = _arguments(entry, media_type, inputs)
        texts.setdefault(text, required)
    result = _result(entry.operation.responses, outputs)
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
    variables = {(secret.location, secret.name): variable for secret, variable in own_secrets(entry)}
    for name, locations in inputs.locations.items():
        twins = [
            parameter
            for parameter in entry.operation.parameters
            if parameter.name == name and parameter.location in locations
        ]
        # One value fills all of a name's places, unless a wrapper has another for one: then none is demanded here.
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
    properties: dict[str, Schema] = {
        str(name): member for name, member in inputs.properties.items() if isinstance(member, Mapping | bool)
    }
    free = {name: member for name, member in properties.items() if name not in taken}
    if inputs.flat_body and len(free) == len(properties):
        required = frozenset(_required(schema, free, entry)) if needed else frozenset()
        lines = write_members(free, required, naming, indent="  ")
        if inputs.open_body:
            lines += f"  [key: string]: {UNKNOWN};\n"
        return lines, bool(required)
    whole = _body_type(media_type, naming)
    lines = comment([description], indent="  ")
    if inputs.flat_body:
        # Some of the body's names are parameters' too, so a body that has them is one argument.
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
    successes = [response for response in responses if response.status[:1] == "2"]
    successes = successes or [response for response in responses if response.status == "default"]
    texts = []
    for response in successes:
        if not response.media_types:
            # Many descriptions leave out the content of a response; these two have none.
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


_FILES = "import type { AnswerStream, BlobLike, FileArgument } from './index.js';\n"
_LINE = 300


@dataclass(slots=True)
class _Member:
    """A place in the client: a method, a namespace of more, or both."""

    method: str = ""
    head: str = ""
    members: dict[str, _Member] = field(default_factory=dict)


def write_declarations(
    provider: Provider, entries: Iterable[tuple[Entry, OperationNames]], definitions: Definitions, client: str
) -> dict[str, str]:
    """Return the declaration files by name: `index.d.ts`, `operations.d.ts`, `schemas.d.ts`, `inputs.d.ts`.

    `client` is the name of the client's type; `create` before it makes one.
    """
    types = NamedTypes(definitions)
    inputs, outputs = types.naming("input"), types.naming("output")
    identifiers = Identifiers()
    root = _Member()
    operations: list[str] = []
    for entry, names in entries:
        signature = write_signature(entry, inputs, outputs)
        name = identifiers.take(names.alias or names.canonical, ("Arguments", "Result"))
        operations.append(_operation_types(entry.operation, name, signature))
        method = _method(name, signature)
        head = _summary(entry.operation)
        _place(root, names.canonical, method, head)
        if names.alias:
            _place(root, names.alias, method, head)
    named = types.write()
    return {
        "index.d.ts": _index(provider, root, client),
        "operations.d.ts": _FILES + _imports(SCHEMAS, INPUTS) + "".join(operations) + "export {};\n",
        "schemas.d.ts": _FILES + named["output"] + "export {};\n",
        "inputs.d.ts": _FILES + _imports(SCHEMAS) + named["input"] + "export {};\n",
    }


def _imports(*modules: str) -> str:
    return "".join(f"import type * as {name} from './{name}.js';\n" for name in modules)


def _index(provider: Provider, root: _Member, client: str) -> str:
    text = resources.files("playground.sdk").joinpath("client.d.ts").read_text("utf-8")
    if "withOptions" not in root.members:
        root.members["withOptions"] = _Member(
            method=f"(options: ClientOptions): {client}",
            head=comment(["A client like this one, with other options."], indent="  "),
        )
    head = comment([f"The operations of {provider.title}.", provider.summary], longest=_LINE)
    return (
        "import type * as operations from './operations.js';\n\n"
        f"{text}\n{head}export interface {client} {{\n{_members(root, '  ')}}}\n\n"
        "/** Return a client of its own. */\n"
        f"export declare function createClient(options?: ClientOptions): {client};\n"
        f"export {{ createClient as create{client} }};\n"
        f"declare const client: {client};\nexport default client;\n"
        "export type * from './operations.js';\nexport type * as schemas from './schemas.js';\n"
    )


def _operation_types(operation: Operation, name: str, signature: Signature) -> str:
    head = comment(
        [operation.summary, operation.description, operation.key], deprecated=operation.deprecated, longest=1200
    )
    arguments = f"{head}export type {name}Arguments = {signature.arguments or 'Record<string, never>'};\n"
    return f"{arguments}{comment([f'What {operation.key} answers.'])}export type {name}Result = {signature.result};\n"


def _method(name: str, signature: Signature) -> str:
    optional = "" if signature.required else "?"
    return f"(args{optional}: operations.{name}Arguments, options?: CallOptions): Promise<operations.{name}Result>"


def _summary(operation: Operation) -> str:
    return comment(
        [operation.summary or operation.description, operation.key],
        indent="  ", deprecated=operation.deprecated, longest=_LINE,
    )  # fmt: skip


def _place(root: _Member, name: str, method: str, head: str) -> None:
    at = root
    for part in path_of(name):
        at = at.members.setdefault(part, _Member())
    at.method, at.head = method, head


def _members(node: _Member, indent: str) -> str:
    return "".join(_member(name, member, indent) for name, member in node.members.items())


def _member(name: str, member: _Member, indent: str) -> str:
    shown = member_name(name)
    if not member.members:
        return f"{member.head}{indent}{shown}{member.method};\n"
    inside = f"{{\n{_members(member, indent + '  ')}{indent}}}"
    if not member.method:
        return f"{indent}{shown}: {inside};\n"
    called = f"{{\n{indent}  {member.method};\n{_members(member, indent + '  ')}{indent}}}"
    return f"{member.head}{indent}{shown}: {called};\n"
