"""What a gateway call came to: the API's answer, or one sentence why there is none; and secrets struck out of both."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.masking import MASK


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One gateway call's outcome.

    `request` is what was sent, credentials masked, `None` if nothing could be built; exactly one of `response` (of
    whatever status) and `error` (a sentence) is set, `field` then naming the input at fault (`path.id`). `status` is
    the gateway's own: 200 with a response, else 4xx or 5xx. `secrets` are the visitor's own, to be struck out where the
    answer is rendered.
    """

    request: HTTPRequest | None = None
    response: HTTPResponse | None = None
    error: str | None = None
    field: str = ""
    status: int = 200
    request_id: str = ""
    duration_ms: float = 0.0
    secrets: tuple[str, ...] = dataclasses.field(default=(), repr=False)

    @property
    def shown_response(self) -> HTTPResponse | None:
        """The response as a page may show it: the visitor's secrets, echoed by the API, struck out."""
        return None if self.response is None else redact(self.response, self.secrets)


def redact(response: HTTPResponse, secrets: Iterable[str]) -> HTTPResponse:
    """Return the response with every secret replaced by `•••`, in header fields, reason and content.

    Also finds a secret as JSON and as JSON with escaped slashes write it.
    """
    spellings = _spellings(secrets)
    if not spellings:
        return response
    body = response.body
    for secret in spellings:
        body = body.replace(secret.encode("utf-8", "surrogatepass"), MASK.encode())
    headers = Headers.of(
        (redact_text(name, spellings), redact_text(value, spellings)) for name, value in response.headers
    )
    return replace(response, headers=headers, body=body, reason=redact_text(response.reason, spellings))


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """Return text with every secret replaced by `•••`."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def _spellings(secrets: Iterable[str]) -> tuple[str, ...]:
    found: set[str] = set()
    for secret in secrets:
        escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        found |= {secret, *escaped, *(text.replace("/", "\\/") for text in escaped)}
    return tuple(sorted((one for one in found if one), key=lambda one: (-len(one), one)))
