"""Protection of unsafe methods, security headers, and the gateway's answers to the operator's consoles.

Only our own pages may POST (OWASP's stateless check by Fetch Metadata and Origin). A Send carries no ambient authority:
its credential is in the body, put there by our script. The danger is a foreign page that makes our server send
requests. Pages are cached and the same for every visitor, so they carry no token; a browser's `Sec-Fetch-Site`, or
`Origin` where that is missing, proves where a request comes from. A client that sends neither header must bring a
Flask-WTF token and its session cookie. A sandboxed frame, which has no origin, brings the token of its page.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import Forbidden

from playground.config import Settings
from playground.origins import origin_of
from playground.text.wording import say
from playground.web.site import this_site

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ALLOWED = "Content-Type, HX-Current-URL, HX-Request, HX-Target, HX-Trigger, HX-Trigger-Name, Playground-Visitor"
# Every field that htmx reads: a browser logs an error for each that is not exposed, and `*` does not cover them.
EXPOSED = ", ".join(
    f"HX-{name}"
    for name in (
        "Location", "Push", "Push-Url", "Redirect", "Refresh", "Replace-Url", "Reselect", "Reswap", "Retarget",
        "Trigger", "Trigger-After-Settle", "Trigger-After-Swap",
    )
)  # fmt: skip
REFUSAL = say("This request did not come from a page of this site, so it was refused and nothing was sent.")


def same_origin() -> bool | None:
    """Tell whether the request comes from our own pages; `None` if the client sent no header that says so."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = request.host_url.rstrip("/")
    if site is not None:
        # A proxy that changes the host in front of a local site shows in the origin.
        is_moved = this_site().settings.local and origin not in (None, own)
        return site == "same-origin" and not is_moved
    return None if origin is None else origin == own


def protect_posts(
    app: Flask, settings: Settings, programs: tuple[str, ...], *, open_to_all: tuple[str, ...] = ()
) -> None:
    """Refuse unsafe methods that do not come from our own pages.

    Below a path of `open_to_all` anybody may do anything: nothing there is done in the visitor's name.
    Paths that start with one of `programs` need no header, since curl and gateway clients are no browsers; a page that
    makes a browser call them is recognised by its headers. The operator's consoles may call those paths as well.
    """
    csrf = CSRFProtect(app)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False

    @app.before_request
    def check() -> None:
        if request.method in SAFE or (open_to_all and request.path.startswith(open_to_all)):
            return
        verdict = same_origin()
        if verdict is False and not from_sandboxed_frame() and not is_console_call(settings, programs):
            raise Forbidden(REFUSAL)
        if verdict is None and not request.path.startswith(programs):
            csrf.protect()

    @app.after_request
    def share(response: Response) -> Response:
        # A preflight reveals nothing, and without the token the answer is a refusal: both may be read.
        if may_ask():
            response.headers["Access-Control-Allow-Origin"] = "null"
            response.headers["Access-Control-Allow-Headers"] = ALLOWED
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            response.headers["Access-Control-Max-Age"] = "7200"
        return response

    @app.get("/csrf")
    def csrf_token() -> tuple[dict[str, str], dict[str, str]]:
        """Give a token to a client that sends neither header."""
        return {"csrf_token": generate_csrf()}, {"Cache-Control": "no-store"}


FIELD = "~frame"
ACTION = re.compile(r"^/providers/(.+)/(?:snippet|form|field|body|servers|sandbox|send)$")
_DAY = 86_400


def frame_token(path: str, now: float | None = None) -> str:
    """Return the token of an operation (`provider/operation`) for this day."""
    return _token(path, int((time.time() if now is None else now) // _DAY))


def from_sandboxed_frame() -> bool:
    """Tell whether the request is a form of ours, in a frame without an origin, that carries its operation's token."""
    if not may_ask():
        return False
    action = ACTION.match(request.path)
    token = request.form.get(FIELD, "")
    today = int(time.time() // _DAY)
    return action is not None and any(hmac.compare_digest(token, _token(action[1], day)) for day in (today, today - 1))


def may_ask() -> bool:
    """Tell whether the request comes from no origin and goes to an address of our forms: its answer may be shared."""
    return request.headers.get("Origin") == "null" and ACTION.match(request.path) is not None


def _token(path: str, day: int) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"frame {day} {path}".encode(), hashlib.sha256).hexdigest()[:40]


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types default; frame-ancestors "
)

ALONE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""The headers of a page's files, which say all that concerns them."""


def add_security_headers(app: Flask, settings: Settings) -> None:
    """Make every answer of the application carry the policy; a view's own `Cache-Control` stays."""
    fixed = {
        "Content-Security-Policy": POLICY + " ".join(settings.frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        # same-origin and not no-referrer: with the latter a browser sends `Origin: null` on our own forms.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    }

    @app.after_request
    def add(response: Response) -> Response:
        is_file = request.blueprint == "assets" and response.status_code < 400
        for name, value in (ALONE if is_file else fixed).items():
            response.headers.setdefault(name, value)
        if request.method != "GET" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response


_FIELD_NAMES = re.compile(r"[A-Za-z0-9-]{1,64}(?:, ?[A-Za-z0-9-]{1,64}){0,40}")
_EXPOSED = "Content-Type, Authorization, Retry-After, X-Request-ID"


def console_origin(settings: Settings) -> str | None:
    """Return the Origin of the request if pages from there may call the gateway, else `None`."""
    origin = request.headers.get("Origin")
    if origin is None:
        return None
    # Two fields, which a server joins, are no origin.
    host = urlsplit(origin).hostname if origin_of(origin) == origin else None
    local = settings.local and host in ("localhost", "127.0.0.1", "::1")
    return origin if local or "*" in settings.consoles or origin in settings.consoles else None


def is_console_call(settings: Settings, programs: tuple[str, ...]) -> bool:
    """Tell whether a console calls: with JSON, which a browser sends to other sites only after a preflight."""
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
