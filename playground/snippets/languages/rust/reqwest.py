"""Rust with reqwest, blocking (0.11 and newer)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playground.messages import Part
from playground.snippets.address import LENIENT_QUERY, PATH, AddressRules, rewrites
from playground.snippets.body import (
    FORM,
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    TextBody,
    body_of,
    is_plain_type,
    readable_text,
)
from playground.snippets.files import Piece
from playground.snippets.headers import content_type, is_bearer, usable_headers
from playground.snippets.literals import Grammar, Literals, Quoting, comment
from playground.snippets.message import message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.urlencoded import readable_query, same_search_params
from playground.snippets.writer import Writer

_QUOTED = Quoting()


def string(text: str) -> str:
    """Return a string literal of exactly this text (a lone surrogate, which no Rust string can hold, as U+FFFD)."""
    return _QUOTED(re.sub("[\ud800-\udfff]", "\ufffd", text))


class Rust(Literals):
    """Writes Rust; `used` are names by their path, and the function `encoded` of the program."""

    grammar = Grammar(quoting=_QUOTED)

    def string(self, text: str) -> str:
        """Return a string literal of exactly this text."""
        return string(text)

    def raw(self, text: str) -> str:
        """Return a raw string."""
        hashes = "#" * (1 + max(map(len, re.findall(r'"(#*)', text)), default=0))
        return f'r{hashes}"{text}"{hashes}'

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, in a function that returns a `Result`."""
        return f'{self.use("env", "std")}::var("{variable.name}")?'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('encoded')}(&{expression})"

    def text(self, text: Text, *, encode: bool = False) -> str:
        """Return an expression for text with variables: the variable itself, or one `format!`."""
        if len(text) == 1 or plain(text) is not None:
            return super().text(text, encode=encode)
        expressions = zip(text, self.expressions(text, encode=encode), strict=True)
        values = [expression for piece, expression in expressions if isinstance(piece, Variable)]
        template = "".join(
            "{}" if isinstance(piece, Variable) else piece.replace("{", "{{").replace("}", "}}") for piece in text
        )
        return f"format!({string(template)}, {', '.join(values)})"

    def readable(self, text: Text) -> str:
        """Return the expression that reads best of text with variables, which may be full of braces."""
        known = plain(text)
        if known is not None:
            return self.literal(known)
        pieces = [f"&{self.variable(piece)}" if isinstance(piece, Variable) else self.literal(piece) for piece in text]
        return f"[{', '.join(pieces)}].concat()"

    def bytes_of(self, data: bytes) -> str:
        """Return a byte string literal of exactly these bytes."""
        text = data.decode("latin-1").translate(_QUOTED.escapes)
        return 'b"' + "".join(mark if " " <= mark <= "~" else f"\\x{ord(mark):02x}" for mark in text) + '"'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('fs', 'std')}::read({string(name)})?"


_REFUSED = frozenset({"content-length", "transfer-encoding"})
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})
_PLAIN_NAME = re.compile(r"[\w.\-]+", re.ASCII)
_PARAMETER = re.compile(r"[?&]([^?&=]+)=$")
_ADDRESS = AddressRules(sentence=rewrites("reqwest"), path=PATH + "\\[\\]|", query=LENIENT_QUERY)
_MULTIPART = "reqwest::blocking::multipart"
_ENCODED = """fn encoded(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
"""


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(request)
    rust = Rust()
    is_form = content_type(message) == FORM
    body = body_of(
        message, rust.files, same_form=lambda form: is_form and same_search_params(form), same_part=_same_part
    )
    headers, lost = usable_headers(message.headers, _REFUSED, "reqwest")
    features = "blocking,multipart" if isinstance(body, PartsBody) else "blocking"
    install = f"Needs: cargo add reqwest --features {features}"
    notes = (*message.notes, install, *lost, *_ADDRESS.notes(message), *secret_notes(message), *rust.files.notes)

    address, parameters = _address(message.url, rust)
    code = Writer(unit="    ")
    error = rust.use("Error", "std::error")
    with code.indented(f"fn main() -> Result<(), Box<dyn {error}>> {{", "}"):
        if body is not None:
            _write_body(body, code, rust)
        query = readable_query(message, same_search_params)
        if query:
            address = rust.string(query.address)
        code.line(f"let response = {rust.use('Client', 'reqwest::blocking')}::new()")
        code.line(f"    .{_method(message.method, address, rust)}")
        if query:
            code.line("    .query(&[")
            code.lines(*(f"        ({', '.join(map(rust.string, pair))})," for pair in query.form.pairs))
            code.line("    ])")
        if parameters:
            shown = ", ".join(f"({rust.string(name)}, {rust.variable(value)})" for name, value in parameters)
            code.line(f"    .query(&[{shown}])")
        if message.basic is not None:
            username, password = rust.variable(message.basic.username), rust.variable(message.basic.password)
            code.line(f"    .basic_auth({username}, Some({password}))")
        for name, value in headers:
            if name.lower() != "content-type" or not isinstance(body, PairsBody | PartsBody):
                code.line(f"    .{_header(name, value, rust)}")
        if body is not None:
            sent = {PairsBody: "form(&form)", PartsBody: "multipart(form)"}.get(type(body), "body(body)")
            code.line(f"    .{sent}")
        code.lines(
            "    .send()?;",
            "",
            'println!("{}", response.status());',
            'println!("{}", response.text()?);',
            "Ok(())",
        )

    head = Writer(note=comment)
    head.comments(notes)
    head.lines(*_imports(rust), "", *([_ENCODED] if rust.uses("encoded") else []))
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _imports(rust: Rust) -> list[str]:
    multipart = sorted(rust.used.pop(_MULTIPART, ()))
    paths = [f"{path}::{name}" for path, names in rust.used.items() if path for name in names]
    if multipart:
        paths.append(f"{_MULTIPART}::" + (multipart[0] if len(multipart) == 1 else f"{{{', '.join(multipart)}}}"))
    return [f"use {path};" for path in sorted(paths)]


