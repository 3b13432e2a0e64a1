"""What visitors put into the sandbox, in Redis, so that several replicas share it; each keeps a file as its copy.

A visitor is one hash: the version of its state, the number of the next change, and a field for each thing. A replica
copies a visitor whose version is another one than its own, and sends only what a request changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playground.store.errors import StoreError
from playground.store.sandbox_session import Session
from playground.store.sandbox_state import LIFETIME, MOST_VISITORS, SandboxState

PREFIX = "playground:sandbox"
_SECONDS = 2.0
_LOCK_SECONDS = 10.0
_CHANGE = """
local key, index = KEYS[1], KEYS[2]
if (redis.call('HGET', key, 'v') or '') ~= ARGV[1] then return 0 end
if ARGV[6] ~= '' then
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if string.sub(field, 1, string.len(ARGV[6])) == ARGV[6] then redis.call('HDEL', key, field) end
  end
end
for place = 9, #ARGV, 2 do redis.call('HSET', key, ARGV[place], ARGV[place + 1]) end
redis.call('HSET', key, 'v', ARGV[2], 'next', ARGV[3])
redis.call('EXPIRE', key, ARGV[4])
redis.call('ZADD', index, ARGV[5], key)
redis.call('ZREMRANGEBYSCORE', index, '-inf', ARGV[5] - ARGV[4])
local over = redis.call('ZCARD', index) - ARGV[7]
if over > 0 then
  for _, gone in ipairs(redis.call('ZRANGE', index, 0, over - 1)) do
    redis.call('DEL', gone)
    redis.call('ZREM', index, gone)
  end
