"""Two schemas compared for one direction: to narrow what a client sends, or to widen what it reads, is at its cost.

A pair of definitions is compared once, however many references lead to it; the reader follows references.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.changes.model import Change
from playground.schema.flatten import flatten, reference_key, references_in
from playground.schema.mapping import as_mapping, names_of, same, schema_map, values_of
from playground.schema.types import branches_of, names_null, types_of
from playground.text.wording import Said, say

Direction: TypeAlias = Literal["request", "response"]
MOST_PLACES = 5_000
"""Pairs of schemas that are looked at for one operation."""
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_SHOWN = 60
_WORDS = frozenset(("description", "title", "example", "examples", "externalDocs", "deprecated"))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two schemas at one place below the pair that is compared."""

    place: str
    before: Schema
    after: Schema


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
    _found: dict[tuple[str, str, Direction], _Found] = field(default_factory=dict)

    def changes(self, place: str, before: Schema, after: Schema, direction: Direction) -> Iterator[Change]:
        """Yield what changed of a schema and of everything below it, each pair of definitions at its nearest place."""
        waiting = deque([_Pair(place, before, after)])
        seen: set[tuple[str, str]] = set()
        for _ in range(MOST_PLACES):
            if not waiting:
                return
            pair = waiting.popleft()
            keys = reference_key(pair.before), reference_key(pair.after)
            if keys[0] is not None and keys[1] is not None:
                if keys in seen or (keys[0] == keys[1] and keys[0] not in self.dirty()):
                    continue
                seen.add((keys[0], keys[1]))
                known = self._found.get((keys[0], keys[1], direction))
                if known is None:
                    known = self._compare(_Pair("", pair.before, pair.after), direction)
                    self._found[keys[0], keys[1], direction] = known
            else:
                known = self._compare(_Pair("", pair.before, pair.after), direction)
            for change in known.changes:
                yield replace(change, place=pair.place + change.place)
            waiting.extend(_Pair(pair.place + below.place, below.before, below.after) for below in known.below)

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

    def _compare(self, pair: _Pair, direction: Direction) -> _Found:
        changes: list[Change] = []
        below: list[_Pair] = []
        rest = [pair]
        while rest:
            one = rest.pop()
            if one is not pair and (reference_key(one.before) is not None or reference_key(one.after) is not None):
                below.append(one)
                continue
            if _equal(one.before, one.after) and not any(key in self.dirty() for key in references_in(one.after)):
                continue
            before, after = flatten(one.before, self.before), flatten(one.after, self.after)
            changes += _Judge(one.place, before, after, direction, self).run()
            rest += _children(one.place, before, after, self)
        return _Found(tuple(changes), tuple(below))


def _equal(before: Schema, after: Schema) -> bool:
    return before is after or same(before, after)


def _children(place: str, before: Mapping[str, Any], after: Mapping[str, Any], reader: SchemaReader) -> Iterator[_Pair]:
    old, new = schema_map(before, "properties"), schema_map(after, "properties")
    for name in old.keys() & new.keys():
        yield _Pair(f"{place}/{name}", old[name], new[name])
    for keyword, token in (("items", "0"), ("additionalProperties", "*")):
        if isinstance(before.get(keyword), Mapping) and isinstance(after.get(keyword), Mapping):
            yield _Pair(f"{place}/{token}", before[keyword], after[keyword])
    old_branches, new_branches = branches_of(before, reader.before), branches_of(after, reader.after)
    if len(old_branches) > 1 and len(new_branches) > 1:
        for number, (one, other) in enumerate(_paired(old_branches, new_branches)):
            if one is not None and other is not None:
                yield _Pair(f"{place}~{number}", one, other)


