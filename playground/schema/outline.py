"""A schema as lines that can be read: name, type, limits, text; two levels at once, the rest as it is asked for.

A line is addressed by the ordinals on the way to it (`0.3`), the same for every reading of one schema. Listed below a
line are, in order: members, members by pattern, other members, items, and alternatives.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from playground.catalog.model import Definitions, Schema
from playground.jsontext import dumps
from playground.schema.flatten import flatten, reference_key
from playground.schema.keywords import limits_text
from playground.schema.mapping import as_mapping, is_json_value, names_of, schema_list, schema_map, text_of, values_of
from playground.schema.types import alternatives, fixed_value, label_of, type_text
from playground.text.wording import joined, say

Role: TypeAlias = Literal["root", "member", "pattern", "other", "items", "item", "alternative"]

LEVELS = 2
"""Levels drawn at once."""

BUDGET = 150
"""Lines drawn at once."""

SLICE = 100
"""Lines of one schema drawn at once."""

_MOST_VALUES = 12
_LONGEST_VALUE = 60
_LONGEST_PATH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One schema where it is used.

    `name` is the member's name, a pattern, or an alternative's label; empty for items and the root. `type`, `limits`
    and `values` are words. `description` is raw Markdown. `reference` is the key of the definition it is, if any.
    `count` is the number of lines below it, of which `children` are drawn, beginning with number `start`.
    """

    address: str
    role: Role
    name: str = ""
    type: str = ""
    limits: str = ""
    values: tuple[str, ...] = ()
    more_values: int = 0
    default: str = ""
    description: str = ""
    reference: str = ""
    required: bool = False
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    count: int = 0
    start: int = 0
    children: tuple[Line, ...] = ()

    @property
    def next(self) -> int:
        """The number of the first line below that is not drawn."""
        return self.start + len(self.children)

    @property
    def left(self) -> int:
        """How many lines below are not drawn after those that are."""
        return self.count - self.next


@dataclass(slots=True)
class _Growing:
    """A line while its children are found."""

    role: Role
    name: str
    schema: Schema
    address: str
    required: bool = False
    start: int = 0
    below: list[_Growing] | None = None
    children: list[_Growing] = field(default_factory=list)


def outline(
    schema: Schema,
    definitions: Definitions,
    address: str = "",
    *,
    start: int = 0,
    levels: int = LEVELS,
    budget: int = BUDGET,
    few: int | None = None,
) -> Line | None:
    """Return the line at an address and what is drawn below it, or `None` where there is none.

    Level by level within the budget, so that a recursive or very large schema costs no more than what is drawn. With
    `few`, lines below the first level are drawn only where they are no more than so many.
    """
    seed = _find(_Growing("root", "", schema, ""), address, definitions)
    if seed is None:
        return None
    seed.start = max(start, 0)
    queue = deque([(seed, 0)])
    left = budget
    while queue:
        growing, level = queue.popleft()
        growing.below = list(_below(growing, definitions))
        if level >= levels or left <= 0 or (level and len(growing.below) > (left if few is None else min(left, few))):
            continue
        growing.children = growing.below[growing.start : growing.start + min(SLICE, left)]
        left -= len(growing.children)
        queue.extend((child, level + 1) for child in growing.children)
    return _line(seed, definitions)


def _find(growing: _Growing, address: str, definitions: Definitions) -> _Growing | None:
    steps = address.split(".") if address else []
    if len(steps) > _LONGEST_PATH:
        return None
    for step in steps:
        below = list(_below(growing, definitions))
        if not (step.isascii() and step.isdecimal() and len(step) < 7 and int(step) < len(below)):
            return None
        growing = below[int(step)]
    return growing


def _below(growing: _Growing, definitions: Definitions) -> Iterator[_Growing]:
    """Yield what is listed below a line. A choice lists its alternatives, each with the members beside the choice."""
    for ordinal, (role, name, schema, required) in enumerate(_parts(growing.schema, definitions)):
        address = f"{growing.address}.{ordinal}" if growing.address else str(ordinal)
        yield _Growing(role, name, schema, address, required)


