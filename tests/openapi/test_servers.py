from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Server, ServerVariable
from tests.openapi.documents import compiled, document, messages, operation, swagger

SOURCE = "https://specs.example.com/a/openapi.json"


def urls(*servers: Any, **options: Any) -> list[str]:
    return [server.url for server in compiled(document(servers=list(servers)), **options).catalog.provider.servers]


@pytest.mark.parametrize(
    ("url", "known", "unknown"),
    [
        ("https://api.example.com/v1", "https://api.example.com/v1", "https://api.example.com/v1"),
        ("https://api.example.com/", "https://api.example.com/", "https://api.example.com/"),
        ("/v2", "https://specs.example.com/v2", "/v2"),
        ("/", "https://specs.example.com/", "/"),
        ("", "https://specs.example.com/", "/"),
        ("v2", "https://specs.example.com/a/v2", "v2"),
        ("../v2", "https://specs.example.com/v2", "../v2"),
        ("//api.example.com/v1", "https://api.example.com/v1", "https://api.example.com/v1"),
        ("api.example.com/v1", "https://api.example.com/v1", "https://api.example.com/v1"),
        ("localhost:8080/v1", "http://localhost:8080/v1", "http://localhost:8080/v1"),
        ("127.0.0.1:9000", "http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("//localhost:9000/v1", "https://localhost:9000/v1", "http://localhost:9000/v1"),
        ("localhost.example.com/v1", "https://localhost.example.com/v1", "https://localhost.example.com/v1"),
        ("/v{version}", "https://specs.example.com/v{version}", "/v{version}"),
        ("{endpoint}/v1", "{endpoint}/v1", "{endpoint}/v1"),
        ("{scheme}://{host}", "{scheme}://{host}", "{scheme}://{host}"),
        (",", ",", ","),
        ("Your API URL", "Your API URL", "Your API URL"),
        ("http://example.com:80", "http://example.com:80", "http://example.com:80"),
    ],
)
def test_addresses_are_made_absolute_where_the_documents_own_is_known(url: str, known: str, unknown: str) -> None:
    assert urls({"url": url}, source_url=SOURCE) == [known]
    assert urls({"url": url}) == [unknown]
    assert urls({"url": url}, source_url="/home/me/openapi.json") == [unknown]


def test_an_address_without_a_scheme_has_that_of_its_document() -> None:
    source = "http://127.0.0.1:9000/openapi.json"
    assert urls({"url": "//127.0.0.1:9000/v1"}, {"url": "//api.example.com"}, source_url=source) == [
        "http://127.0.0.1:9000/v1", "http://api.example.com",
    ]  # fmt: skip
    assert urls({"url": "shop.internal:8080"}, source_url="http://shop.internal:8080/a.json") == [
        "http://shop.internal:8080"
    ]
    assert operation(swagger({"/a": {"get": {}}}, host="localhost:8080")).servers == (
        Server(url="http://localhost:8080"),
    )


def test_a_password_in_the_documents_address_stays_out_of_its_servers() -> None:
    source = "https://me:secret@specs.example.com/a/openapi.json"
    catalog = compiled(document(servers=[{"url": "/v1"}]), source_url=source).catalog
    assert catalog.provider.servers == (Server(url="https://specs.example.com/v1"),)
    assert catalog.provider.base_url == "https://specs.example.com"
    assert operation(swagger({"/a": {"get": {}}}), source_url=source).servers == (
        Server(url="https://specs.example.com"),
    )


def test_no_servers_means_the_root_of_the_documents_own() -> None:
    assert urls() == ["/"]
    assert urls(source_url=SOURCE) == ["https://specs.example.com/"]


@pytest.mark.parametrize(
    "server", [{}, {"url": 7}, {"url": None}, 7, {"url": "ftp://x"}, {"url": "javascript:alert(1)"}, {"url": "ws://x"}]
)
def test_a_server_that_cannot_be_called_is_a_problem(server: Any) -> None:
    assert urls(server, {"url": "https://b"}) == ["https://b"]
    assert messages(document(servers=[server]))[0].startswith("error /servers/0")


def test_variables_have_values_and_defaults() -> None:
    variables = {
        "region": {"default": "eu", "enum": ["eu", "us", 7], "description": "where"},
        "port": {"default": 8443},
        "tier": {"enum": ["a", "b"]},
        "zone": {"default": "c", "enum": ["a"]},
        "unused": {"default": "x"},
    }
    value = document(
        servers=[{"url": "https://{region}:{port}/{tier}/{zone}/{unknown}/{region}", "variables": variables}]
    )
    assert compiled(value).catalog.provider.servers[0].variables == (
        ServerVariable(name="region", default="eu", enum=("eu", "us", "7"), description="where"),
        ServerVariable(name="port", default="8443"),
        ServerVariable(name="tier", default="a", enum=("a", "b")),
        ServerVariable(name="zone", default="c", enum=("c", "a")),
        ServerVariable(name="unknown"),
    )
    assert [message.split(" ", 2)[2] for message in messages(value)] == [
        'The server variable "tier" has no default: give it the value that is meant without a choice.',
        'The default of "zone" is not among its values: add it, or choose one of them.',
        'The server variable "unknown" is not described: add it to variables.',
    ]


def test_the_nearest_servers_are_in_force() -> None:
    def of(url: str) -> dict[str, Any]:
        return {"servers": [{"url": url}]}

    paths = {
        "/a": {**of("https://path"), "get": of("https://own"), "put": {}},
        "/b": {"get": {}, "put": {"servers": []}},
    }
    found = compiled(document(paths, **of("https://all"))).catalog.operations
    assert [one.servers for one in found] == [
        (Server(url="https://own"),),
        (Server(url="https://path"),),
        (Server(url="https://all"),),
        (Server(url="https://all"),),
    ]


@pytest.mark.parametrize(
    ("facts", "known", "unknown"),
    [
        (
            {"host": "a.example.com", "basePath": "/v1", "schemes": ["http", "https"]},
            ["https://a.example.com/v1", "http://a.example.com/v1"],
            ["https://a.example.com/v1", "http://a.example.com/v1"],
        ),
        ({"host": "a.example.com", "schemes": ["http"]}, ["http://a.example.com"], ["http://a.example.com"]),
        ({"host": "a.example.com", "basePath": "/"}, ["https://a.example.com"], ["https://a.example.com"]),
        ({"host": "a.example.com", "schemes": ["ws"]}, ["https://a.example.com"], ["https://a.example.com"]),
        ({"basePath": "/v1/"}, ["https://specs.example.com/v1"], ["/v1"]),
        ({}, ["https://specs.example.com"], ["/"]),
        ({"host": 7, "basePath": [], "schemes": "https"}, ["https://7"], ["https://7"]),
    ],
)
def test_version_2_puts_scheme_host_and_path_together(facts: Any, known: list[str], unknown: list[str]) -> None:
    value = swagger({"/a": {"get": {}}}, **facts)
    assert [server.url for server in operation(value, source_url=SOURCE).servers] == known
    assert [server.url for server in operation(value).servers] == unknown


def test_the_secure_one_of_two_like_servers_comes_first() -> None:
    plain, secure, other = "http://a.example.com/{v}", "https://a.example.com/{v}", "http://b.example.com"
    assert urls({"url": plain}, {"url": other}, {"url": secure}) == [secure, plain, other]
    assert urls({"url": secure}, {"url": plain}) == [secure, plain]
    assert urls({"url": other}, {"url": secure}) == [other, secure], "another host's is no safer choice of the same"
