"""What a process does as it starts: open the catalogue, bring it up to date, tune memory for a server."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground import bundled
from playground.config import Mode, Settings
from playground.imports.descriptions import compiler_digest, digest_of
from playground.imports.remote import RemoteCatalogue
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.store import Retention, Store, open_store, pack, renew_bundled

_GC_THRESHOLDS = (20_000, 20, 20)


def open_catalog(settings: Settings, on_wait: Callable[[], None] | None = None) -> Store:
    """Open the catalogue of the settings; `on_wait` is `open_store`'s. Raises `StoreError`, which says what to do.

    One of an older Playground that holds nothing but bundled descriptions is made again.

    One that is published at a URL is fetched first, and is what it is: bundled descriptions are not brought up to date.
    """
    if settings.catalog_url is not None:
        RemoteCatalogue(settings).prepare()
        return open_store(settings.catalog, on_wait)
    renew_bundled(settings.catalog)
    store = open_store(settings.catalog, on_wait, retention_of(settings))
    try:
        refresh_bundled(store)
    except BaseException:
        store.close()
        raise
    return store


def retention_of(settings: Settings) -> Retention:
    """Return which earlier versions of an API the settings keep."""
    return Retention(settings.versions, settings.versions_bytes)


def follow_catalog(settings: Settings) -> threading.Event:
    """Bring a published catalogue's copy up to date from now on, in a thread of its own, until the event is set."""
    ended = threading.Event()
    if settings.catalog_url is not None:
        follow = RemoteCatalogue(settings).follow
        threading.Thread(target=follow, args=(ended,), name="catalogue", daemon=True).start()
    return ended


def refresh_bundled(store: Store) -> tuple[str, ...]:
    """Write the bundled descriptions that are new or changed, and return their names.

    One that the user removed, or replaced by a description of their own, is left alone.
    """
    documents = dict(bundled.documents())
    digests = {name: digest_of(compiler_digest().encode() + data) for name, data in documents.items()}
    outdated = store.outdated(digests)
    for name in outdated:
        compiled = compile_document(parse_document(documents[name]), name=name, sandbox_first=True)
        store.write_bundled(pack(compiled.catalog, documents[name]), digests[name])
    return outdated


def mode_line(mode: Mode) -> str:
    """Return the line at start that names the mode, its reason and what it means."""
    if mode.local:
        return f"Local mode, because {mode.reason}: APIs on loopback and private addresses may be called."
    return f"Hosted mode, because {mode.reason}: no loopback or private address is called unless you opened it."


@contextmanager
def without_gc() -> Iterator[None]:
    """Let nothing be searched for cycles inside: what reads a description makes values by the million, and no cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def tune_gc() -> None:
    """Tune the garbage collector for a server: call it once, when everything is loaded.

    Drawing a page makes tens of thousands of values and hardly a cycle among them. With Python's own thresholds they
    are searched dozens of times for each page, and one answer in some hundreds waits until everything loaded has been
    searched too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
