"""POSIX shell literals: a word, a word with variables, and bytes (POSIX.1-2017, XCU 2.2 Quoting and printf)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from playground.snippets.body import decoded
from playground.snippets.files import Piece
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden, is_hidden

LARGEST_WORD = 100_000
"""Bytes one argument of a process may safely have (Linux allows 128 KiB); more goes through a pipe or a file."""

_DOUBLE_QUOTE_SAFE = re.compile(r"[A-Za-z0-9 _.,:;/?@#=&%+~-]*")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "%": "%%", "'": "\\047"}


class NotAWordError(ValueError):
    """The text holds NUL, which no argument of a process can."""


def quote(text: str) -> str:
    """Return a word that expands to exactly this text; line ends stay, other hidden characters come from printf.

    Raises `NotAWordError` for text with NUL.
    """
    if "\0" in text:
        raise NotAWordError("A shell word cannot hold a NUL character.")
    if not text:
        return "''"
    pieces: list[str] = []
    for hidden, run in groupby(text, key=lambda character: character != "\n" and is_hidden(character)):
        part = "".join(run)
        if hidden:  # never ends in a line end, which "$(...)" would strip
            pieces.append(f'"$({print_bytes(part.encode("utf-8", "surrogatepass"))})"')
        else:
            pieces.append("'" + part.replace("'", "'\\''") + "'")
    return "".join(pieces)


def quote_text(text: Text) -> str:
    """Return a word for text with variables: one double-quoted word where that is plainly safe, else joined pieces."""
    if not any(isinstance(piece, Variable) for piece in text):
        return quote("".join(map(str, text)))
    if all(isinstance(piece, Variable) or _DOUBLE_QUOTE_SAFE.fullmatch(piece) for piece in text):
        return '"' + "".join(_inside(text)) + '"'
    return "".join(f'"${piece.name}"' if isinstance(piece, Variable) else quote(piece) for piece in text if piece)


def quote_method(method: str) -> str:
    """Return the word of a method, bare where that is plainly safe."""
    return method if re.fullmatch(r"[A-Za-z]+", method) else quote(method)


def quote_pair(first: Variable, second: Variable) -> str:
    """Return the word of a user name and a password."""
    return f'"${first.name}:${second.name}"'


def _inside(text: Text) -> Iterable[str]:
    for piece, following in zip(text, (*text[1:], ""), strict=True):
        if isinstance(piece, Variable):
            runs_on = isinstance(following, str) and re.match(r"[A-Za-z0-9_]", following)
            yield f"${{{piece.name}}}" if runs_on else f"${piece.name}"
        else:
            yield piece


def as_word(body: bytes) -> str | None:
    """Return content as the text of a word, `None` where it is too long for one or holds what cannot be seen."""
    text = decoded(body) if len(body) <= LARGEST_WORD else None
    return None if text is None or has_hidden(text, allow="\n") else text


def print_bytes(data: bytes) -> str:
    """Return a printf command that writes exactly these bytes, in characters a person can read and copy."""
    pieces: list[str] = []
    for character in data.decode("utf-8", "surrogateescape"):
        if character in _ESCAPES:
            pieces.append(_ESCAPES[character])
        elif is_hidden(character):
            pieces.extend(f"\\{octet:03o}" for octet in character.encode("utf-8", "surrogateescape"))
        else:
            pieces.append(character)
    if pieces and pieces[0] == "-":
        pieces[0] = "\\055"  # not an option
    return "printf '" + "".join(pieces) + "'"


def print_json(message: Message) -> str:
    """Return a printf command that writes the JSON text of a message, which holds no NUL, around its variables."""
    return f"printf '%s' {' '.join(quote_text((piece,)) for piece in message.json_text)}"


def print_pieces(pieces: Iterable[Piece]) -> str:
    """Return a command that writes the pieces of a multipart message."""
    commands = [print_bytes(piece) if isinstance(piece, bytes) else f"cat {piece.name}" for piece in pieces]
    return "{ " + "; ".join(commands) + "; }"
