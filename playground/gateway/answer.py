"""The outcome of a gateway call: the API's answer, whole or still coming, or one sentence; secrets redacted in both."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from playground.mediatypes import EVENTS, streams
from playground.messages import HTTPRequest, HTTPResponse
from playground.secrets.redact import Redactor, redact_head, redact_response


class Live(Protocol):
    """An answer whose content is still coming. Its owner closes it."""

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
        """End the exchange."""


class Redacted:
    """A live answer without some secrets."""

    def __init__(self, live: Live, secrets: Iterable[str]) -> None:
        self._live = live
        self._redactor = Redactor(secrets)

    @property
    def head(self) -> HTTPResponse:
        """The answer without content."""
        return redact_head(self._live.head, self._redactor)

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now."""
        return redact_head(self._live.summary, self._redactor)

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes, without the secrets."""
        return self._redactor.over(self._live.pieces())

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._live.stop(reason)

    def close(self) -> None:
        """End the exchange."""
        self._live.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One gateway call's outcome.

    `request` is what was sent, credentials masked, `None` if nothing could be built; exactly one of `response` (of
    whatever status) and `error` (a sentence) is set. `field` then names the input at fault (`path.id`) and `step` how
    far the call came. `status` is the gateway's own: 200 with a response, else 4xx or 5xx. `live` is set while the
    content is still coming; `response` then is its head. `secrets` are the visitor's own, to be redacted where the
    answer is rendered.
    """

    request: HTTPRequest | None = None
    response: HTTPResponse | None = None
    error: str | None = None
    field: str = ""
    step: str = ""
    status: int = 200
    request_id: str = ""
    duration_ms: float = 0.0
    live: Live | None = dataclasses.field(default=None, repr=False)
    secrets: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    timings: tuple[tuple[str, float], ...] = ()

    @property
    def shown_response(self) -> HTTPResponse | None:
        """The response as a page may show it: the visitor's secrets, echoed by the API, redacted."""
        return None if self.response is None else redact_response(self.response, self.secrets)

    @property
    def shown_live(self) -> Live | None:
        """The content under way, as a page may show it."""
        return None if self.live is None else Redacted(self.live, self.secrets)

    def close(self) -> None:
        """End what is still under way."""
        if self.live is not None:
            self.live.close()


def is_stream(head: HTTPResponse) -> bool:
    """Return whether an answer is shown as it comes: events, lines of JSON, text of unknown length."""
    when = streams(head.headers.get("content-type") or head.media_type)
    return when == "always" or (when == "unsized" and "content-length" not in head.headers)


def is_events(head: HTTPResponse) -> bool:
    """Return whether the content is server-sent events."""
    return head.media_type == EVENTS
