"""What the store answers when it is asked for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Definitions, OperationSummary
from playground.store.source import StoredPart

COUNTED = 1000
"""Matching operations are counted up to here: a common word costs no more than a rare one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSummary:
    """What a list of providers shows of one; `operations` counts them."""

    name: str
    title: str
    version: str
    summary: str
    operations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag with the number of operations under it; the empty name means operations without a tag."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagGroup:
    """Tags to be shown together; the group without a title, always the last, holds those that no group names."""

    title: str
    tags: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found, best first in each list.

    `instead` is the query that was answered where nothing fits the one typed, empty if that was answered. `total` is
    the number of operations that match, counted up to `COUNTED`.
    """

    providers: tuple[ProviderSummary, ...] = ()
    operations: tuple[OperationSummary, ...] = ()
    instead: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderVersion:
    """A version of a provider that is kept: its number, when it came, the document's own version.

    `at` are seconds since 1970. `changes` tells what changed since the version before, as JSON: keys of operations
    (`METHOD path`) that were added, removed and changed, until `Store.note_changes` puts more in its place.
    """

    number: int
    at: float
    label: str
    operations: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: keys of operations (`METHOD path`) that were added, removed or changed in themselves.

    `number` is the provider's version now; `before` the one that it replaced, 0 if there was none. Both are equal when
    nothing differs. `definitions` are the names of those that differ.
    """

    number: int
    before: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderState:
    """What an update of a provider begins at; `mark` and `outline` are as they were packed.

    `operations` gives, by method and path, an operation's name, its first tag and whether it is hidden.
    """

    generation: str
    number: int
    title: str
    mark: str
    outline: bytes
    operations: Mapping[tuple[str, str], tuple[str, str, bool]]
    definitions: Definitions
    source: tuple[StoredPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What says where an operation lies: its canonical name, method and path template."""

    name: str
    method: str
    path: str
