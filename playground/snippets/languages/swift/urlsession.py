"""Swift with Foundation's `URLSession` (Swift 5.7 and newer, in `main.swift`)."""

from __future__ import annotations

import base64

from playground.snippets.address import PATH, QUERY, has_dot_segments, is_within
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    TextBody,
    body_of,
    content_type,
    encoded_address,
    readable_text,
    repeated,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.swift import literals as swift
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable, plain
from playground.snippets.writer import Writer

_REFUSED = frozenset({"connection", "content-length", "host", "transfer-encoding"})


def render(given: SnippetRequest) -> Rendered:
    """Write top-level code that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = body_of(message, names) if message.method not in ("GET", "HEAD") else None
    headers, lost = usable_headers(message, _REFUSED, "URLSession")
    notes = (*message.notes, *lost, *_own_notes(message, body), *secret_notes(message), *names.notes)

    code = Writer(unit="    ")
    code.comments(tuple(map(comment, notes)))
    for line in (
        "import Foundation",
        "#if canImport(FoundationNetworking)",
        "import FoundationNetworking",
        "#endif",
        "",
    ):
        code.line(line)
    texts = [message.url, *(value for _, value in headers), *([body.text] if isinstance(body, TextBody) else [])]
    if message.basic is not None or any(isinstance(piece, Variable) for text in texts for piece in text):
        code.line("let environment = ProcessInfo.processInfo.environment")
        code.line()
    if body is not None:
        _write_body(body, code)
    code.line(f"var request = URLRequest(url: URL(string: {swift.string_of(encoded_address(message), encode=True)})!)")
    code.line(f"request.httpMethod = {swift.string(message.method)}")
    if message.basic is not None:
        pair = swift.string_of((message.basic.username, ":", message.basic.password))
        code.line(f"let credentials = Data({pair}.utf8).base64EncodedString()")
        code.line('request.setValue("Basic \\(credentials)", forHTTPHeaderField: "Authorization")')
    add = "addValue" if repeated(message) else "setValue"
    for name, value in headers:
        code.line(f"request.{add}({swift.string_of(value)}, forHTTPHeaderField: {swift.string(name)})")
    if body is not None:
        code.line("request.httpBody = body")
    code.line()
    code.line("let (data, response) = try await URLSession.shared.data(for: request)")
    code.line("print((response as! HTTPURLResponse).statusCode)")
    code.line("print(String(decoding: data, as: UTF8.self))")
    return Rendered(text=code.text, notes=notes)


def _write_body(body: Body, code: Writer) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("let fields = [", "]"):
            for field in body.fields:
                code.line(f"{swift.string(field)},")
        code.line('let body = Data(fields.joined(separator: "&").utf8)')
    elif isinstance(body, TextBody):
        code.verbatim(f"let body = Data({swift.literal(body.text)}.utf8)")
    elif isinstance(body, BytesBody):
        code.line(f"let body = {_data(body.data)}")
    elif isinstance(body, FileBody):
        code.line(f"let body = try Data(contentsOf: URL(fileURLWithPath: {swift.string(body.name)}))")
    else:
        code.line("var body = Data()")
        for piece in getattr(body, "pieces", ()):
            code.line(f"body.append({_piece(piece)})")
    code.line()


def _piece(piece: Piece) -> str:
    if isinstance(piece, bytes):
        return _data(piece)
    return f"try Data(contentsOf: URL(fileURLWithPath: {swift.string(piece.name)}))"


def _data(data: bytes) -> str:
    text = readable_text(data)
    if text is not None:
        return f"Data({swift.string(text)}.utf8)"
    return f"Data(base64Encoded: {swift.string(base64.b64encode(data).decode('ascii'))})!"


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    notes: list[str] = []
    if message.has_content and body is None:
        notes.append(f"URLSession cannot send content with {message.method}; it is left out here.")
    if body is not None and not content_type(message):
        notes.append("URLSession adds a Content-Type of its own, since none is set.")
    if not is_within(message, path=PATH, query=QUERY):
        notes.append("URL refuses some characters of this address; they are percent-encoded here.")
    elif has_dot_segments(message):
        notes.append("URLSession may resolve the dot segments of this address.")
    if repeated(message):
        notes.append("URLSession joins repeated header fields into one.")
    odd = [name for name, value in message.headers if not (plain(value) or "").isascii()]
    if odd:
        notes.append(f"URLSession may change header fields that are not ASCII: {', '.join(odd)}.")
    return tuple(notes)


TARGET = Target(
    id="swift_urlsession",
    language="Swift",
    client="URLSession",
    title="Swift",
    extension="swift",
    lexer="swift",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
