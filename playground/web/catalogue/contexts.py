"""What the templates of the catalogue's pages are given. A test compares the names they use with the fields here."""

from __future__ import annotations

from dataclasses import dataclass

from playground.catalog.model import Operation, OperationSummary, Provider, Tag
from playground.web.catalogue.cards import Card, Crumb
from playground.web.catalogue.facts import Fact
from playground.web.operation.contexts import LiveRequest, Pasted, SnippetPane
from playground.web.operation.links import Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class CardList:
    """Cards, how many are left, and the address that continues the list (empty: none are left)."""

    cards: tuple[Card, ...]
    left: int
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidersPage:
    """`catalogue/index.html`, `_providers.html` and `_cards.html`: all providers, those of a filter, or a namespace's.

    `under` is the namespace (empty: all), `above` the steps to it, `count_text` says how many there are, `instead`
    is the query that was answered because nothing matches the typed one.
    """

    listed: CardList
    count_text: str
    query: str
    instead: str
    under: str
    above: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`catalogue/home.html`, `catalogue/search.html`, `catalogue/_results.html`, `catalogue/_options.html`.

    Without a query, `cards` are the first providers. `count` is the number of all, `instead` the query that was
    answered because nothing matches the typed one, `more_url` the list of all matching providers (empty if these are
    all). `count_text` says how many of the matching operations are shown.
    """

    query: str
    cards: tuple[Card, ...]
    operations: tuple[OperationSummary, ...]
    count: int
    instead: str
    more_url: str = ""
    count_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteStart:
    """`catalogue/_palette_start.html`: what the palette offers before anything is typed.

    `recent` are the operations that the visitor has opened lately, `operations` the first ones of the API in view, and
    `title` is that API's.
    """

    recent: tuple[OperationSummary, ...]
    title: str
    operations: tuple[OperationSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The operation on the home page that can be tried there, with what its inputs hold at first."""

    provider: str
    operation: Operation
    inputs: tuple[tuple[str, str], ...]
    pane: SnippetPane
    live: LiveRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationList:
    """Operations, how many are left, and the address that continues the list (empty: none are left)."""

    operations: tuple[OperationSummary, ...]
    left: int
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationGroup:
    """A tag and its operations; `listed` is `None` when they are fetched from `url` as the group opens."""

    name: str
    title: str
    count: int
    url: str
    description: str
    listed: OperationList | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSection:
    """Groups under one title; the title is empty where the description does not group its tags."""

    title: str
    groups: tuple[OperationGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsPart:
    """`catalogue/_operations.html` and `_groups.html` (as `part`): a provider's operations, filtered or in groups.

    `base` is where relative links point; `alone` tells that this is one group of several. The groups start at number
    `offset`; `more_groups` are left and come from `more_url`. `open_url` draws all groups open, `close_url` as at first
    (both empty where that changes nothing).
    """

    provider: str
    base: str
    count_text: str
    query: str
    sections: tuple[GroupSection, ...]
    alone: bool = False
    offset: int = 0
    more_groups: int = 0
    more_url: str = ""
    open_url: str = ""
    close_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPage:
    """`catalogue/provider.html`: one provider, with the first providers below it and the number of the others.

    `schemas` is how many it shares among its operations.
    """

    provider: Provider
    count: int
    schemas: int
    part: OperationsPart
    facts: tuple[Fact, ...]
    above: tuple[Crumb, ...]
    children: tuple[Card, ...]
    more_children: int
    webhooks: tuple[Outgoing, ...]
    more_webhooks: int
    topics: tuple[Tag, ...]
    pasted: Pasted | None = None
