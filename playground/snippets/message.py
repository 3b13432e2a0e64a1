"""The message a snippet writes down: the request, or the call of a gateway, with variables where credentials go.

The call follows docs/protocol.md: flat arguments while one header field can carry the credential, wrapped otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from playground.catalog.model import Entry
from playground.httpsyntax import is_sendable, is_token
from playground.messages import Content, Headers, JSONContent
from playground.request.arguments import write_files
from playground.request.headers import cookie_name
from playground.request.model import ABSENT, FileValue, map_files
from playground.schema.flatten import flatten
from playground.secrets.mask import marker_of
from playground.secrets.schemes import Injection
from playground.snippets.target import SnippetRequest
from playground.snippets.text import Text, Variable, json_text, merged, value_with_variables, with_variables

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_LARGEST_INLINE_FILE = 8_000
_ENVELOPE = frozenset({"args", "credential", "options", "stream", "profile"})
_KEY_HEADERS = frozenset({"x-api-key", "api-key", "dd-api-key"})
GATEWAY = Variable("GATEWAY_URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """User name and password for HTTP Basic authentication (RFC 7617), from two variables."""

    username: Variable
    password: Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a client has to compute from the message: `kind` is `digest` or `aws_sigv4`, with its two variables.

    `note` is among the message's notes; a target whose client can do it leaves it out.
    """

    kind: str
    first: Variable
    second: Variable
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A request as a target writes it down.

    `json`, when not `ABSENT`, is the content as a value with `Variable` leaves, instead of `content`; its layout is
    free. `content` is bytes that must arrive as they are.
    """

    method: str
    url: Text
    headers: tuple[tuple[str, Text], ...]
    content: Content
    json: Any = ABSENT
    basic: Basic | None = None
    signing: Signing | None = None
    notes: tuple[str, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether anything follows the header fields."""
        return self.json is not ABSENT or bool(self.content.body)

    @property
    def json_text(self) -> Text:
        """The free-layout content as text around variables."""
        return json_text(self.json)


MARKABLE = ("bearer", "api_key", "basic", "other")
"""Kinds of injections whose secret is in the code as it is; what a client computes has no place to mark."""


def message_of(request: SnippetRequest) -> Message:
    """Return what to write down: the call of a gateway for `via="gateway"`, else the request itself."""
    return _gateway_call(request) if request.via == "gateway" else _direct(request)


def _direct(request: SnippetRequest) -> Message:
    headers, notes = _usable(request.request.headers)
    notes = (*_fill_in(request), *request.notes, *notes)
    url: Text = with_variables(request.request.url, request.secrets)
    fields: list[tuple[str, Text]] = [(name, with_variables(value, request.secrets)) for name, value in headers]
    secret: list[tuple[str, Text]] = []
    basic = signing = None
    for at, injection in enumerate(request.injections):
        variables: tuple[str | Variable, ...] = tuple(Variable.named(name) for name in injection.variables)
        if request.marked and injection.kind in MARKABLE:
            variables = (marker_of(at),)
        if injection.kind in ("digest", "aws_sigv4"):
            signing = _signing(injection)
            notes = (*notes, signing.note)
            fields = [(name, value) for name, value in fields if name.lower() != "authorization"]
        elif injection.kind == "basic" and request.marked:
            secret.append(("Authorization", (f"Basic {marker_of(at)}",)))
        elif injection.kind == "basic" and variables:
            basic = _basic(injection)
            fields = [(name, value) for name, value in fields if name.lower() != "authorization"]
        elif not variables or (injection.location == "header" and not is_token(injection.name)):
            notes = (*notes, _not_shown(injection))
        elif injection.location == "query":
            url = (
                *url,
                f"{'&' if '?' in request.request.url or len(url) > 1 else '?'}{quote(injection.name, safe='')}=",
                variables[0],
            )
        elif injection.location == "cookie":
            fields = _with_cookie(fields, injection.name, variables[0])
        else:
            secret.append((injection.name, (injection.prefix, variables[0]) if injection.prefix else (variables[0],)))
    taken = {name.lower() for name, _ in secret}
    fields = [*secret, *((name, value) for name, value in fields if name.lower() not in taken)]
    return Message(
        method=request.request.method,
        url=merged(url),
        headers=tuple(fields),
        content=request.request.content,
        basic=basic,
        signing=signing,
        notes=notes,
    )


