"""A description with its overlays: those given, those kept with it, and one that is itself the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from playground.config import Settings
from playground.imports.overlays import OverlayFile, overlay_of, read_kept
from playground.imports.sources import Source, is_url, read_file, read_source
from playground.openapi.overlay import OverlayError, is_overlay
from playground.openapi.parse import read_text
from playground.openapi.problems import DocumentError
from playground.store import ProviderNotFound, Store

_BEGINS = 4_096
"""Bytes in which an overlay says that it is one."""


def read_described(source: str, settings: Settings, root: str | None = None, overlays: Iterable[str] = ()) -> Source:
    """Return a description's bytes as `read_source` does, with its overlays.

    A source that is itself an overlay leads to the description that it extends. Raises `OverlayError` too.
    """
    read = read_source(source, settings, root)
    given = read_overlays(overlays, settings)
    if (own := _as_overlay(source, read)) is not None:
        target = own.target()
        if not target:
            raise OverlayError(f"{source} is an overlay without `extends`: give its description, and it by --overlay.")
        read, given = read_source(target, settings, root), (own, *given)
        if _as_overlay(target, read) is not None:
            raise OverlayError(f"{source} extends {target}, which is an overlay too: name its description.")
    return replace(read, overlays=given)


def read_overlays(places: Iterable[str], settings: Settings) -> tuple[OverlayFile, ...]:
    """Return overlays from files and URLs. Raises `SourceError`, `TransportError`, `OverlayError`."""
    return tuple(_read(place, settings) for place in places)


def kept_with(store: Store, name: str) -> tuple[OverlayFile, ...]:
    """Return the overlays that the catalogue keeps with a provider's description."""
    try:
        origin: Mapping[str, Any] = store.origin(name)
    except ProviderNotFound:
        return ()
    return read_kept(origin)


def _read(place: str, settings: Settings) -> OverlayFile:
    if is_url(place):
        return overlay_of(read_source(place, settings).data, place, url=place)
    return overlay_of(read_file(Path(place)), Path(place).name, path=Path(place))


def _as_overlay(source: str, read: Source) -> OverlayFile | None:
    if b"overlay" not in read.data[:_BEGINS]:
        return None
    try:
        if not is_overlay(read_text(read.data).document):
            return None
    except DocumentError:
        return None
    name = source if read.path is None else read.path.name
    return overlay_of(read.data, name, path=read.path, url=read.url)
