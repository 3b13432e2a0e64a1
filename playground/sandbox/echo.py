"""What the visitor sent, shown again in the answer where it has the same name and fits the description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Entry, Schema
from playground.mediatypes import is_json
from playground.request.model import ABSENT, RequestModel
from playground.schema import mapping as reading
from playground.schema.flatten import flatten
from playground.schema.types import alternatives, is_hidden
from playground.values.fit import fits

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
    return {name: value for name, value in {**sent, **body}.items() if reading.is_json(value)}


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
        for candidate in _spellings(given):
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


def _spellings(value: Any) -> Iterator[Any]:
    """Yield the value, then what a form's text or a path's number may stand for."""
    yield value
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
