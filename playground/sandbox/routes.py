"""Which operation a request's method and path mean: the templates of one API as a tree of segments, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from playground.messages import HTTPRequest
from playground.sandbox.verbs import METHODS, Role, meanings

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_IN_QUERY = re.compile(r"([^&={}]+)=\{([^{}]*)\}")
_MOST_SEGMENTS = 60
_LONGEST_SEGMENT = 65_000
_MOST_TRIED = 2000
"""Templates that are tried one by one for a path with more segments than they have."""


@dataclass(frozen=True, slots=True)
class Route:
    """An operation's name, method in capitals, and path template.

    `segments` are the template's, as written, without what it writes after `?` or `#`. `role` is what a verb asks for
    that stood at the end of a path, where this is what the path means.
    """

    name: str
    method: str
    path: str
    role: Role = ""
    segments: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Split the template."""
        object.__setattr__(self, "segments", segments_of(self.path))


@dataclass(frozen=True, slots=True)
class Match:
    """What a path leads to: the route, if its method is described, else the methods that are."""

    route: Route | None
    methods: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """One step in the tree; `ends` are the routes that end here."""

    literals: dict[str, _Node] = field(default_factory=dict)
    partial: dict[str, _Node] = field(default_factory=dict)
    variable: dict[str, _Node] = field(default_factory=dict)
    ends: list[Route] = field(default_factory=list)


class Routes:
    """The operations of one API by path; `generation` is that of the description they were read from."""

    def __init__(self, routes: Iterable[Route], generation: str = "") -> None:
        """Read the routes; of two with the same method and template the first counts."""
        self.routes = tuple(routes)
        self.generation = generation
        self._root = _Node()
        self._by_path: dict[tuple[str, ...], list[Route]] = {}
        self._by_name = {(route.name, route.method): route for route in reversed(self.routes)}
        for route in self.routes:
            node = self._root
            for segment in route.segments:
                whole = _VARIABLE.fullmatch(segment)
                kind = node.variable if whole else node.partial if "{" in segment else node.literals
                node = kind.setdefault(segment if "{" in segment else unquote(segment), _Node())
            node.ends.append(route)
            self._by_path.setdefault(neutral(route.segments), []).append(route)
        self._meant = _meant(self.routes)
        self._by_meaning = {segments: list(routes) for segments, routes in self._by_path.items()}
        for meant in self._meant.values():
            if meant.role != "search":  # it is no place where the resources are, but one more list of them
                self._by_meaning.setdefault(neutral(meant.segments), []).append(meant)

    def named(self, name: str, method: str) -> Route | None:
        """Return the route of an operation, or `None`."""
        return self._by_name.get((name, method.upper()))

    def at(self, segments: Sequence[str]) -> list[Route]:
        """Return the routes at a template, whatever its variables are called, and those that mean it."""
        return self._by_meaning.get(neutral(segments), [])

    def meaning(self, route: Route) -> Route:
        """Return what a route stands for: `POST /volumes` for `POST /volumes/create`, else the route itself."""
        return self._meant.get(route, route)

    def match(self, request: HTTPRequest, path: str) -> Match:
        """Return what a request leads to. `path` is encoded, without query, and starts where the templates do."""
        segments = path.lstrip("/").split("/")
        if len(segments) > _MOST_SEGMENTS or any(len(segment) > _LONGEST_SEGMENT for segment in segments):
            return Match(None)
        decoded = [unquote(segment) for segment in segments]
        allowed: dict[str, None] = {}
        place: tuple[str, ...] = ()
        for found in self._candidates(decoded):
            # What is written out counts before what a variable may be (OpenAPI 3.1, Path Templating Matching).
            if place and _is_written_out(place, found[0].segments):
                break
            place = place or found[0].segments
            allowed.update((route.method, None) for route in found)
            here = [route for route in found if route.method == request.method.upper()]
            if here:
                return Match(_told_apart(here, request))
        if "GET" in allowed and request.method.upper() == "HEAD":
            asked = HTTPRequest(method="GET", url=request.url, headers=request.headers, content=request.content)
            return self.match(asked, path)
        return Match(None, tuple(allowed))

    def _candidates(self, segments: list[str]) -> Iterator[list[Route]]:
        """Yield the routes at each template that the segments fill, most literal first."""
        found = False
        for ends in _walk(self._root, segments, 0):
            found = True
            yield ends
        if found:
            return
        if segments and segments[-1] == "" and len(segments) > 1:
            yield from _walk(self._root, segments[:-1], 0)
        # A variable may hold slashes (`/v1/{name}`), where nothing else fits.
        tried = 0
        spanning: list[list[Route]] = []
        for routes in self._by_path.values():
            template = routes[0].segments
            if len(template) >= len(segments) or (template[0] != segments[0] and "{" not in template[0]):
                continue
            tried += 1
            if tried > _MOST_TRIED:
                break
            if path_values(template, segments) is not None:
                spanning.append(routes)
        yield from sorted(spanning, key=_most_literal)


