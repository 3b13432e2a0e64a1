"""The table of schema keywords: JSON Schema 2020-12 and OpenAPI's dialects, one entry a keyword.

What is known of keywords elsewhere is a query on this table: what a schema describes that names no type
(`implied_type`), how `allOf` is merged (`flatten.combine`), what a value breaks (`validate`), limits in words
(`limits_text`), samples (`sample`), how `openapi` reads a keyword and whether an export repeats it. A new keyword is
one entry, in the module of the values it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from playground.catalog.model import Schema
from playground.schema.keywords import arrays, logic, metadata, numbers, objects, text, unevaluated, values
from playground.schema.keywords.formats import type_of_format
from playground.schema.keywords.keyword import Amend, Check, Keyword, Words
from playground.schema.mapping import as_mapping, text_of
from playground.text.wording import joined

Group = TypeVar("Group", bound=Callable[..., object])

KEYWORDS: Mapping[str, Keyword] = MappingProxyType(
    {
        keyword.name: keyword
        for module in (values, logic, numbers, text, arrays, objects, unevaluated, metadata)
        for keyword in module.KEYWORDS
    }
)
"""Every keyword by its name, in the order in which they are checked."""

ALONE = frozenset(name for name, keyword in KEYWORDS.items() if keyword.alone)
"""Keywords that say something without other schemas: an export repeats them."""
ANNOTATIONS = frozenset(keyword.name for keyword in metadata.KEYWORDS if keyword.name != "$ref")
"""Keywords that limit nothing."""
CHECKS: Mapping[str, Check] = MappingProxyType(
    {name: keyword.check for name, keyword in KEYWORDS.items() if keyword.check is not None}
)
OWN_CHECKS: Mapping[str, Check] = MappingProxyType(
    {name: check for name, check in CHECKS.items() if not KEYWORDS[name].members}
)
"""The checks of a value itself, without its members and alternatives."""
COMPANIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(other.name for other in KEYWORDS.values() if other.belongs_to == name)
        for name in dict.fromkeys(keyword.belongs_to for keyword in KEYWORDS.values() if keyword.belongs_to)
    }
)
"""Keywords that mean nothing without another one, by that one: they are merged and kept with it."""


def _groups(group_of: Callable[[Keyword], Group | None]) -> tuple[tuple[Group, frozenset[str]], ...]:
    """Return what keywords share (their words, their way to amend a sample), each with the names that share it."""
    names: dict[Group, list[str]] = {}
    for keyword in KEYWORDS.values():
        group = group_of(keyword)
        if group is not None:
            names.setdefault(group, []).append(keyword.name)
    return tuple((group, frozenset(named)) for group, named in names.items())


_IMPLIED = tuple(
    (type_, frozenset(name for name, keyword in KEYWORDS.items() if keyword.implies == type_))
    for type_ in ("object", "array", "string", "number")
)
_WORDS: tuple[tuple[Words, frozenset[str]], ...] = _groups(lambda keyword: keyword.words)
_LIMITS = frozenset(name for _, names in _WORDS for name in names)
AMENDMENTS: tuple[tuple[Amend, frozenset[str]], ...] = _groups(lambda keyword: keyword.amend)
"""How a sample is made to obey: a function, and the keywords that call for it."""


def implied_type(schema: Mapping[str, Any]) -> str:
    """Return the type that the keywords of a schema are about which names none, or an empty text."""
    by_format = type_of_format(text_of(schema, "format")) if "format" in schema else "string"
    if by_format != "string":
        return by_format
    return next((type_ for type_, names in _IMPLIED if not names.isdisjoint(schema)), "")


def _types_named(schema: Mapping[str, Any]) -> frozenset[str]:
    named = schema.get("type")
    types = {named} if isinstance(named, str) else set(named) if isinstance(named, list | tuple) else set()
    return frozenset(types | ({"number"} if "integer" in types else set()))


def _is_about(name: str, types: frozenset[str]) -> bool:
    """Tell whether a keyword limits values of one of these types (none: of any); a text has no items to repeat."""
    about = KEYWORDS[name].implies
    return not about or not types or about in types


def limits_text(schema: Schema) -> str:
    """Return the limits of a flat schema as words joined with commas (`up to 66 characters`), or an empty text."""
    plain = as_mapping(schema)
    if plain.keys().isdisjoint(_LIMITS):
        return ""
    types = _types_named(plain)
    groups = [words for words, names in _WORDS if any(name in plain and _is_about(name, types) for name in names)]
    if "format" in plain:
        # What a value is comes before how large it may be.
        groups.sort(key=lambda words: words is not KEYWORDS["format"].words)
    return joined(", ", filter(None, (words(plain) for words in groups)))
