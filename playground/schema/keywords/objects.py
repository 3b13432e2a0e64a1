"""Keywords about objects: which properties they have, which they need, what the others may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from playground.catalog.model import Schema
from playground.schema.keywords.arrays import MOST_MADE, both, check_count
from playground.schema.keywords.keyword import Keyword, Level, Maker, Violation
from playground.schema.keywords.numbers import higher, lower, range_words
from playground.schema.mapping import (
    as_count,
    as_mapping,
    as_names,
    as_schema,
    as_schema_map,
    count_of,
    names_of,
    schema_map,
    values_of,
)
from playground.schema.regex import matches, text_for
from playground.text.wording import say, say_many

_MOST_PATTERNS = 500
_MOST_VARIED = 20
_LETTERS = "abcABC0123456789"
"""What a name is varied with, in its first so many places, where a pattern leaves no other way to a second one."""


def _united(first: Any, second: Any) -> dict[str, Schema]:
    united = as_schema_map(first)
    for name, schema in as_schema_map(second).items():
        united[name] = both(united[name], schema) if name in united else schema
    return united


def _united_names(first: Any, second: Any) -> list[str]:
    return list(dict.fromkeys((*as_names(first), *as_names(second))))


def _united_lists(first: Any, second: Any) -> dict[str, list[str]]:
    lists, more = _name_lists(first), _name_lists(second)
    return {name: _united_names(lists.get(name), more.get(name)) for name in (*lists, *(more.keys() - lists.keys()))}


def _name_lists(value: Any) -> dict[str, tuple[str, ...]]:
    """Return the lists of names of `dependentRequired`."""
    if not isinstance(value, Mapping):
        return {}
    return {str(name): as_names(names) for name, names in value.items() if isinstance(names, list | tuple)}


def patterned(name: str, schema: Mapping[str, Any]) -> list[Schema]:
    """Return the schemas of `patternProperties` for a name, those whose pattern cannot be run safely among them."""
    return [inner for pattern, inner in _patterns_of(schema) if matches(pattern, name) is not False]


def _patterns_of(schema: Mapping[str, Any]) -> list[tuple[str, Schema]]:
    """Return `patternProperties`; of so many that running them takes long, none: such names are not judged."""
    patterns = schema.get("patternProperties")
    if not isinstance(patterns, Mapping) or len(patterns) > _MOST_PATTERNS:
        return []
    return [(str(pattern), as_schema(inner)) for pattern, inner in patterns.items()]


def is_judged(schema: Mapping[str, Any]) -> bool:
    """Say whether it is known of every name if a pattern is about it."""
    patterns = schema.get("patternProperties")
    return not isinstance(patterns, Mapping) or len(patterns) <= _MOST_PATTERNS


def _check_properties(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if not isinstance(limit, Mapping):
        return
    for name, member in value.items():
        if name in limit:
            yield from level.violations(member, as_schema(limit[name]), name)


def _check_patterns(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for pattern, schema in _patterns_of(level.schema):
        for name, member in value.items():
            # A pattern that cannot be run safely may be about any name, so it asks nothing of this one.
            if matches(pattern, name):
                yield from level.violations(member, schema, name)


def _check_additional(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if limit is True or not is_judged(level.schema):
        return
    declared = level.schema.get("properties")
    named = declared if isinstance(declared, Mapping) else {}
    for name, member in value.items():
        if name in named or patterned(name, level.schema):
            continue
        if limit is False:
            yield undescribed(level, name)
        else:
            yield from level.violations(member, as_schema(limit), name)


def undescribed(level: Level, name: str) -> Violation:
    """Return the violation of an object that must have no other properties than the described ones."""
    return level.violation(undescribed_text(name), name)


def undescribed_text(name: str) -> str:
    """Say that an object must not have a property of this name."""
    return say("The description names no property %(key)s, and it allows no others.", key=name)


def _check_required(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for name in as_names(limit):
        if name not in value and not level.is_hidden(name):
            yield level.violation(say("%(key)s is required.", key=name), name)


def _check_dependent(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for present, names in _name_lists(limit).items():
        if present not in value:
            continue
        for name in names:
            if name not in value:
                sentence = say("%(key)s is required where %(given)s is given.", key=name, given=present)
                yield level.violation(sentence, name)


def _check_dependent_schemas(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for name, schema in as_schema_map(limit).items():
        if name in value:
            yield from level.violations(value, schema)


def _check_names(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    for name in value:
        if not level.fits(name, as_schema(limit)):
            yield level.violation(say("The name %(key)s is not allowed here.", key=name), name)


def _check_min_properties(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    least = as_count(limit)
    if least is not None and len(value) < least:
        yield check_count(level, len(value), _count_words(level.schema))


def _check_max_properties(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    most = as_count(limit)
    if most is not None and len(value) > most:
        yield check_count(level, len(value), _count_words(level.schema))


def _count_words(schema: Mapping[str, Any]) -> str:
    return range_words(count_of(schema, "minProperties"), count_of(schema, "maxProperties"), _entries)


def _entries(number: int) -> str:
    return say_many("%(num)s entry", "%(num)s entries", number)


def entry_schema(name: str, schema: Mapping[str, Any]) -> Schema:
    """Return the schema of a property by its name, declared or not; `False` if there can be none of that name."""
    declared = as_mapping(schema.get("properties"))
    schemas = [as_schema(declared[name])] if name in declared else []
    schemas += patterned(name, schema)
    if not schemas:
        return as_schema(schema.get("additionalProperties", True)) if is_judged(schema) else True
    return schemas[0] if len(schemas) == 1 else {"allOf": schemas}


def _with_required(value: Any, maker: Maker) -> Any:
    """Add what is required and not described: nothing else would make it."""
    if not isinstance(value, dict):
        return value
    declared = maker.schema.get("properties")
    named = declared if isinstance(declared, Mapping) else {}
    for name in names_of(maker.schema, "required"):
        if maker.is_exhausted:
            break
        if name not in named and name not in value:
            value[name] = _made(name, maker)
    return value


def _made(name: str, maker: Maker) -> Any:
    schema = entry_schema(name, maker.schema)
    return maker.make({"type": "string"} if schema is True or schema == {} else schema)


def _with_dependent(value: Any, maker: Maker) -> Any:
    """Add the names that are required where another one is given."""
    if not isinstance(value, dict):
        return value
    lists = _name_lists(maker.schema.get("dependentRequired"))
    waiting = [name for name in value if name in lists]
    while waiting:
        for name in lists[waiting.pop()]:
            if name not in value and not maker.is_hidden(name):
                value[name] = _made(name, maker)
                waiting += [name] if name in lists else []
    return value


def _with_dependent_schemas(value: Any, maker: Maker) -> Any:
    """Make what a present property asks for; where that cannot be, leave the property out if it may be missing."""
    schemas = schema_map(maker.schema, "dependentSchemas")
    if not isinstance(value, dict) or not maker.has_room:
        return value
    required = names_of(maker.schema, "required")
    rest = {name: part for name, part in maker.schema.items() if name != "dependentSchemas"}
    for name, schema in schemas.items():
        if name in value and not maker.fits(value, schema):
            made = maker.make({"allOf": [rest, schema]})
            if isinstance(made, dict) and name in made and maker.fits(made, {"allOf": [rest, schema]}):
                value = made
            elif name not in required:
                value = {key: member for key, member in value.items() if key != name}
    return value


def _with_entries(value: Any, maker: Maker) -> Any:
    """Add entries where the object is a map, or needs more of them than it has properties."""
    if not isinstance(value, dict) or not maker.has_room:
        return value
    schema = maker.schema
    extra = schema.get("additionalProperties")
    least = count_of(schema, "minProperties") or 0
    shows = (isinstance(extra, Mapping) or bool(schema_map(schema, "patternProperties"))) and not value
    wanted = max(least - len(value), 1 if shows and not maker.required_only else 0)
    for name in _names(schema, wanted, value, maker):
        value[name] = _made(name, maker)
    return value


def _names(schema: Mapping[str, Any], wanted: int, value: Mapping[str, Any], maker: Maker) -> list[str]:
    """Return names for so many more entries, fewer where none can be found."""
    wanted = min(wanted, MOST_MADE)
    if wanted <= 0:
        return []
    names = schema.get("propertyNames")
    allowed = maker.flat(as_schema(names)) if names is not None else {}
    patterns = schema.get("patternProperties")
    candidates = chain(
        _listed_names(allowed, maker),
        map(text_for, map(str, islice(patterns, MOST_MADE) if isinstance(patterns, Mapping) else ())),
        ["key"] if wanted == 1 else [f"key{number}" for number in range(1, 2 * MOST_MADE)],
    )
    usable = (
        name
        for name in candidates
        if name is not None
        and name not in value
        and entry_schema(name, schema) is not False
        and maker.fits(name, allowed)
    )
    return list(islice(dict.fromkeys(usable), wanted))


def _listed_names(allowed: Mapping[str, Any], maker: Maker) -> Iterator[str]:
    """Yield names that `propertyNames` allows."""
    if not allowed:
        return
    listed = [name for name in values_of(allowed, "enum")[: 2 * MOST_MADE] if isinstance(name, str)]
    yield from listed
    made = maker.make({"type": "string", **allowed}) if not listed else None
    if isinstance(made, str):
        yield made
        yield from (f"{made}{number}" for number in range(2, MOST_MADE + 1))
        for length in range(len(made) + 1, len(made) + MOST_MADE):
            longer = maker.make({"type": "string", **allowed, "minLength": length})
            yield from [longer] if isinstance(longer, str) else ()
        # Where neither fits: the same with another letter.
        for at in range(min(len(made), _MOST_VARIED) - 1, -1, -1):
            yield from (f"{made[:at]}{letter}{made[at + 1 :]}" for letter in _LETTERS)


def _with_fewer(value: Any, maker: Maker) -> Any:
    """Drop optional properties, the last ones first, where there are more than the object may have."""
    most = count_of(maker.schema, "maxProperties")
    if not isinstance(value, dict) or most is None or len(value) <= most:
        return value
    needed = set(names_of(maker.schema, "required"))
    for name in [name for name in reversed(value) if name not in needed][: len(value) - most]:
        del value[name]
    return value


KEYWORDS = (
    Keyword(
        name="properties", shape="named schemas", constrains=("object",), implies="object", combine=_united,
        check=_check_properties, members=True,
    ),
    Keyword(
        name="required", shape="names", constrains=("object",), implies="object", combine=_united_names,
        check=_check_required, amend=_with_required,
    ),
    Keyword(
        name="dependentRequired", shape="value", constrains=("object",), implies="object", combine=_united_lists,
        check=_check_dependent, amend=_with_dependent,
    ),
    Keyword(
        name="dependentSchemas", shape="named schemas", constrains=("object",), implies="object", combine=_united,
        check=_check_dependent_schemas, amend=_with_dependent_schemas,
    ),
    Keyword(
        name="dependencies", shape="dependencies", constrains=("object",),
        not_in_forms="is read as the two keywords beside it, which draft 2019-09 made of it",
    ),
    Keyword(
        name="minProperties", shape="count", constrains=("object",), implies="object", combine=higher,
        check=_check_min_properties, words=_count_words, amend=_with_entries,
    ),
    Keyword(
        name="maxProperties", shape="count", constrains=("object",), implies="object", combine=lower,
        check=_check_max_properties, words=_count_words, amend=_with_fewer,
    ),
    Keyword(
        name="propertyNames", shape="schema", constrains=("object",), implies="object", combine=both,
        check=_check_names, amend=_with_entries,
    ),
    Keyword(
        name="patternProperties", shape="named schemas", constrains=("object",), implies="object", combine=_united,
        check=_check_patterns, members=True, amend=_with_entries,
    ),
    Keyword(
        name="additionalProperties", shape="schema", constrains=("object",), implies="object", combine=both,
        check=_check_additional, members=True, amend=_with_entries,
    ),
)  # fmt: skip
"""In the order in which a sample is amended: what an object needs comes before what else it may hold."""
