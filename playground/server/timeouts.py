"""How long the servers wait for a request, and how much of it has arrived, judged by its bytes alone (RFC 9112).

Both servers keep to these limits: gunicorn's worker (`playground.server.gunicorn`) and `playground serve`.
"""

from __future__ import annotations

import re
from enum import Enum

HEAD_SECONDS = 10.0
"""For a whole head, from the first byte of the connection or of the last answer."""
BODY_SECONDS = 20.0
BODY_RATE = 1000
"""For a body: `BODY_SECONDS`, and one second more for every `BODY_RATE` bytes that have come."""
SILENCE = 20
"""Seconds without a byte of a body that comes, or of an answer that is taken."""
LONGEST_HEAD = 32_768
"""Bytes of request line and header fields together."""
SMALL_BODY = 32_768
"""Bytes of a body that is waited for without a thread."""

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*(?=\r\n)", re.IGNORECASE)
# Its length is unknown, or it does not come before the server answers that it may.
_NOT_BY_ITSELF = re.compile(rb"\r\n(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE)


def body_seconds(received: int) -> float:
    """Return how many seconds a body may take of which so many bytes have come."""
    return BODY_SECONDS + received / BODY_RATE


class Arrival(Enum):
    """How much of a request has arrived."""

    HEAD = "not even the whole head"
    TOO_LARGE = "a head that is too large"
    BODY = "the head, and some of a small body"
    LARGE = "the head, and some of a large body"
    WHOLE = "all of it, or something that is no request"


def arrival(received: bytes) -> tuple[Arrival, int | None]:
    """Return how much has arrived, and how many bytes of the body are missing, `None` if unknown.

    Several lengths, and spellings this function does not read, are left to the server's parser: `WHOLE`.
    """
    count = len(received)  # empty lines before a head count as well, or there could be any number of them
    received = received.lstrip(b"\r\n")
    end = received.find(b"\r\n\r\n", 0, LONGEST_HEAD + 4)
    if end < 0:
        return (Arrival.HEAD if count <= LONGEST_HEAD else Arrival.TOO_LARGE), None
    head = received[: end + 2]
    if _NOT_BY_ITSELF.search(head):
        return Arrival.LARGE, None
    lengths = set(_LENGTH.findall(head))
    if len(lengths) != 1:
        return Arrival.WHOLE, None
    digits = lengths.pop()
    length = int(digits) if len(digits) <= 18 else 10**18
    missing = length - (len(received) - end - 4)
    if missing <= 0:
        return Arrival.WHOLE, None
    return (Arrival.BODY if length <= SMALL_BODY else Arrival.LARGE), missing
