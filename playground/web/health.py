"""`/healthz` (alive) and `/readyz` (ready to serve: the catalogue answers)."""

from __future__ import annotations

from flask import Blueprint

from playground.store import StoreError
from playground.web.site import this_site

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> tuple[dict[str, str], int]:
    """Answer 200 when the catalogue can be read, else 503."""
    try:
        this_site().store.providers()
    except StoreError:
        return {"status": "the catalogue cannot be read"}, 503
    return {"status": "ok"}, 200
