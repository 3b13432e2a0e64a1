"""A requests adapter that sends a message byte for byte to a classified address and nowhere else.

It is called without a `requests.Session`: a session would follow or prepare redirects (and read their whole bodies),
keep cookies, and look for proxies and passwords in the environment.
"""

from __future__ import annotations

import http.client
import logging
import time
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import HTTPError

from playground.httpsyntax import REFUSED_METHODS, is_reserved, is_sendable, is_token
from playground.messages import Content, Headers
from playground.messages import HTTPRequest as Message
from playground.text.wording import say
from playground.transport.connection import PinnedConnection
from playground.transport.deadline import Deadline
from playground.transport.egress import SUBJECTS, CheckedURL, EgressPolicy, check_url
from playground.transport.errors import BrokenAnswer, DeadlineExceeded, RequestRefused, Stopped
from playground.transport.pool import POOL, SAFE_METHODS

log = logging.getLogger("playground.transport")

_WITH_LENGTH = frozenset(("POST", "PUT", "PATCH"))
LARGE = 65_536
"""Bytes of content from which on the time it takes to send them is told."""


def user_agent() -> str:
    """Return how we introduce ourselves to APIs."""
    try:
        return f"tryit-playground/{version('tryit-playground')}"
    except PackageNotFoundError:
        return "tryit-playground"


USER_AGENT = user_agent()


class ExactRequest(PreparedRequest):
    """A prepared request whose URL and ordered header fields nobody prepared again; its content may come in pieces."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.method = message.method
        self.url = message.url
        self.fields = message.headers
        self.content = message.content

    def __repr__(self) -> str:
        return f"<ExactRequest {self.method}>"


class PinnedAdapter(HTTPAdapter):
    """Sends one `ExactRequest` under one policy and deadline.

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
        self.reused = False
        self._answer: http.client.HTTPResponse | None = None

    def send(
        self,
        request: PreparedRequest,
        stream: bool = True,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """Send the request and return the answer's head, its body unread and undecoded. Raises `TransportError`.

        `timeout`, `verify`, `cert` and `proxies` are the policy's business and have no effect.
        """
        if not isinstance(request, ExactRequest):
            raise TypeError("PinnedAdapter sends ExactRequest only")
        target = check_url(str(request.url), self.policy)
        self.added, fields = wire_fields(request, target)
        method = str(request.method)
        answer = self._first_byte(request, target, fields, POOL.take(target, self.policy, method))
        self._answer = answer
        self.received = tuple(answer.headers.items())  # HTTPHeaderDict would put repeated fields together
        try:
            raw = HTTPResponse(
                body=answer,
                headers=HTTPHeaderDict(self.received),
                status=answer.status,
                version=answer.version,
                reason=answer.reason,
                preload_content=False,
                decode_content=False,
                enforce_content_length=True,
                request_method=method,
            )
        except HTTPError:  # Content-Length twice, and not the same: where this answer ends is anybody's guess
            log.warning("contradictory lengths from %s", target.origin)
            raise BrokenAnswer(
                say(
                    "The %(subject)s at %(authority)s gave its answer two different lengths.",
                    subject=SUBJECTS[self.policy.subject],
                    authority=target.authority,
                )
            ) from None
        return self.build_response(request, raw)

    def close(self) -> None:
        """Close the connection, or keep it for the next request if its exchange is complete."""
        super().close()
        connection, self.connection = self.connection, None
        if connection is None:
            return
        answer = self._answer
        complete = answer is not None and answer.isclosed() and not answer.will_close
        complete = complete and not getattr(answer, "surplus", True)
        # Once let go, the watching thread cannot shut down a socket that is somebody else's by then.
        self.deadline.release()
        if complete and not self.deadline.ended and connection.sock is not None:
            POOL.give(connection, self.policy)
        else:
            connection.close()

    def _first_byte(
        self,
        request: ExactRequest,
        target: CheckedURL,
        fields: list[tuple[str, str]],
        open_connection: PinnedConnection | None,
    ) -> http.client.HTTPResponse:
        self.reused = open_connection is not None
        connection = self.connection = open_connection or PinnedConnection(target, self.policy, self.deadline)
        if open_connection is not None:
            connection.begin(target, self.policy, self.deadline)
        self.timings = connection.timings
        if open_connection is None:
            connection.connect()
        started = time.monotonic()
        try:
            answer = _exchange(connection, str(request.method), fields, request.content, self.timings)
        except (http.client.HTTPException, OSError, ValueError) as error:
            gone = isinstance(error, http.client.RemoteDisconnected | ConnectionResetError | BrokenPipeError)
            if self.reused and gone and not self.deadline.ended and str(request.method) in SAFE_METHODS:
                connection.close()
                return self._first_byte(request, target, fields, None)
            raise self._failure(target, error) from None
        if self.deadline.ended:  # http.client takes a head that breaks off for a whole one
            raise self._failure(target, TimeoutError())
        self.timings.append(("first byte", (time.monotonic() - started) * 1000))
        return answer

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
        # The error's text may quote what the other side sent; its class says enough.
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


def wire_fields(request: ExactRequest, target: CheckedURL) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    """Return the header fields we add, and all that go out, in order.

    Raises `RequestRefused` for what a visitor cannot send.
    """
    method = str(request.method)
    if not is_token(method):
        raise RequestRefused(say("The method is not an HTTP method."))
    if method.upper() in REFUSED_METHODS:
        raise RequestRefused(say("%(method)s requests are not sent.", method=method.upper()))
    length = str(request.content.length)
    given: Headers = request.fields
    for name, value in given:
        lower = name.lower()
        if not is_token(name):
            raise RequestRefused(say("A header name holds a character that is not allowed there."))
        if not is_sendable(value) or value != value.strip(" \t"):
            raise RequestRefused(say("The header %(name)s holds a character that is not allowed there.", name=name))
        if is_reserved(lower) and (lower, value) != ("content-length", length):
            raise RequestRefused(
                say("The header %(name)s is set by the playground itself and cannot be chosen.", name=name)
            )
    added = [("Host", target.authority), *(pair for pair in _DEFAULTS if pair[0] not in given)]
    kept = [pair for pair in given if pair[0].lower() != "content-length"]
    sized = [("Content-Length", length)] if length != "0" or method.upper() in _WITH_LENGTH else []
    return (*added, *sized), [*added, *kept, *sized]


_DEFAULTS = (("User-Agent", USER_AGENT), ("Accept-Encoding", "gzip, deflate"))


def _exchange(
    connection: PinnedConnection,
    method: str,
    fields: list[tuple[str, str]],
    content: Content,
    timings: list[tuple[str, float]],
) -> http.client.HTTPResponse:
    started = time.monotonic()
    connection.putrequest(method, connection.target.target, skip_host=True, skip_accept_encoding=True)
    for name, value in fields:
        connection.putheader(name, value.encode("utf-8"))
    pieces = content.pieces()
    try:
        connection.endheaders(next(pieces, None))
        for piece in pieces:
            connection.send(piece)
    except (BrokenPipeError, ConnectionResetError):
        # A server may answer and close before it has read everything; its answer is still there to be read.
        log.info("%s closed while the request was being sent", connection.target.origin)
    if content.length > LARGE:
        timings.append(("sent", (time.monotonic() - started) * 1000))
    return connection.getresponse()
