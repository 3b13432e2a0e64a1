"""Kotlin with OkHttp (4 and newer)."""

from __future__ import annotations

from playground.snippets.languages.jvm.literals import Kotlin
from playground.snippets.languages.jvm.okhttp import OkHttp
from playground.snippets.message import message_of
from playground.snippets.target import Rendered, SnippetRequest, Target


class _Program(OkHttp):
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


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    return _Program(message_of(request), Kotlin()).render()


TARGET = Target(
    id="kotlin_okhttp",
    language="Kotlin",
    client="OkHttp",
    title="Kotlin",
    extension="kt",
    lexer="kotlin",
    render=render,
)
