"""Rendered pages, compressed and cached: an operation page is the same for every visitor, so it is rendered once.

The key holds everything the page depends on (the provider's generation among it), so nothing is ever invalidated.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from playground.web.metrics import CacheName, count_page


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedPage:
    """A page as stored: gzip bytes and the strong validator of the text inside."""

    etag: str
    compressed: bytes


class PageCache:
    """The most recently used pages, up to a number of compressed bytes; safe for threads."""

    def __init__(self, name: CacheName, max_bytes: int = 24_000_000) -> None:
        self._name: CacheName = name
        self._pages: OrderedDict[Hashable, CachedPage] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes
        self._lock = Lock()

    def get(self, key: Hashable, render: Callable[[], str]) -> CachedPage:
        """Return the page of that key, rendered now if it is not here."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        count_page(self._name, hit=page is not None)
        if page is not None:
            return page
        text = render().encode("utf-8", "replace")
        page = CachedPage(etag=hashlib.sha256(text).hexdigest()[:32], compressed=gzip.compress(text, 6, mtime=0))
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._bytes += len(page.compressed)
            while self._bytes > self._max_bytes:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.compressed)
        return page


def answer_page(page: CachedPage) -> AnyResponse:
    """Answer with a cached page: 304 when the browser has it, compressed when the browser takes gzip."""
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(page.compressed if small else gzip.decompress(page.compressed), mimetype="text/html")
    if small:
        response.headers["Content-Encoding"] = "gzip"
    # Two encodings are two representations, and a strong validator names one (RFC 9110, 8.8.3).
    response.set_etag(page.etag + ("-gz" if small else ""))
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)
