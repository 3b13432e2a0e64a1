"""The value an answer carries: the description's own example, else one made from the schema; what was sent is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Entry, MediaType, Schema
from playground.mediatypes import is_json
from playground.request.model import ABSENT, RequestModel
from playground.schema import mapping as reading
from playground.schema.flatten import flatten
from playground.schema.types import alternatives, is_hidden, types_of
from playground.schema.validate import fits as form_fits
from playground.values.believable import Context, believable
from playground.values.draw import seed_of
from playground.values.fit import fits, without_misfits
from playground.values.shapes import Shapes, without_hidden
from playground.values.strings import is_placeholder

FRESH = 27_720
"""The place among several of a new resource: not the examples' own, but with the first of each list of words, since it
can be divided by all numbers up to 12."""
_LEAST: Mapping[str, Any] = {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What answers are made with: the definitions, a seed, and the day that times are counted from.

    `dynamic` leaves the description's examples aside. `known` gives the identifier of an existing resource by the name
    of what refers to it, or `None`. `address` is where the request was for, which Location fields name.
    """

    definitions: Definitions
    shapes: Shapes
    seed: int | str = 0
    dynamic: bool = False
    now: datetime | None = None
    known: Any = field(default=None, compare=False)
    address: str = "/"

    def seeded(self, *parts: object) -> Making:
        """Return the same with a seed for one resource of its own."""
        return replace(self, seed=seed_of(self.seed, *parts))

    def value(self, schema: Schema, name: str = "", *, kind: str = "", index: int = 0) -> Any:
        """Return a value for a schema, or the least there is of its type when none can be made.

        `index` is its place among several resources, of which the description's examples show only the first.
        """
        # Strangers write schemas, and the sandbox answers all of them.
        with suppress(Exception):
            context = Context(
                definitions=self.definitions, seed=self.seed, examples=not self.dynamic, now=self.now, kind=kind,
                index=index, known=self.known, shapes=self.shapes,
            )  # fmt: skip
            value = believable(schema, name, context)
            if reading.is_json_value(value):
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
        if reading.is_json_value(value):
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


_MOST = 200
"""Most values that are echoed in one answer."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CLEARED: tuple[Any, ...] = ({}, [], None)


def values_sent(entry: Entry, model: RequestModel, *, status: int) -> dict[str, Any]:
    """Return the request's values by name: parameters of every location, body properties before them.

    The last path parameter is `id` too, unless something new was made (201), whose `id` is another.
    """
    sent: dict[str, Any] = {}
    for location in ("cookie", "header", "query", "path"):
        sent |= model.parameters.get(location, {})
    placeholders = _PLACEHOLDER.findall(entry.operation.path)
    body = _body_of(entry, model)
    if placeholders and status != 201 and placeholders[-1] in model.parameters.get("path", {}):
        sent["id"] = model.parameters["path"][placeholders[-1]]
    return {name: value for name, value in {**sent, **body}.items() if reading.is_json_value(value)}


def _body_of(entry: Entry, model: RequestModel) -> Mapping[str, Any]:
    body: Any = model.body
    if model.raw is not None:
        described = entry.operation.request_body
        first = described.media_types[0].name if described and described.media_types else ""
        try:
            body = jsontext.loads(model.raw) if is_json(model.media_type or first) else ABSENT
        except jsontext.JSONTextError:
            body = ABSENT
    return body if isinstance(body, Mapping) else {}


def echo(value: Any, sent: Mapping[str, Any], schema: Schema, definitions: Definitions) -> Any:
    """Return an answer's value with what was sent in its place, as far as the whole still fits the schema.

    Only top-level properties of an object take part, and only those the answer has or its schema declares.
    """
    if not isinstance(value, Mapping) or not sent:
        return value
    declared = _declared(schema, definitions)
    echoed = {
        name: given
        for name, given in list(sent.items())[:_MOST]
        if (name in value or name in declared)
        and not is_hidden(flatten(declared.get(name, True), definitions), writing=False)
    }
    # Another shape than the example's: a voucher was sent where the example shows a card.
    shape = _shape(echoed, schema, definitions)
    if shape is not None and shape != _shape(value, schema, definitions):
        return echoed
    together = {**value, **echoed}
    if fits(together, schema, definitions, writing=False):
        return together
    # Checked one by one, so that a value of the wrong kind keeps no other out.
    fitting: dict[str, Any] = {}
    for name, given in echoed.items():
        for candidate in (given, *spellings(given)):
            if fits(candidate, declared.get(name, True), definitions, writing=False):
                fitting[name] = candidate
                break
    answer = {**value, **fitting}
    fitted = fits(answer, schema, definitions, writing=False) or not fits(value, schema, definitions, writing=False)
    return answer if fitted else value


def _shape(value: Mapping[str, Any], schema: Schema, definitions: Definitions) -> int | None:
    """Return which of the schema's alternatives a value is, or `None` if there are none or it is none of them."""
    choice = enumerate(alternatives(schema, definitions))
    return next((index for index, branch in choice if fits(value, branch, definitions, writing=False)), None)


def spellings(value: Any) -> Iterator[Any]:
    """Yield what a form's text or a path's number may stand for, but for the value itself."""
    if isinstance(value, str):
        if value == "":
            yield from _CLEARED
        elif re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", value):
            yield int(value)
        elif value in ("true", "false"):
            yield value == "true"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield jsontext.dumps(value)


def _declared(schema: Schema, definitions: Definitions) -> dict[str, Schema]:
    declared: dict[str, Schema] = {}
    for part in (*alternatives(schema, definitions)[::-1], schema):
        declared |= reading.schema_map(flatten(part, definitions), "properties")
    return declared
