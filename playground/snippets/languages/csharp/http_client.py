"""C# with `HttpClient` (.NET 5 and newer; the language of C# 7, so that Mono compiles it too)."""

from __future__ import annotations

import re

from playground.messages import FormContent
from playground.request.model import ABSENT
from playground.snippets.body import (
    FORM,
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PiecesBody,
    TextBody,
    body_of,
)
from playground.snippets.headers import (
    Fields,
    ascii_headers,
    content_type,
    is_bearer,
    usable_headers,
    without_header,
)
from playground.snippets.literals import Grammar, Literals, Quoting, comment, reads_better_raw, utf16
from playground.snippets.message import Message, message_of
from playground.snippets.notes import DOTNET_HEADERS, dotnet_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.urlencoded import same_plus_encoded
from playground.snippets.writer import Writer


class CSharp(Literals):
    """Writes C#. A verbatim string has the line ends of its file, so it holds one only in text of free layout."""

    grammar = Grammar(quoting=Quoting(spell=utf16))

    def raw(self, text: str) -> str:
        """Return a verbatim string."""
        return '@"' + text.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        """Return the literal that reads best of text whose layout is free."""
        return self.raw(text) if reads_better_raw(text) and text.strip() else self.by_line(text, indent="    ")

    def exact(self, text: str, *, indent: str = "    ") -> str:
        """Return the literal that reads best of text whose line ends count: else a line of text a line."""
        if reads_better_raw(text) and text.strip() and "\n" not in text:
            return self.raw(text)
        return self.by_line(text, indent=indent)

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'Environment.GetEnvironmentVariable("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"Uri.EscapeDataString({expression})"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"{self.use('Encoding', 'System.Text')}.UTF8.GetBytes({self.exact(text, indent=' ' * 8)})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f'Convert.FromBase64String("{text}")'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('File', 'System.IO')}.ReadAllBytes({self.string(name)})"


_OF_CONTENT = frozenset({
    "allow", "content-disposition", "content-encoding", "content-language", "content-location", "content-md5",
    "content-range", "content-type", "expires", "last-modified",
})  # fmt: skip
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:; [\w-]+=[\w.-]+)*", re.ASCII)
_LONGEST_FORM = 30_000
_ALWAYS = ("System", "System.Net.Http", "System.Threading.Tasks")


