"""Go with its standard `net/http` (Go 1.16 and newer)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playground.messages import FormContent, MultipartContent, Part
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    PiecesBody,
    TextBody,
    body_of,
    content_type,
    repeated,
    same_pairs,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames
from playground.snippets.languages.go import literals as go
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.query import Query, readable_query
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable
from playground.snippets.writer import Writer

_REFUSED = frozenset({"host", "content-length", "transfer-encoding", "trailer"})
_KEPT_PATH = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@\[\]/]|%[0-9A-Fa-f]{2})*")


def render(given: SnippetRequest) -> Rendered:
    """Write a program that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names)
    headers, lost = usable_headers(message, _REFUSED, "net/http")
    own_type = isinstance(body, PartsBody)
    notes = (*message.notes, *lost, *_address_notes(message), *secret_notes(message), *names.notes)

    query = readable_query(message, lambda form: same_pairs(form, in_order=False))

    code = Writer(unit="\t")
    with code.indented("func main() {", "}"):
        if query:
            for line in _values(PairsBody(query.form.pairs), "query"):
                code.verbatim(line)
            code.line()
        if body is not None:
            for line in _body_lines(body, names):
                code.verbatim(line) if line else code.line()
            code.line()
        argument = "nil" if body is None else "&body" if own_type or isinstance(body, PiecesBody) else "body"
        address = go.text_of(message.url, encode=True)
        if query:
            address = f"{go.string(query.address + '?')}+query.Encode()"
        code.line(f"req, err := http.NewRequest({go.string(message.method)}, {address}, {argument})")
        _check(code)
        if message.basic is not None:
            username, password = message.basic.username.name, message.basic.password.name
            code.line(f'req.SetBasicAuth(os.Getenv("{username}"), os.Getenv("{password}"))')
        many = repeated(message)
        for name, value in headers:
            if own_type and name.lower() == "content-type":
                code.line('req.Header.Set("Content-Type", form.FormDataContentType())')
            else:
                code.line(f"req.Header.{'Add' if many else 'Set'}({go.string(name)}, {go.text_of(value)})")
        code.line()
        code.line("resp, err := http.DefaultClient.Do(req)")
        _check(code)
        code.line("defer resp.Body.Close()")
        code.line()
        code.line("answer, err := io.ReadAll(resp.Body)")
        _check(code)
        code.line("fmt.Println(resp.Status)")
        code.line("fmt.Println(string(answer))")
    program = code.text

    head = Writer(unit="\t")
    head.comments(tuple(map(comment, notes)))
    head.line("package main")
    head.line()
    with head.indented("import (", ")"):
        for package in _imports(message, query, body, headers):
            head.line(f'"{package}"')
    return Rendered(text=f"{head.text}\n\n{program}", notes=notes)


def _check(code: Writer) -> None:
    with code.indented("if err != nil {", "}"):
        code.line("log.Fatal(err)")


def _imports(
    message: Message, query: Query | None, body: Body | None, headers: tuple[tuple[str, Text], ...]
) -> list[str]:
    used = {"fmt", "io", "log", "net/http"}
    texts = [message.url, *(value for _, value in headers), *([body.text] if isinstance(body, TextBody) else [])]
    if message.basic is not None or any(isinstance(piece, Variable) for text in texts for piece in text):
        used.add("os")
    if query or any(isinstance(piece, Variable) for piece in message.url[1:]):
        used.add("net/url")
    if isinstance(body, TextBody | BytesBody):
        used.add("strings")
    elif isinstance(body, PairsBody):
        used |= {"net/url", "strings"}
    elif isinstance(body, FileBody):
        used |= {"bytes", "os"}
    elif isinstance(body, PartsBody):
        files = any(part.filename is not None for part in body.content.parts)
        used |= {"bytes", "mime/multipart"} | ({"net/textproto", "os"} if files else set())
    elif isinstance(body, PiecesBody):
        files = any(not isinstance(piece, bytes) for piece in body.pieces)
        used |= {"bytes"} | ({"os"} if files else set())
    return sorted(used)


