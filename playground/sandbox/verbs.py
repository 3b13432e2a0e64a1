"""Paths that end in a verb: `POST /volumes/create` makes one of `/volumes`, `GET /containers/{id}/json` reads one.

Such a path means another method on the place before the verb, where nothing else is described for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.values.scene import singular, words_of

Role: TypeAlias = Literal["", "create", "several", "list", "search", "read", "update", "delete"]
"""What a verb at the end of a path asks for; empty where the path has none."""

_VERBS: Mapping[str, Role] = {
    **dict.fromkeys(("create", "new", "add", "insert", "register", "make"), "create"),
    **dict.fromkeys(("batch", "bulk"), "several"),
    **dict.fromkeys(("list", "all", "index", "browse"), "list"),
    **dict.fromkeys(("search", "query", "find", "filter"), "search"),
    **dict.fromkeys(("get", "show", "read", "retrieve", "fetch", "view", "details", "info", "inspect"), "read"),
    **dict.fromkeys(("update", "edit", "modify", "patch"), "update"),
    **dict.fromkeys(("delete", "remove", "destroy", "erase"), "delete"),
}  # fmt: skip
_MANY = frozenset(("batch", "bulk", "multi", "many"))
METHODS: Mapping[Role, str] = {
    "create": "POST", "several": "POST", "list": "GET", "search": "GET", "read": "GET", "update": "PATCH",
    "delete": "DELETE",
}  # fmt: skip
"""The method that each role means."""
_SENT_WITH: Mapping[Role, frozenset[str]] = {
    "create": frozenset(("POST", "PUT")), "several": frozenset(("POST", "PUT")), "list": frozenset(("GET", "POST")),
    "search": frozenset(("POST", "QUERY")), "read": frozenset(("GET", "POST")),
    "update": frozenset(("POST", "PUT", "PATCH")), "delete": frozenset(("POST", "PUT", "DELETE", "PATCH")),
}  # fmt: skip
"""The methods that each role may be asked for with; a search by GET is a list of its own already."""
_ENDING = re.compile(r"\.(?:json|xml)$")
_WHOLE = re.compile(r"\{[^{}]*\}")
_JOINED = re.compile(r"([A-Za-z][\w-]*)[.:]([A-Za-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a path with a verb stands for: the segments of the place, and what is done there."""

    segments: tuple[str, ...]
    role: Role


def meanings(templates: Iterable[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, tuple[str, ...]], Meaning]:
    """Return what methods and templates mean, those only that mean something else than they say.

    The templates' variables are unnamed in what is compared, so that `/a/{id}` and `/a/{key}` are one place.
    """
    listed = list(templates)
    plain = {(method, _neutral(segments)) for method, segments in listed}
    places = {segments for _, segments in plain}
    above = {segments[:at] for segments in places for at in range(1, len(segments)) if segments[at] == "{}"}
    found: dict[tuple[str, tuple[str, ...]], Meaning] = {}
    read = {(method, segments): _read(segments) for method, segments in listed}
    beside: dict[tuple[str, ...], set[Role]] = {}
    for meaning in read.values():
        if meaning is not None:
            beside.setdefault(_neutral(meaning.segments), set()).add(meaning.role)
    for (method, segments), meaning in read.items():
        if meaning is None or method not in _SENT_WITH[meaning.role]:
            continue
        place = _neutral(meaning.segments)
        is_one = place[-1] == "{}"
        known = place in places or place in above or len(beside[place]) > 1
        if not known or (is_one and meaning.role not in ("read", "update", "delete")):
            continue
        taken = {"PUT", "PATCH"} if meaning.role == "update" else {METHODS[meaning.role]}
        is_told = any((method, place) in plain for method in taken)  # by a path without a verb
        if is_told and (is_one or meaning.role in ("create", "list")):
            continue
        found[method, segments] = meaning
    return found


def _read(segments: Sequence[str]) -> Meaning | None:
    """Return the place and the verb that a template's last segment says, if it says one."""
    if not segments or "{" in segments[-1]:
        return None
    last = _ENDING.sub("", segments[-1])
    role = _role(last, segments[-2] if len(segments) > 1 else "")
    if role and len(segments) > 1:
        return Meaning(tuple(segments[:-1]), role)
    joined = _JOINED.fullmatch(last)
    role = _role(joined[2], joined[1]) if joined is not None else ""
    return Meaning((*segments[:-1], joined[1]), role) if joined is not None and role else None


def _role(text: str, place: str) -> Role:
    words = words_of(text)
    if not words:
        return ""
    role: Role = _VERBS.get(words[0], "")
    if text == "json" and len(words) == 1:
        return "read" if _WHOLE.fullmatch(place) else "list"  # as Docker's Engine has it
    if len(words) == 1:
        return role
    if len(words) == 2 and words[0] in _MANY:
        second = _VERBS.get(words[1], "")
        return "several" if second == "create" else second if second == "delete" else ""
    own = words_of(place)
    if (
        role in ("create", "update", "delete", "read", "list")
        and own
        and words[1:] in (own, (*own[:-1], singular(own[-1])))
    ):
        return role  # `/users/createUser`
    return ""


def _neutral(segments: Sequence[str]) -> tuple[str, ...]:
    return tuple(re.sub(r"\{[^{}]*\}", "{}", segment) for segment in segments)
