"""The writer of literals that all languages share: a `Grammar` says how a language spells them.

The writer also remembers what its code needs. A name that has to be imported or defined is only ever written by `use`,
so no snippet can hold one that it does not declare.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

from playground import jsontext
from playground.snippets.body import readable_text
from playground.snippets.files import FileNames, Piece
from playground.snippets.text import Text, Variable, in_path, plain
from playground.text.visible import has_hidden, is_hidden, one_line

Spell: TypeAlias = Callable[[str], str]
"""Writes one character that cannot be seen as an escape."""


def by_code(*patterns: tuple[int, str]) -> Spell:
    """Spell a character by its code: with the first pattern whose limit is above it."""
    return lambda character: next(pattern % ord(character) for limit, pattern in patterns if ord(character) < limit)


BRACED = by_code((0x110000, "\\u{%X}"))


def octets(pattern: str) -> Spell:
    """Spell a character as its bytes in UTF-8; what `surrogateescape` made of a byte is that byte."""

    def spell(character: str) -> str:
        errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
        return "".join(pattern % octet for octet in character.encode("utf-8", errors))

    return spell


def braced_or_octets(character: str) -> str:
    r"""Spell a character as `\u{X}`; ASCII and what is no character (a surrogate) as `\xXX` for each of its bytes."""
    is_scalar = character >= "\x80" and not "\ud800" <= character <= "\udfff"
    return BRACED(character) if is_scalar else octets("\\x%02X")(character)


def utf16(character: str) -> str:
    r"""Spell a character as `\uXXXX` for each of its UTF-16 code units, as Java and its kin read them."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))


def backslashed(marks: str, more: Mapping[str, str] | None = None) -> dict[int, str]:
    """Return the escapes most languages know: a backslash before itself and each mark, and for line ends and tabs."""
    escapes = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", **{mark: f"\\{mark}" for mark in marks}}
    return str.maketrans({**escapes, **(more or {})})


ESCAPE_KEY = {"\x1b": "\\e"}
"""The escape of ESC, which PHP, Perl and Ruby have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoting:
    """How text is written between quotation marks.

    `escapes` are characters with an escape of their own, `spell` writes any other hidden one. `guards` are patterns, in
    escaped text, of what would be more than text, each with its replacement. `verbatim` is the mark between which only
    itself and the backslash are escaped, for text that hides nothing.
    """

    quote: str = '"'
    escapes: Mapping[int, str] = field(default_factory=lambda: backslashed('"'))
    spell: Spell = BRACED
    guards: tuple[tuple[re.Pattern[str], str], ...] = ()
    verbatim: str = ""

    def __call__(self, text: str) -> str:
        """Return a literal of exactly this text."""
        if self.verbatim and not has_hidden(text):
            mark = self.verbatim
            return mark + text.replace("\\", "\\\\").replace(mark, f"\\{mark}") + mark
        return f"{self.quote}{self.inside(text)}{self.quote}"

    def inside(self, text: str) -> str:
        """Return text as it is written between the quotation marks."""
        written = text.translate(self.escapes)
        if not (written.isascii() and written.isprintable()):
            written = "".join(self.spell(character) if is_hidden(character) else character for character in written)
        for pattern, replacement in self.guards:
            written = pattern.sub(lambda _, text=replacement: text, written)  # type: ignore[misc]
        return written

    def of_bytes(self, data: bytes) -> str:
        """Return a literal of exactly these bytes, for a language whose strings are bytes: `spell` must be `octets`."""
        return f"{self.quote}{self.inside(data.decode('utf-8', 'surrogateescape'))}{self.quote}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How a language spells strings, text around variables, and values of JSON.

    Text around variables is one string with expressions in it where `interpolation` is a pattern for them, else pieces
    with `joint` between; a variable alone is `bare` or in such a string. Bytes that are no text are base64 where they
    are more than `longest_octets`. `words` are null, true and false; `map` and `list` are brackets, `key` a name's
    pattern. Lists and maps wider than `width` columns are broken, `step` columns deeper, with or without `last_comma`.
    """

    quoting: Quoting
    interpolation: str = ""
    joint: str = " + "
    bare: bool = True
    longest_octets: int = 0
    words: tuple[str, str, str] = ("null", "true", "false")
    map: tuple[str, str] = ("{", "}")
    list: tuple[str, str] = ("[", "]")
    key: str = "%s: "
    width: int = 76
    step: int = 4
    last_comma: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """An expression that a value holds as it is; never made of a stranger's text."""

    text: str


