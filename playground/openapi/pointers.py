"""JSON Pointers: places in a document (RFC 6901).

While a document is walked, a place is a linked pair `(parent, token)`: building one costs next to nothing, and the text
is made only when there is a problem to report.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import quote, unquote

Where: TypeAlias = tuple[Any, str | int] | None
"""A place: `None` is the document itself, otherwise `(the place around it, key or index)`."""


def tokens_of(where: Where) -> tuple[str, ...]:
    """Return a place's reference tokens, outermost first."""
    tokens: list[str] = []
    while where is not None:
        where, token = where
        tokens.append(str(token))
    return tuple(reversed(tokens))


def where_of(tokens: tuple[str, ...]) -> Where:
    """Return the place that these reference tokens name."""
    where: Where = None
    for token in tokens:
        where = (where, token)
    return where


def escape_token(token: str) -> str:
    """Write one reference token: `/` becomes `~1`, `~` becomes `~0`."""
    return token.replace("~", "~0").replace("/", "~1")


FILES = "x-playground-files"
"""The key of a joined document that holds the files its references name (join_files.py)."""


def pointer_text(where: Where) -> str:
    """Write a place as a JSON Pointer; the document itself is the empty text.

    A place in another file of the document has that file's path before it: `schemas/user.yaml#/properties/id`.
    """
    tokens = tokens_of(where)
    if len(tokens) > 1 and tokens[0] == FILES:
        return f"{tokens[1]}#" + "".join("/" + escape_token(token) for token in tokens[2:])
    return "".join("/" + escape_token(token) for token in tokens)


def pointer_fragment(tokens: tuple[str, ...]) -> str:
    """Write a place as a reference from the document's top: `#/paths/~1a%20b`."""
    return "#" + "".join("/" + quote(escape_token(token), safe="~") for token in tokens)


def fragment_tokens(fragment: str) -> tuple[str, ...]:
    """Read `/components/schemas/a~1b` (after the `#`, percent escapes decoded by the caller)."""
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in fragment.split("/")[1:])


def decoded_fragments(fragment: str) -> tuple[str, ...]:
    """Return the readings of a URI fragment: percent-decoded, and as written where that differs."""
    decoded = unquote(fragment)
    return (decoded,) if decoded == fragment else (decoded, fragment)
