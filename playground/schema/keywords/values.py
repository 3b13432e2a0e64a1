"""Keywords that name the types or the values themselves: `type`, `enum`, `const`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.jsontext import dumps
from playground.mediatypes import is_text
from playground.schema.keywords.keyword import NOT_MERGED, Keyword, Level, Violation
from playground.schema.mapping import as_values, identity, is_json_value, same, text_of
from playground.text.wording import joined, say

TYPES = ("string", "integer", "number", "boolean", "object", "array")
TYPE_WORDS = {
    "string": say("string"), "integer": say("integer"), "number": say("number"), "boolean": say("boolean"),
    "object": say("object"), "array": say("array"), "null": say("null"), "file": say("file"),
}  # fmt: skip
_NAMES = frozenset((*TYPES, "null"))
_MOST_SHOWN = 100


def type_of_value(value: Any) -> str:
    """Return the JSON Schema type of a value; `integer` for integers, `file` for what is no JSON value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Mapping):
        return "object"
    return "array" if isinstance(value, list | tuple) else "file"


def named_types(value: Any) -> tuple[str, ...]:
    """Return the types that `type` names, `null` among them."""
    listed = (value,) if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(dict.fromkeys(name for name in listed if isinstance(name, str) and name in _NAMES))


def _combine_types(first: Any, second: Any) -> Any:
    types, others = named_types(first), named_types(second)
    if not types or not others:
        return second if others else first
    shared = [name for name in types if name in others or (name == "integer" and "number" in others)]
    shared += [name for name in others if name == "integer" and "number" in types and name not in shared]
    # Of `number` on one side and `integer` on the other the narrower one is left.
    if "integer" in shared and not ("number" in types and "number" in others):
        shared = [name for name in shared if name != "number"]
    if not shared:
        return NOT_MERGED
    return shared[0] if len(shared) == 1 else shared


def _check_type(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    types = named_types(limit)
    kind = type_of_value(value)
    if not types or kind in types or (kind == "integer" and "number" in types):
        return
    if kind == "null" and level.schema.get("nullable") is True:
        return
    if kind == "file" and is_file(level.schema):
        return
    wanted = joined(" / ", (TYPE_WORDS[name] for name in types))
    yield level.violation(say("This is of the type %(kind)s, not %(type)s.", kind=TYPE_WORDS[kind], type=wanted))


def is_file(schema: Mapping[str, Any]) -> bool:
    """Say whether a flat schema describes bytes: `format: binary`, or a binary `contentMediaType` without encoding."""
    if schema.get("format") == "binary":
        return True
    media = text_of(schema, "contentMediaType")
    return bool(media) and "contentEncoding" not in schema and not is_text(media)


def _combine_enums(first: Any, second: Any) -> Any:
    allowed = {identity(value) for value in as_values(second)}
    shared = [value for value in as_values(first) if identity(value) in allowed]
    return shared or NOT_MERGED


def _check_enum(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    values = as_values(limit)
    if not values or any(same(value, listed) for listed in values):
        return
    if value is None and level.schema.get("nullable") is True:
        return
    yield level.violation(say("This is none of the values the description lists."))


def _combine_const(first: Any, second: Any) -> Any:
    return second if same(first, second) else NOT_MERGED


def _check_const(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if same(value, limit) or (value is None and level.schema.get("nullable") is True):
        return
    shown = dumps(limit) if is_json_value(limit) else str(limit)
    cut = shown if len(shown) <= _MOST_SHOWN else shown[: _MOST_SHOWN - 1] + "…"
    yield level.violation(say("This has to be %(value)s.", value=cut))


KEYWORDS = (
    Keyword(name="type", shape="type", combine=_combine_types, check=_check_type, members=True, alone=True),
    Keyword(name="enum", shape="enum", combine=_combine_enums, check=_check_enum, members=True, alone=True),
    Keyword(name="const", shape="value", combine=_combine_const, check=_check_const, members=True, alone=True),
)
