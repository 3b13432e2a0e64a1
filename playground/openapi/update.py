"""Compiling only what has changed in a document since the catalogue was made from an earlier state of it.

An operation depends on its path item, on what is shared, and on the names of schemas, not on what these say: a changed
schema is one definition to be compiled again. What cannot be settled piece by piece is left to a whole compilation.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from playground.catalog.model import Operation, Provider, Schema, Tag
from playground.openapi.compile import Compilation, CompileOptions
from playground.openapi.document import DocumentReader
from playground.openapi.operations import UniqueNames, described_name
from playground.openapi.outline import (
    Outline,
    Pieces,
    Place,
    changed_items,
    changed_names,
    is_bare,
    lacks_names,
    links_of,
    odd_places,
    outline_of,
    place_of,
)
from playground.openapi.parse import Tokens
from playground.openapi.pointers import FILES, fragment_tokens
from playground.openapi.problems import Problem
from playground.openapi.provider import group_paths, with_used_tags
from playground.openapi.references import BrokenReferenceError
from playground.openapi.values import text
from playground.openapi.versions.base import identify

_LARGEST_SHARE = 0.5
"""If more of the path items have changed, a whole compilation is as quick."""
DYNAMIC = b'"$dynamicRef"'
Key: TypeAlias = tuple[str, str]
"""Method and path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The catalogue's state: name, first tag and whether hidden of each operation, the definitions' names."""

    outline: Outline
    operations: Mapping[Key, tuple[str, str, bool]]
    definitions: Set[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An operation that is as before; its tags as they are now, those of the grouping by paths included."""

    method: str
    path: str
    name: str
    operation_id: str
    tags: tuple[str, ...]
    hidden: bool

    @property
    def key(self) -> str:
        """The operation's identity in its document: `METHOD path`."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What differs from the catalogue's state; all operations in order. `webhooks` is `None` where they are as before.

    `problems` are those of what was compiled. With `same_names` the names, ids and tags of all operations are as
    before, and those of the kept ones are not told.
    """

    provider: Provider
    operations: tuple[Operation | Kept, ...]
    definitions: Mapping[str, Schema]
    webhooks: tuple[Operation, ...] | None
    outline: Outline
    problems: tuple[Problem, ...]
    same_names: bool = False


@dataclass(frozen=True, slots=True)
class _Described:
    """An operation as the document describes it now, not compiled."""

    method: str
    path: str
    name: str
    operation_id: str
    tags: tuple[str, ...]


def update_document(
    document: Mapping[str, Any],
    known: Known,
    options: CompileOptions,
    *,
    refused: Mapping[str, str] | None = None,
    repeated: Iterable[Tokens] = (),
) -> Update | None:
    """Return what differs from the catalogue's state, or `None` if the document is to be compiled as a whole.

    `refused` and `repeated` are as in `compile_document`. Raises `DocumentError`.
    """
    before = known.outline
    if before.whole or identify(document)[1] != before.family:
        return None
    try:
        pieces = Pieces(document)
    except TypeError:
        return None
    now = outline_of(pieces, before.family, options.mark(), before)
    if now.shared != before.shared or lacks_names(now.files, before.files):
        return None
    schemas: Iterable[str] = ()
    if now.schemas != before.schemas:
        if lacks_names(now.schemas, before.schemas):
            return None
        schemas = changed_names(pieces.schemas, now.schemas, before.schemas)
    changed = _Changed(
        items=frozenset(changed_items(pieces, now, before)),
        schemas=frozenset(schemas),
        files=frozenset(changed_names(pieces.files, now.files, before.files)),
    )
    if before.broken and (changed.schemas or changed.files or pieces.linked):
        return None
    if any(DYNAMIC in piece for piece in _changed_texts(pieces, changed)):
        return None
    items = _affected(pieces, changed) if pieces.linked else changed.items
    compilation = Compilation(document, options, refused=refused, repeated=repeated, named=False)
    try:
        return _Updating(document, known, compilation, pieces, replace(changed, items=items), now).run()
    finally:
        compilation.reader.forget()


@dataclass(frozen=True, slots=True)
class _Changed:
    items: frozenset[str]
    schemas: frozenset[str]
    files: frozenset[str]

    def holds(self, place: Place, family: str) -> bool:
        """Tell whether a place is in a piece that has changed."""
        if place[0] == "paths":
            return len(place) < 2 or place[1] in self.items
        if place[0] == FILES:
            return len(place) < 2 or place[1] in self.files
        named = 1 if place[0] == "definitions" and family == "2.0" else 2
        if named == 2 and place[:2] != ("components", "schemas"):
            return False
        # A pointer into a schema may lead through the references in it, to any other.
        return place[named] in self.schemas if len(place) == named + 1 else bool(self.schemas)


def _changed_texts(pieces: Pieces, changed: _Changed) -> Iterator[bytes]:
    yield from (pieces.items[path] for path in changed.items)
    yield from (pieces.schemas[name] for name in changed.schemas)
    yield from (pieces.files[name] for name in changed.files)


def _affected(pieces: Pieces, changed: _Changed) -> frozenset[str]:
    """Return the paths whose items have changed, or lead to path items or files that have."""
    users: defaultdict[Place, set[Place]] = defaultdict(set)
    for kind, texts in (("paths", pieces.items), (FILES, pieces.files)):
        for name, piece in texts.items():
            for place in links_of(piece):
                if place and place[0] in ("paths", FILES):
                    users[place[:2]].add((kind, name))
    rest: deque[Place] = deque(
        [*(("paths", name) for name in changed.items), *((FILES, name) for name in changed.files)]
    )
    affected: set[Place] = set(rest)
    while rest:
        for user in users[rest.popleft()] - affected:
            affected.add(user)
            rest.append(user)
    # What leads to something that is not there has a problem that a change elsewhere may have put right.
    for place, holders in users.items():
        if place[1:] and place[1] not in (pieces.items if place[0] == "paths" else pieces.files):
            affected |= holders
    return frozenset(name for kind, name in affected if kind == "paths")