def _paired(before: tuple[Schema, ...], after: tuple[Schema, ...]) -> Iterator[tuple[Schema | None, Schema | None]]:
    """Yield alternatives that belong together: those of one name, then those alike, then by position."""
    rest = list(after)
    single: list[Schema] = []
    for one in before:
        match = next((other for other in rest if _name_of(other) == _name_of(one) != ""), None)
        if match is None:
            match = next((other for other in rest if _equal(one, other)), None)
        if match is None:
            single.append(one)
            continue
        rest.remove(match)
        yield one, match
    for one in single:
        unnamed = next((other for other in rest if _name_of(other) == "" and _name_of(one) == ""), None)
        if unnamed is not None:
            rest.remove(unnamed)
        yield one, unnamed
    for other in rest:
        yield None, other


def _name_of(schema: Schema) -> str:
    return reference_key(schema) or (str(schema.get("title", "")) if isinstance(schema, Mapping) else "")


class _Judge:
    """The rules (docs/changes.md) for one pair of flat schemas."""

    def __init__(
        self, place: str, before: Mapping[str, Any], after: Mapping[str, Any], direction: Direction,
        reader: SchemaReader,
    ) -> None:  # fmt: skip
        self._place = place
        self._before = before
        self._after = after
        self._sends = direction == "request"
        self._reader = reader
        self._changes: list[Change] = []

    def run(self) -> list[Change]:
        self._types()
        self._null()
        self._values()
        self._limits()
        self._texts()
        self._properties()
        self._alternatives()
        return self._changes

    def _add(self, rule: str, text: Said, breaking: bool, place: str = "") -> None:
        self._changes.append(Change(place=place or self._place, rule=rule, text=text, breaking=breaking))

    def _narrowed(self, rule: str, text: Said) -> None:
        self._add(rule, text, self._sends)

    def _widened(self, rule: str, text: Said) -> None:
        self._add(rule, text, not self._sends)

    def _types(self) -> None:
        before, after = set(types_of(self._before)), set(types_of(self._after))
        if before == after:
            return
        text = say("type %(before)s became %(after)s", before=_listed(before), after=_listed(after))
        if _covers(after, before):
            self._widened("type-widened", text)
        elif _covers(before, after):
            self._narrowed("type-narrowed", text)
        else:
            self._add("type-changed", text, True)

    def _null(self) -> None:
        before = names_null(self._before, self._reader.before)
        after = names_null(self._after, self._reader.after)
        if after and not before:
            self._widened("null-allowed", say("may be null now"))
        elif before and not after:
            self._narrowed("null-forbidden", say("may not be null any more"))

    def _values(self) -> None:
        before, after = _enum(self._before), _enum(self._after)
        if before is None and after is None:
            return
        if before is None:
            self._narrowed("values-limited", say("is one of %(values)s now", values=_listed(after or ())))
        elif after is None:
            self._widened("values-freed", say("takes any value now"))
        else:
            if gone := [value for value in before if value not in after]:
                self._narrowed("value-removed", say("%(values)s is no value of it any more", values=_listed(gone)))
            if new := [value for value in after if value not in before]:
                self._widened("value-added", say("%(values)s is a value of it now", values=_listed(new)))

    def _limits(self) -> None:
        for keywords, upper in ((_UPPER, True), (_LOWER, False)):
            for keyword in keywords:
                before, after = _number(self._before.get(keyword)), _number(self._after.get(keyword))
                if before == after:
                    continue
                text = _became(keyword, before, after)
                if before is None or (after is not None and (after < before) == upper):
                    self._narrowed("limit-tightened", text)
                else:
                    self._widened("limit-relaxed", text)
        if bool(self._before.get("uniqueItems")) != bool(self._after.get("uniqueItems")):
            if self._after.get("uniqueItems"):
                self._narrowed("limit-tightened", say("items must differ"))
            else:
                self._widened("limit-relaxed", say("items need not differ"))

    def _texts(self) -> None:
        for keyword in ("pattern", "format"):
            before, after = self._before.get(keyword), self._after.get(keyword)
            if before == after:
                continue
            text = _became(keyword, before, after)
            if before is None:
                self._narrowed(f"{keyword}-added", text)
            elif after is None:
                # Only a client that relies on the form of what it reads could mind.
                self._add(f"{keyword}-removed", text, not self._sends and keyword == "format")
            else:
                self._add(f"{keyword}-changed", text, self._sends or keyword == "format")
        if not same(self._before.get("default"), self._after.get("default")):
            text = _became("default", self._before.get("default"), self._after.get("default"))
            # What is left out means something else now.
            self._add("default-changed", text, self._sends and "default" in self._before)

    def _properties(self) -> None:
        before, after = schema_map(self._before, "properties"), schema_map(self._after, "properties")
        needed, needs = set(names_of(self._before, "required")), set(names_of(self._after, "required"))
        ignored = "readOnly" if self._sends else "writeOnly"
        for name, schema in before.items():
            if name not in after and not as_mapping(schema).get(ignored):
                self._add("property-removed", say("was removed"), True, f"{self._place}/{name}")
        for name, schema in after.items():
            if as_mapping(flatten(schema, self._reader.after)).get(ignored):
                continue
            place = f"{self._place}/{name}"
            has_default = "default" in flatten(schema, self._reader.after)
            if name not in before:
                is_demanded = self._sends and name in needs
                text = say("was added and is required") if is_demanded else say("was added")
                self._add("property-added", text, is_demanded and not has_default, place)
            elif name in needs and name not in needed:
                self._add("property-required", say("is required now"), self._sends and not has_default, place)
            elif name in needed and name not in needs:
                self._add("property-optional", say("is optional now"), not self._sends, place)
        open_before, open_after = (
            one.get("additionalProperties", True) is not False for one in (self._before, self._after)
        )
        if open_before and not open_after:
            self._narrowed("object-closed", say("takes no other properties any more"))
        elif open_after and not open_before:
            self._add("object-opened", say("takes other properties now"), False)

    def _alternatives(self) -> None:
        before = branches_of(self._before, self._reader.before)
        after = branches_of(self._after, self._reader.after)
        if len(before) < 2 and len(after) < 2:
            return
        for one, other in _paired(before, after):
            if other is None:
                self._narrowed("alternative-removed", _alternative_removed(one))
            elif one is None:
                self._widened("alternative-added", _alternative_added(other))


