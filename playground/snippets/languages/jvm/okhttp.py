"""OkHttp (3.12 and newer), in Java and in Kotlin: what it does to a request, and its call in what both share."""

from __future__ import annotations

import re
from typing import ClassVar

from playground.messages import FormContent, Part
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
    decoded,
    readable_text,
)
from playground.snippets.files import Piece
from playground.snippets.headers import content_type, is_ascii, repeated, usable_headers, without_header
from playground.snippets.languages.jvm.literals import JVM, Java, Kotlin
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.notes import content_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import plain
from playground.snippets.urlencoded import same_search_params
from playground.snippets.writer import Writer

_INSTALL = "Needs: com.squareup.okhttp3:okhttp, version 4."
_SET_BY_BODY = frozenset({"content-length", "transfer-encoding"})
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:; ?[\w.-]+=[\w.-]+)*", re.ASCII)
_ADDRESS = AddressRules(sentence=rewrites("OkHttp"), path=PATH + "\\[\\]", query=LENIENT_QUERY)


class OkHttp:
    """The program of one message; a language spells what differs: declarations, constructors, bodies."""

    step: ClassVar[str]
    """What a call in a chain is indented by."""
    end: ClassVar[str] = ""
    """What ends a statement."""
    wrapped: ClassVar[str] = " "
    """What is between the name and the content of a file's part."""

    def __init__(self, message: Message, literals: JVM) -> None:
        self.message = message
        self.literals = literals
        self.sends = message.has_content and message.method not in ("GET", "HEAD")
        self.body = self._body() if self.sends else None
        self.headers, self.lost = usable_headers(message.headers, _SET_BY_BODY, "OkHttp")
        if isinstance(self.body, PairsBody | PartsBody) or (self.body is not None and self._media_type()):
            self.headers = without_header(self.headers, "content-type")
        self.code = Writer(unit="    ")

    def write_program(self) -> None:
        """Write the program around `write_request`."""
        raise NotImplementedError

    def new(self, name: str, package: str = "okhttp3") -> str:
        """Return the beginning of a call that makes an object of a class."""
        raise NotImplementedError

    def declared(self, kind: str, name: str, expression: str) -> str:
        """Return the statement that names a value."""
        raise NotImplementedError

    def body_expression(self, content: str, media: str | None, *, is_file: bool = False) -> str:
        """Return the expression of a body: bytes, a string or a file, with its media type."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return the expression of an empty body."""
        raise NotImplementedError

    def as_bytes(self, name: str) -> str:
        """Return the expression of a string's bytes."""
        raise NotImplementedError

    def file_bytes(self, name: str) -> str:
        """Return the expression of a file's bytes."""
        raise NotImplementedError

    def charset(self) -> str:
        """Return what names UTF-8 to `Credentials`."""
        raise NotImplementedError

    def render(self) -> Rendered:
        """Return the program with its notes and imports."""
        message, files = self.message, self.literals.files
        notes = (*message.notes, _INSTALL, *self.lost, *self._notes(), *secret_notes(message), *files.notes)
        self.write_program()
        head = Writer(note=comment)
        head.comments(notes)
        names = [f"{package}.{name}" for package, names in self.literals.used.items() for name in names]
        head.lines(*(f"import {name}{self.end}" for name in sorted(names)))
        return Rendered(text=f"{head.text}\n\n{self.code.text}", notes=notes)

    def write_request(self) -> None:
        """Write the body and the request."""
        if self.body is not None:
            self.code.lines(*self._body_lines(self.body), "")
        address = self.literals.text(self.message.url, encode=True)
        calls = [f".url({address})", *self._header_calls(), self._method_call(), ".build()"]
        self.code.lines(self._chain("Request", "request", "Request", calls), "")

    def _chain(self, kind: str, name: str, builder: str, calls: list[str]) -> str:
        made = f"{self.new(builder)}.Builder()" + "".join(f"\n{self.step}{call}" for call in calls)
        return self.declared(kind, name, made)

    def _notes(self) -> tuple[str, ...]:
        parts = ("OkHttp 3 and 4 give each part a Content-Length.",) if isinstance(self.body, PartsBody) else ()
        return (*content_notes(self.message, "OkHttp", sends=self.sends), *_ADDRESS.notes(self.message), *parts)

    def _body(self) -> Body | None:
        return body_of(self.message, self.literals.files, same_form=self._same_form, same_part=_same_part)

    def _same_form(self, form: FormContent) -> bool:
        spaced = any(" " in text for pair in form.pairs for text in pair)  # %20 until OkHttp 4, + since
        return content_type(self.message) == FORM and not spaced and same_search_params(form)

    def _media_type(self) -> str | None:
        """Return the Content-Type that a body can carry unchanged, `None` when it has to be a header field."""
        types = [plain(value) or "" for name, value in self.message.headers if name.lower() == "content-type"]
        return types[0] if len(types) == 1 and _MEDIA_TYPE.fullmatch(types[0]) else None

    def _header_calls(self) -> list[str]:
        string, text, message = self.literals.string, self.literals.text, self.message
        calls: list[str] = []
        unsafe = [(name, text(value)) for name, value in self.headers if not is_ascii(value)]
        if unsafe:
            added = "".join(f".addUnsafeNonAscii({string(name)}, {value})" for name, value in unsafe)
            calls.append(f".headers({self.new('Headers')}.Builder(){added}.build())")
        if message.basic is not None:
            credentials = self.literals.use("Credentials", "okhttp3")
            variables = map(self.literals.variable, (message.basic.username, message.basic.password))
            calls.append(f'.header("Authorization", {credentials}.basic({", ".join(variables)}, {self.charset()}))')
        add = "addHeader" if repeated(message) else "header"
        calls += [f".{add}({string(name)}, {text(value)})" for name, value in self.headers if is_ascii(value)]
        return calls

    def _method_call(self) -> str:
        method = self.message.method
        # OkHttp insists on content for some methods, be it empty.
        needs = method in ("POST", "PUT", "PATCH", "PROPPATCH", "REPORT")
        content = "body" if self.body is not None else self.nothing() if needs else ""
        if method in ("POST", "PUT", "PATCH") or (method == "DELETE" and content):
            return f".{method.lower()}({content})"
        if method in ("GET", "HEAD", "DELETE"):
            return f".{method.lower()}()"
        return f".method({self.literals.string(method)}, {content or 'null'})"

    def _body_lines(self, body: Body) -> list[str]:
        media, string = self._media_type(), self.literals.string
        if isinstance(body, TextBody):
            return self._text_lines(body, media)
        if isinstance(body, PairsBody):
            added = [f".add({string(name)}, {string(value)})" for name, value in body.pairs]
            return [self._chain("RequestBody", "body", "FormBody", [*added, ".build()"])]
        if isinstance(body, FileBody):
            return [self._declared_body(self.file(body.name), media, is_file=True)]
        if isinstance(body, BytesBody):
            return [self._declared_body(self.literals.bytes_of(body.data), media)]
        if isinstance(body, PartsBody):
            added = [f".addFormDataPart({string(part.name)}, {self._part(part)})" for part in body.parts]
            calls = [".setType(MultipartBody.FORM)", *added, ".build()"]
            return [self._chain("RequestBody", "body", "MultipartBody", calls)]
        written = "".join(f"\n{self.step}.{self._written(piece)}" for piece in body.pieces)
        buffer = self.declared("Buffer", "content", f"{self.new('Buffer', 'okio')}(){written}")
        return [buffer, self._declared_body("content.readByteArray()", media)]

    def file(self, name: str) -> str:
        """Return the expression of a file beside the program."""
        return f"{self.new('File', 'java.io')}({self.literals.string(name)})"

    def _declared_body(self, content: str, media: str | None, *, is_file: bool = False) -> str:
        return self.declared("RequestBody", "body", self.body_expression(content, media, is_file=is_file))

    def _text_lines(self, body: TextBody, media: str | None) -> list[str]:
        if body.fields:
            value = self.literals.joined_by("&", list(body.fields), indent=self.step)
        else:
            value = self.literals.readable(body.text)
        name = "json" if media and media.endswith("json") else "text"
        # Of a string OkHttp makes "; charset=utf-8", of bytes nothing.
        as_declared = name if media and media.endswith("charset=utf-8") else self.as_bytes(name)
        return [self.declared("String", name, value), self._declared_body(as_declared, media)]

    def _part(self, part: Part) -> str:
        if part.filename is None:
            return self.literals.string(part.data.decode("utf-8"))
        local = self.literals.files.local(part.filename, part.data).name
        made = self.body_expression(self.file(local), part.content_type, is_file=True)
        return f"{self.literals.string(part.filename)},{self.wrapped}{made}"

    def _written(self, piece: Piece) -> str:
        if not isinstance(piece, bytes):
            return f"write({self.file_bytes(piece.name)})"
        text = readable_text(piece)
        if text is None:
            return f"write({self.literals.bytes_of(piece)})"
        return f"writeUtf8({self.literals.long_string(text, indent=self.step * 2)})"


