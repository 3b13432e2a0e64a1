"""Policies for tests: loopback opened on purpose, as an operator would."""

from __future__ import annotations

import ipaddress
from typing import Any

from playground.config import OpenedNetwork
from playground.transport.egress import EgressPolicy

LOOPBACK = OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0)


def loopback_policy(**changes: Any) -> EgressPolicy:
    """A policy for an API that may call any origin on opened loopback."""
    given: dict[str, Any] = {"subject": "API", "any_origin": True, "opened": (LOOPBACK,), "total_timeout": 5.0}
    return EgressPolicy(**(given | changes))
