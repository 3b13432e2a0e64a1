"""A requests adapter that sends a message byte for byte to a judged address and nowhere else.

requests carries the exchange and urllib3 writes the request and reads the answer; the connection is ours
(`playground.transport.connection`). These parts of theirs are replaced, each for what it does to a message or to us:

* There is no `requests.Session`: it prepares redirects (and reads their whole bodies), keeps cookies, and looks for
  proxies and passwords in the environment.
* The pool of urllib3 writes another target than the message has: `%2f` becomes `%2F`, and a path that starts with two
  slashes loses one. `PinnedPool` passes the target as it is, and takes only connections whose address the policy of
  this exchange allows.
* Header fields are in `ExactFields`: requests and urllib3 keep them by name, which moves and respells repeated ones.
  The connection writes no others; urllib3 would add `Content-Length: 0` to a QUERY without content.
* requests reads cookies from each answer: one hostile head of 98 fields takes it 3.8 s of processor time
  (`build_response`, tests/transport/test_adapter.py).
* urllib3 logs the whole URL of an answer with a broken field, query keys included; its logger is silenced.
"""

from __future__ import annotations

import http.client
import logging
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.exceptions import HTTPError, InvalidHeader

from playground.httpsyntax import REFUSED_METHODS, is_reserved, is_sendable, is_token
from playground.messages import Content, Headers, HTTPRequest
from playground.text.wording import say
from playground.transport.connection import PinnedConnection
from playground.transport.deadline import Deadline
from playground.transport.egress import SUBJECTS, CheckedURL, EgressPolicy, check_url
from playground.transport.errors import BrokenAnswer, DeadlineExceeded, RequestRefused, Stopped
from playground.transport.pool import POOL, SAFE_METHODS

log = logging.getLogger("playground.transport")
logging.getLogger("urllib3.connection").setLevel(logging.CRITICAL)

_WITH_LENGTH = frozenset(("POST", "PUT", "PATCH"))
LARGE = 65_536
"""Bytes of content from which on the time it takes to send them is measured."""


def user_agent() -> str:
    """Return the User-Agent of our requests."""
    try:
        return f"tryit-playground/{version('tryit-playground')}"
    except PackageNotFoundError:
        return "tryit-playground"


USER_AGENT = user_agent()


class ExactFields(Mapping[str, Any]):
    """Header fields as requests and urllib3 take them: a mapping by name, but `items` are all fields in order.

    Values are UTF-8 bytes, which urllib3 writes as they are.
    """

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = [(name, value.encode("utf-8")) for name, value in pairs]

    def __getitem__(self, name: str) -> bytes:
        for field, value in self._pairs:
            if field.lower() == name.lower():
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self._pairs))

    def __len__(self) -> int:
        return len(self._pairs)

    def items(self) -> Any:
        """Return every field, repeats included."""
        return self._pairs


class Pieces:
    """Content as an iterable that can be sent twice, as a safe request is if its kept connection is closed."""

    def __init__(self, content: Content) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        return self._content.pieces()


