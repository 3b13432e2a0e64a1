"""What was sent, in the shape in which the API shows it: texts read as numbers, names made into resources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground import jsontext
from playground.request.model import FileValue
from playground.sandbox.generate import FRESH, Making, spellings
from playground.schema.mapping import is_json_value
from playground.values.fit import fits
from playground.values.numbers import on_step
from playground.values.scene import words_of
from playground.values.shapes import Member, Shape, without_hidden

Resolve = Callable[[str, str], Mapping[str, Any] | None]
"""The kind of a resource and its key to the resource, if it exists."""

NOTHING: Any = object()
"""What stands for "this cannot be shown"."""
_DEPTH = 12
_MOST = 500
_NAMES = ("id", "name", "login", "key", "slug", "code", "value", "title")
_SERVER_MADE = frozenset((
    "id", "uid", "uuid", "url", "created", "created_at", "updated", "updated_at", "creation_timestamp", "self_link",
    "resource_version", "generation", "object", "kind", "api_version", "version", "etag", "href", "self", "html_url",
    "node_id", "sid", "livemode", "last_modified", "modified", "timestamp",
))  # fmt: skip
_LONG = 100
"""Characters of a key that may make an address longer than its description allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitter:
    """Fits values into shapes. `resolve` gives the resource that an identifier names."""

    make: Making
    resolve: Resolve

    def placed(self, moved: Any, value: Any, shape: Shape, key: str) -> Any:
        """Return a resource with its own addresses, or as it was where a long key makes one longer than it may be."""
        return moved if len(key) < _LONG or self.fits(moved, shape) else value

    def fits(self, value: Any, shape: Shape) -> bool:
        """Say whether a value fits a shape as an answer."""
        return shape.takes_null if value is None else fits(value, shape.schema, self.make.definitions, writing=False)

    def is_whole(self, made: dict[str, Any], shape: Shape) -> bool:
        """Say whether an object fits whose members all do."""
        if not shape.open:
            return self.fits(made, shape)
        return shape.required <= made.keys() or all(
            name in made or any(member.name == name and member.is_hidden(writing=False) for member in shape.members)
            for name in shape.required
        )

    def stays_whole(self, made: dict[str, Any], before: Mapping[str, Any], shape: Shape) -> bool:
        """Say whether an object that was made for a shape still fits with some members changed that fit themselves.

        Where only these members decide, the rest of it is not looked at again.
        """
        if made.keys() != before.keys() or not shape.plain_choice:
            return self.is_whole(made, shape)
        changed = [name for name, part in made.items() if part is not before[name]]
        named = [member for kind in (shape, *shape.choice) for member in kind.members if member.name in changed]
        # Of several kinds of which only one may fit, the same ones have to fit afterwards that did before.
        looked_at = (made, before) if "oneOf" in shape.plain else (made,)
        if all(self.fits(looked[member.name], member.shape) for looked in looked_at for member in named):
            return True
        return self.is_whole(made, shape)

    def fit(self, value: Any, shape: Shape, name: str = "", depth: int = _DEPTH) -> Any:
        """Return the value as the shape has it, or `NOTHING`."""
        if isinstance(value, FileValue):
            return NOTHING
        if depth <= 0 or not is_json_value(value):
            return NOTHING
        if isinstance(value, list):
            value = without_hidden(value, shape, writing=False)
        if shape.choice:
            return self._chosen(value, shape, name, depth)
        if isinstance(value, Mapping) and "object" in shape.types and shape.members:
            made = self.merged({}, value, shape, depth)
            return made if self.is_whole(made, shape) else NOTHING
        if self.fits(value, shape):
            return value
        for candidate in _spellings(value):
            if self.fits(candidate, shape):
                return candidate
        if isinstance(value, list):
            return self._list(value, shape, name, depth)
        if "array" in shape.types and value is not None:
            return self._list([value], shape, name, depth)
        if "object" in shape.types and isinstance(value, str | int) and not isinstance(value, bool):
            return self._resource(str(value), shape, depth)
        if "string" in shape.types and isinstance(value, Mapping):
            return next((value[key] for key in _NAMES if isinstance(value.get(key), str)), NOTHING)
        return NOTHING

    def _chosen(self, value: Any, shape: Shape, name: str, depth: int) -> Any:
        if self.fits(value, shape) and not isinstance(value, Mapping):
            return value
        for branch in shape.choice[:20]:
            fitted = self.fit(value, branch, name, depth - 1)
            if fitted is not NOTHING and self.fits(fitted, shape):
                return fitted
        return value if self.fits(value, shape) else NOTHING

    def _list(self, value: list[Any], shape: Shape, name: str, depth: int) -> Any:
        if "array" in shape.types:
            make = self.make
            made = [
                replace(self, make=make.seeded(name, at)).fit(item, shape.items, name, depth - 1)
                for at, item in enumerate(value[:_MOST])
            ]
            kept = [item for item in made if item is not NOTHING]
            return kept if self.fits(kept, shape) else NOTHING
        # A list inside its envelope: `{"object": "list", "data": [...]}`.
        inner = [member for member in shape.members if member.shape.types == ("array",)]
        if "object" in shape.types and len(inner) == 1:
            items = self._list(value, inner[0].shape, name, depth - 1)
            if items is not NOTHING:
                whole = self.make.seeded(name).value(shape.schema, name)
                if isinstance(whole, dict):
                    whole[inner[0].name] = items
                    return whole if self.fits(whole, shape) else NOTHING
        return NOTHING

    def _resource(self, key: str, shape: Shape, depth: int) -> Any:
        """Return the resource with an identifier or a name: one that exists, else one made for it."""
        existing = self.resolve(shape.kind, key)
        if existing is not None:
            through = self.through(existing, shape)
            if through is not NOTHING:
                return through
        made = self.make.seeded(shape.kind, key).value(shape.schema, kind=shape.kind, index=FRESH)
        if not isinstance(made, dict):
            return NOTHING
        members = {member.name: member for member in shape.members}
        for name in _NAMES:
            if name in members:
                fitted = self.fit(key, members[name].shape, name, depth - 1)
                if fitted is not NOTHING:
                    made[name] = fitted
                    return made if self.fits(made, shape) else NOTHING
        return NOTHING

    def merged(
        self, base: Mapping[str, Any], sent: Mapping[str, Any], shape: Shape, depth: int = _DEPTH
    ) -> dict[str, Any]:
        """Return an object with what was sent in it, as far as each member can be shown.

        What the shape does not describe is kept only where the shape says that there may be more, or describes nothing.
        A sent object takes the place of the one before, but for members that only a server makes.
        """
        members = _members(shape)
        extra = shape.plain.get("additionalProperties")
        made = dict(base)
        for name, value in list(sent.items())[:_MOST]:
            member = members.get(name)
            if member is None:
                if (extra is True or isinstance(extra, Mapping) or not members) and is_json_value(value):
                    made[name] = value
                continue
            if member.is_hidden(writing=False):
                continue
            fitted = self._member(member, value, base.get(name), depth)
            if fitted is not NOTHING:
                made[name] = fitted
        if not base:
            for member in shape.members:
                if member.needed and member.name not in made and not member.is_hidden(writing=False):
                    make = self.make.seeded(member.name)
                    kind = shape.kind
                    made[member.name] = make.value(member.shape.schema, member.name, kind=kind, index=FRESH)
        return made

    def _member(self, member: Member, value: Any, before: Any, depth: int) -> Any:
        if isinstance(value, Mapping) and isinstance(before, Mapping) and member.shape.members and depth == _DEPTH:
            server = {
                name: part
                for name, part in before.items()
                if name in value or "_".join(words_of(name)) in _SERVER_MADE or self._is_read_only(member.shape, name)
            }
            merged = self.merged(server, value, member.shape, depth - 1)
            if self.is_whole(merged, member.shape):
                return merged
        return self.fit(value, member.shape, member.name, depth - 1)

    def _is_read_only(self, shape: Shape, name: str) -> bool:
        return any(member.name == name and (member.only_reading or member.needed) for member in shape.members)

    def through(self, value: Any, shape: Shape) -> Any:
        """Return a resource as another operation's answer shows it: members that fit, and made ones that must be."""
        if not isinstance(value, Mapping) or "object" not in shape.types:
            return value if self.fits(value, shape) else NOTHING
        members = _members(shape)
        closed = shape.plain.get("additionalProperties") is False
        kept = {name: part for name, part in value.items() if name in members or not (closed or members)}
        if len(kept) == len(value) and self.fits(value, shape):
            return dict(value)
        if self.fits(kept, shape):
            return kept
        made = self.make.seeded(shape.kind).value(shape.schema, kind=shape.kind, index=FRESH)
        if not isinstance(made, dict):
            return NOTHING
        base = {member.name: made[member.name] for member in shape.members if member.needed and member.name in made}
        for name, part in kept.items():
            member = members.get(name)
            fitted = part if member is None else self.fit(part, member.shape, name)
            if fitted is not NOTHING:
                base[name] = fitted
        return base if self.fits(base, shape) else NOTHING


def _members(shape: Shape) -> dict[str, Member]:
    members = {member.name: member for member in shape.members}
    for branch in shape.choice[:8]:
        for member in branch.members:
            members.setdefault(member.name, member)
    return members


def _spellings(value: Any) -> Iterator[Any]:
    """Yield what a form's text or a path's number may stand for, decimal numbers among it."""
    if value == "":
        yield None
    yield from spellings(value)
    if isinstance(value, str) and re.fullmatch(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}", value):
        yield jsontext.loads(value)
    elif isinstance(value, float) and on_step(value, 1):
        yield int(value)
