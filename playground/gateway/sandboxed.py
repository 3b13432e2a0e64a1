"""The sandbox in the place of an API: the same message, answered in process, late or broken where that is asked for."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import quote

from playground.catalog.model import Entry
from playground.gateway.answer import Live
from playground.gateway.context import CallContext
from playground.messages import Facts, HTTPRequest, HTTPResponse
from playground.request.model import RequestModel
from playground.request.server import expand_server
from playground.sandbox.negotiate import LONGEST_DELAY
from playground.sandbox.reply import Reply, Streamed
from playground.sandbox.service import ADDRESS, Call, Sandbox
from playground.sandbox.source import EntrySource
from playground.text.wording import say
from playground.transport.errors import BrokenAnswer, DeadlineExceeded, Stopped

_LOOK_SECONDS = 0.1


def ask_sandbox(
    entry: Entry, model: RequestModel, message: HTTPRequest, *, with_credentials: bool, context: CallContext
) -> tuple[HTTPResponse, Live | None]:
    """Return the sandbox's answer; the head alone, and what is coming, where it is shown as it comes.

    Without any credential the request counts as one with the sandbox's own key. Raises `TransportError` for a failure
    that was asked for.
    """
    sandbox = context.sandbox or Sandbox(EntrySource(entry))
    if context.prefer:
        message = replace(message, headers=message.headers.adding("Prefer", context.prefer))
    below = message.url[len(expand_server(entry, model)) :]
    reply = sandbox.respond(
        Call(
            entry=entry,
            request=message,
            path=below.partition("#")[0].partition("?")[0] or "/",
            base=ADDRESS + quote(entry.provider.name),
            visitor=context.sandbox_visitor,
            lenient=not with_credentials,
        )
    )
    limit = context.timeout or context.settings.send_timeout
    if reply.failure == "timeout":
        _wait(min(limit, LONGEST_DELAY / 1000), context)
        raise DeadlineExceeded(say("The API did not answer in time."))
    if reply.delay:
        _wait(min(reply.delay, limit), context)
        if reply.delay > limit:
            raise DeadlineExceeded(say("The API did not answer in time."))
    if reply.failure == "reset":
        raise BrokenAnswer(say("The connection broke off before the answer was complete."))
    if reply.failure == "truncate":
        return _truncated(reply), None
    if reply.pieces is not None and context.live is not None and context.live(reply.response):
        return reply.response, Streamed(reply)
    return reply.whole(), None


def _truncated(reply: Reply) -> HTTPResponse:
    """Return the first half of an answer, as one whose connection broke off."""
    whole = reply.whole()
    body = whole.body[: len(whole.body) // 2]
    facts = Facts(http="sandbox", decoded_bytes=len(body), wire_bytes=len(body), cut="broken")
    return replace(whole, body=body, truncated=True, facts=facts)


def _wait(seconds: float, context: CallContext) -> None:
    """Wait, unless nobody waits for the answer any more. Raises `Stopped`."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if context.cancelled is not None and context.cancelled():
            raise Stopped(say("Stopped."))
        time.sleep(min(left, _LOOK_SECONDS))
