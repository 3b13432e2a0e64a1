"""The operator's rules: what is never sent from this site, and what to the sandbox only."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.catalog.model import SANDBOX, Entry, Operation, Provider, Server
from playground.config import Settings, SettingsError
from playground.gateway.context import CallContext
from playground.gateway.operator import Rules, load_rules
from playground.messages import HTTPResponse
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials
from tests.gateway.calls import send_model


def entry(method: str = "DELETE", provider: str = "shop") -> Entry:
    return Entry(
        provider=Provider(name=provider, title="Shop", servers=(Server(url="https://shop.example"),)),
        operation=Operation(name="dropOrder", operation_id="drop_order", method=method, path="/orders/1"),
        definitions={},
    )


def rules_of(tmp_path: Path, text: str) -> Rules:
    path = tmp_path / "rules.json"
    path.write_text(text)
    return load_rules(path)


@pytest.mark.parametrize("name", ["DELETE", "delete", "*", "dropOrder", "drop_order", "DELETE /orders/1"])
def test_every_way_to_name_an_operation_forbids_it(tmp_path: Path, name: str) -> None:
    rules = rules_of(tmp_path, f'{{"shop": {{"forbid": ["{name}"]}}}}')
    assert "does not let this operation be sent" in rules.refusal(entry(), "https://shop.example")
    assert rules.refusal(entry(), SANDBOX)
    assert not rules.refusal(entry(provider="other"), None)


def test_the_sandbox_alone_may_be_allowed(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, '{"*": {"sandbox": ["DELETE"]}}')
    assert "sandbox only" in rules.refusal(entry(), "https://shop.example")
    assert not rules.refusal(entry(), SANDBOX)
    assert not rules.refusal(entry("GET"), "https://shop.example")


def test_nothing_leaves_against_a_rule(tmp_path: Path) -> None:
    sent: list[object] = []

    def send(*given: object) -> HTTPResponse:
        sent.append(given)
        return HTTPResponse(status=200)

    context = CallContext(settings=Settings(), rules=rules_of(tmp_path, '{"shop": {"forbid": ["*"]}}'), send=send)
    model = RequestModel(server="https://shop.example")
    answer = send_model(entry(), model, Credentials(), context)
    assert answer.status == 400
    assert answer.error is not None
    assert answer.error.startswith("The operator of this site")
    assert not sent


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"shop": {}}', "provider “shop”: write forbid, sandbox, or both"),
        ('{"shop": {"forbidden": ["*"]}}', "provider “shop”: write forbid"),
        ('{"shop": {"forbid": "*"}}', "“forbid” must be a list"),
        ('{"shop": {"forbid": [""]}}', "“forbid” must be a list"),
    ],
)
def test_a_rule_that_cannot_be_read_stops_the_start(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        rules_of(tmp_path, text)


def test_no_file_is_no_rule() -> None:
    assert load_rules(None) == Rules()
    assert not Rules().refusal(entry(), None)
