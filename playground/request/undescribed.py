"""Parameters that a visitor adds to a request and that the description does not have.

They are part of the model like any others. For a message, its masks and its arguments they are described as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from playground.catalog.model import Entry, Location, Parameter
from playground.request.model import RequestModel

ADDED: tuple[Location, ...] = ("query", "header", "cookie")
"""Where parameters can be added; a path has its own only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undescribed(Parameter):
    """A parameter that the description does not have."""


def undescribed(entry: Entry, model: RequestModel) -> Iterator[Undescribed]:
    """Yield the parameters that a model has beside those described, as plain text or lists of it."""
    for location in ADDED:
        names = model.parameters.get(location)
        if not names:
            continue
        known = {_key(location, parameter.name) for parameter in entry.operation.parameters_in(location)}
        for name in names:
            if _key(location, name) not in known:
                style = "simple" if location == "header" else "form"
                yield Undescribed(name=name, location=location, style=style, explode=location != "header")


def with_undescribed(entry: Entry, model: RequestModel) -> Entry:
    """Return the entry with the parameters that the model has beside those described; mostly the entry itself."""
    added = tuple(undescribed(entry, model))
    if not added:
        return entry
    return replace(entry, operation=replace(entry.operation, parameters=(*entry.operation.parameters, *added)))


def as_described(entry: Entry) -> Entry:
    """Return the entry without parameters that were added to it; mostly the entry itself."""
    parameters = entry.operation.parameters
    described = tuple(parameter for parameter in parameters if not isinstance(parameter, Undescribed))
    if len(described) == len(parameters):
        return entry
    return replace(entry, operation=replace(entry.operation, parameters=described))


def _key(location: Location, name: str) -> str:
    return name.lower() if location == "header" else name