def _covers(wide: set[str], narrow: set[str]) -> bool:
    """Tell whether every value of the narrow types is one of the wide; no type at all is any."""
    if not wide:
        return True
    return bool(narrow) and all(kind in wide or (kind == "integer" and "number" in wide) for kind in narrow)


def _enum(schema: Mapping[str, Any]) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return [value for value in values_of(schema, "enum") if value is not None] if "enum" in schema else None


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _alternative_removed(schema: Schema | None) -> Said:
    name = _name_of(schema) if schema is not None else ""
    return say("the alternative %(name)s was removed", name=name) if name else say("an alternative was removed")


def _alternative_added(schema: Schema | None) -> Said:
    name = _name_of(schema) if schema is not None else ""
    return say("the alternative %(name)s was added", name=name) if name else say("an alternative was added")


def _became(keyword: str, before: Any, after: Any) -> Said:
    if before is None:
        return say("%(keyword)s %(after)s was added", keyword=keyword, after=_value(after))
    if after is None:
        return say("%(keyword)s %(before)s was removed", keyword=keyword, before=_value(before))
    return say("%(keyword)s %(before)s became %(after)s", keyword=keyword, before=_value(before), after=_value(after))


def _listed(values: Any) -> str:
    shown = [value if isinstance(value, str) else _value(value) for value in list(values)]
    if not shown:
        return say("any")
    if isinstance(values, set):
        shown = sorted(shown)
    text = ", ".join(shown[:8])
    return (text[:_SHOWN] + "…" if len(text) > _SHOWN else text) + (", …" if len(shown) > 8 else "")


def _value(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
