"""Which header fields a visitor may set, and how their values may look (RFC 9110 section 5; RFC 6265 section 4.1)."""

from __future__ import annotations

import re

from playground.httpsyntax import is_reserved, is_sendable, is_token
from playground.request.errors import HeaderRefused, shown
from playground.request.text import percent_encode
from playground.text.wording import say

_COOKIE_TEXT = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")

# Everything a cookie may hold (RFC 6265 cookie-octet), but not "%": what is encoded is encoded once.
_COOKIE_KEEP = "!#$&'()*+-./:<=>?@[]^_`{|}~"
_COOKIE_NAME_KEEP = "!#$&'*+-.^_`|~"


def check_name(name: str, *, field: str) -> str:
    """Return the header name. Raises `HeaderRefused` for a reserved one or one that is no token."""
    if not is_token(name):
        raise HeaderRefused(
            say("The header name %(name)s is not one HTTP allows: use letters, digits and -.", name=shown(name)),
            field=field,
        )
    if is_reserved(name):
        raise HeaderRefused(
            say("The header %(name)s is written by the playground itself: leave it empty.", name=name), field=field
        )
    return name


def check_value(name: str, value: str, *, field: str) -> str:
    """Return the value without surrounding blanks, which HTTP does not carry. Raises `HeaderRefused`."""
    if not is_sendable(value):
        raise HeaderRefused(
            say("The header %(name)s holds a line break or another control character: remove it.", name=shown(name)),
            field=field,
        )
    return value.strip(" \t")


def cookie_name(name: str) -> str:
    """Return a cookie name as a token, what is not allowed percent-encoded."""
    return percent_encode(name, keep=_COOKIE_NAME_KEEP)


def cookie_text(text: str) -> str:
    """Percent-encode in a cookie's value what a cookie cannot hold: blanks, quotes, `,`, `;`, `\\`, `%`, non-ASCII."""
    return percent_encode(text, keep=_COOKIE_KEEP)


def check_cookie(name: str, text: str, *, field: str) -> str:
    """Return a cookie's value that is sent as it is. Raises `HeaderRefused` if a cookie cannot hold it."""
    if _COOKIE_TEXT.fullmatch(text) is None:
        raise HeaderRefused(
            say(
                "The cookie %(name)s holds a character that cookies cannot carry: no blanks, quotes, commas, "
                "semicolons, backslashes or control characters.",
                name=shown(name),
            ),
            field=field,
        )
    return text
