"""Go literals: interpreted and raw strings, and text with environment variables (Go specification, String literals)."""

from __future__ import annotations

from playground.snippets.literals import escape, reads_better_raw
from playground.snippets.text import Text, Variable, in_path

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return an interpreted string literal of exactly this text."""
    return '"' + escape(text, _SIMPLE, _spelled) + '"'


def literal(text: str) -> str:
    """Return the literal that reads best: raw where there is much to escape, else interpreted."""
    # A raw string cannot hold a backquote, and drops carriage returns (which count as hidden).
    return f"`{text}`" if reads_better_raw(text) and "`" not in text and text.strip() else string(text)


def bytes_of(data: bytes) -> str:
    """Return a string literal of exactly these bytes; a Go string need not be UTF-8."""
    pieces = [
        f"\\x{ord(character) - 0xDC00:02x}" if "\udc80" <= character <= "\udcff" else escape(character, _SIMPLE, _byte)
        for character in data.decode("utf-8", "surrogateescape")
    ]
    return '"' + "".join(pieces) + '"'


def text_of(text: Text, *, encode: bool = False, raw: bool = False) -> str:
    """Return an expression for text with variables, as gofmt has it in a call.

    `encode` escapes variables for an address, all but a leading one, which is an address; `raw` prefers raw strings.
    """
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = f'os.Getenv("{piece.name}")'
            spelled.append(f"url.{'Path' if in_path(text, at) else 'Query'}Escape({read})" if encode and at else read)
        else:
            spelled.append(literal(piece) if raw else string(piece))
    return "+".join(spelled) or '""'


def _spelled(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _byte(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8"))
