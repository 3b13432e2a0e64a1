"""Elixir with `:httpc`, which Erlang/OTP brings along (Elixir 1.12 and newer)."""

from __future__ import annotations

from playground.messages import FormContent
from playground.snippets.address import has_dot_segments, has_odd_escapes, is_within
from playground.snippets.body import (
    Body,
    BytesBody,
    FileBody,
    PairsBody,
    TextBody,
    body_of,
    content_type,
    encoded_address,
    same_pairs,
    secret_notes,
    usable_headers,
)
from playground.snippets.files import FileNames
from playground.snippets.languages.elixir import literals as elixir
from playground.snippets.literals import comment
from playground.snippets.message import Message, message_of
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import plain
from playground.snippets.writer import Writer

_REFUSED = frozenset({"content-length", "content-type", "host", "te", "transfer-encoding"})
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE"})
_CARRIES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def render(given: SnippetRequest) -> Rendered:
    """Write a script that sends the request and prints status and answer."""
    message = message_of(given)
    names = FileNames()
    body = _body(message, names) if message.method in _CARRIES else None
    headers, lost = usable_headers(message, _REFUSED - {"content-type"} if body is None else _REFUSED, "httpc")
    if body is not None:
        lost = tuple(note for note in lost if "Content-Type" not in note and "content-type" not in note)
    notes = (*message.notes, *lost, *_own_notes(message, body), *secret_notes(message), *names.notes)

    code = Writer(comment="#")
    code.comments(tuple(map(comment, notes)))
    code.line("{:ok, _} = Application.ensure_all_started(:inets)")
    code.line("{:ok, _} = Application.ensure_all_started(:ssl)")
    code.line()
    code.line(f"url = {elixir.string_of(encoded_address(message), encode=True)}")
    fields = [f"{{{elixir.charlist((name,))}, {elixir.charlist(value)}}}" for name, value in headers]
    if message.basic is not None:
        pair = elixir.string_of((message.basic.username, ":", message.basic.password))
        code.line(f"credentials = Base.encode64({pair})")
        fields.insert(0, '{~c"Authorization", ~c"Basic #{credentials}"}')
    listed = "[]"
    if fields:
        listed = "headers"
        with code.indented("headers = [", "]"):
            for at, field in enumerate(fields):
                code.line(field + ("," if at < len(fields) - 1 else ""))
    request = f"{{url, {listed}}}"
    if body is not None:
        _write_body(body, code)
        request = f"{{url, {listed}, {elixir.charlist((content_type(message),))}, body}}"
    elif message.method in ("POST", "PUT", "PATCH"):
        request = f'{{url, {listed}, ~c"", ""}}'
    code.line()
    code.line("{:ok, {{_, status, _}, _, answer}} =")
    code.line(f"  :httpc.request({_atom(message.method)}, {request}, [], body_format: :binary)")
    code.line()
    code.line("IO.puts(status)")
    code.line("IO.puts(answer)")
    return Rendered(text=code.text, notes=notes)


def _atom(method: str) -> str:
    name = method.lower()
    return f":{name}" if name.isascii() and name.isalpha() else f":{elixir.string(name)}"


def _body(message: Message, names: FileNames) -> Body | None:
    content = message.content
    if isinstance(content, FormContent) and content.pairs and same_pairs(content):
        return PairsBody(content.pairs)
    return body_of(message, names)


def _write_body(body: Body, code: Writer) -> None:
    code.line()
    if isinstance(body, PairsBody):
        lines = [f"{{{elixir.string(name)}, {elixir.string(value)}}}" for name, value in body.pairs]
        _write_list(lines, "body = URI.encode_query([", "])", code)
    elif isinstance(body, TextBody) and body.fields:
        _write_list([elixir.string(field) for field in body.fields], "body = Enum.join([", '], "&")', code)
    elif isinstance(body, TextBody):
        known = plain(body.text)
        code.verbatim(f"body = {elixir.joined(body.text) if known is None else elixir.literal(known)}")
    elif isinstance(body, BytesBody):
        code.line(f"body = {elixir.string_of_bytes(body.data)}")
    elif isinstance(body, FileBody):
        code.line(f"body = File.read!({elixir.string(body.name)})")
    else:
        lines = [
            elixir.string_of_bytes(piece) if isinstance(piece, bytes) else f"File.read!({elixir.string(piece.name)})"
            for piece in getattr(body, "pieces", ())
        ]
        _write_list(lines, "body = IO.iodata_to_binary([", "])", code)


def _write_list(lines: list[str], opening: str, closing: str, code: Writer) -> None:
    with code.indented(opening, closing):
        for at, line in enumerate(lines):
            code.line(line + ("," if at < len(lines) - 1 else ""))


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    notes: list[str] = []
    if message.method not in _METHODS:
        notes.append(f"httpc refuses the method {message.method}.")
    elif message.has_content and body is None:
        notes.append(f"httpc cannot send content with {message.method}; it is left out here.")
    if body is not None and not content_type(message):
        notes.append("httpc always sends a Content-Type; here it is an empty one.")
    if not is_within(message):
        notes.append("httpc refuses some characters of this address; they are percent-encoded here.")
    elif has_dot_segments(message) or has_odd_escapes(message):
        notes.append("httpc rewrites parts of this address: dot segments and needless escapes.")
    if isinstance(message.url[0], str) and message.url[0].startswith("https:"):
        notes.append("Before Erlang/OTP 26 httpc does not check certificates unless told to.")
    return tuple(notes)


TARGET = Target(
    id="elixir_httpc",
    language="Elixir",
    client=":httpc",
    title="Elixir",
    extension="exs",
    lexer="elixir",
    vias=("direct", "gateway"),
    default=False,
    render=render,
)
