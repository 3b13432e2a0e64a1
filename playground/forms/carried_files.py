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

HELD, LEAVE = "~held", "~leave"
MOST = 500_000
"""Bytes of all files together that a page carries, to and fro at every button; a third more as base64."""
_ASIDE = re.compile(r"~(was|stored)/\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """A file for the page to carry: the input and its text, empty for one that has to be chosen again.

    `label` says where it belongs, `size` is in bytes, `place` the one among those carried.
    """

    name: str
    text: str = field(repr=False)
    label: str
    filename: str
    size: int
    place: int


def held_files(state: FormState) -> tuple[HeldFile, ...]:
    """Return every file of a state with what a page carries of it: as many as there is room for, from the first on."""
    room = MOST
    held: list[HeldFile] = []
    place = 0
    for name, file in state.files:
        fits = 0 < file.size <= room
        room -= file.size if fits else 0
        one = HeldFile(
            name=control(name, HELD[1:]), text=_written(file) if fits else "", place=place,
            label=place_text(_ASIDE.sub("", name)), filename=file.filename, size=file.size,
        )  # fmt: skip
        held.append(one)
        place += fits
    return tuple(held)


def held_again(pairs: Iterable[Input], files: Iterable[FileInput]) -> tuple[list[Input], list[FileInput]]:
    """Return what was submitted with the files that the page carried as files, where none was chosen in their place."""
    given, chosen = list(pairs), [one for one in files if one[1].filename or one[1].size]
    taken = {name for name, _ in chosen}
    left = [text for name, text in given if name == LEAVE]
    carried = [(name.removesuffix(HELD), text) for name, text in given if name.endswith(HELD)]
    rest = [(name, text) for name, text in given if not name.endswith(HELD) and name != LEAVE]
    for place, (name, text) in enumerate(carried):
        file = _read(text) if name not in taken and str(place) not in left else None
        if file is not None:
            chosen.append((name, file))
    return rest, chosen


def _written(file: FileValue) -> str:
    content = base64.b64encode(file.data).decode("ascii")
    return f"{content} {file.content_type.replace(' ', '')} {file.filename}"


def _read(text: str) -> FileValue | None:
    content, _, named = text.partition(" ")
    content_type, _, filename = named.partition(" ")
    try:
        return FileValue(filename=filename, content=base64.b64decode(content, validate=True), content_type=content_type)
    except (binascii.Error, ValueError):
        return None
