"""The facts of a provider: version, servers, authentication, licence, contact, links, as its description gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playground.catalog.model import Provider
from playground.text.wording import say

_MOST_SERVERS = 6
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem:
    """One value of a fact; `url` makes it a link, `note` is shown beside it.

    `ours` tells that the text is not the description's.
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
    servers = [FactItem(text=server.url, code=True, note=_shortened(server.description)) for server in provider.servers]
    more = len(servers) - _MOST_SERVERS
    if more > 0:
        servers = [*servers[:_MOST_SERVERS], FactItem(text=say("and %(num)s more", num=more), ours=True)]
    schemes = [
        FactItem(text=security_scheme.name, note=_kind(security_scheme.type, security_scheme.scheme))
        for security_scheme in provider.security_schemes
    ]
    docs = provider.external_docs
    facts = (
        (say("Version"), [FactItem(text=_shortened(provider.version))] if provider.version else []),
        (say("Server") if len(servers) == 1 else say("Servers"), servers),
        (say("Authentication"), schemes),
        (say("Licence"), _licence(provider.license)),
        (say("Contact"), _contact(provider.contact)),
        (
            say("Documentation"),
            [FactItem(text=_shortened(docs.description) or docs.url, url=web_url(docs.url))] if docs else [],
        ),
        (
            say("Links"),
            [FactItem(text=_shortened(link.description) or link.url, url=web_url(link.url)) for link in provider.links],
        ),
    )
    return tuple(Fact(label=label, items=tuple(items)) for label, items in facts if items)


def _licence(licence: Mapping[str, Any]) -> list[FactItem]:
    name, url = _text(licence, "name") or _text(licence, "identifier"), web_url(_text(licence, "url"))
    return [FactItem(text=name or url, url=url)] if name or url else []


def _contact(contact: Mapping[str, Any]) -> list[FactItem]:
    name, url, email = _text(contact, "name"), web_url(_text(contact, "url")), _text(contact, "email")
    items = [FactItem(text=name or url, url=url)] if name or url else []
    if email:
        plain = email.count("@") == 1 and email.isprintable() and not set(email) & set(' ?&<>"')
        items.append(FactItem(text=email, url=f"mailto:{email}" if plain else ""))
    return items


def _text(mapping: Mapping[str, Any], key: str) -> str:
    value = mapping.get(key)
    return _shortened(value) if isinstance(value, str) else ""


def _shortened(text: str) -> str:
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
