"""Token requests of OAuth 2 (RFC 6749, 7636, 8628): to the description's own endpoints, and nothing kept of them.

The fields are few and the flows are the product's own subject; a client library would bring a session and a transport
of its own past the rules of ours.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from playground import jsontext
from playground.catalog.model import SecurityScheme
from playground.gateway.oauth.endpoints import Endpoints, OAuthContext, OAuthError, check_address, exchange
from playground.httpsyntax import is_token
from playground.mediatypes import FORM
from playground.messages import FormContent, Headers, HTTPRequest, HTTPResponse
from playground.secrets.redact import Redactor
from playground.text.visible import one_line
from playground.text.wording import say

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_GRANTS: Mapping[str, tuple[str, ...]] = {
    "authorization_code": ("code", "code_verifier"),
    "client_credentials": ("scope",),
    "password": ("username", "password", "scope"),
    "refresh_token": ("refresh_token", "scope"),
    DEVICE_GRANT: ("device_code",),
}
_NEEDED = ("code", "username", "password", "refresh_token", "device_code")
_SECRETS = ("client_secret", "code", "code_verifier", "password", "refresh_token", "device_code")
_LONGEST = 16_384


def request_token(
    scheme: SecurityScheme,
    flow: str,
    endpoints: Endpoints,
    sent: Mapping[str, str],
    context: OAuthContext,
    *,
    redirect_uri: str,
) -> dict[str, Any]:
    """Ask for a token and return what the browser keeps: `access_token`, `token_type`, `expires_in`, `scope`, ….

    `sent` are the visitor's fields, `grant_type` among them; addresses are never taken from it. A device that waits
    for its user gets `{"pending": seconds more between two questions}`. Raises `OAuthError`.
    """
    grant = sent.get("grant_type", "")
    if grant not in _GRANTS:
        raise OAuthError(say("This site knows no such grant type."))
    address = (endpoints.refresh if grant == "refresh_token" else "") or endpoints.token
    if not address:
        raise OAuthError(say("The description names no token address for this flow."))
    fields = {"grant_type": grant}
    for name in _GRANTS[grant]:
        if sent.get(name):
            fields[name] = sent[name]
        elif name in _NEEDED:
            raise OAuthError(say("The token request lacks “%(name)s”.", name=name))
    if grant == "authorization_code":
        fields["redirect_uri"] = redirect_uri
    settings = settings_of(scheme, flow)
    fields |= {name: text for name, text in settings.get("body", {}).items() if name not in fields}
    response = ask(address, fields, sent, settings.get("credentials", ""), endpoints.methods, context)
    answer = read_answer(response)
    error = answer.get("error")
    if grant == DEVICE_GRANT and error in ("authorization_pending", "slow_down"):
        return {"pending": 5 if error == "slow_down" else 0}
    if error or response.status >= 400:
        raise OAuthError(refusal(answer, response, sent))
    return _token(answer, settings.get("token_name") or "access_token")


def request_device_code(
    scheme: SecurityScheme, flow: str, endpoints: Endpoints, sent: Mapping[str, str], context: OAuthContext
) -> dict[str, Any]:
    """Ask for a device code (RFC 8628 section 3.1) and return what is shown and polled with. Raises `OAuthError`."""
    if not endpoints.device:
        raise OAuthError(say("The description names no device address for this flow."))
    fields = {"scope": sent["scope"]} if sent.get("scope") else {}
    place = settings_of(scheme, flow).get("credentials", "")
    response = ask(endpoints.device, fields, sent, place, endpoints.methods, context)
    answer = read_answer(response)
    if response.status != 200 or answer.get("error"):
        raise OAuthError(refusal(answer, response, sent))
    shown = answer.get("verification_uri") or answer.get("verification_url")
    code, user_code = answer.get("device_code"), answer.get("user_code")
    if not all(isinstance(text, str) and text for text in (shown, code, user_code)):
        raise OAuthError(say("The authorization server answered without a device code."))
    return {
        "device_code": code,
        "user_code": one_line(str(user_code))[:100],
        "verification_uri": check_address(str(shown), say("verification address"), context.settings),
        "expires_in": _seconds(answer.get("expires_in")) or 600,
        "interval": min(_seconds(answer.get("interval")) or 5, 60),
    }


def settings_of(scheme: SecurityScheme, flow: str) -> Mapping[str, Any]:
    """Return what the description's extensions set for a flow."""
    described = scheme.flows.get(flow)
    settings = described.get("settings") if isinstance(described, Mapping) else None
    return settings if isinstance(settings, Mapping) else {}


