"""Perl literals: strings of bytes, text with environment variables (perlop, Quote and Quote-like Operators)."""

from __future__ import annotations

import base64

from playground.snippets.body import readable_text
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden, is_hidden

_SIMPLE = {
    "\\": "\\\\", '"': '\\"', "$": "\\$", "@": "\\@", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x1b": "\\e",
}  # fmt: skip


def string(text: str) -> str:
    """Return a literal of this text's UTF-8 bytes (without `use utf8`): single-quoted where it hides nothing."""
    if not has_hidden(text):
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def bytes_of(data: bytes) -> str:
    """Return an expression for exactly these bytes (`decode_base64` is of `MIME::Base64`)."""
    text = readable_text(data)
    if text is not None:
        return string(text)
    if len(data) > 64:
        return f"decode_base64('{base64.b64encode(data).decode('ascii')}')"
    return '"' + "".join(map(_escaped, data.decode("utf-8", "surrogateescape"))) + '"'


def _escaped(character: str) -> str:
    if character in _SIMPLE:
        return _SIMPLE[character]
    if not is_hidden(character):
        return character
    errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
    return "".join(f"\\x{{{byte:02X}}}" for byte in character.encode("utf-8", errors))


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f"$ENV{{{name.name}}}"


def template(text: Text, *, encode: str = "") -> str:
    """Return an expression for text with variables; `encode` names a function for all but a leading one, in a URL."""
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    if encode:
        return " . ".join(
            (f"{encode}({variable(piece)})" if at else variable(piece))
            if isinstance(piece, Variable)
            else string(piece)
            for at, piece in enumerate(text)
        )
    if len(text) == 1 and isinstance(text[0], Variable):
        return variable(text[0])
    pieces = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            pieces.append(variable(piece))
        else:
            written = "".join(map(_escaped, piece))
            # After a variable "[", "{" and "-" would reach into it.
            follows = at > 0 and written[:1] in ("[", "{", "-")
            pieces.append(f"\\{written}" if follows else written)
    return '"' + "".join(pieces) + '"'