def _parts(schema: Schema, definitions: Definitions) -> Iterator[tuple[Role, str, Schema, bool]]:
    choice = alternatives(schema, definitions)
    plain = flatten(schema, definitions)
    if len(choice) > 1:
        # Alternatives that differ in type alone say nothing that the type in words does not.
        if any(_has_parts(alternative, definitions) for alternative in choice):
            for alternative in choice:
                yield "alternative", label_of(alternative, definitions), alternative, False
        return
    required = frozenset(names_of(plain, "required"))
    members = schema_map(plain, "properties")
    for name, member in members.items():
        yield "member", name, member, name in required
    for name in required - members.keys():
        yield "member", name, True, True
    for pattern, member in schema_map(plain, "patternProperties").items():
        yield "pattern", pattern, member, False
    other = plain.get("additionalProperties")
    if isinstance(other, Mapping) and other:
        yield "other", "", other, False
    for ordinal, item in enumerate(schema_list(plain, "prefixItems")):
        yield "item", str(ordinal), item, False
    items = plain.get("items")
    if isinstance(items, Mapping) and items:
        # A list's own line says what its items are; their parts are listed, not the items once more.
        if _has_parts(items, definitions) and not schema_list(plain, "prefixItems"):
            yield from _parts(items, definitions)
        elif schema_list(plain, "prefixItems") or limits_text(flatten(items, definitions)):
            yield "items", "", items, False


def _has_parts(schema: Schema, definitions: Definitions) -> bool:
    plain = flatten(schema, definitions)
    return any(plain.get(name) for name in ("properties", "patternProperties", "prefixItems", "oneOf", "anyOf")) or (
        isinstance(plain.get("additionalProperties"), Mapping)
        or (isinstance(plain.get("items"), Mapping) and _shallow_parts(plain["items"], definitions))
    )


def _shallow_parts(schema: Schema, definitions: Definitions) -> bool:
    plain = flatten(schema, definitions)
    return any(plain.get(name) for name in ("properties", "items", "oneOf", "anyOf", "additionalProperties"))


def _line(growing: _Growing, definitions: Definitions) -> Line:
    plain = flatten(growing.schema, definitions)
    own = as_mapping(growing.schema)
    values, more = _values(plain)
    below = growing.below if growing.below is not None else tuple(_parts(growing.schema, definitions))
    return Line(
        address=growing.address,
        role=growing.role,
        name=growing.name,
        type=_type(plain, growing.schema, definitions),
        limits=joined(", ", [text for text in (limits_text(plain), _pattern(plain)) if text]),
        values=values,
        more_values=more,
        default=_text_of(plain["default"]) if "default" in plain else "",
        description=text_of(own, "description") or text_of(plain, "description") or text_of(plain, "title"),
        reference=reference_key(growing.schema) or _items_reference(plain) or "",
        required=growing.required,
        deprecated=plain.get("deprecated") is True,
        read_only=plain.get("readOnly") is True,
        write_only=plain.get("writeOnly") is True,
        count=len(below),
        start=growing.start,
        children=tuple(_line(child, definitions) for child in growing.children),
    )


def _items_reference(plain: Mapping[str, Any]) -> str | None:
    items = plain.get("items")
    return reference_key(items) if isinstance(items, Mapping) else None


def _type(plain: Mapping[str, Any], schema: Schema, definitions: Definitions) -> str:
    fixed = fixed_value(plain)
    if fixed is not None and not isinstance(fixed, Mapping | list | tuple):
        return say("always %(value)s", value=_text_of(fixed))
    return type_text(schema, definitions)


def _pattern(plain: Mapping[str, Any]) -> str:
    pattern = text_of(plain, "pattern")
    return say("matches %(pattern)s", pattern=pattern) if 0 < len(pattern) <= 80 else ""


def _values(plain: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Return the values that a schema lists, as JSON texts, and how many are left out; none where only one is."""
    values = values_of(plain, "enum")
    if len(values) < 2:
        return (), 0
    return tuple(_text_of(value) for value in values[:_MOST_VALUES]), max(len(values) - _MOST_VALUES, 0)


def _text_of(value: Any) -> str:
    text = dumps(value) if is_json_value(value) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
