"""No page says a sentence of ours in English to who reads another language: walked through in a made-up one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.snippets.registry import TARGETS
from playground.store import Store
from tests.support.pages import HTMX, UPDATE, browser_of, document, one, parsed, site_of
from tests.support.pseudo import LANGUAGE, drop_pseudo, untranslated

ASKED = {"Accept-Language": LANGUAGE}
NAMES = {
    "Playground", "OpenAPI", "Markdown", "English", "Deutsch", "API", "kB", "MB", "ms", "HTTP/1.1", "stripe", "tour",
    "cs_test_a1B2c3", "order_id", "6735", "X-Api-Key", "https://gateway.example.com", "https://api.example.com",
    "checkout", "[/", "authorizationCode", "customer = /id", "/id exists", "account = acct_1", "date-time", "date",
    "duration", "time", "unix-time", "double", "float", "int32", "int64",
    "TypedDict", "Pydantic", "byte", "color", "email", "hostname", "ipv4", "ipv6", "password", "uri", "uuid",
}  # fmt: skip
SCENARIO = {
    "playground": "scenario",
    "version": 1,
    "title": "T",
    "steps": [
        {"operation": "stripe/postcustomers", "title": "A", "take": {"customer": "/id"}, "arguments": {"name": "N"}},
        {"operation": "stripe/getcustomerscustomer", "title": "B", "arguments": {"customer": "{{customer}}"}},
        {"operation": "stripe/nothing", "title": "C", "arguments": {}},
    ],
}
MANY = {
    "type": "object",
    "required": ["a"],
    "properties": {
        "a": {"type": "string", "maxLength": 3, "minLength": 2, "pattern": "^x"},
        "b": {"type": "array", "items": {"type": "integer"}, "uniqueItems": True, "maxItems": 4},
        "c": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "d": {"oneOf": [{"type": "string"}, {"type": "integer", "minimum": 1, "exclusiveMaximum": 9}]},
        "e": {"type": "string", "enum": ["x", "y"]},
        "f": {"type": "boolean", "deprecated": True},
        "g": {"type": "string", "format": "uuid", "default": "x", "nullable": True},
        "h": {"type": "string", "contentEncoding": "base64"},
        "i": {"type": "number", "multipleOf": 0.5},
        "j": {"type": "string", "format": "date-time"},
    },
}
KINDS = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "key": {"type": "apiKey", "in": "query", "name": "k"},
    "tls": {"type": "mutualTLS"},
    "oauth": {
        "type": "oauth2",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "https://a.example/a", "tokenUrl": "https://a.example/t", "scopes": {"s": ""},
            },
            "implicit": {"authorizationUrl": "https://a.example/a", "scopes": {}},
        },
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def reader(bundled_store: Store, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A browser that reads the made-up language, on the bundled catalogue."""
    folder = drop_pseudo(tmp_path_factory.mktemp("locale"))
    client = browser_of(create_app(Settings(catalog=Path("unused"), locales=folder), bundled_store))
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = LANGUAGE
    return client


@pytest.fixture(scope="module")
def names(bundled_store: Store) -> frozenset[str]:
    found = NAMES | {target.title for target in TARGETS}
    for provider in bundled_store.providers():
        entry = bundled_store.provider(provider.name)
        found |= {provider.title, provider.name, provider.version, entry.package}
        found |= {scheme.name for scheme in entry.security_schemes}
    return frozenset(name for name in found if len(name) > 1)


def check(html: str, names: frozenset[str]) -> None:
    assert list(untranslated(parsed(html), names)) == []


