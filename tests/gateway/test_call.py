"""One road for page, wire and command line: rules, lent keys and limits hold whichever gateway is called."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import SANDBOX
from playground.config import RateLimit, Settings, SettingsError
from playground.gateway.call import Embedded, Foreign, Gateway, call, call_from_wire, check_allowed
from playground.gateway.context import CallContext, context_from
from playground.gateway.errors import LimitExceeded
from playground.gateway.operator import Rule, Rules
from playground.gateway.protocol import WireCall
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials
from playground.transport.egress import EgressPolicy, gateway_policy
from tests.gateway.entries import BEARER, entry
from tests.support.servers import RecordingServer, http_answer

MODEL = RequestModel(parameters={"path": {"session": "cs_1"}})
FORBIDDEN = "The operator of this site does not let this operation be sent from here."


def request(model: RequestModel = MODEL, **changes: Any) -> BuiltRequest:
    return BuiltRequest(entry=entry(**({"url": "https://api.example"} | changes)), model=model)


class Road:
    """What went out in the place of the network."""

    def __init__(self) -> None:
        self.sent: list[HTTPRequest] = []

    def __call__(self, message: HTTPRequest, policy: EgressPolicy) -> HTTPResponse:
        self.sent.append(message)
        return HTTPResponse(status=200)


def foreign(server: RecordingServer) -> Foreign:
    return Foreign(server.url, gateway_policy(Settings(gateway_url=server.url), loopback=True))


@pytest.mark.parametrize("is_foreign", [False, True])
def test_what_a_rule_forbids_leaves_through_no_gateway(is_foreign: bool) -> None:
    context = CallContext(settings=Settings(), rules=Rules(by_provider={"*": Rule(forbid=("*",))}), send=Road())
    with RecordingServer() as server:
        gateway: Gateway = foreign(server) if is_foreign else Embedded()
        with call(request(), Credentials(), gateway, context) as answer:
            assert (answer.status, answer.error, answer.field) == (400, FORBIDDEN, "server")
        with pytest.raises(RequestError, match="does not let"):
            check_allowed(request(), gateway, context)
        assert server.connections == 0


def test_a_call_from_the_wire_keeps_to_the_rules_as_well() -> None:
    context = CallContext(settings=Settings(), rules=Rules(by_provider={"*": Rule(forbid=("*",))}), send=Road())
    with call_from_wire(entry(), WireCall(arguments={"session": "cs_1"}), context) as answer:
        assert (answer.status, answer.error) == (400, FORBIDDEN)


def test_what_is_for_the_sandbox_only_is_checked_for_the_server_that_is_used() -> None:
    road = Road()
    context = CallContext(settings=Settings(), rules=Rules(by_provider={"*": Rule(sandbox=("*",))}), send=road)
    with call(request(replace(MODEL, server=SANDBOX)), Credentials(), Embedded(), context) as answer:
        assert answer.response is not None
    with call(request(), Credentials(), Embedded(), context) as answer:  # no server means the first one described
        assert "sandbox only" in (answer.error or "")
    assert road.sent == []


@pytest.mark.parametrize("is_foreign", [False, True])
def test_limits_count_calls_through_every_gateway(is_foreign: bool) -> None:
    settings = Settings(rate_limit=RateLimit(count=1, seconds=60))
    context = replace(context_from(settings), visitor="anna", send=Road())
    with RecordingServer(http_answer({"data": {}})) as server:
        gateway: Gateway = foreign(server) if is_foreign else Embedded()
        with call(request(), Credentials(), gateway, context) as answer:
            assert answer.error is None
        with pytest.raises(LimitExceeded), call(request(), Credentials(), gateway, context):
            pass
        with call(request(), Credentials(), gateway, replace(context, visitor="bert")) as answer:
            assert answer.error is None


def test_a_call_has_its_place_until_its_block_ends() -> None:
    context = replace(context_from(Settings(concurrency={"visitor": 1})), visitor="anna", send=Road())
    with (
        call(request(), Credentials(), Embedded(), context),
        pytest.raises(LimitExceeded),
        call(request(), Credentials(), Embedded(), context),
    ):
        pass
    with call(request(), Credentials(), Embedded(), context) as answer:
        assert answer.error is None


def test_one_context_holds_all_that_the_operator_says(tmp_path: Path) -> None:
    keys, rules = tmp_path / "keys.json", tmp_path / "rules.json"
    keys.write_text(json.dumps({"stripe": {"type": "bearer_token", "token": "lent"}}))
    rules.write_text(json.dumps({"shop": {"forbid": ["DELETE"]}}))
    road = Road()
    settings = Settings(credentials=keys, rules=rules, rate_limit=RateLimit(count=1, seconds=60))
    context = replace(context_from(settings, (("127.0.0.1", 8000),)), visitor="anna", send=road)
    assert context.own_addresses == (("127.0.0.1", 8000),)
    assert context.rules.by_provider == {"shop": Rule(forbid=("DELETE",))}
    with call(request(scheme=BEARER), Credentials(), Embedded(), context):
        pass
    assert road.sent[0].headers.get("Authorization") == "Bearer lent"


@pytest.mark.parametrize("name", ["credentials", "rules"])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text("{")
    with pytest.raises(SettingsError, match=rf"^PLAYGROUND_{name.upper()} names a file that is not JSON"):
        context_from(Settings(**{name: path}))  # type: ignore[arg-type]
