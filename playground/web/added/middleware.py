"""A visitor's own site below `/added/<key>/`: the same application, with another catalogue behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.sandbox.service import Sandbox
from playground.store import Store
from playground.web.added.keep import AddedKeep, key_of
from playground.web.site import OWN_SITE, READER_SITE, Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COOKIE = "playground_added"
_PLACE = re.compile(r"/added/([0-9a-f]{24})(/.*)?", re.DOTALL)
_OAUTH = "/oauth/"


def token_in(header: str) -> str:
    """Return the visitor's token in a Cookie field, empty where there is none."""
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel is not None else ""


class OwnSites:
    """Leads requests below `/added/<key>/` to the visitor's own site, if the visitor's cookie proves it is theirs."""

    def __init__(self, inner: WSGIApplication, site: Site, keep: AddedKeep, state_file: Callable[[Path], Path]) -> None:
        """`state_file` says where the sandbox of a catalogue keeps its things."""
        self._inner = inner
        self._site = site
        self._keep = keep
        self._state_file = state_file
        self._sandboxes: dict[str, tuple[Store, Sandbox]] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the visitor's own site, or as the application does: there is nothing then."""
        place = _PLACE.fullmatch(environ.get("PATH_INFO", ""))
        if place is None or key_of(token_in(environ.get("HTTP_COOKIE", ""))) != place[1]:
            return self._inner(environ, start_response)
        store = self._keep.store(place[1])
        path = place[2] or "/"
        local = self._site.settings.local
        if store is None or (path.startswith(_OAUTH) and not local):
            # A stranger's description names no address of an authorization server that we would ask.
            return self._inner(environ, start_response)
        root = environ.get("SCRIPT_NAME", "")
        # A reader who sees less of the site has less of it here too.
        site: Site = environ.get(READER_SITE) or self._site
        calls = replace(site.calls, sandbox=self._sandbox(place[1], store), unvetted=not local)
        own = replace(site, store=store, calls=calls, main_root=root, watcher=None)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            control = [value for name, value in headers if name.lower() == "cache-control"]
            public = [value.replace("public", "private") for value in control] or ["private, no-cache"]
            return start_response(status, [*kept, ("Cache-Control", public[0])], exc_info)

        return self._inner(
            {**environ, "SCRIPT_NAME": f"{root}/added/{place[1]}", "PATH_INFO": path, OWN_SITE: own}, start
        )

    def _sandbox(self, key: str, store: Store) -> Sandbox:
        known = self._sandboxes.get(key)
        if known is not None and known[0] is store:
            return known[1]
        sandbox = Sandbox(store, self._state_file(store.path))
        if len(self._sandboxes) >= 64:
            self._sandboxes.pop(next(iter(self._sandboxes)))
        self._sandboxes[key] = (store, sandbox)
        return sandbox
