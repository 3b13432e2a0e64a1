"""The origin server that is always there: it answers a request from the description alone, and keeps nothing."""

from __future__ import annotations

import time

from playground import jsontext
from playground.catalog.model import Entry, Response
from playground.httpsyntax import is_sendable, is_token
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.model import RequestModel
from playground.request.text import is_list, text_of
from playground.sandbox.echo import values_sent
from playground.sandbox.generate import Making, answer_value, making
from playground.sandbox.negotiate import Choice, choose, reason_of
from playground.sandbox.preferences import Preferences
from playground.sandbox.write import write
from playground.values.draw import seed_of

_MOST_HEADERS = 40
_LONGEST_HEADER = 1000
_OURS = frozenset({"content-type", "content-length", "content-encoding", "transfer-encoding", "connection", "date"})
"""Response header fields that frame the message; the description's are not repeated."""


def answer(entry: Entry, request: HTTPRequest, model: RequestModel) -> HTTPResponse:
    """Answer a request as its description says, with content that fits the response's schema.

    The same request always has the same answer. `Prefer: code=404, example=name` on it chooses another response,
    `Accept` a media type. Values of the model come back where the answer has a member of their name. Never raises.
    """
    started = time.perf_counter()
    preferences = Preferences.of(request.headers)
    choice = choose(entry, request, preferences)
    make = making(entry, seed=seed_for(request, preferences), dynamic=preferences.dynamic)
    try:
        content_type, body = _content(entry, model, choice, make)
    except Exception:  # strangers write descriptions, and the sandbox answers all of them
        content_type, body = "application/json", b"{}"
    if choice.status in (204, 205, 304):
        content_type, body = "", b""
    headers = Headers.of([("Content-Type", content_type)] if content_type else [])
    for name, value in _described_headers(choice.response, make):
        headers = headers.adding(name, value)
    duration = (time.perf_counter() - started) * 1000
    return HTTPResponse(
        status=choice.status,
        reason=reason_of(choice.status),
        headers=headers,
        body=b"" if request.method.upper() == "HEAD" else body,
        duration_ms=duration,
        timings=(("sandbox", duration),),
        origin="sandbox",
    )


def _content(entry: Entry, model: RequestModel, choice: Choice, make: Making) -> tuple[str, bytes]:
    """Return Content-Type and bytes; nothing for a response without content."""
    if choice.response is None and choice.wanted:
        problem = {
            "title": reason_of(choice.status) or f"Status {choice.status}",
            "status": choice.status,
            "detail": f"The description has no response {choice.status}, so the sandbox has nothing to say.",
        }
        return "application/problem+json", jsontext.dumps(problem, indent=2).encode()
    media_type = choice.media_type
    if media_type is None:
        return "", b""
    # What was sent belongs in a success; an error's `id` or `type` is its own.
    sent = values_sent(entry, model, status=choice.status) if choice.status < 300 else {}
    value = answer_value(media_type, make, example=choice.example, sent=sent)
    described = any(example.value == value for example in media_type.examples)
    return write(value, media_type.name, media_type.schema, entry.definitions, described=described)


def seed_for(request: HTTPRequest, preferences: Preferences) -> int:
    """Return the seed of a request: the same for the same method, target and content, whoever sends it."""
    _, _, target = request.url.partition("://")
    return seed_of(request.method.upper(), target.partition("/")[2], request.body, preferences.seed)


def _described_headers(response: Response | None, make: Making) -> list[tuple[str, str]]:
    fields = []
    for header in (response.headers if response else ())[:_MOST_HEADERS]:
        if header.name.lower() in _OURS or not is_token(header.name):
            continue
        value = make.value(header.schema, header.name)
        text = ",".join(text_of(one) for one in value) if is_list(value) else text_of(value)
        if is_sendable(text) and len(text) <= _LONGEST_HEADER:
            fields.append((header.name, text))
    return fields
