"""A foreign gateway's answer: the API's response with the facts about its request, a stream of it, or a sentence."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from playground import jsontext
from playground.gateway.answer import Live
from playground.gateway.envelope import split_lines
from playground.gateway.errors import GatewayError
from playground.gateway.foreign.dialects import read_json
from playground.gateway.protocol import ACCEPT_LINES
from playground.mediatypes import EVENTS
from playground.messages import Facts, Headers, HTTPResponse
from playground.text.wording import say
from playground.transport.exchange import Exchange

LONGEST_ERROR = 20_000
_FAILED = re.compile(r"Request failed: (\d{3})(?: ([^\n]*))?(?:\n(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came back: a response of the API with the facts about its request, or a sentence."""

    response: HTTPResponse | None = None
    step: str = ""
    live: Live | None = None
    error: str | None = None
    field: str = ""
    status: int = 200
    method: str | None = None
    url: str | None = None
    request_id: str = ""


def read_answer(base: str, response: HTTPResponse) -> Outcome:
    """Read a gateway's whole answer; anything else is a sentence. Raises `RecursionError`."""
    value = read_json(response)
    if not isinstance(value, dict) or not ("error" in value or "data" in value or "meta" in value):
        return Outcome(
            error=say(
                "The address %(base)s answered %(status)s, but not as a gateway does. Check the Gateway URL.",
                base=base,
                status=response.status,
            ),
            status=502,
        )
    meta = value.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    request_id = meta.get("requestId") if isinstance(meta.get("requestId"), str) else ""
    if "error" in value and "data" not in value:
        return replace(_read_error(value["error"], response), step=str(meta.get("step") or ""))
    upstream = meta.get("upstream")
    if isinstance(upstream, dict) and (exact := _upstream(upstream, response)) is not None:
        method, url = upstream.get("method"), upstream.get("url")
        if not isinstance(method, str) or not isinstance(url, str):
            method = url = None
        return Outcome(response=exact, method=method, url=url, request_id=str(request_id))
    return Outcome(response=_from_data(value, response), request_id=str(request_id))


def _read_error(error: Any, response: HTTPResponse) -> Outcome:
    text = error if isinstance(error, str) else jsontext.dumps(error)
    failed = _FAILED.fullmatch(text)
    if failed is not None and 100 <= int(failed[1]) <= 599:
        body = (failed[3] or "").encode("utf-8", "surrogatepass")
        headers = Headers((("Content-Type", _guessed_type(failed[3] or "")),)) if body else Headers()
        upstream = HTTPResponse(
            status=int(failed[1]), reason=failed[2] or "", headers=headers, body=body,
            truncated=response.truncated, duration_ms=response.duration_ms, origin="gateway",
        )  # fmt: skip
        return Outcome(response=upstream)
    sentence = " ".join(text[:LONGEST_ERROR].split()) or say("no reason given")
    status = response.status if 400 <= response.status <= 599 else 502
    return Outcome(
        error=say("The gateway answered %(status)s: %(reason)s", status=response.status, reason=sentence), status=status
    )


def _from_data(value: dict[str, Any], response: HTTPResponse) -> HTTPResponse:
    if "data" not in value:
        return HTTPResponse(status=204, reason="No Content", duration_ms=response.duration_ms, origin="gateway")
    data = value["data"]
    text = data if isinstance(data, str) else jsontext.dumps(data)
    kind = "text/plain; charset=utf-8" if isinstance(data, str) else "application/json"
    return HTTPResponse(
        status=200, reason="OK", headers=Headers((("Content-Type", kind),)),
        body=text.encode("utf-8", "surrogatepass"), duration_ms=response.duration_ms, origin="gateway",
    )  # fmt: skip


def _upstream(facts: dict[str, Any], response: HTTPResponse) -> HTTPResponse | None:
    """Return the response a Playground reports, or `None` if the facts are not what ours look like."""
    body = facts.get("body")
    head = read_head(facts, response.duration_ms)
    if head is None or not isinstance(body, str):
        return None
    try:
        return replace(head, body=base64.b64decode(body, validate=True))
    except (binascii.Error, ValueError):
        return None


def read_head(facts: dict[str, Any], duration_ms: float) -> HTTPResponse | None:
    """Return the API's answer without content from a Playground's `meta.upstream`, or `None` if it is not there."""
    status, pairs, timings = (facts.get(name) for name in ("status", "headers", "timings"))
    if not isinstance(status, int) or isinstance(status, bool):
        return None
    try:
        headers = Headers.of((str(name), str(value)) for name, value in (pairs or ()))
        steps = tuple((str(name), float(value)) for name, value in (timings or {}).items())
        known = _known(facts)
    except (ValueError, TypeError, AttributeError):
        return None
    return HTTPResponse(
        status=status, reason=str(facts.get("reason") or ""), headers=headers,
        truncated=facts.get("truncated") is True, duration_ms=dict(steps).get("total", duration_ms),
        timings=steps, origin="sandbox" if facts.get("origin") == "sandbox" else "gateway", facts=known,
    )  # fmt: skip


def _known(facts: dict[str, Any]) -> Facts | None:
    sizes = facts.get("bytes")
    if not isinstance(sizes, dict):
        return None
    return Facts(
        address=str(facts.get("address") or ""),
        reused=facts.get("reused") is True,
        tls=str(facts.get("tls") or ""),
        http=str(facts.get("http") or ""),
        wire_bytes=int(sizes.get("wire") or 0),
        decoded_bytes=int(sizes.get("decoded") or 0),
        added=tuple((str(name), str(value)) for name, value in facts.get("added") or ()),
        dropped=tuple(str(name) for name in facts.get("dropped") or ()),
        redirects=tuple((int(status), str(url)) for status, url in facts.get("redirects") or ()),
        cut=str(facts.get("cut") or ""),
    )


def _guessed_type(text: str) -> str:
    try:
        jsontext.loads(text)
    except jsontext.JSONTextError:
        return "text/plain; charset=utf-8"
    return "application/json"


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
