"""What a value without a field may be for: inputs that are new, by place and type, close name, same description."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Entry, Parameter, Schema
from playground.forms.inputs import body_of, parameters_of
from playground.forms.names import BODY, child, parameter_name, unescape
from playground.forms.shape import shapes_of
from playground.request.model import ABSENT, RequestModel
from playground.request.text import is_list

_MOST_PLACES = 5_000
_MOST_OFFERS = 3
_ENOUGH = 3.0
_SAME_WORDS = 12
"""Characters of a description from which on it says which input is meant."""
_MOST_OBJECTS, _MOST_ALTERNATIVES, _DEEPEST = 300, 12, 6
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_A-Za-z\d]+")
_POSITION = re.compile(r"/\d+(?=/|$)")


@dataclass(frozen=True, slots=True)
class _Input:
    """One place where a value can go: the name of its input, of what it is a member, its type, its description."""

    name: str
    place: str
    label: str
    schema: Schema
    description: str


class Offers:
    """Finds what a value that went may be for: inputs that are new, or at least empty."""

    def __init__(self, before: Entry | None, after: Entry, model: RequestModel) -> None:
        self._shapes = shapes_of(after)
        self.old = {declared.name: declared for declared in _inputs(before)} if before is not None else {}
        filled = _filled(model)
        self._new = [
            declared for declared in _inputs(after) if declared.name not in filled and declared.name not in self.old
        ]
        self._before = shapes_of(before) if before is not None else None

    def of(self, name: str, gone: int) -> tuple[str, ...]:
        """Return the names of the likeliest inputs, best first; `gone` inputs went from its place."""
        place = anywhere(name)
        was = self.old.get(place) or _Input(place, parent(place), _label(name), True, "")
        beside = [declared for declared in self._new if declared.place == was.place]
        scores = [
            (self._score(was, declared, alone=len(beside) == 1 == gone and declared in beside), declared.name)
            for declared in self._new
        ]
        best = sorted((pair for pair in scores if pair[0] >= _ENOUGH), key=lambda pair: -pair[0])
        return tuple(found for _, other in best[:_MOST_OFFERS] if (found := _beside(name, other)))

    def _score(self, was: _Input, now: _Input, *, alone: bool) -> float:
        score = 1.0 if was.place == now.place else 0.0
        if self._before is not None and was.name in self.old:
            score += 1 if self._before.of(was.schema).kind == self._shapes.of(now.schema).kind else -2
            told = was.description.strip().casefold()
            if len(told) >= _SAME_WORDS and told == now.description.strip().casefold():
                score += 3
        elif score:
            score += 1  # nothing is known of its type
        score += _likeness(was.label, now.label)
        return score + (1 if alone and score >= 2 else 0)


def _likeness(was: str, now: str) -> float:
    old_words, other = _words(was), _words(now)
    if old_words == other:
        return 3.0
    if set(old_words) <= set(other) or set(other) <= set(old_words):
        return 2.0
    ratio = difflib.SequenceMatcher(None, "".join(old_words)[:100], "".join(other)[:100]).ratio()
    return 2 * ratio if ratio >= 0.6 else 0.0


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name[:200])) or (name,)


def _inputs(entry: Entry) -> Iterator[_Input]:
    """Yield the parameters and the properties of the body, those of its members among them."""
    for name, parameter in parameters_of(entry):
        yield _Input(name, parameter.location, parameter.name, parameter.schema, _told(parameter))
    body = body_of(entry)
    if body is None:
        return
    shapes = shapes_of(entry)
    waiting: list[tuple[str, Schema, int]] = [(BODY, body.schema, _DEEPEST)]
    seen: set[int] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        place, schema, depth = waiting.pop(0)
        shape = shapes.of(schema)
        if shape.kind == "array" and depth > 0:
            waiting.append((f"{place}/*", shape.item(0), depth - 1))
        elif shape.kind == "choice" and depth > 0:
            waiting += [(place, alternative, depth - 1) for alternative in shape.alternatives[:_MOST_ALTERNATIVES]]
        for key, member in shape.properties.items():
            below = shapes.of(member)
            words = below.schema.get("description")
            yield _Input(child(place, key), place, key, member, words if isinstance(words, str) else "")
            if depth > 0 and id(member) not in seen:
                seen.add(id(member))
                waiting.append((child(place, key), member, depth - 1))


def _told(parameter: Parameter) -> str:
    return parameter.description


def _filled(model: RequestModel) -> set[str]:
    names = {parameter_name(location, name) for location, values in model.parameters.items() for name in values}
    waiting: list[tuple[str, Any]] = [(BODY, model.body)]
    while waiting and len(names) < _MOST_PLACES:
        name, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += [(child(name, key), member) for key, member in value.items()]
        if value is not ABSENT:
            names.add(anywhere(name))
        if is_list(value):
            waiting += [(child(name, "*"), item) for item in value]
    return names


def anywhere(name: str) -> str:
    """Return the name of an input without the positions of rows in it: an input of each row."""
    return _POSITION.sub("/*", name)


def _beside(name: str, anywhere: str) -> str:
    """Return the input in the same row as `name`; nothing where that is no row of its own."""
    rows = _POSITION.findall(name)
    if anywhere.count("/*") > len(rows):
        return ""
    for row in rows:
        anywhere = anywhere.replace("/*", row, 1)
    return anywhere


def parent(name: str) -> str:
    """Return what an input is a member of: an object, or a kind of parameters."""
    return name.rpartition("/")[0] if "/" in name else name.partition(".")[0]


def _label(name: str) -> str:
    return unescape(name.rpartition("/")[2] if "/" in name else name.partition(".")[2])
