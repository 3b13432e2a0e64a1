"""An answer shown while it comes: its text piece by piece for a template, and afterwards how it went, in words."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from flask import Response

from playground.contentviews.view import MAX_SHOWN
from playground.gateway.answer import Live
from playground.gateway.envelope import text_charset
from playground.messages import HTTPResponse
from playground.text.visible import reveal
from playground.text.wording import say

_CUT = {
    "limit": say("The answer was longer than the limit and is cut off."),
    "deadline": say("The time for this answer was over, so it is cut off."),
    "stopped": say("Stopped."),
    "broken": say("The connection broke off before the answer was complete."),
    "shown": say("The first %(number)s KB are shown, and the rest was not asked for.", number=MAX_SHOWN // 1024),
}
_STEPS = {
    "dns": say("dns"),
    "connect": say("connect"),
    "tls": say("tls"),
    "sent": say("sent"),
    "first byte": say("first byte"),
}
"""What the transport calls the steps of an exchange."""


class LiveText:
    """Iterate once for the text; an empty piece says that the next may take a while. Then `after` tells the rest."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(text_charset(self._live.head))("replace")
        room = MAX_SHOWN
        yield ""
        for piece in self._live.pieces():
            text = decoder.decode(piece)
            yield reveal(text[:room])
            yield ""
            room -= len(text)
            if room <= 0:
                self._live.stop("shown")
                break
        yield reveal(decoder.decode(b"", True)[: max(room, 0)])
        self._live.close()

    def after(self) -> LiveEnd:
        """Return what is known when the text has ended."""
        return LiveEnd(self._live.summary)


class LiveEnd:
    """How an answer ended: its time, size, and why text is missing, as a sentence."""

    def __init__(self, summary: HTTPResponse) -> None:
        self.duration_ms = summary.duration_ms
        self.size = summary.facts.decoded_bytes if summary.facts is not None else 0
        self.note = cut_note(summary)
        self.timings = timings_of(summary, summary.duration_ms)
        self.facts = facts_of(summary)


def cut_note(response: HTTPResponse) -> str:
    """Return the sentence that says why content is missing, empty if none is."""
    return _CUT.get(response.facts.cut, "") if response.facts is not None else ""


def timings_of(response: HTTPResponse, total: float) -> tuple[tuple[str, float], ...]:
    """Return the steps of the exchange in milliseconds, the total last."""
    steps = ((_STEPS.get(name, name), duration) for name, duration in response.timings if name != "total")
    return (*steps, (say("total"), total))


def facts_of(response: HTTPResponse) -> tuple[tuple[str, str], ...]:
    """Return what else is known of the exchange, as name and text, in the order it is read."""
    facts = response.facts
    if facts is None:
        return ()
    reused = say("kept open from an earlier request") if facts.reused else say("opened for this request")
    rows: list[tuple[str, str]] = [(say("connection"), reused)]
    if facts.address:
        rows.append((say("address"), facts.address))
    protocol = say("%(http)s over %(tls)s", http=facts.http, tls=facts.tls) if facts.tls else facts.http
    rows.append((say("protocol"), protocol))
    coding = ", ".join(response.headers.get_all("content-encoding"))
    size = say("%(count)s bytes", count=facts.wire_bytes)
    if coding:
        size = say(
            "%(count)s bytes as %(coding)s, %(decoded)s bytes decoded",
            count=facts.wire_bytes,
            coding=coding,
            decoded=facts.decoded_bytes,
        )
    rows.append((say("content"), size))
    rows += [(say("followed"), say("%(status)s to %(url)s", status=status, url=url)) for status, url in facts.redirects]
    if facts.dropped:
        rows.append((say("not sent on"), ", ".join(facts.dropped)))
    if facts.added:
        rows.append((say("added"), ", ".join(f"{name}: {value}" for name, value in facts.added)))
    return tuple(rows)


AS_IT_COMES = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Header fields of what is sent piece by piece: nothing between us and the visitor is to collect it first."""
_ENOUGH = 8192


def hand_on(response: Response, stack: ExitStack) -> Response:
    """Return a response that closes the stack once it is sent, or the visitor is gone, and not before."""
    response.call_on_close(stack.pop_all().close)
    return response


def flushed(pieces: Iterable[str]) -> Iterator[str]:
    """Yield rendered pieces, few and large; an empty piece is a template's word that it is about to wait."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _ENOUGH or (not piece and size):
            yield "".join(waiting)
            waiting, size = [], 0
    if size:
        yield "".join(waiting)
