from __future__ import annotations

from pathlib import Path

import pytest

from playground.catalog.model import Operation
from playground.config import SettingsError
from playground.gateway.operator import OperatorCredentials, load_operator_credentials
from playground.secrets.credentials import Bearer, Credentials, NoCredential

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
