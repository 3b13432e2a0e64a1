"""Rendered pages, compressed and cached: an operation page is the same for every visitor, so it is rendered once.

The key holds everything the page depends on (the provider's generation among it), so nothing is ever invalidated.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from playground.web.encodings import Encoding, chosen_encoding, compress, decompress
from playground.web.metrics import CacheName, count_page
from playground.web.ready import note_ready
from playground.web.site import this_site

_STALE = 600
"""Seconds for which a shared cache may show a page while it asks for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPage:
    """A page as stored: the validator of its text, and its bytes in each encoding that somebody has asked for."""

    etag: str
    packed: dict[Encoding, bytes]
    grown: Callable[[int], None] = field(repr=False, compare=False)
    """Told how many bytes another encoding adds."""

    def bytes_as(self, encoding: Encoding | None) -> bytes:
        """Return the page in an encoding, made now if nobody has asked for it yet; `None` is the text itself."""
        if encoding is not None and (ready := self.packed.get(encoding)) is not None:
            return ready
        known = next(iter(self.packed))
        text = decompress(self.packed[known], known)
        if encoding is None:
            return text
        made = compress(text, encoding)
        if self.packed.setdefault(encoding, made) is made:
            self.grown(len(made))
        return made

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return sum(map(len, tuple(self.packed.values())))


class PageCache:
    """The most recently used pages, up to a number of compressed bytes; safe for threads."""

    def __init__(self, name: CacheName, max_bytes: int = 24_000_000) -> None:
        self._name: CacheName = name
        self._pages: OrderedDict[Hashable, CachedPage] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes
        self._lock = Lock()

    def get(self, key: Hashable, render: Callable[[], str], encoding: Encoding = "zstd") -> CachedPage:
        """Return the page of that key, rendered now, and compressed so, if it is not here."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        count_page(self._name, hit=page is not None)
        if page is not None:
            return page
        text = render().encode("utf-8", "replace")
        packed = {encoding: compress(text, encoding)}
        page = CachedPage(etag=hashlib.sha256(text).hexdigest()[:32], packed=packed, grown=self._grow)
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += page.size
            self._make_room()
        return page

    def answer(
        self, key: Hashable, render: Callable[[], str], mark: str = "", *, lasting: bool = True
    ) -> AnyResponse:  # fmt: skip
        """Answer with the page of that key: 304 when the browser has it, compressed as the browser likes best.

        Its first visitor waits while it is compressed, and most pages have no second one soon: it is compressed in the
        quickest way that his browser takes, and as small as can be when it is asked for again. A shared cache gets the
        time for which it may keep the page, and the `mark` that purges it. Inside a snapshot of the catalogue; a page
        that is `lasting` depends on nothing else that changes while the site runs.
        """
        accepted = request.headers.get("Accept-Encoding", "")
        encoding = chosen_encoding(accepted, quick=key not in self._pages)
        page = self.get(key, render, encoding or "zstd")
        body = page.bytes_as(encoding)
        response = Response(body, mimetype="text/html")
        if encoding is not None:
            response.headers["Content-Encoding"] = encoding
        response.set_etag(_etag(page, encoding))
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = _cache_control()
        if mark:
            response.headers["Cache-Tag"] = mark
        if lasting and encoding == chosen_encoding(accepted):
            note_ready(self._name, response, body)
        return response.make_conditional(request)

    def _grow(self, size: int) -> None:
        with self._lock:
            self._bytes += size
            self._make_room()

    def _make_room(self) -> None:
        while self._bytes > self._max_bytes and self._pages:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size


_SUFFIXES: dict[Encoding | None, str] = {None: "", "br": "-br", "zstd": "-zs", "gzip": "-gz"}


def _etag(page: CachedPage, encoding: Encoding | None) -> str:
    """Return the validator of what is sent, or of the page in the other encoding that the browser has.

    Two encodings are two representations, and a strong validator names one (RFC 9110, 8.8.3).
    """
    known = (page.etag + suffix for suffix in _SUFFIXES.values())
    return next(filter(request.if_none_match.contains_weak, known), page.etag + _SUFFIXES[encoding])


def _cache_control() -> str:
    """Set which caches may keep a page: a browser asks each time; a shared one too, unless the operator sets seconds.

    What somebody had to prove himself for is never kept by a cache that others use.
    """
    if "Authorization" in request.headers:
        return "private, no-cache"
    seconds = this_site().settings.shared_cache
    if not seconds:
        return "public, no-cache"
    return f"public, max-age=0, s-maxage={seconds:g}, stale-while-revalidate={_STALE}"


def mark_of(*names: str) -> str:
    """Return the marks by which shared caches purge a page (`Cache-Tag`): each name alone, and all of them together."""
    quoted = [quote(name, safe="") for name in names if name]
    return ",".join(dict.fromkeys((*quoted[:1], "@".join(quoted))))
