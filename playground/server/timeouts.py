"""How long the servers wait for a visitor, and how much of his request has come (RFC 9112), told from its bytes alone.

Both servers keep to these limits: gunicorn's worker (`playground.server.gunicorn`) and `playground serve`.
"""

from __future__ import annotations

import re
from enum import Enum

HEAD_SECONDS = 10.0
"""For a whole head, from the connection's or the last answer's first byte on."""
BODY_SECONDS = 20.0
BODY_RATE = 1000
"""For a body: so many seconds, and one more for every so many bytes that have come."""
SILENCE = 20
"""Seconds without a byte of a body that comes, or of an answer that is taken."""
LONGEST_HEAD = 32_768
"""Bytes of request line and header fields together."""
SMALL_BODY = 32_768
"""Bytes of a body that is waited for without a thread."""

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*(?=\r\n)", re.IGNORECASE)
# Its length is not known, or it does not come before the server has said that it may.
_NOT_BY_ITSELF = re.compile(rb"\r\n(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


def body_seconds(received: int) -> float:
    """Return how long a body may keep us waiting of which so many bytes have come."""
    return BODY_SECONDS + received / BODY_RATE


class Arrival(Enum):
    """What is here of a request."""

    HEAD = "not even the whole head"
    TOO_LARGE = "a head that is too large"
    BODY = "the head, and some of a small body"
    LARGE = "the head, and some of a large body"
    WHOLE = "all of it, or something that is no request"


def arrival(held: bytes) -> tuple[Arrival, int | None]:
    """Return what is here, and how many bytes of the body are missing, `None` where nobody knows.

    Several lengths, and spellings this function does not read, are left to the server's parser: `WHOLE`.
    """
    came = len(held)  # empty lines before a head count as well, or there could be any number of them
    held = held.lstrip(b"\r\n")
    end = held.find(b"\r\n\r\n", 0, LONGEST_HEAD + 4)
    if end < 0:
        return (Arrival.HEAD if came <= LONGEST_HEAD else Arrival.TOO_LARGE), None
    head = held[: end + 2]
    if _NOT_BY_ITSELF.search(head):
        return Arrival.LARGE, None
    lengths = set(_LENGTH.findall(head))
    if len(lengths) != 1:
        return Arrival.WHOLE, None
    digits = lengths.pop()
    length = int(digits) if len(digits) <= 18 else 10**18
    missing = length - (len(held) - end - 4)
    if missing <= 0:
        return Arrival.WHOLE, None
    return (Arrival.BODY if length <= SMALL_BODY else Arrival.LARGE), missing
