"""The routes of the catalogue: home, search, the list of providers, and everything below `/providers/`.

htmx gets a part of a page, anything else the whole page. Pages that depend on nothing but the catalogue are cached.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from playground.imports.earlier import find_entry
from playground.store import OperationNotFound, ProviderNotFound
from playground.text.wording import say
from playground.web.cache import PageCache
from playground.web.catalogue.cards import Card, card, cards_below
from playground.web.catalogue.changes import CHANGES_FORMS, changes_file, render_changes
from playground.web.catalogue.deep_links import follow
from playground.web.catalogue.home import build_example
from playground.web.catalogue.provider import all_groups, build_page, matches, one_group
from playground.web.catalogue.schemas import find_schemas, schemas_url, show_schemas
from playground.web.catalogue.search import build_list, build_search, build_start, first_providers
from playground.web.exports.json_documents import llms_full, source
from playground.web.exports.markdown import operation_markdown, provider_markdown
from playground.web.i18n.languages import language
from playground.web.live import live_key
from playground.web.operation import page as operation_page
from playground.web.operation.described import show_described, show_schema
from playground.web.operation.navigation import VIEW, render_part
from playground.web.owner.record import note_search
from playground.web.site import operation_url, prefilled_gateway, provider_url, this_site, wants_fragment
from playground.web.timing import step

bp = Blueprint("pages", __name__)
bp.add_app_template_global(schemas_url)
cache = PageCache("catalogue", 8_000_000)

LONGEST_QUERY = 200
RECENT, LONGEST_NAME = 8, 300
"""Operations opened lately that a browser may name, and the characters of a name."""
IN_PALETTE = 12
"""Operations that the palette offers."""


@bp.get("/")
def home() -> Response:
    """Show the home page: what this is, one operation to try, and the first providers."""
    return _cached(
        "home", lambda: render_template("catalogue/home.html", page=first_providers(), example=build_example())
    )


@bp.get("/search")
def search() -> Response:
    """Find operations and providers: a page, the results below a search field, or the options of the palette."""
    query = _query()
    if wants_fragment() and request.headers.get("HX-Target") == "palette-start":
        recent = [name for name in request.args.getlist("recent")[:RECENT] if len(name) < LONGEST_NAME]
        start = build_start(request.args.get("provider", ""), recent, IN_PALETTE)
        return _varied(render_template("catalogue/_palette_start.html", start=start))
    if wants_fragment() and request.headers.get("HX-Target") == "palette-found":
        return _varied(render_template("catalogue/_options.html", page=build_search(query, IN_PALETTE)))
    template = "_results" if wants_fragment() else "search"
    return _varied(render_template(f"catalogue/{template}.html", page=build_search(query)))


@bp.get("/providers")
def providers() -> Response:
    """List the providers, filtered by `?q=`."""
    store, query = this_site().store, _query()
    if query:
        result = store.filter_providers(query)
        note_search(query, found=bool(result.providers))
        return _varied(_list(tuple(map(card, result.providers)), query=query, instead=result.instead))
    return _cached("providers", lambda: _list(cards_below(store.providers())))


def _list(cards: tuple[Card, ...], query: str = "", under: str = "", instead: str = "") -> str:
    offset = _offset("offset")
    page = build_list(cards, offset=offset, query=query, under=under, instead=instead)
    fragment = "_cards" if offset else "_providers"
    return render_template(f"catalogue/{fragment if wants_fragment() else 'index'}.html", page=page)


@bp.get("/providers/<path:path>")
def path(path: str) -> ResponseReturnValue:
    """Show a provider or one of its operations; a provider's name may hold slashes, so the store splits the path."""
    store = this_site().store
    if path.endswith("/openapi.json"):
        return source(path.removesuffix("/openapi.json"))
    if path.endswith("/llms-full.txt"):
        return llms_full(path.removesuffix("/llms-full.txt"))
    if path.endswith("/resolve") and "link" in request.args:
        return follow(path.removesuffix("/resolve"), request.args["link"])
    with store.snapshot():  # an `add` in between must not give the new validator to the old page
        try:
            return _show(path)
        except (ProviderNotFound, OperationNotFound):
            if (shown := _changes(path)) is not None:
                return shown
            if (found := find_schemas(path)) is not None:
                return _schemas(*found)
            if store.children(path.strip("/")):
                return _namespace(path.strip("/"))
            if path.endswith(".md"):
                return _markdown(path.removesuffix(".md"))
            raise


