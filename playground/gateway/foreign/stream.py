"""Streams of foreign gateways, handed on while they come: a Playground's lines, or a UTDK gateway's events."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.gateway.errors import GatewayError
from playground.gateway.foreign.answer import read_head
from playground.gateway.protocol import ACCEPT_LINES
from playground.gateway.streaming import split_lines
from playground.mediatypes import EVENTS
from playground.messages import Facts, Headers, HTTPResponse
from playground.text.wording import say
from playground.transport.exchange import Exchange

NO_STREAM = say("The gateway's answer is not one a gateway gives. Check the Gateway URL.")


def relay(exchange: Exchange) -> RelayedLines | RelayedEvents | None:
    """Return what a gateway sends on piece by piece, `None` if its answer is a whole one.

    Raises `GatewayError` if it begins as a Playground's stream and does not go on as one.
    """
    if exchange.head.media_type == ACCEPT_LINES:
        return RelayedLines(exchange)
    if exchange.head.media_type == EVENTS and exchange.head.status == 200:
        return RelayedEvents(exchange)
    return None


class RelayedEvents:
    """Server-sent events that a UTDK gateway passes on raw: what the API sent, without its status and header fields."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.head = HTTPResponse(
            status=200,
            reason="OK",
            headers=Headers((("Content-Type", exchange.head.headers.get("content-type") or ""),)),
            origin="gateway",
        )

    @property
    def summary(self) -> HTTPResponse:
        """The head, with how the exchange with the gateway went."""
        known = self._exchange.summary
        return replace(
            self.head,
            truncated=known.truncated,
            duration_ms=known.duration_ms,
            timings=known.timings,
            facts=_content_only(known.facts),
        )

    def pieces(self) -> Iterator[bytes]:
        """Yield the events as they come."""
        return self._exchange.pieces()

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._exchange.stop(reason)

    def close(self) -> None:
        """End it."""
        self._exchange.close()


class RelayedLines:
    """A Playground's stream; `method` and `url` are those of the API's request, `request_id` the gateway's."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._lines = split_lines(exchange.pieces())
        self._cut = ""
        first = self._next()
        upstream = first.get("upstream")
        if not isinstance(upstream, dict) or (head := read_head(upstream, 0.0)) is None:
            raise GatewayError(NO_STREAM, status=502)
        self.head = head
        self._last = head
        self._complete = False
        self.method = str(upstream.get("method") or "")
        self.url = str(upstream.get("url") or "")
        self.request_id = str(first.get("requestId") or "")

    @property
    def summary(self) -> HTTPResponse:
        """The last line's facts; without one the stream broke off, which our own exchange knows the reason of."""
        if self._complete and not self._cut:
            return self._last
        known = self._exchange.summary
        cut = self._cut or (known.facts.cut if known.facts is not None else "") or "broken"
        facts = replace(self._last.facts or Facts(), cut=cut)
        return replace(self._last, truncated=True, duration_ms=known.duration_ms, facts=facts)

    def pieces(self) -> Iterator[bytes]:
        """Yield the API's content as it comes."""
        for line in self._lines:
            value = _object(line)
            if isinstance(text := value.get("data"), str):
                yield text.encode("utf-8", "surrogatepass")
            elif isinstance(packed := value.get("bytes"), str):
                try:
                    yield base64.b64decode(packed, validate=True)
                except (binascii.Error, ValueError):
                    return
            elif isinstance(meta := value.get("meta"), dict) and isinstance(upstream := meta.get("upstream"), dict):
                self._last = read_head(upstream, self.head.duration_ms) or self._last
                self._complete = True

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._cut = reason
        self._exchange.stop(reason)

    def close(self) -> None:
        """End it."""
        self._exchange.close()

    def _next(self) -> dict[str, Any]:
        meta = _object(next(self._lines, b"")).get("meta")
        return meta if isinstance(meta, dict) else {}


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = jsontext.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, jsontext.JSONTextError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _content_only(facts: Facts | None) -> Facts | None:
    return (
        None if facts is None else Facts(decoded_bytes=facts.decoded_bytes, wire_bytes=facts.wire_bytes, cut=facts.cut)
    )
