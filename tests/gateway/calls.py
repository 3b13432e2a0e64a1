"""Calls through a gateway for tests that need the answer only."""

from __future__ import annotations

from playground.catalog.model import Entry
from playground.config import Settings
from playground.gateway.answer import Answer
from playground.gateway.call import Embedded, call, call_from_wire
from playground.gateway.context import CallContext
from playground.gateway.foreign.client import call_gateway
from playground.gateway.protocol import WireCall
from playground.request.built import BuiltRequest
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials
from playground.transport.egress import EgressPolicy


def dispatch(entry: Entry, wire: WireCall, context: CallContext) -> Answer:
    """Answer a call as the embedded gateway reads it from the wire."""
    with call_from_wire(entry, wire, context) as answer:
        return answer


def send_model(entry: Entry, model: RequestModel, credentials: Credentials, context: CallContext) -> Answer:
    """Send a model through the embedded gateway."""
    with call(BuiltRequest(entry=entry, model=model), credentials, Embedded(), context) as answer:
        return answer


def through(
    url: str,
    entry: Entry,
    model: RequestModel,
    credentials: Credentials,
    policy: EgressPolicy,
    context: CallContext | None = None,
) -> Answer:
    """Send a model through the gateway at `url`; an answer that still comes is left open."""
    request = BuiltRequest(entry=entry, model=model)
    return call_gateway(url, request, credentials, policy, context or CallContext(settings=Settings()))
