"""Two schemas compared for one direction: to narrow what a client sends, or to widen what it reads, is at its cost.

A pair of definitions is compared once, however many references lead to it; the reader follows references.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.changes.judge import Direction, Judge
from playground.changes.model import Change
from playground.changes.pairing import SUBSCHEMAS, branches, equal, is_limited, name_of, paired
from playground.schema.flatten import flatten, reference_key, references_in
from playground.schema.mapping import same, schema_list, schema_map
from playground.schema.types import is_hidden

MOST_PLACES = 5_000
"""Pairs of schemas that are looked at for one operation."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two schemas at one place below the pair that is compared."""

    place: str
    before: Schema
    after: Schema
    keys: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What differs between a pair by itself, and the pairs below it that references lead to."""

    changes: tuple[Change, ...]
    below: tuple[_Pair, ...]


@dataclass
class SchemaReader:
    """Compares the schemas of two versions; what was compared once is kept."""

    before: Definitions
    after: Definitions
    _dirty: frozenset[str] | None = None
    _found: dict[tuple[str, str, Direction, bool], _Found] = field(default_factory=dict)

    def changes(
        self, place: str, before: Schema, after: Schema, direction: Direction, *, as_text: bool = False
    ) -> Iterator[Change]:
        """Yield what changed of a schema and of everything below it, each pair of definitions at its nearest place.

        `as_text` says that numbers and booleans are written as text, where nobody can tell them from a string.
        """
        first = _Pair(place, before, after, (_led_to(before), _led_to(after)))
        if self._is_same(first):
            return
        waiting = deque([first])
        seen: set[tuple[str, str]] = set()
        for _ in range(MOST_PLACES):
            if not waiting:
                return
            pair = waiting.popleft()
            keys = pair.keys
            if keys[0] is not None and keys[1] is not None:
                if keys in seen:
                    continue
                seen.add((keys[0], keys[1]))
                known = self._found.get((keys[0], keys[1], direction, as_text))
                if known is None:
                    known = self._compare(_Pair("", pair.before, pair.after), direction, as_text)
                    self._found[keys[0], keys[1], direction, as_text] = known
            else:
                known = self._compare(_Pair("", pair.before, pair.after), direction, as_text)
            name = _named(pair) if None not in keys else ""
            for change in known.changes:
                at = change.place if name else ""
                yield replace(change, place=pair.place + change.place, schema=name, at=at)
            waiting.extend(
                _Pair(pair.place + below.place, below.before, below.after, below.keys)
                for below in known.below
                if below.keys not in seen
            )

    def _is_same(self, pair: _Pair) -> bool:
        """Tell whether both lead to the same definitions, which are as they were."""
        key, other = pair.keys
        return key is not None and key == other and self.dirty().isdisjoint(references_in(pair.after))

    def dirty(self) -> frozenset[str]:
        """Return the definitions that differ, and those that lead to one of them."""
        if self._dirty is None:
            users: dict[str, set[str]] = {}
            for key, schema in self.after.items():
                for used in references_in(schema):
                    users.setdefault(used, set()).add(key)
            rest = [key for key, schema in self.after.items() if not same(schema, self.before.get(key))]
            rest += [key for key in self.before if key not in self.after]
            dirty = set(rest)
            while rest:
                for user in users.get(rest.pop(), set()) - dirty:
                    dirty.add(user)
                    rest.append(user)
            self._dirty = frozenset(dirty)
        return self._dirty

    def _compare(self, pair: _Pair, direction: Direction, as_text: bool) -> _Found:
        changes: list[Change] = []
        below: list[_Pair] = []
        rest = [pair]
        while rest:
            here = rest.pop()
            keys = (None, None) if here is pair else (_led_to(here.before), _led_to(here.after))
            if keys != (None, None):
                led = _Pair(here.place, here.before, here.after, keys)
                if not self._is_same(led):
                    below.append(led)
                continue
            if equal(here.before, here.after) and not any(key in self.dirty() for key in references_in(here.after)):
                continue
            before, after = flatten(here.before, self.before), flatten(here.after, self.after)
            changes += Judge(here.place, before, after, direction, (self.before, self.after), as_text=as_text).run()
            rest += _children(here.place, before, after, self, is_sent=direction == "request")
        return _Found(tuple(changes), tuple(below))


def _named(pair: _Pair) -> str:
    """Return how a definition is called, or the one that took the place of another."""
    before, after = name_of(pair.before), name_of(pair.after)
    return after if before == after else f"{before} → {after}" if before and after else ""


def _led_to(schema: Schema) -> str | None:
    """Return a mark of the definitions that a schema leads to, `None` for one that is written in place.

    An alternative with something beside its choice is both, in `allOf`: were it read on the spot, a definition that
    leads to itself by its alternatives would never end.
    """
    key = reference_key(schema)
    if key is not None or not isinstance(schema, Mapping) or not isinstance(schema.get("allOf"), list | tuple):
        return key
    return json.dumps(schema, sort_keys=True, default=str) if any(references_in(schema)) else None


def _children(
    place: str, before: Mapping[str, Any], after: Mapping[str, Any], reader: SchemaReader, *, is_sent: bool
) -> Iterator[_Pair]:
    old, new = schema_map(before, "properties"), schema_map(after, "properties")
    for name in old.keys() & new.keys():
        # A property that plays no part in a direction may be as it likes.
        if not is_hidden(flatten(new[name], reader.after), writing=is_sent):
            yield _Pair(f"{place}/{name}", old[name], new[name])
    for keyword, token in SUBSCHEMAS:
        if is_limited(before.get(keyword)) and is_limited(after.get(keyword)):
            yield _Pair(place + token, before[keyword], after[keyword])
    for keyword, token in (("patternProperties", "/*"), ("dependentSchemas", "")):
        old, new = schema_map(before, keyword), schema_map(after, keyword)
        yield from (_Pair(place + token, old[name], new[name]) for name in old.keys() & new.keys())
    positions = zip(schema_list(before, "prefixItems"), schema_list(after, "prefixItems"), strict=False)
    yield from (_Pair(f"{place}/{at}", old_branch, other) for at, (old_branch, other) in enumerate(positions))
    if same(before.get("if"), after.get("if")):
        yield from (
            _Pair(place, before[keyword], after[keyword])
            for keyword in ("then", "else")
            if is_limited(before.get(keyword)) and is_limited(after.get(keyword))
        )
    old_branches, new_branches = branches(before, reader.before), branches(after, reader.after)
    if len(old_branches) > 1 and len(new_branches) > 1:
        for number, (old_branch, other) in enumerate(paired(old_branches, new_branches)):
            if old_branch is not None and other is not None:
                yield _Pair(f"{place}~{number}", old_branch, other)
