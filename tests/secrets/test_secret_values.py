"""Parameters and fields that are credentials in truth are told by format, name and description, and never shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import (
    Entry,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    SecurityScheme,
    Server,
)
from playground.request.build import build_request
from playground.request.model import RequestModel
from playground.secrets.detect import is_secret, secret_texts
from playground.secrets.mask import mask_model, mask_request, mask_url
from playground.secrets.redact import redact_text
from playground.snippets.registry import TARGETS, make_snippet

BODY = {
    "type": "object",
    "properties": {
        "login": {"type": "string"},
        "password": {"$ref": "#/$defs/Password"},
        "more": {"type": "array", "items": {"properties": {"pin": {"type": "string", "format": "password"}}}},
    },
}


def entry(*parameters: Parameter, body: Any = None) -> Entry:
    described = RequestBody(media_types=(MediaType(name="application/json", schema=body),)) if body else None
    return Entry(
        provider=Provider(
            name="shop",
            title="Shop",
            servers=(Server(url="https://shop.example"),),
            security_schemes=(SecurityScheme(name="k", type="apiKey", location="query", parameter="sig"),),
        ),
        operation=Operation(name="o", method="POST", path="/o", parameters=parameters, request_body=described),
        definitions={"Password": {"type": "string", "format": "password"}},
    )


@pytest.mark.parametrize("name", ["Authorization", "api_key", "X-API-Key", "client_secret", "password", "sig"])
def test_a_name_that_says_secret_is_one(name: str) -> None:
    parameter = Parameter(name=name, location="query", schema={"type": "string"})
    assert is_secret(entry(parameter), parameter)


@pytest.mark.parametrize("name", ["page_token", "key", "keys", "author", "ClientToken", "cursor"])
def test_a_name_that_only_sounds_like_one_is_none(name: str) -> None:
    parameter = Parameter(name=name, location="query", schema={"type": "string"})
    assert not is_secret(entry(parameter), parameter)


def test_a_vague_name_is_judged_by_its_description() -> None:
    assert not is_secret(entry(PLAIN), PLAIN)
    key = Parameter(name="key", location="query", description="Your API key.", schema={"type": "string"})
    assert is_secret(entry(key), key)
    number = Parameter(name="api_key", location="query", schema={"type": "integer"})
    assert not is_secret(entry(number), number)
    word = Parameter(name="pin", location="query", schema={"type": "string", "format": "password"})
    assert is_secret(entry(word), word)


HEADER = Parameter(name="Authorization", location="header", schema={"type": "string"})
QUERY = Parameter(name="api_key", location="query", schema={"type": "string"})
PLAIN = Parameter(name="page", location="query", schema={"type": "string"})
FILLED = RequestModel(
    parameters={"header": {"Authorization": "Bearer canary-header"}, "query": {"api_key": "canary/query", "page": "2"}},
    body={"login": "ada", "password": "canary-\"password", "more": [{"pin": "canary-pin"}]},
)  # fmt: skip


def test_they_are_sent_as_typed_and_shown_masked() -> None:
    given = entry(HEADER, QUERY, PLAIN, body=BODY)
    message = build_request(given, FILLED)
    assert message.headers.get("Authorization") == "Bearer canary-header"
    assert message.url == "https://shop.example/o?api_key=canary%2Fquery&page=2"
    shown = mask_request(given, message)
    assert "canary" not in shown.url + str(shown.headers.pairs)
    assert mask_url(given, message.url).endswith("?api_key=•••&page=2")


@pytest.mark.parametrize(
    ("path", "url", "shown"),
    [
        ("/login/{user}/{passwd}", "https://a/v1/login/ada/s%2Fx", "https://a/v1/login/ada/•••"),
        ("/login/{user}/{passwd}", "https://a/login/ada/{passwd}", "https://a/login/ada/{passwd}"),
        ("/login/{user}/{passwd}", "https://a/elsewhere", "https://a/elsewhere"),
        ("/k/{api_key}/{passwd}.json", "https://a/k/s/t/u.json?page=2", "https://a/k/•••/•••.json?page=2"),
        ("/k/{passwd}#list", "https://a/k/s?passwd=2", "https://a/k/•••?passwd=2"),
        ("/k;{passwd};{page}", "https://a/k;s.;(;1?a={passwd}", "https://a/k;•••;(;1?a={passwd}"),
        ("/{page}", "https://a/s", "https://a/s"),
    ],
)
def test_a_secret_in_the_path_is_hidden_where_a_url_is_shown(path: str, url: str, shown: str) -> None:
    names = re.findall(r"{(.*?)}", path)
    given = entry(*(Parameter(name=name, location="path", schema={"type": "string"}) for name in names))
    given = replace(given, operation=replace(given.operation, path=path))
    assert mask_url(given, url) == shown


def test_every_secret_text_is_known_for_redaction() -> None:
    texts = secret_texts(entry(HEADER, QUERY, PLAIN, body=BODY), FILLED)
    assert {"Bearer canary-header", "canary-header", "canary/query", "canary-pin"} <= set(texts)
    assert redact_text("?q=canary%2Fquery", texts) == "?q=•••"
    assert 'canary-"password' in texts
    assert "ada" not in texts
    assert list(texts) == sorted(texts, key=lambda text: (-len(text), text))


@pytest.mark.parametrize("target", [one.id for one in TARGETS])
@pytest.mark.parametrize("via", ["direct", "gateway", "sdk"])
def test_no_snippet_holds_one(target: str, via: Any) -> None:
    given = entry(HEADER, QUERY, PLAIN, body=BODY)
    text = make_snippet(given, FILLED, target=target, via=via, gateway_url="https://gateway.example").text
    assert "canary" not in text
    raw = RequestModel(parameters=FILLED.parameters, raw='{"login": "ada", "password": "canary-\\"password"}')
    assert "canary" not in make_snippet(given, raw, target=target, via=via).text


def test_a_direct_snippet_reads_them_from_the_environment() -> None:
    text = make_snippet(entry(HEADER, QUERY, PLAIN), FILLED, target="shell_curl", via="direct").text
    assert "$SHOP_AUTHORIZATION" in text
    assert "api_key=$SHOP_QUERY_API_KEY&page=2" in text  # SHOP_API_KEY is the security scheme's
    assert "page=2" in text


def test_a_password_in_the_body_leaves_a_placeholder_and_a_note() -> None:
    model = RequestModel(body={"login": "ada", "password": "canary"})
    text = make_snippet(entry(body=BODY), model, target="shell_curl", via="direct").text
    assert "# Put the password itself where <password> stands" in text
    assert '"password":"<password>"' in text
    plain = make_snippet(entry(body=BODY), RequestModel(body={"login": "ada"}), target="shell_curl", via="direct").text
    assert "<password>" not in plain


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"oneOf": [{"properties": {"id": {"type": "integer"}}}, BODY]}, {"password": "canary"}),
        ({"anyOf": [{"type": "array"}, {"$ref": "#/$defs/Password"}]}, "canary"),
        ({"additionalProperties": {"$ref": "#/$defs/Password"}}, {"any": "canary"}),
        ({"patternProperties": {"^p": {"$ref": "#/$defs/Password"}}}, {"pin": "canary"}),
        ({"prefixItems": [{}, {"$ref": "#/$defs/Password"}]}, ["a", "canary"]),
        ({"properties": {"of": {"items": {"oneOf": [{"type": "null"}, {}, BODY]}}}}, {"of": [{"password": "canary"}]}),
        ({"properties": {"many": {"items": BODY}}}, {"many": [{"login": "a"}] * 5000 + [{"password": "canary"}]}),
        ({"$ref": "#/$defs/Loop"}, {"password": "canary"}),
    ],
)
def test_a_password_is_found_wherever_the_schema_has_it(schema: Any, value: Any) -> None:
    described = entry(body=schema)
    loop = {"oneOf": [{"$ref": "#/$defs/Loop"}, {"$ref": "#/$defs/Loop"}, BODY]}
    described = replace(described, definitions={**described.definitions, "Loop": loop})
    for model in (RequestModel(body=value), RequestModel(raw=json.dumps(value))):
        shown = mask_model(described, model)
        assert "canary" not in repr(shown)
        assert "<password>" in repr(shown)


def test_a_model_mask_model_stays_the_same() -> None:
    model = RequestModel(parameters={"query": {"page": "2"}}, body={"login": "ada"})
    assert mask_model(entry(HEADER, QUERY, PLAIN, body=BODY), model) is model
