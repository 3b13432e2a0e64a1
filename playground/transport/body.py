"""Reads an answer's content within limits and takes its content coding off (RFC 9110, 8.4)."""

from __future__ import annotations

import zlib

from requests import Response
from urllib3.exceptions import HTTPError

CHUNK = 65_536
MAX_CODINGS = 3


def read_content(response: Response, limit: int) -> tuple[bytes, bool]:
    """Return at most `limit` bytes as they came over the wire, and whether something is missing.

    What has arrived counts: a limit, a deadline or a broken connection ends the content early, it does not lose it.
    """
    pieces: list[bytes] = []
    length = 0
    try:
        while length <= limit:
            piece = response.raw.read1(CHUNK, decode_content=False)
            if not piece:
                return b"".join(pieces), False
            pieces.append(piece)
            length += len(piece)
    except (HTTPError, OSError, ValueError):
        return b"".join(pieces)[:limit], True
    return b"".join(pieces)[:limit], True


def decode_content(data: bytes, codings: str, limit: int) -> tuple[bytes, bool] | None:
    """Take off `gzip` and `deflate`; return at most `limit` bytes and whether something is missing.

    `None` means the content stays as it is: another coding, too many of them, or bytes that are not what they say.
    """
    names = [name for name in (word.strip().lower() for word in codings.split(",")) if name and name != "identity"]
    if not names:
        return data, False
    if len(names) > MAX_CODINGS or any(name not in ("gzip", "x-gzip", "deflate") for name in names):
        return None
    missing = False
    for name in reversed(names):
        decoded = _inflate(data, name, limit)
        if decoded is None:
            return None
        data, cut = decoded
        missing = missing or cut
    return data, missing


def _inflate(data: bytes, name: str, limit: int) -> tuple[bytes, bool] | None:
    if not data:
        return b"", False
    # deflate means zlib, but some servers send it raw; a gzip answer may hold several members.
    for window in (31,) if name != "deflate" else (15, -15):
        pieces: list[bytes] = []
        room, rest = limit + 1, data
        try:
            while rest and room > 0:
                member = zlib.decompressobj(window)
                piece = member.decompress(rest, room)
                pieces.append(piece)
                room -= len(piece)
                rest = member.unused_data if window == 31 and member.unused_data[:2] == b"\x1f\x8b" else b""
                complete = member.eof and not rest
        except zlib.error:
            if pieces:
                return b"".join(pieces)[:limit], True
            continue
        return b"".join(pieces)[:limit], room <= 0 or not complete
    return None
