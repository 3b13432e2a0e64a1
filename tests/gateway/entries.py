"""Small operations for tests, written as a compiler would give them."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import (
    Entry,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    Response,
    SchemeUse,
    SecurityScheme,
    Server,
)

BEARER = SecurityScheme(name="token", type="http", scheme="bearer")
BASIC = SecurityScheme(name="login", type="http", scheme="basic")
HEADER_KEY = SecurityScheme(name="key", type="apiKey", location="header", parameter="X-Api-Key")
OTHER_KEY = SecurityScheme(name="other", type="apiKey", location="header", parameter="X-Vendor-Key")
QUERY_KEY = SecurityScheme(name="query", type="apiKey", location="query", parameter="api_key")
COOKIE_KEY = SecurityScheme(name="cookie", type="apiKey", location="cookie", parameter="sid")

SESSION_BODY = {
    "type": "object",
    "properties": {
        "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
        "line_items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
        "note": {"type": "string"},
    },
}
DEFINITIONS = {
    "item": {"type": "object", "properties": {"price": {"type": "string"}, "next": {"$ref": "#/$defs/item"}}}
}


def entry(
    *,
    url: str | None = "https://api.example.com",
    scheme: SecurityScheme | tuple[SecurityScheme, ...] | None = BEARER,
    servers: tuple[Server, ...] | None = None,
    provider: dict[str, Any] | None = None,
    **operation: Any,
) -> Entry:
    """An update of a session, like Stripe's: path parameter, query parameter, body."""
    schemes = () if scheme is None else scheme if isinstance(scheme, tuple) else (scheme,)
    uses = tuple(SchemeUse(scheme=one.name) for one in schemes)
    given: dict[str, Any] = {
        "name": "postcheckoutsessionssession",
        "operation_id": "PostCheckoutSessionsSession",
        "method": "POST",
        "path": "/v1/checkout/sessions/{session}",
        "parameters": (
            Parameter(name="session", location="path", required=True, schema={"type": "string"}),
            Parameter(name="dry", location="query", style="form", explode=True, schema={"type": "boolean"}),
        ),
        "request_body": RequestBody(media_types=(MediaType(name="application/json", schema=SESSION_BODY),)),
        "responses": (
            Response(
                status="200",
                media_types=(MediaType(name="application/json", schema={"type": "object", "properties": {
                    "id": {"type": "string", "example": "cs_example"}}}),),
            ),
        ),
        "security": (uses,) if uses else None,
    }  # fmt: skip
    if servers is None:
        servers = (Server(url=url),) if url else ()
    facts: dict[str, Any] = {"name": "stripe", "title": "Stripe API", "servers": servers, "security_schemes": schemes}
    return Entry(
        provider=Provider(**(facts | (provider or {}))),
        operation=Operation(**(given | {"servers": servers} | operation)),
        definitions=DEFINITIONS,
    )
