"""What differs between two answers: JSON node by node, other texts line by line."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeAlias

from playground import jsontext
from playground.contentviews.view import Body
from playground.text.visible import reveal

MOST_CHANGES = 1_000
"""Changes listed at most."""

_LARGEST = 8_000_000
_LONGEST_ALIGNED = 2_000
_LONGEST_VALUE = 500
_MOST_LINES = 20_000
_IDENTITIES = ("id", "key", "uid", "uuid", "name", "path", "code")

Kind: TypeAlias = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: the JSON Pointer in the newer answer (in the older one where it is removed), values as JSON.

    Of what was moved `before` is the pointer in the older one.
    """

    kind: Kind
    pointer: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Changes of JSON, or `lines` of a text comparison, each after `+`, `-` or a blank; `cut` says there are more."""

    changes: tuple[Change, ...] = ()
    lines: tuple[str, ...] = ()
    structural: bool = True
    cut: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.changes and not self.lines


def compare(before: Body, after: Body, *, ordered: bool = True, ignored: frozenset[str] = frozenset()) -> Comparison:
    """Compare two bodies. `ordered=False` takes lists as sets; pointers in `ignored` are left out with all below.

    In an ignored pointer `*` is any member or element: `/data/*/created`.
    """
    values = _json(before), _json(after)
    if values[0] is not None and values[1] is not None:
        return compare_values(values[0][0], values[1][0], ordered=ordered, ignored=ignored)
    lines = _text_changes(_lines(before), _lines(after))
    listed = tuple(islice(lines, MOST_CHANGES))
    return Comparison(lines=listed, structural=False, cut=next(lines, None) is not None)


def compare_values(
    before: Any, after: Any, *, ordered: bool = True, ignored: frozenset[str] = frozenset()
) -> Comparison:
    """Compare two JSON values as `jsontext.loads` gives them."""
    patterns = tuple(tuple(pattern.split("/")[1:]) for pattern in ignored)
    changes = _Differ(ordered, patterns).differences((), before, after)
    listed = tuple(islice(changes, MOST_CHANGES))
    return Comparison(changes=listed, cut=next(changes, None) is not None)


def _json(body: Body) -> tuple[Any] | None:
    if body.truncated or len(body.data) > _LARGEST or not body.data:
        return None
    try:
        return (jsontext.loads(body.text),)
    except ValueError:
        return None


def _lines(body: Body) -> list[str]:
    text, _ = body.loose_text if not body.is_binary else (body.data.hex(" ", 32).replace("\n", " "), ())
    return text.splitlines()[:_MOST_LINES]


def _text_changes(before: list[str], after: list[str]) -> Iterator[str]:
    for line in difflib.unified_diff(before, after, lineterm="", n=2):
        if not line.startswith(("---", "+++")):
            yield reveal(line[:_LONGEST_VALUE])


@dataclass(frozen=True, slots=True)
class _Differ:
    ordered: bool
    ignored: tuple[tuple[str, ...], ...]

    def differences(self, path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
        if self._is_ignored(path):
            return
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self._members(path, before, after)
        elif _is_list(before) and _is_list(after):
            yield from self._elements(path, before, after)
        elif _hashable(before) != _hashable(after):
            yield _change("changed", path, before, after)

    def _is_ignored(self, path: tuple[str, ...]) -> bool:
        return any(
            len(pattern) == len(path) and all(step in ("*", name) for step, name in zip(pattern, path, strict=True))
            for pattern in self.ignored
        )

    def _members(self, path: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
        for name, value in before.items():
            below = (*path, _token(name))
            if name in after:
                yield from self.differences(below, value, after[name])
            elif not self._is_ignored(below):
                yield _change("removed", below, value, None)
        for name, value in after.items():
            below = (*path, _token(name))
            if name not in before and not self._is_ignored(below):
                yield _change("added", below, None, value)

    def _elements(self, path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        identity = _identity(before, after)
        if identity is not None:
            yield from self._matched(path, before, after, identity)
        elif not self.ordered:
            yield from self._as_sets(path, before, after)
        elif max(len(before), len(after)) > _LONGEST_ALIGNED:
            yield from self._side_by_side(path, before, after, 0, 0)
        else:
            keys = [_hashable(item) for item in before], [_hashable(item) for item in after]
            for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
                if kind != "equal":
                    yield from self._side_by_side(path, before[i1:i2], after[j1:j2], i1, j1)

    def _side_by_side(
        self, path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any], first: int, second: int
    ) -> Iterator[Change]:
        shared = min(len(before), len(after))
        for number in range(shared):
            yield from self.differences((*path, str(second + number)), before[number], after[number])
        for number in range(shared, len(before)):
            if not self._is_ignored((*path, str(first + number))):
                yield _change("removed", (*path, str(first + number)), before[number], None)
        for number in range(shared, len(after)):
            if not self._is_ignored((*path, str(second + number))):
                yield _change("added", (*path, str(second + number)), None, after[number])

    def _matched(
        self, path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any], identity: Callable[[Any], Hashable]
    ) -> Iterator[Change]:
        """Compare elements that name themselves with the one of that name, wherever it is."""
        places = {identity(item): number for number, item in enumerate(before)}
        kept = [places[key] for item in after if (key := identity(item)) in places]
        stays = _longest_rise(kept) if self.ordered else frozenset(kept)
        seen = set()
        for number, item in enumerate(after):
            key = identity(item)
            seen.add(key)
            if key in places:
                if places[key] not in stays and not self._is_ignored((*path, str(number))):
                    moved = Change(kind="moved", pointer=_pointer((*path, str(number))),
                                   before=_pointer((*path, str(places[key]))))  # fmt: skip
                    yield moved
                yield from self.differences((*path, str(number)), before[places[key]], item)
            else:
                yield _change("added", (*path, str(number)), None, item)
        for key, number in places.items():
            if key not in seen:
                yield _change("removed", (*path, str(number)), before[number], None)

    def _as_sets(self, path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        left: dict[Hashable, list[int]] = {}
        for number, item in enumerate(before):
            left.setdefault(_hashable(item), []).append(number)
        for number, item in enumerate(after):
            places = left.get(_hashable(item))
            if places:
                places.pop(0)
            else:
                yield _change("added", (*path, str(number)), None, item)
        for number in sorted(number for places in left.values() for number in places):
            yield _change("removed", (*path, str(number)), before[number], None)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the most of different numbers that rise in their order: what stayed, where all others were moved."""
    ends: list[int] = []
    lengths: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        lengths.append(at)
    found, wanted = set(), len(ends) - 1
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == wanted:
            found.add(number)
            wanted -= 1
    return frozenset(found)