def _same_part(part: Part) -> bool:
    if part.headers or (part.filename is None and part.content_type is not None):
        return False
    if part.filename is not None:
        return part.content_type is None or _MEDIA_TYPE.fullmatch(part.content_type) is not None
    return decoded(part.data) is not None


class _JavaProgram(OkHttp):
    step = " " * 8
    end = ";"
    wrapped = "\n" + " " * 16

    def write_program(self) -> None:
        code = self.code
        with (
            code.indented("public class Main {", "}"),
            code.indented("public static void main(String[] args) throws Exception {", "}"),
        ):
            self.write_request()
            response = self.literals.use("Response", "okhttp3")
            call = f"{self.new('OkHttpClient')}().newCall(request).execute()"
            with code.indented(f"try ({response} response = {call}) {{", "}"):
                code.line("System.out.println(response.code());")
                code.line("System.out.println(response.body().string());")

    def new(self, name: str, package: str = "okhttp3") -> str:
        return f"new {self.literals.use(name, package)}"

    def declared(self, kind: str, name: str, expression: str) -> str:
        if kind == "RequestBody":
            self.literals.use(kind, "okhttp3")
        return f"{kind} {name} = {expression};"

    def body_expression(self, content: str, media: str | None, *, is_file: bool = False) -> str:
        kind = "null"
        if media is not None:
            kind = f"{self.literals.use('MediaType', 'okhttp3')}.get({self.literals.string(media)})"
        return f"{self.literals.use('RequestBody', 'okhttp3')}.create({kind}, {content})"

    def nothing(self) -> str:
        return self.body_expression("new byte[0]", None)

    def as_bytes(self, name: str) -> str:
        return f"{name}.getBytes({self.literals.utf_8()})"

    def file_bytes(self, name: str) -> str:
        files, path = self.literals.use("Files", "java.nio.file"), self.literals.use("Path", "java.nio.file")
        return f"{files}.readAllBytes({path}.of({self.literals.string(name)}))"

    def charset(self) -> str:
        return self.literals.utf_8()


