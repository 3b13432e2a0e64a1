"""Dart with the `http` package (1.0 and newer)."""

from __future__ import annotations

import base64

from playground.snippets.address import has_dot_segments, has_odd_escapes, is_within
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    TextBody,
    ascii_headers,
    body_of,
    readable_text,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames, Piece
from playground.snippets.headers import joined_headers
from playground.snippets.languages.dart import literals as dart
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable, plain
from playground.snippets.writer import Writer

_REFUSED = frozenset({"content-length", "transfer-encoding"})


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = body_of(message, names)
    _, lost = usable_headers(message, _REFUSED, "package:http")
    joined, repeats = joined_headers(message, "package:http")
    usable = tuple(field for field in joined if field[0].lower() not in _REFUSED)
    headers, unsent = ascii_headers(usable, "dart:io")
    install = "Needs: dart pub add http"
    notes = (
        *message.notes,
        install,
        *lost,
        *repeats,
        *unsent,
        *_address_notes(message),
        *secret_notes(message),
        *names.notes,
    )

    code = Writer()
    with code.indented("Future<void> main() async {", "}"):
        address = f"Uri.parse({dart.string_of(message.url, encode=True)})"
        code.line(f"final request = http.Request({dart.string(message.method)}, {address});")
        if message.basic is not None:
            pair = dart.string_of((message.basic.username, ":", message.basic.password))
            code.line(f"final credentials = base64.encode(utf8.encode({pair}));")
            code.line("request.headers['Authorization'] = 'Basic $credentials';")
        for name, value in headers:
            code.line(f"request.headers[{dart.string(name)}] = {dart.string_of(value)};")
        if body is not None:
            _write_body(body, code)
        code.line()
        code.line("final response = await http.Response.fromStream(await request.send());")
        code.line("print(response.statusCode);")
        code.line("print(response.body);")
    program = code.text

    head = Writer()
    head.comments(tuple(map(comment, notes)))
    for words, library in (
        ("utf8.|base64.", "dart:convert"),
        ("File(|Platform.", "dart:io"),
        ("BytesBuilder(", "dart:typed_data"),
    ):
        if any(word in program for word in words.split("|")):
            head.line(f"import '{library}';")
    head.line("import 'package:http/http.dart' as http;")
    return Rendered(text=f"{head.text}\n\n{program}", notes=notes)


def _write_body(body: Body, code: Writer) -> None:
    if isinstance(body, TextBody) and body.fields:
        with code.indented("request.bodyBytes = utf8.encode([", "].join('&'));"):
            for field in body.fields:
                code.line(f"{dart.string(field)},")
    elif isinstance(body, TextBody):
        known = plain(body.text)
        if known is not None:
            value = dart.literal(known)
        else:
            value = " + ".join(
                dart.variable(piece) if isinstance(piece, Variable) else dart.literal(piece) for piece in body.text
            )
        code.verbatim(f"request.bodyBytes = utf8.encode({value});")
    elif isinstance(body, BytesBody):
        code.line(f"request.bodyBytes = {_data(body.data)};")
    elif isinstance(body, FileBody):
        code.line(f"request.bodyBytes = await File({dart.string(body.name)}).readAsBytes();")
    else:
        code.line("final body = BytesBuilder();")
        for piece in getattr(body, "pieces", ()):
            code.line(f"body.add({_piece(piece)});")
        code.line("request.bodyBytes = body.takeBytes();")


def _piece(piece: Piece) -> str:
    return _data(piece) if isinstance(piece, bytes) else f"await File({dart.string(piece.name)}).readAsBytes()"


def _data(data: bytes) -> str:
    text = readable_text(data)
    if text is not None:
        return f"utf8.encode({dart.string(text)})"
    return f"base64.decode({dart.string(base64.b64encode(data).decode('ascii'))})"


def _address_notes(message: Message) -> tuple[str, ...]:
    if is_within(message) and not has_dot_segments(message) and not has_odd_escapes(message):
        return ()
    return ("Uri rewrites parts of this address: dot segments, escapes it finds needless or missing.",)


TARGET = Target(
    id="dart_http",
    language="Dart",
    client="http",
    title="Dart",
    extension="dart",
    lexer="dart",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
