"""Who may POST: only our own pages (OWASP's stateless check by Fetch Metadata and Origin), else a Flask-WTF token.

A Send carries no ambient authority: the credential is in its body, put there by our script. What must be stopped is a
foreign page that makes our server send requests. Pages are the same for every visitor and cached, so they carry no
token; a browser's `Sec-Fetch-Site`, or `Origin` where that is missing, proves where the request comes from. A client
that sends neither header must bring a Flask-WTF token and its session cookie. A sandboxed frame, which has no origin,
brings the token of the page for frames (`web/frame_token.py`).
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.exceptions import Forbidden

from playground.config import Settings
from playground.web.consoles import is_console_call
from playground.web.frame_token import from_sandboxed_frame, may_ask
from playground.wording import say

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ALLOWED = "Content-Type, HX-Current-URL, HX-Request, HX-Target, HX-Trigger, HX-Trigger-Name"
# Every field htmx looks for: a browser reports each one it may not read as an error, and `*` is none of them for XHR.
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
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == request.host_url.rstrip("/")
    return None


def protect_posts(app: Flask, settings: Settings, programs: tuple[str, ...]) -> None:
    """Refuse unsafe methods that do not come from us. Paths that start with one of `programs` need no header at all:

    curl and gateway clients are no browsers, and a page that makes a browser call them is told by its headers. The
    operator's consoles may call those paths as well (`web/consoles.py`).
    """
    csrf = CSRFProtect(app)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False

    @app.before_request
    def check() -> None:
        if request.method in SAFE:
            return
        verdict = same_origin()
        if verdict is False and not from_sandboxed_frame() and not is_console_call(settings, programs):
            raise Forbidden(REFUSAL)
        if verdict is None and not request.path.startswith(programs):
            csrf.protect()

    @app.after_request
    def share(response: Response) -> Response:
        # Asking first (OPTIONS) tells nothing, and without the token the answer is a refusal: both may be read.
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
