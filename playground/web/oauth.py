"""The site's part in an OAuth sign-in: endpoints, token requests that a browser cannot make itself, the redirect page.

The pages' policy lets a script talk to this site only, so the site requests the tokens: from the addresses of the
description, never from one that a request names. Nothing of it is stored or logged.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from playground import jsontext
from playground.catalog.model import Entry, SecurityScheme
from playground.gateway.errors import LimitExceeded
from playground.gateway.oauth.endpoints import OAuthContext, OAuthError, find_endpoints
from playground.gateway.oauth.tokens import request_device_code, request_token
from playground.text.wording import say
from playground.web.i18n.translate import localize
from playground.web.metrics import counted_wait
from playground.web.site import entry_at, own_addresses, redirect_uri, this_site
from playground.web.visitor import visitor

bp = Blueprint("oauth", __name__)
MOST_BYTES = 65_536


@bp.get("/oauth/callback")
def callback() -> Response:
    """Show the page to which an authorization server redirects; its script passes the answer to our own page only.

    The address holds a code: it goes into no referrer, no cache and no log.
    """
    response = make_response(render_template("oauth/callback.html"))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    # The window that waits may be a frame in another site's page, which only its opener's handle reaches.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@bp.post("/oauth/<any(endpoints, token, device):action>")
def act(action: str) -> Response:
    """Answer the page's script in JSON; a refusal is an answer too: 200 with `{"error": sentence}`."""
    try:
        fields = _fields()
        entry, scheme = _scheme(fields)
        flow = fields.get("flow", "")
        context = OAuthContext(settings=this_site().settings, own_addresses=own_addresses())
        with counted_wait(OAuthError), this_site().calls.limits.admit(visitor(), "oauth"):
            endpoints = find_endpoints(entry, scheme, flow, context)
            if action == "endpoints":
                answer: dict[str, Any] = {
                    "authorization": endpoints.authorization,
                    "issuer": endpoints.issuer,
                    "issuer_required": endpoints.issuer_required,
                    "redirect_uri": redirect_uri(),
                }
            elif action == "device":
                answer = request_device_code(scheme, flow, endpoints, fields, context)
            else:
                answer = request_token(scheme, flow, endpoints, fields, context, redirect_uri=redirect_uri())
    except (OAuthError, LimitExceeded) as error:
        return _json({"error": localize(str(error))}, error.status if isinstance(error, LimitExceeded) else 200)
    return _json(answer)


def _fields() -> dict[str, str]:
    data = request.stream.read(MOST_BYTES + 1)  # a body in chunks does not say how long it is
    if request.mimetype != "application/json" or len(data) > MOST_BYTES:
        raise OAuthError(say("Send one small JSON object."))
    try:
        value = jsontext.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, jsontext.JSONTextError):
        raise OAuthError(say("Send one small JSON object.")) from None
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise OAuthError(say("Send one small JSON object of texts."))
    return value


def _scheme(fields: dict[str, str]) -> tuple[Entry, SecurityScheme]:
    entry = entry_at(fields.get("operation", ""))
    scheme = entry.provider.scheme(fields.get("scheme", ""))
    if scheme is None or scheme.type not in ("oauth2", "openIdConnect"):
        raise OAuthError(say("The description has no such security scheme."))
    return entry, scheme


def _json(value: dict[str, Any], status: int = 200) -> Response:
    response = make_response(jsonify(value), status)
    response.headers["Cache-Control"] = "no-store"
    return response
