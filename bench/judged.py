"""Every operation of the real descriptions before an independent judge of serialisation; the tests take a sample."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from bench.pieces import Piece, pieces_of, worked

MOST = 80
"""Kinds of disagreement that are listed, the most frequent first."""


def report(folder: Path, *, workers: int = 2, notes: Path | None = None) -> tuple[str, bool]:
    """Return what the judge reads otherwise, by document and kind, and whether nine of ten requests agree."""
    asked, unread, different = 0, list[str](), Counter[str]()
    examples: dict[str, str] = {}
    for piece, found in worked(pieces_of(folder, "*.json"), _judged, workers=workers, notes=notes):
        asked += found["asked"]
        unread += [] if found["asked"] else [piece.label]
        for key, words in found["different"]:
            kind = f"{piece.name}: {_kind(words)}"
            different[kind] += 1
            examples.setdefault(kind, key)
    agreed = asked - different.total()
    lines = [f"{agreed:,} of {asked:,} requests read back as they were put in"]
    lines += [f"{count:6,}  {kind} ({examples[kind]})" for kind, count in different.most_common(MOST)]
    lines += [f"nothing to judge: {label}" for label in unread]
    return "\n".join(lines), agreed >= 0.9 * asked


def _judged(piece: Piece) -> dict[str, Any]:
    """Put a piece before the judge; return how many were asked, and for each that differs its key and how."""
    # The tests' own judge, whose library the other figures do without.
    from tests.request.judging import judged_piece

    read = [(key, found) for _, key, found in judged_piece(piece)]
    return {"asked": len(read), "different": [(key, found[0]) for key, found in read if found]}


def _kind(words: str) -> str:
    """Leave the name out of what differs, so that one kind is counted together."""
    place, _, rest = words.partition(": ")
    location, _, name = place.partition(" ")
    return f"{location}: {rest}" if name and location in ("path", "query", "header", "cookie") else words
