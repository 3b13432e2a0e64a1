"""Go with its standard `net/http` (Go 1.16 and newer)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playground.messages import FormContent, Part
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    PiecesBody,
    TextBody,
    body_of,
    decoded,
)
from playground.snippets.headers import repeated, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, by_code, comment, octets
from playground.snippets.message import Message, message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.urlencoded import readable_query, same_plus_encoded, sorted_by_name
from playground.snippets.writer import Writer

_BYTES = Quoting(spell=octets("\\x%02x"))


class Go(Literals):
    """Writes Go as gofmt has it in a call; `used` are packages by their path."""

    grammar = Grammar(
        quoting=Quoting(spell=by_code((0x80, "\\x%02x"), (0x10000, "\\u%04x"), (0x110000, "\\U%08x"))), joint="+"
    )

    def package(self, path: str) -> str:
        """Return the name of a package, which is imported by its path."""
        return self.use(path.rpartition("/")[2], path)

    def raw(self, text: str) -> str | None:
        """Return a raw string: it cannot hold a backquote, and drops carriage returns (which count as hidden)."""
        return None if "`" in text else f"`{text}`"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'{self.package("os")}.Getenv("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.package('net/url')}.{'Path' if in_path else 'Query'}Escape({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return a string literal of exactly these bytes; a Go string need not be UTF-8."""
        return _BYTES.of_bytes(data)

    def read(self, name: str) -> str:
        """Return the call that gives a file's bytes and an error."""
        return f"{self.package('os')}.ReadFile({self.string(name)})"


_REFUSED = frozenset({"host", "content-length", "transfer-encoding", "trailer"})
_KEPT_PATH = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@\[\]/]|%[0-9A-Fa-f]{2})*")


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(request)
    go = Go()
    body = body_of(message, go.files, same_form=_same_form, same_part=_same_part)
    headers, lost = usable_headers(message.headers, _REFUSED, "net/http")
    own_type = isinstance(body, PartsBody)
    notes = (*message.notes, *lost, *_address_notes(message), *secret_notes(message), *go.files.notes)
    query = readable_query(message, _same_form)

    code = Writer(unit="\t")
    with code.indented("func main() {", "}"):
        if query:
            _write_values(query.form.pairs, "query", code, go)
            code.line()
        if body is not None:
            _write_body(body, code, go)
            code.line()
        argument = "nil" if body is None else "&body" if own_type or isinstance(body, PiecesBody) else "body"
        address = go.text(message.url, encode=True)
        if query:
            address = f"{go.string(query.address + '?')}+query.Encode()"
        http = go.package("net/http")
        code.line(f"req, err := {http}.NewRequest({go.string(message.method)}, {address}, {argument})")
        _check(code, go)
        if message.basic is not None:
            username, password = go.variable(message.basic.username), go.variable(message.basic.password)
            code.line(f"req.SetBasicAuth({username}, {password})")
        add = "Add" if repeated(message) else "Set"
        for name, value in headers:
            if own_type and name.lower() == "content-type":
                code.line('req.Header.Set("Content-Type", form.FormDataContentType())')
            else:
                code.line(f"req.Header.{add}({go.string(name)}, {go.text(value)})")
        code.line()
        code.line(f"resp, err := {http}.DefaultClient.Do(req)")
        _check(code, go)
        code.line("defer resp.Body.Close()")
        code.line()
        code.line(f"answer, err := {go.package('io')}.ReadAll(resp.Body)")
        _check(code, go)
        code.line(f"{go.package('fmt')}.Println(resp.Status)")
        code.line("fmt.Println(string(answer))")

    head = Writer(unit="\t", note=comment)
    head.comments(notes)
    head.line("package main")
    head.line()
    with head.indented("import (", ")"):
        head.lines(*(f'"{path}"' for path in sorted(go.used)))
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _check(code: Writer, go: Go) -> None:
    with code.indented("if err != nil {", "}"):
        code.line(f"{go.package('log')}.Fatal(err)")


