"""The descriptions that are measured: Stripe's own where it lies beside the checkout, else the bundled one; others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from playground import bundled
from playground.catalog.model import Catalog
from playground.imports.descriptions import kept_source
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.startup import without_gc
from playground.store import Squeezed, open_store, pack

_SPECS = [above / "shared" / "specs" for above in Path(__file__).parents[2:4]]
REAL = next((path for path in _SPECS if path.is_dir()), _SPECS[0]) / "stripe.json"
"""Beside the checkout, which may be a linked work tree."""


def stripe(*, real: bool = True) -> tuple[str, bytes]:
    """Return the name of the description to show, and its bytes as JSON."""
    if real and REAL.is_file():
        return REAL.name, REAL.read_bytes()
    return "bundled stripe", orjson.dumps(parse_document(dict(bundled.documents())["stripe"]))


def _compile(read: Callable[[], bytes], name: str) -> tuple[Catalog, bytes | Squeezed]:
    # As the command does it: neither the bytes of a large one nor the document stay while its catalogue is packed.
    data = read()
    document, source = parse_document(data), kept_source(data)
    del data
    return compile_document(document, name=name).catalog, source


def import_description(data: bytes, catalog: Path) -> None:
    """Do what `playground add` does with a description's bytes: parse, compile, pack, write."""
    _import(lambda: data, catalog)


def import_file(path: Path, catalog: Path, name: str = "stripe") -> None:
    """Do what `playground add` does with a description's file: nobody holds its bytes longer than they are read."""
    _import(path.read_bytes, catalog, name)


def _import(read: Callable[[], bytes], catalog: Path, name: str = "stripe") -> None:
    with without_gc():
        packed = pack(*_compile(read, name))
        with open_store(catalog) as store:
            store.write(packed)
