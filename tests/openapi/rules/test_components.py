"""Rules of servers, tags, bodies, examples, links and security: each broken one is told with its place and a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.compile import compile_document
from tests.openapi.rules.whole import ABSENT, broken, found

SCHEMES = "/components/securitySchemes"
FLOW = "/components/securitySchemes/oauth/flows/authorizationCode"
POST = "/paths/~1a~1{id}/post"
FORM = f"{POST}/requestBody/content/multipart~1form-data"


@pytest.mark.parametrize(
    ("family", "pointer", "value", "place", "piece"),
    [
        ("3.2", "/$self", "https://example.com/a#b", "/$self", "no fragment"),
        ("3.1", "/info/license/identifier", "MIT", "/info/license", "an identifier or a url"),
        ("3.0", "/info/license/name", ABSENT, "/info/license", 'no "name"'),
        ("3.0", "/servers/0/url", ABSENT, "/servers/0/url", "must be text"),
        ("3.0", "/servers/0/url", "https://{host}/{host}", "/servers/0/url", "{host} twice"),
        ("3.0", "/servers/0/url", "https://a.example", "/servers/0/variables/host", "The url has no {host}"),
        ("3.0", "/servers/0/url", "https://{host}/{v}", "/servers/0/variables", '"v" is not described'),
        ("3.2", "/servers/0/url", "https://{host}/?a=b", "/servers/0/url", "move"),
        ("3.0", "/servers/0/variables/host/default", ABSENT, "/servers/0/variables/host/default", "no default"),
        ("3.0", "/servers/0/variables/host/default", "c", "/servers/0/variables/host/default", "not among its values"),
        ("3.1", "/servers/0/variables/host/enum", [], "/servers/0/variables/host/enum", "must not be empty"),
        ("3.2", "/servers/1", {"url": "/", "name": "production"}, "/servers/1/name", "Two servers are named"),
        ("3.0", "/tags/1", {"name": "t"}, "/tags/1/name", "declared twice"),
        ("3.0", "/tags/1", {"description": "d"}, "/tags/1", 'no "name"'),
        ("3.2", "/tags/1/parent", "v", "/tags/1/parent", "no declared tag"),
        ("3.2", "/tags/0/parent", "u", "/tags/0/parent", "its own ancestor"),
        ("3.0", "/components/schemas/a b", {}, "/components/schemas/a b", "rename it"),
        ("3.0", "/components/responses/a~1b", {"description": "d"}, "/components/responses/a~1b", "rename it"),
        ("3.0", "/components/requestBodies/B/content", {}, "/components/requestBodies/B/content", "no media type"),
        ("3.0", "/components/requestBodies/B", {"description": "d"}, "/components/requestBodies/B", 'no "content"'),
        ("3.0", f"{FORM}/encoding/other", {}, f"{FORM}/encoding/other", 'no property "other"'),
        ("3.0", f"{FORM}/encoding/file/style", "matrix", f"{FORM}/encoding/file/style", "must be one of form"),
        ("3.2", f"{FORM}/itemEncoding", {}, f"{FORM}/itemEncoding", "parts without"),
        ("3.2", f"{FORM}/prefixEncoding", [], f"{FORM}/prefixEncoding", "parts without"),
        ("3.2", f"{FORM}/encoding/file/encoding", {}, "", ""),
        (
            "3.2",
            f"{FORM}/encoding/file",
            {"encoding": {}, "itemEncoding": {}},
            f"{FORM}/encoding/file/itemEncoding",
            "parts without",
        ),
        ("3.0", f"{POST}/responses/200/content/json", {}, f"{POST}/responses/200/content/json", "no media type"),
        ("3.0", f"{POST}/responses/200/description", ABSENT, f"{POST}/responses/200", 'no "description"'),
        ("3.2", f"{POST}/responses/200/description", ABSENT, "", ""),
        (
            "3.0",
            f"{POST}/responses/200/content/application~1json/example",
            1,
            f"{POST}/responses/200/content/application~1json",
            "an example and examples",
        ),
        ("3.0", "/components/parameters/P/examples", {}, "/components/parameters/P", "an example and examples"),
        ("3.0", "/components/headers/H/examples", {}, "/components/headers/H", "an example and examples"),
        (
            "3.0",
            "/components/examples/N",
            {"value": 1, "externalValue": "https://a.example"},
            "/components/examples/N/externalValue",
            "value or externalValue",
        ),
        ("3.2", "/components/examples/N", {"value": 1, "dataValue": 1}, "/components/examples/N/dataValue", "not both"),
        (
            "3.2",
            "/components/examples/N",
            {"serializedValue": "1", "externalValue": "a"},
            "/components/examples/N/externalValue",
            "not both",
        ),
        ("3.1", "/components/examples/E/dataValue", 1, "/components/examples/E/dataValue", "it is one of OpenAPI 3.2"),
        ("3.0", "/components/links/L/operationId", "op", "/components/links/L", "one of them"),
        ("3.0", "/components/links/L", {"description": "d"}, "/components/links/L", "one of them"),
        ("3.0", "/components/links/L", {"operationId": "no"}, "/components/links/L/operationId", "no operation with"),
        (
            "3.0",
            "/components/callbacks/C/{$request.bdy#~1url}",
            {},
            "/components/callbacks/C/{$request.bdy#~1url}",
            "no runtime expression",
        ),
        (
            "3.0",
            "/components/securitySchemes/key/in",
            "body",
            "/components/securitySchemes/key",
            "needs a name and a place",
        ),
        (
            "3.0",
            "/components/securitySchemes/bearer/scheme",
            ABSENT,
            "/components/securitySchemes/bearer",
            'needs "scheme"',
        ),
        (
            "3.0",
            "/components/securitySchemes/bearer/scheme",
            "basic",
            "/components/securitySchemes/bearer/bearerFormat",
            "scheme bearer only",
        ),
        (
            "3.0",
            "/components/securitySchemes/oauth/flows",
            ABSENT,
            "/components/securitySchemes/oauth",
            'needs "flows"',
        ),
        (
            "3.0",
            "/components/securitySchemes/oidc/openIdConnectUrl",
            ABSENT,
            "/components/securitySchemes/oidc",
            "needs",
        ),
        ("3.0", f"{SCHEMES}/key/scheme", "bearer", f"{SCHEMES}/key/scheme", 'type apiKey has no "scheme"'),
        ("3.0", f"{SCHEMES}/bearer/name", "n", f"{SCHEMES}/bearer/name", 'type http has no "name"'),
        ("3.1", f"{SCHEMES}/bearer/flows", {}, f"{SCHEMES}/bearer/flows", 'type http has no "flows"'),
        ("3.1", f"{SCHEMES}/tls/in", "query", f"{SCHEMES}/tls/in", 'type mutualTLS has no "in"'),
        ("3.2", f"{SCHEMES}/oidc/oauth2MetadataUrl", "https://a.test", f"{SCHEMES}/oidc/oauth2MetadataUrl", "has no"),
        ("3.0", f"{SCHEMES}/oauth/flows", {}, f"{SCHEMES}/oauth/flows", "names no flow"),
        (
            "3.0",
            f"{SCHEMES}/oauth/flows",
            {"password": {"tokenUrl": "https://a.test", "authorizationUrl": "https://a.test", "scopes": {}}},
            f"{SCHEMES}/oauth/flows/password/authorizationUrl",
            'flow password has no "authorizationUrl"',
        ),
        ("2.0", "/securityDefinitions/b/name", "n", "/securityDefinitions/b/name", 'type basic has no "name"'),
        ("2.0", "/securityDefinitions/k/scopes", {}, "/securityDefinitions/k/scopes", 'type apiKey has no "scopes"'),
        (
            "2.0",
            "/securityDefinitions/o/tokenUrl",
            "https://a.test",
            "/securityDefinitions/o/tokenUrl",
            'type oauth2 has no "tokenUrl"',
        ),
        ("3.0", f"{FLOW}/scopes", ABSENT, FLOW, 'no "scopes"'),
        ("3.0", f"{FLOW}/tokenUrl", "nowhere", f"{FLOW}/tokenUrl", "http or https"),
        ("3.0", "/security/1", {"nobody": []}, "/security/1/nobody", "not declared"),
        ("3.0", "/security/1", {"key": ["read"]}, "/security/1/key", "write an empty list"),
        ("3.1", "/security/1", {"key": ["role"]}, "", ""),
        (
            "3.2",
            "/security/1",
            {"https://example.com/schemes#a": []},
            "/security/1/https:~1~1example.com~1schemes#a",
            "",
        ),
        ("2.0", "/host", "https://example.com", "/host", "schemes and basePath"),
        ("2.0", "/basePath", "v1", "/basePath", "begin with a slash"),
        ("2.0", "/schemes", ["htps"], "/schemes/0", "did you mean"),
        ("2.0", "/consumes/0", "json", "/consumes/0", "no media type"),
        ("2.0", "/securityDefinitions/o/flow", "accessCode", "/securityDefinitions/o", 'type oauth2 needs "tokenUrl"'),
        ("2.0", "/securityDefinitions/o/scopes", ABSENT, "/securityDefinitions/o", 'no "scopes"'),
        ("2.0", "/securityDefinitions/k/name", ABSENT, "/securityDefinitions/k", "needs a name"),
        ("2.0", "/security/1", {"b": ["s"]}, "/security/1/b", "write an empty list"),
        ("2.0", "/swagger", 2.0, "/swagger", "put it in quotes"),
    ],
)
def test_a_broken_rule_is_told(family: str, pointer: str, value: Any, place: str, piece: str) -> None:
    problems = found(broken(family, (pointer, value)))
    if not place:
        assert problems == []
    else:
        # The reading may report what follows from it, in its own place.
        assert [where for where, message in problems if piece in message] == [place], problems
        assert len(problems) <= 3


def test_a_document_of_components_or_webhooks_alone_is_whole_since_3_1() -> None:
    info = {"title": "t", "version": "1"}
    containers: dict[str, Any] = {"components": {"schemas": {"A": {}}}, "webhooks": {"w": {"post": {}}}}
    for key, value in containers.items():
        compiled = compile_document({"openapi": "3.1.0", "info": info, key: value}, name="x", rules=True)
        assert compiled.problems == ()
        assert compiled.catalog.operations == ()


@pytest.mark.cpu(20)
def test_a_long_chain_of_tags_is_quick() -> None:
    tags = [{"name": f"t{number}", "parent": f"t{number + 1}"} for number in range(20_000)]
    assert [place for place, _ in found(broken("3.2", ("/tags", tags)))] == ["/tags/19999/parent"]
