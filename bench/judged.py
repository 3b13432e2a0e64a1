"""Sampled operations of the real descriptions before an independent judge of serialisation; the tests take fewer.

Where the judge reads a request otherwise than it was put in, the reason says who is right, and by which paragraph.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from bench.pieces import Piece, worked

SAMPLED = 3_000
"""Operations that are asked for of many documents; one that has fewer than its share leaves the rest to the others."""
_OF_A_DOCUMENT = 80
_MANY = 10
MOST = 80
"""Kinds of disagreement that are listed, the most frequent first."""


def report(folder: Path, *, workers: int = 2, notes: Path | None = None) -> tuple[str, bool]:
    """Return what the judge reads otherwise, by reason; and whether each has one and enough was asked."""
    # The tests' own judge, whose library the other figures do without.
    from tests.request.judged import REASONS

    paths = sorted((path for path in folder.rglob("*.json") if path.is_file()), key=lambda one: -one.stat().st_size)
    pieces = [Piece(path=path, name=str(path.relative_to(folder))) for path in paths]
    asked, unread, reasons, unknown = 0, list[str](), Counter[str](), list[str]()
    examples: dict[str, str] = {}
    for piece, found in worked(pieces, _judged, workers=workers, notes=notes):
        asked += found["asked"]
        unread += [] if found["asked"] else [piece.label]
        for key, words, reason in found["different"]:
            reasons[reason] += 1
            examples.setdefault(reason, f"{piece.name} {key}")
            unknown += [] if reason else [f"{piece.name} {key}: {words}"]
    agreed = asked - reasons.total()
    otherwise = f"; {reasons.total():,} otherwise:" if reasons else ""
    lines = [f"{agreed:,} of {asked:,} requests read back as they were put in{otherwise}"]
    lines += [
        f"{count:6,}  {name}: {REASONS[name]} ({examples[name]})" for name, count in reasons.most_common() if name
    ]
    lines += [f"        no reason: {words}" for words in unknown[:MOST]]
    lines += [f"nothing to judge: {label}" for label in unread]
    # A few documents may be small; of many, too few requests are a fault of the bench.
    enough = bool(asked) and (len(pieces) < _MANY or asked >= min(SAMPLED, _OF_A_DOCUMENT * len(pieces) // 2))
    return "\n".join(lines), enough and not unknown


def _judged(piece: Piece) -> dict[str, Any]:
    """Put operations of a document before the judge; return how many, and those that differ."""
    from tests.request.judging import judged_piece

    read = [(key, found, reason) for _, key, found, reason in judged_piece(piece, _OF_A_DOCUMENT)]
    return {"asked": len(read), "different": [(key, found[0], reason) for key, found, reason in read if found]}
