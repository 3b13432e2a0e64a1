"""Lists of providers as cards: one card a provider or namespace at the level shown, what lies deeper behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playground.catalog.model import Provider
from playground.store import ProviderSummary
from playground.text.wording import say

PER_PAGE = 60


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


_MOST_SERVERS = 6
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem:
    """One value of a fact; `url` makes it a link, `note` stands beside it.

    `ours` says that it is no text of a description.
    """

    text: str
    url: str = ""
    note: str = ""
    code: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its values."""

    label: str
    items: tuple[FactItem, ...]


def facts_of(provider: Provider) -> tuple[Fact, ...]:
    """Return the facts that the description gives, in the order of the page."""
    servers = [FactItem(text=server.url, code=True, note=_short(server.description)) for server in provider.servers]
    more = len(servers) - _MOST_SERVERS
    if more > 0:
        servers = [*servers[:_MOST_SERVERS], FactItem(text=say("and %(num)s more", num=more), ours=True)]
    schemes = [
        FactItem(text=security_scheme.name, note=_kind(security_scheme.type, security_scheme.scheme))
        for security_scheme in provider.security_schemes
    ]
    docs = provider.external_docs
    facts = (
        (say("Version"), [FactItem(text=_short(provider.version))] if provider.version else []),
        (say("Server") if len(servers) == 1 else say("Servers"), servers),
        (say("Authentication"), schemes),
        (say("Licence"), _licence(provider.license)),
        (say("Contact"), _contact(provider.contact)),
        (
            say("Documentation"),
            [FactItem(text=_short(docs.description) or docs.url, url=web_url(docs.url))] if docs else [],
        ),
        (
            say("Links"),
            [FactItem(text=_short(link.description) or link.url, url=web_url(link.url)) for link in provider.links],
        ),
    )
    return tuple(Fact(label=label, items=tuple(items)) for label, items in facts if items)


def _licence(given: Mapping[str, Any]) -> list[FactItem]:
    name, url = _text(given, "name") or _text(given, "identifier"), web_url(_text(given, "url"))
    return [FactItem(text=name or url, url=url)] if name or url else []


def _contact(given: Mapping[str, Any]) -> list[FactItem]:
    name, url, email = _text(given, "name"), web_url(_text(given, "url")), _text(given, "email")
    items = [FactItem(text=name or url, url=url)] if name or url else []
    if email:
        plain = email.count("@") == 1 and email.isprintable() and not set(email) & set(' ?&<>"')
        items.append(FactItem(text=email, url=f"mailto:{email}" if plain else ""))
    return items


def _text(given: Mapping[str, Any], key: str) -> str:
    value = given.get(key)
    return _short(value) if isinstance(value, str) else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _kind(type_: str, scheme: str) -> str:
    return scheme if type_ == "http" else type_


def web_url(url: str) -> str:
    """Return an http or https address as it is, and nothing for any other text."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc and url.isprintable() else ""
