"""Where visitors' own descriptions are kept: a catalogue for each visitor, bounded in size, number and time.

A visitor is known by a random token in a cookie. The catalogue's name, which is in addresses, is a digest of the token:
an address that is passed on shows nothing to anybody else. Below `/added/<key>/` the same application answers, with
that catalogue behind it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.imports.descriptions import Description, compile_description, digest_of, pack_description, parse_source
from playground.imports.names import name_of_source
from playground.imports.sources import Source
from playground.openapi.compile import CompileOptions
from playground.openapi.parse import read_text
from playground.openapi.problems import DEFAULT_LIMITS, Limits, Problem
from playground.sandbox.service import Sandbox
from playground.store import PackedCatalog, Store, open_store
from playground.text.wording import say
from playground.web.site import OWN_SITE, READER_SITE, Site

_TOKEN = re.compile(r"[0-9a-f]{32}")
_OPEN = 64
"""Catalogues that are held open at a time."""
HOSTED_LIMITS = Limits(
    size=3_000_000, depth=100, nodes=300_000, aliases=5_000, repeated=50_000, string=500_000, operations=2_000,
    parts=50_000, files=0,
)  # fmt: skip
"""What one description of a stranger may hold."""


class AddingRefusedError(Exception):
    """A description is not taken; the text is the sentence a person reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBounds:
    """How much is kept: descriptions of one visitor, visitors, and seconds since the last one was added."""

    descriptions: int
    visitors: int
    seconds: float
    limits: Limits


OWN = AddBounds(descriptions=200, visitors=50, seconds=float("inf"), limits=DEFAULT_LIMITS)
"""On a local site visitor and operator are the same person."""
HOSTED = AddBounds(descriptions=10, visitors=500, seconds=86_400.0, limits=HOSTED_LIMITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a description: its provider's name and title, its operations counted, what is wrong with it."""

    name: str
    title: str
    operations: int
    problems: tuple[Problem, ...]


def new_token() -> str:
    """Return a new random token for a visitor."""
    return secrets.token_hex(16)


def key_of(token: str) -> str:
    """Return the name of a visitor's catalogue; empty for what is no token."""
    return hashlib.sha256(token.encode()).hexdigest()[:24] if _TOKEN.fullmatch(token) else ""


def compile_added(
    source: Source, have: Collection[str], limits: Limits, is_taken: Callable[[str], bool], most: int | None = None
) -> tuple[PackedCatalog, Added]:
    """Compile a description for a catalogue that has these providers, under a free name.

    Raises `DocumentError`, `AddingRefusedError`.
    """
    if limits is DEFAULT_LIMITS:
        description = parse_source(source)
    else:
        parsed = read_text(source.data, limits=limits)
        description = Description(
            document=parsed.document, source=source.data, digest=digest_of(source.data), repeated=parsed.repeated,
            url=source.url,
        )  # fmt: skip
    info = description.document.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    name = name_of_source(str(source.path or source.url or ""), title if isinstance(title, str) else "")
    # The same description again replaces what was added before.
    name = name if name in have else _free_name(name, is_taken)
    if most is not None and name not in have and len(have) >= most:
        raise AddingRefusedError(
            say("You have added %(most)s descriptions, as many as are kept: replace one of them.", most=str(most))
        )
    options = CompileOptions(name=name, source_url=description.url)
    compiled = compile_description(description, options, outline=False, limits=limits)
    added = Added(
        name=name, title=compiled.catalog.provider.title, operations=len(compiled.catalog.operations),
        problems=compiled.problems,
    )  # fmt: skip
    return pack_description(description, compiled, options), added


def _free_name(name: str, is_taken: Callable[[str], bool]) -> str:
    number, free = 2, name
    while is_taken(free):
        free, number = f"{name}-{number}", number + 1
    return free


@dataclass
class AddedKeep:
    """The catalogues of all visitors, in a folder that several processes may share."""

    folder: Path
    bounds: AddBounds
    _open: OrderedDict[str, Store] = field(default_factory=OrderedDict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def store(self, key: str) -> Store | None:
        """Return a visitor's catalogue, if there is one."""
        path = self._path(key)
        with self._lock:
            if not path.is_file():
                self._open.pop(key, None)
                return None
            store = self._open.get(key) or open_store(path)
            self._open[key] = store
            self._open.move_to_end(key)
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
            return store

    def add(self, token: str, source: Source, is_taken: Callable[[str], bool]) -> Added:
        """Add a description to a visitor's catalogue. Raises `DocumentError`, `AddingRefusedError`."""
        key = key_of(token)
        store = self.store(key)
        have = [provider.name for provider in store.providers()] if store is not None else []
        packed, added = compile_added(source, have, self.bounds.limits, is_taken, self.bounds.descriptions)
        with self._lock:
            self._expire()
            if not self._path(key).is_file():
                if len(list(self.folder.glob("*.sqlite"))) >= self.bounds.visitors:
                    raise AddingRefusedError(say("This site keeps no more descriptions right now: try again later."))
                open_store(self._path(key)).close()
        store = self.store(key)
        assert store is not None  # noqa: S101 - it was made above
        store.write(packed)
        self._path(key).touch()
        return added

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.sqlite"

    def _expire(self) -> None:
        """Delete the catalogues that nothing was added to for so long."""
        self.folder.mkdir(parents=True, exist_ok=True)
        now = time.time()
        for path in self.folder.glob("*.sqlite"):
            try:
                if now - path.stat().st_mtime > self.bounds.seconds:
                    self._open.pop(path.stem, None)
                    for file in self.folder.glob(f"{path.name}*"):
                        file.unlink(missing_ok=True)
            except OSError:
                continue


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