end
return 1
"""
"""Carry out a change unless another one came first: version before and after, next, lifetime, time, what is cleared,
how many visitors there may be; then fields and values."""
_ROW = "provider, collection, key, kind, media_type, version, position, changed, created, updated, gone"
_COPY = "CREATE TABLE IF NOT EXISTS copy (number INTEGER PRIMARY KEY, version TEXT NOT NULL)"


class SharedState(SandboxState):
    """A visitor's things are those in Redis; the file holds copies of them. Raises `StoreError` as the file does."""

    def __init__(self, path: Path, url: str, *, clock: Callable[[], float] = time.time) -> None:
        """Open the copy, and prepare the connection to Redis, which is made when it is needed. Raises `StoreError`."""
        try:
            import redis
        except ImportError:
            raise StoreError("PLAYGROUND_REDIS_URL needs one more package: install tryit-playground[redis].") from None
        self._redis: Any = redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)
        self._errors: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        super().__init__(path, clock=clock)
        with self._sentences(), self._connection() as connection:
            connection.execute(_COPY)

    def close(self) -> None:
        """Close the file's connections, and those to Redis."""
        super().close()
        self._redis.close()
        self._redis.connection_pool.disconnect()

    @contextlib.contextmanager
    def reading(self, visitor: str, provider: str) -> Iterator[Session]:
        """Give what a visitor keeps of one API, to be read."""
        self._bring(visitor)
        with super().reading(visitor, provider) as session:
            yield session

    @contextlib.contextmanager
    def writing(self, visitor: str, provider: str) -> Iterator[Session]:
        """Give the same to be changed: in Redis when the block ends, nowhere if it raises."""
        # Of one visitor only one replica changes things at a time; others wait here, before the file is held.
        with self._asked():
            lock = self._redis.lock(f"{self._key(visitor)}:lock", timeout=_LOCK_SECONDS, blocking_timeout=_LOCK_SECONDS)
            if not lock.acquire():
                raise StoreError("The sandbox is busy with your earlier requests: try again.")
        try:
            before = self._bring(visitor)
            with super().writing(visitor, provider) as session:
                first = session.next_change
                yield session
                if session.next_change != first:
                    self._send(session, visitor, provider, before, first)
        finally:
            with contextlib.suppress(*self._errors):
                lock.release()

    def save_dataset(self, provider: str, name: str, content: bytes) -> None:
        """Keep a named data set of one API, for every visitor to load."""
        with self._asked():
            self._redis.hset(f"{PREFIX}-data:{provider}", name, content)

    def dataset(self, provider: str, name: str) -> bytes | None:
        """Return a named data set of one API, or `None`."""
        with self._asked():
            content: bytes | None = self._redis.hget(f"{PREFIX}-data:{provider}", name)
            return content

    def datasets(self, provider: str) -> tuple[str, ...]:
        """Return the names of the data sets of one API."""
        with self._asked():
            return tuple(sorted(name.decode() for name in self._redis.hkeys(f"{PREFIX}-data:{provider}")))

    def _key(self, visitor: str) -> str:
        digest = hashlib.blake2b(visitor.encode("utf-8", "replace"), digest_size=16).hexdigest()
        return f"{PREFIX}:{digest}"

    def _bring(self, visitor: str) -> str:
        """Make the copy of a visitor's things that of Redis; return its version, empty where there is nothing."""
        with self._asked():
            version = (self._redis.hget(self._key(visitor), "v") or b"").decode()
        if self._version(visitor) == version:
            return version
        with self._asked():
            fields: dict[bytes, bytes] = self._redis.hgetall(self._key(visitor))
        with self._sentences(), self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._copy(connection, visitor, fields)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        return fields.get(b"v", b"").decode()

    def _version(self, visitor: str) -> str:
        with self._sentences(), self._connection() as connection:
            number = self._number(connection, visitor)
            row = connection.execute("SELECT version FROM copy WHERE number = ?", (number,)).fetchone()
            return str(row[0]) if row is not None else ""

    def _copy(self, connection: sqlite3.Connection, visitor: str, fields: dict[bytes, bytes]) -> None:
        if number := self._number(connection, visitor):
            # What comes next has a number of its own, so nothing that was told of the old one is taken for it.
            connection.execute("DELETE FROM record WHERE visitor = ?", (number,))
            connection.execute("DELETE FROM visitor WHERE number = ?", (number,))
            connection.execute("DELETE FROM copy WHERE number = ?", (number,))
        if not fields:
            return
        number = self._number(connection, visitor, now=self._clock())
        size = count = 0
        for name, value in fields.items():
            if name.startswith(b"r"):
                head, _, content = value.partition(b"\n")
                row = json.loads(head)
                connection.execute(
                    f"INSERT INTO record (visitor, content, {_ROW}) VALUES ({', '.join('?' * 13)})",  # noqa: S608
                    (number, content, *row),
                )
                size, count = size + len(content), count + 1
        connection.execute(
            "UPDATE visitor SET records = ?, bytes = ?, next = ? WHERE number = ?",
            (count, size, int(fields.get(b"next", b"1")), number),
        )
        connection.execute("INSERT INTO copy VALUES (?, ?)", (number, fields.get(b"v", b"").decode()))

    def _send(self, session: Session, visitor: str, provider: str, before: str, first: int) -> None:
        """Send what a session changed. Raises `StoreError` where that cannot be, and then nothing is changed here."""
        session.count()
        after = uuid.uuid4().hex
        arguments: list[Any] = [before, after, session.next_change, LIFETIME, self._clock()]
        arguments += [_field(provider) if session.cleared else "", MOST_VISITORS, ""]
        for row, content in session.changed_rows(_ROW, first):
            head = json.dumps(row).encode()
            arguments += [_field(*row[:3]), head + b"\n" + content]
        with self._asked():
            done = self._redis.eval(_CHANGE, 2, self._key(visitor), f"{PREFIX}-visitors", *arguments)
        if not done:
            raise StoreError("The sandbox was changed meanwhile: try again.")
        session.mark_copied(after)

    @contextlib.contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise StoreError(
                f"Redis does not answer, so the sandbox keeps nothing ({type(error).__name__})."
            ) from error


def open_state(path: Path, redis_url: str | None) -> SandboxState:
    """Open what visitors keep: in Redis where it is named, else in the file alone. Raises `StoreError`."""
    return SandboxState(path) if redis_url is None else SharedState(path, redis_url)


def _field(provider: str, collection: str = "", key: str = "") -> str:
    """Return the name of a thing's field; without collection and key, the beginning that all of an API have."""
    start = f"r{json.dumps(provider)}\0"
    return start + json.dumps([collection, key]) if collection else start
