"""Rust with reqwest, blocking (0.11 and newer)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playground.messages import FormContent, MultipartContent, Part
from playground.snippets.address import PATH, has_dot_segments, is_within
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    TextBody,
    body_of,
    content_type,
    readable_text,
    secret_notes,
    usable_headers,
)
from playground.snippets.fetch_rules import same_as_search_params
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.rust import literals as rust
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.query import readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer

_REFUSED = frozenset({"content-length", "transfer-encoding"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_PLAIN_NAME = re.compile(r"[\w.\-]+", re.ASCII)
_QUERY = "A-Za-z0-9._~!$&()*+,;=:@/?{}|^`\\\\\\[\\]-"
_PARAMETER = re.compile(r"[?&]([^?&=]+)=$")


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names)
    headers, lost = usable_headers(message, _REFUSED, "reqwest")
    features = "blocking,multipart" if isinstance(body, PartsBody) else "blocking"
    install = f"Needs: cargo add reqwest --features {features}"
    notes = (*message.notes, install, *lost, *_address_notes(message), *secret_notes(message), *names.notes)

    address, parameters = _address(message.url)
    code = Writer(unit="    ")
    if "encoded(" in address:
        with code.indented("fn encoded(text: &str) -> String {", "}"):
            with code.indented("let escape = |byte: u8| match byte {", "};"):
                code.line("b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),")
                code.line("b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),")
                code.line('_ => format!("%{byte:02X}"),')
            code.line("text.bytes().map(escape).collect()")
        code.line()
    with code.indented("fn main() -> Result<(), Box<dyn Error>> {", "}"):
        if body is not None:
            _write_body(body, code, names)
        query = readable_query(message, same_as_search_params)
        if query:
            address = rust.string(query.address)
        code.line("let response = Client::new()")
        code.line(f"    .{_method(message.method, address)}")
        if query:
            code.line("    .query(&[")
            for field in query.form.pairs:
                code.line(f"        ({', '.join(map(rust.string, field))}),")
            code.line("    ])")
        if parameters:
            shown = ", ".join(f"({rust.string(name)}, {rust.variable(value)})" for name, value in parameters)
            code.line(f"    .query(&[{shown}])")
        if message.basic is not None:
            username, password = rust.variable(message.basic.username), rust.variable(message.basic.password)
            code.line(f"    .basic_auth({username}, Some({password}))")
        for name, value in headers:
            if name.lower() != "content-type" or not isinstance(body, PairsBody | PartsBody):
                code.line(f"    .{_header(name, value)}")
        if body is not None:
            sent = {PairsBody: "form(&form)", PartsBody: "multipart(form)"}.get(type(body), "body(body)")
            code.line(f"    .{sent}")
        code.line("    .send()?;")
        code.line()
        code.line('println!("{}", response.status());')
        code.line('println!("{}", response.text()?);')
        code.line("Ok(())")

    head = Writer(unit="    ")
    head.comments(tuple(map(comment, notes)))
    for name in _imports(message, body, headers):
        head.line(f"use {name};")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _imports(message: Message, body: Body | None, headers: tuple[tuple[str, Text], ...]) -> list[str]:
    texts = [message.url, *(value for _, value in headers), *([body.text] if isinstance(body, TextBody) else [])]
    used = ["reqwest::blocking::Client"]
    files = isinstance(body, FileBody)
    if isinstance(body, PartsBody):
        plain_only = all(part.filename is None and part.content_type is None for part in body.content.parts)
        used = [
            "reqwest::blocking::multipart::Form" if plain_only else "reqwest::blocking::multipart::{Form, Part}",
            *used,
        ]
        files = any(part.filename is not None for part in body.content.parts)
    else:
        files = files or any(not isinstance(piece, bytes) for piece in getattr(body, "pieces", ()))
    if message.basic is not None or any(isinstance(piece, Variable) for text in texts for piece in text):
        used.append("std::env")
    used.append("std::error::Error")
    if files:
        used.append("std::fs")
    return sorted(used)


def _body(message: Message, names: FileNames) -> Body | None:
    content = message.content
    typed = content_type(message)
    if isinstance(content, FormContent) and content.pairs and typed == "application/x-www-form-urlencoded":
        return PairsBody(content.pairs) if same_as_search_params(content) else body_of(message, names)
    is_form = typed.startswith("multipart/form-data")
    if isinstance(content, MultipartContent) and content.parts and is_form and all(map(_simple_part, content.parts)):
        for part in content.parts:
            if part.filename is not None:
                names.local(part.filename, part.data)
        return PartsBody(content)
    return body_of(message, names)


def _simple_part(part: Part) -> bool:
    if part.headers or re.search(r'["\\\r\n]', part.name + (part.filename or "")):
        return False
    if part.content_type is not None and not _MEDIA_TYPE.fullmatch(part.content_type):
        return False
    return part.filename is not None or readable_text(part.data) is not None


def _address(url: Text) -> tuple[str, list[tuple[str, Variable]]]:
    """Split an address into its known beginning, as an expression, and the query parameters that hold a variable."""
    if len(url) == 1 or isinstance(url[0], Variable):
        return rust.format_of(url), []
    if not _ends_in_secrets(url):
        return rust.format_of(url, encode=True), []
    parameters: list[tuple[str, Variable]] = []
    known = ""
    for piece in url:
        if isinstance(piece, Variable):
            found = _PARAMETER.search(known)
            known = known[: found.start()] if found else known
            parameters.append((unquote(found[1]) if found else "key", piece))
        else:
            known += piece
    return rust.string(known), parameters


def _ends_in_secrets(url: Text) -> bool:
    """Tell whether variables stand only at the end, each the whole value of a parameter."""
    values = [at for at, piece in enumerate(url) if isinstance(piece, Variable)]
    parts = [re.sub(r"^.*(?=[?&])", "", str(url[at - 1])) for at in values]
    return values == list(range(1, len(url), 2)) and all(map(_PARAMETER.fullmatch, parts))


def _method(method: str, address: str) -> str:
    if method in _METHODS:
        return f"{method.lower()}({address})"
    made = "reqwest::Method::OPTIONS" if method == "OPTIONS" else f"{rust.string(method)}.parse()?"
    return f"request({made}, {address})"


def _header(name: str, value: Text) -> str:
    known = plain(value)
    if name.lower() == "authorization" and len(value) == 2 and value[0] == "Bearer ":
        return f"bearer_auth({rust.format_of(value[1:])})"
    if known is not None and not known.isascii():
        return f"header({rust.string(name)}, {rust.string(known)}.as_bytes())"
    return f"header({rust.string(name)}, {rust.format_of(value)})"


def _write_body(body: Body, code: Writer, names: FileNames) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("let body = [", '].join("&");'):
            for field in body.fields:
                code.line(f"{rust.string(field)},")
    elif isinstance(body, TextBody):
        known = plain(body.text)
        code.verbatim(f"let body = {rust.concat_of(body.text) if known is None else rust.literal(known)};")
    elif isinstance(body, BytesBody):
        code.line(f"let body: &[u8] = {rust.bytes_of(body.data)};")
    elif isinstance(body, FileBody):
        code.line(f"let body = fs::read({rust.string(body.name)})?;")
    elif isinstance(body, PairsBody):
        with code.indented("let form = [", "];"):
            for name, value in body.pairs:
                code.line(f"({rust.string(name)}, {rust.string(value)}),")
    elif isinstance(body, PartsBody):
        _write_parts(body, code, names)
    else:
        with code.indented("let body = [", "].concat();"):
            for piece in body.pieces:
                code.line(f"{_piece(piece)},")
    code.line()


def _piece(piece: Piece) -> str:
    if not isinstance(piece, bytes):
        return f"&fs::read({rust.string(piece.name)})?"
    text = readable_text(piece)
    return f"{rust.bytes_of(piece)}.as_slice()" if text is None else f"{rust.string(text)}.as_bytes()"


def _write_parts(body: PartsBody, code: Writer, names: FileNames) -> None:
    lines = []
    if not all(
        _PLAIN_NAME.fullmatch(name) for part in body.content.parts for name in (part.name, part.filename or "x")
    ):
        lines.append(".percent_encode_noop()")
    for part in body.content.parts:
        text = rust.string(part.data.decode("utf-8")) if part.filename is None else ""
        if part.filename is None and part.content_type is None:
            lines.append(f".text({rust.string(part.name)}, {text})")
            continue
        local = "" if part.filename is None else names.local(part.filename, part.data).name
        made = f"Part::text({text})" if part.filename is None else f"Part::bytes(fs::read({rust.string(local)})?)"
        if part.filename is not None:
            made += f".file_name({rust.string(part.filename)})"
        if part.content_type is not None:
            made += f".mime_str({rust.string(part.content_type)})?"
        lines.append(f".part({rust.string(part.name)}, {made})")
    code.line("let form = Form::new()")
    for at, line in enumerate(lines):
        code.line(f"    {line}{';' if at == len(lines) - 1 else ''}")


def _address_notes(message: Message) -> tuple[str, ...]:
    if not has_dot_segments(message) and is_within(message, path=PATH + "\\[\\]|", query=_QUERY):
        return ()
    return ("reqwest rewrites parts of this address: dot segments and characters it wants percent-encoded.",)


TARGET = Target(
    id="rust_reqwest",
    language="Rust",
    client="reqwest",
    title="Rust",
    extension="rs",
    lexer="rust",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