def render_java(request: SnippetRequest) -> Rendered:
    """Write a class that sends the request and prints status and answer."""
    return _JavaProgram(message_of(request), Java()).render()


JAVA = Target(
    id="java_okhttp",
    language="Java",
    client="OkHttp",
    title="Java (OkHttp)",
    extension="java",
    lexer="java",
    render=render_java,
)


class _KotlinProgram(OkHttp):
    step = " " * 4

    def write_program(self) -> None:
        code = self.code
        with code.indented("fun main() {", "}"):
            self.write_request()
            call = f"{self.new('OkHttpClient')}().newCall(request).execute()"
            with code.indented(f"{call}.use {{ response ->", "}"):
                code.line("println(response.code)")
                code.line("println(response.body?.string())")

    def new(self, name: str, package: str = "okhttp3") -> str:
        return self.literals.use(name, package)

    def declared(self, kind: str, name: str, expression: str) -> str:
        return f"val {name} = {expression}"

    def body_expression(self, content: str, media: str | None, *, is_file: bool = False) -> str:
        kind = ""
        if media is not None:
            to_media_type = self.literals.use("toMediaType", "okhttp3.MediaType.Companion")
            kind = f"{self.literals.string(media)}.{to_media_type}()"
        to_body = self.literals.use("asRequestBody" if is_file else "toRequestBody", "okhttp3.RequestBody.Companion")
        return f"{content}.{to_body}({kind})"

    def nothing(self) -> str:
        return self.body_expression("ByteArray(0)", None)

    def as_bytes(self, name: str) -> str:
        return f"{name}.toByteArray()"

    def file_bytes(self, name: str) -> str:
        return f"{self.file(name)}.readBytes()"

    def charset(self) -> str:
        return "Charsets.UTF_8"


def render_kotlin(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    return _KotlinProgram(message_of(request), Kotlin()).render()


KOTLIN = Target(
    id="kotlin_okhttp",
    language="Kotlin",
    client="OkHttp",
    title="Kotlin",
    extension="kt",
    lexer="kotlin",
    render=render_kotlin,
)