def _is_written_out(place: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether a template writes out what another one has a variable for."""
    return any("{" not in own and "{" in its for own, its in zip(place, other, strict=False))


def _most_literal(routes: list[Route]) -> tuple[int, int]:
    segments = routes[0].segments
    return -len(segments), sum("{" in segment for segment in segments)


def _walk(node: _Node, segments: list[str], at: int) -> Iterator[list[Route]]:
    if at == len(segments):
        if node.ends:
            yield node.ends
        return
    segment = segments[at]
    literal = node.literals.get(segment)
    if literal is not None:
        yield from _walk(literal, segments, at + 1)
    for template, child in node.partial.items():
        if segment_values(template, segment) is not None:
            yield from _walk(child, segments, at + 1)
    if segment:
        for child in node.variable.values():
            yield from _walk(child, segments, at + 1)


def _told_apart(routes: list[Route], request: HTTPRequest) -> Route:
    """Return the one of several routes at one path whose `?` or `#` says what the request does (`/#Action=RunJob`)."""
    if len(routes) == 1:
        return routes[0]
    query = request.url.partition("#")[0].partition("?")[2]
    body = request.body[:20_000].decode("utf-8", "replace") if request.content.length < 200_000 else ""
    pieces = {*query.split("&"), *body.split("&"), *(f"{name}={value}" for name, value in request.headers)}
    names = {piece.partition("=")[0] for piece in pieces}

    def missed(route: Route) -> tuple[int, int]:
        rest = route.path.replace("?", "#", 1).partition("#")[2]
        wanted = [piece for piece in re.split("[&#]", rest) if piece]
        # Of what is written `a={b}` or `a` alone only the name is asked for.
        hits = sum(
            piece in pieces or (("=" not in piece or "{" in piece) and piece.partition("=")[0] in names)
            for piece in wanted
        )
        return len(wanted) - hits, -hits

    return min(routes, key=missed)


def _meant(routes: Sequence[Route]) -> dict[Route, Route]:
    """Return the routes that stand for another one, by which; a slash at the end is part of no place."""
    bare = {
        route: route.segments[:-1] if len(route.segments) > 1 and not route.segments[-1] else route.segments
        for route in routes
    }
    found = meanings((route.method, segments) for route, segments in bare.items())
    meant: dict[Route, Route] = {}
    for route, segments in bare.items():
        meaning = found.get((route.method, segments))
        if meaning is not None:
            path = "/" + "/".join(meaning.segments)
            meant[route] = Route(route.name, METHODS[meaning.role], path, meaning.role)
        elif segments != route.segments:
            meant[route] = Route(route.name, route.method, "/" + "/".join(segments))
    return meant


def segments_of(path: str) -> tuple[str, ...]:
    """Return a template's segments, without what it writes after `?` or `#`."""
    return tuple(path.partition("#")[0].partition("?")[0].lstrip("/").split("/"))


def neutral(segments: Sequence[str]) -> tuple[str, ...]:
    """Return a template's segments with their variables unnamed, so that templates of one place are equal."""
    return tuple(_VARIABLE.sub("{}", segment) for segment in segments)


def path_values(template: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    """Return the variables' values of a path by name, or `None` if the decoded segments do not fill the template.

    A variable that is a whole segment takes several where there are more segments than the template has.
    """
    more = len(segments) - len(template)
    if more == 0:
        return _values(template, segments)
    if more < 0:
        return None
    for at in range(len(template) - 1, -1, -1):
        if "{" in template[at]:
            joined = [*segments[:at], "/".join(segments[at : at + more + 1]), *segments[at + more + 1 :]]
            values = _values(template, joined)
            if values is not None:
                return values
    return None


def query_values(template: str, url: str) -> dict[str, str]:
    """Return the variables' values of a template's own query, as some have one: `/sets?platform={platform}`."""
    wanted = {match[1]: match[2] for match in _IN_QUERY.finditer(template.partition("#")[0].partition("?")[2])}
    if not wanted:
        return {}
    pairs = parse_qsl(url.partition("#")[0].partition("?")[2], keep_blank_values=True)
    return {wanted[name]: value for name, value in pairs if name in wanted}


def _values(template: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    values: dict[str, str] = {}
    for written, segment in zip(template, segments, strict=True):
        found = segment_values(written, segment)
        if found is None:
            return None
        values |= found
    return values


def segment_values(template: str, segment: str) -> dict[str, str] | None:
    """Return the variables' values of one decoded segment, or `None` if it does not fill the template's."""
    pieces = _VARIABLE.split(template)
    if len(pieces) == 1:
        return {} if unquote(template) == segment else None
    if len(pieces) == 3 and not pieces[0] and not pieces[2]:
        return {pieces[1]: segment} if segment else None
    head, tail = unquote(pieces[0]), unquote(pieces[-1])
    if not segment.startswith(head) or not segment.endswith(tail):
        return None
    values: dict[str, str] = {}
    at, end = len(head), len(segment) - len(tail)
    for index in range(1, len(pieces), 2):
        if index + 2 >= len(pieces):
            stop = end
        else:
            between = unquote(pieces[index + 1])
            stop = segment.find(between, at + 1) if between else at + 1
        if stop <= at or stop > end:
            return None
        values[pieces[index]] = segment[at:stop]
        at = stop + (len(unquote(pieces[index + 1])) if index + 2 < len(pieces) else 0)
    return values
