"""A request's method and path lead to the operation that a server would choose."""

from __future__ import annotations

import pytest

from playground.messages import Headers, HTTPRequest, TextContent
from playground.sandbox.routes import Match, Route, Routes, path_values, segment_values

ROUTES = Routes(
    Route(f"{method} {path}", method, path)
    for method, path in (
        ("GET", "/users"), ("POST", "/users"), ("GET", "/users/{id}"), ("GET", "/users/me"), ("DELETE", "/users/{id}"),
        ("GET", "/users/{id}/keys/{key}"), ("GET", "/files/{name}.json"), ("GET", "/files/{name}"),
        ("GET", "/repos/{owner}/{repo}/compare/{base}...{head}"), ("GET", "/v1/{name}"), ("POST", "/v1/{name}:cancel"),
        ("POST", "/#Action=RunJob"), ("POST", "/#Action=StopJob"), ("POST", "/#X-Amz-Target=Svc.Do"),
        ("GET", "/{Bucket}"), ("GET", "/{Bucket}?uploads"), ("GET", "/{Bucket}/{Key}"), ("GET", "/a%20b/c"),
        ("GET", "/slash/"), ("GET", "/Odata({id})/x"),
    )
)  # fmt: skip


def match(method: str, target: str, body: str = "", **headers: str) -> Match:
    content = TextContent(text=body)
    request = HTTPRequest(
        method=method, url=f"https://x.invalid{target}", headers=Headers.of(headers.items()), content=content
    )
    return ROUTES.match(request, target.partition("?")[0])


@pytest.mark.parametrize(
    ("method", "target", "name"),
    [
        ("GET", "/users", "GET /users"), ("GET", "/users/me", "GET /users/me"), ("GET", "/users/7", "GET /users/{id}"),
        ("DELETE", "/users/7", "DELETE /users/{id}"), ("GET", "/users/a%2Fb", "GET /users/{id}"),
        ("GET", "/users/7/keys/9", "GET /users/{id}/keys/{key}"), ("GET", "/files/x.json", "GET /files/{name}.json"),
        ("GET", "/files/x.xml", "GET /files/{name}"),
        ("GET", "/repos/a/b/compare/main...dev", "GET /repos/{owner}/{repo}/compare/{base}...{head}"),
        ("GET", "/v1/projects/p/jobs/7", "GET /v1/{name}"), ("POST", "/v1/projects/p:cancel", "POST /v1/{name}:cancel"),
        ("POST", "/?Action=StopJob", "POST /#Action=StopJob"), ("GET", "/bucket", "GET /{Bucket}"),
        ("GET", "/bucket?uploads", "GET /{Bucket}?uploads"), ("GET", "/bucket/a/b/c.txt", "GET /{Bucket}/{Key}"),
        ("GET", "/a%20b/c", "GET /a%20b/c"), ("GET", "/slash/", "GET /slash/"), ("GET", "/users/", "GET /users"),
        ("HEAD", "/users", "GET /users"), ("GET", "/Odata(7)/x", "GET /Odata({id})/x"),
    ],
)  # fmt: skip
def test_a_request_finds_its_operation(method: str, target: str, name: str) -> None:
    found = match(method, target)
    assert found.route is not None
    assert found.route.name == name


def test_what_is_written_out_counts_before_a_variable() -> None:
    assert match("DELETE", "/users/me") == Match(None, ("GET",))


def test_operations_of_one_path_are_told_apart_by_what_is_sent() -> None:
    assert match("POST", "/", body="Action=RunJob&x=1").route == Route(
        "POST /#Action=RunJob", "POST", "/#Action=RunJob"
    )
    target = match("POST", "/", **{"X-Amz-Target": "Svc.Do"}).route
    assert target is not None
    assert target.path == "/#X-Amz-Target=Svc.Do"


def test_another_method_is_named_and_an_unknown_path_is_not() -> None:
    assert match("PUT", "/users/7") == Match(None, ("GET", "DELETE"))
    assert match("DELETE", "/users") == Match(None, ("GET", "POST"))
    assert match("PATCH", "/a/b/c/d" + "/x" * 100) == Match(None)


def test_values_of_a_path() -> None:
    assert path_values(("a", "{x}"), ("a", "b/c")) == {"x": "b/c"}
    assert path_values(("v1", "{name}", "jobs"), ("v1", "a", "b", "jobs")) == {"name": "a/b"}
    assert path_values(("a",), ("b",)) is None
    assert path_values(("a", "{x}"), ("a",)) is None
    assert segment_values("{a}-{b}.zip", "x-y-z.zip") == {"a": "x", "b": "y-z"}
    assert segment_values("{a}{b}", "xy") == {"a": "x", "b": "y"}
    assert segment_values("{a}.json", ".json") is None


@pytest.mark.cpu(20)
def test_many_variables_and_long_paths_cost_little() -> None:
    segment = "".join(f"{{v{n}}}" for n in range(200))
    routes = Routes(
        [Route("a", "GET", "/x/" + segment), *(Route(str(n), "GET", f"/{{a}}/{n}/{{b}}") for n in range(3000))]
    )
    for path in ("/x/" + "a" * 1999, "/x/" * 29, "/" + "a/" * 59, "/x/" + "%2F" * 600):
        routes.match(HTTPRequest(method="GET", url=f"https://x.invalid{path}"), path)
