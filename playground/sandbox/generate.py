"""The value an answer carries: the description's own example, else one made from the schema; what was sent is in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Entry, MediaType, Schema
from playground.mediatypes import is_json
from playground.sandbox.echo import echo
from playground.schema import mapping as reading
from playground.schema.flatten import flatten
from playground.schema.types import types_of
from playground.schema.validate import fits as form_fits
from playground.values.believable import Context, believable
from playground.values.draw import seed_of
from playground.values.fit import fits
from playground.values.misfits import without_misfits
from playground.values.shapes import Shapes, without_hidden
from playground.values.strings import is_placeholder

FRESH = 27_720
"""The place among several that a new thing has: not the examples' own, but with the first of each list of words, since
it can be divided by all numbers up to 12."""
_LEAST: Mapping[str, Any] = {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What answers are made with: the definitions, a seed, and the day that times are counted from.

    `dynamic` leaves the description's examples aside. `known` gives the identifier of an existing thing by the name of
    what refers to it, or `None`. `address` is where the request was for, which Location fields name.
    """

    definitions: Definitions
    shapes: Shapes
    seed: int | str = 0
    dynamic: bool = False
    now: datetime | None = None
    known: Any = field(default=None, compare=False)
    address: str = "/"

    def seeded(self, *parts: object) -> Making:
        """Return the same with a seed for one thing of its own."""
        return replace(self, seed=seed_of(self.seed, *parts))

    def value(self, schema: Schema, name: str = "", *, kind: str = "", index: int = 0) -> Any:
        """Return a value for a schema, or the least there is of its type when none can be made.

        `index` is its place among several things, of which the description's examples show only the first.
        """
        # Strangers write schemas, and the sandbox answers all of them.
        with suppress(Exception):
            context = Context(
                definitions=self.definitions, seed=self.seed, examples=not self.dynamic, now=self.now, kind=kind,
                index=index, known=self.known, shapes=self.shapes,
            )  # fmt: skip
            value = believable(schema, name, context)
            if reading.is_json(value):
                return value
        with suppress(Exception):
            types = types_of(flatten(schema, self.definitions))
            return _LEAST[types[0]] if types and types[0] in _LEAST else {}
        return {}


def making(entry: Entry, *, seed: int | str = 0, dynamic: bool = False, now: datetime | None = None) -> Making:
    """Return what an operation's answers are made with; what was read of its schemas is kept with it."""
    return Making(definitions=entry.definitions, shapes=shapes_of(entry), seed=seed, dynamic=dynamic, now=now)


def shapes_of(entry: Entry) -> Shapes:
    """Return the shapes of an operation's schemas, which are kept with it."""
    return entry.cache.get(Shapes, lambda: Shapes(entry.definitions))


def answer_value(media_type: MediaType, make: Making, *, example: str = "", sent: Mapping[str, Any]) -> Any:
    """Return the JSON value that answers: the example of that name, else the first that fits the schema, else a value.

    Where nothing fits, the first is without what cannot; and where that does not help, the description's own example
    wins over ours. What was `sent` replaces members of the same name.
    """
    schema, definitions = media_type.schema, make.definitions
    usable: list[Any] = []
    for named in () if make.dynamic else media_type.examples:
        value = _as_json(named.value, media_type, definitions)
        if reading.is_json(value):
            value = without_hidden(value, make.shapes.of(schema), writing=False)
            if example and named.name == example:
                return value
            usable.append(value)
    for value in usable:
        if fits(value, schema, definitions, writing=False) and not is_placeholder(value):
            return echo(value, sent, schema, definitions)
    made = make.value(schema)
    odd = make.shapes.odd
    if id(schema) not in odd:
        odd[id(schema)] = not fits(made, schema, definitions, writing=False)
    if odd[id(schema)]:
        for value in (*usable[:1], made):
            whole = without_misfits(value, schema, definitions, writing=False)
            if whole not in ({}, []) and fits(whole, schema, definitions, writing=False):
                return echo(whole, sent, schema, definitions)
        return usable[0] if usable else echo(made, sent, schema, definitions)
    return echo(made, sent, schema, definitions)


def _as_json(value: Any, media_type: MediaType, definitions: Definitions) -> Any:
    """Read an example that was written as JSON text where the schema wants something else than text."""
    if not isinstance(value, str) or not is_json(media_type.name) or form_fits(value, media_type.schema, definitions):
        return value
    try:
        return jsontext.loads(value)
    except jsontext.JSONTextError:
        return value
