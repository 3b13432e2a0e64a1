"""PowerShell 7 with `Invoke-RestMethod`."""

from __future__ import annotations

import base64

from playground.request.model import ABSENT
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    TextBody,
    ascii_headers,
    body_of,
    content_type,
    readable_text,
    secret_notes,
    usable_headers,
)
from playground.snippets.dotnet_rules import REFUSED_HEADERS, dotnet_notes
from playground.snippets.files import FileNames, Piece
from playground.snippets.headers import joined_headers
from playground.snippets.languages.powershell import literals as powershell
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable
from playground.snippets.writer import Writer

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"})


def render(given: SnippetRequest) -> Rendered:
    """Write a script that sends the request, prints the answer as objects, then the status."""
    message = message_of(given)
    names = FileNames()
    body = body_of(message, names)
    _, lost = usable_headers(message, REFUSED_HEADERS, "Invoke-RestMethod")
    joined, _ = joined_headers(message, "Invoke-RestMethod")
    usable = tuple(field for field in joined if field[0].lower() not in REFUSED_HEADERS)
    headers, unsent = ascii_headers(usable, "Invoke-RestMethod")
    notes = (*message.notes, "Needs PowerShell 7.", *lost, *unsent, *dotnet_notes(message), *_own_notes(message, body))
    notes = (*notes, *secret_notes(message), *names.notes)

    code = Writer(unit="    ", comment="#")
    code.comments(tuple(map(comment, notes)))
    if message.basic is not None:
        pair = powershell.string_of((message.basic.username, ":", message.basic.password))
        code.line(f"$credentials = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes({pair}))")
    if body is not None:
        _write_body(body, message, code)
    if message.basic is not None or body is not None:
        code.line()
    with code.indented("$request = @{", "}"):
        method = message.method.capitalize() if message.method in _METHODS else message.method
        code.line(f"{'Method' if message.method in _METHODS else 'CustomMethod'} = {powershell.string(method)}")
        code.line(f"Uri = {powershell.string_of(message.url, encode=True)}")
        shown = [(name, value) for name, value in headers if name.lower() != "content-type"]
        if shown or message.basic is not None:
            with code.indented("Headers = @{", "}"):
                if message.basic is not None:
                    code.line('Authorization = "Basic $credentials"')
                for name, value in shown:
                    code.line(f"{powershell.key(name)} = {powershell.string_of(value)}")
        for name, value in headers:
            if name.lower() == "content-type":
                code.line(f"ContentType = {powershell.string_of(value)}")
        if isinstance(body, FileBody):
            code.line(f"InFile = {powershell.string(body.name)}")
        elif body is not None:
            code.line("Body = $body")
    code.line()
    code.line("Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status")
    code.line("$status")
    return Rendered(text=code.text, notes=notes)


def _write_body(body: Body, message: Message, code: Writer) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("$body = @(", ") -join '&'"):
            for field in body.fields:
                code.line(powershell.string(field))
    elif isinstance(body, TextBody):
        free = message.json is not ABSENT
        code.verbatim(f"$body = {_sent(body.text, free=free)}")
    elif isinstance(body, BytesBody):
        code.line(f"$body = {_data(body.data)}")
    elif not isinstance(body, FileBody):
        with code.indented("$body = [byte[]](", ")"):
            pieces = [_piece(piece) for piece in getattr(body, "pieces", ())]
            for at, piece in enumerate(pieces):
                code.line(piece + (" +" if at < len(pieces) - 1 else ""))


def _sent(text: Text, *, free: bool) -> str:
    spelled = powershell.literal(text) if free else powershell.string_of(text)
    if all(isinstance(piece, Variable) or piece.isascii() for piece in text):
        return spelled
    # Until PowerShell 7.4 a string is sent as Latin-1.
    return f"[Text.Encoding]::UTF8.GetBytes({spelled})"


def _piece(piece: Piece) -> str:
    if isinstance(piece, bytes):
        return _data(piece)
    return f"[IO.File]::ReadAllBytes((Resolve-Path {powershell.string(piece.name)}))"


def _data(data: bytes) -> str:
    text = readable_text(data)
    if text is not None:
        return f"[Text.Encoding]::UTF8.GetBytes({powershell.string(text)})"
    return f"[Convert]::FromBase64String({powershell.string(base64.b64encode(data).decode('ascii'))})"


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    if body is not None and not content_type(message):
        return ("Invoke-RestMethod adds a Content-Type of its own, since none is set.",)
    return ()


TARGET = Target(
    id="powershell_invoke_restmethod",
    language="PowerShell",
    client="Invoke-RestMethod",
    title="PowerShell",
    extension="ps1",
    lexer="powershell",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
