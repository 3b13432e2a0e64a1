"""Java with OkHttp (3.13 and newer; Java 17 for text blocks)."""

from __future__ import annotations

from playground.snippets.languages.jvm.literals import Java
from playground.snippets.languages.jvm.okhttp import OkHttp
from playground.snippets.message import message_of
from playground.snippets.target import Rendered, SnippetRequest, Target


class _Program(OkHttp):
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


def render(request: SnippetRequest) -> Rendered:
    """Write a class that sends the request and prints status and answer."""
    return _Program(message_of(request), Java()).render()


TARGET = Target(
    id="java_okhttp",
    language="Java",
    client="OkHttp",
    title="Java (OkHttp)",
    extension="java",
    lexer="java",
    render=render,
)
