"""The embedded gateway: what is sent, what comes back, and what of it is shown."""

from __future__ import annotations

import ipaddress
import json
import logging
from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import SANDBOX, Server, ServerVariable
from playground.config import OpenedNetwork, Settings
from playground.gateway.context import CallContext
from playground.gateway.embedded import policy_for
from playground.gateway.envelope import write_answer
from playground.gateway.operator import OperatorCredentials
from playground.gateway.protocol import WireCall
from playground.gateway.redirects import Hop
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.arguments import to_arguments
from playground.request.model import RequestModel
from playground.secrets.credentials import ApiKey, Bearer, Credentials, NoCredential
from playground.transport.egress import EgressPolicy
from tests.gateway.calls import dispatch, send_model
from tests.gateway.entries import BEARER, QUERY_KEY, entry
from tests.support.servers import RecordingServer, http_answer, refusing_port, silence

LOOPBACK = OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0)
SETTINGS = Settings(private_networks=(LOOPBACK,))
MODEL = RequestModel(parameters={"path": {"session": "cs/1"}}, body={"metadata": {"k": "v"}})
MINE = Credentials(single=Bearer(token="sk_visitor_1"))


def context(**changes: Any) -> CallContext:
    return CallContext(**({"settings": SETTINGS} | changes))


def test_a_call_reaches_the_api_as_the_message_says() -> None:
    with RecordingServer(http_answer({"id": "cs_1"}, "402 Payment Required")) as server:
        call = WireCall(arguments={"session": "cs/1", "metadata": {"k": "v"}, "dry": True}, credentials=MINE)
        answer = dispatch(entry(url=server.url + "/base/"), call, context(request_id="r7"))
        assert server.request.line == "POST /base/v1/checkout/sessions/cs%2F1?dry=true HTTP/1.1"
        assert server.request.body == b'{"metadata":{"k":"v"}}'
        assert server.request.header("Authorization") == "Bearer sk_visitor_1"
        assert server.request.names == [
            "Host", "User-Agent", "Accept-Encoding", "Authorization", "Content-Type", "Accept", "Content-Length",
        ]  # fmt: skip
    assert (answer.status, answer.error, answer.request_id) == (200, None, "r7")
    assert answer.response is not None
    assert (answer.response.status, answer.response.body) == (402, b'{"id": "cs_1"}')
    assert answer.request is not None
    assert answer.request.headers.get("Authorization") == "Bearer •••"
    assert answer.duration_ms > 0


def test_the_page_and_the_wire_send_the_same_bytes() -> None:
    with RecordingServer() as server:
        one = entry(url=server.url)
        dispatch(one, WireCall(arguments=to_arguments(one, MODEL), credentials=MINE), context())
        send_model(one, MODEL, MINE, context())
        first, second = server.requests
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "sentence", "field"),
    [
        ({}, "session", "path.session"),
        ({"session": ".."}, "", "path.session"),
        ({"session": "x", "nosuch": 1}, "no input named “nosuch”", "nosuch"),
    ],
)
def test_arguments_that_make_no_request_are_a_400(arguments: dict[str, Any], sentence: str, field: str) -> None:
    answer = dispatch(entry(url="http://127.0.0.1:9"), WireCall(arguments=arguments), context())
    assert answer.status == 400
    assert sentence in (answer.error or "")
    assert answer.field == field
    assert answer.response is None


def test_an_unknown_server_is_a_400_and_an_unreachable_one_a_502() -> None:
    one = entry(url="http://127.0.0.1:9")
    assert dispatch(one, WireCall(arguments={"session": "x"}, server="evil.example"), context()).status == 400
    assert dispatch(one, WireCall(arguments={"session": "x"}, server="http://evil.example"), context()).status == 403
    settings = Settings()
    blocked = dispatch(one, WireCall(arguments={"session": "x"}), context(settings=settings))
    # Port 9 is not for HTTP; an ordinary one is told apart only in the log.
    assert blocked.status == 400
    with refusing_port() as port:
        call = WireCall(arguments={"session": "x"})
        answer = dispatch(entry(url=f"http://127.0.0.1:{port}"), call, context(settings=settings))
    assert (answer.status, answer.error) == (502, f"The API at 127.0.0.1:{port} could not be reached.")
    assert answer.request is not None


