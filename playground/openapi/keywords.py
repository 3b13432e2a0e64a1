"""Schema keywords of every dialect read as draft 2020-12's: shapes checked, older spellings translated.

Each translator changes `out`, the copy of the schema that is being made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from playground.mediatypes import is_text
from playground.openapi.pointers import Where
from playground.openapi.problems import Problems, kind_of, quoted
from playground.openapi.values import scalar_text
from playground.schema.keywords import KEYWORDS
from playground.schema.keywords.keyword import Shape

Translator: TypeAlias = Callable[[Problems, dict[str, Any], str, Any, Where], None]

TYPES = frozenset(("string", "integer", "number", "boolean", "object", "array", "null"))
_BOUND_OF = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def drop_keyword(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where, wanted: str) -> None:
    """Leave a keyword out because it has the wrong shape, and say so."""
    out.pop(key, None)
    kind = "an empty one" if value == [] else kind_of(value)
    problems.warn((where, key), f"{quoted(key)} must be {wanted}, not {kind}; it is ignored: correct it.")


def read_text(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read a keyword whose value is text; numbers that YAML made of it become text again."""
    if isinstance(value, int | float):
        out[key] = scalar_text(value)
    elif value is None:
        del out[key]
    elif not isinstance(value, str):
        drop_keyword(problems, out, key, value, where, "text")


def read_flag(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read a keyword that is true or false; older documents write it as text."""
    if value in ("true", "false"):
        out[key] = value == "true"
    elif not isinstance(value, bool):
        drop_keyword(problems, out, key, value, where, "true or false")


def read_type(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read `type`: a type's name or a list of them; 2.0's `file` is binary text."""
    if value.__class__ is str and value in TYPES:
        return
    names = value if isinstance(value, list) else [value]
    known = list(dict.fromkeys(name for name in names if isinstance(name, str) and name in TYPES))
    if "file" in names:
        out["type"], out["format"] = "string", "binary"
        return
    if len(known) != len(names) or not names:
        unknown = next((name for name in names if not (isinstance(name, str) and name in TYPES)), "")
        problems.warn(
            (where, key),
            f"{quoted(unknown)} is not a type of JSON Schema; it is ignored: write one like string or object.",
        )
    if known:
        out["type"] = known if isinstance(value, list) and len(known) > 1 else known[0]
    else:
        del out["type"]


def read_number(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read a bound."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        drop_keyword(problems, out, key, value, where, "a number")
    elif key == "multipleOf" and value <= 0:
        drop_keyword(problems, out, key, value, where, "a number above 0")


def read_count(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read a length or a count."""
    if isinstance(value, float) and value.is_integer() and value >= 0:
        out[key] = int(value)
    elif isinstance(value, bool) or not isinstance(value, int) or value < 0:
        drop_keyword(problems, out, key, value, where, "a number from 0")


def read_exclusive(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read `exclusiveMinimum` and `exclusiveMaximum`: until 3.0 they are flags on the bound beside them."""
    if not isinstance(value, bool):
        read_number(problems, out, key, value, where)
        return
    del out[key]
    bound = out.get(_BOUND_OF[key])
    if value and isinstance(bound, int | float) and not isinstance(bound, bool):
        out[key] = out.pop(_BOUND_OF[key])


def read_required(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read the list of required property names."""
    if not isinstance(value, list):
        drop_keyword(problems, out, key, value, where, "a list of property names")
    elif not all(name.__class__ is str for name in value):
        out[key] = [scalar_text(name) for name in value if isinstance(name, str | int | float)]


def read_enum(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read the list of allowed values; an empty one would allow nothing."""
    if not isinstance(value, list) or not value:
        drop_keyword(problems, out, key, value, where, "a list of values")


def read_examples(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read a schema's `examples`: a list, or (by mistake) named Example Objects."""
    if isinstance(value, dict):
        out[key] = [_example_value(example) for example in value.values()]
    elif not isinstance(value, list):
        drop_keyword(problems, out, key, value, where, "a list of values")


def read_more_examples(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read `x-examples` where a schema has no examples of its own: named values, or Example Objects."""
    if "example" not in out and "examples" not in out and isinstance(value, dict | list) and value:
        listed = value.values() if isinstance(value, dict) else value
        out["examples"] = [_example_value(example) for example in listed]


def _example_value(example: Any) -> Any:
    return example["value"] if isinstance(example, dict) and "value" in example else example


def read_content_type(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Read 3.1's way to say "a file": a media type without an encoding that would make it text."""
    if not isinstance(value, str):
        drop_keyword(problems, out, key, value, where, "a media type")
        return
    is_string = "format" not in out and out.get("type", "string") == "string"
    if is_string and "contentEncoding" not in out and not is_text(value):
        out["type"], out["format"] = "string", "binary"


def drop(problems: Problems, out: dict[str, Any], key: str, value: Any, where: Where) -> None:
    """Leave out a keyword that names or places schemas: every reference has been rewritten."""
    out.pop(key, None)


def read_nullable(out: dict[str, Any]) -> None:
    """Read `nullable` and `x-nullable` into the list of types; without a type `nullable: true` stays."""
    value = [out.pop(key, None) for key in ("nullable", "x-nullable")]
    if True not in value:
        return
    kind = out.get("type")
    if kind is None:
        out["nullable"] = True
    elif isinstance(kind, str):
        out["type"] = kind if kind == "null" else [kind, "null"]
    elif "null" not in kind:
        out["type"] = [*kind, "null"]


_BY_SHAPE: dict[Shape, Translator] = {
    "text": read_text,
    "flag": read_flag,
    "number": read_number,
    "exclusive bound": read_exclusive,
    "count": read_count,
    "names": read_required,
    "enum": read_enum,
    "examples": read_examples,
    "media type": read_content_type,
    "type": read_type,
    "dropped": drop,
}
TEXTS = frozenset(name for name, keyword in KEYWORDS.items() if keyword.shape == "text")
"""Keywords whose value, where it is text, is as it should be: most of what a description says."""
COUNTS = frozenset(name for name, keyword in KEYWORDS.items() if keyword.shape == "count")
TRANSLATORS: dict[str, Translator] = {
    **{name: _BY_SHAPE[keyword.shape] for name, keyword in KEYWORDS.items() if keyword.shape in _BY_SHAPE},
    "x-examples": read_more_examples,
}
