"""What each page template is given: one dataclass a template, rendered as `page`.

A test compares the names a template uses with the fields declared here.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import OperationSummary, Provider
from playground.store.model import ProviderSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`error.html`: a title and one sentence that says what to do."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`providers/home.html`: the first providers, how many there are, whether there are more than shown."""

    providers: tuple[ProviderSummary, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidersPage:
    """`providers/index.html`: the providers that match the filter text."""

    providers: tuple[ProviderSummary, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`providers/search.html`: what was searched and found."""

    providers: tuple[ProviderSummary, ...]
    operations: tuple[OperationSummary, ...]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """A tag and its operations; `operations` is `None` when they are fetched as the group opens."""

    name: str
    title: str
    count: int
    operations: tuple[OperationSummary, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """`providers/provider.html` and its fragment `_operations.html`."""

    provider: Provider
    count: int
    found: int
    groups: tuple[OperationGroup, ...]
    query: str
    schemes: tuple[str, ...]
    license: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFragment:
    """`providers/_tag.html`: the operations of one tag."""

    operations: tuple[OperationSummary, ...]
