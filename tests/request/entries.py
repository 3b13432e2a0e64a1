"""Hand-written operations that the tests of this package share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import (
    Encoding,
    Entry,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    Response,
    Schema,
    SchemeUse,
    SecurityRequirement,
    SecurityScheme,
    Server,
)

FORM = "application/x-www-form-urlencoded"
BASIC = SecurityScheme(name="basicAuth", type="http", scheme="basic")
BEARER = SecurityScheme(name="bearerAuth", type="http", scheme="bearer")
HEADER_KEY = SecurityScheme(name="apiKeyAuth", type="apiKey", location="header", parameter="DD-API-KEY")
APP_KEY = SecurityScheme(name="appKeyAuth", type="apiKey", location="header", parameter="DD-APPLICATION-KEY")
QUERY_KEY = SecurityScheme(name="queryKey", type="apiKey", location="query", parameter="api key")
COOKIE_KEY = SecurityScheme(name="cookieKey", type="apiKey", location="cookie", parameter="sid")
OAUTH = SecurityScheme(name="oauth", type="oauth2")
SCHEMES = (BASIC, BEARER, HEADER_KEY, APP_KEY, QUERY_KEY, COOKIE_KEY, OAUTH)


def requirement(*names: str) -> SecurityRequirement:
    return tuple(SchemeUse(scheme=name) for name in names)


def make_entry(
    *,
    method: str = "POST",
    path: str = "/things",
    parameters: tuple[Parameter, ...] = (),
    media: Mapping[str, Schema] | None = None,
    encoding: Mapping[str, Encoding] | None = None,
    responses: tuple[Response, ...] = (),
    security: tuple[SecurityRequirement, ...] | None = None,
    schemes: tuple[SecurityScheme, ...] = (),
    servers: tuple[Server, ...] = (Server(url="https://api.example.com/v1/"),),
    definitions: Mapping[str, Any] | None = None,
    provider: str = "acme",
    sandbox_first: bool = False,
) -> Entry:
    types = tuple(
        MediaType(name=name, schema=schema, encoding=encoding or {}) for name, schema in (media or {}).items()
    )
    return Entry(
        provider=Provider(
            name=provider, title="Acme", servers=servers, security_schemes=schemes, sandbox_first=sandbox_first
        ),
        operation=Operation(
            name="op", method=method, path=path, parameters=parameters, responses=responses, security=security,
            request_body=RequestBody(media_types=types) if types else None,
        ),
        definitions=definitions or {},
    )  # fmt: skip


def at(location: Any, name: str, schema: Schema = True, **more: Any) -> Parameter:
    style = "form" if location in ("query", "cookie") else "simple"
    return Parameter(**{"name": name, "location": location, "schema": schema, "style": style,
                        "explode": style == "form", "required": location == "path", **more})  # fmt: skip


def stripe_update() -> Entry:
    """Stripe's update of a checkout session, cut down to what the tests fill in."""
    deep = Encoding(style="deepObject", explode=True)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "line_items": {"type": "array", "items": {"type": "object"}},
            "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
            "expand": {"type": "array", "items": {"type": "string"}},
            "client_reference_id": {"type": "string"},
        },
    }
    return make_entry(
        path="/v1/checkout/sessions/{session}",
        provider="stripe",
        parameters=(at("path", "session", {"type": "string"}),),
        media={FORM: schema},
        encoding={"line_items": deep, "metadata": deep, "expand": deep},
        responses=(
            Response(status="200", media_types=(MediaType(name="application/json"),)),
            Response(status="default"),
        ),
        security=(requirement("basicAuth"), requirement("bearerAuth")),
        schemes=(BASIC, BEARER),
        servers=(Server(url="https://api.stripe.com/"),),
    )
