"""Addresses that clients rewrite on their way: dot segments, and characters they want percent-encoded (RFC 3986)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from playground.snippets.message import Message
from playground.snippets.text import Text, Variable

UNRESERVED = r"A-Za-z0-9._~\-"
PATH = UNRESERVED + "!$&'()*+,;=:@/"
"""What RFC 3986 allows in a path, as the inside of a character class; `%` is judged apart."""
QUERY = PATH + "?"
LENIENT_QUERY = "A-Za-z0-9._~!$&()*+,;:=@/?{}|^`\\\\\\[\\]-"
"""What clients that parse addresses as browsers do leave in a query."""

_PLACEHOLDER = re.compile(r"\{[^{}]+\}")
_PLAIN_DOT_SEGMENT = re.compile(r"/\.{1,2}(?=/|$)")
_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
_ESCAPED_UNRESERVED = re.compile(r"%(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
_LOWER_ESCAPE = re.compile(r"%(?:[0-9A-Fa-f]?[a-f]|[a-f][0-9A-Fa-f])")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRules:
    """Which addresses a client sends as they are written, and the sentence for any other.

    `path` and `query` are the insides of classes of the characters it leaves alone. It resolves dot segments, `plain`
    ones only or `encoded` ones as well; with `escapes` it rewrites those that are needless or in lower case.
    """

    sentence: str
    path: str = PATH
    query: str = QUERY
    dots: Literal["", "plain", "encoded"] = "encoded"
    escapes: bool = False

    def keep(self, message: Message) -> bool:
        """Tell whether the message's address arrives as it is written."""
        resolved = self.dots and has_dot_segments(message, encoded=self.dots == "encoded")
        rewritten = self.escapes and has_odd_escapes(message)
        return not resolved and not rewritten and is_within(message, path=self.path, query=self.query)

    def notes(self, message: Message) -> tuple[str, ...]:
        """Return the sentence where the address does not arrive as it is written."""
        return () if self.keep(message) else (self.sentence,)


def rewrites(client: str, *, dots: bool = True) -> str:
    """Return the sentence that a client rewrites an address."""
    what = "dot segments and characters" if dots else "characters"
    return f"{client} rewrites parts of this address: {what} it wants percent-encoded."


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


def encoded_address(message: Message, *, path: str = PATH, query: str = QUERY) -> Text:
    """Return the address with characters outside of these classes percent-encoded, but for unfilled placeholders."""
    if not message.url or isinstance(message.url[0], Variable):
        return message.url
    pieces: list[str | Variable] = []
    in_query = False
    for at, piece in enumerate(message.url):
        if isinstance(piece, Variable):
            pieces.append(piece)
            continue
        before, mark, after = ("", "", piece) if in_query else piece.partition("?")
        origin = re.match(r"[a-z]+://[^/?#]*", before) if at == 0 else None
        start = origin[0] if origin else ""
        shown = re.sub(r"\{[^{}]+\}|(?P<odd>[^%" + path + "])", _percent_encoded, before[len(start) :])
        pieces.append(start + shown + mark + re.sub(f"(?P<odd>[^%{query}])", _percent_encoded, after))
        in_query = in_query or bool(mark)
    return tuple(pieces)


def _percent_encoded(match: re.Match[str]) -> str:
    return quote(match["odd"], safe="") if match["odd"] else match[0]
