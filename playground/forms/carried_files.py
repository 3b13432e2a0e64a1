"""Files that stay with a page: a browser never fills a file input, so a page drawn whole carries small ones itself.

`<name>~held` is `<base64> <type> <file name>`, one for each file, in the order of the state; `~leave` says by its place
among them which one is given up. Nothing is kept on the server: what a visitor leaves is gone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from playground.forms.names import control, place_text
from playground.forms.state import FileInput, FormState, Input
from playground.request.model import FileValue

CARRIED, LEAVE = "~held", "~leave"
MOST = 500_000
"""Bytes of all files together that a page carries, to and fro at every button; a third more as base64."""
_ASIDE = re.compile(r"~(was|stored)/\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFile:
    """A file of a page: the input and its text, empty for one that has to be chosen again.

    `label` says where it belongs, `size` is in bytes, `place` the one among those carried.
    """

    name: str
    text: str = field(repr=False)
    label: str
    filename: str
    size: int
    place: int


def carried_files(state: FormState) -> tuple[CarriedFile, ...]:
    """Return every file of a state with what a page carries of it: as many as there is room for, from the first on."""
    room = MOST
    carried: list[CarriedFile] = []
    place = 0
    for name, file in state.files:
        fits = 0 < file.size <= room
        room -= file.size if fits else 0
        carried_file = CarriedFile(
            name=control(name, CARRIED[1:]), text=_text_of(file) if fits else "", place=place,
            label=place_text(_ASIDE.sub("", name)), filename=file.filename, size=file.size,
        )  # fmt: skip
        carried.append(carried_file)
        place += fits
    return tuple(carried)


def with_carried_files(pairs: Iterable[Input], files: Iterable[FileInput]) -> tuple[list[Input], list[FileInput]]:
    """Return what was submitted with the files that the page carried as files, where none was chosen in their place."""
    submitted = list(pairs)
    chosen = [(name, file) for name, file in files if file.filename or file.size]
    taken = {name for name, _ in chosen}
    left = [text for name, text in submitted if name == LEAVE]
    carried = [(name.removesuffix(CARRIED), text) for name, text in submitted if name.endswith(CARRIED)]
    rest = [(name, text) for name, text in submitted if not name.endswith(CARRIED) and name != LEAVE]
    for place, (name, text) in enumerate(carried):
        file = _read(text) if name not in taken and str(place) not in left else None
        if file is not None:
            chosen.append((name, file))
    return rest, chosen


def _text_of(file: FileValue) -> str:
    content = base64.b64encode(file.data).decode("ascii")
    return f"{content} {file.content_type.replace(' ', '')} {file.filename}"


def _read(text: str) -> FileValue | None:
    content, _, named = text.partition(" ")
    content_type, _, filename = named.partition(" ")
    try:
        return FileValue(filename=filename, content=base64.b64decode(content, validate=True), content_type=content_type)
    except (binascii.Error, ValueError):
        return None
