"""How an operation's answer holds the resources it is about: a list of them in its envelope, or one, wrapped or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playground.catalog.model import Entry, MediaType
from playground.mediatypes import essence, in_range, is_json, kind_of
from playground.messages import HTTPRequest
from playground.sandbox.generate import making
from playground.sandbox.negotiate import choose
from playground.values.scene import noun_of, singular, words_of
from playground.values.shapes import Member, Shape

_LISTS = ("data", "items", "results", "value", "values", "entries", "records", "list", "content", "contents", "rows",
          "objects", "elements", "resources", "nodes", "hits", "matches", "documents", "result")  # fmt: skip
_WRAPPERS = frozenset(
    ("data", "result", "item", "response", "payload", "object", "resource", "entry", "record", "value")
)
_STRICT = ("id", "_id", "uuid", "uid", "guid", "sid")
_IDENTITIES = (*_STRICT, "name", "key", "slug", "code", "login", "username", "number", "handle", "identifier", "pk",
               "iban", "sku", "email", "title")  # fmt: skip
_DEPTH = 3


def kind_of_shape(shape: Shape) -> str:
    """Return what a shape's resources are called after their noun, or an empty text for one without a name."""
    return f"{noun_of(shape.kind)} {shape.kind}" if shape.kind else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an operation's answer holds its resources: a list at `list_at`, or one at `resource_at`, each of `shape`.

    `media_type` is the answer's, `None` where it has no content. `kind` is what the description calls the resource.
    """

    media_type: MediaType | None
    shape: Shape | None
    whole: Shape | None = None
    list_at: tuple[str, ...] | None = None
    resource_at: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The resource's name in the description after its noun (`repository full-repository`), or an empty text."""
        return kind_of_shape(self.shape) if self.shape is not None else ""


@dataclass(frozen=True, slots=True)
class _Layouts:
    """Both layouts of an operation, kept with its entry: as a list, and as one resource."""

    several: Layout
    one: Layout


def layout_of(entry: Entry, noun: str, *, several: bool) -> Layout:
    """Return the layout of an operation's first success, read as a list of resources or as one, called `noun`."""
    layouts = entry.cache.get(_Layouts, lambda: _layouts(entry, noun))
    return layouts.several if several else layouts.one


def _layouts(entry: Entry, noun: str) -> _Layouts:
    request = HTTPRequest(method=entry.operation.method, url="https://sandbox.invalid/")
    choice = choose(entry, request)
    media_type = choice.media_type
    if choice.response is not None:
        media_type = next((offered for offered in choice.response.media_types if is_json(offered.name)), media_type)
    if media_type is None or choice.status >= 300:
        nothing = Layout(media_type=None, shape=None)
        return _Layouts(nothing, nothing)
    whole = making(entry).shapes.of(media_type.schema)
    if kind_of(media_type.name) == "lines":
        item = whole.items if "array" in whole.types else whole
        lines = Layout(media_type=media_type, shape=item, whole=whole, list_at=() if "array" in whole.types else None)
        return _Layouts(lines, lines)
    layout = _one(media_type, whole, noun)
    found = _list_in(whole, noun, _DEPTH)
    for branch in whole.choice[:8] if found is None else ():  # of several envelopes the first that holds a list
        if found is None and (found := _list_in(branch, noun, _DEPTH)) is not None:
            whole = branch
    if found is None:
        return _Layouts(layout, layout)
    at, item = found
    return _Layouts(Layout(media_type=media_type, shape=item, whole=whole, list_at=at), layout)


def tells_of_files(layout: Layout, entry: Entry, media_type: str) -> bool:
    """Say whether an operation tells of a file of a media type in JSON, instead of giving its bytes."""
    kind = essence(media_type)
    if layout.media_type is None or layout.shape is None or not is_json(layout.media_type.name) or is_json(kind):
        return False
    types = [offer for response in entry.operation.responses for offer in response.media_types]
    return not any(in_range(kind, essence(offer.name)) for offer in types)


