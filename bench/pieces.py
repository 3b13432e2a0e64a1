"""The work over all real descriptions in pieces: shared among processes, told as it goes, and gone on with later.

A large description is several pieces, or one process would sit over it while the others had nothing left to do.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
_LARGE = 1_000_000
"""Bytes of a description that are one piece of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A share of a description's operations: the `part`-th of `parts` stretches of about one length."""

    path: Path
    name: str
    part: int = 0
    parts: int = 1

    @property
    def label(self) -> str:
        """What it is called in notes and on the way."""
        return self.name if self.parts == 1 else f"{self.name} {self.part + 1}/{self.parts}"

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the items that belong to it; all pieces together have each once, in their order."""
        return items[len(items) * self.part // self.parts : len(items) * (self.part + 1) // self.parts]


def pieces_of(folder: Path, pattern: str = "*") -> list[Piece]:
    """Return the pieces of every description below a folder, those of the largest first."""
    paths = sorted((path for path in folder.rglob(pattern) if path.is_file()), key=lambda one: -one.stat().st_size)
    return [
        Piece(path=path, name=str(path.relative_to(folder)), part=part, parts=parts)
        for path in paths
        for parts in [1 + path.stat().st_size // _LARGE]
        for part in range(parts)
    ]


def worked(
    pieces: Sequence[Piece],
    work: Callable[[Piece], dict[str, Any]],
    *,
    workers: int,
    notes: Path | None = None,
) -> Iterator[tuple[Piece, dict[str, Any]]]:
    """Yield every piece with what it came to (as JSON has it), in the order they are done.

    `work` is a function of a module. Pieces that stand in the file of `notes` are not done again; each other is added
    to it as soon as it is done. How far it is stands on stderr.
    """
    known = _read(notes)
    waiting: list[Piece] = []
    for piece in pieces:
        if piece.label in known:
            yield piece, known[piece.label]
        else:
            waiting.append(piece)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(work, piece): piece for piece in waiting}
        for count, future in enumerate(as_completed(running), len(pieces) - len(waiting) + 1):
            piece, found = running[future], future.result()
            if notes is not None:
                with notes.open("a") as file:
                    file.write(json.dumps([piece.label, found]) + "\n")
            print(f"{count}/{len(pieces)} {piece.label}", file=sys.stderr, flush=True)
            yield piece, found


def _read(notes: Path | None) -> dict[str, dict[str, Any]]:
    """Return what the notes hold; a last line broken off is taken out of them."""
    if notes is None or not notes.is_file():
        return {}
    text = notes.read_text()
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        notes.write_text(whole)
    return dict(json.loads(line) for line in whole.splitlines())
