"""Files below a folder and in a .zip, bounded and unpacked, and which of them is the description."""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Protocol

from playground.openapi.join_files import ReadFile, UnreadableFileError
from playground.openapi.problems import DEFAULT_LIMITS
from playground.text.visible import terminal_line
from playground.text.wording import say


class SourceError(Exception):
    """A description cannot be read from its source; the text is the sentence a person reads."""


ZIP = b"PK\x03\x04"
"""How an archive begins (PKWARE's APPNOTE, section 4.3.7)."""
_MOST_MEMBERS = 20_000
DEEPEST = 4
"""How many folders below the top a description is looked for."""
_USUAL = re.compile(r"(?:openapi|swagger)\.(?:json|ya?ml)", re.IGNORECASE)
_FORMAT = re.compile(r"\.(?:json|ya?ml)$", re.IGNORECASE)
_MARK = re.compile(rb"""(?:^|[{,])[ \t]*["']?(?:openapi|swagger)["']?[ \t]*:[ \t]*["']?[23]""", re.MULTILINE)
_START = 64 * 1024
"""Bytes of a file by which a description is recognised."""
_SHOWN = 5

ReadStart = Callable[[str], bytes]
"""Returns the first bytes of a file, empty if it cannot be read."""


def find_main(names: Iterable[str], read_start: ReadStart, where: str) -> str:
    """Return the path of the one description among files, nearest to the top. Raises `SourceError`.

    One that has a usual name (`openapi.yaml`) counts before those of other names in the same folder.
    """
    levels: dict[int, list[str]] = {}
    for name in names:
        if _may_describe(name):
            levels.setdefault(name.count("/"), []).append(name)
    for depth in sorted(levels):
        if depth > DEEPEST:
            break
        found = _descriptions(sorted(levels[depth]), read_start)
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(terminal_line(name) for name in found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
            raise SourceError(
                say(
                    "%(where)s holds several descriptions (%(listed)s): name one of them, or use `add-all`.",
                    where=where,
                    listed=listed,
                )
            )
    raise SourceError(
        say(
            "%(where)s holds no OpenAPI description in JSON or YAML: name the file, or give another folder.",
            where=where,
        )
    )


def looks_like_description(start: bytes) -> bool:
    """Tell whether a file that begins so seems to be a description."""
    return _MARK.search(start[:_START]) is not None


def find_all(names: Iterable[str], read_start: ReadStart) -> list[str]:
    """Return the paths of all descriptions among files, by name."""
    return [name for name in sorted(names) if _may_describe(name) and looks_like_description(read_start(name))]


def _may_describe(name: str) -> bool:
    return bool(_FORMAT.search(name)) and not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _descriptions(names: Collection[str], read_start: ReadStart) -> list[str]:
    marked = [name for name in names if looks_like_description(read_start(name))]
    usual = [name for name in marked if _USUAL.fullmatch(posixpath.basename(name))]
    return usual or marked


def read_zip(data: bytes, where: str) -> tuple[str, ReadFile]:
    """Return the path of an archive's description, and a function that reads its files. Raises `SourceError`.

    Nothing is unpacked to disk, and never more than the limit of one file is read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise SourceError(
            say("%(where)s is not a whole .zip file: pack it again, or unpack it yourself.", where=where)
        ) from None
    if len(members) > _MOST_MEMBERS:
        raise SourceError(
            say(
                "%(where)s holds more than %(most_members)s files: unpack it, and name the description.",
                where=where,
                most_members=_MOST_MEMBERS,
            )
        )
    files = {_path_of(member): member for member in members if not member.is_dir()}

    def read(path: str, size: int = DEFAULT_LIMITS.size + 1) -> bytes:
        if path not in files:
            raise UnreadableFileError(say("there is no such file in the archive."))
        try:
            with archive.open(files[path]) as file:
                return file.read(size)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
            raise UnreadableFileError(say("it cannot be unpacked; pack it again, without a password.")) from None
        except Exception as error:  # zlib and lzma have errors of their own
            raise UnreadableFileError(
                say("it cannot be unpacked (%(name)s); pack it again.", name=type(error).__name__)
            ) from None

    def read_start(path: str) -> bytes:
        try:
            return read(path, _START)
        except UnreadableFileError:
            return b""

    main = find_main(files, read_start, where)
    return main, read


def _path_of(member: zipfile.ZipInfo) -> str:
    return posixpath.normpath(member.filename.replace("\\", "/"))


_GZIP = b"\x1f\x8b"
_PACKAGES = ("node_modules", "vendor", "__pycache__", "venv")


class _Readable(Protocol):
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


def bounded(file: _Readable) -> bytes:
    """Return a file's bytes, one more than allowed at most."""
    # One byte more than allowed, so that the parser refuses it.
    return file.read(DEFAULT_LIMITS.size + 1)
