"""Lists of providers as cards: one card a provider or namespace at the level shown, what lies deeper behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.store import ProviderSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One provider, or a namespace, a name that only others stand below (`google` of `google/books`).

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
    """Return the card of one provider with so many others below it."""
    return Card(
        name=provider.name,
        title=provider.title,
        summary=provider.summary,
        version=provider.version,
        operations=provider.operations,
        apis=apis,
    )


def cards_below(providers: Sequence[ProviderSummary], above: str = "") -> tuple[Card, ...]:
    """Return the cards one level below `above` (the top level if empty), by name; the rest stands behind them.

    A namespace that holds a single provider is no level of its own: that provider's card stands in its place.
    """
    start = len(above) + 1 if above else 0
    levels: dict[str, list[ProviderSummary]] = {}
    for provider in providers:
        levels.setdefault(provider.name[start:].split("/", 1)[0], []).append(provider)
    return tuple(_level(above + "/" * bool(above) + step, held) for step, held in sorted(levels.items()))


def _level(name: str, held: list[ProviderSummary]) -> Card:
    own = next((one for one in held if one.name == name), None)
    if own is not None:
        return card(own, len(held) - 1)
    if len(held) == 1:
        return card(held[0])
    titles = list(dict.fromkeys(one.title for one in held))
    summary = ", ".join(titles[:4]) + (" …" if len(titles) > 4 else "")
    return Card(name=name, title=name, summary=summary, operations=sum(one.operations for one in held), apis=len(held))


def crumbs_above(name: str, parent: ProviderSummary | None) -> tuple[Crumb, ...]:
    """Return the steps above a provider's name, outermost first; `parent` is the nearest one that is a provider."""
    parts = name.split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    return tuple(
        Crumb(name=one, title=parent.title if parent and one == parent.name else one.rsplit("/", 1)[-1])
        for one in above
    )
