"""Answers whose content is still coming: which ones are shown as they come, and their secrets struck out on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from playground.mediatypes import EVENTS, streams
from playground.messages import Headers, HTTPResponse
from playground.secrets.redact import Redactor, redact_text, spellings


class Live(Protocol):
    """An answer under way. Whoever gets one closes it."""

    @property
    def head(self) -> HTTPResponse:
        """The answer without content."""

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now: whether and why content is missing, sizes and times."""

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes; never raises for what the other side does."""

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""

    def close(self) -> None:
        """End it."""


class Redacted:
    """A live answer without some secrets."""

    def __init__(self, live: Live, secrets: Iterable[str]) -> None:
        self._live = live
        self._secrets = spellings(secrets)
        self._redactor = Redactor(secrets)

    @property
    def head(self) -> HTTPResponse:
        """The answer without content."""
        return redact_head(self._live.head, self._secrets)

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now."""
        return redact_head(self._live.summary, self._secrets)

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes, without the secrets."""
        return self._redactor.over(self._live.pieces())

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._live.stop(reason)

    def close(self) -> None:
        """End it."""
        self._live.close()


def is_stream(head: HTTPResponse) -> bool:
    """Say whether an answer is to be shown as it comes: events, lines of JSON, text whose length nobody knows yet."""
    when = streams(head.media_type)
    return when == "always" or (when == "unsized" and "content-length" not in head.headers)


def is_events(head: HTTPResponse) -> bool:
    """Say whether the content is server-sent events."""
    return head.media_type == EVENTS


def redact_head(head: HTTPResponse, spelled: tuple[str, ...]) -> HTTPResponse:
    """Return a response with the spellings of secrets struck out of its reason and header fields."""
    if not spelled:
        return head
    headers = Headers.of((redact_text(name, spelled), redact_text(value, spelled)) for name, value in head.headers)
    return replace(head, headers=headers, reason=redact_text(head.reason, spelled))
