"""Which origins a description allows: its servers with the listed values of their variables."""

from __future__ import annotations

from playground.catalog.model import Server, ServerVariable
from playground.config import Settings
from playground.gateway.context import CallContext
from playground.gateway.embedded import policy_for
from playground.gateway.protocol import WireCall
from playground.request.model import RequestModel
from tests.gateway.calls import dispatch
from tests.gateway.entries import entry

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
