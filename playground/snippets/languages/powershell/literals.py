"""PowerShell literals: verbatim, expandable and here-strings (about_Quoting_Rules, about_Special_Characters)."""

from __future__ import annotations

import re

from playground.snippets.literals import escape
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden

# Curly quotes end a string like straight ones.
_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_EXPANDABLE = {
    **{character: f"`{character}" for character in f"`${_DOUBLE}"},
    "\n": "`n", "\r": "`r", "\t": "`t", "\0": "`0",
}  # fmt: skip


def string(text: str) -> str:
    """Return a string of exactly this text: verbatim unless a character in it must be escaped to be seen."""
    if has_hidden(text):
        return f'"{escape(text, _EXPANDABLE, _spelled)}"'
    return "'" + re.sub(f"([{_SINGLE}])", r"\1\1", text) + "'"


def literal(text: Text) -> str:
    """Return the literal that reads best of text whose layout is free: a here-string over several lines."""
    known = "".join(piece for piece in text if isinstance(piece, str))
    if (
        "\n" not in known
        or known.strip() != known
        or has_hidden(known, allow="\n")
        or re.search(f"^[{_SINGLE}]|^[{_DOUBLE}]@", known, re.MULTILINE)
    ):
        return string_of(text)
    if len(text) == 1:
        return f"@'\n{known}\n'@"
    shown = "".join(
        f"${{env:{piece.name}}}" if isinstance(piece, Variable) else re.sub("([`$])", r"`\1", piece) for piece in text
    )
    return f'@"\n{shown}\n"@'


def string_of(text: Text, *, encode: bool = False) -> str:
    """Return a string with expanded variables; `encode` escapes them for an address, all but a leading one."""
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            escaped = f"$([uri]::EscapeDataString($env:{piece.name}))"
            spelled.append(escaped if encode and at else f"${{env:{piece.name}}}")
        else:
            spelled.append(escape(piece, _EXPANDABLE, _spelled))
    return f'"{"".join(spelled)}"'


def key(name: str) -> str:
    """Return a name for a hash table."""
    return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) else string(name)


def _spelled(character: str) -> str:
    return f"`u{{{ord(character):X}}}"
