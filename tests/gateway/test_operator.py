"""What the operator says about calls: keys that are lent, operations that are not sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.catalog.model import SANDBOX, Entry, Operation, Provider, Server
from playground.config import Settings, SettingsError
from playground.gateway.context import CallContext
from playground.gateway.operator import OperatorCredentials, Rules, load_operator_credentials, load_rules
from playground.messages import HTTPResponse
from playground.request.model import RequestModel
from playground.secrets.credentials import Bearer, Credentials, NoCredential
from tests.gateway.calls import send_model

OURS = Credentials(single=Bearer(token="canary-ours"), headers={"X-Plan": "pro", "X-Team": "ours"})
OPERATOR = OperatorCredentials(by_provider={"stripe": OURS})


def test_a_file_holds_credentials_by_provider(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text('{"stripe": {"type": "bearer_token", "token": "canary-1"}, "google/books": {"type": "none"}}')
    loaded = load_operator_credentials(path)
    assert loaded.beside("stripe", Credentials()) == Credentials(single=Bearer(token="canary-1"))
    assert loaded.beside("google/books", Credentials()) == Credentials(single=NoCredential())
    assert loaded.beside("github", Credentials()) == Credentials()
    assert "canary" not in repr(loaded)
    assert load_operator_credentials(None) == OperatorCredentials()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'{"stripe": "canary"', r"is not JSON \(line 1, column 20\)\.$"),
        (b'["canary"]', "is not an object like"),
        (b"\xffcanary", "is not UTF-8"),
        (b'{"stripe": "canary"}', "provider “stripe”: A credential must be an object"),
        (b'{"stripe": {"type": "canary"}}', "provider “stripe”: The credential's type must be"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_without_its_text(
    text: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "credentials.json"
    path.write_bytes(text)
    with pytest.raises(SettingsError, match=sentence) as caught:
        load_operator_credentials(path)
    assert str(caught.value).startswith("PLAYGROUND_CREDENTIALS")
    assert "canary" not in str(caught.value)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_operator_credentials(tmp_path / "missing.json")


def test_a_visitors_own_credential_wins() -> None:
    mine = Credentials(single=Bearer(token="mine"))
    assert OPERATOR.beside("stripe", mine) == mine
    none = Credentials(single=NoCredential())
    assert OPERATOR.beside("stripe", none) == none
    several = Credentials(schemes={"token": Bearer(token="mine")})
    assert OPERATOR.beside("stripe", several) == several


def test_a_visitors_own_headers_stand_beside_the_operators_credential() -> None:
    sent = OPERATOR.beside("stripe", Credentials(headers={"x-team": "mine"}))
    assert sent.single == OURS.single
    assert sent.headers == {"X-Plan": "pro", "x-team": "mine"}


def test_a_credential_may_be_lent_to_some_operations_only(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text(
        """{"shop": [
        {"type": "bearer_token", "token": "canary-read", "methods": ["get"]},
        {"type": "bearer_token", "token": "canary-order", "operations": ["createOrder", "DELETE /orders/{id}"]}
        ], "one": {"type": "bearer_token", "token": "canary-one", "methods": ["HEAD"]}}"""
    )
    loaded = load_operator_credentials(path)

    def sent(method: str, name: str, where: str = "/x", provider: str = "shop") -> Credentials:
        return loaded.beside(provider, Credentials(), Operation(name=name, method=method, path=where))

    assert sent("GET", "any") == Credentials(single=Bearer(token="canary-read"))
    assert sent("POST", "createOrder") == Credentials(single=Bearer(token="canary-order"))
    assert sent("DELETE", "drop", "/orders/{id}") == Credentials(single=Bearer(token="canary-order"))
    assert sent("POST", "other") == Credentials()
    assert sent("HEAD", "x", provider="one") == Credentials(single=Bearer(token="canary-one"))
    assert sent("GET", "x", provider="one") == Credentials()
    assert "canary" not in repr(loaded)
    mine = Credentials(single=Bearer(token="mine"))
    assert loaded.beside("shop", mine, Operation(name="any", method="GET", path="/")) == mine


@pytest.mark.parametrize("condition", ['"methods": "GET"', '"methods": []', '"operations": [1]'])
def test_a_condition_that_cannot_be_read_lends_nothing(tmp_path: Path, condition: str) -> None:
    path = tmp_path / "credentials.json"
    path.write_text(f'{{"shop": {{"type": "bearer_token", "token": "canary", {condition}}}}}')
    with pytest.raises(SettingsError, match="must be a list of at least one name") as caught:
        load_operator_credentials(path)
    assert "canary" not in str(caught.value)


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
        ('{"shop": {}}', "provider “shop”: write forbid, sandbox, readers or lend"),
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
