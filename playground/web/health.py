"""`/healthz` (alive) and `/readyz` (ready to serve: the catalogue can be read, answers can be kept, Redis answers)."""

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
    """Answer 200 when the site can do all it is for, else 503; one member for each thing it needs."""
    site, parts = this_site(), {"catalogue": "ok"}
    problem = ""
    try:
        site.store.providers()
    except StoreError:
        problem = parts["catalogue"] = "the catalogue cannot be read"
    if site.settings.redis_url is not None:
        is_there = site.calls.limits.can_count()
        parts["redis"] = "ok" if is_there else "Redis does not answer, so nothing is sent"
        problem = problem or ("" if is_there else parts["redis"])
    away = site.answers.problem()
    parts["answers"] = away or "ok"
    problem = problem or away
    return {"status": problem or "ok", **parts}, 503 if problem else 200