class Literals:
    """Writes the literals of one snippet: `used` are the names its code needs by source, `files` those it reads.

    A language sets `grammar`, says how it reads variables, files and bytes, and overrides what is true of it alone.
    """

    grammar: ClassVar[Grammar]

    def __init__(self) -> None:
        self.used: dict[str, dict[str, None]] = {}
        self.files = FileNames()

    def use(self, name: str, source: str = "") -> str:
        """Return a name, which the snippet imports from its source, or defines itself where that is empty."""
        self.used.setdefault(source, {})[name] = None
        return name

    def uses(self, name: str, source: str = "") -> bool:
        """Tell whether the code that is written so far needs a name."""
        return name in self.used.get(source, ())

    def string(self, text: str) -> str:
        """Return a literal of exactly this text."""
        return self.grammar.quoting(text)

    def raw(self, text: str) -> str | None:
        """Return a literal that holds text as it is, `None` where the language has none that can hold it."""
        return None

    def literal(self, text: str) -> str:
        """Return the literal that reads best: a raw one where there is much to escape."""
        written = self.raw(text) if reads_better_raw(text) and text.strip() else None
        return self.string(text) if written is None else written

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        raise NotImplementedError

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded for a path, or for a query."""
        raise NotImplementedError

    def text(self, text: Text, *, encode: bool = False) -> str:
        """Return an expression for text with variables.

        `encode` percent-encodes the variables for an address, all but a leading one, which is an address's beginning.
        """
        known = plain(text)
        if known is not None:
            return self.string(known)
        expressions = self.expressions(text, encode=encode)
        if len(text) == 1 and self.grammar.bare:
            return expressions[0]
        if not self.grammar.interpolation:
            return self.joined(expressions)
        pieces = [
            self.interpolated(expression) if isinstance(piece, Variable) else self.inside(piece, follows=at > 0)
            for at, (piece, expression) in enumerate(zip(text, expressions, strict=True))
        ]
        quote = self.grammar.quoting.quote
        return f"{quote}{''.join(pieces)}{quote}"

    def expressions(self, text: Text, *, encode: bool = False) -> list[str]:
        """Return an expression for each piece of text with variables."""
        return [
            self.expression(piece, encode=encode and at > 0, in_path=in_path(text, at))
            if isinstance(piece, Variable)
            else self.string(piece)
            for at, piece in enumerate(text)
        ]

    def expression(self, variable: Variable, *, encode: bool, in_path: bool) -> str:
        """Return the expression that reads a variable, percent-encoded where that is asked for."""
        read = self.variable(variable)
        return self.encoded(read, in_path=in_path) if encode else read

    def interpolated(self, expression: str) -> str:
        """Return a variable's expression as a string holds it."""
        return self.grammar.interpolation % expression

    def inside(self, text: str, *, follows: bool) -> str:
        """Return text as a string with variables holds it, after one or not."""
        return self.grammar.quoting.inside(text)

    def joined(self, expressions: list[str]) -> str:
        """Return the expression of texts one after the other."""
        return self.grammar.joint.join(expressions)

    def readable(self, text: Text) -> str:
        """Return the expression that reads best of text with variables: its known pieces as literals that read best."""
        return self.joined(
            [self.variable(piece) if isinstance(piece, Variable) else self.literal(piece) for piece in text]
        )

    def by_line(self, text: str, *, indent: str, joint: str = " +") -> str:
        """Return string literals of exactly this text, one for each of its lines."""
        lines = re.findall(r"[^\n]*\n|[^\n]+", text)
        return f"{joint}\n{indent}".join(map(self.string, lines)) if lines else self.string("")

    def bytes_of(self, data: bytes) -> str:
        """Return an expression of exactly these bytes, as text where it can be read."""
        text = readable_text(data)
        return self.opaque(data) if text is None else self.utf8(text)

    def opaque(self, data: bytes) -> str:
        """Return an expression of bytes that are no text: base64 where they are many."""
        if len(data) > self.grammar.longest_octets:
            return self.base64(base64.b64encode(data).decode("ascii"))
        return self.octets(data)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes in UTF-8."""
        return self.string(text)

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        raise NotImplementedError

    def octets(self, data: bytes) -> str:
        """Return an expression of bytes, each that is no text by an escape."""
        return self.grammar.quoting.of_bytes(data)

    def read(self, name: str) -> str:
        """Return an expression of the bytes of a file beside the snippet."""
        raise NotImplementedError

    def piece(self, piece: Piece) -> str:
        """Return an expression of a piece of a multipart message: its bytes, or those of a file."""
        return self.bytes_of(piece) if isinstance(piece, bytes) else self.read(piece.name)

    def value(self, value: Any, *, indent: int = 0, used: int = 0) -> str:
        """Return a literal of a JSON value with `Variable` and `Code` in it, laid out like hand-written code.

        `indent` is the column of the line it begins on, `used` how many columns of that line are taken.
        """
        if value is None or isinstance(value, bool):
            return self.grammar.words[0 if value is None else 1 if value else 2]
        if isinstance(value, Code):
            return value.text
        if isinstance(value, Variable):
            return self.variable(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, int | float):
            return self.number(value)
        if isinstance(value, Mapping):
            return self.mapping(value, indent, used)
        if isinstance(value, list | tuple):
            return self.members([("", member) for member in value], self.grammar.list, indent, used)
        raise TypeError(f"{type(value).__name__} has no literal")

    def number(self, value: float) -> str:
        """Return a number literal, spelled as it was given."""
        return jsontext.dumps(value)

    def mapping(self, value: Mapping[str, Any], indent: int, used: int) -> str:
        """Return a literal of a map."""
        named = [(self.grammar.key % self.key(name), member) for name, member in value.items()]
        return self.members(named, self.grammar.map, indent, used)

    def key(self, name: str) -> str:
        """Return a name as a map holds it."""
        return self.string(name)

    def members(self, members: list[tuple[str, Any]], brackets: tuple[str, str], indent: int, used: int) -> str:
        """Return the members of a list or map, each after its name, on one line where they fit."""
        opening, closing = brackets
        if not members:
            return opening.strip() + closing.strip()
        inner = indent + self.grammar.step
        lines = [name + self.value(member, indent=inner, used=inner + len(name) + 1) for name, member in members]
        short = opening + ", ".join(lines) + closing
        if "\n" not in short and max(used, indent) + len(short) <= self.grammar.width:
            return short
        body = ",\n".join(" " * inner + line for line in lines) + ("," if self.grammar.last_comma else "")
        return f"{opening.strip()}\n{body}\n{' ' * indent}{closing.strip()}"


def reads_better_raw(text: str) -> bool:
    """Tell whether text has much to escape and nothing hidden, so that a raw literal shows it best."""
    return any(mark in text for mark in '"\\\n') and not has_hidden(text, allow="\n")


def chunks(text: str, size: int) -> Iterator[str]:
    """Cut text into pieces of at most `size` bytes of UTF-8 (three bytes a UTF-16 unit at worst)."""
    step = max(size // 6, 1)
    if len(text.encode("utf-8", "surrogatepass")) <= size:
        yield text
        return
    for at in range(0, len(text), step):
        yield text[at : at + step]


def comment(note: str) -> str:
    r"""Return a note for a `//` comment of any language: Java reads `\u000a` even there, C a backslash at the end."""
    shown = one_line(note).replace("\\u", "\\ u")
    return f"{shown} ." if shown.endswith(("\\", "??/")) else shown
