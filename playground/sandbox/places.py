"""What a request's path names: a collection of resources, one of them, something done to one, or a single resource."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, TypeAlias
from urllib.parse import unquote

from playground.sandbox.routes import Route, Routes, path_values
from playground.values.scene import noun_of, words_of

Part: TypeAlias = Literal["collection", "item", "action", "single"]
"""What a path stands for: several resources, one of them, something done to one, or a resource that there is once."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SUFFIX = re.compile(r"\{[^{}]*\}(?:\.[a-z]{1,6})?")
_VERB = re.compile(r"(\{[^{}]*\}):([A-Za-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request's path leads.

    `collection` is the concrete path of the resources' collection, `key` one resource's text in the path, `variable`
    what the template calls it; `verb` is an action's name; `scope` are the variables before the last, by name; `noun`
    is what one of the resources is called (`customer` in `/v1/customers`).
    """

    part: Part
    collection: str
    key: str = ""
    variable: str = ""
    verb: str = ""
    scope: dict[str, str] = field(default_factory=dict)
    noun: str = ""


def place_of(route: Route, routes: Routes, segments: Sequence[str]) -> Place | None:
    """Return where a path leads by its template; `None` if it names nothing that could be kept.

    `segments` are the path's, decoded. A template is a collection's if another one adds a variable to it. Of a path
    that ends in a verb it is the place that the verb is about (`routes.meaning`).
    """
    meant = routes.meaning(route)
    if meant is not route:
        dropped = len(route.segments) - len(meant.segments)
        segments = list(segments[: len(segments) - dropped] if dropped else segments)
        if not dropped and "{" not in meant.segments[-1]:
            segments[-1] = meant.segments[-1]  # `/conversations.create`
    place = _place_of(meant, routes, segments)
    return None if place is None else replace(place, noun=_noun(meant.segments, place))


def _noun(template: Sequence[str], place: Place) -> str:
    above = template if place.part in ("collection", "single") else template[:-1]
    if place.part == "action" and ":" not in template[-1]:
        above = template[:-2]
    last = above[-1] if above else ""
    if last and "{" not in last:
        return noun_of(re.sub(r"\.(json|xml)$", "", last))
    words = words_of(place.variable or last)
    return noun_of("_".join(words[:-1] if len(words) > 1 and words[-1] in ("id", "name", "key") else words))


def _place_of(route: Route, routes: Routes, segments: Sequence[str]) -> Place | None:
    template = route.segments
    values = path_values(template, segments) or {}
    last = template[-1]
    names = [name for segment in template for name in _VARIABLE.findall(segment)]
    scope = {name: values[name] for name in names[:-1] if name in values}
    if (verb := _VERB.fullmatch(last)) is not None:
        base, name = template[:-1], verb[1][1:-1]
        return Place(
            part="action", collection=_filled(base, values), key=values.get(name, ""), variable=name, verb=verb[2],
            scope=scope,
        )  # fmt: skip
    if _SUFFIX.fullmatch(last):
        name = names[-1]
        return Place(part="item", collection=_filled(template[:-1], values), key=values.get(name, ""), variable=name,
                     scope=scope)  # fmt: skip
    if "{" in last:
        return _in_brackets(template, values, scope)
    here = routes.at(template)
    methods = {route.method for route in here}
    everything = {name: values[name] for name in names if name in values}
    if routes.at((*template, "{}")) or _has_items(routes, template):
        return Place(part="collection", collection=_filled(template, values), scope=everything)
    if len(template) > 1 and _SUFFIX.fullmatch(template[-2]) and methods <= {"POST", "PUT", "PATCH"}:
        name = names[-1] if names else ""
        return Place(
            part="action", collection=_filled(template[:-2], values), key=values.get(name, ""), variable=name,
            verb=last, scope=scope,
        )  # fmt: skip
    if methods & {"PUT", "PATCH"} or (methods & {"DELETE"} and "POST" not in methods):
        return Place(part="single", collection=_filled(template, values), scope=everything)
    return Place(part="collection", collection=_filled(template, values), scope=everything)


def _has_items(routes: Routes, template: Sequence[str]) -> bool:
    """Say whether items are below a template under a name with an ending: `/Messages.json`, `/Messages/{Sid}.json`."""
    head, dot, ending = template[-1].rpartition(".")
    return bool(dot) and bool(routes.at((*template[:-1], head, f"{{}}.{ending}")))


def _in_brackets(template: Sequence[str], values: dict[str, str], scope: dict[str, str]) -> Place | None:
    """Return the place of `users({id})`, as OData writes one resource."""
    match = re.fullmatch(r"([A-Za-z][\w.]*)\('?\{([^{}]*)\}'?\)", template[-1])
    if match is None:
        return None
    collection = _filled((*template[:-1], match[1]), values)
    return Place(part="item", collection=collection, key=values.get(match[2], ""), variable=match[2], scope=scope)


def _filled(template: Sequence[str], values: dict[str, str]) -> str:
    """Return a concrete path; a name's ending is left out, so that `/Messages.json` holds `/Messages/{Sid}.json`."""
    pieces = [_VARIABLE.sub(lambda match: values.get(match[1], match[0]), segment) for segment in template]
    if pieces and "{" not in template[-1]:
        pieces[-1] = re.sub(r"\.(json|xml)$", "", pieces[-1])
    return "/" + "/".join(pieces)


_BARE = frozenset((word,) for word in ("id", "uuid", "uid", "guid", "key", "name", "number", "slug", "code"))
"""Words that a variable may be called by alone; what it is the key of, the path says."""


def owners_of(template: Sequence[str], scope: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Return a scope's texts by the words that members which say them may be called by.

    In `/customers/{id}/orders` the variable is no order's `id`, but its `customer_id`.
    """
    owners: dict[tuple[str, ...], str] = {}
    for before, segment in pairwise(("", *template)):
        for name in _VARIABLE.findall(segment):
            if name not in scope:
                continue
            words = words_of(name)
            if len(words) > 1 or words[:1] not in _BARE:
                owners[words] = scope[name]
            elif "{" not in before and (noun := words_of(noun_of(before))):
                owners[*noun, *words] = scope[name]
    return owners


def segments_in(path: str) -> list[str]:
    """Return a path's segments, decoded."""
    return [unquote(segment) for segment in path.lstrip("/").split("/")]
