"""Catalog values survive storage."""

from __future__ import annotations

import json

from playground.catalog.codec import decode, encode
from playground.catalog.model import (
    Encoding,
    Example,
    ExternalDocs,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    Response,
    ResponseHeader,
    SchemeUse,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
)

OPERATION = Operation(
    name="a",
    method="POST",
    path="/a/{b}",
    parameters=(Parameter(name="b", location="path", schema={"type": "string"}, required=True),),
    request_body=RequestBody(
        media_types=(
            MediaType(
                name="application/json",
                schema={"$ref": "#/$defs/A"},
                examples=(Example(name="x", value={"k": [1, None]}),),
                encoding={"k": Encoding(style="deepObject", explode=False, headers=())},
                item_schema={"type": "integer"},
                prefix_encoding=(Encoding(content_type="a/b"), Encoding()),
                item_encoding=Encoding(encoding={"m": Encoding(item_encoding=Encoding(content_type="c/d"))}),
            ),
        )
    ),
    responses=(Response(status="200", headers=(ResponseHeader(name="X"),)),),
    security=((SchemeUse(scheme="s", scopes=("r",)),), ()),
    servers=(Server(url="https://{h}", variables=(ServerVariable(name="h", enum=("x",)),)),),
    external_docs=ExternalDocs(url="https://x.example"),
)


def test_an_operation_survives() -> None:
    assert decode(Operation, json.loads(json.dumps(encode(OPERATION)))) == OPERATION


def test_explicit_no_security_is_not_silence() -> None:
    for security in (None, (), ((),)):
        operation = Operation(name="a", method="GET", path="/", security=security)
        assert decode(Operation, json.loads(json.dumps(encode(operation)))).security == security


def test_a_provider_survives_and_defaults_are_left_out() -> None:
    provider = Provider(
        name="google/books",
        title="Books",
        tags=(Tag(name="t"),),
        security_schemes=(SecurityScheme(name="o", type="oauth2", flows={"implicit": {"scopes": {}}}),),
        contact={"name": "N"},
        sandbox_first=True,
    )
    assert decode(Provider, json.loads(json.dumps(encode(provider)))) == provider
    assert encode(Provider(name="a", title="A")) == {"name": "a", "title": "A"}
    assert provider.package == "@utdk/google"
