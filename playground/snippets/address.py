"""Addresses that clients rewrite on their way: dot segments, and characters they want percent-encoded (RFC 3986)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playground.snippets.message import Message
from playground.snippets.text import Variable

UNRESERVED = r"A-Za-z0-9._~\-"
PATH = UNRESERVED + "!$&'()*+,;=:@/"
"""What RFC 3986 allows in a path, as the inside of a character class; `%` is judged apart."""
QUERY = PATH + "?"

_PLACEHOLDER = re.compile(r"\{[^{}]+\}")
_PLAIN_DOT_SEGMENT = re.compile(r"/\.{1,2}(?=/|$)")
_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
_ESCAPED_UNRESERVED = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
_LOWER_ESCAPE = re.compile(r"%(?:[0-9A-Fa-f]?[a-f]|[a-f][0-9A-Fa-f])")


def target_of(message: Message) -> str:
    """Return path and query without variables and unfilled placeholders of the path."""
    address = "".join(piece if isinstance(piece, str) else "" for piece in message.url)
    before, mark, query = address.partition("?")
    parts = urlsplit(_PLACEHOLDER.sub("x", before))
    return parts.path + mark + query


def has_dot_segments(message: Message, *, encoded: bool = True) -> bool:
    """Tell whether the path holds `/./` or `/../`, plain or percent-encoded, which most clients resolve."""
    pattern = _DOT_SEGMENT if encoded else _PLAIN_DOT_SEGMENT
    return pattern.search(target_of(message).partition("?")[0]) is not None


def is_within(message: Message, *, path: str = PATH, query: str = QUERY) -> bool:
    """Tell whether path and query hold only these characters (insides of character classes) and percent escapes."""
    before, _, after = target_of(message).partition("?")
    escape = "%[0-9A-Fa-f]{2}"
    return bool(
        re.fullmatch(f"(?:[{path}]|{escape})*", before, re.ASCII)
        and re.fullmatch(f"(?:[{query}]|{escape})*", after, re.ASCII)
    )


def has_odd_escapes(message: Message) -> bool:
    """Tell whether an escape is in lower case or of a character that needs none: some clients normalise both."""
    target = target_of(message)
    return bool(_ESCAPED_UNRESERVED.search(target) or _LOWER_ESCAPE.search(target))


def split_address(message: Message) -> tuple[str, str, str]:
    """Return scheme, authority and the known beginning of path and query (`/` at least) of the address.

    An address that begins with a variable (an unknown gateway) has an empty scheme and authority.
    """
    first = message.url[0]
    if isinstance(first, Variable):
        return "", "", ""
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)", first)
    if match is None:
        return "", "", first
    rest = first[match.end() :]
    return match[1].lower(), match[2], rest if rest.startswith("/") else "/" + rest
