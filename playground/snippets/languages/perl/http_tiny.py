"""Perl with `HTTP::Tiny` of its standard library."""

from __future__ import annotations

from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, PiecesBody, TextBody, body_of, secret_notes
from playground.snippets.files import FileNames, LocalFile
from playground.snippets.headers import grouped_headers, has_header
from playground.snippets.languages.perl import literals as perl
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable, plain
from playground.snippets.writer import Writer

_UNRESERVED = "[^A-Za-z0-9._~-]"


def render(given: SnippetRequest) -> Rendered:
    """Write the request, and one line that prints status and answer."""
    message = message_of(given)
    names = FileNames()
    content = _content(message, names)
    notes = (*message.notes, *secret_notes(message), *_own_notes(message), *names.notes)
    encodes = any(isinstance(piece, Variable) for piece in message.url[1:])

    code = Writer(unit="    ", comment="#")
    code.comments(notes)
    code.line("use strict;")
    code.line("use warnings;")
    code.line("use HTTP::Tiny;  # with IO::Socket::SSL for https")
    if "decode_base64(" in content[:14] or message.basic is not None:
        code.line("use MIME::Base64;")
    code.line()
    if names.notes:
        with code.indented("sub slurp {", "}"):
            code.line("open my $file, '<:raw', $_[0] or die \"$_[0]: $!\";")
            code.line("local $/;")
            code.line("return scalar <$file>;")
        code.line()
    if encodes:
        with code.indented("sub encoded {", "}"):
            code.line("my ($text) = @_;")
            code.line(f"$text =~ s/({_UNRESERVED})/sprintf '%%%02X', ord $1/ge;")
            code.line("return $text;")
        code.line()
    options = _options(message, content)
    address = perl.template(message.url, encode="encoded")
    call = f"my $response = HTTP::Tiny->new->request({perl.string(message.method)}, {address}"
    if options:
        with code.indented(f"{call}, {{", "});"):
            for line in options:
                code.verbatim(line)
    else:
        code.line(f"{call});")
    code.line('print "$response->{status} $response->{content}\\n";')
    return Rendered(text=code.text, notes=notes)


def _options(message: Message, content: str) -> list[str]:
    headers: list[str] = []
    if message.basic is not None:
        pair = f'"{perl.variable(message.basic.username)}:{perl.variable(message.basic.password)}"'
        headers.append(f"'Authorization' => 'Basic ' . encode_base64({pair}, ''),")
    for name, values in grouped_headers(message):
        if not _sendable(values):
            continue
        shown = [_value(value) for value in values]
        headers.append(f"{perl.string(name)} => {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'},")
    if not content and message.method in ("POST", "PUT", "PATCH"):
        headers.append("'Content-Length' => 0,")
    lines = []
    if headers:
        lines.append("headers => {\n" + "".join(f"        {line}\n" for line in headers) + "    },")
    if content:
        lines.append(f"content => {content},")
    return lines


def _value(value: Text) -> str:
    return perl.template(value)


def _content(message: Message, names: FileNames) -> str:
    if message.json is not ABSENT:
        return perl.template(message.json_text)
    match body_of(message, names):
        case TextBody(text, fields) if fields and all(fields):
            shown = "".join(f"        {perl.string(field)},\n" for field in fields)
            return f"join('&',\n{shown}    )"
        case TextBody(text):
            return perl.string(plain(text) or "")
        case BytesBody(data):
            return perl.bytes_of(data)
        case FileBody(name):
            return _read(name)
        case PiecesBody(pieces):
            return "\n        . ".join(
                _read(piece.name) if isinstance(piece, LocalFile) else perl.bytes_of(piece) for piece in pieces
            )
        case _:
            return ""


def _read(name: str) -> str:
    return f"slurp({perl.string(name)})"


def _sendable(values: tuple[Text, ...]) -> bool:
    return all(piece.isascii() for value in values for piece in value if isinstance(piece, str))


def _own_notes(message: Message) -> tuple[str, ...]:
    lost = [name for name, values in grouped_headers(message) if not _sendable(values)]
    if lost:
        return (f"HTTP::Tiny sends only ASCII in header fields; left out here: {', '.join(lost)}.",)
    if message.has_content and not has_header(message, "content-type"):
        return ("HTTP::Tiny adds a Content-Type of its own: application/octet-stream.",)
    return ()


TARGET = Target(
    id="perl_http_tiny",
    language="Perl",
    client="HTTP::Tiny",
    title="Perl",
    extension="pl",
    lexer="perl",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
