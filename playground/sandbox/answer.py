"""An answer from the description alone: nothing of it is kept, and nothing of the request is judged."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playground import jsontext
from playground.catalog.model import Entry
from playground.mediatypes import JSON
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.model import RequestModel
from playground.sandbox.echo import values_sent
from playground.sandbox.generate import Making, answer_value, making, shapes_of
from playground.sandbox.headers import described_headers
from playground.sandbox.negotiate import Choice, choose, reason_of
from playground.sandbox.preferences import Preferences
from playground.sandbox.write import write_described
from playground.values.draw import seed_of


def answer(
    entry: Entry, request: HTTPRequest, model: RequestModel, make: Making | None = None,
    own: Sequence[tuple[str, str]] = (),
) -> HTTPResponse:  # fmt: skip
    """Answer a request as its description says, with content that fits the response's schema.

    The same request always has the same answer. `Prefer: code=404, example=name` on it chooses another response,
    `Accept` a media type. Values of the model come back where the answer has a member of their name. `own` are header
    fields that are known better than the description's. Never raises.
    """
    started = time.perf_counter()
    preferences = Preferences.of(request.headers)
    choice = choose(entry, request, preferences)
    if make is None:
        make = making(entry, seed=seed_for(request, preferences), dynamic=preferences.dynamic)
    content_type, body = content_of(entry, model, choice, make)
    if choice.status in (204, 205, 304):
        content_type, body = "", b""
    fields = [("Content-Type", content_type)] if content_type else []
    duration = (time.perf_counter() - started) * 1000
    return HTTPResponse(
        status=choice.status,
        reason=reason_of(choice.status),
        headers=Headers.of([*fields, *described_headers(choice.response, make, own=own)]),
        body=b"" if request.method.upper() == "HEAD" else body,
        duration_ms=duration,
        timings=(("sandbox", duration),),
        origin="sandbox",
    )


def content_of(entry: Entry, model: RequestModel, choice: Choice, make: Making) -> tuple[str, bytes]:
    """Return the Content-Type and the content of the chosen response, nothing where it has none. Never raises."""
    try:
        return _content(entry, model, choice, make)
    except Exception:  # strangers write descriptions, and the sandbox answers all of them
        return JSON, b"{}"


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
    return write_described(value, media_type, shapes_of(entry), described=described)


def seed_for(request: HTTPRequest, preferences: Preferences, path: str = "") -> int:
    """Return the seed of a request: the same for the same method, path, query and content."""
    address, _, query = request.url.partition("#")[0].partition("?")
    return seed_of(request.method.upper(), path or address, query, request.body, preferences.seed)
