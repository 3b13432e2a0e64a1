"""Whether a value fits a schema to the letter, as request or answer; and the value without what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.validate import violations


def fits(value: Any, schema: Schema, definitions: Definitions, *, writing: bool) -> bool:
    """Say whether a value fits a schema exactly; `writing` says that it is sent, so that `readOnly` may be missing."""
    return schema is True or next(violations(value, schema, definitions, writing=writing), None) is None


_TURNS = 8
_MOST = 50
_OVERLAPPING = "oneOf"
"""Alternatives that all fit are no reason to leave out what is of use."""


def without_misfits(value: Any, schema: Schema, definitions: Definitions, *, writing: bool) -> Any:
    """Return a value without the parts that break their own schema, or as it is where it needs them.

    `{"type": "string", "enum": [1, 2]}` fits nothing; an object is whole without such a member unless it is required,
    and where it is, what holds the object may be whole without that.
    """
    made = value
    for _ in range(_TURNS):
        wrong = list(islice(violations(made, schema, definitions, writing=writing), _MOST))
        places = {
            misfit.at[:-1] if misfit.keyword == "required" else misfit.at
            for misfit in wrong
            if misfit.keyword != _OVERLAPPING
        }
        if not places:
            return made
        if () in places:
            return value
        # The last items of a list first, so that the places of the others stay true.
        for place in sorted(places, key=lambda at: [(isinstance(step, int), step) for step in at], reverse=True):
            made = _without(made, place)
    return value


def _without(value: Any, place: Sequence[str | int]) -> Any:
    """Return a value without the part at a place; as it is where there is none any more."""
    first, *rest = place
    if isinstance(value, dict) and first in value:
        if rest:
            return {**value, first: _without(value[first], rest)}
        return {name: part for name, part in value.items() if name != first}
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        return [*value[:first], *([_without(value[first], rest)] if rest else []), *value[first + 1 :]]
    return value
