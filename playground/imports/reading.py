"""Bytes of files, bounded and unpacked, and what files there are below a folder."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Protocol

from playground.imports.archives import DEEPEST, SourceError
from playground.openapi.join_files import ReadFile
from playground.openapi.problems import DEFAULT_LIMITS
from playground.text.wording import say

_GZIP = b"\x1f\x8b"
_START = 64 * 1024
_PACKAGES = ("node_modules", "vendor", "__pycache__", "venv")


class Readable(Protocol):
    """A file whose bytes can be read."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""


def files_below(folder: Path) -> list[str]:
    """Return the files a few levels below a folder, those of packages and hidden ones left out."""
    found: list[str] = []
    for at, folders, files in os.walk(folder):
        place = Path(at).relative_to(folder)
        deep = len(place.parts) >= DEEPEST
        folders[:] = [] if deep else [name for name in folders if not name.startswith(".") and name not in _PACKAGES]
        found += [(place / name).as_posix() for name in files]
    return found


def start_reader(folder: Path) -> ReadFile:
    """Return a function that reads the beginning of a file below a folder, nothing where it cannot be read."""

    def read(name: str) -> bytes:
        try:
            with (folder / name).open("rb") as file:
                return file.read(_START)
        except OSError:
            return b""

    return read


def unpacked(data: bytes, source: str) -> bytes:
    """Return the data, unpacked if it is gzip'd. Raises `SourceError` if it is broken or grows beyond the limit."""
    if not data.startswith(_GZIP):
        return data
    reader = zlib.decompressobj(31)
    try:
        plain = reader.decompress(data, DEFAULT_LIMITS.size + 1)
    except zlib.error:
        raise SourceError(
            say("%(source)s is not a whole gzip file: unpack it yourself and try again.", source=source)
        ) from None
    if len(plain) > DEFAULT_LIMITS.size:
        raise SourceError(
            say("%(source)s unpacks to more than %(size)s bytes, the limit for one description.",
                source=source, size=DEFAULT_LIMITS.size)
        )  # fmt: skip
    if not reader.eof:
        raise SourceError(say("%(source)s is not a whole gzip file: unpack it yourself and try again.", source=source))
    return plain


def bounded(file: Readable) -> bytes:
    """Return a file's bytes, one more than allowed at most."""
    # One byte more than allowed, so that the parser refuses it.
    return file.read(DEFAULT_LIMITS.size + 1)
