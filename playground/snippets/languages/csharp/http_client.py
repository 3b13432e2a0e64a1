"""C# with `HttpClient` (.NET 5 and newer; the language of C# 7, so that Mono compiles it too)."""

from __future__ import annotations

import re

from playground.messages import FormContent
from playground.request.model import ABSENT
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    TextBody,
    ascii_headers,
    body_of,
    content_type,
    readable_text,
    same_pairs,
    secret_notes,
    usable_headers,
)
from playground.snippets.dotnet_rules import REFUSED_HEADERS, dotnet_notes
from playground.snippets.files import FileNames, Piece
from playground.snippets.languages.csharp import literals as csharp
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, plain
from playground.snippets.writer import Writer

_OF_CONTENT = frozenset({
    "allow", "content-disposition", "content-encoding", "content-language", "content-location", "content-md5",
    "content-range", "content-type", "expires", "last-modified",
})  # fmt: skip
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:; [\w-]+=[\w.-]+)*", re.ASCII)
_LONGEST_FORM = 30_000


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names)
    headers, lost = usable_headers(message, REFUSED_HEADERS, "HttpClient")
    headers, unsent = ascii_headers(headers, "HttpClient")
    notes = (*message.notes, *lost, *unsent, *_own_notes(message), *secret_notes(message), *names.notes)

    code = Writer(unit="    ")
    code.line("class Program")
    with code.indented("{", "}"):
        code.line("static async Task Main()")
        with code.indented("{", "}"):
            code.line("var client = new HttpClient();")
            made = f"{_method(message.method)}, {csharp.text_of(message.url, encode=True)}"
            code.line(f"var request = new HttpRequestMessage({made});")
            if message.basic is not None:
                pair = csharp.text_of((message.basic.username, ":", message.basic.password))
                code.line('request.Headers.Authorization = new AuthenticationHeaderValue("Basic",')
                code.line(f"    Convert.ToBase64String(Encoding.UTF8.GetBytes({pair})));")
            for name, value in headers:
                if name.lower() not in _OF_CONTENT:
                    code.line(_header(name, value))
            of_content = tuple(field for field in headers if field[0].lower() in _OF_CONTENT)
            if body is not None or of_content:
                _write_content(body, message, of_content, code)
            code.line()
            code.line("var response = await client.SendAsync(request);")
            code.line("Console.WriteLine((int)response.StatusCode);")
            code.line("Console.WriteLine(await response.Content.ReadAsStringAsync());")

    head = Writer(unit="    ")
    head.comments(tuple(map(comment, notes)))
    for name in _imports(code.text):
        head.line(f"using {name};")
    return Rendered(text=f"{head.text}\n\n{code.text}", notes=notes)


_NAMESPACES = (
    ("", "System"),
    ("Dictionary<|KeyValuePair<", "System.Collections.Generic"),
    ("File\\.", "System.IO"),
    ("\\.Concat\\(", "System.Linq"),
    ("", "System.Net.Http"),
    ("HeaderValue", "System.Net.Http.Headers"),
    ("Encoding\\.", "System.Text"),
    ("", "System.Threading.Tasks"),
)


def _imports(code: str) -> list[str]:
    # A value that holds such words costs a directive nobody needs, and nothing else.
    return [name for words, name in _NAMESPACES if re.search(words, code)]


def _body(message: Message, names: FileNames) -> Body | None:
    content = message.content
    typed = content_type(message) == "application/x-www-form-urlencoded"
    if isinstance(content, FormContent) and content.pairs and typed and len(content.text) < _LONGEST_FORM:
        return PairsBody(content.pairs) if same_pairs(content) else body_of(message, names)
    return body_of(message, names)


def _method(method: str) -> str:
    return f"HttpMethod.{method.capitalize()}" if method in _METHODS else f"new HttpMethod({csharp.string(method)})"


