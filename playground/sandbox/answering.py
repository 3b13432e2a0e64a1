"""The answer to one request: recorded, refused, from what the visitor made, or from the description."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from playground import jsontext
from playground.catalog.model import Entry
from playground.mediatypes import JSON
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.model import RequestModel
from playground.sandbox.acting import handle
from playground.sandbox.asked import Asked, Outcome
from playground.sandbox.conditions import Conditions
from playground.sandbox.events import note_caused
from playground.sandbox.generate import Making, answer_value, making, shapes_of, values_sent
from playground.sandbox.judge import Objection, objections
from playground.sandbox.memory import Memory
from playground.sandbox.negotiate import Choice, Preferences, accepts, choose, described, lacks_success, reason_of
from playground.sandbox.places import place_of, segments_in
from playground.sandbox.recording import RECORDED, key_of, recorded
from playground.sandbox.refusal import REASON, Cause, asked_for, refuse, status_for
from playground.sandbox.reply import Reply, is_streamed, items_of, pieces_of, watch
from playground.sandbox.routes import Route, Routes
from playground.sandbox.wire import Received, read_request
from playground.sandbox.write import challenge, described_headers, write_described
from playground.store.errors import StoreError
from playground.store.sandbox_session import ChangedMeanwhile, StateFull
from playground.values.draw import seed_of

if TYPE_CHECKING:
    from playground.sandbox.service import Call, Sandbox

READING = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
"""Methods that change nothing."""
_ATTEMPTS = 8
"""How often a request is worked on that another process of this visitor's came before."""
_LONGEST_SEED = 100_000
"""Bytes of a request's content that its seed is made of as they are."""


