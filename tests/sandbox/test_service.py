"""The sandbox as a server: paths lead to operations, `Prefer` chooses outcomes, one request has one answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.messages import HTTPRequest
from playground.sandbox.service import Call, Sandbox
from playground.sandbox.source import MemorySource
from tests.sandbox.clients import Client, compiled, value, written

SERVED = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com/v2/'}, {url: 'https://{region}.example.com/base'}, {url: /rel}]
paths:
  /a: {get: {operationId: a, responses: {'200': {description: ok}}}}
  /a/{id}: {get: {operationId: one, parameters: [&id {name: id, in: path, required: true, schema: {type: string}}],
            responses: {'200': {description: ok}}},
            delete: {operationId: gone, parameters: [*id], responses: {'204': {description: gone}}}}
  /a/special: {get: {operationId: special, responses: {'200': {description: ok}}}}
"""


@pytest.fixture
def shop(state: Path) -> Client:
    return Client(written("shop"), state, headers={"X-Key": "k"})


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/a", "a"), ("GET", "/v2/a", "a"), ("GET", "/base/a/1", "one"), ("GET", "/rel/a/special", "special"),
        ("DELETE", "/a/7", "gone"), ("HEAD", "/a", "a"), ("GET", "/a/x%2Fy", "one"),
    ],
)  # fmt: skip
def test_a_path_leads_to_its_operation_with_or_without_a_servers_own(method: str, path: str, name: str) -> None:
    sandbox = Sandbox(MemorySource(compiled(SERVED)))
    found = sandbox.find("api", HTTPRequest(method=method, url=f"https://x{path}"), path)
    assert found.entry is not None
    assert found.entry.operation.operation_id == name


def test_a_path_that_leads_nowhere_names_the_methods_there_are() -> None:
    sandbox = Sandbox(MemorySource(compiled(SERVED)))
    found = sandbox.find("api", HTTPRequest(method="PUT", url="https://x/a/1"), "/a/1")
    assert set(found.methods) == {"GET", "DELETE"}
    assert sandbox.find("api", HTTPRequest(method="GET", url="https://x/b"), "/b").methods == ()


def test_the_same_request_has_the_same_answer(shop: Client) -> None:
    first, again = shop("GET", "/customers"), shop("GET", "/customers")
    assert first.body == again.body
    assert shop("GET", "/customers", Prefer="seed=7").body != first.body
    assert shop("GET", "/customers", Prefer="seed=7").body == shop("GET", "/customers", Prefer="seed=7").body


def test_a_status_is_chosen(shop: Client) -> None:
    answer = shop("GET", "/customers/cus_1", Prefer="code=404")
    assert answer.status == 404
    assert set(value(answer)) == {"error"}
    assert shop("POST", "/customers", {}, Prefer="code=201").status == 201, "what is chosen is not judged"


def test_an_example_is_chosen_or_left_aside(shop: Client) -> None:
    assert value(shop("GET", "/customers/cus_0002", Prefer="example=grace"))["email"] == "grace@example.com"
    assert value(shop("GET", "/customers/cus_0001"))["email"] == "ada@example.com"
    assert value(shop("GET", "/customers/cus_0001", Prefer="dynamic=true"))["email"] != "ada@example.com"


def test_failures_and_delays_are_left_to_who_sends_it(shop: Client) -> None:
    entry = shop.sandbox.find("api", HTTPRequest(method="GET", url="https://x/settings"), "/settings").entry
    assert entry is not None

    def reply(prefer: str) -> tuple[float, str | None, int]:
        from playground.messages import Headers

        request = HTTPRequest(method="GET", url="https://x/settings", headers=Headers.of([("Prefer", prefer)]))
        made = shop.sandbox.respond(Call(entry=entry, request=request, path="/settings"))
        return made.delay, made.failure, made.response.status

    assert reply("delay=800") == (0.8, None, 200)
    assert reply("failure=reset") == (0.0, "reset", 200)
    assert reply("failure=rate-limit") == (0.0, None, 429)


