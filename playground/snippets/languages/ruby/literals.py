"""Ruby literals (Ruby documentation, Literals), and a request's content written in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.jsontext import NumberText
from playground.messages import FormContent, JSONContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body
from playground.snippets.literals import (
    ESCAPE_KEY,
    Code,
    Grammar,
    Literals,
    Quoting,
    backslashed,
    braced_or_octets,
)
from playground.snippets.message import Message
from playground.snippets.notes import secret_notes
from playground.snippets.text import Variable, plain
from playground.snippets.urlencoded import is_unique, same_search_params

_SYMBOL = re.compile(r"[a-z_][A-Za-z0-9_]*")
string = Quoting(
    escapes=backslashed('"', ESCAPE_KEY),
    spell=braced_or_octets,
    guards=((re.compile(r"#(?=[{$@])"), "\\#"),),
    verbatim="'",
)
"""Returns a literal of exactly this text."""


class Ruby(Literals):
    """Writes Ruby; `used` are names by the library that is required for them."""

    grammar = Grammar(
        quoting=string,
        interpolation="#{%s}",
        longest_octets=64,
        words=("nil", "true", "false"),
        map=("{ ", " }"),
        step=2,
        last_comma=False,
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"ENV.fetch('{variable.name}')"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded; in a path `+` is no blank."""
        blank = ".gsub('+', '%20')" if in_path else ""
        return f"URI.encode_www_form_component({expression}){blank}"

    def inside(self, text: str, *, follows: bool) -> str:
        """Return text as a string holds it; "#" may begin something with what follows, too."""
        written = super().inside(text, follows=follows)
        return f"{written[:-1]}\\#" if written.endswith("#") else written

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes, which joins with any other."""
        return string(text) if text.isascii() else f"{string(text)}.b"

    def octets(self, data: bytes) -> str:
        """Return an expression of a few bytes."""
        return f"{super().octets(data)}.b"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"'{text}'.unpack1('m')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"File.binread({string(name)})"

    def generate(self, value: Any, *, indent: int, used: int) -> str:
        """Return an expression of a value's JSON text."""
        return f"{self.use('JSON', 'json')}.generate({self.value(value, indent=indent, used=used)})"

    def mapping(self, value: Mapping[str, Any], indent: int, used: int) -> str:
        """Return a hash, with symbols for keys where all can be."""
        symbols = all(map(_SYMBOL.fullmatch, value))
        named = [(f"{name}: " if symbols else f"{string(name)} => ", member) for name, member in value.items()]
        return self.members(named, self.grammar.map, indent, used)

    def requires(self) -> list[str]:
        """Return the lines that load what the code uses."""
        return [f"require '{library}'" for library in self.used]


_KEPT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.(?:[0-9]{0,3}[1-9]|0)")


def expression(message: Message, ruby: Ruby, *, indent: int) -> tuple[str, tuple[str, ...]]:
    """Return an expression of the content, empty where there is none, and notes on it.

    `indent` is the column of the line it begins on.
    """
    content = message.content
    if message.json is not ABSENT:
        if _keeps(message.json):
            return ruby.generate(message.json, indent=indent, used=indent + 30), ()
        return ruby.text(message.json_text), secret_notes(message)
    if isinstance(content, JSONContent) and (written := _json_call(content.text, ruby, indent)):
        return written, ()
    if isinstance(content, FormContent) and content.pairs and same_search_params(content):
        return f"URI.encode_www_form({pairs(content, ruby, indent=indent)})", ()
    return _exact(message, ruby, indent), ()


def _exact(message: Message, ruby: Ruby, indent: int) -> str:
    width = ruby.grammar.width
    match exact_body(message, ruby.files):
        case None:
            return ""
        case TextBody(text, fields) if fields and all(fields):
            return f"{ruby.value(fields, indent=indent, used=width)}.join('&')"
        case TextBody(text):
            return ruby.string(plain(text) or "")
        case BytesBody(data):
            return ruby.bytes_of(data)
        case FileBody(name):
            return ruby.read(name)
        case body:
            parts = [Code(ruby.piece(piece)) for piece in body.pieces]
            return parts[0].text if len(parts) == 1 else f"{ruby.value(parts, indent=indent, used=width)}.join"


def pairs(form: FormContent, ruby: Ruby, *, indent: int, used: int = 60) -> str:
    """Return a form's fields as a hash, or as a list of pairs where a name repeats."""
    return ruby.value(dict(form.pairs) if is_unique(form) else list(form.pairs), indent=indent, used=used)


def _json_call(text: str, ruby: Ruby, indent: int) -> str:
    """Return the `JSON.generate` call that gives the text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if jsontext.dumps(value) == text and _keeps(value):
            return ruby.generate(value, indent=indent, used=indent + 30)
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def _keeps(value: Any, levels: int = 90) -> bool:
    """Tell whether `JSON.generate` writes a value as `jsontext.dumps` does; it goes no deeper than 100 levels."""
    if levels == 0:
        return False
    if isinstance(value, str):
        return re.search("[\x7f\u2028\u2029\ud800-\udfff]", value) is None
    if isinstance(value, Mapping):
        return all(_keeps(name) and _keeps(part, levels - 1) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(_keeps(part, levels - 1) for part in value)
    if isinstance(value, NumberText):
        return _KEPT_NUMBER.fullmatch(value.text) is not None
    return not isinstance(value, float) or _KEPT_NUMBER.fullmatch(repr(value)) is not None
