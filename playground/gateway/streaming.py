"""Answers on the gateway's wire while they come (docs/gateway.md): our own lines of JSON, or what a UTDK gateway sends.

Our own, `application/vnd.playground+ndjson`, one JSON object a line: first `{"meta": …}` with the head of the API's
answer, then `{"data": "text"}` or, where bytes are no text, `{"bytes": "base64"}` for each piece, last `{"meta": …}`
again with sizes, times and why content is missing. A stream that broke off has no last line.
"""

from __future__ import annotations

import base64
import codecs
import time
from collections.abc import Iterator
from dataclasses import replace

from playground import jsontext
from playground.gateway.answer import Answer
from playground.gateway.envelope import write_meta
from playground.gateway.live import Live, is_events, is_stream
from playground.gateway.protocol import ACCEPT_LINES, Call
from playground.mediatypes import is_text
from playground.messages import HTTPResponse

EVENTS = "text/event-stream; charset=utf-8"
LONGEST_LINE = 1_000_000
"""Bytes of one line of an API's stream that are waited for before what is there is sent on."""


def takes_live(call: Call, head: HTTPResponse) -> bool:
    """Say whether the caller gets this answer while it comes.

    A UTDK gateway sends a stream raw where one is asked for, `"stream": true`, and its failures never.
    """
    if call.lines:
        return call.stream or is_stream(head)
    asked = call.stream or call.events
    return not call.own and asked and is_stream(head) and 200 <= head.status < 300


def write_live(answer: Answer, live: Live, call: Call) -> tuple[str, Iterator[bytes]]:
    """Return the Content-Type and the pieces to send on; whoever sends them closes the answer."""
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
    held = b""
    for piece in pieces:
        held += piece
        *whole, held = held.splitlines(keepends=True) or [b""]
        if held.endswith((b"\n", b"\r")) or len(held) > LONGEST_LINE:
            whole, held = [*whole, held], b""
        yield from whole
    if held:
        yield held


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