@dataclass(slots=True)
class Answering:
    """The answer to one request, under way."""

    sandbox: Sandbox
    call: Call
    preferences: Preferences
    make: Making = field(init=False)

    def __post_init__(self) -> None:
        seed = _seed_for(self.call.request, self.preferences, self.call.path)
        make = making(self.call.entry, seed=seed, dynamic=self.preferences.dynamic)
        self.make = replace(make, address=self.call.base + self.call.path.partition("?")[0])

    def reply(self) -> Reply:
        """Return the answer: what was recorded, a refusal, what the visitor made, else what is described."""
        entry, request = self.call.entry, self.call.request
        if self.preferences.failure == "rate-limit":
            objection = Objection("parameter", "request", "is one too many: try again in a second")
            return self.refusal("rate", (objection,), (("Retry-After", "1"),))
        known = self.recorded()
        if known is not None:
            return Reply(response=known)
        received = read_request(entry, request, self.call.path)
        if self.preferences.validation and not self.preferences.code:
            wrong = objections(entry, request, received, lenient=self.call.lenient)
            if wrong and self.may_refuse(wrong[0].kind):
                own = challenge(entry, browser="Sec-Fetch-Mode" in request.headers)
                return self.refusal(wrong[0].kind, wrong, own if wrong[0].kind == "credentials" else ())
            if (unwelcome := self.unwelcome()) is not None:
                return unwelcome
        if self.preferences.code or self.preferences.example:
            return self.described(received)
        try:
            return self.remembered(received)
        except StoreError as error:
            if not self.may_refuse("storage"):
                return self.described(received)
            words = (
                f"is not carried out: {error}".rstrip(".")
                if isinstance(error, StateFull)
                else f"cannot be kept: {error}"
            )
            return self.refusal("storage", (Objection("body", "request", words),))

    def unwelcome(self) -> Reply | None:
        """Refuse to answer in what the request does not accept, where the description says that this is refused.

        Elsewhere it gets what there is (RFC 9110 section 12.5.1).
        """
        choice = choose(self.call.entry, self.call.request, self.preferences)
        offered = () if choice.response is None else choice.response.media_types
        if accepts(offered, self.call.request.headers) or described(self.call.entry, 406) is None:
            return None
        names = ", ".join(dict.fromkeys(offer.name for offer in offered[:6]))
        return self.refusal("accept", (Objection("parameter", "header/Accept", f"takes none of {names}"),))

    def may_refuse(self, cause: Cause) -> bool:
        """Say whether a request may be refused for a cause: only with a described status where that was asked for."""
        if not (self.preferences.lenient or self.call.described_only):
            return True
        return described(self.call.entry, status_for(self.call.entry, cause)) is not None

    def only_errors_are_described(self) -> bool:
        """Say whether a change that was carried out has no described answer but errors, and may have another."""
        if self.call.request.method.upper() in READING or self.preferences.lenient or self.call.described_only:
            return False
        return lacks_success(self.call.entry)

    def recorded(self) -> HTTPResponse | None:
        """Return what the visitor recorded as the answer to this request, unless the request asks for another."""
        asked, call = self.preferences, self.call
        if not call.visitor or asked.code or asked.example or asked.dynamic:
            return None
        try:
            with self.sandbox.session(call.visitor, call.entry.provider.name, writing=False) as session:
                if not session.knows(RECORDED):
                    return None
                known = recorded(session, key_of(call.entry, call.request, call.path))
        except StoreError:
            return None
        if known is None:
            return None
        return replace(known.response, body=b"") if call.request.method.upper() == "HEAD" else known.response

    def described(self, received: Received, outcome: Outcome | None = None) -> Reply:
        """Answer from the description alone."""
        entry, request = self.call.entry, self.call.request
        choice = choose(entry, request, self.preferences)
        if choice.media_type is not None and is_streamed(choice.media_type):
            return self.streamed(choice, items_of(None, choice.media_type, self.make), outcome)
        if choice.status >= 400 and choice.wanted and self._shows_nothing(choice):
            cause, objection = asked_for(entry, choice.status)
            return self.refusal(cause, (objection,), status=choice.status)
        own = [] if outcome is None else [*outcome.headers, *([("ETag", outcome.tag)] if outcome.tag else [])]
        return Reply(response=answer(entry, request, received.model, self.make, own))

    def _shows_nothing(self, choice: Choice) -> bool:
        """Say whether an error is described without an example of it, so that it would be made up word by word."""
        media_type = choice.media_type
        return media_type is not None and (not media_type.examples or self.make.dynamic)

    def remembered(self, received: Received) -> Reply:
        """Answer from what the visitor made, else from the description."""
        asked = self.asked(received)
        if asked is None:
            return self.described(received)
        for _ in range(_ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self.handled(asked, received)
        return self.handled(asked, received)

    def handled(self, asked: Asked, received: Received) -> Reply:
        """Read or change what the visitor made, and answer with what came out. Raises `ChangedMeanwhile`."""
        provider = self.call.entry.provider.name
        writing = asked.route.method not in READING
        with self.sandbox.session(self.call.visitor, provider, writing=writing) as session:
            memory = Memory(asked, session)
            conditions = Conditions(memory)
            if (stored := conditions.stored()) is not None:
                return Reply(response=stored)
            outcome = conditions.refusal() or _handled(memory)
            reply = self.told(received, outcome)
            if writing and self.call.visitor and reply.response.status < 300:
                note_caused(self.sandbox.source, memory)
            reply = conditions.applied(reply)
            return reply if outcome is None or outcome.refusal else watch(self.sandbox, memory, outcome, reply)

    def asked(self, received: Received) -> Asked | None:
        """Return the request with the place that its path leads to; `None` if nothing could be kept there."""
        entry = self.call.entry
        routes, written = self._route()
        place = None if written is None else place_of(written, routes, segments_in(self.call.path))
        route = None if written is None else routes.meaning(written)
        if route is None or place is None:
            return None
        provider = entry.provider.name
        return Asked(
            entry=entry, request=self.call.request, received=received, route=route, routes=routes, place=place,
            path=self.call.path.partition("?")[0], base=self.call.base, preferences=self.preferences, make=self.make,
            entry_of=lambda name: self.sandbox.source.entry(provider, name), visitor=self.call.visitor,
            made_up=self.sandbox.made_up, generation=routes.generation,
        )  # fmt: skip

    def _route(self) -> tuple[Routes, Route | None]:
        operation = self.call.entry.operation
        try:
            routes = self.sandbox.routes(self.call.entry.provider.name)
        except StoreError:
            return Routes(()), None
        return routes, routes.named(operation.name, operation.method)

    def told(self, received: Received, outcome: Outcome | None) -> Reply:
        """Return the reply that says what came out."""
        if outcome is None:
            return self.described(received)
        if outcome.refusal is not None:
            cause, objection = outcome.refusal
            return self.refusal(cause, (objection,)) if self.may_refuse(cause) else self.described(received)
        if outcome.content is not None:
            choice = choose(self.call.entry, self.call.request, self.preferences, status=outcome.status)
            return self.made(choice, outcome.media_type, outcome.content, outcome)
        if not outcome.has_value and self.only_errors_are_described():
            # It was done: an error would be untrue, and a description has to name no more than what is known
            # (OpenAPI 3.1 section 4.8.16).
            return self.made(Choice(status=204), "", b"", outcome)
        if not outcome.has_value:
            return self.described(received, outcome)
        choice = choose(self.call.entry, self.call.request, self.preferences, status=outcome.status)
        media_type = choice.media_type
        if media_type is None:
            return self.made(choice, "", b"", outcome)
        if is_streamed(media_type):
            return self.streamed(choice, items_of(outcome.value, media_type, self.make), outcome)
        content_type, body = write_described(outcome.value, media_type, self.make.shapes)
        return self.made(choice, content_type, body, outcome)

    def streamed(self, choice: Choice, items: list[Any], outcome: Outcome | None) -> Reply:
        """Return a reply that comes item by item."""
        media_type = choice.media_type
        if media_type is None:
            return self.made(choice, "", b"", outcome)
        reply = self.made(choice, media_type.name.strip(), b"", outcome)
        if self.call.request.method.upper() == "HEAD":
            return reply
        return replace(reply, pieces=pieces_of(items, media_type))

    def made(self, choice: Choice, content_type: str, body: bytes, outcome: Outcome | None) -> Reply:
        """Return a whole reply."""
        if choice.status in (204, 205, 304) or choice.status < 200:
            content_type, body = "", b""
        own = [] if outcome is None else outcome.headers
        fields = [("Content-Type", content_type)] if content_type else []
        fields += described_headers(
            choice.response, self.make, own=own, total=None if outcome is None else outcome.total,
            tag="" if outcome is None else outcome.tag,
        )  # fmt: skip
        return Reply(response=self._response(choice.status, fields, body))

    def refusal(
        self, cause: Cause, wrong: tuple[Objection, ...], own: Sequence[tuple[str, str]] = (), *, status: int = 0
    ) -> Reply:
        """Return the reply that refuses, with the status that was asked for or the one of its cause."""
        refusal = refuse(self.call.entry, self.make, cause, wrong, self.call.request.headers, status=status)
        fields = [("Content-Type", refusal.content_type)] if refusal.content_type else []
        fields += described_headers(refusal.response, self.make, own=(*own, (REASON, _ascii(refusal.sentence))))
        return Reply(response=self._response(refusal.status, fields, refusal.body))

    def _response(self, status: int, fields: list[tuple[str, str]], body: bytes) -> HTTPResponse:
        head = self.call.request.method.upper() == "HEAD"
        return HTTPResponse(
            status=status, reason=reason_of(status), headers=Headers.of(fields), body=b"" if head else body,
            origin="sandbox",
        )  # fmt: skip


def _handled(memory: Memory) -> Outcome | None:
    """Return what the memory says; nothing where a description is such that it cannot be followed."""
    try:
        return handle(memory)
    except (StoreError, MemoryError):
        raise
    except Exception:  # strangers write descriptions, and the sandbox answers all of them
        return None


def _ascii(text: str) -> str:
    return text.encode("ascii", "replace").decode("ascii").replace("\n", " ")[:400]


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
        make = making(entry, seed=_seed_for(request, preferences), dynamic=preferences.dynamic)
    content_type, body = _content_of(entry, model, choice, make)
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


def _content_of(entry: Entry, model: RequestModel, choice: Choice, make: Making) -> tuple[str, bytes]:
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


def _seed_for(request: HTTPRequest, preferences: Preferences, path: str = "") -> int:
    """Return the seed of a request: the same for the same method, path, query and content."""
    address, _, query = request.url.partition("#")[0].partition("?")
    content: object
    if request.content.length <= _LONGEST_SEED:
        content = request.body
    else:  # as a text it would take eight times its bytes
        digest = hashlib.blake2b(digest_size=16)
        for piece in request.content.pieces():
            digest.update(piece)
        content = digest.hexdigest()
    return seed_of(request.method.upper(), path or address, query, content, preferences.seed)