def ask(
    address: str, fields: Mapping[str, str], sent: Mapping[str, str], place: str, methods: tuple[str, ...],
    context: OAuthContext,
) -> HTTPResponse:  # fmt: skip
    """Post the fields with the client's identity; a secret goes where the server reads it, in one place only."""
    only_post = bool(methods) and "client_secret_basic" not in methods
    in_body = place == "body" or (not place and only_post)
    response = exchange(_message(address, fields, sent, in_body=in_body), context)
    if sent.get("client_secret") and not place and not methods and response.status == 401:
        # Where this server wants it is not described: it refused the header, so it may read the body.
        response = exchange(_message(address, fields, sent, in_body=not in_body), context)
    return response


def _message(address: str, fields: Mapping[str, str], sent: Mapping[str, str], *, in_body: bool) -> HTTPRequest:
    pairs = dict(fields)
    headers = [("Accept", "application/json"), ("Content-Type", FORM)]
    client, secret = sent.get("client_id", ""), sent.get("client_secret", "")
    if secret and not in_body:
        headers.append(("Authorization", f"Basic {_basic(sent)}"))
    else:
        pairs |= {name: text for name, text in (("client_id", client), ("client_secret", secret)) if text}
    content = FormContent(pairs=tuple(pairs.items()), text=urlencode(pairs))
    return HTTPRequest(method="POST", url=address, headers=Headers.of(headers), content=content)


def _basic(sent: Mapping[str, str]) -> str:
    """Return a client's identity as a header has it: both are form-encoded before they are joined (RFC 6749, 2.3.1)."""
    joined = f"{quote(sent.get('client_id', ''), safe='')}:{quote(sent.get('client_secret', ''), safe='')}"
    return base64.b64encode(joined.encode()).decode("ascii")


def read_answer(response: HTTPResponse) -> dict[str, Any]:
    """Return the members of an answer of a token endpoint, none where it is no JSON object and no form."""
    text = response.body[: _LONGEST * 8].decode("utf-8", "replace")
    try:
        value = jsontext.loads(text)
    except jsontext.JSONTextError:
        # Some answer with a form, whatever is asked for.
        value = dict(parse_qsl(text)) if response.media_type == FORM else {}
    return value if isinstance(value, dict) else {}


def _token(answer: Mapping[str, Any], name: str) -> dict[str, Any]:
    token = answer.get(name)
    if not isinstance(token, str) or not token or len(token) > _LONGEST or not token.isprintable():
        raise OAuthError(say("The authorization server answered without “%(name)s”.", name=one_line(name)[:60]))
    kind = answer.get("token_type")
    # It becomes the word before the token; what no header field can hold would break every Send afterwards.
    token_fields: dict[str, Any] = {"access_token": token, "token_type": kind if _is_word(kind) else "Bearer"}
    if seconds := _seconds(answer.get("expires_in")):
        token_fields["expires_in"] = seconds
    for more in ("refresh_token", "scope"):
        text = answer.get(more)
        if isinstance(text, str) and text and len(text) <= _LONGEST and text.isprintable():
            token_fields[more] = text
    return token_fields


def _is_word(kind: Any) -> bool:
    return isinstance(kind, str) and len(kind) <= 60 and is_token(kind)


def _seconds(value: Any) -> int:
    """Return a whole number of seconds, 0 for anything else; some servers write it as text."""
    try:
        return min(max(int(float(value)), 0), 10**9) if isinstance(value, int | float | str) else 0
    except (ValueError, OverflowError):
        return 0


def refusal(answer: Mapping[str, Any], response: HTTPResponse, sent: Mapping[str, str]) -> str:
    """Return the sentence for a refused token request, without what was sent."""
    reasons = [str(answer[name]) for name in ("error", "error_description") if isinstance(answer.get(name), str)]
    secrets = [sent[name] for name in _SECRETS if sent.get(name)]
    # Redacted before it is cut, or half a secret would be left at the end.
    redactor = Redactor([*secrets, _basic(sent)])
    text = ": ".join(redactor.text(one_line(reason))[:200] for reason in reasons)
    if not text:
        return say("The authorization server refused (it answered %(status)s).", status=response.status)
    return say("The authorization server refused (%(reason)s).", reason=text.rstrip("."))
