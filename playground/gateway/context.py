"""What every call through a gateway needs beside the request: the operator's settings, and the caller's wishes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.config import Settings
from playground.gateway.limits import Limits, limits_from
from playground.gateway.operator import OperatorCredentials, Rules, load_operator_credentials, load_rules
from playground.gateway.redirects import Hop
from playground.messages import HTTPRequest, HTTPResponse
from playground.sandbox.service import Sandbox
from playground.transport.addresses import Endpoint
from playground.transport.deadline import Cancelled
from playground.transport.egress import EgressPolicy


def new_request_id() -> str:
    """Return a random identifier for one call."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class CallContext:
    """What a call is made with.

    The first five fields belong to the process: its settings, the endpoints it listens on, the keys and rules of its
    operator, its limits. The rest belong to the call: `visitor` is counted by the limits; `named` are origins that the
    operator typed for it; `timeout` (seconds) shortens
    the operator's limit; `cancelled` returns whether the visitor has left; `live` gets an answer's head
    and returns whether its content is handed on as it comes; `follow` are the redirects that the visitor follows.
    `sandbox` answers in the API's place; `sandbox_visitor` is whose things it is about (the header field
    `Playground-Visitor`), and `prefer` what is asked of it beside the message's own `Prefer`. `unvetted` tells
    that a stranger brought the description, whose servers then allow nothing. `send` is another way to an API, in this
    process for one; it returns `None` for what is not its own.
    """

    settings: Settings
    own_addresses: tuple[Endpoint, ...] = ()
    operator: OperatorCredentials = field(default_factory=OperatorCredentials)
    rules: Rules = field(default_factory=Rules)
    limits: Limits = field(default_factory=Limits)
    visitor: str = ""
    named: frozenset[str] = frozenset()
    timeout: float | None = None
    request_id: str = field(default_factory=new_request_id)
    cancelled: Cancelled | None = None
    live: Callable[[HTTPResponse], bool] | None = None
    sandbox: Sandbox | None = None
    sandbox_visitor: str = ""
    prefer: str = ""
    follow: tuple[Hop, ...] = ()
    unvetted: bool = False
    send: Callable[[HTTPRequest, EgressPolicy], HTTPResponse | None] | None = None


def context_from(settings: Settings, own_addresses: tuple[Endpoint, ...] = ()) -> CallContext:
    """Return the context of a process: all settings of the operator about calls, read once.

    Raises `SettingsError` if the file of credentials or of rules cannot be used, or Redis is not installed.
    """
    return CallContext(
        settings=settings,
        own_addresses=own_addresses,
        operator=load_operator_credentials(settings.credentials),
        rules=load_rules(settings.rules),
        limits=limits_from(settings),
    )
