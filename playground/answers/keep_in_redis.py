"""Answers kept in Redis, which several replicas share: whichever of them a page is asked of has its answer."""

from __future__ import annotations

import contextlib
import time
from typing import Any, Final

from playground.answers.keep import (
    Bounds,
    Kept,
    RecentlyRead,
    digest_of,
    head_of,
    new_token,
    owner_in,
    owner_of,
    unpacked,
)
from playground.config import SettingsError

PREFIX: Final = "playground:answer"
_SECONDS = 3.0
"""How long Redis may take; an answer of 64 MB is large for it."""
# KEYS: the answer, what its visitor has. ARGV: content, seconds, now, name, bytes, most answers, most bytes, prefix.
# Those of the visitor that have gone by themselves are forgotten; then the oldest go until the new one has room.
_PUT: Final = """
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3] - ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[4] .. ' ' .. ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[2])
local own, count = 0, 0
for _, member in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, -1)) do
  local name, size = string.match(member, '^(%S+) (%d+)$')
  own, count = own + tonumber(size), count + 1
  if count > tonumber(ARGV[6]) or own > tonumber(ARGV[7]) then
    redis.call('ZREM', KEYS[2], member)
    redis.call('DEL', ARGV[8] .. name)
  end
end
return 1
"""


class RedisKeep:
    """Answers in Redis, each for as long as `bounds` say. How much all may take is Redis's own bound (`maxmemory`)."""

    def __init__(self, url: str, bounds: Bounds | None = None) -> None:
        """Prepare the connection; it is made when it is needed. Raises `SettingsError` if something is missing."""
        try:
            import redis
        except ImportError:
            message = "PLAYGROUND_ANSWERS in Redis needs one more package: install tryit-playground[redis]."
            raise SettingsError(message) from None
        self._redis: Any = redis.Redis.from_url(
            url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, retry=None, health_check_interval=15
        )
        self._errors: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        self._bounds = bounds or Bounds()
        self._recent = RecentlyRead(self._bounds.visitor)

    def put(self, visitor: str, kept: Kept) -> str | None:
        """Keep an answer and return its token; `None` where it is too large, or Redis is away or full."""
        data = kept.body.data
        if len(data) > self._bounds.answer:
            return None
        owner = owner_of(visitor)
        token = new_token(owner)
        name = digest_of(token)
        stored = head_of(kept) + data
        bounds = self._bounds
        try:
            self._redis.eval(
                _PUT, 2, f"{PREFIX}:{name}", f"{PREFIX}s-of:{owner}", stored, max(1, int(bounds.seconds)), time.time(),
                name, len(stored), bounds.visitor_answers, bounds.visitor, f"{PREFIX}:",
            )  # fmt: skip
        except self._errors:
            return None
        self._recent.put(name, kept)
        return token

    def get(self, token: str) -> Kept | None:
        """Return a kept answer; the last ones read stay in memory with what was read of them."""
        if owner_in(token) is None:
            return None
        name = digest_of(token)
        with contextlib.suppress(*self._errors, ValueError):
            if (kept := self._recent.get(name)) is not None and self._redis.exists(f"{PREFIX}:{name}"):
                return kept
            stored = self._redis.get(f"{PREFIX}:{name}")
            if stored is not None:
                kept = unpacked(stored)
                self._recent.put(name, kept)
                return kept
        self._recent.drop(name)
        return None

    def problem(self) -> str:
        """Return a sentence where Redis does not answer."""
        try:
            self._redis.ping()
        except self._errors:
            return "the Redis for answers does not answer, so none is kept"
        return ""

    def close(self) -> None:
        """Close the connections to Redis."""
        self._redis.close()
        self._redis.connection_pool.disconnect()