PAGES = [
    "/", "/providers", "/providers?q=stripe", "/providers?q=qqqqqq", "/providers/stripe", "/providers/tour",
    "/providers/stripe?q=checkout", "/providers/stripe?q=qqqqqq", "/search?q=checkout", "/search?q=qqqqqq", "/search",
    "/scenarios", "/shortcuts", "/oauth/callback", UPDATE, f"/embed{UPDATE}",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_nothing_in_english(reader: FlaskClient, names: frozenset[str], path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.text
    check(answer.text, names)


@pytest.mark.long
def test_every_operation_of_the_tour_says_nothing_in_english(
    reader: FlaskClient, names: frozenset[str], bundled_store: Store
) -> None:
    for operation in bundled_store.operations("tour"):
        check(reader.get(f"/providers/tour/{operation.name}").text, names)


ERRORS = [
    ("GET", "/nothing", 404), ("PUT", "/providers", 405), ("GET", "/providers/nobody", 404),
    ("GET", "/providers/stripe/nothing", 404), ("GET", "/providers/stripe?tag=q", 404),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), ERRORS)
def test_an_error_says_nothing_in_english(
    reader: FlaskClient, names: frozenset[str], method: str, path: str, status: int
) -> None:
    answer = reader.open(path, method=method)
    assert answer.status_code == status
    check(answer.text, names | {"nobody", "nothing"})


PASTED = (
    "", "nonsense here", "curl https://api.example.com/make -H 'Authorization: Bearer abc.def' -d '{\"q\":1}'",
    "curl https://api.example.com/none", "curl", "curl 'x", '{"a": 1}', "POST /make HTTP/1.1\nHost: x",
)  # fmt: skip


def answers(client: FlaskClient) -> Iterator[str]:
    """Yield what the forms of one operation answer, right and wrong."""
    typed = {
        "body/a": "yyyy",
        "body/g": "no",
        "body/e": "z",
        "body/i": "x",
        "body/j": "y",
        "body/d": "{",
        "query.n": "x",
    }
    typed |= {"body/b~item": "1", "body/b/1": "7", "body/c~row": "2", "body/c~value/2": "v", "server": "sandbox"}
    for action in ("snippet", "form", "body", "servers", "send"):
        for headers in (HTMX, {}):
            if headers or action in ("snippet", "send"):
                yield client.post(f"/providers/own/make/{action}", data=typed, headers=headers).text
    for button in ("~add", "~remove", "~up", "~example", "~drop", "~field"):
        pressed = {"~add": "body/b", "~remove": "body/b 1", "~up": "body/b 1"}.get(button, "body/b")
        yield client.post("/providers/own/make/field", data={**typed, button: pressed}, headers=HTMX).text
    raw = {"body~mode": "raw", "body~shown": "raw", "body~raw": "{", "server": "sandbox"}
    yield client.post("/providers/own/make/send", data=raw, headers=HTMX).text
    yield client.post("/providers/own/make/body", data={**raw, "body~mode": "form"}, headers=HTMX).text
    for gateway in ("", "ftp://x", "https://g.example?x", "https://g.example"):
        yield client.post("/providers/own/make/send", data={**typed, "gateway_url": gateway}, headers=HTMX).text
    for text in PASTED:
        yield client.post("/providers/own/make/paste", data={"~paste": text}, headers=HTMX).text


def test_forms_answers_and_problems_say_nothing_in_english(tmp_path: Path, names: frozenset[str]) -> None:
    body = {"content": {"application/json": {"schema": MANY}, "application/xml": {"schema": {}}}, "required": True}
    parameters = [
        {"in": "query", "name": "n", "schema": {"type": "integer"}, "required": True},
        {"in": "cookie", "name": "c", "schema": {"type": "string"}},
        {"in": "header", "name": "X-H", "schema": {"type": "string"}},
    ]
    operation = {"operationId": "make", "requestBody": body, "parameters": parameters, "responses": {"200": {
        "description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}}  # fmt: skip
    paths = {"/make": {"post": operation}, "/plain": {"get": {"operationId": "plain"}}}
    own = document(paths, schemes=KINDS, security=[{name: []} for name in KINDS])
    folder = drop_pseudo(tmp_path / "locale")
    with site_of(tmp_path, {"own": own}, locales=folder) as app:
        client = browser_of(app)
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = LANGUAGE
        mine = names | {"Example API", "@utdk/own", "api.example.com", "own", "make", "plain", "tls", "oauth", "digest"}
        for path in ("/providers/own", "/providers/own/make", "/providers/own/plain"):
            check(client.get(path).text, mine)
        for html in answers(client):
            check(
                html,
                mine
                | {
                    "JSON",
                    "HAR",
                    "TypedDict",
                    "Pydantic",
                    "g.example",
                    "https",
                    "Bearer",
                    "curl",
                    "HTTP",
                    "Authorization",
                    "true",
                    "false",
                    "UUID",
                },
            )


def test_a_scenario_says_nothing_in_english(reader: FlaskClient, names: frozenset[str]) -> None:
    text = json.dumps(SCENARIO)
    for data in ({"scenario": text}, {"scenario": "{"}, {"scenario": '{"playground": "scenario", "version": 2}'}):
        check(reader.post("/scenarios", data=data).text, names)
    for data in ({"scenario": text, "index": "0"}, {"scenario": text, "index": "1"}):
        check(reader.post("/scenarios/play", data=data, headers=HTMX).text, names)
    check(
        reader.post("/scenarios/play", data={"scenario": text, "index": "0", "answer": "{}"}, headers=HTMX).text, names
    )


def test_a_sentence_outside_brackets_would_be_noticed(names: frozenset[str]) -> None:
    assert list(untranslated(parsed("<p>[All] of it</p><input placeholder='Type'>"), names)) == ["Type", "of it"]
    assert one(parsed("<p lang=''>Any text</p>"), "p")
    assert list(untranslated(parsed("<p lang=''>Any text</p><p>[In [two] parts]</p>"), names)) == []
