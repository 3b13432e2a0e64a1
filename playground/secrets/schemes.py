"""Which security schemes a request uses, and credentials put where they say (OpenAPI 3.1 sections 4.8.27, 4.8.30)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from playground.catalog.model import Entry, SchemeUse, SecurityRequirement, SecurityScheme
from playground.httpsyntax import is_reserved, is_sendable, is_token
from playground.messages import Headers, HTTPRequest
from playground.request.errors import CredentialError
from playground.request.headers import cookie_name, cookie_text
from playground.request.text import percent_encode
from playground.secrets.credentials import (
    ApiKey,
    AwsKeys,
    Basic,
    Bearer,
    Credential,
    Credentials,
    Digest,
    NoCredential,
    Signer,
    check_own_header,
)
from playground.text.wording import say

Kind: TypeAlias = Literal["bearer", "basic", "api_key", "digest", "aws_sigv4", "other"]
AWS_VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
"""The names that Amazon's own tools read."""

_ORDER = ("bearer", "api_key", "oauth2", "basic")
_AWS_HOST = re.compile(r"^https?://[^/]*\.(?:amazonaws\.com(?:\.cn)?|api\.aws)(?=[:/]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """Where a scheme's secret goes, and the environment variables a snippet reads it from."""

    scheme: SecurityScheme
    kind: Kind
    location: str
    name: str
    prefix: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A secret text with its place in the message; or, with `signer`, what the finished message is signed with."""

    location: str = ""
    name: str = ""
    text: str = field(repr=False, default="")
    signer: Signer | None = None


def requirement_of(entry: Entry, names: tuple[str, ...] | None = None) -> SecurityRequirement:
    """Return the security requirement in force: the chosen alternative, else the default one.

    Default: of alternatives that are single schemes the one easiest to have (bearer, API key, OAuth 2, basic); else the
    first that asks for something. An operation that declares nothing has `()`. Unknown names count as no choice.
    """
    alternatives = entry.operation.security or ()
    if names is not None:
        if not names:
            return ()
        schemes = entry.provider.schemes_by_name()
        for alternative in offered(entry):
            # A client certificate is the gateway's to show, so choosing goes without it.
            asked = [use.scheme for use in alternative if not _is_silent(schemes.get(use.scheme))]
            if sorted(names) in (sorted(asked), sorted(use.scheme for use in alternative)):
                return alternative
    asking = [alternative for alternative in alternatives if alternative]
    if not asking:
        return ()
    if all(len(alternative) == 1 for alternative in asking):
        schemes = entry.provider.schemes_by_name()
        return min(asking, key=lambda requirement: _rank(schemes.get(requirement[0].scheme)))
    return asking[0]


def injections(entry: Entry, names: tuple[str, ...] | None = None) -> tuple[Injection, ...]:
    """Return where the secrets of the requirement in force go; each place once, with distinct variables."""
    schemes = entry.provider.schemes_by_name()
    places: list[Injection] = []
    for use in requirement_of(entry, names):
        scheme = schemes.get(use.scheme)
        injection = _injection(entry, scheme) if scheme is not None else None
        if injection is None or any(_same_place(injection, other) for other in places):
            continue
        if any(set(injection.variables) & set(other.variables) for other in places):
            injection = _injection(entry, injection.scheme, distinct=True) or injection
        places.append(injection)
    return tuple(places)


def scheme_injections(entry: Entry) -> tuple[Injection, ...]:
    """Return where each of the provider's schemes puts its secret, whether or not this operation asks for it."""
    places = (_injection(entry, scheme) for scheme in entry.provider.security_schemes)
    return tuple(injection for injection in places if injection is not None)


def filled_by_schemes(entry: Entry) -> frozenset[tuple[str, str]]:
    """Return location and lower-case name of every place that a scheme this operation accepts may fill."""
    accepted = {use.scheme for alternative in offered(entry) for use in alternative}
    return frozenset(
        (scheme_injection.location, scheme_injection.name.lower())
        for scheme_injection in scheme_injections(entry)
        if scheme_injection.scheme.name in accepted
    )


def apply_credentials(
    entry: Entry, request: HTTPRequest, credentials: Credentials, names: tuple[str, ...] | None = None
) -> HTTPRequest:
    """Return the request with the credentials of the first alternative they fully satisfy, and with own headers.

    Only the schemes of that alternative are sent. `names` chooses the alternative; `()` is "no credentials". Headers
    come first, query keys last, cookie keys join the one Cookie field. What has to be computed from the finished
    message is left to the gateway (`signer_of`). Raises `CredentialError`.
    """
    places = tuple(place for place in _places(entry, credentials, names) if place.signer is None)
    headers: list[tuple[str, str]] = []
    cookies: list[str] = []
    query: list[str] = []
    for place in places:
        if place.location == "query":
            query.append(f"{percent_encode(place.name)}={percent_encode(place.text)}")
        elif place.location == "cookie":
            cookies.append(f"{cookie_name(place.name)}={cookie_text(place.text)}")
        else:
            headers.append((place.name, _checked(place)))
    declared = {parameter.name.lower() for parameter in entry.operation.parameters_in("header")}
    for name, text in credentials.headers.items():
        check_own_header(name, text)
        typed = name.lower() in declared and name in request.headers
        # The boundary in a multipart Content-Type belongs to the content; a value typed in the form is the newer word.
        if not typed and name.lower() not in {taken.lower() for taken, _ in headers} | {"content-type"}:
            headers.append((name, text.strip(" \t")))
    taken = {name.lower() for name, _ in headers}
    fields = Headers.of((*headers, *((name, text) for name, text in request.headers if name.lower() not in taken)))
    if cookies:
        before = fields.get("cookie")
        fields = fields.without("cookie").adding("Cookie", "; ".join([before, *cookies] if before else cookies))
    url = request.url
    if query:
        url += ("&" if "?" in url else "?") + "&".join(query)
    return HTTPRequest(method=request.method, url=url, headers=fields, content=request.content)


def signer_of(entry: Entry, credentials: Credentials, names: tuple[str, ...] | None = None) -> Signer | None:
    """Return what the gateway has to sign the message with, of the alternative that `apply_credentials` uses."""
    return next((place.signer for place in _places(entry, credentials, names) if place.signer is not None), None)


def signing_of(entry: Entry, scheme: SecurityScheme) -> Literal["digest", "aws_sigv4"] | None:
    """Say how a scheme's secret is used if it is never sent itself.

    AWS describes its signature as an API key called Authorization: with an extension (read into `scheme.scheme`), or
    by nothing but its host.
    """
    if scheme.type == "http" and scheme.scheme.lower() == "digest":
        return "digest"
    if scheme.scheme.lower() in ("aws-sigv4", "aws4-hmac-sha256"):
        return "aws_sigv4"
    if scheme.type == "apiKey" and scheme.location == "header" and scheme.parameter.lower() == "authorization":
        servers = entry.operation.servers or entry.provider.servers
        return "aws_sigv4" if any(_AWS_HOST.match(server.url) for server in servers) else None
    return None


def _places(entry: Entry, credentials: Credentials, names: tuple[str, ...] | None) -> tuple[_Place, ...]:
    if names == () or isinstance(credentials.single, NoCredential):
        return ()
    asks = entry.operation.security is None or any(entry.operation.security)
    if asks and not entry.provider.security_schemes and credentials.single is not None:
        return (_own_place(credentials.single),)
    chosen = (requirement_of(entry, names),) if names is not None else offered(entry)
    schemes = entry.provider.schemes_by_name()
    for alternative in chosen:
        places = _satisfy(entry, alternative, schemes, credentials) if alternative else None
        if places is not None:
            return places
    return ()


def offered(entry: Entry) -> tuple[SecurityRequirement, ...]:
    """Return the operation's alternatives; where it declares nothing at all, each of the provider's schemes alone."""
    if entry.operation.security is not None:
        return entry.operation.security
    return tuple((SchemeUse(scheme=scheme.name),) for scheme in entry.provider.security_schemes)


def _satisfy(
    entry: Entry,
    requirement: SecurityRequirement,
    schemes: Mapping[str, SecurityScheme],
    credentials: Credentials,
) -> tuple[_Place, ...] | None:
    """Return the places of every scheme of a requirement, or `None` if one of them has no fitting credential."""
    places: list[_Place] = []
    unnamed_keys = 0
    for use in requirement:
        scheme = schemes.get(use.scheme)
        if scheme is None:
            return None
        if scheme.type == "mutualTLS":
            continue
        credential = credentials.schemes.get(scheme.name)
        if credential is None and credentials.single is not None:
            credential = credentials.single
            unnamed_keys += isinstance(credential, ApiKey) and not credential.name
        place = _place(entry, scheme, credential) if credential is not None else None
        # One key without a name cannot be both the application's and the account's.
        if place is None or unnamed_keys > 1:
            return None
        if place not in places:
            places.append(place)
    return tuple(places) or None


def _place(entry: Entry, scheme: SecurityScheme, credential: Credential) -> _Place | None:
    """Return where a credential goes for a scheme, or `None` if it is of another kind."""
    signing = signing_of(entry, scheme)
    if signing == "digest" and isinstance(credential, Basic | Digest):
        return _Place(signer=Digest(username=credential.username, password=credential.password))
    if isinstance(credential, AwsKeys):
        return _Place(signer=credential) if signing == "aws_sigv4" else None
    if scheme.type == "apiKey":
        return _key_place(scheme, credential)
    word = scheme.scheme.lower() if scheme.type == "http" else "bearer"
    if isinstance(credential, Basic):
        return _Place(location="header", name="Authorization", text=credential.text) if word == "basic" else None
    if isinstance(credential, Bearer) and word != "basic":
        prefix = credential.scheme if word == "bearer" else scheme.scheme
        return _Place(location="header", name="Authorization", text=f"{prefix} {credential.token}")
    named = isinstance(credential, ApiKey) and credential.name.lower() == "authorization" and word != "basic"
    if isinstance(credential, ApiKey) and named and credential.location in ("", "header"):
        return _Place(location="header", name="Authorization", text=credential.prefix + credential.value)
    return None


def _key_place(scheme: SecurityScheme, credential: Credential) -> _Place | None:
    if isinstance(credential, Bearer):
        if scheme.location == "header" and scheme.parameter.lower() == "authorization":
            return _Place(location="header", name=scheme.parameter, text=f"{credential.scheme} {credential.token}")
        return None
    if not isinstance(credential, ApiKey):
        return None
    same_name = credential.name == scheme.parameter or (
        scheme.location == "header" and credential.name.lower() == scheme.parameter.lower()
    )
    if (credential.name and not same_name) or (credential.location and credential.location != scheme.location):
        return None
    return _Place(location=scheme.location, name=scheme.parameter, text=credential.prefix + credential.value)


def _own_place(credential: Credential) -> _Place:
    """Return where a credential goes when the description knows no security scheme at all: as it says itself."""
    if isinstance(credential, Basic):
        return _Place(location="header", name="Authorization", text=credential.text)
    if isinstance(credential, Bearer):
        return _Place(location="header", name="Authorization", text=f"{credential.scheme} {credential.token}")
    if isinstance(credential, Digest | AwsKeys):
        return _Place(signer=credential)
    if isinstance(credential, NoCredential):
        raise AssertionError("no credential has no place")
    return _Place(
        location=credential.location or "header",
        name=credential.name or "X-Api-Key",
        text=credential.prefix + credential.value,
    )


def _checked(place: _Place) -> str:
    if not is_token(place.name) or is_reserved(place.name):
        raise CredentialError(say("The credential's header name is not one that can be sent."), field="credential")
    if not is_sendable(place.text):
        raise CredentialError(
            say("The credential holds a line break or another control character: paste it again."), field="credential"
        )
    return place.text


def _is_silent(scheme: SecurityScheme | None) -> bool:
    return scheme is not None and scheme.type == "mutualTLS"


def _rank(scheme: SecurityScheme | None) -> int:
    if scheme is None:
        return len(_ORDER) + 1
    kind = {"apiKey": "api_key", "oauth2": "oauth2", "openIdConnect": "oauth2"}.get(scheme.type, scheme.scheme.lower())
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _same_place(first: Injection, other: Injection) -> bool:
    return (first.location, first.name.lower()) == (other.location, other.name.lower())


def _injection(entry: Entry, scheme: SecurityScheme, *, distinct: bool = False) -> Injection | None:
    if scheme.type == "mutualTLS":
        return None
    prefix = _variable(entry.provider.name) + (f"_{_variable(scheme.name)}" if distinct else "")
    signing = signing_of(entry, scheme)
    if signing is not None:
        return Injection(
            scheme=scheme, kind=signing, location="header", name="Authorization", prefix="",
            variables=AWS_VARIABLES if signing == "aws_sigv4" else (f"{prefix}_USERNAME", f"{prefix}_PASSWORD"),
        )  # fmt: skip
    if scheme.type == "apiKey":
        return Injection(
            scheme=scheme, kind="api_key", location=scheme.location, name=scheme.parameter, prefix="",
            variables=(f"{prefix}_API_KEY",),
        )  # fmt: skip
    word = scheme.scheme.lower() if scheme.type == "http" else "bearer"
    kind: Kind = "basic" if word == "basic" else "bearer" if word == "bearer" else "other"
    names = {"basic": ("USERNAME", "PASSWORD")}.get(kind, ("API_KEY",) if scheme.type == "http" else ("ACCESS_TOKEN",))
    return Injection(
        scheme=scheme, kind=kind, location="header", name="Authorization",
        prefix={"basic": "Basic ", "bearer": "Bearer "}.get(kind, f"{scheme.scheme} "),
        variables=tuple(f"{prefix}_{name}" for name in names),
    )  # fmt: skip


def _variable(name: str) -> str:
    text = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "API"
    return f"_{text}" if text[0].isdigit() else text
