"""A real authorization server for tests, on loopback: Authlib's, with every flow, and switches to make it misbehave."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest
from authlib.integrations.flask_oauth2 import AuthorizationServer as Library
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6749.models import AuthorizationCodeMixin, ClientMixin, TokenMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint, DeviceCodeGrant
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Flask, Response, jsonify, request

from tests.support.served import Served

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
SCOPES = "books.read books.write"
USER = {"id": "ada"}


@dataclass
class Client(ClientMixin):  # type: ignore[misc]
    """A registered client; one without a secret proves itself by PKCE alone."""

    client_id: str
    secret: str
    redirect_uris: list[str] = field(default_factory=list)

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uris[0]

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in (scope or "").split() if one in SCOPES.split())

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return bool(self.secret) and client_secret == self.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method != "none" if self.secret else method == "none"

    def check_response_type(self, response_type: str) -> bool:
        return response_type in ("code", "token")

    def check_grant_type(self, grant_type: str) -> bool:
        return True


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """A code that was given out, with the challenge it is bound to."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope


@dataclass
class Token(TokenMixin):  # type: ignore[misc]
    """A token that was given out."""

    client_id: str
    data: dict[str, Any]

    def check_client(self, client: Client) -> bool:
        return self.client_id == client.client_id

    def get_scope(self) -> str:
        return str(self.data.get("scope") or "")

    def get_expires_in(self) -> int:
        return int(self.data.get("expires_in") or 0)

    def is_expired(self) -> bool:
        return False

    def is_revoked(self) -> bool:
        return False


