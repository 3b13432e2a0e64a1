"""A request is built once, and what is shown of it holds a marker in the place of each secret."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import Entry, Operation, Parameter, Provider, SecurityScheme, Server
from playground.request import built
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.secrets.credentials import Bearer, Credentials

KEY = Parameter(name="api_key", location="query", schema={"type": "string"})
TOKEN = Parameter(name="X-Auth-Token", location="header", schema={"type": "string"})
COOKIE = Parameter(name="session_token", location="cookie", schema={"type": "string"})
PATH = Parameter(name="access_token", location="path", schema={"type": "string"})
PAGE = Parameter(name="page", location="query", schema={"type": "string"})
THEME = Parameter(name="theme", location="cookie", schema={"type": "string"})
ENTRY = Entry(
    provider=Provider(
        name="shop",
        title="Shop",
        servers=(Server(url="https://shop.example"), Server(url="https://test.example")),
        security_schemes=(SecurityScheme(name="token", type="http", scheme="bearer"),),
    ),
    operation=Operation(
        name="o",
        method="GET",
        path="/o/{access_token}",
        parameters=(PATH, KEY, PAGE, TOKEN, COOKIE, THEME),
        security=None,
    ),
    definitions={},
)
MODEL = RequestModel(
    parameters={
        "path": {"access_token": "canary-path"},
        "query": {"api_key": "canary-query", "page": "2"},
        "header": {"X-Auth-Token": "canary-header"},
        "cookie": {"session_token": "canary-cookie", "theme": "dark"},
    }
)


def request(model: RequestModel = MODEL) -> BuiltRequest:
    return BuiltRequest(entry=ENTRY, model=model)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[RequestModel]:
    """The models a message is built of while the test runs."""
    models: list[RequestModel] = []

    def count(entry: Entry, model: RequestModel, **rest: Any) -> object:
        models.append(model)
        return build_request(entry, model, **rest)

    monkeypatch.setattr(built, "build_request", count)
    return models


def test_the_message_is_built_when_it_is_asked_for_and_never_again(builds: list[RequestModel]) -> None:
    asked = request()
    assert builds == []
    assert asked.message is asked.message
    full = asked.with_credentials(Credentials(single=Bearer(token="t0ken")))
    assert full.headers.get("Authorization") == "Bearer t0ken"
    assert full.url == asked.message.url
    assert len(builds) == 1


def test_what_cannot_be_built_says_so_each_time_it_is_asked_for(builds: list[RequestModel]) -> None:
    asked = request(RequestModel())
    for _ in range(3):
        with pytest.raises(RequestError, match="access_token"):
            _ = asked.message
    assert len(builds) == 1


def test_another_server_is_another_request() -> None:
    first = request()
    other = first.to_server("https://test.example")
    assert other.message.url.startswith("https://test.example/")
    assert first.message.url.startswith("https://shop.example/")
    assert other.to_server("https://test.example") is other


def test_what_is_shown_holds_markers_and_no_secret(builds: list[RequestModel]) -> None:
    marked = request().marked
    assert marked.message is not None
    text = f"{marked.message.url} {marked.message.headers.pairs} {marked.model}"
    assert "canary" not in text
    names = sorted(parameter.name for parameter in marked.markers.values())
    assert names == ["X-Auth-Token", "access_token", "api_key", "session_token"]
    assert all(marker in text for marker in marked.markers)
    assert len(builds) == 1


def test_leaving_secrets_out_gives_the_message_that_a_model_without_them_gives(builds: list[RequestModel]) -> None:
    left = request().marked.without({("query", "api_key"), ("header", "x-auth-token"), ("cookie", "session_token")})
    assert left.message is not None
    assert list(left.markers.values()) == [PATH]
    assert len(builds) == 1
    less = {**MODEL.parameters, "query": {"page": "2"}, "header": {}, "cookie": {"theme": "dark"}}
    assert request(replace(MODEL, parameters=less)).marked.message == left.message


def test_a_secret_of_the_path_that_is_left_out_is_a_placeholder_again() -> None:
    left = request().marked.without({("path", "access_token")})
    assert left.message is not None
    assert left.message.url.startswith("https://shop.example/o/{access_token}?")
    assert "access_token" not in left.model.parameters["path"]


def test_nothing_is_left_of_a_query_or_cookie_that_held_secrets_only() -> None:
    only = RequestModel(
        parameters={"path": {"access_token": "x"}, "query": {"api_key": "k"}, "cookie": {"session_token": "s"}}
    )
    left = request(only).marked.without({("query", "api_key"), ("cookie", "session_token")})
    assert left.message is not None
    assert "?" not in left.message.url
    assert left.message.headers.get("Cookie") is None
