"""Credentials as values, and how they are read from what browsers and callers send (docs/protocol.md, Credentials).

No `repr`, error or comparison text shows a secret: every field that may hold one is kept out of `repr`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from playground.httpsyntax import is_reserved, is_sendable, is_token
from playground.request.errors import CredentialError, shown
from playground.text.wording import say

_SCOPE_PART = re.compile(r"[a-z0-9-]{1,64}")
_SHORTEST_SECRET = 4
"""Shorter texts are not searched for when redacting: that would strike out half of every answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A token for `Authorization`; also what an OAuth 2 access token is. `scheme` is the word before it."""

    token: str = field(repr=False)
    scheme: str = "Bearer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """A user name and password (RFC 7617). Some APIs take their key as the user name, so neither is shown."""

    username: str = field(repr=False)
    password: str = field(repr=False, default="")

    @property
    def text(self) -> str:
        """The header field's value."""
        return "Basic " + base64.b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key; `name`, `location` and `prefix` say where it goes, empty ones leave that to the security scheme."""

    value: str = field(repr=False)
    name: str = ""
    location: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A user name and password for HTTP Digest (RFC 7616): the gateway computes the answer to the API's challenge."""

    username: str = field(repr=False)
    password: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsKeys:
    """Keys that the gateway signs a request with (AWS Signature Version 4). No region or service: as the host says."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    session_token: str = field(repr=False, default="")
    region: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCredential:
    """The visitor's choice to send no credential."""


Signer: TypeAlias = Digest | AwsKeys
"""Credentials that are never sent themselves: the gateway computes something from them and the finished message."""

Credential: TypeAlias = Bearer | Basic | ApiKey | Signer | NoCredential


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """All of a visitor's secrets for one provider: one credential, or several by scheme name, and own headers.

    `variables` are values that the request itself holds already: known here, so that they are hidden like the rest.
    """

    single: Credential | None = None
    schemes: Mapping[str, Credential] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return self.single is not None or bool(self.schemes) or bool(self.headers) or bool(self.variables)


def read_credentials(value: Any, *, provider: str | None = None) -> Credentials:
    """Read a credential in any accepted spelling; `None` is none at all.

    `{"type": …}` alone, several as `{"type": "schemes", …}`, or an entry of the browser's storage
    `{"provider", "credential", "customHeaders"}`; with `provider`, an entry that names another one gives nothing, for a
    credential goes to its own provider only. Raises `CredentialError`.
    """
    if isinstance(value, Credentials):
        return value
    if value is None or value == {}:
        return Credentials()
    if not isinstance(value, Mapping):
        raise CredentialError(say("A credential must be an object with a “type”."), field="credential")
    owner = value.get("provider")
    if provider is not None and isinstance(owner, str) and owner != provider:
        return Credentials()
    headers = _read_headers(value.get("customHeaders"))
    inner = value.get("credential", None if "customHeaders" in value and "type" not in value else value)
    if inner is None:
        return Credentials(headers=headers)
    if not isinstance(inner, Mapping):
        raise CredentialError(say("A credential must be an object with a “type”."), field="credential")
    if inner.get("type") == "schemes":
        schemes = inner.get("schemes")
        if not isinstance(schemes, Mapping):
            raise CredentialError(say("A credential of type “schemes” needs an object “schemes”."), field="credential")
        read = {str(name): _read_one(credential) for name, credential in schemes.items() if credential is not None}
        return Credentials(
            schemes={name: credential for name, credential in read.items() if credential is not None}, headers=headers
        )
    return Credentials(single=_read_one(inner), headers=headers)


def secrets_of(credentials: Credentials) -> tuple[str, ...]:
    """Return every secret text as a message holds it, longest first, for redaction."""
    texts: set[str] = {*credentials.headers.values(), *credentials.variables.values()}
    for credential in (credentials.single, *credentials.schemes.values()):
        if isinstance(credential, Bearer):
            texts.add(credential.token)
        elif isinstance(credential, ApiKey):
            texts.add(credential.value)
        elif isinstance(credential, Basic):
            texts |= {credential.password or credential.username, credential.text.partition(" ")[2]}
        elif isinstance(credential, Digest):
            texts.add(credential.password or credential.username)
        elif isinstance(credential, AwsKeys):
            texts |= {credential.access_key, credential.secret_key, credential.session_token}
    texts = {text for text in texts if len(text) >= _SHORTEST_SECRET}
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def _read_one(value: Any) -> Credential | None:
    """Read one credential; an empty secret is an absent one, as everything a visitor leaves empty."""
    if not isinstance(value, Mapping):
        raise CredentialError(say("A credential must be an object with a “type”."), field="credential")
    kind = value.get("type")
    if kind in ("bearer", "bearer_token"):
        return _bearer(_text(value, "token"), "Bearer")
    if kind == "oauth2":
        scheme = _text(value, "tokenType", optional=True) or "Bearer"
        return _bearer(_text(value, "accessToken"), "Bearer" if scheme.lower() == "bearer" else scheme)
    if kind in ("basic", "digest"):
        username, password = _text(value, "username"), _text(value, "password", optional=True)
        if ":" in username:
            raise CredentialError(say("A user name cannot hold a colon."), field="credential")
        if not username and not password:
            return None
        return (Basic if kind == "basic" else Digest)(username=username, password=password)
    if kind == "aws_sigv4":
        return _aws_keys(value)
    if kind == "api_key":
        return _api_key(value)
    if kind == "none":
        return NoCredential()
    raise CredentialError(
        say("The credential's type must be bearer_token, basic, digest, api_key, oauth2, aws_sigv4, schemes or none."),
        field="credential",
    )


