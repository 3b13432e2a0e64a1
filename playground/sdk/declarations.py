"""The `.d.ts` files of one API: the client with its methods, each operation's types, the named types behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources

from playground.catalog.model import Definitions, Entry, Operation, Provider
from playground.sdk.comments import comment
from playground.sdk.definitions import INPUTS, SCHEMAS, NamedTypes
from playground.sdk.names import Identifiers, OperationNames, path_of
from playground.sdk.signatures import Signature, write_signature
from playground.sdk.types import member_name

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
    given, answered = types.naming("input"), types.naming("output")
    identifiers = Identifiers()
    root = _Member()
    operations: list[str] = []
    for entry, names in entries:
        signature = write_signature(entry, given, answered)
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
    given = f"{head}export type {name}Arguments = {signature.arguments or 'Record<string, never>'};\n"
    return f"{given}{comment([f'What {operation.key} answers.'])}export type {name}Result = {signature.result};\n"


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