class _Updating:
    """One update: finds the operations, compiles those that differ, and their definitions."""

    def __init__(
        self,
        document: Mapping[str, Any],
        known: Known,
        compilation: Compilation,
        pieces: Pieces,
        changed: _Changed,
        outline: Outline,
    ) -> None:
        self._document = document
        self._known = known
        self._pieces = pieces
        self._changed = changed
        self._outline = outline
        self._compilation = compilation
        self._places = places_of(known)

    def run(self) -> Update | None:
        described = list(
            described_operations(
                self._compilation,
                self._document,
                {path: self._item(path) for path in self._pieces.items},
                UniqueNames(),
            )
        )
        if len({(operation.method, operation.path) for operation in described}) != len(described):
            return None
        tags, groups = _tags_of(described)
        again = self._to_compile(described, tags)
        if len(again) > max(1, _LARGEST_SHARE * len(self._pieces.items)):
            return None
        compilation = self._compilation
        reader = compilation.reader
        changed = [key for key, place in self._places.items() if self._changed.holds(place, self._known.outline.family)]
        try:
            reader.schemas.expect(self._places, changed)
        except BrokenReferenceError:
            return None
        compiled: dict[Key, Operation] = {}
        for path in self._pieces.items:
            if path in again:
                for operation in compilation.operations.read_path(path, self._item(path), ((None, "paths"), path)):
                    compiled[operation.method, operation.path] = operation
        webhooks = None
        if self._outline.webhooks != self._known.outline.webhooks:
            webhooks = compilation.operations.read_webhooks()
        definitions = dict(reader.schemas.finish())
        if reader.schemas.uses_names or any(is_bare(schema) for schema in definitions.values()):
            return None
        operations: list[Operation | Kept] = []
        for found, own in zip(described, tags, strict=True):
            key = found.method, found.path
            if found.path not in again:
                operations.append(
                    Kept(
                        method=found.method, path=found.path, name=found.name, operation_id=found.operation_id,
                        tags=own, hidden=self._known.operations[key][2],
                    )
                )  # fmt: skip
            elif key in compiled:
                operations.append(replace(compiled[key], name=found.name, tags=own))
            else:
                return None
        provider = compilation.provider
        provider = replace(provider, tags=(*provider.tags, *groups))
        used = dict.fromkeys(tag for own in tags for tag in own)
        return Update(
            provider=with_used_tags(provider, used),
            operations=tuple(operations),
            definitions=definitions,
            webhooks=webhooks,
            outline=replace(
                self._outline,
                places=odd_places(reader.schemas.places(), self._outline.family),
                broken=self._known.outline.broken or reader.references.broken,
            ),
            problems=reader.problems.listed(),
        )

    def _item(self, path: str) -> Any:
        return self._document["paths"][path]

    def _to_compile(self, described: list[_Described], tags: list[tuple[str, ...]]) -> frozenset[str]:
        """Return the paths whose operations are compiled: changed ones, and those of another name or first tag."""
        again = set(self._changed.items)
        for operation, own in zip(described, tags, strict=True):
            known = self._known.operations.get((operation.method, operation.path))
            if known is None or known[0] != operation.name or self._is_regrouped(operation, own, known[1]):
                again.add(operation.path)
        return frozenset(again & self._pieces.items.keys())

    def _is_regrouped(self, operation: _Described, own: tuple[str, ...], before: str) -> bool:
        # An operation without tags of its own has the one of its group; a trait is never the first tag.
        return not operation.tags and (own[0] if own else "") != before


def described_operations(
    compilation: Compilation, document: Mapping[str, Any], items: Mapping[str, Any], names: UniqueNames
) -> Iterator[_Described]:
    """Yield the operations that path items describe, with the names they are to have; nothing is compiled."""
    # What is wrong with them is reported where they are compiled.
    aside = DocumentReader(
        document, source_url=None, limits=compilation.reader.limits, all_siblings=False, refused={}, named=False
    )
    prefix = compilation.options.strip_prefix or ""
    for path, own in items.items():
        item = aside.follow(own, None, "path") if not path.startswith("x-") else None
        if item is None:
            continue
        plain = item[0]
        if plain is not own:
            plain = plain | {key: value for key, value in own.items() if key != "$ref"}
        for method, value, _ in compilation.version.operations_of(aside, plain, None):
            followed = aside.follow(value, None, "operation")
            if followed is None:
                continue
            operation = followed[0]
            written = text(operation.get("operationId")).strip()
            operation_id = written.removeprefix(prefix) or written
            tags = operation.get("tags")
            yield _Described(
                method,
                path,
                names.take(described_name(method, path, operation_id, operation)),
                operation_id,
                tuple(dict.fromkeys(tag for tag in map(text, tags if isinstance(tags, list) else ()) if tag)),
            )


def places_of(known: Known) -> dict[str, Place]:
    """Return the place in the document of each definition that the catalogue has."""
    odd, family = known.outline.places, known.outline.family
    return {key: fragment_tokens(odd[key]) if key in odd else place_of(key, family) for key in known.definitions}


def _tags_of(described: list[_Described]) -> tuple[list[tuple[str, ...]], tuple[Tag, ...]]:
    """Return the tags of each operation, and those of a grouping by paths where none has any."""
    if any(operation.tags for operation in described):
        return [operation.tags for operation in described], ()
    names, groups = group_paths([operation.path for operation in described])
    return [(name,) if name else () for name in names], groups
