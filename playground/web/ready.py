"""Pages that are ready: cached ones are answered again before the application sees the request.

What the application answered with a page of its cache is kept as it was sent, and given to the next same request, as
long as the catalogue is the same: asking for its revision is all that such an answer waits for. A request that brings
more than a reader's browser does to find a page (a credential, an origin, a range, a body) reaches the application.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import Flask, Response, request
from werkzeug.http import http_date, parse_cookie

from playground.store import StoreError
from playground.web.encodings import chosen_encoding
from playground.web.i18n.languages import COOKIE, languages_of, negotiate
from playground.web.logs import log_answer, request_id_of
from playground.web.metrics import CacheName, counts_of, route_name
from playground.web.owner.record import OPENED, Recorder
from playground.web.site import OWN_SITE, READER_SITE, Site, this_site
from playground.web.timing import Stopwatch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NOTE = "playground.ready"
"""The key in a request's environment under which the application says that its answer is such a page."""
MOST_PAGES, MOST_BYTES = 2_000, 12_000_000
_LONGEST = 300
"""Characters of a field or query that can be a part of a key."""
_UNUSUAL = (
    "HTTP_AUTHORIZATION", "HTTP_ORIGIN", "HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE", "HTTP_TRANSFER_ENCODING", OWN_SITE, READER_SITE,
)  # fmt: skip
_ANEW = frozenset({"date", "x-request-id", "server-timing"})
"""The fields of an answer that each request has of its own."""
Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the application says of an answer: of which cache it is, and the state of the catalogue it was drawn in.

    `opened` is the operation whose page it is.
    """

    cache: CacheName
    site: Site
    revision: str
    route: str
    path: str
    etag: str
    body: bytes
    opened: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadyPage:
    note: Note
    status: str
    fields: tuple[tuple[str, str], ...]

    @property
    def body(self) -> bytes:
        return self.note.body if self.status.startswith("200") else b""


def note_ready(cache: CacheName, response: Response, body: bytes) -> None:
    """Say that this answer to the request, a page of a cache, is the same until the catalogue changes.

    Called inside the snapshot that the page was drawn in.
    """
    site = this_site()
    request.environ[NOTE] = Note(
        cache=cache,
        site=site,
        revision=site.store.revision(),
        route=route_name(),
        path=request.path,
        etag=response.headers["ETag"],
        body=body,
        opened=request.environ.get(OPENED),
    )


class ReadyPages:
    """A WSGI application that answers with what the one inside it answered before."""

    def __init__(self, app: Flask, inner: WSGIApplication, slow: float) -> None:
        """`slow`: see `log_requests`."""
        self._app = app
        self._inner = inner
        self._slow = slow
        self._pages: OrderedDict[Key, _ReadyPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._tag = lru_cache(maxsize=512)(self._negotiated)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a page that is ready, else as the application does."""
        stopwatch = Stopwatch()
        key = self._key(environ)
        if key is None:
            return self._inner(environ, start_response)
        page = self._find(key, environ.get("HTTP_IF_NONE_MATCH"))
        if page is None:
            return self._inner(environ, self._keeping(key, environ, start_response))
        identifier = request_id_of(environ.get("HTTP_X_REQUEST_ID", ""))
        seconds = stopwatch.elapsed()
        start_response(
            page.status,
            [
                *page.fields,
                ("Date", http_date()),
                ("X-Request-ID", identifier),
                ("Server-Timing", f"total;dur={seconds * 1000:.1f}"),
            ],
        )
        note = page.note
        counts, status = counts_of(self._app), int(page.status[:3])
        counts.add_page(note.cache, hit=True)
        counts.add("GET", note.route, status, seconds, seconds)
        recorder: Recorder | None = self._app.extensions.get("owner")
        if recorder is not None and note.opened is not None:
            recorder.count(*note.opened, "opened")
        log_answer("GET", note.path, status, identifier, stopwatch, self._slow)
        return [page.body]

    def _key(self, environ: WSGIEnvironment) -> Key | None:
        """Return all that such an answer depends on beside the catalogue; `None` for what the application answers."""
        if environ["REQUEST_METHOD"] != "GET" or environ.get("CONTENT_LENGTH", "0") not in ("", "0"):
            return None
        for name in _UNUSUAL:
            if name in environ:
                return None
        host, query = environ.get("HTTP_HOST", ""), environ.get("QUERY_STRING", "")
        accepted, cookie = environ.get("HTTP_ACCEPT_LANGUAGE", ""), environ.get("HTTP_COOKIE", "")
        if not host or max(len(host), len(query), len(accepted)) > _LONGEST:
            return None
        chosen = parse_cookie(cookie).get(COOKIE, "")[:_LONGEST] if COOKIE in cookie else ""
        return (
            environ["wsgi.url_scheme"],
            host,
            environ.get("SCRIPT_NAME", ""),
            environ.get("PATH_INFO", ""),
            query,
            environ.get("HTTP_HX_REQUEST") == "true",
            chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
            self._tag(chosen, accepted),
        )

    def _negotiated(self, chosen: str, accepted: str) -> str:
        return negotiate(languages_of(self._app), chosen, accepted).tag

    def _find(self, key: Key, known: str | None) -> _ReadyPage | None:
        """Return the page of a key if the catalogue is still the same; without its bytes if the browser has it."""
        if known is not None:
            key = (*key, known)
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            self._pages.move_to_end(key)
        site: Site = self._app.extensions["playground"]
        try:
            is_same = page.note.site is site and page.note.revision == site.store.revision()
        except StoreError:
            return None
        return page if is_same else None

    def _keeping(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
        def start(status: str, fields: list[tuple[str, str]], exc_info: Any = None) -> Any:
            note: Note | None = environ.get(NOTE)
            if note is not None and exc_info is None and status[:3] in ("200", "304") and note.site.watcher is None:
                known = environ.get("HTTP_IF_NONE_MATCH")
                if status.startswith("200"):
                    self._keep(key, note, status, fields)
                elif known == note.etag:
                    self._keep((*key, known), note, status, fields)
            return start_response(status, fields, exc_info) if exc_info else start_response(status, fields)

        return start

    def _keep(self, key: Key, note: Note, status: str, fields: list[tuple[str, str]]) -> None:
        if any(name.lower() == "set-cookie" for name, _ in fields):
            return
        same = tuple((name, value) for name, value in fields if name.lower() not in _ANEW)
        page = _ReadyPage(note=note, status=status, fields=same)
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += len(page.body) - (0 if before is None else len(before.body))
            self._pages[key] = page
            while self._bytes > MOST_BYTES or len(self._pages) > MOST_PAGES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)
