"""`/signin`: the reader, the way to the identity provider and back, and out again.

Only a sign-in that this browser has begun from this site's own page is ever finished, so nobody can be signed in as
somebody else without knowing it. Codes and states go into no referrer, cache or log.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from playground.config import Settings, SettingsError
from playground.gateway.errors import LimitExceeded
from playground.gateway.oauth.endpoints import OAuthContext, OAuthError
from playground.gateway.operator import Reader
from playground.text.wording import say
from playground.web.metrics import counted_wait
from playground.web.signin.cookies import (
    BEGUN,
    BEGUN_SECONDS,
    HOST_READER,
    SignInCookies,
    own_path,
    reader_cookie,
)
from playground.web.signin.cookies import (
    READER as READER_COOKIE,
)
from playground.web.site import READER, Site, own_addresses, this_site
from playground.web.visitor import visitor

if TYPE_CHECKING:
    from playground.gateway.oauth.identity import IdentityProvider


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """`signin/index.html`: who is signed in, if anybody, and where one signs in.

    `groups` are those of the reader's that the rules of this site name; `out` tells that a reader has just signed out,
    and `leads_on` where the provider signs them out as well.
    """

    provider: str
    name: str = ""
    groups: tuple[str, ...] = ()
    back: str = ""
    hours: float = 0
    problem: str = ""
    out: bool = False
    leads_on: str = ""


def add_sign_in(app: Flask, settings: Settings, *, clock: Callable[[], float] = time.time) -> SignInCookies | None:
    """Let readers sign in at the provider that the operator has named, and return what reads their cookies.

    Templates get `sign_in_address()`, empty where nobody can sign in. Raises `SettingsError`.
    """
    app.add_template_global(_address, "sign_in_address")
    app.add_template_global(_is_signed_in, "is_signed_in")
    if settings.oidc_issuer is None:
        if settings.oidc_client_id is not None:
            raise SettingsError("PLAYGROUND_OIDC_CLIENT_ID needs PLAYGROUND_OIDC_ISSUER: write the provider's URL.")
        return None
    if settings.oidc_client_id is None:
        raise SettingsError(
            "PLAYGROUND_OIDC_ISSUER needs PLAYGROUND_OIDC_CLIENT_ID: write this site's name at the provider."
        )
    if settings.reader_headers:
        raise SettingsError(
            "PLAYGROUND_OIDC_ISSUER and PLAYGROUND_READER_HEADERS both name readers: take one of them out."
        )
    if find_spec("authlib") is None or find_spec("joserfc") is None:
        raise SettingsError("PLAYGROUND_OIDC_ISSUER needs Authlib: install tryit-playground[oidc].")
    from playground.gateway.oauth.identity import IdentityProvider

    site: Site = app.extensions["playground"]
    cookies = SignInCookies(settings, site.calls.rules, clock)
    app.register_blueprint(_blueprint(settings, IdentityProvider(settings, clock), cookies))
    return cookies


def _address() -> str:
    """Return where readers sign in and out, empty where they cannot."""
    site = this_site()
    if site.settings.oidc_issuer is None or site.alone:
        return ""
    return f"{request.script_root if site.main_root is None else site.main_root}/signin"


def _is_signed_in() -> bool:
    return bool(_reader().name)


def _reader() -> Reader:
    reader: Reader = request.environ.get(READER) or Reader()
    return reader


def _blueprint(settings: Settings, provider: IdentityProvider, cookies: SignInCookies) -> Blueprint:
    from playground.gateway.oauth.identity import Attempt

    bp = Blueprint("signin", __name__, url_prefix="/signin")
    host = urlsplit(settings.oidc_issuer or "").netloc

    @bp.before_request
    def only_here() -> None:
        # Below a visitor's own descriptions there is no other sign-in.
        if this_site().main_root is not None:
            abort(404)

    def page(
        problem: str = "", status: int = 200, back: str = "", *, out: bool = False, leads_on: str = ""
    ) -> Response:
        reader = Reader() if out else _reader()
        return _private(
            render_template(
                "signin/index.html",
                page=SignInPage(
                    provider=host, name=reader.name, groups=tuple(sorted(reader.groups)), back=back or _from_page(),
                    hours=settings.oidc_hours, problem=problem, out=out, leads_on=leads_on,
                ),
            ),
            status,
        )  # fmt: skip

    def context() -> OAuthContext:
        return OAuthContext(settings=settings, own_addresses=own_addresses())

    def redirect_uri() -> str:
        return url_for("signin.callback", _external=True)

    @bp.get("")
    def index() -> Response:
        """Show the reader who is signed in, or the way to sign in."""
        return page()

    @bp.get("/begin")
    def begin() -> AnyResponse:
        """Lead to the provider, and let this browser remember that it was sent there."""
        back = own_path(request.args.get("to", ""), request.script_root)
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return page(back=back)  # another site's link begins nothing
        attempt = Attempt(state=secrets.token_urlsafe(24), key=settings.secret_key)
        try:
            with counted_wait(OAuthError), this_site().calls.limits.admit(visitor(), "oauth"):
                address = provider.begin(attempt, redirect_uri(), context())
        except (OAuthError, LimitExceeded) as error:
            return page(str(error), _status(error), back)
        answer = _unseen(redirect(address, 303))
        text = cookies.write_begun(request.cookies.get(BEGUN, ""), attempt.state, back)
        _set(answer, BEGUN, text, BEGUN_SECONDS, url_for("signin.index"))
        return answer

    @bp.get("/callback")
    def callback() -> AnyResponse:
        """Finish a sign-in that this browser has begun."""
        state, text = request.args.get("state", ""), request.cookies.get(BEGUN, "")
        back = cookies.read_begun(text, state)
        if back is None:
            return _unseen(
                page(say("This browser has not begun that sign-in, or long ago. Nobody was signed in by it."), 400)
            )
        attempt = Attempt(state=state, key=settings.secret_key)
        try:
            with counted_wait(OAuthError), this_site().calls.limits.admit(visitor(), "oauth"):
                reader = provider.finish(attempt, request.args, redirect_uri(), context())
        except (OAuthError, LimitExceeded) as error:
            answer = _unseen(page(str(error), _status(error), back))
        else:
            answer = _unseen(redirect(own_path(back, request.script_root) or url_for("pages.home"), 303))
            name = reader_cookie(request.script_root, secure=request.is_secure)
            _set(answer, name, cookies.write_reader(reader), cookies.seconds, f"{request.script_root}/")
        # Whatever came of it: the same answer is not taken twice.
        left = cookies.without(text, state)
        _set(answer, BEGUN, left, BEGUN_SECONDS if left else 0, url_for("signin.index"))
        return answer

    @bp.post("/out")
    def out() -> Response:
        """Take the cookie away, and lead to the provider, which signs the reader out there."""
        try:
            with counted_wait(OAuthError), this_site().calls.limits.admit(visitor(), "oauth"):
                leads_on = provider.sign_out(url_for("signin.index", _external=True), context())
        except (OAuthError, LimitExceeded):
            leads_on = ""  # signed out here all the same
        answer = page(out=True, leads_on=leads_on)
        for name in (READER_COOKIE, HOST_READER):
            _set(answer, name, "", 0, f"{request.script_root}/")
        if leads_on:
            # No redirect: browsers let a form of this site lead to no other (its policy's form-action).
            answer.headers["Refresh"] = f"0; url={leads_on}"
        return answer

    return bp


def _from_page() -> str:
    """Return the address of this site's page that a reader comes from, or has named; empty for any other."""
    if "to" in request.args:
        return own_path(request.args["to"], request.script_root)
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if f"{parts.scheme}://{parts.netloc}" != request.host_url.rstrip("/"):
        return ""
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, request.script_root)


def _status(error: Exception) -> int:
    return error.status if isinstance(error, LimitExceeded) else 400


def _set(answer: AnyResponse, name: str, text: str, seconds: int, path: str) -> None:
    secure = request.is_secure
    if name == HOST_READER and not secure:
        return
    answer.set_cookie(name, text, max_age=seconds, path=path, httponly=True, secure=secure, samesite="Lax")


def _unseen(answer: AnyResponse) -> AnyResponse:
    """Keep the address that is answered, which holds a code or leads to one, out of caches and referrers."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _private(html: str, status: int) -> Response:
    answer = make_response(html, status)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
