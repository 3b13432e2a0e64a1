"""The sandbox as a server: a request for an API becomes an answer from its description and what its visitor made."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playground import jsontext
from playground.catalog.model import Entry
from playground.messages import HTTPRequest, HTTPResponse
from playground.sandbox.answering import READING, Answering
from playground.sandbox.negotiate import Preferences
from playground.sandbox.reply import Reply
from playground.sandbox.routes import Match, Routes
from playground.sandbox.served import served_document
from playground.sandbox.source import RouteTables, Source
from playground.store.cache import RecentlyUsed
from playground.store.errors import StoreError
from playground.store.sandbox_redis import open_state
from playground.store.sandbox_session import Session
from playground.store.sandbox_state import SandboxState
from playground.values.draw import today

log = logging.getLogger("playground.sandbox")

ADDRESS = "/sandbox/"
"""Where the sandbox has its address on a site; the provider's name follows."""
MOST_ANSWERS = 24_000_000
"""Bytes of answers that are kept to be given again."""
_OVERHEAD = 1500
"""Bytes that an answer takes beside its content, about."""
MOST_MADE_UP = 6_000_000
"""Characters of made-up resources, as JSON has them, that are kept to be shown again."""
LONGEST_VISITOR = 64
"""Characters of a visitor's key; a longer one is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request for an operation.

    `path` is encoded and begins where the templates do, `base` is the address before it. `visitor` is whose resources
    it is about, empty for nobody's. `lenient` lets a request without any credential pass; `described_only` never
    refuses with a status that the operation does not describe.
    """

    entry: Entry
    request: HTTPRequest
    path: str
    base: str = ""
    visitor: str = ""
    lenient: bool = False
    described_only: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to in an API: the operation and the path below its servers' own, or the methods there are."""

    entry: Entry | None
    path: str
    methods: tuple[str, ...] = ()


class Sandbox:
    """Answers for every API of a catalogue. Never raises for what a stranger sends or describes."""

    def __init__(self, source: Source, state: Path | None = None, *, redis_url: str | None = None) -> None:
        """Answer from a catalogue's descriptions; what visitors make is kept in the file `state`, or nowhere.

        With `redis_url` it is kept there, for several replicas, and the file is a copy.
        """
        self.source = source
        self._path = state
        self._redis_url = redis_url
        self._state: SandboxState | None = None
        self._lock = threading.Lock()
        self._tables = RouteTables(source)
        self._answers = RecentlyUsed[tuple[bytes, tuple[int, int]], HTTPResponse](MOST_ANSWERS, MOST_ANSWERS // 100)
        self.made_up = RecentlyUsed[Hashable, Any](MOST_MADE_UP, MOST_MADE_UP // 100)
        self._described: tuple[tuple[str, str, str], bytes] | None = None

    @property
    def state(self) -> SandboxState | None:
        """What visitors make, opened when it is first asked for; `None` where nothing can be kept."""
        if self._state is None and self._path is not None:
            self._open()
        return self._state

    def _open(self) -> None:
        with self._lock:
            if self._state is not None or self._path is None:
                return
            try:
                self._state = open_state(self._path, self._redis_url)
            except StoreError as error:
                log.warning("the sandbox keeps nothing: %s", error)
                self._path = None

    def close(self) -> None:
        """Close what is open."""
        if self._state is not None:
            self._state.close()

    def find(self, provider: str, request: HTTPRequest, path: str) -> Found:
        """Return the operation of a request, with or without the path of a described server before its own."""
        routes, prefixes = self._tables.of(provider)
        best = Match(None)
        for prefix in ("", *prefixes):
            if prefix and not path.startswith(prefix + "/") and path != prefix:
                continue
            below = path[len(prefix) :] or "/"
            match = routes.match(request, below)
            if match.route is not None:
                return Found(self.source.entry(provider, match.route.name), below)
            best = match if match.methods and not best.methods else best
        return Found(None, path, best.methods)

    def respond(self, call: Call) -> Reply:
        """Answer a request."""
        started = time.perf_counter()
        preferences = Preferences.of(call.request.headers)
        reply = self._answered(call, preferences)
        duration = (time.perf_counter() - started) * 1000
        response = replace(reply.response, duration_ms=duration, timings=(("sandbox", duration),))
        failure = preferences.failure if preferences.failure != "rate-limit" else None
        return replace(reply, response=response, delay=preferences.delay / 1000, failure=failure)

    def _answered(self, call: Call, preferences: Preferences) -> Reply:
        """Return the answer that the same request had lately if nothing has changed, else work it out."""
        revision = None if self._changes(call) else self._revision(call)
        if revision is None:
            return Answering(self, call, preferences).reply()
        key = self._asked(call), revision
        known = self._answers.get(key)
        if known is not None:
            return Reply(response=known)
        reply = Answering(self, call, preferences).reply()
        response = reply.response
        # What was changed meanwhile may be in the answer, and a visitor who was unknown before has resources now.
        if reply.pieces is None and response.status < 500 and self._revision(call) == revision:
            self._answers.put(key, response, len(response.body) + _OVERHEAD)
        return reply

    def _changes(self, call: Call) -> bool:
        return self._keeps_for(call.visitor) and call.request.method.upper() not in READING

    def _keeps_for(self, visitor: str) -> bool:
        return 0 < len(visitor) <= LONGEST_VISITOR and self.state is not None

    def _asked(self, call: Call) -> bytes:
        """Return a digest of all that an answer depends on, but for what the visitor keeps."""
        request, entry = call.request, call.entry
        name = entry.provider.name
        parts = [self.source.generation(name), name, entry.operation.name, request.method, request.url, call.path,
                 call.base, call.lenient, call.described_only, today().date()]  # fmt: skip
        digest = hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16)
        digest.update(repr(request.headers.pairs).encode("utf-8", "surrogatepass"))
        for piece in request.content.pieces():
            digest.update(piece)
        return digest.digest()

    def _revision(self, call: Call) -> tuple[int, int] | None:
        """Return what changes with all that the visitor keeps; `None` where that cannot be read."""
        if not self._keeps_for(call.visitor):
            return 0, 1
        try:
            with self.session(call.visitor, call.entry.provider.name, writing=False) as session:
                return session.revision
        except StoreError:
            return None

    def description(self, provider: str, address: str) -> bytes:
        """Return the description as it is served at an address; empty where its text is not kept."""
        key = provider, self.source.generation(provider), address
        known = self._described
        if known is None or known[0] != key:
            document = served_document(self.source, provider, address)
            known = self._described = key, b"" if document is None else jsontext.encode(document)
        return known[1]

    def routes(self, provider: str) -> Routes:
        """Return an API's routes."""
        return self._tables.of(provider)[0]

    @contextmanager
    def session(self, visitor: str, provider: str, *, writing: bool) -> Iterator[Session]:
        """Give what a visitor keeps of an API; of nobody, or without a place to keep it, an empty one."""
        state = self.state if self._keeps_for(visitor) else None
        if state is None:
            yield Session.empty(today().timestamp())
            return
        with (state.writing if writing else state.reading)(visitor, provider) as session:
            yield session
