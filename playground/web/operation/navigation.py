"""The navigation beside an operation: the operations of its tag, the provider's other tags, and a filter.

It is drawn with the page, and in parts as its groups open, its lists go on or its filter is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from flask import current_app, render_template, request
from markupsafe import Markup

from playground.catalog.model import Entry, OperationSummary
from playground.store import OperationNotFound
from playground.text.wording import say
from playground.web.i18n.languages import language
from playground.web.operation.contexts import Navigation, NavigationPart, NavigationRest
from playground.web.site import provider_url, this_site

WINDOW = 40
"""Operations of a tag that are drawn with the page, some of them before the current one."""
BEFORE = 8
ABOVE = 4
"""Operations that stay in sight above the current one."""
OTHER_TAGS = 30
PER_FETCH = 200
"""Operations that one fetch brings."""
FILTERED_FROM = 21
"""A provider with at least this many operations has a filter."""
VIEW = "navigation"
"""The value of `view` in addresses that answer with a part of the navigation."""


def build_navigation(entry: Entry) -> Navigation:
    """Return the navigation of an operation's page: its own tag open around it, the other tags closed."""
    store, provider, name = this_site().store, entry.provider.name, entry.operation.name
    tags = store.tags(provider)
    listed = {count.name: count for count in tags}
    tag = next((tag for tag in entry.operation.tags if tag in listed), "")
    own = listed.get(tag)
    count = own.count if own is not None else 0
    place = store.operations_before(provider, name, tag)
    start = max(0, min(place - BEFORE, count - WINDOW))
    operations = store.operations(provider, tag=tag, limit=WINDOW, offset=start)
    others = tuple(other for other in tags if other.name != tag)
    total = store.parent(f"{provider}/-")
    return Navigation(
        provider=provider,
        current=name,
        title=((own.title or own.name) if own is not None else tag) or say("Operations"),
        is_described=bool(tag),
        part=replace(
            _part(provider, name, operations, tag=tag, left=count - start - WINDOW, offset=start + WINDOW),
            first=operations[place - start - ABOVE].name if ABOVE < place - start < len(operations) else "",
        ),
        all_url=_url(provider, tag=tag, current=name) if start else "",
        count=count,
        is_filtered=total is not None and total.operations >= FILTERED_FROM,
        rest=_drawn(
            NavigationRest(
                provider=provider,
                tags=others[:OTHER_TAGS],
                more_tags=max(0, len(others) - OTHER_TAGS),
                schemas=len(entry.definitions),
            ),
            language().tag,
            request.script_root,
        ),
    )


@lru_cache(maxsize=256)
def _drawn(rest: NavigationRest, tag: str, root: str) -> Markup:
    """Draw what stands below the list: it is the same beside every operation of a tag, in one language, at one root."""
    template = current_app.jinja_env.get_template("operation/_navigation_rest.html")
    drawn: Markup = template.module.drawn(rest)  # type: ignore[attr-defined]
    return drawn


@lru_cache(maxsize=4096)
def _listed(method: str, title: str, path: str) -> Markup:
    """Draw an operation in the list: it is the same beside each of its neighbours, and in every language."""
    drawn: Markup = current_app.jinja_env.get_template("macros/lists.html").module.listed(  # type: ignore[attr-defined]
        method, title, path
    )
    return drawn


def render_part(provider: str) -> str:
    """Render the part of a provider's navigation that htmx asks for: matches of `q`, a `tag`, or the list as at first.

    `current` is the name of the operation on whose page it is.
    """
    store, current = this_site().store, request.args.get("current", "")
    query, tag = request.args.get("q", "").strip()[:200], request.args.get("tag")
    if query:
        operations = store.operations(provider, query=query, limit=PER_FETCH + 1)
        part = _part(provider, current, operations[:PER_FETCH], query=query, left=len(operations) - PER_FETCH)
        return render_template("operation/_navigation_matches.html", part=part)
    if tag is None:
        try:
            navigation = build_navigation(store.entry(provider, current))
        except OperationNotFound:
            return ""
        return render_template("operation/_navigation_list.html", navigation=navigation)
    offset = _offset()
    count = next((other.count for other in store.tags(provider) if other.name == tag), 0)
    operations = store.operations(provider, tag=tag, limit=PER_FETCH, offset=offset)
    part = _part(provider, current, operations, tag=tag, left=count - offset - PER_FETCH, offset=offset + PER_FETCH)
    return render_template("operation/_navigation_items.html", part=part)


def _part(
    provider: str,
    current: str,
    operations: tuple[OperationSummary, ...],
    *,
    left: int,
    tag: str = "",
    query: str = "",
    offset: int = 0,
) -> NavigationPart:
    more_url = f"{provider_url(provider)}?{urlencode({'q': query})}" if query else ""
    if left > 0 and not query:
        more_url = _url(provider, tag=tag, current=current, offset=offset)
    repeated = _repeated(operations)
    return NavigationPart(
        listed=tuple((one, _listed(one.method, one.title, one.path * (one.title in repeated))) for one in operations),
        current=current,
        left=max(0, left),
        more_url=more_url if left > 0 else "",
        query=query,
    )


def _repeated(operations: Iterable[OperationSummary]) -> frozenset[str]:
    """Return the titles that several operations have: only their paths tell these apart."""
    counts = Counter(operation.title for operation in operations)
    return frozenset(title for title, count in counts.items() if count > 1)


def _url(provider: str, **arguments: object) -> str:
    return f"{provider_url(provider)}?{urlencode({**arguments, 'view': VIEW})}"


def _offset() -> int:
    text = request.args.get("offset", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
