"""PowerShell 7 with `Invoke-RestMethod`."""

from __future__ import annotations

import re

from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, ExactBody, FileBody, TextBody, exact_body
from playground.snippets.headers import ascii_headers, content_type, is_ascii, joined_headers, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, by_code, comment
from playground.snippets.message import Message, message_of
from playground.snippets.notes import DOTNET_HEADERS, dotnet_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable
from playground.snippets.writer import Writer
from playground.text.visible import has_hidden

# Curly quotes end a string like straight ones.
_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_ESCAPES = {"\n": "`n", "\r": "`r", "\t": "`t", "\0": "`0", **{mark: f"`{mark}" for mark in f"`${_DOUBLE}"}}


class PowerShell(Literals):
    """Writes PowerShell 7."""

    grammar = Grammar(
        quoting=Quoting(escapes=str.maketrans(_ESCAPES), spell=by_code((0x110000, "`u{%X}"))),
        interpolation="%s",
        bare=False,
    )

    def string(self, text: str) -> str:
        """Return a string of exactly this text: verbatim unless a character in it must be escaped to be seen."""
        return super().string(text) if has_hidden(text) else "'" + re.sub(f"([{_SINGLE}])", r"\1\1", text) + "'"

    def readable(self, text: Text) -> str:
        """Return the literal that reads best of text whose layout is free: a here-string over several lines."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        if (
            "\n" not in known
            or known.strip() != known
            or has_hidden(known, allow="\n")
            or re.search(f"^[{_SINGLE}]|^[{_DOUBLE}]@", known, re.MULTILINE)
        ):
            return self.text(text)
        if len(text) == 1:
            return f"@'\n{known}\n'@"
        shown = "".join(
            self.variable(piece) if isinstance(piece, Variable) else re.sub("([`$])", r"`\1", piece) for piece in text
        )
        return f'@"\n{shown}\n"@'

    def variable(self, variable: Variable) -> str:
        """Return what an expandable string expands to an environment variable."""
        return f"${{env:{variable.name}}}"

    def expression(self, variable: Variable, *, encode: bool, in_path: bool) -> str:
        """Return what an expandable string expands to an environment variable, percent-encoded where that is asked."""
        return f"$([uri]::EscapeDataString($env:{variable.name}))" if encode else self.variable(variable)

    def key(self, name: str) -> str:
        """Return a name for a hash table."""
        return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) else self.string(name)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return self.encode_utf8(self.string(text))

    def encode_utf8(self, expression: str) -> str:
        """Return an expression of the bytes of a string's expression."""
        return f"[Text.Encoding]::UTF8.GetBytes({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"[Convert]::FromBase64String({self.string(text)})"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"[IO.File]::ReadAllBytes((Resolve-Path {self.string(name)}))"


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"})
_CLIENT = "Invoke-RestMethod"


def render(request: SnippetRequest) -> Rendered:
    """Write a script that sends the request, prints the answer as objects, then the status."""
    message = message_of(request)
    ps = PowerShell()
    body = exact_body(message, ps.files)
    _, lost = usable_headers(message.headers, DOTNET_HEADERS, _CLIENT)
    headers, _ = usable_headers(joined_headers(message, _CLIENT)[0], DOTNET_HEADERS, _CLIENT)
    headers, unsent = ascii_headers(headers, _CLIENT)
    notes = (*message.notes, "Needs PowerShell 7.", *lost, *unsent, *dotnet_notes(message), *_own_notes(message, body))
    notes = (*notes, *secret_notes(message), *ps.files.notes)

    code = Writer(unit="    ", comment="#", note=comment)
    code.comments(notes)
    if message.basic is not None:
        pair = ps.encode_utf8(ps.text((message.basic.username, ":", message.basic.password)))
        code.line(f"$credentials = [Convert]::ToBase64String({pair})")
    if body is not None:
        _write_body(body, message, code, ps)
    if message.basic is not None or body is not None:
        code.line()
    with code.indented("$request = @{", "}"):
        method = message.method.capitalize() if message.method in _METHODS else message.method
        code.line(f"{'Method' if message.method in _METHODS else 'CustomMethod'} = {ps.string(method)}")
        code.line(f"Uri = {ps.text(message.url, encode=True)}")
        shown = [(name, value) for name, value in headers if name.lower() != "content-type"]
        if shown or message.basic is not None:
            with code.indented("Headers = @{", "}"):
                if message.basic is not None:
                    code.line('Authorization = "Basic $credentials"')
                for name, value in shown:
                    code.line(f"{ps.key(name)} = {ps.text(value)}")
        for name, value in headers:
            if name.lower() == "content-type":
                code.line(f"ContentType = {ps.text(value)}")
        if isinstance(body, FileBody):
            code.line(f"InFile = {ps.string(body.name)}")
        elif body is not None:
            code.line("Body = $body")
    code.line()
    code.line("Invoke-RestMethod @request -SkipHeaderValidation -SkipHttpErrorCheck -StatusCodeVariable status")
    code.line("$status")
    return Rendered(text=code.text, notes=notes)


def _write_body(body: ExactBody, message: Message, code: Writer, ps: PowerShell) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("$body = @(", ") -join '&'"):
            code.lines(*map(ps.string, body.fields))
    elif isinstance(body, TextBody):
        text = ps.text(body.text) if message.json is ABSENT else ps.readable(body.text)
        # Until PowerShell 7.4 a string is sent as Latin-1.
        code.verbatim(f"$body = {text if is_ascii(body.text) else ps.encode_utf8(text)}")
    elif isinstance(body, BytesBody):
        code.line(f"$body = {ps.bytes_of(body.data)}")
    elif not isinstance(body, FileBody):
        with code.indented("$body = [byte[]](", ")"):
            code.line(" +\n".join(map(ps.piece, body.pieces)))


def _own_notes(message: Message, body: ExactBody | None) -> tuple[str, ...]:
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
    render=render,
)