def test_too_many_are_refused_as_the_description_says(shop: Client) -> None:
    answer = shop("GET", "/customers", Prefer="failure=rate-limit")
    assert (answer.status, answer.headers.get("Retry-After")) == (429, "1")
    assert "try again" in value(answer)["error"]["message"]


def test_a_request_for_the_head_alone_has_no_content(shop: Client) -> None:
    answer = shop("HEAD", "/customers")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers.get("Content-Type") == "application/json"


def test_a_state_that_cannot_be_opened_keeps_nothing(tmp_path: Path) -> None:
    shop = Client(written("shop"), tmp_path, headers={"X-Key": "k"})  # a folder
    assert shop("POST", "/customers", {"email": "a@example.com"}).status == 201
    assert shop("GET", "/customers").status == 200


ONLY_ERRORS = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {get: {responses: {'101': {description: switching}}}, post: {responses: {default: {description: Error}}}}
  /b: {get: {responses: {'404': {description: none}}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {'200': {description: ok}, '404': {description: none}}}
    delete: {responses: {'400': {description: Invalid pet value}}}
"""


def test_what_describes_no_success_is_not_answered_with_one() -> None:
    client = Client(compiled(ONLY_ERRORS))
    assert [client(method, path).status for method, path in (("GET", "/a"), ("POST", "/a"), ("GET", "/b"))] == [
        426, 501, 404,
    ]  # fmt: skip


def test_a_change_that_was_carried_out_is_no_error_where_errors_alone_are_described(state: Path) -> None:
    client = Client(compiled(ONLY_ERRORS), state)
    assert client("DELETE", "/pets/7").status == 204
    assert client("GET", "/pets/7").status == 404, "it was deleted"
    assert client("DELETE", "/pets/seven").status == 400
    assert client("DELETE", "/pets/8", Prefer="handling=lenient").status == 400, "nothing undescribed"


def test_an_answer_given_again_is_the_one_of_now_and_of_this_visitor(shop: Client) -> None:
    before = [shop("GET", "/customers"), shop.of("grace")("GET", "/customers"), shop.of("")("GET", "/customers")]
    assert len({answer.body for answer in before}) == 1
    made = value(shop("POST", "/customers", {"email": "a@example.com"}))
    assert value(shop("GET", "/customers"))["data"] == [made]
    changed = value(shop("PATCH", f"/customers/{made['id']}", {"email": "b@example.com"}))
    assert value(shop("GET", f"/customers/{made['id']}")) == changed
    assert shop.of("grace")("GET", "/customers").body == before[1].body
    assert shop.of("")("GET", "/customers").body == before[2].body


def test_a_made_up_thing_that_one_visitor_changes_stays_as_it_was_for_others(shop: Client) -> None:
    listed = value(shop.of("grace")("GET", "/customers"))["data"]
    path = f"/customers/{listed[0]['id']}"
    assert value(shop("PATCH", path, {"email": "new@example.com"}))["email"] == "new@example.com"
    assert value(shop("GET", path))["email"] == "new@example.com"
    assert value(shop.of("grace")("GET", "/customers"))["data"] == listed
    assert value(shop.of("grace")("GET", path))["email"] == listed[0]["email"]


def test_what_changes_while_an_answer_is_worked_out_is_not_given_to_others(
    shop: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visitor unknown when a request came, with things when it was answered, shares no answer with the unknown."""
    reading = shop.sandbox._revision
    seen: list[tuple[int, int] | None] = []

    def first_make_one(call: Call) -> tuple[int, int] | None:
        revision = reading(call)
        if not seen and call.request.method == "GET":
            seen.append(revision)
            shop("POST", "/customers", {"email": "ada@example.com"})
        return revision

    monkeypatch.setattr(shop.sandbox, "_revision", first_make_one)
    assert b"ada@example.com" in shop("GET", "/customers").body
    assert b"ada@example.com" not in shop.of("grace")("GET", "/customers").body
