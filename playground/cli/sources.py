"""Where a description comes from: a file, a URL, standard input; gzip'd or not; never more than the limit is read."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playground import jsontext
from playground.cli.failures import Failure
from playground.config import Settings
from playground.openapi.join_files import ReadFile, UnreadableFileError, join_files, names_files
from playground.openapi.parse import Tokens, read_text
from playground.openapi.problems import DEFAULT_LIMITS
from playground.store import Squeezed, squeeze

_URL = re.compile(r"https?://", re.IGNORECASE)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A parsed description with the files it names; `source` is the text that the catalogue keeps.

    `refused` comes from `Joined`, `repeated` from `Parsed` and `Joined`.
    """

    document: dict[str, Any]
    source: Squeezed
    refused: Mapping[str, str]
    repeated: tuple[Tokens, ...]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def is_url(source: str) -> bool:
    """Tell whether a source is a URL."""
    return _URL.match(source) is not None


def read_source(source: str, settings: Settings) -> bytes:
    """Return a description's bytes. Raises `Failure` for a file, `TransportError` for a URL."""
    if source == "-":
        return unpacked(_bounded(sys.stdin.buffer), "standard input")
    if is_url(source):
        from playground.transport.egress import document_policy
        from playground.transport.send import fetch_document

        return unpacked(fetch_document(source, document_policy(source, settings.private_networks)), source)
    return read_file(Path(source))


def read_file(path: Path) -> bytes:
    """Return a file's bytes, unpacked. Raises `Failure`."""
    try:
        if path.is_dir():
            raise Failure(f"{path} is a folder: name one file of it, or run `playground add-all {path}`.")
        with path.open("rb") as file:
            return unpacked(_bounded(file), str(path))
    except FileNotFoundError:
        raise Failure(f"There is no file {path}: give the description's path, its URL, or - for stdin.") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a usable path"
        raise Failure(f"{path} cannot be read ({reason}): check the path and its permissions.") from None


def parse_source(data: bytes, source: str) -> Description:
    """Parse a description's bytes, and join the files it names if it is a file itself. Raises `DocumentError`.

    The kept text of several files is one document that holds them all.
    """
    parsed = read_text(data)
    if source == "-" or is_url(source) or not names_files(data):
        return Description(document=parsed.document, source=squeeze(data), refused={}, repeated=parsed.repeated)
    path = Path(source)
    joined = join_files(parsed.document, folder_reader(path.parent), name=path.name)
    if joined.count:
        data = jsontext.dumps(joined.document, indent=2).encode("utf-8", "replace")
    repeated = (*parsed.repeated, *joined.repeated)
    return Description(document=joined.document, source=squeeze(data), refused=joined.refused, repeated=repeated)


def folder_reader(folder: Path) -> ReadFile:
    """Return a function that reads files below a folder, by their paths relative to it, and nothing else."""
    root = folder.resolve()

    def read(relative: str) -> bytes:
        try:
            path = (root / relative).resolve()
            # A link may lead out of the folder.
            if not path.is_relative_to(root):
                raise UnreadableFileError("the file lies outside the document's own folder, where nothing is read.")
            if not path.is_file():
                raise UnreadableFileError("there is no such file.")
            with path.open("rb") as file:
                return unpacked(_bounded(file), relative)
        except (OSError, RuntimeError, Failure):
            raise UnreadableFileError("the file cannot be read; check its permissions.") from None

    return read


def unpacked(data: bytes, source: str) -> bytes:
    """Return the data, unpacked if it is gzip'd. Raises `Failure` if it is broken or grows beyond the limit."""
    if not data.startswith(_GZIP):
        return data
    reader = zlib.decompressobj(31)
    try:
        plain = reader.decompress(data, DEFAULT_LIMITS.size + 1)
    except zlib.error:
        raise Failure(f"{source} is not a whole gzip file: unpack it yourself and try again.") from None
    if len(plain) > DEFAULT_LIMITS.size:
        raise Failure(f"{source} unpacks to more than {DEFAULT_LIMITS.size} bytes, the limit for one description.")
    if not reader.eof:
        raise Failure(f"{source} is not a whole gzip file: unpack it yourself and try again.")
    return plain


def _bounded(file: _Readable) -> bytes:
    # One byte more than allowed, so that the parser refuses it.
    return file.read(DEFAULT_LIMITS.size + 1)
