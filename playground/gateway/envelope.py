"""The gateway's answers on the wire: one envelope for both dialects, with all facts for those who ask (section 6)."""

from __future__ import annotations

import base64
import codecs
import json
from collections.abc import Iterator
from typing import Any

from playground import jsontext
from playground.gateway.answer import Answer, redact_text
from playground.mediatypes import is_json
from playground.messages import Facts, HTTPResponse

LARGE = 1_000_000
"""Bytes of content from which on an answer is written piece by piece."""
_TEXT_PIECE = 65_536
_BASE64_PIECE = 3 * 65_536


def write_answer(answer: Answer, *, own: bool) -> tuple[int, bytes]:
    """Return the HTTP status and JSON body that say what the answer says.

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
    """Return the body of a failure: one string, as every version of the protocol has it."""
    return jsontext.dumps({"error": sentence}).encode("utf-8", "surrogatepass")


def write_failure(answer: Answer, *, own: bool) -> bytes:
    """Return the body of an answer without a response; `own` adds beside the sentence where the call ended."""
    sentence = answer.error or "The call failed."
    if not own:
        return write_error(sentence)
    meta = {"requestId": answer.request_id, "durationMs": round(answer.duration_ms, 3), "step": answer.step}
    if answer.field:
        meta["field"] = answer.field
    return jsontext.dumps({"error": sentence, "meta": meta}).encode("utf-8", "surrogatepass")


def decode_text(response: HTTPResponse) -> str:
    """Return a response's content as text, in its declared character set if that is one we know, else UTF-8."""
    return response.body.decode(_charset(response), "replace")


def _charset(response: HTTPResponse) -> str:
    _, _, rest = (response.headers.get("content-type") or "").lower().partition("charset=")
    charset = rest.partition(";")[0].strip(" \"'")
    return charset if charset in ("iso-8859-1", "latin-1", "latin1", "windows-1252", "us-ascii", "utf-16") else "utf-8"


def _data(response: HTTPResponse) -> Iterator[bytes]:
    """Yield the content as JSON text: JSON as it came, to the last digit; anything else as a string."""
    if is_json(response.media_type) and not response.truncated:
        text = decode_text(response).removeprefix("\ufeff")
        if jsontext.is_valid(text):
            yield text.encode("utf-8", "surrogatepass")
            return
        del text
    decoder = codecs.getincrementaldecoder(_charset(response))("replace")
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