def _same_part(part: Part) -> bool:
    if part.headers or re.search(r'["\\\r\n]', part.name + (part.filename or "")):
        return False
    if part.content_type is not None and not is_plain_type(part.content_type):
        return False
    return part.filename is not None or readable_text(part.data) is not None


def _address(url: Text, rust: Rust) -> tuple[str, list[tuple[str, Variable]]]:
    """Split an address into its known beginning, as an expression, and the query parameters that hold a variable."""
    if len(url) == 1 or isinstance(url[0], Variable):
        return rust.text(url), []
    if not _ends_in_secrets(url):
        return rust.text(url, encode=True), []
    parameters: list[tuple[str, Variable]] = []
    known = ""
    for piece in url:
        if isinstance(piece, Variable):
            match = _PARAMETER.search(known)
            known = known[: match.start()] if match else known
            parameters.append((unquote(match[1]) if match else "key", piece))
        else:
            known += piece
    return rust.string(known), parameters


def _ends_in_secrets(url: Text) -> bool:
    """Tell whether variables are only at the end, each the whole value of a parameter."""
    values = [at for at, piece in enumerate(url) if isinstance(piece, Variable)]
    parts = [re.sub(r"^.*(?=[?&])", "", str(url[at - 1])) for at in values]
    return values == list(range(1, len(url), 2)) and all(map(_PARAMETER.fullmatch, parts))


def _method(method: str, address: str, rust: Rust) -> str:
    if method in _METHODS:
        return f"{method.lower()}({address})"
    made = "reqwest::Method::OPTIONS" if method == "OPTIONS" else f"{rust.string(method)}.parse()?"
    return f"request({made}, {address})"


def _header(name: str, value: Text, rust: Rust) -> str:
    known = plain(value)
    if is_bearer(name, value):
        return f"bearer_auth({rust.text(value[1:])})"
    if known is not None and not known.isascii():
        return f"header({rust.string(name)}, {rust.string(known)}.as_bytes())"
    return f"header({rust.string(name)}, {rust.text(value)})"


def _write_body(body: Body, code: Writer, rust: Rust) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("let body = [", '].join("&");'):
            code.lines(*(f"{rust.string(field)}," for field in body.fields))
    elif isinstance(body, TextBody):
        code.verbatim(f"let body = {rust.readable(body.text)};")
    elif isinstance(body, BytesBody):
        code.line(f"let body: &[u8] = {rust.bytes_of(body.data)};")
    elif isinstance(body, FileBody):
        code.line(f"let body = {rust.read(body.name)};")
    elif isinstance(body, PairsBody):
        with code.indented("let form = [", "];"):
            code.lines(*(f"({rust.string(name)}, {rust.string(value)})," for name, value in body.pairs))
    elif isinstance(body, PartsBody):
        _write_parts(body, code, rust)
    else:
        with code.indented("let body = [", "].concat();"):
            code.lines(*(f"{_piece(piece, rust)}," for piece in body.pieces))
    code.line()


def _piece(piece: Piece, rust: Rust) -> str:
    if not isinstance(piece, bytes):
        return f"&{rust.read(piece.name)}"
    text = readable_text(piece)
    return f"{rust.bytes_of(piece)}.as_slice()" if text is None else f"{rust.string(text)}.as_bytes()"


def _write_parts(body: PartsBody, code: Writer, rust: Rust) -> None:
    calls = []
    if not all(_PLAIN_NAME.fullmatch(name) for part in body.parts for name in (part.name, part.filename or "x")):
        calls.append(".percent_encode_noop()")
    for part in body.parts:
        text = rust.string(part.data.decode("utf-8")) if part.filename is None else ""
        if part.filename is None and part.content_type is None:
            calls.append(f".text({rust.string(part.name)}, {text})")
            continue
        made = f"{rust.use('Part', _MULTIPART)}::text({text})"
        if part.filename is not None:
            local = rust.files.local(part.filename, part.data).name
            made = f"Part::bytes({rust.read(local)}).file_name({rust.string(part.filename)})"
        if part.content_type is not None:
            made += f".mime_str({rust.string(part.content_type)})?"
        calls.append(f".part({rust.string(part.name)}, {made})")
    code.line(f"let form = {rust.use('Form', _MULTIPART)}::new()")
    for at, call in enumerate(calls):
        code.line(f"    {call}{';' if at == len(calls) - 1 else ''}")


TARGET = Target(
    id="rust_reqwest", language="Rust", client="reqwest", title="Rust", extension="rs", lexer="rust", render=render
)
