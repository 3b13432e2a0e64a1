"""Java with its standard `java.net.http` (Java 17 and newer, one file)."""

from __future__ import annotations

from playground.snippets.address import is_within
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    TextBody,
    ascii_headers,
    body_of,
    encoded_address,
    readable_text,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.jvm import java
from playground.snippets.literals import comment
from playground.snippets.message import Basic, Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable
from playground.snippets.writer import Writer

_REFUSED = frozenset({"connection", "content-length", "expect", "host", "upgrade"})
_PUBLISHERS = "HttpRequest.BodyPublishers"
QUERY = "A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-"


def render(given: SnippetRequest) -> Rendered:
    """Write a class that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = body_of(message, names)
    headers, lost = usable_headers(message, _REFUSED, "java.net.http")
    headers, unsent = ascii_headers(headers, "java.net.http")
    notes = (*message.notes, *lost, *unsent, *_address_notes(message), *secret_notes(message), *names.notes)

    code = Writer(unit="    ")
    with (
        code.indented("public class Main {", "}"),
        code.indented("public static void main(String[] args) throws Exception {", "}"),
    ):
        publisher = _publisher(body, code)
        address = java.text_of(encoded_address(message, query=QUERY), encode=True)
        code.line(f"HttpRequest request = HttpRequest.newBuilder(URI.create({address}))")
        if message.basic is not None:
            code.line(f'        .header("Authorization", {_basic(message.basic)})')
        for name, value in headers:
            code.line(f"        .header({java.string(name)}, {java.text_of(value)})")
        code.line(f"        {_method(message.method, publisher)}")
        code.line("        .build();")
        code.line()
        code.line("HttpResponse<String> response = HttpClient.newHttpClient()")
        code.line("        .send(request, HttpResponse.BodyHandlers.ofString());")
        code.line("System.out.println(response.statusCode());")
        code.line("System.out.println(response.body());")

    head = Writer(unit="    ")
    head.comments(tuple(map(comment, notes)))
    for name in _imports(message, body):
        head.line(f"import {name};")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _imports(message: Message, body: Body | None) -> list[str]:
    used = {"java.net.URI", *(f"java.net.http.Http{name}" for name in ("Client", "Request", "Response"))}
    if message.basic is not None:
        used |= {"java.nio.charset.StandardCharsets", "java.util.Base64"}
    if any(isinstance(piece, Variable) for piece in message.url[1:]):
        used |= {"java.net.URLEncoder", "java.nio.charset.StandardCharsets"}
    if isinstance(body, TextBody | FileBody) or body is None:
        used |= {"java.nio.file.Path"} if isinstance(body, FileBody) else set()
        return sorted(used)
    pieces = (body.data,) if isinstance(body, BytesBody) else getattr(body, "pieces", ())
    if any(not isinstance(piece, bytes) for piece in pieces):
        used.add("java.nio.file.Path")
    if any(isinstance(piece, bytes) and readable_text(piece) is None for piece in pieces):
        used.add("java.util.Base64")
    return sorted(used)


def _basic(basic: Basic) -> str:
    pair = java.text_of((basic.username, ":", basic.password))
    encoder = "Base64.getEncoder()"
    return f'"Basic " + {encoder}.encodeToString(\n                ({pair}).getBytes(StandardCharsets.UTF_8))'


def _method(method: str, publisher: str) -> str:
    if method in ("POST", "PUT"):
        return f".{method}({publisher or f'{_PUBLISHERS}.noBody()'})"
    if not publisher and method in ("GET", "DELETE"):
        return f".{method}()"
    return f".method({java.string(method)}, {publisher or f'{_PUBLISHERS}.noBody()'})"


def _publisher(body: Body | None, code: Writer) -> str:
    """Write what the body needs before the request, and return the expression of its publisher."""
    if body is None:
        return ""
    if isinstance(body, TextBody):
        if body.fields:
            fields = ",".join(f"\n        {java.string(field)}" for field in body.fields)
            value = f'String.join("&",{fields})'
        else:
            value = java.block(body.text)
        code.line(f"String body = {value};")
        code.line()
        return f"{_PUBLISHERS}.ofString(body)"
    if isinstance(body, BytesBody):
        return _piece(body.data)
    if isinstance(body, FileBody):
        return f"{_PUBLISHERS}.ofFile(Path.of({java.string(body.name)}))"
    pieces = getattr(body, "pieces", ())
    published = ",".join(f"\n        {_piece(piece)}" for piece in pieces)
    code.line(f"HttpRequest.BodyPublisher body = {_PUBLISHERS}.concat({published});")
    code.line()
    return "body"


def _piece(piece: Piece) -> str:
    if not isinstance(piece, bytes):
        return f"{_PUBLISHERS}.ofFile(Path.of({java.string(piece.name)}))"
    text = readable_text(piece)
    if text is None:
        return f"{_PUBLISHERS}.ofByteArray(Base64.getDecoder().decode({java.base64_of(piece)}))"
    return f"{_PUBLISHERS}.ofString({java.long_string(text, indent=' ' * 16)})"


def _address_notes(message: Message) -> tuple[str, ...]:
    if is_within(message, query=QUERY):
        return ()
    return ("java.net.URI refuses some characters of this address; they are percent-encoded here.",)


TARGET = Target(
    id="java_http_client",
    language="Java",
    client="java.net.http",
    title="Java",
    extension="java",
    lexer="java",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
