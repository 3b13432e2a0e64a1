"""Files in a snippet: safe local names for a visitor's own, and what a multipart message is made of (RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground import jsontext
from playground.messages import MultipartContent
from playground.request.arguments import write_files
from playground.request.model import FileValue, map_files

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFile:
    """A file the reader has beside the snippet; `name` is safe in every shell and language."""

    name: str
    data: bytes


Piece: TypeAlias = bytes | LocalFile


def safe_name(filename: str) -> str:
    """Return a file name of `A-Z a-z 0-9 . _ -` that is no path, no option and not hidden."""
    last = re.split(r"[/\\]", filename)[-1]
    return _UNSAFE.sub("_", last).lstrip(".-")[-_LONGEST_NAME:].lstrip(".-") or "file"


class FileNames:
    """Gives each different file its own name: the second `a.txt` with other bytes is `a_2.txt`."""

    def __init__(self) -> None:
        self._files: dict[str, LocalFile] = {}

    def local(self, filename: str, data: bytes) -> LocalFile:
        """Return the local file for a visitor's file."""
        name = safe_name(filename)
        stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
        number = 1
        while name in self._files and self._files[name].data != data:
            number += 1
            name = f"{stem}_{number}{dot}{extension}"
        return self._files.setdefault(name, LocalFile(name=name, data=data))

    @property
    def names(self) -> list[str]:
        """The local names, in the order they were given."""
        return list(self._files)

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence naming every file read, if any."""
        if not self._files:
            return ()
        return (f"Reads {', '.join(self._files)} from the folder it is run in.",)


def pieces(content: MultipartContent, names: FileNames) -> tuple[Piece, ...]:
    """Split a multipart message's exact bytes into text between files, and files; joined they are `content.body`."""
    split: list[Piece] = []
    between = b""
    for part in content.parts:
        alone = MultipartContent(parts=(part,), boundary=content.boundary).body
        whole = alone.removesuffix(f"--{content.boundary}--\r\n".encode())
        if part.filename is None:
            between += whole
            continue
        head = whole[: len(whole) - len(part.data) - 2]
        split += [between + head, names.local(part.filename, part.data)]
        between = b"\r\n"
    split.append(between + f"--{content.boundary}--\r\n".encode())
    return tuple(split)


def with_files(value: Any, *sources: Any) -> Any:
    """Return a JSON value where each object that was written of a file in `sources` is that `FileValue` again."""
    files: list[FileValue] = []
    for source in sources:
        map_files(source, files.append)
    if not files:
        return value
    return _restored(value, {jsontext.dumps(write_files(file)): file for file in files})


def _restored(value: Any, files: Mapping[str, FileValue]) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"filename", "content_type", "content"}:
            return files.get(jsontext.dumps(value), value)
        return {name: _restored(part, files) for name, part in value.items()}
    return [_restored(part, files) for part in value] if isinstance(value, list) else value
