"""What HTTP allows in names and values, and which fields and methods are the sender's own (RFC 9110, 5 and 9)."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")

_RESERVED = frozenset(
    {
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade",
        "expect", "forwarded", "via", "http2-settings",
    }
)  # fmt: skip
_RESERVED_PREFIXES = ("proxy-", "x-forwarded-")

REFUSED_METHODS = frozenset({"CONNECT", "TRACE", "TRACK"})
"""Methods that are never sent: they make a tunnel, or a server that repeats credentials (Fetch, "forbidden method")."""


def is_token(text: str) -> bool:
    """Say whether the text is a token, as methods, header names and cookie names must be."""
    return _TOKEN.fullmatch(text) is not None


def is_sendable(value: str) -> bool:
    """Say whether a header value has no control characters (tab allowed) and can be written as UTF-8."""
    return _UNSENDABLE.search(value) is None


def is_reserved(name: str) -> bool:
    """Say whether a header field frames or routes the message: it is ours to write, never the visitor's."""
    lowered = name.strip().lower()
    return lowered in _RESERVED or lowered.startswith(_RESERVED_PREFIXES)