@pytest.mark.parametrize("depth", [200, 900, 5000])
def test_arguments_of_any_depth_end_in_an_answer(depth: int) -> None:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    with RecordingServer() as server:
        answer = dispatch(entry(url=server.url), WireCall(arguments={"session": "x", "line_items": value}), context())
    assert (answer.response is None) != (answer.error is None)
    assert answer.status in (200, 400)


def test_our_own_address_is_no_api() -> None:
    with RecordingServer() as server:
        own = (("127.0.0.1", server.port),)
        answer = dispatch(entry(url=server.url), WireCall(arguments={"session": "x"}), context(own_addresses=own))
        assert answer.status == 502
        assert server.connections == 0


def test_a_slow_api_is_a_504_within_the_visitors_timeout() -> None:
    with RecordingServer(silence) as server:
        answer = dispatch(entry(url=server.url), WireCall(arguments={"session": "x"}), context(timeout=0.3))
        assert answer.status == 504
        assert "within 0.3 seconds" in (answer.error or "")


def test_the_sandbox_answers_where_it_is_chosen_or_comes_first_and_nothing_is_sent() -> None:
    def send(request: HTTPRequest, policy: EgressPolicy) -> HTTPResponse:
        raise AssertionError("sent")

    chosen = dispatch(entry(), WireCall(arguments={"session": "x"}, server=SANDBOX), context(send=send))
    first = dispatch(entry(provider={"sandbox_first": True}), WireCall(arguments={"session": "x"}), context(send=send))
    none = dispatch(entry(url=None), WireCall(arguments={"session": "x"}), context(send=send))
    for answer in (chosen, first, none):
        assert answer.response is not None, answer.error
        assert (answer.response.origin, answer.response.status) == ("sandbox", 200)


def test_the_sandbox_can_be_off_or_alone() -> None:
    off = context(settings=Settings(sandbox="off"))
    only = context(settings=Settings(sandbox="only"))
    call = WireCall(arguments={"session": "x"}, server=SANDBOX)
    assert "switched off" in (dispatch(entry(), call, off).error or "")
    real = WireCall(arguments={"session": "x"}, server="https://api.example.com")
    assert "Only the sandbox answers here" in (dispatch(entry(), real, only).error or "")
    answer = dispatch(entry(), WireCall(arguments={"session": "x"}), only)
    assert answer.response is not None
    assert answer.response.origin == "sandbox"


def test_the_operators_credential_is_used_and_never_comes_back() -> None:
    def echo(_: object, request: Any) -> bytes:
        return http_answer(
            {"auth": request.header("Authorization")}, headers={"X-Echo": request.header("Authorization")}
        )

    operator = OperatorCredentials(by_provider={"stripe": Credentials(single=Bearer(token="sk_operator/9"))})
    with RecordingServer(echo) as server:
        one = entry(url=server.url)
        answer = dispatch(one, WireCall(arguments={"session": "x"}), context(operator=operator))
        assert server.request.header("Authorization") == "Bearer sk_operator/9"
        for own in (True, False):
            assert b"sk_operator" not in write_answer(answer, own=own)[1]
        assert "sk_operator" not in repr(answer) + repr(operator)
        dispatch(one, WireCall(arguments={"session": "x"}, credentials=MINE), context(operator=operator))
        assert server.requests[1].header("Authorization") == "Bearer sk_visitor_1"
        nothing = Credentials(single=NoCredential())
        dispatch(one, WireCall(arguments={"session": "x"}, credentials=nothing), context(operator=operator))
        assert server.requests[2].header("Authorization") is None
        other = entry(url=server.url, provider={"name": "github"})
        dispatch(other, WireCall(arguments={"session": "x"}), context(operator=operator))
        assert server.requests[3].header("Authorization") is None


