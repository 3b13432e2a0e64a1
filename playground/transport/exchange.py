"""One exchange with an API, a gateway or a document's server: the only way out of this process.

The answer's head is there at once, its content comes piece by piece, then the facts. What is read is limited in bytes
and time, on the wire and after its content coding is taken off.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import TracebackType
from urllib.parse import urljoin

from requests import Response
from urllib3.exceptions import HTTPError

from playground.messages import Facts, Headers, HTTPRequest, HTTPResponse
from playground.text.wording import say
from playground.transport.adapter import PinnedAdapter
from playground.transport.body import CHUNK, decoder_for
from playground.transport.deadline import Cancelled, Deadline
from playground.transport.egress import EgressPolicy, judge
from playground.transport.errors import DocumentUnavailable, InvalidTarget, TooLarge, TransportError

MAX_REDIRECTS = 5


class Exchange:
    """An answer under way; a context manager, closed in any case.

    `head` is the answer without content. `pieces` yields decoded content until its end, the policy's limit, its
    deadline, a stop or a broken connection; afterwards, or whenever it is closed, `summary` has how it went.
    """

    def __init__(self, request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> None:
        """Send the request and wait for the answer's head. Raises `TransportError`.

        `cancelled` is asked while waiting, from another thread; once it returns `True`, the exchange ends.
        """
        self._started = time.monotonic()
        self._policy = policy
        self._wire = self._decoded = 0
        self._cut = ""
        self._total = 0.0
        self._deadline = Deadline(policy.total_timeout, cancelled).__enter__()
        self._adapter = PinnedAdapter(policy, self._deadline)
        try:
            self._response: Response = self._adapter.send_message(request)
        except TransportError as error:
            # How far it came on the way to a connection is told only where the reason is (errors.py).
            if policy.explain or error.step != "connect":
                error.timings = tuple(self._adapter.timings)
            self.close()
            raise
        except BaseException:
            self.close()
            raise
        self._facts = _facts(self._adapter, policy, self._response)
        self.head = HTTPResponse(
            status=self._response.status_code,
            reason=self._response.reason or "",
            headers=Headers.of((name, _readable(value)) for name, value in self._adapter.received),
            facts=self._facts,
        )

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the exchange: keep the connection if the content is complete, else close it."""
        if not self._total:
            self._total = (time.monotonic() - self._started) * 1000
        self._adapter.close()
        self._deadline.release()

    def pieces(self) -> Iterator[bytes]:
        """Yield the content, decoded, in pieces of at most 64 KB as they come; at most the policy's limit in all."""
        decoder = decoder_for(",".join(self.head.headers.get_all("content-encoding")))
        try:
            for wire in self._arriving():
                yield from self._within(decoder.feed(wire))
                if self._cut:
                    return
            yield from self._within(decoder.end())
            if not decoder.complete:
                self._cut = self._cut or "broken"
        finally:
            self.close()

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest of the content is not wanted."""
        self._cut = self._cut or reason

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now: whether and why content is missing, sizes and times."""
        total = self._total or (time.monotonic() - self._started) * 1000
        facts = replace(self._facts, wire_bytes=self._wire, decoded_bytes=self._decoded, cut=self._cut)
        return replace(
            self.head,
            truncated=bool(self._cut),
            duration_ms=total,
            timings=(*self._adapter.timings, ("total", total)),
            facts=facts,
        )

    def _arriving(self) -> Iterator[bytes]:
        raw, limit = self._response.raw, self._policy.max_bytes
        try:
            while piece := raw.read1(CHUNK, decode_content=False):
                room = limit - self._wire
                if room < len(piece):
                    self._wire += room
                    yield piece[:room]
                    self.stop("limit")
                    return
                self._wire += len(piece)
                yield piece
        except (HTTPError, OSError, ValueError):
            self.stop(self._why())
            return
        if self._deadline.ended:  # what is read until the connection ends has no other mark of its end
            self.stop(self._why())

    def _why(self) -> str:
        return "stopped" if self._deadline.stopped else "deadline" if self._deadline.expired else "broken"

    def _within(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            room = self._policy.max_bytes - self._decoded
            if room < len(piece):
                self._decoded += room
                if room:
                    yield piece[:room]
                self.stop("limit")
                return
            self._decoded += len(piece)
            yield piece


def send_message(request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> HTTPResponse:
    """Send a message and return the whole answer, whatever its status; redirects are answers too.

    Header fields are as received, in order; the body is decoded, and cut (`truncated`) at the policy's limit, its
    deadline, or where the connection broke. Raises `TransportError`.
    """
    with Exchange(request, policy, cancelled) as exchange:
        body = b"".join(exchange.pieces())
        return replace(exchange.summary, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedDocument:
    """A description as it was fetched; `etag` and `modified` are its validators, empty where the server gave none."""

    body: bytes
    etag: str = ""
    modified: str = ""


def fetch_document(url: str, policy: EgressPolicy) -> bytes:
    """Fetch a description, following up to five redirects with every check made again.

    Raises `TransportError`: `TooLarge` beyond the policy's limit, `DocumentUnavailable` for anything but an answer 200.
    """
    fetched = fetch_changed(url, policy)
    assert fetched is not None  # noqa: S101 - nothing was known before
    return fetched.body


def fetch_changed(url: str, policy: EgressPolicy, known: FetchedDocument | None = None) -> FetchedDocument | None:
    """Fetch a description as `fetch_document` does; `None` if the server says that it is as it was `known`."""
    accept = [("Accept", "application/json, application/yaml, text/yaml, */*;q=0.5")]
    if known is not None and known.etag:
        accept.append(("If-None-Match", known.etag))
    elif known is not None and known.modified:
        accept.append(("If-Modified-Since", known.modified))
    for _ in range(MAX_REDIRECTS + 1):
        answer = send_message(HTTPRequest(method="GET", url=url, headers=Headers(tuple(accept))), policy)
        if answer.status == 304 and len(accept) > 1:
            return None
        location = answer.headers.get("location")
        if answer.status in (301, 302, 303, 307, 308) and location:
            url = _next(url, location)
            continue
        if answer.status != 200:
            raise _unavailable(f"{answer.status} {answer.reason}".rstrip(), asks=answer.status in (401, 403))
        if answer.truncated and len(answer.body) >= policy.max_bytes:
            raise TooLarge(say("The document is larger than %(limit)s bytes.", limit=policy.max_bytes))
        if answer.truncated:
            raise DocumentUnavailable(say("The document could not be fetched: the connection broke off."))
        return FetchedDocument(
            body=answer.body,
            etag=answer.headers.get("etag") or "",
            modified=answer.headers.get("last-modified") or "",
        )
    raise DocumentUnavailable(
        say("The document could not be fetched: more than %(most)s redirects.", most=MAX_REDIRECTS)
    )


def _unavailable(status: str, *, asks: bool) -> DocumentUnavailable:
    if not asks:
        return DocumentUnavailable(
            say("The document could not be fetched: the server answered %(status)s.", status=status)
        )
    return DocumentUnavailable(
        say(
            "The document could not be fetched: the server wants to know who asks (it answered %(status)s). Save the "
            "document with a program that may read it, and give the file.",
            status=status,
        )
    )


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise InvalidTarget(
            say("The document could not be fetched: it redirects to something that is no URL.")
        ) from None


def _facts(adapter: PinnedAdapter, policy: EgressPolicy, response: Response) -> Facts:
    connection = adapter.connection
    return Facts(
        address="" if connection is None else judge(connection.target, connection.address, policy).value,
        reused=adapter.reused,
        tls="" if connection is None else connection.tls,
        http="HTTP/1.0" if response.raw.version == 10 else "HTTP/1.1",
        added=adapter.added,
    )


def _readable(value: str) -> str:
    # Header fields are read as Latin-1; UTF-8 becomes text again, and folded lines become one.
    text = " ".join(value.split("\r\n")) if "\r\n" in value else value
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