def _header(name: str, value: Text) -> str:
    if name.lower() == "authorization" and len(value) == 2 and value[0] == "Bearer ":
        token = csharp.text_of(value[1:])
        return f'request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", {token});'
    return f"request.Headers.TryAddWithoutValidation({csharp.string(name)}, {csharp.text_of(value)});"


def _write_content(body: Body | None, message: Message, headers: tuple[tuple[str, Text], ...], code: Writer) -> None:
    code.line()
    if isinstance(body, PairsBody):
        for line in _pairs(body):
            code.line(line)
        headers = tuple(field for field in headers if field[0].lower() != "content-type")
    elif isinstance(body, TextBody):
        free = message.json is not ABSENT
        made = _text(body, free=free)
        code.verbatim(f"var body = {made};") if free else code.line(f"var body = {made};")
        code.line("request.Content = new StringContent(body);")
        if not content_type(message):
            code.line("request.Content.Headers.ContentType = null;")
    else:
        code.line(f"request.Content = {_exact(body)};")
    for name, value in headers:
        known = plain(value) or ""
        if name.lower() == "content-type" and _MEDIA_TYPE.fullmatch(known):
            parsed = f"MediaTypeHeaderValue.Parse({csharp.string(known)})"
            code.line(f"request.Content.Headers.ContentType = {parsed};")
            continue
        if name.lower() == "content-type":
            code.line("request.Content.Headers.ContentType = null;")
        added = f"{csharp.string(name)}, {csharp.text_of(value)}"
        code.line(f"request.Content.Headers.TryAddWithoutValidation({added});")


def _text(body: TextBody, *, free: bool) -> str:
    if body.fields:
        fields = ",".join(f"\n    {csharp.string(field)}" for field in body.fields)
        return f'string.Join("&",{fields})'
    known = plain(body.text)
    return csharp.text_of(body.text, free=True) if known is None else csharp.literal(known, free=free)


def _pairs(body: PairsBody) -> list[str]:
    names = [name for name, _ in body.pairs]
    if len(set(names)) == len(names):
        lines = [f"    [{csharp.string(name)}] = {csharp.string(value)}," for name, value in body.pairs]
        opening = "new Dictionary<string, string>"
    else:
        made = "new KeyValuePair<string, string>"
        lines = [f"    {made}({csharp.string(name)}, {csharp.string(value)})," for name, value in body.pairs]
        opening = "new[]"
    return [f"request.Content = new FormUrlEncodedContent({opening}", "{", *lines, "});"]


def _exact(body: Body | None) -> str:
    if body is None:
        return "new ByteArrayContent(new byte[0])"
    if isinstance(body, BytesBody):
        return f"new ByteArrayContent({csharp.bytes_of(body.data)})"
    if isinstance(body, FileBody):
        return f"new StreamContent(File.OpenRead({csharp.string(body.name)}))"
    pieces: tuple[Piece, ...] = getattr(body, "pieces", ())
    joined = "".join(f"\n    .Concat({_piece(piece)})" for piece in pieces[1:])
    return f"new ByteArrayContent({_piece(pieces[0])}{joined}" + ("\n    .ToArray())" if joined else ")")


def _piece(piece: Piece) -> str:
    if not isinstance(piece, bytes):
        return f"File.ReadAllBytes({csharp.string(piece.name)})"
    text = readable_text(piece)
    return csharp.bytes_of(piece) if text is None else f"Encoding.UTF8.GetBytes({csharp.literal(text, indent=' ' * 8)})"


def _own_notes(message: Message) -> tuple[str, ...]:
    notes: list[str] = []
    if message.has_content and message.method in ("GET", "HEAD"):
        notes.append(f".NET Framework and Mono refuse content with {message.method}; .NET sends it.")
    return (*notes, *dotnet_notes(message))


TARGET = Target(
    id="csharp_http_client",
    language="C#",
    client="HttpClient",
    title="C#",
    extension="cs",
    lexer="csharp",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
