"""Elixir literals: strings, bytes, charlists and verbatim sigils (Elixir syntax reference, Strings and Sigils)."""

from __future__ import annotations

from playground.snippets.literals import escape, reads_better_raw
from playground.snippets.text import Text, Variable, in_path

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FENCES = (("(", ")"), ("|", "|"), ("/", "/"), ("<", ">"))


def string(text: str) -> str:
    """Return a string literal of exactly this text in UTF-8."""
    return f'"{_inside(text)}"'


def literal(text: str) -> str:
    """Return the literal that reads best: a verbatim sigil where there is much to escape."""
    if reads_better_raw(text) and text.strip():
        for opening, closing in _FENCES:
            # Of a verbatim sigil only the escaped end is an escape.
            if opening not in text and closing not in text and not text.endswith("\\"):
                return f"~S{opening}{text}{closing}"
    return string(text)


def string_of_bytes(data: bytes) -> str:
    """Return a string literal of exactly these bytes, which need not be UTF-8."""
    pieces = [
        f"\\x{ord(character) - 0xDC00:02X}" if "\udc80" <= character <= "\udcff" else _inside(character)
        for character in data.decode("utf-8", "surrogateescape")
    ]
    return '"' + "".join(pieces).replace("#{", "\\#{") + '"'


def charlist(text: Text) -> str:
    """Return a charlist for text with variables; text that is not ASCII as its bytes."""
    known = "".join(piece for piece in text if isinstance(piece, str))
    if not known.isascii():
        return f":binary.bin_to_list({string_of(text)})"
    return f"~c{string_of(text)}"


def string_of(text: Text, *, encode: bool = False) -> str:
    """Return a string with interpolated variables; `encode` escapes them for an address, all but a leading one."""
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = variable(piece)
            if encode and at:
                whole = in_path(text, at)
                read = f"URI.encode({read}, &URI.char_unreserved?/1)" if whole else f"URI.encode_www_form({read})"
            spelled.append(f"#{{{read}}}")
        else:
            spelled.append(_inside(piece))
    return f'"{"".join(spelled)}"'


def joined(text: Text) -> str:
    """Return an expression for text with variables as it stands, its known pieces verbatim."""
    return " <> ".join(variable(piece) if isinstance(piece, Variable) else literal(piece) for piece in text)


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable, and fails where it is not set."""
    return f'System.fetch_env!("{name.name}")'


def _inside(text: str) -> str:
    return escape(text, _SIMPLE, _spelled).replace("#{", "\\#{")


def _spelled(character: str) -> str:
    return f"\\u{{{ord(character):X}}}"
