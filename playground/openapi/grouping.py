"""Groups for a document that tags nothing: by the first word of the path that tells its operations apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from playground.catalog.model import Operation, Tag

_VERSION = re.compile(r"v?\d+(\.\d+)*([a-z]+\d*)?", re.IGNORECASE)
_JOINT = re.compile(r"[_\-.]+")


def group_by_path(operations: Sequence[Operation]) -> tuple[tuple[Operation, ...], tuple[Tag, ...]]:
    """Return the operations with a tag each and the tags, or as they are if any has a tag or one group would hold all.

    `/v1/payment_intents/{intent}/confirm` is in `payment_intents`, titled `Payment intents`.
    """
    if any(operation.tags for operation in operations):
        return tuple(operations), ()
    words = [_words(operation.path) for operation in operations]
    shared = _shared(words)
    names = [rest[0] if (rest := path[shared:]) else "" for path in words]
    if len(set(names)) < 2:
        return tuple(operations), ()
    tags = tuple(Tag(name=name, title=_title(name)) for name in dict.fromkeys(names) if name)
    grouped = (
        replace(operation, tags=(name,)) if name else operation
        for operation, name in zip(operations, names, strict=True)
    )
    return tuple(grouped), tags


def _words(path: str) -> list[str]:
    """Return the path's segments up to the first template variable, without versions."""
    words: list[str] = []
    for segment in path.partition("#")[0].partition("?")[0].split("/"):
        if "{" in segment:
            break
        if segment and not _VERSION.fullmatch(segment):
            words.append(segment)
    return words


def _shared(words: list[list[str]]) -> int:
    """Return how many leading words all paths have in common, one at least being left over for each that has words."""
    count = 0
    while all(len(path) > count + 1 for path in words) and len({path[count] for path in words}) == 1:
        count += 1
    return count


def _title(name: str) -> str:
    text = _JOINT.sub(" ", name).strip() or name
    return text[:1].upper() + text[1:]