class PinnedAdapter(HTTPAdapter):
    """Sends one message under one policy and deadline.

    Afterwards `timings` hold milliseconds per step, `received` the answer's header fields in their order, and `added`
    the fields that went out beside the message's own.
    """

    def __init__(self, policy: EgressPolicy, deadline: Deadline) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self.policy = policy
        self.deadline = deadline
        self.timings: list[tuple[str, float]] = []
        self.received: tuple[tuple[str, str], ...] = ()
        self.added: tuple[tuple[str, str], ...] = ()
        self.connection: PinnedConnection | None = None
        self.raw: Any = None
        self.reused = False
        self._target: CheckedURL
        self._length = 0

    def send_message(self, message: HTTPRequest) -> Response:
        """Send a message and return the answer's head, its body unread and undecoded. Raises `TransportError`."""
        self._target = check_url(message.url, self.policy)
        self.added, fields = wire_fields(message, self._target)
        self._length = message.content.length
        request = PreparedRequest()
        request.method, request.url = message.method, message.url
        request.headers = ExactFields(fields)  # type: ignore[assignment] # ours keeps repeated fields
        request.body = Pieces(message.content) if self._length else None  # type: ignore[assignment]
        return self.send(request, stream=True)

    def get_connection_with_tls_context(self, *_: object, **__: object) -> HTTPConnectionPool:
        """Return the pool that opens pinned connections to the checked target."""
        return PinnedPool(self, self._target)

    def cert_verify(self, *_: object, **__: object) -> None:
        """Do nothing: every connection verifies, with the one context of `connection.tls_context`."""

    def request_url(self, *_: object, **__: object) -> str:
        """Return the request target, byte for byte."""
        return self._target.target

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Return the answer without reading cookies from it."""
        response = Response()
        response.status_code, response.reason, response.raw = resp.status, resp.reason, resp
        response.request = req
        self.raw = resp
        return response

    def close(self) -> None:
        """Close the connection, or keep it for the next request if its exchange is complete."""
        super().close()
        connection, self.connection = self.connection, None
        if connection is None:
            return
        # Once released, the watching thread cannot shut down a socket that another exchange uses by then.
        self.deadline.release()
        if connection.is_complete and not self.deadline.ended and connection.sock is not None:
            POOL.give(connection, self.policy)
        else:
            connection.close()
            if self.raw is not None:
                # Content that ends with its connection: http.client has left the socket to the answer alone.
                self.raw.close()

    def exchange(
        self,
        target: CheckedURL,
        method: str,
        fields: Mapping[str, str],
        body: Pieces | None,
        kept: PinnedConnection | None,
    ) -> HTTPResponse:
        """Write the request to a connection, a `kept` one or a new one, and return the answer's head."""
        self.reused = kept is not None
        connection = self.connection = kept or PinnedConnection(target, self.policy, self.deadline)
        if kept is not None:
            connection.begin(target, self.policy, self.deadline)
        self.timings = connection.timings
        if kept is None:
            connection.connect()
        started = time.monotonic()
        try:
            answer = self._ask(connection, method, target.target, fields, body)
        except InvalidHeader:  # two Content-Lengths that differ: where this answer ends is unknown
            log.warning("contradictory lengths from %s", target.origin)
            raise BrokenAnswer(
                say(
                    "The %(subject)s at %(authority)s gave its answer two different lengths.",
                    subject=SUBJECTS[self.policy.subject],
                    authority=target.authority,
                )
            ) from None
        except (http.client.HTTPException, HTTPError, OSError, ValueError) as error:
            gone = isinstance(error, http.client.RemoteDisconnected | ConnectionResetError | BrokenPipeError)
            if self.reused and gone and not self.deadline.ended and method in SAFE_METHODS:
                connection.close()
                return self.exchange(target, method, fields, body, None)
            raise self._failure(target, error) from None
        if self.deadline.ended:  # http.client takes a head that breaks off for a whole one
            raise self._failure(target, TimeoutError())
        self.received = connection.received
        self.timings.append(("first byte", (time.monotonic() - started) * 1000))
        return answer

    def _ask(
        self,
        connection: PinnedConnection,
        method: str,
        target: str,
        fields: Mapping[str, str],
        body: Pieces | None,
    ) -> HTTPResponse:
        started = time.monotonic()
        try:
            connection.request(method, target, body, fields, preload_content=False, decode_content=False)
        except (BrokenPipeError, ConnectionResetError):
            # A server may answer and close before it has read everything; its answer can still be read.
            log.info("%s closed while the request was being sent", connection.target.origin)
        if self._length > LARGE:
            self.timings.append(("sent", (time.monotonic() - started) * 1000))
        return connection.getresponse()

    def _failure(self, target: CheckedURL, error: Exception) -> BrokenAnswer | DeadlineExceeded | Stopped:
        subject, authority = SUBJECTS[self.policy.subject], target.authority
        if self.deadline.stopped:
            return Stopped(
                say(
                    "The request was stopped before the %(subject)s at %(authority)s had answered.",
                    subject=subject,
                    authority=authority,
                )
            )
        if self.deadline.expired or isinstance(error, TimeoutError):
            log.warning("no answer from %s in %s seconds", target.origin, self.deadline.seconds)
            return DeadlineExceeded(
                say(
                    "The %(subject)s at %(authority)s accepted the connection but did not answer within %(seconds)s "
                    "seconds.",
                    subject=subject,
                    authority=authority,
                    seconds=self.deadline.seconds,
                )
            )
        # The error's text may quote what the other side sent; its class is enough.
        log.warning("broken answer from %s: %s", target.origin, type(error).__name__)
        if isinstance(error, http.client.LineTooLong) or "got more than" in str(error):
            return BrokenAnswer(
                say(
                    "The %(subject)s at %(authority)s sent more header fields than can be read.",
                    subject=subject,
                    authority=authority,
                )
            )
        return BrokenAnswer(
            say(
                "The %(subject)s at %(authority)s closed the connection without a complete HTTP answer.",
                subject=subject,
                authority=authority,
            )
        )


class PinnedPool(HTTPConnectionPool):
    """The pool of one exchange, as requests asks for one: connections are kept by `playground.transport.pool`."""

    def __init__(self, adapter: PinnedAdapter, target: CheckedURL) -> None:
        super().__init__(target.host, target.port)
        self._adapter = adapter
        self._target = target

    def urlopen(  # type: ignore[override]
        self, method: str, url: str, body: Any = None, headers: Any = None, **_: object
    ) -> HTTPResponse:
        """Send the request over a connection that the policy allows. Raises `TransportError`."""
        kept = POOL.take(self._target, self._adapter.policy, method)
        return self._adapter.exchange(self._target, method, headers, body, kept)


def wire_fields(message: HTTPRequest, target: CheckedURL) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    """Return the header fields we add, and all that go out, in order.

    Raises `RequestRefused` for what a visitor cannot send.
    """
    method = message.method
    if not is_token(method):
        raise RequestRefused(say("The method is not an HTTP method."))
    if method.upper() in REFUSED_METHODS:
        raise RequestRefused(say("%(method)s requests are not sent.", method=method.upper()))
    length = str(message.content.length)
    fields: Headers = message.headers
    for name, value in fields:
        lower = name.lower()
        if not is_token(name):
            raise RequestRefused(say("A header name holds a character that is not allowed there."))
        if not is_sendable(value) or value != value.strip(" \t"):
            raise RequestRefused(say("The header %(name)s holds a character that is not allowed there.", name=name))
        if is_reserved(lower) and (lower, value) != ("content-length", length):
            raise RequestRefused(
                say("The header %(name)s is set by the playground itself and cannot be chosen.", name=name)
            )
    added = [("Host", target.authority), *(pair for pair in _DEFAULTS if pair[0] not in fields)]
    chosen = [pair for pair in fields if pair[0].lower() != "content-length"]
    sized = [("Content-Length", length)] if length != "0" or method.upper() in _WITH_LENGTH else []
    return (*added, *sized), [*added, *chosen, *sized]


_DEFAULTS = (("User-Agent", USER_AGENT), ("Accept-Encoding", "gzip, deflate"))
