"""Base URLs: variables, joining, and everything a server URL must not become."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import SANDBOX, Entry, Server, ServerVariable
from playground.openapi.compile import compile_document
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.errors import UnknownServer
from playground.request.model import RequestModel
from playground.request.server import OTHER, default_server, expand_server, is_described, join_path, servers_of
from playground.snippets.registry import write_snippet
from tests.request.entries import make_entry


def entry_with(url: str, *variables: ServerVariable) -> Entry:
    return make_entry(servers=(Server(url=url, variables=variables),))


REGION = ServerVariable(name="region", default="eu", enum=("eu", "us"))
HOST = ServerVariable(name="host", default="a.example")


@pytest.mark.parametrize(
    ("url", "base"),
    [("https://a.example/", "https://a.example"), ("https://a.example/v1//", "https://a.example/v1"),
     ("HTTPS://a.example:8443/v1", "https://a.example:8443/v1"), ("//a.example/v1", "https://a.example/v1"),
     ("http://[::1]:80/", "http://[::1]:80"), ("https://a.example/v 1?x=1#y", "https://a.example/v%201"),
     ("https://bücher.example", "https://bücher.example")],
)  # fmt: skip
def test_a_base_url_is_absolute_and_ends_without_a_slash(url: str, base: str) -> None:
    assert expand_server(entry_with(url), RequestModel()) == base


@pytest.mark.parametrize(
    ("url", "path"),
    [("/api/v1", "/api/v1"), ("/", ""), ("https://a.example/v1", ""), ("//a.example/v1", ""), ("./v1", ""),
     ("/{version}", "")],
)  # fmt: skip
def test_a_server_that_is_to_be_typed_keeps_the_path_of_the_description(url: str, path: str) -> None:
    entry, other = entry_with(url), RequestModel(server=OTHER)
    assert expand_server(entry, other, placeholders=True) == f"{{server}}{path}"
    with pytest.raises(UnknownServer, match="Type the address"):
        expand_server(entry, other)
    snippet = write_snippet(BuiltRequest(entry=entry, model=other), target="typescript_utdk").text
    assert f"server: 'https://api.example.com{path}'" in snippet, "the placeholder that the comment names"


@pytest.mark.parametrize("base", ["https://a.example", "https://a.example/", "https://a.example//"])
@pytest.mark.parametrize("path", ["/x", "x"])
def test_base_and_path_join_with_one_slash(base: str, path: str) -> None:
    assert join_path(base, path) == "https://a.example/x"


def test_variables_are_filled_from_the_visitor_or_the_default() -> None:
    entry = entry_with("https://{region}.a.example/{base}", REGION, ServerVariable(name="base", default="v1"))
    assert expand_server(entry, RequestModel()) == "https://eu.a.example/v1"
    assert expand_server(entry, RequestModel(server_variables={"region": "us", "base": "a/b"})) == (
        "https://us.a.example/a/b"
    )


def test_a_whole_url_or_a_host_with_port_can_be_a_variable() -> None:
    whole = entry_with("{endpoint}/v1", ServerVariable(name="endpoint"))
    assert expand_server(whole, RequestModel(server_variables={"endpoint": "http://localhost:8080"})) == (
        "http://localhost:8080/v1"
    )
    host = entry_with("https://{host}/v1", HOST)
    assert expand_server(host, RequestModel(server_variables={"host": "b.example:99"})) == "https://b.example:99/v1"


@pytest.mark.parametrize(
    "value",
    ["evil.test/", "evil.test?", "evil.test#", "x@evil.test", "evil.test\\", "a b", "a\r\nb", "a\tb", "\x00", "a:b:c",
     "80@evil", "a%2fb"],
)  # fmt: skip
def test_a_variable_cannot_leave_the_host(value: str) -> None:
    with pytest.raises(UnknownServer):
        expand_server(entry_with("https://{host}.a.example/v1", HOST), RequestModel(server_variables={"host": value}))


def test_a_value_outside_the_list_is_refused() -> None:
    with pytest.raises(UnknownServer) as caught:
        expand_server(entry_with("https://{region}.a", REGION), RequestModel(server_variables={"region": "mars"}))
    assert caught.value.field == "server.region"


@pytest.mark.parametrize(
    "url",
    ["/", "", "/v1", "a.example", ",", "Your API URL", "<local>", "ftp://a.example", "file:///etc/passwd", "https://",
     "https:///x", "https://u:p@a.example", "javascript:alert(1)", "https://a.example:port", "https://a.example:123456",
     "https://{nothing}/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_but_the_sandbox_and_snippets_still_work(url: str) -> None:
    entry = entry_with(url)
    with pytest.raises(UnknownServer) as caught:
        expand_server(entry, RequestModel())
    assert caught.value.field == "server"
    if "://" not in url or url.startswith(("ftp", "file")):
        assert expand_server(entry, RequestModel(server=SANDBOX)).startswith("https://sandbox.invalid")
        assert expand_server(entry, RequestModel(), placeholders=True).startswith("{server}")


def test_only_listed_servers_can_be_chosen() -> None:
    entry = make_entry(servers=(Server(url="https://a.example/"), Server(url="https://b.example")))
    assert [server.url for server in servers_of(entry)] == ["https://a.example/", "https://b.example"]
    assert expand_server(entry, RequestModel(server="https://b.example")) == "https://b.example"
    assert expand_server(entry, RequestModel(server="https://a.example")) == "https://a.example"
    assert is_described(entry, "https://a.example") and is_described(entry, "https://b.example/")
    assert is_described(entry, None) and is_described(entry, SANDBOX)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://typed.example", "https://typed.example"),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000"),
        ("HTTP://[::1]:9000/v1/", "http://[::1]:9000/v1"),
        (" https://typed.example/a%2Fb ", "https://typed.example/a%2Fb"),
    ],
)
def test_an_absolute_base_url_can_be_typed(url: str, base: str) -> None:
    entry = make_entry(servers=(Server(url="/"),))
    assert expand_server(entry, RequestModel(server=url)) == base
    assert not is_described(entry, url)
    assert expand_server(make_entry(servers=()), RequestModel(server=url)) == base


@pytest.mark.parametrize(
    "url",
    ["evil.test", "//evil.test", "ftp://evil.test", "https://", "https://u:p@evil.test", "https://evil.test?x=1",
     "https://evil.test/#x", "https://evil test", "https://evil.test/a b", "https://evil.test\\x", "https://a.b:123456"],
)  # fmt: skip
def test_what_is_typed_and_is_no_base_url_is_refused(url: str) -> None:
    entry = make_entry(servers=(Server(url="https://a.example/"),))
    with pytest.raises(UnknownServer):
        expand_server(entry, RequestModel(server=url))


def test_the_default_server_is_the_sandbox_where_it_should_be() -> None:
    plain, first, none = make_entry(), make_entry(sandbox_first=True), make_entry(servers=())
    url = "https://api.example.com/v1/"
    assert [default_server(one) for one in (plain, first, none)] == [url, SANDBOX, SANDBOX]
    assert [default_server(one, "off") for one in (plain, first, none)] == [url, url, ""]
    assert [default_server(one, "only") for one in (plain, first, none)] == [SANDBOX] * 3


def test_a_relative_server_keeps_its_path_in_the_sandbox() -> None:
    assert expand_server(entry_with("/api/v3/"), RequestModel(server=SANDBOX)) == "https://sandbox.invalid/api/v3"
    assert expand_server(entry_with("/api/v3/"), RequestModel(), placeholders=True) == "{server}/api/v3"
    assert expand_server(make_entry(servers=()), RequestModel(server=SANDBOX)) == "https://sandbox.invalid"


def test_a_variable_without_any_value_is_asked_for() -> None:
    entry = entry_with("https://{tenant}.a.example", ServerVariable(name="tenant"))
    with pytest.raises(UnknownServer, match="tenant") as caught:
        expand_server(entry, RequestModel())
    assert caught.value.field == "server.tenant"


@pytest.mark.parametrize(
    "document",
    [{"swagger": "2.0", "host": "a.test", "schemes": ["https"], "basePath": "/v 1"},
     {"openapi": "3.1.0", "servers": [{"url": "https://a.test/v 1"}]}],
)  # fmt: skip
def test_a_blank_in_the_path_of_a_server_is_told_and_sent_encoded(document: dict[str, Any]) -> None:
    paths = {"/x": {"get": {"responses": {"200": {"description": "ok"}}}}}
    whole = {**document, "info": {"title": "x", "version": "1"}, "paths": paths}
    compiled = compile_document(whole, name="x", rules=True)
    assert ["holds a blank, which is sent encoded" in problem.message for problem in compiled.problems] == [True]
    catalog = compiled.catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    assert build_request(entry, RequestModel()).url == "https://a.test/v%201/x"


def test_a_server_that_is_only_a_path_comes_after_one_that_can_be_sent_to() -> None:
    entry = make_entry(servers=(Server(url="/v1"), Server(url="https://a.example/v1"), Server(url="//b.example")))
    assert [server.url for server in servers_of(entry)] == ["https://a.example/v1", "//b.example", "/v1"]
    assert expand_server(entry, RequestModel()) == "https://a.example/v1"
    assert default_server(entry) == "https://a.example/v1"
