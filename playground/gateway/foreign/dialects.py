"""Which dialect a foreign gateway speaks, by asking it."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from playground import jsontext
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.transport.egress import EgressPolicy
from playground.transport.errors import TransportError
from playground.transport.exchange import send_message

Dialect: TypeAlias = Literal["flat", "enveloped", "wrapped"]
"""`flat`: arguments only (UTDK G1 to G3); `enveloped`: `{args, credential}` (UTDK G4 on); `wrapped`: a Playground."""

PROBE_SECONDS = 3.0
REMEMBER_SECONDS = 60.0
MOST_REMEMBERED = 256
_PLACES = ("/config", "/auth/config")
_remembered: dict[str, tuple[float, Dialect]] = {}
_lock = threading.Lock()


def find_dialect(base: str, policy: EgressPolicy) -> Dialect:
    """Ask `GET {gateway}/config` what it is, and the newest UTDK's `/auth/config`; remembered for a minute.

    A gateway that answers nothing useful, or too late, is a flat one; one that cannot be reached is an error.
    Raises `TransportError`.
    """
    with _lock:
        remembered = _remembered.get(base)
        if remembered is not None and remembered[0] > time.monotonic():
            return remembered[1]
    quick = replace(
        policy,
        connect_timeout=min(PROBE_SECONDS, policy.connect_timeout),
        total_timeout=min(PROBE_SECONDS, policy.total_timeout),
        max_bytes=65_536,
    )
    dialect: Dialect = "flat"
    for place in _PLACES:
        try:
            answered = _dialect_of(_ask(base + place, quick))
        except TransportError as error:
            if error.kind in ("deadline_exceeded", "broken_answer"):
                return "flat"
            raise
        if answered is not None:
            dialect = answered
            break
    with _lock:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[base] = (time.monotonic() + REMEMBER_SECONDS, dialect)
    return dialect


def _ask(url: str, policy: EgressPolicy) -> Any:
    request = HTTPRequest(method="GET", url=url, headers=Headers((("Accept", "application/json"),)))
    return read_json(send_message(request, policy))


def _dialect_of(value: Any) -> Dialect | None:
    if not isinstance(value, dict):
        return None
    features = value.get("features")
    if isinstance(features, dict) and features.get("playground"):
        return "wrapped"
    return "enveloped" if value.get("mode") in ("none", "oidc", "api-key") else None


def read_json(response: HTTPResponse) -> Any:
    """Return a gateway's answer as JSON, `None` if it is none or not all there. Raises `RecursionError`."""
    if response.truncated:
        return None
    try:
        return jsontext.loads(response.body.decode("utf-8-sig"))
    except (UnicodeDecodeError, jsontext.JSONTextError):
        return None
