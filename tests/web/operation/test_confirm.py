"""Before a live system is changed, or a credential given to another place than the one it was saved for, Send asks."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import SANDBOX, Entry, Operation, Parameter, Provider, SecurityScheme, Server
from playground.request.built import BuiltRequest
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials, read_credentials
from playground.web.operation.confirm import Question, question

KEY = SecurityScheme(name="key", type="apiKey", location="query", parameter="key")


def asked(
    method: str = "DELETE",
    credential: Any = None,
    saved: dict[str, Any] | None = None,
    *,
    server: str | None = None,
    gateway: str = "https://site.example/gateway",
    embedded: bool = True,
    described: tuple[Server, ...] = (Server(url="https://api.example.com/v1"),),
) -> Question | None:
    entry = Entry(
        provider=Provider(name="p", title="P", servers=described, security_schemes=(KEY,)),
        operation=Operation(name="o", method=method, path="/things/1"),
        definitions={},
    )
    read = read_credentials(credential)
    model = RequestModel(server=server or described[0].url)
    request = BuiltRequest(entry=entry, model=model)
    return question(request, read, saved or {}, gateway=gateway, embedded=embedded)


@pytest.mark.parametrize("token", ["sk_live_1", "rk_live_abc", "prod-1234", "live_x", "acme_production_1"])
def test_a_live_key_asks_before_an_unsafe_method(token: str) -> None:
    made = asked("DELETE", {"type": "bearer", "token": token})
    assert made is not None
    assert made.sentences == (
        "DELETE /v1/things/1 on api.example.com would change a live system: the key is a live one.",
    )
    assert token not in made.token
    for method in ("GET", "HEAD", "OPTIONS"):
        assert asked(method, {"type": "bearer", "token": token}) is None


@pytest.mark.parametrize("token", ["sk_test_1", "plain", "delivery-1", "alive_1", "reproduction_2"])
def test_any_other_key_asks_nothing(token: str) -> None:
    assert asked("POST", {"type": "bearer", "token": token}) is None


@pytest.mark.parametrize(
    "credential",
    [
        {"type": "basic", "username": "sk_live_1"},
        {"type": "api_key", "value": "x_live_1", "name": "key", "in": "query"},
        {"credential": {"type": "none"}, "customHeaders": {"X-Key": "sk_live_1"}},
        {"type": "schemes", "schemes": {"a": {"type": "bearer", "token": "sk_live_1"}}},
    ],
)
def test_the_key_may_stand_in_any_credential(credential: Any) -> None:
    assert asked("PATCH", credential) is not None


def test_a_live_key_in_a_parameter_asks_as_well() -> None:
    entry = Entry(
        provider=Provider(name="p", title="P", servers=(Server(url="https://api.example.com"),)),
        operation=Operation(
            name="o", method="DELETE", path="/x", parameters=(Parameter(name="api_key", location="query"),)
        ),
        definitions={},
    )
    for key, asks in (("sk_live_1", True), ("sk_test_1", False)):
        model = RequestModel(parameters={"query": {"api_key": key}})
        request = BuiltRequest(entry=entry, model=model)
        made = question(request, Credentials(), {}, gateway="https://site.example/gateway", embedded=True)
        assert (made is not None) is asks
        assert made is None or key not in made.token


def test_a_server_described_as_production_asks_unless_the_key_says_test() -> None:
    live = (Server(url="https://api.example.com", description="Production"), Server(url="https://t.example.com"))
    made = asked("PUT", described=live)
    assert made is not None
    assert "described as the production one" in made.sentences[0]
    assert asked("PUT", {"type": "bearer", "token": "sk_test_1"}, described=live) is None
    assert asked("PUT", described=live, server="https://t.example.com") is None
    both = (Server(url="https://api.example.com", description="Staging copy of production"),)
    assert asked("PUT", described=both) is None
    non = (Server(url="https://api.example.com", description="Non-production"),)
    assert asked("PUT", described=non) is None


def test_the_sandbox_is_never_live() -> None:
    assert asked("DELETE", {"type": "bearer", "token": "sk_live_1"}, server=SANDBOX) is None


def test_another_gateway_is_named_and_agreed_to() -> None:
    saved = {"gateways": ["https://one.example"]}
    bearer = {"type": "bearer", "token": "t"}
    made = asked("GET", bearer, saved, gateway="https://Two.example/x", embedded=False)
    assert made is not None
    assert "https://two.example" in made.sentences[0]
    assert made.agree == {"gateways": "https://two.example"}
    assert asked("GET", bearer, saved, gateway="https://one.example/gateway", embedded=False) is None
    # This site's own gateway is another one as well, where they were saved for a foreign one.
    assert asked("GET", bearer, saved, gateway="https://site.example/gateway", embedded=True) is not None
    assert asked("GET", bearer, {"gateways": ["https://site.example"]}, embedded=True) is None
    # What a foreign console saved says nothing about gateways: one question, once, before it goes to a foreign one.
    assert asked("GET", bearer, {"credential": bearer}, embedded=True) is None
    assert asked("GET", bearer, {"credential": bearer}, gateway="https://one.example", embedded=False) is not None
    # Typed beside the gateway's own field, without a script: nothing was saved for any other.
    assert asked("GET", bearer, {}, gateway="https://two.example", embedded=False) is None
    assert asked("GET", None, saved, gateway="https://two.example", embedded=False) is None


def test_another_server_is_named_and_agreed_to() -> None:
    bearer = {"type": "bearer", "token": "t"}
    made = asked("GET", bearer, {"servers": ["https://eu.example.com"]})
    assert made is not None
    assert made.sentences == (
        "These credentials were saved for https://eu.example.com. Sending gives them to https://api.example.com.",
    )
    assert made.agree == {"servers": "https://api.example.com"}
    assert asked("GET", bearer, {"servers": ["https://api.example.com"]}) is None
    assert asked("GET", bearer, {"servers": "rubbish"}) is None
    assert asked("GET", bearer, {"servers": ["https://eu.example.com"]}, server=SANDBOX) is None


def test_a_yes_to_one_request_is_none_to_another() -> None:
    live = {"type": "bearer", "token": "sk_live_1"}
    one, other = asked("DELETE", live), asked("PUT", live)
    assert one is not None
    assert other is not None
    assert one.token != other.token


def test_what_cannot_be_built_is_not_asked_about() -> None:
    entry = Entry(
        provider=Provider(name="p", title="P"),
        operation=Operation(name="o", method="DELETE", path="/x"),
        definitions={},
    )
    assert (
        question(BuiltRequest(entry=entry, model=RequestModel()), Credentials(), {}, gateway="", embedded=True) is None
    )
