"""Why a gateway call is refused before anything is sent: an HTTP status and one sentence."""

from __future__ import annotations


class GatewayError(Exception):
    """A call is refused; `status` is the answer's, `str()` its `error`. Neither holds a secret."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class LimitExceeded(GatewayError):  # noqa: N818 - named for what happened
    """Too many calls; `retry_after` is in whole seconds, `limit` names the limit for the operator."""

    def __init__(self, sentence: str, *, status: int, retry_after: int, limit: str) -> None:
        super().__init__(sentence, status=status)
        self.retry_after = retry_after
        self.limit = limit
