"""Local references followed: `{"$ref": "#/$defs/<key>"}` chains, cycles and strangers' rubbish included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.combine import combine
from playground.schema.reading import as_mapping

_PREFIX = "#/$defs/"


def reference_key(schema: Schema) -> str | None:
    """Return the key of `definitions` a schema's `$ref` names, or `None` if it has no local reference."""
    target = as_mapping(schema).get("$ref")
    if not isinstance(target, str) or not target.startswith(_PREFIX):
        return None
    return target[len(_PREFIX) :].replace("~1", "/").replace("~0", "~")


def reference_to(key: str) -> str:
    """Return the `$ref` text for a key of `definitions`."""
    return _PREFIX + key.replace("~", "~0").replace("/", "~1")


def resolve(schema: Schema, definitions: Definitions) -> Mapping[str, Any]:
    """Follow the schema's references to a mapping without `$ref`; keywords beside a reference apply as well and win.

    `True` is `{}`, `False` is `{"not": {}}`; an unknown or circular reference is `{}` plus its siblings. Never raises.
    """
    current = as_mapping(schema)
    if "$ref" not in current:
        return current
    beside: dict[str, Any] = {}
    followed: set[str] = set()
    while "$ref" in current:
        key = reference_key(current)
        beside = combine({name: value for name, value in current.items() if name != "$ref"}, beside)
        if key is None or key in followed:
            return beside
        followed.add(key)
        current = as_mapping(definitions.get(key, True))
    return combine(current, beside) if beside else current