def render(request: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(request)
    cs = CSharp()
    body = body_of(message, cs.files, same_form=lambda form: _same_form(form, message))
    headers, lost = usable_headers(message.headers, DOTNET_HEADERS, "HttpClient")
    headers, unsent = ascii_headers(headers, "HttpClient")
    notes = (*message.notes, *lost, *unsent, *_own_notes(message), *secret_notes(message), *cs.files.notes)

    code = Writer(unit="    ")
    code.line("class Program")
    with code.indented("{", "}"):
        code.line("static async Task Main()")
        with code.indented("{", "}"):
            code.line("var client = new HttpClient();")
            arguments = f"{_method(message.method, cs)}, {cs.text(message.url, encode=True)}"
            code.line(f"var request = new HttpRequestMessage({arguments});")
            if message.basic is not None:
                pair = cs.text((message.basic.username, ":", message.basic.password))
                code.line(f'request.Headers.Authorization = new {_header_value("Authentication", cs)}("Basic",')
                encoding = cs.use("Encoding", "System.Text")
                code.line(f"    Convert.ToBase64String({encoding}.UTF8.GetBytes({pair})));")
            for name, value in headers:
                if name.lower() not in _OF_CONTENT:
                    code.line(_header(name, value, cs))
            of_content = tuple(field for field in headers if field[0].lower() in _OF_CONTENT)
            if body is not None or of_content:
                _write_content(body, message, of_content, code, cs)
            code.line()
            code.line("var response = await client.SendAsync(request);")
            code.line("Console.WriteLine((int)response.StatusCode);")
            code.line("Console.WriteLine(await response.Content.ReadAsStringAsync());")

    head = Writer(note=comment)
    head.comments(notes)
    head.lines(*(f"using {namespace};" for namespace in sorted({*_ALWAYS, *cs.used})))
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


def _same_form(form: FormContent, message: Message) -> bool:
    return content_type(message) == FORM and len(form.text) < _LONGEST_FORM and same_plus_encoded(form)


def _method(method: str, cs: CSharp) -> str:
    return f"HttpMethod.{method.capitalize()}" if method in _METHODS else f"new HttpMethod({cs.string(method)})"


def _header_value(kind: str, cs: CSharp) -> str:
    return cs.use(f"{kind}HeaderValue", "System.Net.Http.Headers")


def _header(name: str, value: Text, cs: CSharp) -> str:
    if is_bearer(name, value):
        token = cs.text(value[1:])
        return f'request.Headers.Authorization = new {_header_value("Authentication", cs)}("Bearer", {token});'
    return f"request.Headers.TryAddWithoutValidation({cs.string(name)}, {cs.text(value)});"


def _write_content(body: Body | None, message: Message, headers: Fields, code: Writer, cs: CSharp) -> None:
    code.line()
    if isinstance(body, PairsBody):
        code.lines(*_pairs(body, cs))
        headers = without_header(headers, "content-type")
    elif isinstance(body, TextBody):
        if message.json is not ABSENT:
            code.verbatim(f"var body = {cs.readable(body.text)};")
        else:
            code.line(f"var body = {_text(body, cs)};")
        code.line("request.Content = new StringContent(body);")
        if not content_type(message):
            code.line("request.Content.Headers.ContentType = null;")
    else:
        code.line(f"request.Content = {_exact(body, cs)};")
    for name, value in headers:
        known = plain(value) or ""
        if name.lower() == "content-type" and _MEDIA_TYPE.fullmatch(known):
            parsed = f"{_header_value('MediaType', cs)}.Parse({cs.string(known)})"
            code.line(f"request.Content.Headers.ContentType = {parsed};")
            continue
        if name.lower() == "content-type":
            code.line("request.Content.Headers.ContentType = null;")
        code.line(f"request.Content.Headers.TryAddWithoutValidation({cs.string(name)}, {cs.text(value)});")


def _text(body: TextBody, cs: CSharp) -> str:
    if body.fields:
        fields = ",".join(f"\n    {cs.string(field)}" for field in body.fields)
        return f'string.Join("&",{fields})'
    return cs.exact(plain(body.text) or "")


def _pairs(body: PairsBody, cs: CSharp) -> list[str]:
    generic = "System.Collections.Generic"
    names = [name for name, _ in body.pairs]
    if len(set(names)) == len(names):
        lines = [f"    [{cs.string(name)}] = {cs.string(value)}," for name, value in body.pairs]
        opening = f"new {cs.use('Dictionary', generic)}<string, string>"
    else:
        made = f"new {cs.use('KeyValuePair', generic)}<string, string>"
        lines = [f"    {made}({cs.string(name)}, {cs.string(value)})," for name, value in body.pairs]
        opening = "new[]"
    return [f"request.Content = new FormUrlEncodedContent({opening}", "{", *lines, "});"]


def _exact(body: Body | None, cs: CSharp) -> str:
    if isinstance(body, BytesBody):
        return f"new ByteArrayContent({cs.bytes_of(body.data)})"
    if isinstance(body, FileBody):
        return f"new StreamContent({cs.use('File', 'System.IO')}.OpenRead({cs.string(body.name)}))"
    if not isinstance(body, PiecesBody):
        return "new ByteArrayContent(new byte[0])"
    first, *rest = body.pieces
    concat = cs.use("Concat", "System.Linq") if rest else ""
    joined = "".join(f"\n    .{concat}({cs.piece(piece)})" for piece in rest)
    return f"new ByteArrayContent({cs.piece(first)}{joined}" + ("\n    .ToArray())" if joined else ")")


def _own_notes(message: Message) -> tuple[str, ...]:
    refused = message.has_content and message.method in ("GET", "HEAD")
    refusal = f".NET Framework and Mono refuse content with {message.method}; .NET sends it."
    return (*((refusal,) if refused else ()), *dotnet_notes(message))


TARGET = Target(
    id="csharp_http_client",
    language="C#",
    client="HttpClient",
    title="C#",
    extension="cs",
    lexer="csharp",
    render=render,
)
