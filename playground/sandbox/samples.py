"""Small files of our own, for answers whose content a schema cannot describe."""

from __future__ import annotations

import struct
import zlib

from playground.mediatypes import OCTETS

_SIDE = 8


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _picture() -> bytes:
    """Draw eight by eight pixels from blue to orange (PNG, Third Edition)."""
    rows = b"".join(
        b"\0" + bytes(level for x in range(_SIDE) for level in (32 * x, 96 + 8 * y, 255 - 32 * x)) for y in range(_SIDE)
    )
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


PNG = _picture()
"""A valid picture."""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#4060c0"/></svg>'
"""A valid drawing."""

ZIP = b"PK\x05\x06" + bytes(18)
"""A valid archive of no files."""

BYTES = bytes(range(32)) + b"Playground sandbox\n"
"""Bytes of no particular kind."""


def file_for(kind: str) -> tuple[str, bytes]:
    """Return a media type and bytes for a binary one; a picture we cannot draw in its own format is a PNG."""
    if kind.startswith("image/"):
        return "image/png", PNG
    if "*" in kind:
        return OCTETS, BYTES
    return kind, ZIP if kind == "application/zip" else BYTES
