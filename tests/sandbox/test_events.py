"""Events are made of what a visitor has, and a change tells which of them it would have caused."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.sandbox.events import caused, caused_by, compose, is_signature, signed_fields
from tests.sandbox.clients import Client, value, written


@pytest.fixture
def orders(state: Path) -> Client:
    return Client(written("orders"), state)


def composed(client: Client, name: str = "order.created") -> Any:
    catalog = client.catalog
    webhook = next(one for one in catalog.webhooks if one.path == name)
    entry = Entry(provider=catalog.provider, operation=webhook, definitions=catalog.definitions)
    with client.sandbox.session(client.visitor, catalog.provider.name, writing=False) as session:
        return compose(entry, session)


def names(client: Client) -> list[str]:
    with client.sandbox.session(client.visitor, client.catalog.provider.name, writing=False) as session:
        return [one.name for one in caused(session)]


def test_an_event_holds_the_latest_thing_of_its_kind(orders: Client) -> None:
    made_up = composed(orders)
    assert made_up["type"] == "order.created"
    made = value(orders("POST", "/orders", {"item": "a mug"}))
    assert composed(orders)["data"]["object"] == made
    assert composed(orders.of("grace"))["data"]["object"] != made


def test_each_change_notes_what_it_would_have_caused(orders: Client) -> None:
    made = value(orders("POST", "/orders", {"item": "a mug"}))
    path = f"/orders/{made['id']}"
    orders("PATCH", path, {"item": "two mugs"})
    assert value(orders("POST", f"{path}/cancel"))["status"] == "cancelled"
    orders("DELETE", path)
    assert names(orders) == ["order.deleted", "order.cancelled", "order.updated", "shipped", "order.created"]
    assert names(orders.of("grace")) == []


def test_what_is_refused_or_read_causes_nothing(orders: Client) -> None:
    orders("POST", "/orders", {"item": 7})
    orders("GET", "/orders")
    orders("PATCH", "/orders/ord_1", {"item": "x" * 99})
    assert names(orders) == []


def test_only_events_named_after_the_thing_and_the_doing_are_caused() -> None:
    listed = ["issues-opened", "issues-closed", "issue_comment-created", "customer.created", "label-created"]
    assert caused_by(listed, "issue", "create", ["repo", "issue"]) == ["issues-opened"]
    assert caused_by([*listed, "commit_comment-created"], "comment", "create", ["repo", "issue", "comment"]) == [
        "issue_comment-created"
    ]
    assert caused_by(listed, "issue", "update", ["issue"], "closed") == ["issues-closed"]
    assert caused_by(
        ["customer.subscription.created", "price.created"], "subscription", "create", ["subscription"]
    ) == ["customer.subscription.created"]
    assert caused_by(listed, "customer", "create") == ["customer.created"]
    assert caused_by(listed, "customer", "delete") == []


def test_the_list_of_events_stays_short(orders: Client) -> None:
    for number in range(60):
        orders("POST", "/orders", {"item": str(number)})
    assert len(names(orders)) == 40


BODY, SECRET, NOW = b'{"id":"evt_1"}', "whsec_" + base64.b64encode(b"a key of bytes").decode(), 1_700_000_000


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def test_stripe_signs_the_time_and_the_content() -> None:
    signature = signed_fields(["Stripe-Signature"], BODY, SECRET, NOW)["Stripe-Signature"]
    assert signature == f"t={NOW},v1={mac(SECRET.encode(), f'{NOW}.'.encode() + BODY).hex()}"


def test_standard_webhooks_sign_identifier_time_and_content() -> None:
    made = signed_fields(["webhook-id", "webhook-timestamp", "webhook-signature"], BODY, SECRET, NOW)
    signed = f"{made['webhook-id']}.{made['webhook-timestamp']}.".encode() + BODY
    assert made["webhook-signature"] == "v1," + base64.b64encode(mac(b"a key of bytes", signed)).decode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("X-Hub-Signature-256", "sha256=" + mac(b"s", BODY).hex()),
        ("X-Hub-Signature", "sha1=" + hmac.new(b"s", BODY, hashlib.sha1).hexdigest()),
        ("X-Shopify-Hmac-Sha256", base64.b64encode(mac(b"s", BODY)).decode()),
        ("X-Signature", mac(b"s", BODY).hex()),
        ("X-Slack-Signature", "v0=" + mac(b"s", f"v0:{NOW}:".encode() + BODY).hex()),
    ],
)
def test_others_sign_the_content(name: str, expected: str) -> None:
    assert signed_fields([name, "X-Slack-Request-Timestamp"], BODY, "s", NOW)[name] == expected


def test_what_is_not_named_a_signature_is_none() -> None:
    assert signed_fields(["X-Event", "X-Timestamp"], BODY, "s", NOW) == {}
    assert not is_signature("X-Design")