def _gateway_call(request: SnippetRequest) -> Message:
    notes = list(request.notes)
    base: Text = (request.gateway_url.rstrip("/"),) if request.gateway_url else (GATEWAY,)
    if not request.gateway_url:
        notes.append(f"Set {GATEWAY.name} to the address of your gateway.")
    large: list[str] = []
    arguments = value_with_variables(
        map_files(request.arguments, lambda file: _inline_file(file, large)), request.secrets
    )
    notes += [f"Put the base64 text of {name} where it is named." for name in large]
    headers: list[tuple[str, Text]] = [("Content-Type", ("application/json",))]
    shown = tuple(injection for injection in request.injections if injection.variables)
    value: Any = arguments
    basic = None
    computed = any(injection.kind in ("digest", "aws_sigv4") for injection in shown)
    if request.options or len(shown) > 1 or computed or _reads_as_wrapped(request.entry, arguments):
        value = {"args": arguments}
        if shown:
            value["credential"] = _credential(shown)
        if request.options:
            value["options"] = dict(request.options)
        notes.append("This is the wrapped form of a call, which gateways other than Playground's may not know.")
    elif shown and shown[0].kind == "basic":
        basic = _basic(shown[0])
    elif shown:
        headers.append(_flat_header(shown[0]))
    path = _gateway_path(request.entry)
    url: Text = (base[0] + path,) if isinstance(base[0], str) else (base[0], path)
    return Message(
        method="POST",
        url=url,
        headers=tuple(headers),
        content=JSONContent(text=""),
        json=value,
        basic=basic,
        notes=tuple(notes),
    )


def _gateway_path(entry: Entry) -> str:
    # The provider is one segment, for gateways that read it so.
    return f"/tools/{quote(entry.provider.name, safe='')}/{quote(entry.operation.name, safe='')}"


def _reads_as_wrapped(entry: Entry, arguments: Mapping[str, Any]) -> bool:
    """Tell whether flat arguments would be taken for the wrapped form: an undeclared `args` beside nothing else."""
    if not isinstance(arguments.get("args"), Mapping) or not arguments.keys() <= _ENVELOPE:
        return False
    body = entry.operation.request_body
    schemas = [flatten(described.schema, entry.definitions) for described in body.media_types] if body else []
    declared = {name for schema in schemas for name in schema.get("properties") or ()}
    return "args" not in declared | {parameter.name for parameter in entry.operation.parameters}


def _flat_header(injection: Injection) -> tuple[str, Text]:
    name = Variable.named(injection.variables[0])
    if injection.kind != "api_key":
        return ("Authorization", ("Bearer ", name))
    own = injection.location == "header" and injection.name.lower() in _KEY_HEADERS
    return (injection.name if own else "X-Api-Key", (name,))


def _basic(injection: Injection) -> Basic:
    username, password = (*injection.variables, *injection.variables)[:2]
    return Basic(username=Variable.named(username), password=Variable.named(password))


def _signing(injection: Injection) -> Signing:
    first, second = (Variable.named(name) for name in injection.variables)
    what = "an AWS Signature Version 4" if injection.kind == "aws_sigv4" else "HTTP Digest authentication"
    note = f"This call needs {what}, which this code does not compute: "
    note += f"use {first.name} and {second.name} with a client that does."
    return Signing(kind=injection.kind, first=first, second=second, note=note)


def _credential(injections: tuple[Injection, ...]) -> dict[str, Any]:
    each = {injection.scheme.name: _one_credential(injection) for injection in injections}
    return next(iter(each.values())) if len(each) == 1 else {"type": "schemes", "schemes": each}


def _one_credential(injection: Injection) -> dict[str, Any]:
    variables = [Variable.named(name) for name in injection.variables]
    if injection.kind == "aws_sigv4":
        return {"type": "aws_sigv4", "accessKeyId": variables[0], "secretAccessKey": variables[1]}
    if injection.kind in ("basic", "digest"):
        basic = _basic(injection)
        return {"type": injection.kind, "username": basic.username, "password": basic.password}
    if injection.kind in ("bearer", "other"):
        return {"type": "bearer_token", "token": variables[0]}
    return {"type": "api_key", "value": variables[0], "name": injection.name, "in": injection.location or "header"}


def _inline_file(file: FileValue, large: list[str]) -> Mapping[str, str]:
    written: dict[str, str] = write_files(file if file.size <= _LARGEST_INLINE_FILE else replace(file, file=None))
    if file.size > _LARGEST_INLINE_FILE:
        large.append(file.filename)
        written["content"] = f"base64 of {file.filename}"
    return written


def _with_cookie(fields: list[tuple[str, Text]], name: str, value: str | Variable) -> list[tuple[str, Text]]:
    earlier = next((old for key, old in fields if key.lower() == "cookie"), ())
    cookies = merged((*earlier, f"{'; ' if earlier else ''}{cookie_name(name)}=", value))
    return [*((key, old) for key, old in fields if key.lower() != "cookie"), ("Cookie", cookies)]


def _not_shown(injection: Injection) -> str:
    return f"This call also needs the security scheme {injection.scheme.name!r}, which the snippet cannot write."


def _fill_in(request: SnippetRequest) -> tuple[str, ...]:
    # Whatever a value holds is percent-encoded, so braces before the query are placeholders.
    missing = dict.fromkeys(_PLACEHOLDER.findall(request.request.url.partition("?")[0]))
    return (f"Fill in: {', '.join(missing)}",) if missing else ()


def _usable(headers: Headers) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    # A name that is no token, or a control character in a value, would be refused or would begin another header.
    usable: list[tuple[str, str]] = []
    notes: list[str] = []
    for name, value in headers:
        if is_token(name) and is_sendable(value):
            usable.append((name, value))
        else:
            notes.append(f"The header field {name} is left out: HTTP does not allow its characters.")
    return tuple(usable), tuple(notes)
