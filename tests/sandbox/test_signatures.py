"""Signatures as their senders document them, each checked by the receiver's own rule."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from playground.sandbox.signatures import is_signature, signed_fields

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
