"""Elixir with `:httpc`, which Erlang/OTP brings along (Elixir 1.12 and newer)."""

from __future__ import annotations

import re

from playground.snippets.address import AddressRules, encoded_address, is_within
from playground.snippets.body import Body, BytesBody, FileBody, PairsBody, PiecesBody, TextBody, body_of
from playground.snippets.headers import content_type, usable_headers, without_header
from playground.snippets.literals import BRACED, Grammar, Literals, Quoting, comment
from playground.snippets.message import Message, message_of
from playground.snippets.notes import content_notes, secret_notes
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Text, Variable
from playground.snippets.urlencoded import same_plus_encoded
from playground.snippets.writer import Writer

_FENCES = (("(", ")"), ("|", "|"), ("/", "/"), ("<", ">"))


def _spell(character: str) -> str:
    is_octet = "\udc80" <= character <= "\udcff"
    return f"\\x{ord(character) - 0xDC00:02X}" if is_octet else BRACED(character)


class Elixir(Literals):
    """Writes Elixir; a string is its bytes in UTF-8, and need not be text."""

    grammar = Grammar(
        quoting=Quoting(spell=_spell, guards=((re.compile(r"#\{"), "\\#{"),)),
        interpolation="#{%s}",
        joint=" <> ",
        bare=False,
    )

    def raw(self, text: str) -> str | None:
        """Return a verbatim sigil."""
        for opening, closing in _FENCES:
            # Of a verbatim sigil only the escaped end is an escape.
            if opening not in text and closing not in text and not text.endswith("\\"):
                return f"~S{opening}{text}{closing}"
        return None

    def charlist(self, text: Text) -> str:
        """Return a charlist for text with variables; text that is not ASCII as its bytes."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        written = self.text(text)
        return f"~c{written}" if known.isascii() else f":binary.bin_to_list({written})"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f'System.fetch_env!("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"URI.encode({expression}, &URI.char_unreserved?/1)" if in_path else f"URI.encode_www_form({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return a string literal of exactly these bytes."""
        return self.octets(data)

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"File.read!({self.string(name)})"


_REFUSED = frozenset({"content-length", "host", "te", "transfer-encoding"})
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE"})
_CARRIES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_ADDRESS = AddressRules(
    sentence="httpc rewrites parts of this address: dot segments and needless escapes.", escapes=True
)


def render(request: SnippetRequest) -> Rendered:
    """Write a script that sends the request and prints status and answer."""
    message = message_of(request)
    elixir = Elixir()
    body = body_of(message, elixir.files, same_form=same_plus_encoded) if message.method in _CARRIES else None
    headers, lost = usable_headers(message.headers, _REFUSED, "httpc")
    if body is not None:  # of which the Content-Type is an argument of its own
        headers = without_header(headers, "content-type")
    notes = (*message.notes, *lost, *_own_notes(message, body), *secret_notes(message), *elixir.files.notes)

    code = Writer(comment="#", note=comment)
    code.comments(notes)
    code.line("{:ok, _} = Application.ensure_all_started(:inets)")
    code.line("{:ok, _} = Application.ensure_all_started(:ssl)")
    code.line()
    code.line(f"url = {elixir.text(encoded_address(message), encode=True)}")
    fields = [f"{{{elixir.charlist((name,))}, {elixir.charlist(value)}}}" for name, value in headers]
    if message.basic is not None:
        pair = elixir.text((message.basic.username, ":", message.basic.password))
        code.line(f"credentials = Base.encode64({pair})")
        fields.insert(0, '{~c"Authorization", ~c"Basic #{credentials}"}')
    listed = "headers" if fields else "[]"
    if fields:
        _write_list(fields, "headers = [", "]", code)
    arguments = f"{{url, {listed}}}"
    if body is not None:
        _write_body(body, code, elixir)
        arguments = f"{{url, {listed}, {elixir.charlist((content_type(message),))}, body}}"
    elif message.method in ("POST", "PUT", "PATCH"):
        arguments = f'{{url, {listed}, ~c"", ""}}'
    code.line()
    code.line("{:ok, {{_, status, _}, _, answer}} =")
    code.line(f"  :httpc.request({_atom(message.method, elixir)}, {arguments}, [], body_format: :binary)")
    code.line()
    code.line("IO.puts(status)")
    code.line("IO.puts(answer)")
    return Rendered(text=code.text, notes=notes)


def _atom(method: str, elixir: Elixir) -> str:
    name = method.lower()
    return f":{name}" if name.isascii() and name.isalpha() else f":{elixir.string(name)}"


def _write_body(body: Body, code: Writer, elixir: Elixir) -> None:
    code.line()
    if isinstance(body, PairsBody):
        pairs = [f"{{{elixir.string(name)}, {elixir.string(value)}}}" for name, value in body.pairs]
        _write_list(pairs, "body = URI.encode_query([", "])", code)
    elif isinstance(body, TextBody) and body.fields:
        _write_list([elixir.string(field) for field in body.fields], "body = Enum.join([", '], "&")', code)
    elif isinstance(body, TextBody):
        code.verbatim(f"body = {elixir.readable(body.text)}")
    elif isinstance(body, BytesBody):
        code.line(f"body = {elixir.bytes_of(body.data)}")
    elif isinstance(body, FileBody):
        code.line(f"body = {elixir.read(body.name)}")
    elif isinstance(body, PiecesBody):
        _write_list([elixir.piece(piece) for piece in body.pieces], "body = IO.iodata_to_binary([", "])", code)


def _write_list(members: list[str], opening: str, closing: str, code: Writer) -> None:
    with code.indented(opening, closing):
        for at, member in enumerate(members):
            code.line(member + ("," if at < len(members) - 1 else ""))


def _own_notes(message: Message, body: Body | None) -> tuple[str, ...]:
    notes: list[str] = []
    if message.method not in _METHODS:
        notes.append(f"httpc refuses the method {message.method}.")
    else:
        notes += content_notes(message, "httpc", sends=body is not None)
    if body is not None and not content_type(message):
        notes.append("httpc always sends a Content-Type; here it is an empty one.")
    if not is_within(message):
        notes.append("httpc refuses some characters of this address; they are percent-encoded here.")
    else:
        notes += _ADDRESS.notes(message)
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
    render=render,
)
