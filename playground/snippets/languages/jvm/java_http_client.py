"""Java with its standard `java.net.http` (Java 17 and newer, one file)."""

from __future__ import annotations

from playground.snippets.address import AddressRules, encoded_address
from playground.snippets.body import BytesBody, ExactBody, FileBody, TextBody, exact_body, readable_text
from playground.snippets.files import Piece
from playground.snippets.headers import ascii_headers, usable_headers
from playground.snippets.languages.jvm.literals import Java
from playground.snippets.literals import comment
from playground.snippets.message import Basic, message_of
from playground.snippets.notes import secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.writer import Writer

_REFUSED = frozenset({"connection", "content-length", "expect", "host", "upgrade"})
_PUBLISHERS = "HttpRequest.BodyPublishers"
_ADDRESS = AddressRules(
    sentence="java.net.URI refuses some characters of this address; they are percent-encoded here.",
    query="A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-",
    dots="",
)


def render(request: SnippetRequest) -> Rendered:
    """Write a class that sends the request and prints status and answer."""
    message = message_of(request)
    java = Java()
    body = exact_body(message, java.files)
    headers, lost = usable_headers(message.headers, _REFUSED, "java.net.http")
    headers, unsent = ascii_headers(headers, "java.net.http")
    notes = (*message.notes, *lost, *unsent, *_ADDRESS.notes(message), *secret_notes(message), *java.files.notes)

    code = Writer(unit="    ")
    with (
        code.indented("public class Main {", "}"),
        code.indented("public static void main(String[] args) throws Exception {", "}"),
    ):
        publisher = _publisher(body, code, java)
        address = java.text(encoded_address(message, query=_ADDRESS.query), encode=True)
        builder = java.use("HttpRequest", "java.net.http")
        code.line(f"{builder} request = {builder}.newBuilder({java.use('URI', 'java.net')}.create({address}))")
        if message.basic is not None:
            code.line(f'        .header("Authorization", {_basic(message.basic, java)})')
        for name, value in headers:
            code.line(f"        .header({java.string(name)}, {java.text(value)})")
        code.line(f"        {_method(message.method, publisher, java)}")
        code.line("        .build();")
        code.line()
        response, client = java.use("HttpResponse", "java.net.http"), java.use("HttpClient", "java.net.http")
        code.line(f"{response}<String> response = {client}.newHttpClient()")
        code.line("        .send(request, HttpResponse.BodyHandlers.ofString());")
        code.line("System.out.println(response.statusCode());")
        code.line("System.out.println(response.body());")

    head = Writer(note=comment)
    head.comments(notes)
    head.lines(*sorted(f"import {package}.{name};" for package, names in java.used.items() for name in names))
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _basic(basic: Basic, java: Java) -> str:
    pair = java.text((basic.username, ":", basic.password))
    encoder = f"{java.use('Base64', 'java.util')}.getEncoder()"
    return f'"Basic " + {encoder}.encodeToString(\n                ({pair}).getBytes({java.utf_8()}))'


def _method(method: str, publisher: str, java: Java) -> str:
    if method in ("POST", "PUT"):
        return f".{method}({publisher or f'{_PUBLISHERS}.noBody()'})"
    if not publisher and method in ("GET", "DELETE"):
        return f".{method}()"
    return f".method({java.string(method)}, {publisher or f'{_PUBLISHERS}.noBody()'})"


def _publisher(body: ExactBody | None, code: Writer, java: Java) -> str:
    """Write what the body needs before the request, and return the expression of its publisher."""
    if body is None:
        return ""
    if isinstance(body, TextBody):
        fields = list(body.fields)
        value = java.joined_by("&", fields, indent=" " * 8) if fields else java.readable(body.text)
        code.lines(f"String body = {value};", "")
        return f"{_PUBLISHERS}.ofString(body)"
    if isinstance(body, BytesBody):
        return _piece(body.data, java)
    if isinstance(body, FileBody):
        return _file(body.name, java)
    published = ",".join(f"\n        {_piece(piece, java)}" for piece in body.pieces)
    code.lines(f"HttpRequest.BodyPublisher body = {_PUBLISHERS}.concat({published});", "")
    return "body"


def _file(name: str, java: Java) -> str:
    return f"{_PUBLISHERS}.ofFile({java.use('Path', 'java.nio.file')}.of({java.string(name)}))"


def _piece(piece: Piece, java: Java) -> str:
    if not isinstance(piece, bytes):
        return _file(piece.name, java)
    text = readable_text(piece)
    if text is None:
        return f"{_PUBLISHERS}.ofByteArray({java.bytes_of(piece)})"
    return f"{_PUBLISHERS}.ofString({java.long_string(text, indent=' ' * 16)})"


TARGET = Target(
    id="java_http_client",
    language="Java",
    client="java.net.http",
    title="Java",
    extension="java",
    lexer="java",
    render=render,
)
