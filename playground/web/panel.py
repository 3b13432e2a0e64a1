"""The credentials panel: which schemes an operation takes, as choices and inputs. It never holds a value."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playground.catalog.model import Entry, SecurityRequirement, SecurityScheme
from playground.request.security import requirement_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeInputs:
    """The inputs of one scheme: its kind (`bearer`, `basic`, `api_key`, `oauth2`), an API key's name and location."""

    scheme: str
    kind: str
    title: str
    name: str = ""
    location: str = ""
    description: str = ""


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
    """Everything the panel shows. `not_needed` says the operation declares that it takes no credentials."""

    choices: tuple[Choice, ...]
    schemes: tuple[SchemeInputs, ...]
    not_needed: bool


ANY = (
    SecurityScheme(name="Bearer token", type="http", scheme="bearer"),
    SecurityScheme(name="Basic", type="http", scheme="basic"),
    SecurityScheme(name="API key", type="apiKey"),
)
"""What is offered where a description declares no scheme at all: private APIs often leave them out."""


def build_panel(entry: Entry) -> CredentialsPanel:
    """Return the panel of an operation, from the description's own security schemes."""
    declared = entry.provider.security_schemes or ANY
    inputs = {scheme.name: _inputs(scheme, declared) for scheme in declared}
    usable = {name: one for name, one in inputs.items() if one is not None}
    alternatives = [
        tuple(use.scheme for use in requirement)
        for requirement in _alternatives(entry, declared)
        if requirement and all(use.scheme in usable for use in requirement)
    ]
    chosen = tuple(use.scheme for use in requirement_of(entry, None)) or (alternatives[0] if alternatives else ())
    if entry.operation.security == ():
        chosen = ()
    titled = {name: one.title for name, one in usable.items()}
    choices = [
        Choice(title=" and ".join(titled[name] for name in names), schemes=names, selected=names == chosen)
        for names in dict.fromkeys(alternatives)
    ]
    none = Choice(title="No auth", schemes=(), selected=not any(choice.selected for choice in choices))
    shown = {name for choice in choices for name in choice.schemes}
    return CredentialsPanel(
        choices=(*choices, none),
        schemes=tuple(one for name, one in usable.items() if name in shown),
        not_needed=entry.operation.security == (),
    )


def _alternatives(entry: Entry, declared: tuple[SecurityScheme, ...]) -> tuple[SecurityRequirement, ...]:
    from playground.catalog.model import SchemeUse

    return entry.operation.security or tuple((SchemeUse(scheme=scheme.name),) for scheme in declared)


def _inputs(scheme: SecurityScheme, declared: tuple[SecurityScheme, ...]) -> SchemeInputs | None:
    kind, title = _kind(scheme)
    if not kind:
        return None
    same = sum(_kind(other)[1] == title for other in declared) > 1
    return SchemeInputs(
        scheme=scheme.name,
        kind=kind,
        title=f"{title} ({scheme.name})" if same else title,
        name=scheme.parameter if scheme.type == "apiKey" else ("Authorization" if kind == "api_key" else ""),
        location=scheme.location or ("header" if kind == "api_key" and scheme.type != "apiKey" else ""),
        description=scheme.description,
    )


def _kind(scheme: SecurityScheme) -> tuple[str, str]:
    if scheme.type == "http":
        spelled = scheme.scheme.lower()
        if spelled == "bearer":
            return "bearer", "Bearer token"
        if spelled == "basic":
            return "basic", "Basic"
        # Digest and the rest: the visitor types the whole Authorization value.
        return "api_key", f"Authorization value ({scheme.scheme})"
    if scheme.type == "apiKey":
        where = f" ({scheme.location} {scheme.parameter})" if scheme.parameter else ""
        return "api_key", f"API key{where}"
    if scheme.type in ("oauth2", "openIdConnect"):
        return "oauth2", "OAuth 2.0 access token" if scheme.type == "oauth2" else "OpenID Connect access token"
    return "", ""  # mutual TLS is between the gateway and the API; a page has nothing to ask
