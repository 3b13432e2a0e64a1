"""The description that is measured: Stripe's own where it lies beside the checkout, else the bundled one."""

from __future__ import annotations

from pathlib import Path

import orjson

from playground import bundled
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.store import open_store, pack

REAL = Path(__file__).parents[2] / "shared" / "specs" / "stripe.json"


def stripe(*, real: bool = True) -> tuple[str, bytes]:
    """Return the name of the description to show, and its bytes as JSON."""
    if real and REAL.is_file():
        return REAL.name, REAL.read_bytes()
    return "bundled stripe", orjson.dumps(parse_document(dict(bundled.documents())["stripe"]))


def import_description(data: bytes, catalog: Path) -> None:
    """Do what `playground add` does with a description's bytes: parse, compile, pack, write."""
    compiled = compile_document(parse_document(data), name="stripe")
    packed = pack(compiled.catalog, data)
    with open_store(catalog) as store:
        store.write(packed)
