"""The gateway's answers on the wire, whole or while they come (docs/protocol.md, docs/gateway.md).

A whole answer is one envelope in both dialects, with all facts for callers that accept them. Our own stream,
`application/vnd.playground+ndjson`, has one JSON object a line: first `{"meta": …}` with the head of the API's answer,
then `{"data": "text"}` or, for bytes that are no text, `{"bytes": "base64"}` for each piece, last `{"meta": …}` again
with sizes, times and why content is missing. A stream that broke off has no last line.
"""

from __future__ import annotations

import base64
import codecs
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.gateway.answer import Answer, Live, is_events, is_stream
from playground.gateway.protocol import ACCEPT_LINES, WireCall
from playground.mediatypes import is_json, is_text
from playground.messages import Facts, HTTPResponse
from playground.secrets.redact import redact_text

LARGE = 1_000_000
"""Bytes of content from which on an answer is written piece by piece."""
_TEXT_PIECE = 65_536
_BASE64_PIECE = 3 * 65_536


def write_answer(answer: Answer, *, own: bool) -> tuple[int, bytes]:
    """Return the HTTP status and JSON body of an answer.

    `own`: 200 with the API's status in `meta.upstream`. Otherwise as a UTDK gateway: the API's success is 200, its
    failure a 500 whose `error` is `Request failed: 404 Not Found` and the API's text on the next lines.
    """
    response = answer.response
    if response is None:
        return answer.status, write_failure(answer, own=own)
    if not own and not 200 <= response.status < 300:
        text = f"Request failed: {response.status} {response.reason}".rstrip()
        return 500, write_error(f"{text}\n{decode_text(response)}")
    return 200, b"".join(_write_response(answer, response, own=own))


def write_pieces(answer: Answer, *, own: bool) -> tuple[int, list[bytes] | Iterator[bytes]]:
    """Return what `write_answer` returns; a large answer piece by piece, so that it is not held several times over."""
    response = answer.response
    if response is None or len(response.body) < LARGE or (not own and not 200 <= response.status < 300):
        status, body = write_answer(answer, own=own)
        return status, [body]
    return 200, _write_response(answer, response, own=own)


def _write_response(answer: Answer, response: HTTPResponse, *, own: bool) -> Iterator[bytes]:
    yield b"{"
    if response.body and response.status not in (204, 205):
        yield b'"data":'
        yield from _data(response)
        yield b","
    meta = json.dumps(write_meta(answer, response), ensure_ascii=False, separators=(",", ":"))
    written = meta.encode("utf-8", "surrogatepass")
    if own:
        yield b'"meta":' + written.removesuffix(b"}}") + b',"body":"'
        for start in range(0, len(response.body), _BASE64_PIECE):
            yield base64.b64encode(response.body[start : start + _BASE64_PIECE])
        yield b'"}}}'
    else:
        yield b'"meta":' + written + b"}"


def write_error(sentence: str) -> bytes:
    """Return the body of a failure: one string in every version of the protocol."""
    return jsontext.dumps({"error": sentence}).encode("utf-8", "surrogatepass")


def write_failure(answer: Answer, *, own: bool) -> bytes:
    """Return the body of an answer without a response; `own` adds how far the call came."""
    sentence = answer.error or "The call failed."
    if not own:
        return write_error(sentence)
    meta = {"requestId": answer.request_id, "durationMs": round(answer.duration_ms, 3), "step": answer.step}
    if answer.field:
        meta["field"] = answer.field
    return jsontext.dumps({"error": sentence, "meta": meta}).encode("utf-8", "surrogatepass")


def decode_text(response: HTTPResponse) -> str:
    """Return a response's content as text, in its declared character set if that is one we know, else UTF-8."""
    return response.body.decode(text_charset(response), "replace")


def _data(response: HTTPResponse) -> Iterator[bytes]:
    """Yield the content as JSON text: JSON as it came, to the last digit; anything else as a string."""
    if is_json(response.media_type) and not response.truncated:
        text = decode_text(response).removeprefix("\ufeff")
        if jsontext.is_valid(text):
            yield text.encode("utf-8", "surrogatepass")
            return
        del text
    decoder = codecs.getincrementaldecoder(text_charset(response))("replace")
    yield b'"'
    first = True
    for start in range(0, len(response.body), _TEXT_PIECE):
        part = decoder.decode(response.body[start : start + _TEXT_PIECE], start + _TEXT_PIECE >= len(response.body))
        part = part.removeprefix("\ufeff") if first else part
        first = False
        yield jsontext.dumps(part)[1:-1].encode("utf-8", "surrogatepass")
    yield b'"'


