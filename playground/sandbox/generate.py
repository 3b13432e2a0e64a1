"""The value an answer carries: the description's own example, else one made from the schema; what was sent is in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, MediaType, Schema
from playground.mediatypes import is_json
from playground.sandbox.echo import echo
from playground.schema import mapping as reading
from playground.schema.fit import fits
from playground.schema.flatten import flatten
from playground.schema.sample import sample
from playground.schema.types import types_of

_LEAST: Mapping[str, Any] = {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}


def answer_value(media_type: MediaType, definitions: Definitions, *, example: str, sent: Mapping[str, Any]) -> Any:
    """Return the JSON value that answers: the example of that name, else the first that fits the schema, else a sample.

    Where nothing fits, the description's example wins over ours. What was `sent` replaces members of the same name.
    """
    schema = media_type.schema
    examples = [_as_json(one.value, media_type, definitions) for one in media_type.examples]
    named = [value for one, value in zip(media_type.examples, examples, strict=True) if one.name == example]
    usable = [value for value in (*named[:1], *examples) if reading.is_json(value)]
    if named and usable:
        return usable[0]
    for value in usable:
        if fits(value, schema, definitions):
            return echo(value, sent, schema, definitions)
    made = safe_sample(schema, definitions)
    if usable and not fits(made, schema, definitions):
        return usable[0]
    return echo(made, sent, schema, definitions)


def safe_sample(schema: Schema, definitions: Definitions) -> Any:
    """Return a sample for a schema, or the least there is of its type when none can be made."""
    # Strangers write schemas, and the sandbox answers all of them.
    with suppress(Exception):
        value = sample(schema, definitions, writing=False)
        if reading.is_json(value):
            return value
    with suppress(Exception):
        types = types_of(flatten(schema, definitions))
        return _LEAST[types[0]] if types and types[0] in _LEAST else {}
    return {}


def _as_json(value: Any, media_type: MediaType, definitions: Definitions) -> Any:
    """Read an example that was written as JSON text where the schema wants something else than text."""
    if not isinstance(value, str) or not is_json(media_type.name) or fits(value, media_type.schema, definitions):
        return value
    try:
        return jsontext.loads(value)
    except jsontext.JSONTextError:
        return value
