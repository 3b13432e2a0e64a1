"""Signatures of what an API sends: the header fields that a webhook is described with, computed over its bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from uuid import UUID

_SIGNED = re.compile(r"signature|hmac", re.IGNORECASE)
_TIME = re.compile(r"timestamp", re.IGNORECASE)


def is_signature(name: str) -> bool:
    """Say whether a header field's name says that it holds a signature."""
    return _SIGNED.search(name) is not None


def signed_fields(names: Iterable[str], body: bytes, secret: str, now: int) -> dict[str, str]:
    """Return the values of the header fields that sign `body`, by the names that the description has for them.

    They are written as the best-known senders do: Stripe's and Slack's with the time, Standard Webhooks with an
    identifier, `sha256=` for those named after it, else the plain digest.
    """
    described = list(names)
    own = {name.lower(): name for name in described}
    identifier = str(UUID(bytes=hashlib.blake2b(body, digest_size=16).digest()))
    made: dict[str, str] = {}
    for name in described:
        lowered = name.lower()
        if _TIME.search(name):
            made[name] = str(now)
        elif lowered in ("webhook-id", "svix-id"):
            made[name] = f"msg_{identifier.replace('-', '')}"
        elif is_signature(name):
            made[name] = _signature(lowered, body, secret, now, f"msg_{identifier.replace('-', '')}")
    return made if any(is_signature(name) for name in own) else {}


def _signature(name: str, body: bytes, secret: str, now: int, identifier: str) -> str:
    key = secret.encode("utf-8", "surrogatepass")
    if name == "stripe-signature":
        return f"t={now},v1={_digest(key, b'%d.' % now + body).hex()}"
    if name == "x-slack-signature":
        return f"v0={_digest(key, b'v0:%d:' % now + body).hex()}"
    if name in ("webhook-signature", "svix-signature"):
        signed = f"{identifier}.{now}.".encode() + body
        return f"v1,{base64.b64encode(_digest(_standard_key(secret), signed)).decode('ascii')}"
    if name.endswith(("256", "sha256")) and "hmac" not in name:
        return f"sha256={_digest(key, body).hex()}"
    if name == "x-hub-signature":
        return f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}"
    if "hmac" in name:
        return base64.b64encode(_digest(key, body)).decode("ascii")
    return _digest(key, body).hex()


def _digest(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _standard_key(secret: str) -> bytes:
    """Return the key of Standard Webhooks: base64 after `whsec_`."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode("utf-8", "surrogatepass")
