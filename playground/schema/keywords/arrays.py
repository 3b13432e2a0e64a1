"""Keywords about arrays: what their items are, how many there are, which have to be among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from playground.catalog.model import Schema
from playground.schema.keywords.keyword import Keyword, Level, Maker, Violation, not_merged
from playground.schema.keywords.numbers import higher, lower, range_words
from playground.schema.mapping import as_count, as_schema, as_schemas, count_of, identity, schema_list, values_of
from playground.text.wording import say, say_many

MOST_MADE = 20
"""Most items or entries that a sample gets only because a schema asks for so many."""


def both(first: Any, second: Any) -> Any:
    """Return a schema that allows what both allow."""
    if first is False or second is False:
        return False
    if first == second or not isinstance(second, Mapping) or not second:
        return first
    if not isinstance(first, Mapping) or not first:
        return second
    return {"allOf": [first, second]}


def item_schema(schema: Mapping[str, Any], position: int) -> Schema:
    """Return the schema of an array's item at a position."""
    first = schema_list(schema, "prefixItems")
    return first[position] if position < len(first) else as_schema(schema.get("items", True))


def merged_positions(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Schema]:
    """Return `prefixItems` of two schemas that both hold: what `items` says of a position counts as well."""
    count = max(len(schema_list(schema, "prefixItems")) for schema in (first, second))
    return [both(item_schema(first, position), item_schema(second, position)) for position in range(count)]


def _check_prefix_items(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for position, (item, schema) in enumerate(zip(value, as_schemas(limit), strict=False)):
        yield from level.violations(item, schema, position)


def _check_items(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    start = len(schema_list(level.schema, "prefixItems"))
    for position in range(start, len(value)):
        yield from level.violations(value[position], as_schema(limit), position)


def check_count(level: Level, count: int, words: str) -> Violation:
    """Return the violation of a count of items or entries."""
    return level.violation(
        say("There are %(count)s here; the description asks for %(limits)s.", count=count, limits=words)
    )


def _check_min_items(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    least = as_count(limit)
    if least is not None and len(value) < least:
        yield check_count(level, len(value), _count_words(level.schema))


def _check_max_items(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    most = as_count(limit)
    if most is not None and len(value) > most:
        yield check_count(level, len(value), _count_words(level.schema))


def _check_unique(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if limit is True and len({identity(item) for item in value}) < len(value):
        yield level.violation(say("Two items are the same; the description allows each only once."))


def _check_contains(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    least, most = _contained(level.schema)
    enough = least if most is None else most + 1
    count = sum(1 for _ in islice((item for item in value if level.fits(item, as_schema(limit))), enough))
    if count < least and least == 1:
        yield level.violation(say("No item here is of the kind that the description asks for."))
    elif count < least or (most is not None and count > most):
        yield level.violation(
            say(
                "%(count)s items here are of the kind that the description asks for; it asks for %(limits)s of it.",
                count=count,
                limits=range_words(least, most, _items),
            )
        )


def _contained(schema: Mapping[str, Any]) -> tuple[int, int | None]:
    """Return how many items `contains` has to fit at least and at most."""
    least = count_of(schema, "minContains")
    return 1 if least is None else least, count_of(schema, "maxContains")


def _count_words(schema: Mapping[str, Any]) -> str:
    return range_words(count_of(schema, "minItems"), count_of(schema, "maxItems"), _items)


def _items(count: int) -> str:
    return say_many("%(num)s item", "%(num)s items", count)


def _unique_words(schema: Mapping[str, Any]) -> str:
    return say("no repeats") if schema.get("uniqueItems") is True else ""


def _with_contained(value: Any, maker: Maker) -> Any:
    """Put items of the kind that `contains` asks for in the place of the last ones, or behind them."""
    schema = as_schema(maker.schema.get("contains", True))
    if not isinstance(value, list):
        return value
    least, _ = _contained(maker.schema)
    missing = min(least, MOST_MADE) - sum(1 for item in value if maker.fits(item, schema))
    if missing <= 0:
        return value
    # The last items are there only to show their kind or for their number: those that are contained do as well.
    start = max(len(value) - missing, len(schema_list(maker.schema, "prefixItems")))
    return [*value[:start], *(_contained_item(schema, start + number, maker) for number in range(missing))]


def _contained_item(schema: Schema, position: int, maker: Maker) -> Any:
    """Return an item of the kind that `contains` asks for, of an alternative of its own schema if that has some."""
    own = item_schema(maker.schema, position)
    made = maker.make(both(schema, own))
    if maker.fits(made, schema) and maker.fits(made, own):
        return made
    plain = maker.flat(own)
    branches = [*schema_list(plain, "oneOf"), *schema_list(plain, "anyOf")][:MOST_MADE]
    others = (maker.make(both(schema, branch)) for branch in branches)
    return next((other for other in others if maker.fits(other, schema) and maker.fits(other, own)), made)


def _without_repeats(value: Any, maker: Maker) -> Any:
    """Vary an item that is there already, where another one that fits is easily found."""
    if not isinstance(value, list) or maker.schema.get("uniqueItems") is not True:
        return value
    varied: list[Any] = []
    seen = set()
    for position, item in enumerate(value):
        other = item
        if identity(item) in seen:
            schema = maker.flat(item_schema(maker.schema, position))
            variants = (variant for variant in _variants(item, position, schema) if identity(variant) not in seen)
            other = next((variant for variant in variants if maker.fits(variant, schema)), item)
        seen.add(identity(other))
        varied.append(other)
    return varied


def _variants(item: Any, position: int, schema: Mapping[str, Any]) -> Iterator[Any]:
    yield from islice(values_of(schema, "enum"), MOST_MADE)
    if isinstance(item, int | float) and not isinstance(item, bool):
        yield item + position
    elif isinstance(item, str):
        yield f"{item}{position + 1}"
        yield f"{item[: -len(str(position + 1))]}{position + 1}"
    elif isinstance(item, bool):
        yield not item
    elif isinstance(item, dict):
        # One member that differs is enough.
        for name, member in item.items():
            for other in _variants(member, position, {}):
                yield {**item, name: other}


KEYWORDS = (
    Keyword(
        name="prefixItems", shape="schemas", constrains=("array",), implies="array", check=_check_prefix_items,
        members=True,
    ),
    Keyword(
        name="items", shape="items", constrains=("array",), implies="array", combine=both, check=_check_items,
        members=True,
    ),
    Keyword(
        name="minItems", shape="count", constrains=("array",), implies="array", combine=higher,
        check=_check_min_items, words=_count_words, alone=True,
    ),
    Keyword(
        name="maxItems", shape="count", constrains=("array",), implies="array", combine=lower,
        check=_check_max_items, words=_count_words, alone=True,
    ),
    Keyword(
        name="contains", shape="schema", constrains=("array",), implies="array", combine=not_merged,
        check=_check_contains, amend=_with_contained,
    ),
    Keyword(name="minContains", shape="count", constrains=("array",), belongs_to="contains"),
    Keyword(name="maxContains", shape="count", constrains=("array",), belongs_to="contains"),
    Keyword(
        name="uniqueItems", shape="flag", constrains=("array",), implies="array",
        combine=lambda first, second: first is True or second, check=_check_unique, words=_unique_words,
        amend=_without_repeats, alone=True,
    ),
)  # fmt: skip
