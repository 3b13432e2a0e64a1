"""The results of a search, and the lists of providers: all of them, those of a filter, those below a name."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import url_for

from playground.catalog.model import Entry, OperationSummary
from playground.store import OperationNotFound, ProviderNotFound
from playground.store.model import COUNTED
from playground.text.wording import say, say_many
from playground.web.catalogue.cards import Card, card, cards_below, crumbs_above
from playground.web.catalogue.contexts import CardList, PaletteStart, ProvidersPage, SearchPage
from playground.web.owner.record import note_search
from playground.web.site import provider_url, this_site

PER_PAGE = 60
"""Cards that a list of providers shows at once."""
ON_HOME = 12
"""Providers on the home page."""
BESIDE_OPERATIONS = 6
"""Providers shown above the operations that a search found."""
FOUND = 20
"""Operations that a search shows."""


def build_search(query: str, limit: int = FOUND) -> SearchPage:
    """Return the results of a query, at most `limit` operations; without a query the first providers."""
    if not query:
        return first_providers()
    # One provider more than are shown tells whether there are more.
    result = this_site().store.search(query, limit, BESIDE_OPERATIONS + 1)
    note_search(query, found=bool(result.operations or result.providers))
    more = f"{url_for('pages.providers')}?{urlencode({'q': result.instead or query})}"
    return SearchPage(
        query=query,
        cards=tuple(card(provider) for provider in result.providers[:BESIDE_OPERATIONS]),
        operations=result.operations,
        count=0,
        instead=result.instead,
        count_text=_count_text(len(result.operations), result.total),
        more_url=more if len(result.providers) > BESIDE_OPERATIONS else "",
    )


def _count_text(shown: int, total: int) -> str:
    if shown == total:
        return say_many("%(num)s operation", "%(num)s operations", total)
    if total >= COUNTED:
        return say("%(shown)s of more than %(total)s operations", shown=shown, total=COUNTED)
    return say("%(shown)s of %(total)s operations", shown=shown, total=total)


def build_start(provider: str, recent: Sequence[str], limit: int) -> PaletteStart:
    """Return what the palette offers before anything is typed; names that lead to nothing are left out."""
    store = this_site().store
    summaries: list[OperationSummary] = []
    for name in recent:
        with contextlib.suppress(ProviderNotFound, OperationNotFound):
            entry = store.entry(*store.locate(name))
            summaries.append(_summary(entry))
    title: str = ""
    operations: tuple[OperationSummary, ...] = ()
    with contextlib.suppress(ProviderNotFound):
        if provider:
            title, operations = store.provider(provider).title, store.operations(provider, limit=limit)
    return PaletteStart(recent=tuple(dict.fromkeys(summaries)), title=title, operations=operations)


def _summary(entry: Entry) -> OperationSummary:
    provider, operation = entry.provider, entry.operation
    return OperationSummary(
        provider=provider.name,
        provider_title=provider.title,
        name=operation.name,
        method=operation.method,
        path=operation.path,
        title=operation.title,
        deprecated=operation.deprecated,
    )


def first_providers() -> SearchPage:
    """Return the first providers, and the number of all."""
    providers = this_site().store.providers()
    return SearchPage(query="", cards=cards_below(providers)[:ON_HOME], operations=(), count=len(providers), instead="")


def build_list(
    cards: tuple[Card, ...], *, offset: int, query: str = "", under: str = "", instead: str = ""
) -> ProvidersPage:
    """Return one page of a list of providers, from number `offset` on; all names begin with `under`."""
    address = provider_url(under) if under else url_for("pages.providers")
    asked = {"q": query} if query else {"list": "below"} if under else {}
    left = len(cards) - offset - PER_PAGE
    return ProvidersPage(
        listed=CardList(
            cards=cards[offset : offset + PER_PAGE],
            left=left,
            more_url=f"{address}?{urlencode({**asked, 'offset': offset + PER_PAGE})}" if left > 0 else "",
        ),
        count_text=say_many("%(num)s API", "%(num)s APIs", len(cards)),
        query=query,
        instead=instead,
        under=under,
        above=crumbs_above(under, this_site().store.parent(under)) if under else (),
    )