class AuthorizationServer(Served):
    """A context manager; `url` is its issuer. It keeps what it was asked in `authorizations` and `token_requests`.

    `tamper` replaces parameters of the authorization response (`None` leaves one out), `metadata` members of its
    metadata; `expires_in` is the life of its tokens in seconds; `approved` are the user codes entered on a device.
    While it `waits`, its page asks the visitor something and leads nowhere; tokens come after `delay` seconds.
    """

    def __init__(self) -> None:
        self.clients = {"docs": Client("docs", ""), "service": Client("service", "canary-client-secret")}
        self.codes: dict[str, Code] = {}
        self.tokens: list[Token] = []
        self.devices: dict[str, dict[str, Any]] = {}
        self.authorizations: list[dict[str, str]] = []
        self.token_requests: list[tuple[dict[str, str], dict[str, str]]] = []
        self.approved: set[str] = set()
        self.tamper: dict[str, str | None] = {}
        self.metadata: dict[str, Any] = {}
        self.expires_in = 3600
        self.names_itself = False
        self.waits = False
        self.delay = 0.0
        super().__init__(self._app())

    def accepts(self, redirect_uri: str) -> None:
        """Register a redirect address with every client."""
        for client in self.clients.values():
            client.redirect_uris.append(redirect_uri)

    def _app(self) -> Flask:
        app = Flask("authorization", static_folder=None)
        app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = True
        library = Library()
        library.init_app(app, query_client=self.clients.get, save_token=self._save_token)
        made = self._grants()
        library.register_grant(made[0], [CodeChallenge(required=True)])
        for grant in made[1:]:
            library.register_grant(grant)
        library.register_endpoint(self._device_endpoint())
        issuer = IssuerParameter()
        issuer.get_issuer = lambda: self.url if self.names_itself else None
        library.register_extension(issuer)

        @app.get("/authorize")
        def authorize() -> Response:
            self.authorizations.append(dict(request.args))
            if self.waits:
                return Response(
                    "<!doctype html><title>Who are you?</title><link rel=icon href=data:,>", mimetype="text/html"
                )
            grant = library.get_consent_grant(end_user=USER)
            response = library.create_authorization_response(grant_user=USER, grant=grant)
            return self._tampered(response)

        @app.post("/token")
        def token() -> Response:
            self.token_requests.append((dict(request.form), dict(request.headers)))
            time.sleep(self.delay)
            response: Response = library.create_token_response()
            return response

        @app.post("/device")
        def device() -> Response:
            response: Response = library.create_endpoint_response("device_authorization")
            return response

        @app.get("/.well-known/openid-configuration")
        @app.get("/.well-known/oauth-authorization-server")
        def metadata() -> Response:
            return jsonify(
                {
                    "issuer": self.url,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "device_authorization_endpoint": f"{self.url}/device",
                    "authorization_response_iss_parameter_supported": self.names_itself,
                    **self.metadata,
                }
            )

        @app.get("/elsewhere")
        def elsewhere() -> Response:
            return Response(status=302, headers={"Location": f"{self.url}/.well-known/openid-configuration"})

        return app

    def _tampered(self, response: Response) -> Response:
        location = response.headers.get("Location")
        if not location or not self.tamper:
            return response
        parts = urlsplit(location)
        where = "fragment" if parts.fragment else "query"
        said = dict(parse_qsl(getattr(parts, where)))
        said |= {name: text for name, text in self.tamper.items() if text is not None}
        said = {name: text for name, text in said.items() if self.tamper.get(name, "") is not None}
        response.headers["Location"] = urlunsplit(parts._replace(**{where: urlencode(said)}))
        return response

    def _save_token(self, data: dict[str, Any], asked: Any) -> None:
        data["expires_in"] = self.expires_in
        self.tokens.append(Token(asked.client.client_id, data))

    def _grants(self) -> list[type[Any]]:
        own = self
        methods = ["none", "client_secret_basic", "client_secret_post"]

        class AuthorizationCode(grants.AuthorizationCodeGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = methods

            def save_authorization_code(self, code: str, request: Any) -> None:
                said = request.payload.data
                own.codes[code] = Code(
                    code, request.client.client_id, request.payload.redirect_uri, request.payload.scope or "",
                    said.get("code_challenge", ""), said.get("code_challenge_method", ""),
                )  # fmt: skip

            def query_authorization_code(self, code: str, client: Client) -> Code | None:
                found = own.codes.get(code)
                return found if found is not None and found.client_id == client.client_id else None

            def delete_authorization_code(self, authorization_code: Code) -> None:
                del own.codes[authorization_code.code]

            def authenticate_user(self, authorization_code: Code) -> Any:
                return USER

        class Password(grants.ResourceOwnerPasswordCredentialsGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = methods

            def authenticate_user(self, username: str, password: str) -> Any:
                return USER if (username, password) == ("ada", "canary-password") else None

        class Refresh(grants.RefreshTokenGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = methods
            INCLUDE_NEW_REFRESH_TOKEN = True

            def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
                return next((one for one in own.tokens if one.data.get("refresh_token") == refresh_token), None)

            def authenticate_user(self, refresh_token: Token) -> Any:
                return USER

            def revoke_old_credential(self, refresh_token: Token) -> None:
                own.tokens.remove(refresh_token)

        class Device(DeviceCodeGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = methods

            def query_device_credential(self, device_code: str) -> Any:
                return own.devices.get(device_code)

            def query_user_grant(self, user_code: str) -> Any:
                return (USER, True) if user_code in own.approved else None

            def should_slow_down(self, credential: Any) -> bool:
                return False

        class ClientCredentials(grants.ClientCredentialsGrant):  # type: ignore[misc]
            TOKEN_ENDPOINT_AUTH_METHODS = methods[1:]

        return [AuthorizationCode, grants.ImplicitGrant, Password, ClientCredentials, Refresh, Device]

    def _device_endpoint(self) -> type[Any]:
        own = self

        class Credential(dict[str, Any]):
            def get_client_id(self) -> str:
                return str(self["client_id"])

            def get_scope(self) -> str:
                return str(self.get("scope") or "")

            def get_user_code(self) -> str:
                return str(self["user_code"])

            def is_expired(self) -> bool:
                return False

        class Endpoint(DeviceAuthorizationEndpoint):  # type: ignore[misc]
            INTERVAL = 1

            def get_verification_uri(self) -> str:
                return f"{own.url}/enter"

            def save_device_credential(self, client_id: str, scope: str, data: dict[str, Any]) -> None:
                own.devices[data["device_code"]] = Credential(client_id=client_id, scope=scope, **data)

        return Endpoint


@pytest.fixture
def authorization(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An authorization server, spoken to in clear as only loopback may."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with AuthorizationServer() as server:
        yield server
