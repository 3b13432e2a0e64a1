"""Readers who are signed in: a proxy in front has authenticated them, or this site; the rules say what each sees.

A proxy names the reader in fields that are believed from its own addresses alone: the connection's peer, not what an
`X-Forwarded-For` names. Readers who have signed in here (`signin/`) bring a cookie. What a reader may not see is absent
from the catalogue that the request is answered from (`store/readers.py`), so there is no page, search, export or call
that could show it. No shared cache keeps an answer.
"""

from __future__ import annotations

import hashlib
import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask

from playground.config import Settings, SettingsError
from playground.gateway.operator import Reader, is_group
from playground.sandbox.service import Sandbox
from playground.store import ReaderStore
from playground.web.signin.cookies import SignInCookies
from playground.web.site import READER, READER_SITE, Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_GROUPS, LONGEST = 200, 200
"""Groups of a reader, and characters of a name."""
MOST_VIEWS = 64
"""Views of the catalogue that are kept at hand: one for each set of rights."""
ASSETS = "/assets/"
REFUSAL = "This site takes the name of a reader from its own proxy alone; this request came from another address.\n"
UNREADABLE = "The proxy's fields about the reader cannot be read: one name, and groups separated by commas.\n"


class ReaderError(ValueError):
    """The fields about a reader are not to be believed; `str()` is what is answered."""


class Readers:
    """A WSGI application that lets each reader see what the rules allow."""

    def __init__(
        self, app: Flask, inner: WSGIApplication, settings: Settings, state_file: Callable[[Path], Path],
        cookies: SignInCookies | None = None,
    ) -> None:  # fmt: skip
        """`state_file` says where the sandbox of a catalogue keeps its things, `cookies` who has signed in here."""
        self._app = app
        self._inner = inner
        self._settings = settings
        self._state_file = state_file
        self._fields = tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in settings.reader_headers)
        self._cookies = cookies
        self._views: OrderedDict[str, Site] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the site as the reader sees it, or refuse a name that somebody else than the proxy gives."""
        try:
            reader = self._reader(environ)
        except ReaderError as error:
            text = str(error).encode()
            fields = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"),
                      ("Content-Length", str(len(text)))]  # fmt: skip
            start_response("403 Forbidden", fields)
            return [text]
        if environ.get("PATH_INFO", "").startswith(ASSETS):
            return self._inner(environ, start_response)

        def start(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [(name, value) for name, value in fields if name.lower() not in ("cache-control", "cache-tag")]
            control = next((value for name, value in fields if name.lower() == "cache-control"), "no-cache")
            private = control if "no-store" in control else "private, no-cache"
            kept += [("Cache-Control", private), ("Vary", ", ".join(("Cookie", *self._settings.reader_headers)))]
            return start_response(status, kept, exc_info) if exc_info else start_response(status, kept)

        return self._inner({**environ, READER_SITE: self._site(reader), READER: reader}, start)

    def _reader(self, environ: WSGIEnvironment) -> Reader:
        """Return the reader of a request. Raises `ReaderError`."""
        if self._cookies is not None:
            return self._cookies.read_reader(environ.get("HTTP_COOKIE", ""))
        given = [environ.get(name, "") for name in self._fields]
        if not any(name in environ for name in self._fields):
            return Reader()
        if not self._is_proxy(environ.get("REMOTE_ADDR") or ""):
            raise ReaderError(REFUSAL)
        try:
            # WSGI hands fields on as Latin-1.
            name, groups = ((*(text.encode("latin-1").decode() for text in given), ""))[:2]
        except UnicodeError:
            raise ReaderError(UNREADABLE) from None
        listed = [group.strip() for group in groups.split(",") if group.strip()]
        # A comma in the name: the field was there twice, and one of them is not the proxy's.
        if (
            "," in name
            or len(name) > LONGEST
            or len(listed) > MOST_GROUPS
            or any(len(group) > LONGEST for group in listed)
        ):
            raise ReaderError(UNREADABLE)
        name = name.strip()
        # Who has no name has no groups: a proxy that lets strangers pass empties the name.
        # What the rules mean by a sign is no group's name.
        return Reader(name=name, groups=frozenset(group for group in listed if name and is_group(group)))

    def _is_proxy(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None)
        return any((mapped or parsed) in network for network in self._settings.reader_proxies)

    def _site(self, reader: Reader) -> Site:
        whole: Site = self._app.extensions["playground"]
        rules = whole.calls.rules
        # The lists that name this reader say all that is different for another one.
        lists = sorted(
            {limit for rule in rules.by_provider.values() for limit in (rule.readers, rule.lend) if limit is not None}
        )
        rights = [reader.is_among(limit) for limit in lists]
        if self._cookies is not None:
            rights.append(bool(reader.name))  # pages say whether somebody is signed in
        key = hashlib.sha256(repr(rights).encode()).hexdigest()[:16]
        with self._lock:
            known = self._views.get(key)
            if known is not None and isinstance(known.store, ReaderStore) and known.store.whole is whole.store:
                self._views.move_to_end(key)
                return known
        store = ReaderStore(whole.store, lambda name: rules.may_see(reader, name), key)
        sandbox = Sandbox(store, self._state_file(store.path), redis_url=self._settings.redis_url)
        calls = replace(whole.calls, operator=whole.calls.operator.of(rules, reader), sandbox=sandbox)
        site = replace(whole, store=store, calls=calls)
        with self._lock:
            self._views[key] = site
            while len(self._views) > MOST_VIEWS:
                self._views.popitem(last=False)
        return site


def add_readers(
    app: Flask, settings: Settings, state_file: Callable[[Path], Path], cookies: SignInCookies | None = None
) -> None:
    """Let readers see what the rules allow, where rules tell them apart, a proxy names them or they sign in.

    Raises `SettingsError` for fields without the proxy that may write them.
    """
    if settings.reader_headers and not settings.reader_proxies:
        raise SettingsError(
            "PLAYGROUND_READER_HEADERS needs PLAYGROUND_READER_PROXIES: write the addresses of the proxy that "
            "authenticates, for example 10.1.0.5."
        )
    site: Site = app.extensions["playground"]
    if settings.reader_headers or cookies is not None or site.calls.rules.tell_readers_apart:
        app.wsgi_app = Readers(app, app.wsgi_app, settings, state_file, cookies)  # type: ignore[method-assign]