def test_a_made_up_redirect_does_not_get_what_the_operator_lends() -> None:
    operator = OperatorCredentials(by_provider={"stripe": Credentials(single=Bearer(token="sk_operator/9"))})
    with RecordingServer() as server:
        hop = Hop(status=303, url=f"{server.url}/v1/customers")
        call = WireCall(arguments={"session": "x"}, follow=(hop,))
        dispatch(entry(url=server.url), call, context(operator=operator))
        assert server.request.line == "GET /v1/customers HTTP/1.1"
        assert server.request.header("Authorization") is None
        dispatch(entry(url=server.url), replace(call, credentials=MINE), context(operator=operator))
        assert server.requests[1].header("Authorization") == "Bearer sk_visitor_1"


def test_the_visitors_own_secret_is_whole_on_the_wire_and_struck_out_when_shown() -> None:
    with RecordingServer(http_answer({"token": "sk_visitor_1"})) as server:
        answer = dispatch(entry(url=server.url), WireCall(arguments={"session": "x"}, credentials=MINE), context())
    assert json.loads(write_answer(answer, own=False)[1])["data"] == {"token": "sk_visitor_1"}
    assert answer.shown_response is not None
    assert json.loads(answer.shown_response.body) == {"token": "•••"}


def test_a_key_in_the_query_is_masked_in_what_is_shown() -> None:
    with RecordingServer() as server:
        key = Credentials(single=ApiKey(value="canary-key"))
        one = entry(url=server.url, scheme=QUERY_KEY)
        answer = dispatch(one, WireCall(arguments={"session": "x"}, credentials=key), context())
        assert server.request.target.endswith("?api_key=canary-key")
    assert answer.request is not None
    assert answer.request.url.endswith("?api_key=•••")
    assert b"canary-key" not in write_answer(answer, own=True)[1]


def test_no_secret_in_logs_or_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    credentials = Credentials(single=Bearer(token="canary-token"), headers={"X-Own": "canary-own"})
    call = WireCall(arguments={"session": "x"}, credentials=credentials)
    with refusing_port() as port:
        for url in (f"http://127.0.0.1:{port}", f"http://10.0.0.1:{port}", f"https://127.0.0.1:{port}"):
            answer = dispatch(entry(url=url), call, context())
            assert answer.error
            assert "canary" not in repr(answer) + repr(call) + answer.error
    assert caplog.text
    assert "canary" not in caplog.text


def test_a_bearer_is_what_the_entries_of_these_tests_declare() -> None:
    assert entry().provider.security_schemes == (BEARER,)


LOCAL = CallContext(settings=Settings(local=True))
TENANT = Server(url="https://{tenant}.example.com", variables=(ServerVariable(name="tenant", default="demo"),))
REGION = Server(
    url="https://{region}.example.com:{port}/{version}",
    variables=(
        ServerVariable(name="region", default="eu", enum=("eu", "us")),
        ServerVariable(name="port", default="443", enum=("443", "8443")),
        ServerVariable(name="version", default="v1"),
    ),
)


def test_listed_values_of_server_variables_are_allowed_origins() -> None:
    policy = policy_for(entry(servers=(REGION,)), RequestModel(server=REGION.url), LOCAL)
    assert policy.origins == {
        "https://eu.example.com", "https://us.example.com", "https://eu.example.com:8443", "https://us.example.com:8443",
    }  # fmt: skip
    assert not policy.any_origin


def test_a_free_host_is_the_visitors_only_where_he_is_the_operator() -> None:
    one, model = entry(servers=(TENANT,)), RequestModel(server=TENANT.url, server_variables={"tenant": "acme"})
    public = CallContext(settings=Settings())
    assert policy_for(one, model, public).origins == {"https://demo.example.com"}
    assert not policy_for(one, model, public).any_origin
    assert policy_for(one, model, LOCAL).any_origin
    call = WireCall(arguments={"session": "x"}, server=TENANT.url, server_variables={"tenant": "acme"})
    answer = dispatch(one, call, public)
    assert (answer.status, answer.response) == (403, None)
    assert "https://acme.example.com are not allowed here" in (answer.error or "")
