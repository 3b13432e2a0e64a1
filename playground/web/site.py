"""The running site, which every view needs: its settings, its catalogue, its addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app, request, url_for
from flask.globals import request_ctx

from playground.catalog.model import Entry
from playground.web.timing import step

if TYPE_CHECKING:
    from playground.answers.keep import Keep
    from playground.config import Settings
    from playground.gateway.context import CallContext
    from playground.imports.watch import Watching
    from playground.store import Store
    from playground.transport.addresses import Endpoint

READER_SITE = "playground.reader_site"
"""The key in a request's environment under which the site is as its reader sees it."""
READER = "playground.reader"
"""The key in a request's environment under which its reader is, where readers are told apart."""
OWN_SITE = "playground.own_site"
"""The key in a request's environment under which a visitor's own site is."""


_context = request_ctx._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001
"""The request's context without a proxy: a page asks for its site some dozens of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One running site: how it is configured, what it serves, what it may send and where it listens itself."""

    calls: CallContext
    """What calls are made with: settings, the operator's keys and rules, limits, our own endpoints."""
    store: Store
    answers: Keep
    """Where answers are kept for some minutes."""
    inside: bool = False
    """Whether it is mounted inside the application that is its API: where it listens is then what it calls."""
    main_root: str | None = None
    """In a visitor's own site: the path of the site that it belongs to."""
    alone: bool = False
    """Whether this is the gateway without the site around it."""
    watcher: Watching | None = None
    """What watches the descriptions, where they are watched."""
    look: str = ""
    """A digest of the operator's branding: a part of the key of every cached page."""

    @property
    def settings(self) -> Settings:
        """The operator's settings."""
        return self.calls.settings


def attach_site(app: Flask, site: Site) -> None:
    """Give the application its site."""
    app.extensions["playground"] = site


def this_site() -> Site:
    """Return the site that answers this request: the visitor's own below `/added/`, where visitors may add."""
    try:
        environ = _context().request.environ
    except RuntimeError:  # outside a request
        environ = {}
    site = environ.get(OWN_SITE) or environ.get(READER_SITE) or current_app.extensions["playground"]
    return cast("Site", site)


def entry_at(path: str) -> Entry:
    """Return the operation that a path names. Raises `StoreError`."""
    store = this_site().store
    with step("catalogue"):
        return store.entry(*store.locate(path))


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of a page; without it the whole page is the answer."""
    return request.headers.get("HX-Request") == "true"


# A list of operations asks for fifty addresses; Werkzeug's `url_for` takes longer for them than the search they list.
@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    return quote(path, safe="!$&'()*+,/:;=@")


def provider_url(provider: str) -> str:
    """Return the address of a provider's page."""
    return f"{request.script_root}/providers/{_quoted(provider)}"


def operation_url(provider: str, operation: str, action: str = "") -> str:
    """Return the address of an operation's page, or of one of its actions (`snippet`, `send`, `field`)."""
    return provider_url(f"{provider}/{operation}") + (f"/{action}" if action else "")


def route_url(endpoint: str) -> str:
    """Return the address of a route that has no arguments: an answer with its views asks for twenty."""
    routes: dict[str, str] = current_app.extensions.setdefault("routes", {})
    if endpoint not in routes:
        routes[endpoint] = url_for(endpoint).removeprefix(request.script_root)
    return f"{request.script_root}{routes[endpoint]}"


def event_url(provider: str, which: Sequence[tuple[str, str]]) -> str:
    """Return the address where an event is composed: of a `webhook`, or of an `operation`'s `callback` and `method`."""
    return f"{request.script_root}/events/{_quoted(provider)}?{urlencode(which)}"


def embed_url(provider: str, operation: str) -> str:
    """Return the address of an operation's page for an iframe."""
    return url_for("embed.show", path=f"{provider}/{operation}")


def frame_parents() -> tuple[str, ...]:
    """Return the origins that may know the height of a frame, patterns among them; `'self'` is our own origin."""
    own = request.host_url.rstrip("/")
    return tuple(
        own if frame_ancestor == "'self'" else frame_ancestor
        for frame_ancestor in this_site().settings.frame_ancestors
        if frame_ancestor != "'none'"
    )


def site_url() -> str:
    """Return the address of this site as the visitor sees it, without a slash at its end."""
    return request.url_root.rstrip("/")


def embedded_gateway() -> str:
    """Return the URL of the embedded gateway as the visitor sees this site."""
    return site_url() + "/gateway"


def is_embedded(url: str) -> bool:
    """Tell whether a typed URL is this site's own gateway, also when it spells loopback another way than the page."""
    from playground.transport.egress import same_origin  # what serves the sandbox alone calls nothing

    ours, typed = urlsplit(embedded_gateway()), urlsplit(url.rstrip("/"))
    return typed.path == ours.path and not typed.query and same_origin(url, embedded_gateway())


def sends_itself() -> bool:
    """Tell whether this process calls APIs: not a site whose operator named another gateway for that."""
    site = this_site()
    return site.alone or site.settings.gateway_url is None or is_embedded(site.settings.gateway_url)


def own_addresses() -> tuple[Endpoint, ...]:
    """Return where this process listens, as far as it or its server knows: no API to call."""
    known = this_site().calls.own_addresses
    if this_site().inside:
        return known
    connection = request.environ.get("gunicorn.socket")
    here = connection.getsockname() if connection is not None else None
    return (*known, (here[0], here[1])) if isinstance(here, tuple) else known  # else the socket is a file


def prefilled_gateway() -> str:
    """Return what the gateway field starts with."""
    return this_site().settings.gateway_url or embedded_gateway()


def package_url(provider: str) -> str:
    """Return where npm installs a provider's generated package from."""
    return _package_url(request.root_url, provider)


@lru_cache(maxsize=1024)  # Werkzeug takes a tenth of a snippet's time for it
def _package_url(_: str, provider: str) -> str:
    return url_for("sdk.package", provider=provider, _external=True)


def redirect_uri() -> str:
    """Return where authorization servers send visitors back to: what has to be registered with them."""
    return url_for("oauth.callback", _external=True)
