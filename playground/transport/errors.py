"""What can go wrong on the way to an API or a gateway: one public sentence each.

Blocked, unresolvable, refused and unanswered targets share one text, so that nobody can map a network by asking; the
difference goes to the log `playground.transport` and nowhere else.
"""
# ruff: noqa: N818 - the names say what happened; they are one tree below TransportError

from __future__ import annotations

from typing import ClassVar


class TransportError(Exception):
    """The exchange failed; `str()` is one sentence for the visitor without path, query, header or secret."""

    kind: ClassVar[str] = "failed"


class InvalidTarget(TransportError):
    """The URL is not one we send requests to."""

    kind = "invalid_target"


class OriginRefused(TransportError):
    """The origin is neither described nor allowed by the operator; nothing was looked up."""

    kind = "origin_refused"


class RequestRefused(TransportError):
    """The message holds a method or header field that is not sent."""

    kind = "request_refused"


class Unreachable(TransportError):
    """No connection: blocked, unresolvable, refused or unanswered, with one text for all four."""

    kind = "unreachable"


class CertificateRefused(TransportError):
    """A TLS connection could not be established with a server that proves its name."""

    kind = "certificate_refused"


class DeadlineExceeded(TransportError):
    """No answer in time."""

    kind = "deadline_exceeded"


class BrokenAnswer(TransportError):
    """The answer's head is missing, too large or not HTTP."""

    kind = "broken_answer"


class TooLarge(TransportError):
    """A fetched document is larger than the limit."""

    kind = "too_large"


class DocumentUnavailable(TransportError):
    """A document could not be fetched: not 200, or too many redirects."""

    kind = "document_unavailable"