def _bearer(token: str, scheme: str) -> Bearer | None:
    if not is_token(scheme):
        raise CredentialError(say("The credential's “tokenType” must be one word."), field="credential")
    token = token.strip(" ")
    if token[:7].lower() == "bearer ":
        # Pasted together with the word that we write ourselves.
        token = token[7:].lstrip(" ")
    return Bearer(token=token, scheme=scheme) if token else None


def _api_key(value: Mapping[str, Any]) -> ApiKey | None:
    name = _text(value, "name", optional=True) or _text(value, "headerName", optional=True)
    location = _text(value, "in", optional=True)
    if location not in ("", "header", "query", "cookie"):
        raise CredentialError(say("The credential's “in” must be header, query or cookie."), field="credential")
    key = ApiKey(
        value=_text(value, "value").strip(" "),
        name=name.strip(" "),
        location=location or ("header" if name else ""),
        prefix=_text(value, "headerPrefix", optional=True) or _text(value, "prefix", optional=True),
    )
    if key.location == "header" and key.name and (not is_token(key.name) or is_reserved(key.name)):
        raise CredentialError(say("The API key's header name is not one that can be sent."), field="credential")
    return key if key.value else None


def _aws_keys(value: Mapping[str, Any]) -> AwsKeys | None:
    keys = AwsKeys(
        access_key=_text(value, "accessKeyId").strip(" "),
        secret_key=_text(value, "secretAccessKey").strip(" "),
        session_token=_text(value, "sessionToken", optional=True).strip(" "),
        region=_text(value, "region", optional=True).strip(" ").lower(),
        service=_text(value, "service", optional=True).strip(" ").lower(),
    )
    for name, text in (("region", keys.region), ("service", keys.service)):
        if text and not _SCOPE_PART.fullmatch(text):
            raise CredentialError(
                say("The credential's “%(name)s” may only hold letters, digits and -.", name=name), field="credential"
            )
    return keys if keys.access_key and keys.secret_key else None


def _text(value: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    text = value.get(name)
    if text is None and optional:
        return ""
    if not isinstance(text, str):
        raise CredentialError(say("The credential needs a text “%(name)s”.", name=name), field="credential")
    if not is_sendable(text) or "\t" in text:
        raise CredentialError(
            say(
                "The credential's “%(name)s” holds a line break or another control character: paste it again without.",
                name=name,
            ),
            field="credential",
        )
    return text


def _read_headers(value: Any) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, text in _header_items(value):
        if not isinstance(name, str) or not isinstance(text, str):
            raise CredentialError(say("Custom headers need a name and a text each."), field="credential")
        name = name.strip(" ")
        if not name and not text:
            continue
        check_own_header(name, text)
        headers[name] = text.strip(" \t")
    return headers


def _header_items(value: Any) -> Iterator[tuple[Any, Any]]:
    if value is None:
        return
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, (list, tuple)) and all(isinstance(header, Mapping) for header in value):
        yield from ((header.get("name"), header.get("value")) for header in value)
    else:
        raise CredentialError(say("“customHeaders” must be an object of texts."), field="credential")


def check_own_header(name: str, text: str) -> None:
    """Check a visitor's own header, which may hold a secret. Raises `CredentialError`, whose text shows no value."""
    if not is_token(name):
        # Not shown: a secret pasted into the wrong box would be.
        raise CredentialError(say("A custom header's name may only hold letters, digits and -."), field="credential")
    if is_reserved(name) or name.lower() == "cookie":
        raise CredentialError(
            say("The header %(name)s cannot be set as a custom header.", name=shown(name)), field="credential"
        )
    if not is_sendable(text):
        raise CredentialError(
            say("The custom header %(name)s holds a line break or another control character.", name=shown(name)),
            field="credential",
        )
