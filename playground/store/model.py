"""What the store answers when it is asked for lists."""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import OperationSummary

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
    """A tag with the number of operations under it; the empty name stands for operations without a tag."""

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
class Route:
    """What says where an operation lies: its canonical name, method and path template."""

    name: str
    method: str
    path: str
