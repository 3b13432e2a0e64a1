"""Answers that are shown as they come: their text piece by piece, and afterwards their times and sizes in words."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from playground.contentviews.registry import CUT
from playground.contentviews.view import MAX_SHOWN
from playground.contract.verdict import Verdict
from playground.gateway.answer import Live
from playground.gateway.envelope import text_charset
from playground.messages import HTTPResponse
from playground.text.visible import reveal
from playground.text.wording import say
from playground.web.answers import AnswerView, Checked

STEPS = {
    "dns": say("name"),
    "connect": say("connect"),
    "tls": say("TLS"),
    "sent": say("send"),
    "first byte": say("wait"),
    "read": say("read"),
}
"""What the transport calls the steps of an exchange, in their order, and what a page does."""


Finish: TypeAlias = Callable[[HTTPResponse], tuple[AnswerView, Verdict]]
"""What becomes of an answer that has ended: how it is viewed, and what its description says of it."""


class LiveText:
    """The text of an answer that is still coming: iterate over it once, then ask `after` how the answer ended.

    An empty piece means that the next one may take a while.
    """

    def __init__(self, live: Live, finish: Finish) -> None:
        self._live = live
        self._finish = finish
        self._received = bytearray()

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(text_charset(self._live.head))("replace")
        room = MAX_SHOWN
        yield ""
        for piece in self._live.pieces():
            self._received += piece
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
        """Return what is known once the text has ended."""
        summary = self._live.summary
        whole = replace(summary, body=bytes(self._received), truncated=summary.truncated or bool(cut_note(summary)))
        return LiveEnd(summary, *self._finish(whole))


class LiveEnd:
    """How an answer ended: its time, its size, a sentence if text is missing, its view, what the description says."""

    def __init__(self, summary: HTTPResponse, view: AnswerView, verdict: Verdict) -> None:
        self.view = view
        self.checked = Checked(verdict=verdict, token=view.token)
        self.duration_ms = summary.duration_ms
        self.size = summary.facts.decoded_bytes if summary.facts is not None else 0
        self.note = cut_note(summary)
        self.timings = timings_of(summary, summary.duration_ms)
        self.facts = exchange_facts(summary)


def cut_note(response: HTTPResponse) -> str:
    """Return a sentence about why content is missing, empty if it is complete."""
    return CUT.get(response.facts.cut, "") if response.facts is not None else ""


def timings_of(response: HTTPResponse, total: float) -> tuple[tuple[str, float], ...]:
    """Return the steps of the exchange in milliseconds, then what is left for reading the content, and the total."""
    steps = [(step_title(name), duration) for name, duration in response.timings if name != "total"]
    if steps:
        steps.append((step_title("read"), max(total - sum(duration for _, duration in steps), 0.0)))
    return (*steps, (say("total"), total))


def step_title(name: str) -> str:
    """Return what a page calls a step of an exchange."""
    return say("total") if name == "total" else STEPS.get(name, name)


def exchange_facts(response: HTTPResponse) -> tuple[tuple[str, str], ...]:
    """Return what else is known of the exchange, as pairs of name and text in the order of the page."""
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
