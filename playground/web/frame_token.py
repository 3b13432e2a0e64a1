"""The proof that a frame without an origin shows our own page, for Sends from sandboxed frames.

A frame sandboxed without `allow-same-origin` posts with `Origin: null`, as any foreign page in such a frame can. What
only our page can know is a token printed into it: no other origin can read the page, since it is never shared by CORS.
So the token shows that whoever posts was given the page, and by `frame-ancestors` that he is listed. It is no secret of
one visitor's and names nobody; it is bound to one operation and lasts until the end of the next day (UTC).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time

from flask import current_app, request

FIELD = "~frame"
ACTION = re.compile(r"^/providers/(.+)/(?:snippet|form|field|body|servers|send)$")
_DAY = 86_400


def frame_token(path: str, now: float | None = None) -> str:
    """Return the token of an operation (`provider/operation`) for this day."""
    return _token(path, int((time.time() if now is None else now) // _DAY))


def from_sandboxed_frame() -> bool:
    """Tell whether the request is a form of ours, in a frame without an origin, that carries its operation's token."""
    if not may_ask():
        return False
    found = ACTION.match(request.path)
    given = request.form.get(FIELD, "")
    today = int(time.time() // _DAY)
    return found is not None and any(hmac.compare_digest(given, _token(found[1], day)) for day in (today, today - 1))


def may_ask() -> bool:
    """Tell whether the request comes from no origin and goes where our forms go: its answer may be shared."""
    return request.headers.get("Origin") == "null" and ACTION.match(request.path) is not None


def _token(path: str, day: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"frame {day} {path}".encode(), hashlib.sha256).hexdigest()[:40]
