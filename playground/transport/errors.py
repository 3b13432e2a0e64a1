"""What can go wrong on the way to an API or a gateway: one public sentence each.

Blocked, unresolvable, refused and unanswered targets share one text, so that a network cannot be mapped by asking; the
difference goes to the log `playground.transport` only.
"""
# ruff: noqa: N818 - the names are what happened; they are one tree below TransportError

from __future__ import annotations

from typing import ClassVar


class TransportError(Exception):
    """The exchange failed; `str()` is one sentence for the visitor without path, query, header or secret.

    `step` is where: `target` and `request` before anything is sent, then `connect` (lookup, verdict and connection
    look the same from outside), `tls`, `answer`. `timings` are milliseconds of the steps that were taken before.
    """

    kind: ClassVar[str] = "failed"
    usual_step: ClassVar[str] = "answer"

    def __init__(self, sentence: str, *, step: str = "") -> None:
        super().__init__(sentence)
        self.step = step or self.usual_step
        self.timings: tuple[tuple[str, float], ...] = ()


class InvalidTarget(TransportError):
    """The URL is not one we send requests to."""

    kind = "invalid_target"
    usual_step = "target"


class OriginRefused(TransportError):
    """The origin is neither described nor allowed by the operator; nothing was looked up."""

    kind = "origin_refused"
    usual_step = "target"


class RequestRefused(TransportError):
    """The message holds a method or header field that is not sent."""

    kind = "request_refused"
    usual_step = "request"


class Unreachable(TransportError):
    """No connection: blocked, unresolvable, refused or unanswered, with one text for all four."""

    kind = "unreachable"
    usual_step = "connect"


class CertificateRefused(TransportError):
    """A TLS connection could not be established with a server that proves its name."""

    kind = "certificate_refused"
    usual_step = "tls"


class DeadlineExceeded(TransportError):
    """No answer in time."""

    kind = "deadline_exceeded"


class Stopped(TransportError):
    """Nobody waits for the answer any more."""

    kind = "stopped"


class BrokenAnswer(TransportError):
    """The answer's head is missing, too large or not HTTP."""

    kind = "broken_answer"


class TooLarge(TransportError):
    """A fetched document is larger than the limit."""

    kind = "too_large"


class DocumentUnavailable(TransportError):
    """A document could not be fetched: not 200, or too many redirects."""

    kind = "document_unavailable"
