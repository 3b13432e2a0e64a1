"""What the store answers when it is asked for lists."""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import OperationSummary


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
class SearchResult:
    """What a search found, best first in each list."""

    providers: tuple[ProviderSummary, ...] = ()
    operations: tuple[OperationSummary, ...] = ()
