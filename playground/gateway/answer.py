"""What a gateway call came to: the API's answer, or one sentence why there is none; and secrets struck out of both."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from playground.gateway.live import Live, Redacted
from playground.messages import HTTPRequest, HTTPResponse
from playground.secrets.redact import redact_response


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One gateway call's outcome.

    `request` is what was sent, credentials masked, `None` if nothing could be built; exactly one of `response` (of
    whatever status) and `error` (a sentence) is set, `field` then naming the input at fault (`path.id`) and `step` how
    far the call came. `status` is the gateway's own: 200 with a response, else 4xx or 5xx. `live` is there while the
    content is still coming: `response` then is its head, and whoever has the answer closes it. `secrets` are the
    visitor's own, to be struck out where the answer is rendered.
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

    @property
    def shown_response(self) -> HTTPResponse | None:
        """The response as a page may show it: the visitor's secrets, echoed by the API, struck out."""
        return None if self.response is None else redact_response(self.response, self.secrets)

    @property
    def shown_live(self) -> Live | None:
        """The content under way, as a page may show it."""
        return None if self.live is None else Redacted(self.live, self.secrets)

    def close(self) -> None:
        """End what is still under way."""
        if self.live is not None:
            self.live.close()
