"""Java with OkHttp (3.13 and newer; Java 17 for text blocks)."""

from __future__ import annotations

from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    PiecesBody,
    TextBody,
    readable_text,
    repeated,
    secret_notes,
)
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.jvm import java
from playground.snippets.languages.jvm.okhttp import (
    INSTALL,
    body_type,
    needs_content,
    okhttp_body,
    okhttp_headers,
    okhttp_notes,
)
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_STEP = " " * 8


def render(given: SnippetRequest) -> Rendered:
    """Write a class that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = okhttp_body(message, names)
    headers, lost = okhttp_headers(message, body)
    notes = (*message.notes, INSTALL, *lost, *okhttp_notes(message, body), *secret_notes(message), *names.notes)

    code = Writer(unit="    ")
    with (
        code.indented("public class Main {", "}"),
        code.indented("public static void main(String[] args) throws Exception {", "}"),
    ):
        if body is not None:
            for line in _body_lines(body, message, names):
                code.line(line)
            code.line()
        code.line("Request request = new Request.Builder()")
        code.line(f"{_STEP}.url({java.text_of(message.url, encode=True)})")
        for line in _header_lines(message, headers):
            code.line(_STEP + line)
        code.line(_STEP + _method(message, body))
        code.line(f"{_STEP}.build();")
        code.line()
        with code.indented("try (Response response = new OkHttpClient().newCall(request).execute()) {", "}"):
            code.line("System.out.println(response.code());")
            code.line("System.out.println(response.body().string());")

    head = Writer(unit="    ")
    head.comments(tuple(map(comment, notes)))
    for name in _imports(code.text):
        head.line(f"import {name};")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


_CLASSES = (
    ("new File(", "java.io.File"),
    ("URLEncoder.", "java.net.URLEncoder"),
    ("StandardCharsets.", "java.nio.charset.StandardCharsets"),
    ("Files.", "java.nio.file.Files"),
    ("Path.of(", "java.nio.file.Path"),
    ("Base64.", "java.util.Base64"),
    ("Credentials.", "okhttp3.Credentials"),
    ("new FormBody.", "okhttp3.FormBody"),
    ("new Headers.", "okhttp3.Headers"),
    ("MediaType.get(", "okhttp3.MediaType"),
    ("new MultipartBody.", "okhttp3.MultipartBody"),
    ("new OkHttpClient(", "okhttp3.OkHttpClient"),
    ("new Request.", "okhttp3.Request"),
    ("RequestBody", "okhttp3.RequestBody"),
    ("(Response ", "okhttp3.Response"),
    ("new Buffer(", "okio.Buffer"),
)


def _imports(code: str) -> list[str]:
    # A value that holds such words costs an import nobody needs, and nothing else.
    return [name for words, name in _CLASSES if words in code]


def _header_lines(message: Message, headers: tuple[tuple[str, Text], ...]) -> list[str]:
    lines: list[str] = []
    unsafe = [(name, plain(value) or "") for name, value in headers if not (plain(value) or "").isascii()]
    if unsafe:
        added = "".join(f".addUnsafeNonAscii({java.string(name)}, {java.string(value)})" for name, value in unsafe)
        lines.append(f".headers(new Headers.Builder(){added}.build())")
    if message.basic is not None:
        username, password = java.variable(message.basic.username), java.variable(message.basic.password)
        credentials = f"Credentials.basic({username}, {password}, StandardCharsets.UTF_8)"
        lines.append(f'.header("Authorization", {credentials})')
    set_by = "addHeader" if repeated(message) else "header"
    lines += [
        f".{set_by}({java.string(name)}, {java.text_of(value)})"
        for name, value in headers
        if (plain(value) or "").isascii()
    ]
    return lines


def _method(message: Message, body: Body | None) -> str:
    method = message.method
    content = "body" if body is not None else "RequestBody.create(null, new byte[0])" if needs_content(message) else ""
    if method in ("POST", "PUT", "PATCH") or (method == "DELETE" and content):
        return f".{method.lower()}({content})"
    if method in ("GET", "HEAD", "DELETE"):
        return f".{method.lower()}()"
    return f".method({java.string(method)}, {content or 'null'})"


def _body_lines(body: Body, message: Message, names: FileNames) -> list[str]:
    media = body_type(message)
    kind = f"MediaType.get({java.string(media)})" if media else "null"
    if isinstance(body, TextBody):
        return _text_lines(body, kind, media or "")
    if isinstance(body, PairsBody):
        fields = "".join(f"\n{_STEP}.add({java.string(name)}, {java.string(value)})" for name, value in body.pairs)
        return [f"RequestBody body = new FormBody.Builder(){fields}\n{_STEP}.build();"]
    if isinstance(body, FileBody):
        return [f"RequestBody body = RequestBody.create({kind}, new File({java.string(body.name)}));"]
    if isinstance(body, BytesBody):
        decoded = f"Base64.getDecoder().decode({java.base64_of(body.data)})"
        return [f"RequestBody body = RequestBody.create({kind}, {decoded});"]
    if isinstance(body, PartsBody):
        return _parts_lines(body, names)
    return _pieces_lines(body, kind)


def _text_lines(body: TextBody, kind: str, media: str) -> list[str]:
    if body.fields:
        fields = ",".join(f"\n{_STEP}{java.string(field)}" for field in body.fields)
        value = f'String.join("&",{fields})'
    else:
        value = java.block(body.text)
    name = "json" if media.endswith("json") else "text"
    # Of a string OkHttp makes "; charset=utf-8", of bytes nothing.
    as_said = name if media.endswith("charset=utf-8") else f"{name}.getBytes(StandardCharsets.UTF_8)"
    return [f"String {name} = {value};", f"RequestBody body = RequestBody.create({kind}, {as_said});"]


def _parts_lines(body: PartsBody, names: FileNames) -> list[str]:
    lines = ["RequestBody body = new MultipartBody.Builder()", f"{_STEP}.setType(MultipartBody.FORM)"]
    for part in body.content.parts:
        if part.filename is None:
            value = java.string(part.data.decode("utf-8"))
        else:
            media = f"MediaType.get({java.string(part.content_type)})" if part.content_type is not None else "null"
            local = names.local(part.filename, part.data).name
            made = f"RequestBody.create({media}, new File({java.string(local)}))"
            value = f"{java.string(part.filename)},\n{_STEP * 2}{made}"
        lines.append(f"{_STEP}.addFormDataPart({java.string(part.name)}, {value})")
    return [*lines, f"{_STEP}.build();"]


def _pieces_lines(body: PiecesBody, kind: str) -> list[str]:
    written = "".join(f"\n{_STEP}.{_written(piece)}" for piece in body.pieces)
    made = f"RequestBody body = RequestBody.create({kind}, content.readByteArray());"
    return [f"Buffer content = new Buffer(){written};", made]


def _written(piece: Piece) -> str:
    if not isinstance(piece, bytes):
        return f"write(Files.readAllBytes(Path.of({java.string(piece.name)})))"
    text = readable_text(piece)
    if text is None:
        return f"write(Base64.getDecoder().decode({java.base64_of(piece)}))"
    return f"writeUtf8({java.long_string(text, indent=_STEP * 2)})"


TARGET = Target(
    id="java_okhttp",
    language="Java",
    client="OkHttp",
    title="Java (OkHttp)",
    extension="java",
    lexer="java",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