def _show(path: str) -> ResponseReturnValue:
    store = this_site().store
    name, operation = store.locate(path)
    if not operation:
        return _provider(name)
    with step("catalogue"):
        entry, renamed = find_entry(store, name, operation)
    if renamed is not None:
        # Not for ever: the name may come back. What stands behind # goes along.
        return redirect(operation_url(name, entry.operation.name), 302)
    if f"{name}/{entry.operation.name}" != path:
        return redirect(operation_url(name, entry.operation.name), 301)
    if (key := request.args.get("schema")) is not None:
        return _varied(show_schema(entry, key))
    if (status := request.args.get("described")) is not None and wants_fragment():
        return _varied(show_described(entry, status[:20]))
    return operation_page.show(entry)


def _changes(path: str) -> Response | None:
    """Return what changed of a provider as page, Markdown or Atom feed; `None` where the path means something else."""
    name, _, last = path.rpartition("/")
    if last not in CHANGES_FORMS:
        return None
    try:
        this_site().store.provider(name)
    except ProviderNotFound:
        return None
    return _cached(last, lambda: render_changes(name)) if last == "changes" else changes_file(name, last)


def _markdown(path: str) -> Response:
    store = this_site().store
    name, operation = store.locate(path)
    return operation_markdown(store.entry(name, operation)) if operation else provider_markdown(name)


def _schemas(provider: str, name: str) -> Response:
    """Show a provider's schemas, or one of them."""
    if request.args or wants_fragment():
        return _varied(show_schemas(provider, name))
    return _cached("schemas", lambda: show_schemas(provider, name))


def _namespace(name: str) -> Response:
    """List the providers below a name, whether it is itself a provider or not."""
    below = this_site().store.children(name)
    return _cached("below", lambda: _list(cards_below(below, name), under=name))


def _provider(name: str) -> ResponseReturnValue:
    """Show one provider: all of it, one tag (`?tag=`) or the matches of a filter (`?q=`); for htmx a part."""
    if request.path.removeprefix("/providers/") != name:
        return redirect(provider_url(name), 301)
    if request.args.get("list") == "below":
        return _namespace(name)
    if wants_fragment() and request.args.get("view") == VIEW:
        return _varied(render_part(name))
    tag, query = request.args.get("tag"), _query()
    if tag is None and not query:
        return _cached("provider", lambda: _whole(name))
    part = matches(name, query, _offset("offset")) if query else one_group(name, tag or "", _offset("offset"))
    if part is None:
        raise NotFound(
            say('The provider "%(name)s" has no tag of that name: look at its list of operations.', name=name)
        )
    if not wants_fragment():
        page = build_page(this_site().store.provider(name), part)
        return _varied(render_template("catalogue/provider.html", page=page))
    if query and not _offset("offset"):
        return _varied(render_template("catalogue/_operations.html", part=part))
    fragment = "_items" if _offset("offset") else "_tag"
    group = part.sections[0].groups[0]
    return _varied(render_template(f"catalogue/{fragment}.html", group=group, base=part.base))


def _whole(name: str) -> str:
    part = all_groups(name, _offset("groups"), opened=_opens_all())
    if wants_fragment():
        fragment = "_groups" if part.offset else "_operations"
        return render_template(f"catalogue/{fragment}.html", part=part)
    return render_template("catalogue/provider.html", page=build_page(this_site().store.provider(name), part))


def _cached(kind: str, render: Callable[[], str]) -> Response:
    """Answer with a page that depends on nothing but its address, whether htmx asks, and the catalogue's state."""
    store = this_site().store
    with store.snapshot():
        key: Hashable = (
            str(store.path),
            this_site().look,
            store.revision(),
            kind,
            request.script_root,
            request.path,
            (_offset("offset"), _offset("groups"), _opens_all()),
            wants_fragment(),
            (this_site().settings.sandbox, prefilled_gateway()),  # the example on the home page shows them
            language().tag,
            live_key(),
        )
        response = cache.answer(key, render, "catalogue")
    response.vary.add("HX-Request")
    return response


def _varied(html: str) -> Response:
    response = make_response(html)
    response.vary.update(("HX-Request", "HX-Target"))
    return response


def _query() -> str:
    return request.args.get("q", "").strip()[:LONGEST_QUERY]


def _opens_all() -> bool:
    return request.args.get("open") == "all"


def _offset(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