def _identity(before: Sequence[Any], after: Sequence[Any]) -> Callable[[Any], Hashable] | None:
    """Return what elements name themselves by, if all of both lists have one such member of their own."""
    if not before or not after or not all(isinstance(item, Mapping) for item in (*before, *after)):
        return None
    for name in _IDENTITIES:
        sides = [[item.get(name) for item in side] for side in (before, after)]
        if all(isinstance(value, str | int) for side in sides for value in side) and all(
            len(set(side)) == len(side) for side in sides
        ):
            return lambda item: item[name]
    return None


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _hashable(value: Any) -> Hashable:
    # Values are equal when they are spelled alike, but for the order of members.
    if isinstance(value, Mapping):
        return frozenset((name, _hashable(member)) for name, member in value.items())
    if _is_list(value):
        return tuple(_hashable(item) for item in value)
    return type(value).__name__ in ("bool",), value


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _pointer(path: tuple[str, ...]) -> str:
    return reveal("".join("/" + step for step in path))


def _change(kind: Kind, path: tuple[str, ...], before: Any, after: Any) -> Change:
    return Change(
        kind=kind,
        pointer=_pointer(path),
        before="" if kind == "added" else _shown(before),
        after="" if kind == "removed" else _shown(after),
    )


def _shown(value: Any) -> str:
    text = jsontext.dumps(value)
    return reveal(text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…")
