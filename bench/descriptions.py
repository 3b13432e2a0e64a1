"""The description that is measured: Stripe's own where it lies beside the checkout, else the bundled one."""

from __future__ import annotations

from pathlib import Path

import orjson

from playground import bundled
from playground.catalog.model import Catalog
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.store import Squeezed, open_store, pack, squeeze

REAL = Path(__file__).parents[2] / "shared" / "specs" / "stripe.json"


def stripe(*, real: bool = True) -> tuple[str, bytes]:
    """Return the name of the description to show, and its bytes as JSON."""
    if real and REAL.is_file():
        return REAL.name, REAL.read_bytes()
    return "bundled stripe", orjson.dumps(parse_document(dict(bundled.documents())["stripe"]))


def _compile(data: bytes) -> tuple[Catalog, Squeezed]:
    # As the command does it: neither the bytes nor the document stay while its catalogue is packed and written.
    document, source = parse_document(data), squeeze(data)
    del data
    return compile_document(document, name="stripe").catalog, source


def import_description(data: bytes, catalog: Path) -> None:
    """Do what `playground add` does with a description's bytes: parse, compile, pack, write."""
    compiled = _compile(data)
    del data
    packed = pack(*compiled)
    with open_store(catalog) as store:
        store.write(packed)
