"""Security Scheme and Security Requirement Objects (OpenAPI 3.1 sections 4.8.27 and 4.8.30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from playground.catalog.model import SchemeUse, SecurityRequirement, SecurityScheme
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.values import link_text, text

_TYPES = ("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS")
_NEEDED = {
    "implicit": ("authorizationUrl",),
    "password": ("tokenUrl",),
    "clientCredentials": ("tokenUrl",),
    "authorizationCode": ("authorizationUrl", "tokenUrl"),
}
_SETTINGS = {
    "client_id": ("x-client-id", "x-scalar-client-id"),
    "token_name": ("x-tokenName", "x-token-name"),
    "credentials": ("x-receive-token-in", "x-scalar-credentials-location"),
}
_OURS = frozenset({
    "client_id", "client_secret", "client_assertion", "code", "code_challenge", "code_challenge_method",
    "code_verifier", "device_code", "grant_type", "password", "redirect_uri", "refresh_token", "response_type",
    "scope", "state", "username",
})  # fmt: skip
"""Parameters of a flow that only the visitor or Playground sets: a description's values are ignored."""

_LONGEST_SETTING = 500
_PLACES = ("header", "query", "cookie")


def read_security_schemes(reader: DocumentReader) -> tuple[SecurityScheme, ...]:
    """Return `components/securitySchemes` in order."""
    where: Where = (None, "components")
    components = reader.object_in(reader.document, "components", None)
    schemes: list[SecurityScheme] = []
    for name, value, place in reader.members(components, "securitySchemes", where):
        scheme = reader.shared(value, place, "security scheme", partial(read_scheme, reader))
        if scheme is not None:
            schemes.append(replace(scheme, name=name))
    return tuple(schemes)


def read_scheme(reader: DocumentReader, value: dict[str, Any], where: Where) -> SecurityScheme | None:
    """Return one scheme as 3.x describes it, named by its place, or `None` with a problem reported."""
    name = text(where[1]) if where else ""
    kind = text(value.get("type"))
    if kind not in _TYPES:
        reader.problems.error(
            (where, "type"),
            f"The security scheme {quoted(name)} has the unknown type {quoted(kind)}: write one of OpenAPI's.",
        )
        return None
    location, parameter = text(value.get("in")), text(value.get("name"))
    if kind == "apiKey" and (location not in _PLACES or not parameter):
        reader.problems.error(where, f"The API key {quoted(name)} needs a name and a place: header, query or cookie.")
        return None
    return SecurityScheme(
        name=name,
        type=kind,
        # Scheme names compare without case (RFC 9110 section 11.1).
        scheme=text(value.get("scheme")).lower() if kind == "http" else _signature(value),
        location=location if kind == "apiKey" else "",
        parameter=parameter if kind == "apiKey" else "",
        description=text(value.get("description")),
        bearer_format=text(value.get("bearerFormat")),
        flows=_read_flows(reader, value, where) if kind == "oauth2" else {},
        openid_url=link_text(value.get("openIdConnectUrl")),
        metadata_url=link_text(value.get("oauth2MetadataUrl")) if kind == "oauth2" else "",
    )


def _signature(value: dict[str, Any]) -> str:
    """Return `aws-sigv4` for an API key that is none: how Amazon's API Gateway describes its request signature."""
    return "aws-sigv4" if text(value.get("x-amazon-apigateway-authtype")).lower() == "awssigv4" else ""


def _read_flows(reader: DocumentReader, value: dict[str, Any], where: Where) -> dict[str, Any]:
    flows: dict[str, Any] = {}
    for name, flow, place in reader.members(value, "flows", where):
        followed = reader.follow(flow, place, "OAuth flow") if not name.startswith("x-") else None
        if followed is not None:
            flows[name] = read_flow(reader, *followed)
    return flows


def read_flow(reader: DocumentReader, value: dict[str, Any], where: Where) -> dict[str, Any]:
    """Return one OAuth flow: its addresses as text, and its scopes with their descriptions."""
    flow: dict[str, Any] = {
        key: text(value[key])
        for key in ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")
        if text(value.get(key))
    }
    for key in _NEEDED.get(str(where[1]) if where else "", ()):
        if not link_text(value.get(key)):
            reader.problems.warn((where, key), f'This OAuth flow has no "{key}" that is http or https; add it.')
    scopes = reader.object_in(value, "scopes", where)
    settings = read_settings(value)
    flow["scopes"] = {name: text(description) for name, description in scopes.items()}
    return flow | {"settings": settings} if settings else flow


def read_settings(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a flow's extensions, by our own names. A client secret in a description is never read.

    `client_id`, `token_name`, `credentials` (`header` or `body`): texts; `scopes`: a list of texts; `pkce`: whether;
    `query` and `body`: further parameters of the authorization and of the token request.
    """
    settings: dict[str, Any] = {}
    for name, keys in _SETTINGS.items():
        setting = next((text(value[key]) for key in keys if text(value.get(key))), "")
        if setting and len(setting) <= _LONGEST_SETTING:
            settings[name] = setting
    place = settings.pop("credentials", "").lower()
    if place:
        settings["credentials"] = "header" if place == "header" else "body"
    if scopes := value.get("x-default-scopes"):
        listed = scopes.split() if isinstance(scopes, str) else scopes if isinstance(scopes, list) else []
        settings["scopes"] = [text(scope) for scope in listed if text(scope)]
    pkce = value.get("x-usePkce", value.get("x-pkce-only"))
    if pkce is not None:
        settings["pkce"] = pkce not in (False, "no", "none", "false")
    for name, key in (("query", "x-scalar-security-query"), ("body", "x-scalar-security-body")):
        members = value.get(key)
        if isinstance(members, dict):
            parameters = {
                str(parameter): text(setting)
                for parameter, setting in members.items()
                if text(setting) and parameter not in _OURS
            }
            settings |= {name: parameters} if parameters else {}
    return settings


def read_security(
    reader: DocumentReader, holder: Mapping[str, Any], declared: frozenset[str], where: Where
) -> tuple[SecurityRequirement, ...] | None:
    """Return the alternatives of `security`: `()` for an empty list, `None` when there is none, or no usable one."""
    value = holder.get("security")
    if value is None:
        return None
    if not isinstance(value, list):
        reader.problems.error(
            (where, "security"), f'"security" must be a list, not {kind_of(value)}; it is left out: write one.'
        )
        return None
    requirements: dict[SecurityRequirement, None] = {}
    for index, requirement in enumerate(value):
        place: Where = ((where, "security"), index)
        if not isinstance(requirement, dict):
            reader.problems.error(
                place,
                f"A security requirement is {kind_of(requirement)}, not an object; it is left out: write {{scheme: "
                "[scopes]}}.",
            )
            continue
        uses = tuple(
            SchemeUse(scheme=name, scopes=_scopes(scopes)) for name, scopes in requirement.items() if name in declared
        )
        for name in requirement:
            if name not in declared:
                reader.problems.warn(
                    (place, name),
                    f"The security scheme {quoted(name)} is not declared; it is ignored: declare it as a scheme.",
                )
        # Dropping every scheme of an alternative must not turn it into "no credentials".
        if uses or not requirement:
            requirements[uses] = None
    return tuple(requirements) if requirements or not value else None


def _scopes(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text(scope) for scope in value)) if isinstance(value, list) else ()
