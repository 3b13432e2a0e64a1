"""Lists of providers as cards, one for each provider or namespace of a level; deeper levels are behind their cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.store import ProviderSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One provider, or a namespace: a name that only begins the names of providers (`google` of `google/books`).

    `apis` counts the providers below the name; a namespace counts their operations as its own.
    """

    name: str
    title: str
    summary: str = ""
    version: str = ""
    operations: int = 0
    apis: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of a provider's name; `name` is a provider or a namespace, so it has a page."""

    name: str
    title: str


def card(provider: ProviderSummary, apis: int = 0) -> Card:
    """Return the card of a provider that has `apis` others below it."""
    return Card(
        name=provider.name,
        title=provider.title,
        summary=provider.summary,
        version=provider.version,
        operations=provider.operations,
        apis=apis,
    )


def cards_below(providers: Sequence[ProviderSummary], above: str = "") -> tuple[Card, ...]:
    """Return the cards one level below `above` (the top level if empty), by name.

    A namespace that holds a single provider is no level of its own: the provider's card takes its place.
    """
    start = len(above) + 1 if above else 0
    levels: dict[str, list[ProviderSummary]] = {}
    for provider in providers:
        levels.setdefault(provider.name[start:].split("/", 1)[0], []).append(provider)
    return tuple(_level(above + "/" * bool(above) + step, members) for step, members in sorted(levels.items()))


def _level(name: str, members: list[ProviderSummary]) -> Card:
    own = next((provider for provider in members if provider.name == name), None)
    if own is not None:
        return card(own, len(members) - 1)
    if len(members) == 1:
        return card(members[0])
    titles = list(dict.fromkeys(provider.title for provider in members))
    summary = ", ".join(titles[:4]) + (" …" if len(titles) > 4 else "")
    operations = sum(provider.operations for provider in members)
    return Card(name=name, title=name, summary=summary, operations=operations, apis=len(members))


def crumbs_above(name: str, parent: ProviderSummary | None) -> tuple[Crumb, ...]:
    """Return the steps above a provider's name, outermost first; `parent` is the nearest one that is a provider."""
    parts = name.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    return tuple(
        Crumb(name=step, title=parent.title if parent and step == parent.name else step.rsplit("/", 1)[-1])
        for step in above
    )
