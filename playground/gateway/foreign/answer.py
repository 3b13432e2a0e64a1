"""What a foreign gateway answered: the API's response with the facts about its request, or a sentence."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from typing import Any

from playground import jsontext
from playground.gateway.foreign.dialects import read_json
from playground.gateway.live import Live
from playground.messages import Facts, Headers, HTTPResponse
from playground.text.wording import say

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
    """Read a gateway's whole answer; what is none of a gateway is a sentence. Raises `RecursionError`."""
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
        known = isinstance(method, str) and isinstance(url, str)
        return Outcome(
            response=exact, method=method if known else None, url=url if known else None, request_id=str(request_id)
        )
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
    """Return the API's answer without content as `meta.upstream` of a Playground tells it, or `None` if it does not."""
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
