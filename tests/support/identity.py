"""A real OpenID provider for tests, on loopback: Authlib's, with keys that change and switches to make it misbehave."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from authlib.common.encoding import urlsafe_b64encode
from authlib.integrations.flask_oauth2 import AuthorizationServer as Library
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.core.util import create_half_hash
from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from tests.support.authorization import Client, Code
from tests.support.served import Served

ADA = {"sub": "1", "email": "ada@example.com", "email_verified": True, "groups": ["hr", "staff"]}
CLIENT, SECRET = "playground", "canary-client-secret/+%"


class OpenIDClient(Client):
    """The site, as the provider knows it."""

    def get_allowed_scope(self, scope: str | None) -> str:
        return scope or ""


@dataclass
class OpenIDAuthorizationCode(Code):
    """A code, with the nonce of the ID token that it is exchanged for."""

    nonce: str = ""
    person: dict[str, Any] = field(default_factory=dict)


class OpenIDProvider(Served):
    """A context manager; `url` is its issuer, and whoever comes is signed in as `person`.

    `claims`, `answer` and `metadata` replace members of the ID token, of the parameters that it redirects with, and of
    its metadata (`None` leaves one out). `signs` is the key that ID tokens are signed with, `published` those it shows.
    """

    def __init__(self) -> None:
        self.client = OpenIDClient(CLIENT, SECRET)
        self._first = RSAKey.generate_key(2048, {"kid": "first"})
        self.behave()
        self.codes: dict[str, OpenIDAuthorizationCode] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(self._app())

    @property
    def url(self) -> str:
        return f"{super().url}/realms/staff"

    def behave(self) -> None:
        """Turn every switch back."""
        self.person: dict[str, Any] = ADA
        self.apart: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.answer: dict[str, str | None] = {}
        self.metadata: dict[str, Any] = {}
        self.alg = "RS256"
        self.signs: Any = self._first
        self.published: list[Any] = [self.signs]

    def rotate(self, *, kid: str = "second") -> None:
        """Sign with a new key, and publish it alone."""
        self.signs = ECKey.generate_key("P-256", {"kid": kid} if kid else None)
        self.alg = "ES256"
        self.published = [self.signs]

    def _app(self) -> Flask:
        app = Flask("identity", static_folder=None)
        library = Library()
        library.init_app(app, query_client={CLIENT: self.client}.get, save_token=self._save)
        library.register_grant(self._grant(), [CodeChallenge(required=True), self._id_token()])
        root = "/realms/staff"

        @app.before_request
        def remember() -> None:
            self.asked.append((request.path.removeprefix(root), {**request.args, **request.form, **request.headers}))

        @app.get(f"{root}/authorize")
        def authorize() -> Response:
            grant = library.get_consent_grant(end_user=self.person)
            response = library.create_authorization_response(grant_user=self.person, grant=grant)
            parts = urlsplit(response.headers.get("Location", ""))
            said = {**dict(parse_qsl(parts.query)), **self.answer}
            left = urlencode({name: text for name, text in said.items() if text is not None})
            response.headers["Location"] = parts._replace(query=left).geturl()
            return response  # type: ignore[no-any-return]

        @app.post(f"{root}/token")
        def token() -> Response:
            return library.create_token_response()  # type: ignore[no-any-return]

        @app.get(f"{root}/keys")
        def keys() -> Response:
            return jsonify({"keys": [key if isinstance(key, dict) else key.as_dict() for key in self.published]})

        @app.get(f"{root}/userinfo")
        def userinfo() -> Response | tuple[str, int]:
            known = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
            return jsonify({"sub": known["sub"], **self.apart}) if known is not None else ("", 401)

        @app.get(f"{root}/end")
        def end() -> Any:
            return redirect(request.args["post_logout_redirect_uri"])

        @app.get(f"{root}/.well-known/openid-configuration")
        def metadata() -> Response:
            known = {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/userinfo", "end_session_endpoint": f"{self.url}/end",
                **self.metadata,
            }  # fmt: skip
            return jsonify({name: value for name, value in known.items() if value is not None})

        return app

    def _save(self, data: dict[str, Any], asked: Any) -> None:
        self.tokens[data["access_token"]] = asked.user

    def _grant(self) -> type[Any]:
        own = self

        class AuthorizationCode(grants.AuthorizationCodeGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = ("none", "client_secret_basic", "client_secret_post")

            def save_authorization_code(self, code: str, request: Any) -> None:
                said = request.payload.data
                own.codes[code] = OpenIDAuthorizationCode(
                    code, request.client.client_id, request.payload.redirect_uri, request.payload.scope or "",
                    said.get("code_challenge", ""), said.get("code_challenge_method", ""),
                    nonce=said.get("nonce", ""), person=request.user,
                )  # fmt: skip

            def query_authorization_code(self, code: str, client: Client) -> Code | None:
                return own.codes.get(code)

            def delete_authorization_code(self, authorization_code: Code) -> None:
                del own.codes[authorization_code.code]

            def authenticate_user(self, authorization_code: OpenIDAuthorizationCode) -> Any:
                return authorization_code.person

        return AuthorizationCode

    def _id_token(self) -> OpenIDCode:
        own = self

        class IDToken(OpenIDCode):  # type: ignore[misc]
            def exists_nonce(self, nonce: str, request: Any) -> bool:
                return any(code.nonce == nonce for code in own.codes.values())

            def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
                now = int(time.time())
                claims = {
                    "iss": own.url, "aud": request.client.client_id, "iat": now, "exp": now + 300,
                    "nonce": request.authorization_code.nonce,
                    "at_hash": create_half_hash(token["access_token"], own.alg if own.alg != "none" else "RS256"),
                    **request.user, **own.claims,
                }  # fmt: skip
                claims = {name: value for name, value in claims.items() if value is not None}
                if isinstance(claims.get("at_hash"), bytes):
                    claims["at_hash"] = claims["at_hash"].decode()
                header = {"alg": own.alg, "kid": own.signs.kid if own.signs else "first"}
                header = {name: value for name, value in header.items() if value}
                if own.alg == "none":  # which the library rightly does not write
                    parts = (urlsafe_b64encode(json.dumps(part).encode()).decode() for part in (header, claims))
                    return f"{'.'.join(part.rstrip('=') for part in parts)}."
                return jwt.encode(header, claims, own.signs, registry=JWSRegistry(algorithms=[own.alg]))

        return IDToken()


@contextlib.contextmanager
def running_provider() -> Iterator[OpenIDProvider]:
    """Run a provider, spoken to in clear as only loopback may."""
    with pytest.MonkeyPatch.context() as patch, OpenIDProvider() as server:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        yield server
