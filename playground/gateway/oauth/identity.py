"""The reader who signs in: OpenID Connect's code flow with PKCE, by Authlib, over the site's own road out.

What a provider answers is held to what was asked of it: its issuer, our client, this sign-in's nonce, a signature by a
key that it publishes now, and the time. Its tokens are read and forgotten; nothing of them is stored, shown or logged.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from authlib.common.encoding import urlsafe_b64encode
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from playground import jsontext
from playground.config import Settings
from playground.gateway.oauth.endpoints import OAuthContext, OAuthError, check_address, exchange
from playground.gateway.oauth.tokens import ask, read_answer, refusal
from playground.gateway.operator import Reader
from playground.messages import Headers, HTTPRequest
from playground.request.errors import shown
from playground.text.visible import one_line
from playground.text.wording import say

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""What an ID token may be signed with: a private key of the provider's, never a shared secret or nothing."""
LONGEST = 200
"""Characters of a name or group."""
LEEWAY = 60
"""Seconds that the clocks of both may differ."""
_METADATA_SECONDS, _KEYS_SECONDS = 3600.0, 600.0
_WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One sign-in, known by its `state`: what it is bound to follows from that and the site's key, so none is kept."""

    state: str
    key: str

    @property
    def nonce(self) -> str:
        """What the ID token has to name."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """What proves to the provider that the code is ours (PKCE)."""
        return self._derived("verifier")

    def _derived(self, what: str) -> str:
        digest = hmac.new(self.key.encode(), f"sign-in {what} {self.state}".encode(), hashlib.sha256).digest()
        return str(urlsafe_b64encode(digest).decode().rstrip("="))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """What a provider says of itself, each address checked, empty where there is none."""

    issuer: str
    authorization: str
    token: str
    keys: str
    person: str
    sign_out: str
    methods: tuple[str, ...]
    names_itself: bool


class IdentityProvider:
    """The provider of `PLAYGROUND_OIDC_ISSUER`; what it says of itself is read when it is needed, and again later."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._known: tuple[float, Provider] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._lock = threading.Lock()

    def begin(self, attempt: Attempt, redirect_uri: str, context: OAuthContext) -> str:
        """Return the address at which a reader signs in. Raises `OAuthError`."""
        address: str = prepare_grant_uri(
            self._provider(context).authorization,
            client_id=self._client,
            response_type="code",
            redirect_uri=redirect_uri,
            scope=" ".join(self._settings.oidc_scopes),
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return address

    def finish(self, attempt: Attempt, answered: Mapping[str, str], redirect_uri: str, context: OAuthContext) -> Reader:
        """Return the reader who has signed in, by the parameters that came back. Raises `OAuthError`."""
        provider = self._provider(context)
        issuer = answered.get("iss")
        if (issuer is None and provider.names_itself) or (issuer is not None and issuer != provider.issuer):
            raise OAuthError(say("The answer came from another identity provider, so it was not used."))
        if error := answered.get("error"):
            raise OAuthError(say("The identity provider refused (%(reason)s).", reason=one_line(error)[:60]))
        sent = {
            "code": answered.get("code", ""), "code_verifier": attempt.verifier, "client_id": self._client,
            "client_secret": self._settings.oidc_client_secret or "",
        }  # fmt: skip
        fields = {
            "grant_type": "authorization_code", "redirect_uri": redirect_uri, "code": sent["code"],
            "code_verifier": attempt.verifier,
        }  # fmt: skip
        response = ask(provider.token, fields, sent, "", provider.methods, context)
        tokens = read_answer(response)
        if response.status >= 400 or tokens.get("error"):
            raise OAuthError(refusal(tokens, response, sent))
        return self._reader(self._person(provider, attempt, tokens, context))

    def sign_out(self, back: str, context: OAuthContext) -> str:
        """Return the address at which the provider signs a reader out too, empty where it has none."""
        address = self._provider(context).sign_out
        if not address:
            return ""
        # Without a hint of whom: that would be a token in an address.
        said = urlencode({"client_id": self._client, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{said}"

    @property
    def _client(self) -> str:
        return self._settings.oidc_client_id or ""

    def _provider(self, context: OAuthContext) -> Provider:
        now = self._clock()
        with self._lock:
            if self._known is not None and self._known[0] > now:
                return self._known[1]
        issuer = self._settings.oidc_issuer or ""
        check_address(issuer, say("address of the identity provider"), self._settings)
        value = self._get(issuer.rstrip("/") + _WELL_KNOWN, context)
        named = value.get("issuer")
        # Some write their name with a slash at its end, and nothing follows from it.
        if not isinstance(named, str) or named.rstrip("/") != issuer.rstrip("/"):
            raise OAuthError(
                say("The identity provider calls itself %(name)s, not as PLAYGROUND_OIDC_ISSUER says: it is not used.",
                    name=shown(str(named)))
            )  # fmt: skip

        def address(name: str, *, needed: bool = False) -> str:
            text = value.get(name)
            if isinstance(text, str) and text:
                return check_address(text, say("address of the identity provider"), self._settings)
            if needed:
                raise OAuthError(say("The identity provider names no %(what)s.", what=name))
            return ""

        methods = value.get("token_endpoint_auth_methods_supported")
        provider = Provider(
            issuer=named,
            authorization=address("authorization_endpoint", needed=True),
            token=address("token_endpoint", needed=True),
            keys=address("jwks_uri", needed=True),
            person=address("userinfo_endpoint"),
            sign_out=address("end_session_endpoint"),
            methods=tuple(str(method) for method in methods) if isinstance(methods, list) else (),
            names_itself=value.get("authorization_response_iss_parameter_supported") is True,
        )
        with self._lock:
            self._known = (now + _METADATA_SECONDS, provider)
        return provider

    def _key_set(self, provider: Provider, context: OAuthContext, *, anew: bool) -> KeySet:
        now = self._clock()
        with self._lock:
            if not anew and self._keys is not None and self._keys[0] > now:
                return self._keys[1]
        value = self._get(provider.keys, context)
        listed = value.get("keys")
        keys = KeySet([key for jwk in listed if (key := _public_key(jwk))] if isinstance(listed, list) else [])
        if not keys.keys:
            raise OAuthError(say("The keys of the identity provider cannot be read."))
        with self._lock:
            self._keys = (now + _KEYS_SECONDS, keys)
        return keys

    def _get(self, url: str, context: OAuthContext, token: str = "") -> dict[str, Any]:
        fields = [("Accept", "application/json")]
        if token:
            fields.append(("Authorization", f"Bearer {token}"))
        response = exchange(HTTPRequest(method="GET", url=url, headers=Headers.of(fields)), context)
        try:
            value = jsontext.loads(response.body.decode("utf-8-sig")) if response.status == 200 else None
        except (UnicodeDecodeError, jsontext.JSONTextError):
            value = None
        if not isinstance(value, dict):
            raise OAuthError(
                say("The identity provider gave no JSON object where one was asked for (it answered %(status)s).",
                    status=response.status)
            )  # fmt: skip
        return value

    def _person(
        self, provider: Provider, attempt: Attempt, tokens: Mapping[str, Any], context: OAuthContext
    ) -> dict[str, Any]:
        """Return what the provider says of the reader: the claims of the ID token, then those it keeps apart."""
        access = tokens.get("access_token")
        access = access if isinstance(access, str) and access.isprintable() else ""
        claims = self._claims(provider, attempt, tokens.get("id_token"), access, context)
        name = self._settings.oidc_name
        wanted = (name, self._settings.oidc_groups, *(["email_verified"] if name == "email" else []))
        if provider.person and access and any(_claim(claims, claim) is None for claim in wanted):
            more = self._get(provider.person, context, access)
            if more.get("sub") != claims["sub"]:
                raise OAuthError(say("The identity provider spoke of somebody else, so nobody was signed in."))
            claims = {**more, **claims}
        return claims

    def _claims(
        self, provider: Provider, attempt: Attempt, token: Any, access: str, context: OAuthContext
    ) -> dict[str, Any]:
        if not isinstance(token, str) or not token:
            raise OAuthError(say("The identity provider gave no ID token; the scope openid is needed."))
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        for anew in (False, True):
            try:
                # Keys are changed now and then: what none of those at hand has signed is tried with the newest.
                found = jwt.decode(token, self._key_set(provider, context, anew=anew), registry=registry)
                break
            except (JoseError, ValueError, TypeError):
                if anew:
                    raise OAuthError(
                        say("The ID token is not signed by a key of the identity provider, so nobody was signed in.")
                    ) from None
        options = {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": self._client},
            "sub": {"essential": True},
        }
        asked = {"nonce": attempt.nonce, "client_id": self._client, "access_token": access}
        claims = CodeIDToken(found.claims, found.header, options, asked)
        try:
            claims.validate(now=int(self._clock()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            claim = str(getattr(error, "claim", "") or type(error).__name__)
            raise OAuthError(
                say("The ID token is not for this sign-in (%(claim)s), so nobody was signed in.", claim=claim)
            ) from None
        return dict(claims)

    def _reader(self, claims: Mapping[str, Any]) -> Reader:
        name = _claim(claims, self._settings.oidc_name)
        if not _is_name(name):
            raise OAuthError(
                say("The identity provider gives no %(claim)s of at most 200 characters, which names readers here.",
                    claim=self._settings.oidc_name)
            )  # fmt: skip
        if self._settings.oidc_name == "email" and claims.get("email_verified") not in (True, "true"):
            raise OAuthError(
                say("The identity provider does not say that your address is verified, so it names nobody here.")
            )
        groups = _claim(claims, self._settings.oidc_groups)
        listed = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return Reader(name=name, groups=frozenset(group for group in listed if _is_name(group)))


def _public_key(value: Any) -> RSAKey | ECKey | OKPKey | None:
    """Return a key that signatures may be checked with; one of a kind that nothing here knows must not hide others."""
    if not isinstance(value, dict) or value.get("use", "sig") != "sig":
        return None
    try:
        match value.get("kty"):
            case "RSA":
                return RSAKey.import_key(value)
            case "EC":
                return ECKey.import_key(value)
            case "OKP":
                return OKPKey.import_key(value)
    except (JoseError, ValueError, TypeError, KeyError):
        pass
    return None


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """Return a claim by its name, or by dots one inside others (`realm_access.roles`); `None` where there is none."""
    if name in claims:
        return claims[name]
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable() and value == value.strip()