def _list_in(shape: Shape, noun: str, depth: int) -> tuple[tuple[str, ...], Shape] | None:
    """Return where a list of resources is inside a shape, and the shape of one."""
    if "array" in shape.types:
        return (), shape.items
    if depth <= 0 or any(member.name in _STRICT for member in shape.members):
        return None
    lists = [member for member in shape.members if member.shape.types == ("array",)]
    resources = [member for member in lists if _is_resource(member.shape.items)]
    chosen = _named(resources, noun) or _named(lists, noun) or (resources[0] if len(resources) == 1 else None)
    if chosen is None and len(lists) == 1:
        chosen = lists[0]
    if chosen is not None:
        return (chosen.name,), chosen.shape.items
    for member in shape.members:
        if member.name.lower() in _WRAPPERS | {"_embedded", "embedded"} and member.shape.types == ("object",):
            inner = _list_in(member.shape, noun, depth - 1)
            if inner is not None:
                return (member.name, *inner[0]), inner[1]
    return None


def _named(lists: list[Member], noun: str) -> Member | None:
    """Return the list that is named for what it holds: after the collection, or `data` and the like."""
    for member in lists:
        words = words_of(member.name)
        if words and singular(words[-1]) == noun:
            return member
    names = {member.name.lower(): member for member in reversed(lists)}
    return next((names[name] for name in _LISTS if name in names), None)


def _is_resource(shape: Shape) -> bool:
    return "object" in shape.types or any("object" in branch.types for branch in shape.choice[:8])


def _one(media_type: MediaType, whole: Shape, noun: str) -> Layout:
    """Return the layout of one resource: the whole answer, or the one member that wraps it."""
    if "object" in whole.types and identity_member(whole, "id", noun) is None:
        inner = [member for member in whole.members if member.shape.types == ("object",) and member.shape.members]
        for member in inner if identity_member(whole, "name", noun) != ("metadata", "name") else ():
            words = words_of(member.name)
            if member.name.lower() in _WRAPPERS or (words and words[-1] == noun) or len(whole.members) == 1:
                return Layout(media_type=media_type, shape=member.shape, whole=whole, resource_at=(member.name,))
    return Layout(media_type=media_type, shape=whole, whole=whole)


def identity_member(shape: Shape, variable: str, noun: str) -> tuple[str, ...] | None:
    """Return where a resource has what a path calls by a variable: its `id`, its `number`, its `metadata.name`.

    `None` if no member can be that.
    """
    return next(iter(identity_members(shape, variable, noun)), None)


def identity_members(shape: Shape, variable: str, noun: str) -> list[tuple[str, ...]]:
    """Return where a resource may have what a path calls by a variable, the likeliest first."""
    known: list[tuple[str, ...]] | None = shape.notes.get(("identities", variable, noun))
    if known is None:
        known = shape.notes["identities", variable, noun] = _identity_members(shape, variable, noun)
    return known


_EITHER = re.compile(r"\b(id|uuid|key|number|name|slug)s? or (?:the )?(id|uuid|key|number|name|slug|login|username)\b")


def keys_taken(entry: Entry, variable: str, shape: Shape, noun: str) -> list[tuple[str, ...]]:
    """Return where a resource has what its path may name it by, where the path takes one or the other: "ID or name"."""
    for parameter in entry.operation.parameters_in("path"):
        said = f"{' '.join(words_of(parameter.name))}; {parameter.description[:200]}".lower()
        if parameter.name == variable and (either := _EITHER.search(said)) is not None:
            words = {(either[1],), (either[2],)}
            return [member for member in identity_members(shape, "", noun) if words_of(member[-1])[-1:] in words]
    return []


def _identity_members(shape: Shape, variable: str, noun: str) -> list[tuple[str, ...]]:
    members = {member.name: member for member in _all_members(shape) if not member.inner}
    by_words = {words_of(name): name for name in reversed(members)}
    words, own = words_of(variable), words_of(noun)
    candidates = [words]
    if len(words) > 1:
        candidates += [words[len(own) :]] if own and words[: len(own)] == own else []
        candidates.append(words[-1:])
    found: list[tuple[str, ...]] = [
        (by_words[candidate],) for candidate in candidates if candidate and candidate in by_words
    ]
    nested = next((member for member in _all_members(shape) if member.name == "metadata" and member.inner), None)
    if nested is not None and any(member.name == "name" for member in nested.shape.members):
        found.append(("metadata", "name"))
    found += [(by_words[(name,)],) for name in _IDENTITIES if (name,) in by_words]
    # `CustomerID` of a customer, where there is nothing shorter.
    found += [(text,) for parts, text in by_words.items() if parts[-1:] == ("id",) and parts[:-1] == own]
    return list(dict.fromkeys(found))


def _all_members(shape: Shape) -> list[Member]:
    members = list(shape.members)
    for branch in shape.choice[:8]:
        members += [member for member in branch.members if member.name not in {known.name for known in members}]
    return members
