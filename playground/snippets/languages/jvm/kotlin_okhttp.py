"""Kotlin with OkHttp (4 and newer)."""

from __future__ import annotations

from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    TextBody,
    readable_text,
    repeated,
    secret_notes,
)
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.jvm import kotlin
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

_STEP = " " * 4


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = okhttp_body(message, names)
    headers, lost = okhttp_headers(message, body)
    notes = (*message.notes, INSTALL, *lost, *okhttp_notes(message, body), *secret_notes(message), *names.notes)

    code = Writer(unit="    ")
    with code.indented("fun main() {", "}"):
        if body is not None:
            for line in _body_lines(body, message, names):
                code.line(line)
            code.line()
        code.line("val request = Request.Builder()")
        code.line(f"{_STEP}.url({kotlin.template(message.url, encode=True)})")
        for line in _header_lines(message, headers):
            code.line(_STEP + line)
        code.line(_STEP + _method(message, body))
        code.line(f"{_STEP}.build()")
        code.line()
        with code.indented("OkHttpClient().newCall(request).execute().use { response ->", "}"):
            code.line("println(response.code)")
            code.line("println(response.body?.string())")

    head = Writer(unit="    ")
    head.comments(tuple(map(comment, notes)))
    for name in _imports(code.text):
        head.line(f"import {name}")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


_NAMES = (
    ("File(", "java.io.File"),
    ("URLEncoder.", "java.net.URLEncoder"),
    ("Base64.", "java.util.Base64"),
    ("Credentials.", "okhttp3.Credentials"),
    ("FormBody.", "okhttp3.FormBody"),
    ("Headers.", "okhttp3.Headers"),
    (".toMediaType(", "okhttp3.MediaType.Companion.toMediaType"),
    ("MultipartBody.", "okhttp3.MultipartBody"),
    ("OkHttpClient(", "okhttp3.OkHttpClient"),
    ("Request.Builder(", "okhttp3.Request"),
    (".asRequestBody(", "okhttp3.RequestBody.Companion.asRequestBody"),
    (".toRequestBody(", "okhttp3.RequestBody.Companion.toRequestBody"),
    (" Buffer(", "okio.Buffer"),
)


def _imports(code: str) -> list[str]:
    # A value that holds such words costs an import nobody needs, and nothing else.
    return [name for words, name in _NAMES if words in code]


def _header_lines(message: Message, headers: tuple[tuple[str, Text], ...]) -> list[str]:
    lines: list[str] = []
    unsafe = [(name, plain(value) or "") for name, value in headers if not (plain(value) or "").isascii()]
    if unsafe:
        added = "".join(f".addUnsafeNonAscii({kotlin.string(name)}, {kotlin.string(value)})" for name, value in unsafe)
        lines.append(f".headers(Headers.Builder(){added}.build())")
    if message.basic is not None:
        username, password = kotlin.variable(message.basic.username), kotlin.variable(message.basic.password)
        credentials = f"Credentials.basic({username}, {password}, Charsets.UTF_8)"
        lines.append(f'.header("Authorization", {credentials})')
    set_by = "addHeader" if repeated(message) else "header"
    lines += [
        f".{set_by}({kotlin.string(name)}, {kotlin.template(value)})"
        for name, value in headers
        if (plain(value) or "").isascii()
    ]
    return lines


def _method(message: Message, body: Body | None) -> str:
    method = message.method
    content = "body" if body is not None else "ByteArray(0).toRequestBody()" if needs_content(message) else ""
    if method in ("POST", "PUT", "PATCH") or (method == "DELETE" and content):
        return f".{method.lower()}({content})"
    if method in ("GET", "HEAD", "DELETE"):
        return f".{method.lower()}()"
    return f".method({kotlin.string(method)}, {content or 'null'})"


def _body_lines(body: Body, message: Message, names: FileNames) -> list[str]:
    media = body_type(message)
    kind = f"{kotlin.string(media)}.toMediaType()" if media else ""
    if isinstance(body, TextBody):
        return _text_lines(body, kind, media or "")
    if isinstance(body, PairsBody):
        fields = "".join(f"\n{_STEP}.add({kotlin.string(name)}, {kotlin.string(value)})" for name, value in body.pairs)
        return [f"val body = FormBody.Builder(){fields}\n{_STEP}.build()"]
    if isinstance(body, FileBody):
        return [f"val body = File({kotlin.string(body.name)}).asRequestBody({kind})"]
    if isinstance(body, BytesBody):
        return [f"val body = {kotlin.base64_of(body.data)}.toRequestBody({kind})"]
    if isinstance(body, PartsBody):
        return _parts_lines(body, names)
    written = "".join(f"\n{_STEP}.{_written(piece)}" for piece in body.pieces)
    return [f"val content = Buffer(){written}", f"val body = content.readByteArray().toRequestBody({kind})"]


def _text_lines(body: TextBody, kind: str, media: str) -> list[str]:
    if body.fields:
        fields = "".join(f"\n{_STEP}{kotlin.string(field)}," for field in body.fields)
        value = f'listOf({fields.removesuffix(",")}\n).joinToString("&")'
    else:
        value = kotlin.block(body.text)
    name = "json" if media.endswith("json") else "text"
    # Of a string OkHttp makes "; charset=utf-8", of bytes nothing.
    as_said = name if media.endswith("charset=utf-8") else f"{name}.toByteArray()"
    return [f"val {name} = {value}", f"val body = {as_said}.toRequestBody({kind})"]


def _parts_lines(body: PartsBody, names: FileNames) -> list[str]:
    lines = ["val body = MultipartBody.Builder()", f"{_STEP}.setType(MultipartBody.FORM)"]
    for part in body.content.parts:
        if part.filename is None:
            value = kotlin.string(part.data.decode("utf-8"))
        else:
            media = f"{kotlin.string(part.content_type)}.toMediaType()" if part.content_type is not None else ""
            local = names.local(part.filename, part.data).name
            made = f"File({kotlin.string(local)}).asRequestBody({media})"
            value = f"{kotlin.string(part.filename)}, {made}"
        lines.append(f"{_STEP}.addFormDataPart({kotlin.string(part.name)}, {value})")
    return [*lines, f"{_STEP}.build()"]


def _written(piece: Piece) -> str:
    if not isinstance(piece, bytes):
        return f"write(File({kotlin.string(piece.name)}).readBytes())"
    text = readable_text(piece)
    return f"write({kotlin.base64_of(piece)})" if text is None else f"writeUtf8({kotlin.long_string(text)})"


TARGET = Target(
    id="kotlin_okhttp",
    language="Kotlin",
    client="OkHttp",
    title="Kotlin",
    extension="kt",
    lexer="kotlin",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