def _body(message: Message, names: FileNames) -> Body | None:
    content = message.content
    if (
        isinstance(content, FormContent)
        and content.pairs
        and message.has_content
        and same_pairs(content, in_order=False)
    ):
        return PairsBody(content.pairs)
    typed = content_type(message).startswith("multipart/form-data")
    if isinstance(content, MultipartContent) and content.parts and typed and all(map(_simple_part, content.parts)):
        for part in content.parts:
            if part.filename is not None:
                names.local(part.filename, part.data)
        return PartsBody(content)
    return body_of(message, names)


def _simple_part(part: Part) -> bool:
    names = part.name + (part.filename or "")
    if part.headers or not part.name or re.search(r'["\\\r\n]', names):
        return False
    if part.filename is not None:
        return part.filename != "" and part.content_type is not None
    try:
        part.data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return part.content_type is None


def _body_lines(body: Body, names: FileNames) -> list[str]:
    if isinstance(body, TextBody) and body.fields:
        fields = "".join(f"\t\t{go.string(field)},\n" for field in body.fields)
        return [f'body := strings.NewReader(strings.Join([]string{{\n{fields}\t}}, "&"))']
    if isinstance(body, TextBody):
        return [f"body := strings.NewReader({go.text_of(body.text, raw=True)})"]
    if isinstance(body, BytesBody):
        return [f"body := strings.NewReader({go.bytes_of(body.data)})"]
    if isinstance(body, PairsBody):
        return [*_values(body, "form"), "body := strings.NewReader(form.Encode())"]
    if isinstance(body, FileBody):
        return [f"file, err := os.ReadFile({go.string(body.name)})", *_CHECK, "body := bytes.NewReader(file)"]
    if isinstance(body, PartsBody):
        return _parts(body.content, names)
    lines = ["var body bytes.Buffer"]
    files = 0
    for piece in body.pieces:
        if isinstance(piece, bytes):
            lines.append(f"body.WriteString({go.bytes_of(piece)})")
        else:
            files += 1
            read = f"file{files if files > 1 else ''}"
            lines += [f"{read}, err := os.ReadFile({go.string(piece.name)})", *_CHECK, f"body.Write({read})"]
    return lines


_CHECK = ("if err != nil {", "\tlog.Fatal(err)", "}")


def _values(body: PairsBody, variable: str) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for name, value in body.pairs:
        grouped.setdefault(name, []).append(go.string(value))
    width = max(len(go.string(name)) for name in grouped) + 2  # as gofmt lines the values up
    lines = [f"{variable} := url.Values{{"]
    for name, values in grouped.items():
        key = f"{go.string(name)}:"
        aligned = key.ljust(width) if width <= 60 else f"{key} "
        lines.append(f"\t{aligned}{{{', '.join(values)}}},")
    return [*lines, "}"]


def _parts(content: MultipartContent, names: FileNames) -> list[str]:
    lines = ["var body bytes.Buffer", "form := multipart.NewWriter(&body)"]
    files = 0
    for part in content.parts:
        if part.filename is None:
            lines.append(f"form.WriteField({go.string(part.name)}, {go.string(part.data.decode('utf-8'))})")
            continue
        files += 1
        number = files if files > 1 else ""
        local = names.local(part.filename, part.data).name
        disposition = f'form-data; name="{part.name}"; filename="{part.filename}"'
        lines += [
            f"file{number}, err := os.ReadFile({go.string(local)})",
            *_CHECK,
            f"part{number}, err := form.CreatePart(textproto.MIMEHeader{{",
            f'\t"Content-Disposition": {{{go.literal(disposition)}}},',
            f'\t"Content-Type":        {{{go.string(part.content_type or "")}}},',
            "})",
            *_CHECK,
            f"part{number}.Write(file{number})",
        ]
    return [*lines, "form.Close()"]


def _address_notes(message: Message) -> tuple[str, ...]:
    address = "".join(piece for piece in message.url if isinstance(piece, str))
    if _KEPT_PATH.fullmatch(urlsplit(address).path):
        return ()
    return ("net/http percent-encodes parts of this path: characters that a path may not hold.",)


TARGET = Target(
    id="go_net_http",
    language="Go",
    client="net/http",
    title="Go",
    extension="go",
    lexer="go",
    vias=("direct", "gateway"),
    default=True,
    render=render,
)
