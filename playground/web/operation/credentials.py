"""The credentials panel of an operation: its schemes as choices and inputs, never a value; and what is submitted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from playground import jsontext
from playground.catalog.model import Entry, SchemeUse, SecurityRequirement, SecurityScheme, Server
from playground.forms.state import FormState
from playground.gateway.oauth.endpoints import DISCOVERED
from playground.gateway.signing import aws_scope
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import expand_server, servers_of
from playground.secrets.credentials import Credentials, read_credentials
from playground.secrets.schemes import offered, requirement_of, signing_of
from playground.text.markdown import plain_text
from playground.text.wording import joined, say
from playground.web.site import this_site


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowInputs:
    """One OAuth flow to choose: its name as OpenAPI has it, and the client the description suggests."""

    name: str
    title: str
    client_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One scope to ask for; `needed` says that this operation does."""

    name: str
    description: str
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeInputs:
    """The inputs of one scheme: its kind (`bearer`, `basic`, `digest`, `api_key`, `oauth2`, `aws_sigv4`).

    `name` and `location` are an API key's; `region` and `service` what an AWS host says; `flows`, `scopes` and `query`
    (further parameters of the authorization request, as JSON) those of a sign-in.
    """

    scheme: str
    kind: str
    title: str
    name: str = ""
    location: str = ""
    description: str = ""
    region: str = ""
    service: str = ""
    flows: tuple[FlowInputs, ...] = ()
    scopes: tuple[Scope, ...] = ()
    query: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """What is typed without a script, by the names of the credential's own members."""
        return PARTS[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One alternative: the schemes it needs, as the JSON list the script reads."""

    title: str
    schemes: tuple[str, ...]
    selected: bool

    @property
    def value(self) -> str:
        """The scheme names as JSON text."""
        return json.dumps(self.schemes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsPanel:
    """Everything the panel shows.

    `not_needed` says the operation declares that it takes no credentials, `mutual_tls` that a client certificate is
    among what it takes; `lent` is a sentence about the operator's credential that is used in the visitor's place.
    """

    choices: tuple[Choice, ...]
    schemes: tuple[SchemeInputs, ...]
    not_needed: bool
    mutual_tls: bool = False
    lent: str = ""
    redirect_uri: str = ""

    @property
    def has_oauth(self) -> bool:
        """Whether anything here can be signed in to."""
        return any(scheme.flows for scheme in self.schemes)


PARTS = {
    "bearer": ("token",),
    "oauth2": ("token",),
    "basic": ("username", "password"),
    "digest": ("username", "password"),
    "api_key": ("value",),
    "aws_sigv4": ("accessKeyId", "secretAccessKey", "sessionToken", "region", "service"),
}
_FLOWS: dict[str, str] = {
    "authorizationCode": say("Sign in (authorization code)"),
    "deviceAuthorization": say("On another device (device code)"),
    "clientCredentials": say("As an application (client credentials)"),
    "password": say("User name and password"),
    "implicit": say("Implicit (legacy)"),
}
"""The flows in the order of the choice: the safest for a person first."""

_MOST_SCOPES = 400

ANY = (
    SecurityScheme(name="Bearer token", type="http", scheme="bearer"),
    SecurityScheme(name="Basic", type="http", scheme="basic"),
    SecurityScheme(name="API key", type="apiKey"),
)
"""Schemes that are offered where a description declares none: private APIs often leave them out."""


def build_panel(entry: Entry, *, lent: str = "", redirect_uri: str = "") -> CredentialsPanel:
    """Return the panel of an operation, from the description's own security schemes."""
    declared = entry.provider.security_schemes or ANY
    kinds = {scheme.name: _kind(entry, scheme) for scheme in declared}
    titles = Counter(title for _, title in kinds.values())
    needed = _needed(entry)
    inputs: dict[str, SchemeInputs | None] = {}
    for scheme in declared:
        kind, title = kinds[scheme.name]
        title = joined(" ", (title, f"({scheme.name})")) if titles[title] > 1 else title
        inputs[scheme.name] = _inputs(entry, scheme, kind, title, needed.get(scheme.name, ()))
    usable = {name: scheme for name, scheme in inputs.items() if scheme is not None}
    silent = {scheme.name for scheme in declared if scheme.type == "mutualTLS"}
    requirements = _alternatives(entry, declared)
    alternatives: dict[tuple[str, ...], bool] = {}  # and whether a client certificate goes with it in any case
    for requirement in requirements:
        names = tuple(use.scheme for use in requirement if use.scheme not in silent)
        if names and all(name in usable for name in names):
            alternatives[names] = alternatives.get(names, True) and len(names) < len(requirement)
    chosen = tuple(use.scheme for use in requirement_of(entry, None) if use.scheme not in silent)
    chosen = chosen or next(iter(alternatives), ())
    if entry.operation.security == ():
        chosen = ()
    titled = {name: scheme.title for name, scheme in usable.items()}
    certificate: list[str] = [say("client certificate")]
    choices = [
        Choice(
            title=_all_of([titled[name] for name in names] + certificate * with_certificate),
            schemes=names,
            selected=names == chosen,
        )
        for names, with_certificate in alternatives.items()
    ]
    none = Choice(title=say("No auth"), schemes=(), selected=not any(choice.selected for choice in choices))
    shown = {name for choice in choices for name in choice.schemes}
    return CredentialsPanel(
        choices=(*choices, none),
        schemes=tuple(scheme for name, scheme in usable.items() if name in shown),
        not_needed=entry.operation.security == (),
        mutual_tls=any(use.scheme in silent for requirement in requirements for use in requirement),
        lent=lent,
        redirect_uri=redirect_uri,
    )


def _all_of(titles: list[str]) -> str:
    text = titles[0]
    for title in titles[1:]:
        text = say("%(one)s and %(other)s", one=text, other=title)
    return text


def _alternatives(entry: Entry, declared: tuple[SecurityScheme, ...]) -> tuple[SecurityRequirement, ...]:
    return entry.operation.security or tuple((SchemeUse(scheme=scheme.name),) for scheme in declared)


def _inputs(
    entry: Entry, scheme: SecurityScheme, kind: str, title: str, needed: tuple[str, ...]
) -> SchemeInputs | None:
    if not kind:
        return None
    if kind == "aws_sigv4":
        service, region = _aws_scope(entry)
        return SchemeInputs(
            scheme=scheme.name, kind=kind, title=title, description=scheme.description, region=region, service=service
        )
    if kind == "oauth2":
        return _sign_in(scheme, title, needed)
    return SchemeInputs(
        scheme=scheme.name,
        kind=kind,
        title=title,
        name=scheme.parameter if scheme.type == "apiKey" else ("Authorization" if kind == "api_key" else ""),
        location=scheme.location or ("header" if kind == "api_key" and scheme.type != "apiKey" else ""),
        description=scheme.description,
    )


def _kind(entry: Entry, scheme: SecurityScheme) -> tuple[str, str]:
    signing = signing_of(entry, scheme)
    if signing is not None:
        return signing, say("Digest") if signing == "digest" else say("AWS signature (version 4)")
    if scheme.type == "http":
        spelled = scheme.scheme.lower()
        if spelled == "bearer":
            return "bearer", say("Bearer token")
        if spelled == "basic":
            return "basic", say("Basic")
        # Of any other scheme the visitor types the whole Authorization value.
        return "api_key", say("Authorization value (%(scheme)s)", scheme=scheme.scheme)
    if scheme.type == "apiKey":
        if not scheme.parameter:
            return "api_key", say("API key")
        return "api_key", say("API key (%(place)s %(name)s)", place=scheme.location, name=scheme.parameter)
    if scheme.type in ("oauth2", "openIdConnect"):
        openid = scheme.type == "openIdConnect"
        return "oauth2", say("OpenID Connect access token") if openid else say("OAuth 2.0 access token")
    return "", ""  # mutual TLS is between the gateway and the API; a page has nothing to ask


def _sign_in(scheme: SecurityScheme, title: str, asked: tuple[str, ...]) -> SchemeInputs:
    described = {name: flow for name, flow in scheme.flows.items() if name in _FLOWS and isinstance(flow, Mapping)}
    discovered = scheme.type == "openIdConnect" or bool(scheme.metadata_url)
    names = [name for name in _FLOWS if name in described or (discovered and not described and name in DISCOVERED)]
    settings = {name: flow.get("settings") or {} for name, flow in described.items()}
    needed = dict.fromkeys(asked)
    for setting in settings.values():
        needed |= dict.fromkeys(setting.get("scopes", ()))
    offered = {name: words for flow in described.values() for name, words in flow.get("scopes", {}).items()}
    if scheme.type == "openIdConnect":
        needed = {"openid": None, **needed}
    listed = {**dict.fromkeys(needed, ""), **offered}
    query = next((setting["query"] for setting in settings.values() if setting.get("query")), None)
    return SchemeInputs(
        scheme=scheme.name,
        kind="oauth2",
        title=title,
        description=scheme.description,
        flows=tuple(
            FlowInputs(name=name, title=_FLOWS[name], client_id=settings.get(name, {}).get("client_id", ""))
            for name in names
        ),
        scopes=tuple(
            Scope(name=name, description=plain_text(words, 120), needed=name in needed)
            for name, words in list(listed.items())[:_MOST_SCOPES]
        ),
        query=json.dumps(query) if query else "",
    )


def _needed(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the scopes that the first alternative with each scheme asks for."""
    needed: dict[str, tuple[str, ...]] = {}
    for requirement in entry.operation.security or ():
        for use in requirement:
            needed.setdefault(use.scheme, use.scopes)
    return needed


def _aws_scope(entry: Entry) -> tuple[str, str]:
    try:
        return aws_scope(expand_server(entry, RequestModel(server=(servers_of(entry) or (Server(url=""),))[0].url)))
    except RequestError:
        return "", ""


def saved_of(state: FormState) -> Mapping[str, Any]:
    """Return what the script submitted, empty without a script: the credential, and what it was saved for.

    Beside `credential` and `customHeaders` there are the lists `gateways` and `servers`, and whether the token is
    `expired` or `renewable`. Raises `RequestError` for anything that the script never writes.
    """
    text = state.get("credential")
    if not text:
        return {}
    try:
        value = jsontext.loads(text)
    except jsontext.JSONTextError:
        value = None
    if not isinstance(value, dict):
        raise RequestError(say("The saved credentials cannot be read: save them again."))
    return value


def credentials_of(entry: Entry, state: FormState) -> Credentials:
    """Read the credential that the script added, or those that were typed into a page without scripts.

    Credentials for a scheme that the operation does not take are dropped, whatever the page submits. Raises
    `RequestError`, whose text holds no secret.
    """
    read = read_credentials(saved_of(state) or _typed(entry, state), provider=entry.provider.name)
    taken = {use.scheme for alternative in offered(entry) for use in alternative}
    return replace(read, schemes={name: scheme for name, scheme in read.schemes.items() if name in taken})


def _typed(entry: Entry, state: FormState) -> dict[str, Any] | None:
    schemes: dict[str, dict[str, str]] = {}
    for scheme in build_panel(entry).schemes:
        parts = {part: text for part in scheme.parts if (text := state.text(f"credential.{scheme.scheme}.{part}"))}
        if not parts:
            continue
        typed: dict[str, str] = {"type": "bearer_token" if scheme.kind == "oauth2" else scheme.kind, **parts}
        if scheme.kind in ("basic", "digest"):
            typed = {"username": "", "password": "", **typed}
        if scheme.kind == "api_key":
            typed |= {"name": scheme.name or "X-Api-Key", "in": scheme.location or "header"}
        schemes[scheme.scheme] = typed
    if not entry.provider.security_schemes:
        # There is no scheme to name: the credential itself says where it goes.
        return next(iter(schemes.values()), None)
    return {"type": "schemes", "schemes": schemes} if schemes else None


def lent_sentence(entry: Entry) -> str:
    """Return the sentence for the panel, empty where the operator lends nothing to this operation."""
    site = this_site()
    loan = site.calls.operator.lent(entry.provider.name, entry.operation)
    if loan is None or not (loan.credentials.single or loan.credentials.schemes or loan.credentials.headers):
        return ""
    limits: list[str] = []
    if loan.methods:
        limits.append(say("for %(methods)s requests only", methods=", ".join(loan.methods)))
    if loan.operations:
        is_only = len(loan.operations) == 1
        limits.append(say("for this operation") if is_only else say("for some operations only"))
    if (rate := site.settings.rate_limit) is not None:
        limits.append(_rate_text(rate.count, rate.seconds))
    if not limits:
        return say("Using the demo key of this site. Your own credentials take its place.")
    return say(
        "Using the demo key of this site (%(limits)s). Your own credentials take its place.",
        limits=joined("; ", limits),
    )


def _rate_text(count: int, seconds: int) -> str:
    match seconds:
        case 1:
            return say("%(count)s requests a second at most", count=count)
        case 60:
            return say("%(count)s requests a minute at most", count=count)
        case 3600:
            return say("%(count)s requests an hour at most", count=count)
        case _:
            return say("%(count)s requests a day at most", count=count)
