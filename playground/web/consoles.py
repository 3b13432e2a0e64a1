"""Pages of other sites that may call the gateway from a browser: the operator's consoles (Fetch Standard, CORS).

Without an entry in `PLAYGROUND_CONSOLES` there are none, but for pages from loopback while the site itself listens on
loopback, as UTDK's own console has it. No cookie or other ambient authority is read at these addresses.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, request

from playground.config import Settings

_FIELD_NAMES = re.compile(r"[A-Za-z0-9-]{1,64}(?:, ?[A-Za-z0-9-]{1,64}){0,40}")
_EXPOSED = "Content-Type, Authorization, Retry-After, X-Request-ID"


def console_origin(settings: Settings) -> str | None:
    """Return the Origin of the request if pages from there may call the gateway, else `None`."""
    origin = request.headers.get("Origin")
    if origin is None:
        return None
    try:
        host = urlsplit(origin).hostname
    except ValueError:
        return None
    local = settings.loopback and host in ("localhost", "127.0.0.1", "::1")
    return origin if local or "*" in settings.consoles or origin in settings.consoles else None


def is_console_call(settings: Settings, programs: tuple[str, ...]) -> bool:
    """Say whether the request is a console's call: JSON, which a browser sends to another site only after asking us."""
    return (
        request.path.startswith(programs)
        and request.mimetype == "application/json"
        and console_origin(settings) is not None
    )


def allow_consoles(app: Flask, settings: Settings, programs: tuple[str, ...]) -> None:
    """Answer preflights for paths that start with one of `programs`, and let consoles read the answers there."""

    @app.before_request
    def preflight() -> Response | None:
        wanted = request.headers.get("Access-Control-Request-Method")
        if request.method != "OPTIONS" or wanted is None or not request.path.startswith(programs):
            return None
        answer = Response(status=204)
        if console_origin(settings) is not None:
            answer.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            asked = request.headers.get("Access-Control-Request-Headers", "")
            if _FIELD_NAMES.fullmatch(asked):
                answer.headers["Access-Control-Allow-Headers"] = asked
            answer.headers["Access-Control-Max-Age"] = "600"
        return answer

    @app.after_request
    def name_the_origin(answer: Response) -> Response:
        if request.path.startswith(programs):
            answer.vary.add("Origin")
            if (origin := console_origin(settings)) is not None:
                answer.headers["Access-Control-Allow-Origin"] = origin
                answer.headers["Access-Control-Expose-Headers"] = _EXPOSED
        return answer
