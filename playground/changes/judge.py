"""The rules (docs/changes.md) for one pair of flat schemas at one place, in one direction."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.changes.model import Change
from playground.changes.pairing import SUBSCHEMAS, branches, is_limited, name_of, paired
from playground.schema.flatten import flatten
from playground.schema.keywords.logic import ALSO
from playground.schema.mapping import as_mapping, names_of, same, schema_list, schema_map, values_of
from playground.schema.types import is_hidden, names_null, types_of
from playground.text.wording import Said, say

Direction: TypeAlias = Literal["request", "response"]
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_SHOWN = 60
_NAMED = ("patternProperties", "dependentSchemas", "dependentRequired")
_WHOLE = ("not", "contentEncoding", "contentMediaType", ALSO)
"""Keywords of which only that they are another one can be told."""
_ANY_TEXT = frozenset(("", "^", "$", ".*", "^.*", ".*$", "^.*$", r"[\s\S]*", r"^[\s\S]*$"))
"""Patterns that every text fits."""
_COUNTED = frozenset(("minLength", "minItems", "minProperties"))
"""Limits that are 0 where nothing is written."""
_AS_TEXT = frozenset(("integer", "number", "boolean"))


class Judge:
    """Judges one pair of flat schemas; `definitions` are those of before and after."""

    def __init__(
        self, place: str, before: Mapping[str, Any], after: Mapping[str, Any], direction: Direction,
        definitions: tuple[Definitions, Definitions], *, as_text: bool = False,
    ) -> None:  # fmt: skip
        self._place = place
        self._before = before
        self._after = after
        self._sends = direction == "request"
        self._were, self._are = definitions
        self._as_text = as_text
        self._changes: list[Change] = []

    def run(self) -> list[Change]:
        """Return the changes of the pair by itself, not of what is below it."""
        self._types()
        self._null()
        self._values()
        self._limits()
        self._texts()
        self._properties()
        self._constraints()
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
        if self._covers(after, before):
            self._widened("type-widened", text)
        elif self._covers(before, after):
            self._narrowed("type-narrowed", text)
        else:
            self._add("type-changed", text, True)

    def _covers(self, wide: set[str], narrow: set[str]) -> bool:
        return _covers(wide | _AS_TEXT if self._as_text and "string" in wide else wide, narrow)

    def _null(self) -> None:
        before = names_null(self._before, self._were)
        after = names_null(self._after, self._are)
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
                if before == after or (keyword in _COUNTED and (before or 0) == (after or 0)):
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
        before, after = _number(self._before.get("multipleOf")), _number(self._after.get("multipleOf"))
        if before != after:
            text = _became("multipleOf", before, after)
            if before is None or (after is not None and _divides(before, after)):
                self._narrowed("limit-tightened", text)
            elif after is None or _divides(after, before):
                self._widened("limit-relaxed", text)
            else:
                self._add("limit-changed", text, True)

    def _texts(self) -> None:
        for keyword in ("pattern", "format"):
            before, after = _text(self._before, keyword), _text(self._after, keyword)
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

    def _properties(self) -> None:
        old, new = schema_map(self._before, "properties"), schema_map(self._after, "properties")
        needed, needs = set(names_of(self._before, "required")), set(names_of(self._after, "required"))
        for name in dict.fromkeys((*old, *new)):
            place = f"{self._place}/{name}"
            before = flatten(old[name], self._were) if name in old else None
            after = flatten(new[name], self._are) if name in new else None
            was_part = before is not None and not is_hidden(before, writing=self._sends)
            is_part = after is not None and not is_hidden(after, writing=self._sends)
            if before is not None and after is not None and was_part and is_part:
                if name in needs and name not in needed:
                    self._add("property-required", say("is required now"), self._sends, place)
                elif name in needed and name not in needs:
                    self._add("property-optional", say("is optional now"), not self._sends, place)
                if bool(before.get("deprecated")) != bool(after.get("deprecated")):
                    self._changes.append(deprecation(place, bool(after.get("deprecated"))))
                is_noticed = self._sends and not needs & needed & {name}
                self._changes += default_changes(
                    place, before.get("default"), after.get("default"), is_noticed=is_noticed
                )
            elif was_part and after is None:
                self._add("property-removed", say("was removed"), True, place)
            elif was_part and self._sends:
                # What is sent all the same is ignored.
                self._add("property-read-only", say("is read-only now"), False, place)
            elif was_part:
                self._add("property-write-only", say("is write-only now"), True, place)
            elif is_part:
                self._added(place, name in needs, is_new=before is None)
        self._openness()

    def _added(self, place: str, is_required: bool, *, is_new: bool) -> None:
        is_demanded = self._sends and is_required
        if not is_new:
            text = say("is not read-only any more") if self._sends else say("is not write-only any more")
        else:
            text = say("was added and is required") if is_demanded else say("was added")
        self._add("property-added", text, is_demanded, place)

    def _openness(self) -> None:
        before, after = self._before.get("additionalProperties", True), self._after.get("additionalProperties", True)
        if before is not False and after is False:
            self._narrowed("object-closed", say("takes no other properties any more"))
        elif after is not False and before is False:
            self._add("object-opened", say("takes other properties now"), False)
        elif is_limited(before) != is_limited(after):
            self._constraint("additionalProperties", before, after)

    def _constraints(self) -> None:
        """Judge the keywords of which only that they limit a value is known, and what a value has to be beside them."""
        before, after = self._before, self._after
        for keyword, _ in SUBSCHEMAS:
            if keyword != "additionalProperties":
                self._constraint(keyword, before.get(keyword, True), after.get(keyword, True))
        for keyword in _WHOLE:
            old, new = before.get(keyword), after.get(keyword)
            if keyword.startswith("content") and old != new:
                self._add("constraint-changed", _became(keyword, old, new), True)
            elif old is not None and new is not None and not same(old, new):
                self._add("constraint-changed", _another(keyword), True)
            else:
                self._constraint(
                    keyword, True if old is None else {keyword: old}, True if new is None else {keyword: new}
                )
        for keyword in _NAMED:
            olds, news = as_mapping(before.get(keyword)), as_mapping(after.get(keyword))
            for name in dict.fromkeys((*olds, *news)):
                self._named(keyword, str(name), olds.get(name, True), news.get(name, True))
        self._conditions()
        self._positions()
        least, most = (_contained(self._before), _contained(self._after))
        if least != most and "contains" in before and "contains" in after:
            if (most[0] > least[0]) or (most[1] < least[1]):
                self._narrowed("limit-tightened", _another("contains"))
            if (most[0] < least[0]) or (most[1] > least[1]):
                self._widened("limit-relaxed", _another("contains"))

    def _constraint(self, keyword: str, before: Any, after: Any) -> None:
        if is_limited(after) and not is_limited(before):
            self._narrowed("constraint-added", say("%(name)s was added", name=keyword))
        elif is_limited(before) and not is_limited(after):
            self._widened("constraint-removed", say("%(name)s was removed", name=keyword))

    def _named(self, keyword: str, name: str, before: Any, after: Any) -> None:
        if isinstance(before, list) and isinstance(after, list):
            if set(map(str, after)) - set(map(str, before)):
                self._narrowed("constraint-added", _another(f"{keyword} {name}"))
            if set(map(str, before)) - set(map(str, after)):
                self._widened("constraint-removed", _another(f"{keyword} {name}"))
            return
        limited = [{"": side} if isinstance(side, list) and side else side for side in (before, after)]
        self._constraint(f"{keyword} {name}", *limited)

    def _conditions(self) -> None:
        before, after = (
            {word: s[word] for word in ("if", "then", "else") if word in s} for s in (self._before, self._after)
        )
        before, after = (side if len(side) > 1 and "if" in side else {} for side in (before, after))
        if not before or not after:
            self._constraint("if", before or True, after or True)
        elif not same(before["if"], after["if"]):
            self._add("constraint-changed", _another("if"), True)
        else:
            for keyword in ("then", "else"):
                self._constraint(keyword, before.get(keyword, True), after.get(keyword, True))

    def _positions(self) -> None:
        before, after = schema_list(self._before, "prefixItems"), schema_list(self._after, "prefixItems")
        if len(before) == len(after):
            return
        # Behind them nothing may follow, or anything.
        is_closed = self._after.get("items") is False or self._before.get("items") is False
        if (len(after) > len(before)) != is_closed:
            self._narrowed("constraint-added", _another("prefixItems"))
        else:
            self._widened("constraint-removed", _another("prefixItems"))

    def _alternatives(self) -> None:
        if not same(self._before.get("discriminator"), self._after.get("discriminator")):
            self._add("discriminator-changed", _another("discriminator"), False)
        before, after = branches(self._before, self._were), branches(self._after, self._are)
        if len(before) < 2 and len(after) < 2:
            return
        for old_branch, other in paired(before, after):
            if other is None:
                self._narrowed("alternative-removed", _alternative_removed(old_branch))
            elif old_branch is None:
                self._widened("alternative-added", _alternative_added(other))


def deprecation(place: str, is_deprecated: bool) -> Change:
    """Return the change of what is deprecated now, or is not any more."""
    text = say("is deprecated now") if is_deprecated else say("is not deprecated any more")
    return Change(place=place, rule="deprecated", text=text)


def default_changes(place: str, before: Any, after: Any, *, is_noticed: bool) -> Iterator[Change]:
    """Yield the change of a default. Where it `is_noticed`, what is left out means something else once one holds."""
    if not same(before, after):
        yield Change(
            place=place, rule="default-changed", text=_became("default", before, after),
            breaking=is_noticed and before is not None,
        )  # fmt: skip


def _covers(wide: set[str], narrow: set[str]) -> bool:
    """Tell whether every value of the narrow types is one of the wide; no type at all is any."""
    if not wide:
        return True
    return bool(narrow) and all(kind in wide or (kind == "integer" and "number" in wide) for kind in narrow)


def _enum(schema: Mapping[str, Any]) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return [value for value in values_of(schema, "enum") if value is not None] if "enum" in schema else None


def _text(schema: Mapping[str, Any], keyword: str) -> Any:
    value = schema.get(keyword)
    return None if keyword == "pattern" and value in _ANY_TEXT else value


def _divides(divisor: float, number: float) -> bool:
    return divisor != 0 and number % divisor == 0


def _contained(schema: Mapping[str, Any]) -> tuple[float, float]:
    least, most = _number(schema.get("minContains")), _number(schema.get("maxContains"))
    return 1 if least is None else least, math.inf if most is None else most


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _alternative_removed(schema: Schema | None) -> Said:
    name = name_of(schema) if schema is not None else ""
    return say("the alternative %(name)s was removed", name=name) if name else say("an alternative was removed")


def _alternative_added(schema: Schema | None) -> Said:
    name = name_of(schema) if schema is not None else ""
    return say("the alternative %(name)s was added", name=name) if name else say("an alternative was added")


def _another(keyword: str) -> Said:
    return say("%(keyword)s is another one", keyword=keyword)


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