def write_meta(answer: Answer, response: HTTPResponse) -> dict[str, Any]:
    """Return the member `meta` of an answer: the call's identity and time, and all that is known of the exchange."""
    upstream: dict[str, Any] = {
        "status": response.status,
        "reason": response.reason,
        "headers": [[name, value] for name, value in response.headers],
        "timings": {name: round(value, 3) for name, value in response.timings},
        "truncated": response.truncated,
        "origin": response.origin,
    }
    if answer.request is not None:
        url = redact_text(answer.request.url, answer.secrets)
        upstream = {"method": answer.request.method, "url": url, **upstream}
    if response.facts is not None:
        upstream |= _facts(response.facts)
    return {"requestId": answer.request_id, "durationMs": round(answer.duration_ms, 3), "upstream": upstream}


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "address": facts.address,
        "http": facts.http,
        "tls": facts.tls or None,
        "reused": facts.reused,
        "bytes": {"wire": facts.wire_bytes, "decoded": facts.decoded_bytes},
        "added": [[name, value] for name, value in facts.added],
        "dropped": list(facts.dropped),
        "redirects": [[status, url] for status, url in facts.redirects],
        "cut": facts.cut or None,
    }


EVENTS = "text/event-stream; charset=utf-8"
LONGEST_LINE = 1_000_000
"""Bytes of one line of an API's stream that are waited for before what is there is sent on."""


def takes_live(call: WireCall, head: HTTPResponse) -> bool:
    """Return whether the caller gets this answer while it comes.

    A UTDK gateway sends a stream raw if the call has `"stream": true`, and failures never.
    """
    if call.lines:
        return call.stream or is_stream(head)
    wants_events = call.stream or call.events
    return not call.own and wants_events and is_stream(head) and 200 <= head.status < 300


def write_live(answer: Answer, live: Live, call: WireCall) -> tuple[str, Iterator[bytes]]:
    """Return the Content-Type and the pieces to send on; the caller closes the answer."""
    if call.lines:
        return f"{ACCEPT_LINES}; charset=utf-8", write_lines(answer, live)
    if is_events(live.head):
        return EVENTS, live.pieces()
    return EVENTS, as_events(live.pieces())


def write_lines(answer: Answer, live: Live) -> Iterator[bytes]:
    """Yield our own lines."""
    started = time.monotonic()
    yield _line({"meta": write_meta(answer, live.head)})
    decoder = _text_decoder(live.head)
    for piece in live.pieces():
        if decoder is None:
            yield _line({"bytes": base64.b64encode(piece).decode("ascii")})
        elif text := decoder.decode(piece):
            yield _line({"data": text})
    if decoder is not None and (rest := decoder.decode(b"", True)):
        yield _line({"data": rest})
    duration = answer.duration_ms + (time.monotonic() - started) * 1000
    yield _line({"meta": write_meta(replace(answer, duration_ms=duration), live.summary)})


def as_events(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines of JSON or text as events, `data: <line>`, with `data: [DONE]` at the end."""
    for line in split_lines(pieces):
        text = line.strip(b"\r\n\x1e")
        if text:
            yield b"data: " + text + b"\n\n"
    yield b"data: [DONE]\n\n"


def split_lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield whole lines with their ends; a very long one in parts."""
    rest = b""
    for piece in pieces:
        rest += piece
        *whole, rest = rest.splitlines(keepends=True) or [b""]
        if rest.endswith((b"\n", b"\r")) or len(rest) > LONGEST_LINE:
            whole, rest = [*whole, rest], b""
        yield from whole
    if rest:
        yield rest


def text_charset(head: HTTPResponse) -> str:
    """Return the character set of an answer that is text, `utf-8` where none that we know is declared."""
    _, _, rest = (head.headers.get("content-type") or "").lower().partition("charset=")
    charset = rest.partition(";")[0].strip(" \"'")
    return charset if charset in ("iso-8859-1", "latin-1", "latin1", "windows-1252", "us-ascii", "utf-16") else "utf-8"


def _text_decoder(head: HTTPResponse) -> codecs.IncrementalDecoder | None:
    if not is_text(head.media_type):
        return None
    return codecs.getincrementaldecoder(text_charset(head))("replace")


def _line(value: object) -> bytes:
    return jsontext.dumps(value).encode("utf-8", "surrogatepass") + b"\n"