def _same_form(form: FormContent) -> bool:
    return same_plus_encoded(sorted_by_name(form))


def _same_part(part: Part) -> bool:
    names = part.name + (part.filename or "")
    if part.headers or not part.name or re.search(r'["\\\r\n]', names):
        return False
    if part.filename is not None:
        return part.filename != "" and part.content_type is not None
    return part.content_type is None and decoded(part.data) is not None


def _write_body(body: Body, code: Writer, go: Go) -> None:
    if isinstance(body, TextBody) and body.fields:
        fields = "".join(f"\t\t{go.string(field)},\n" for field in body.fields)
        strings = go.package("strings")
        code.verbatim(f'body := {strings}.NewReader({strings}.Join([]string{{\n{fields}\t}}, "&"))')
    elif isinstance(body, TextBody):
        code.verbatim(f"body := {go.package('strings')}.NewReader({go.readable(body.text)})")
    elif isinstance(body, BytesBody):
        code.line(f"body := {go.package('strings')}.NewReader({go.bytes_of(body.data)})")
    elif isinstance(body, PairsBody):
        _write_values(body.pairs, "form", code, go)
        code.line(f"body := {go.package('strings')}.NewReader(form.Encode())")
    elif isinstance(body, FileBody):
        code.line(f"file, err := {go.read(body.name)}")
        _check(code, go)
        code.line(f"body := {go.package('bytes')}.NewReader(file)")
    elif isinstance(body, PartsBody):
        _write_parts(body, code, go)
    else:
        code.line(f"var body {go.package('bytes')}.Buffer")
        files = 0
        for piece in body.pieces:
            if isinstance(piece, bytes):
                code.line(f"body.WriteString({go.bytes_of(piece)})")
            else:
                files += 1
                file = f"file{files if files > 1 else ''}"
                code.line(f"{file}, err := {go.read(piece.name)}")
                _check(code, go)
                code.line(f"body.Write({file})")


def _write_values(pairs: tuple[tuple[str, str], ...], variable: str, code: Writer, go: Go) -> None:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(go.string(value))
    width = max(len(go.string(name)) for name in grouped) + 2  # as gofmt lines the values up
    with code.indented(f"{variable} := {go.package('net/url')}.Values{{", "}"):
        for name, values in grouped.items():
            key = f"{go.string(name)}:"
            aligned = key.ljust(width) if width <= 60 else f"{key} "
            code.line(f"{aligned}{{{', '.join(values)}}},")


def _write_parts(body: PartsBody, code: Writer, go: Go) -> None:
    code.line(f"var body {go.package('bytes')}.Buffer")
    code.line(f"form := {go.package('mime/multipart')}.NewWriter(&body)")
    files = 0
    for part in body.parts:
        if part.filename is None:
            code.line(f"form.WriteField({go.string(part.name)}, {go.string(part.data.decode('utf-8'))})")
            continue
        files += 1
        number = files if files > 1 else ""
        disposition = f'form-data; name="{part.name}"; filename="{part.filename}"'
        code.line(f"file{number}, err := {go.read(go.files.local(part.filename, part.data).name)}")
        _check(code, go)
        header = go.package("net/textproto")
        with code.indented(f"part{number}, err := form.CreatePart({header}.MIMEHeader{{", "})"):
            code.line(f'"Content-Disposition": {{{go.literal(disposition)}}},')
            code.line(f'"Content-Type":        {{{go.string(part.content_type or "")}}},')
        _check(code, go)
        code.line(f"part{number}.Write(file{number})")
    code.line("form.Close()")


def _address_notes(message: Message) -> tuple[str, ...]:
    address = "".join(piece for piece in message.url if isinstance(piece, str))
    if _KEPT_PATH.fullmatch(urlsplit(address).path):
        return ()
    return ("net/http percent-encodes parts of this path: characters that a path may not hold.",)


TARGET = Target(
    id="go_net_http",
    language="Go",
    client="net/http",
    title="Go",
    extension="go",
    lexer="go",
    default=True,
    render=render,
)
