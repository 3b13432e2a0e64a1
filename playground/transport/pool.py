"""Connections kept open between requests to one origin, with no state but the socket (RFC 9112, 9.3).

A connection holds no cookie and no credential: those are in each message. So visitors share connections, and
nothing else. The address behind one is judged again by the policy of the exchange that takes it.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

from playground.transport.connection import PinnedConnection, tls_context
from playground.transport.deadline import watch
from playground.transport.egress import CheckedURL, EgressPolicy, judge

IDLE_SECONDS = 4.0
"""Shorter than what usual servers keep a silent connection for, so that it is not closed under our next request."""
MOST_PER_ORIGIN = 8
MOST = 256

# The other side may close a silent connection just as a request leaves. Such a request is sent again only if it is
# safe (RFC 9110, 9.2.1); any other takes a connection that has been used again before, which shows that it is kept.
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "QUERY"))

_Key: TypeAlias = tuple[object, ...]


@dataclass(slots=True)
class _Idle:
    """One silent connection; the watching thread closes it when its time is over."""

    connection: PinnedConnection
    key: _Key
    until: float
    pool: Pool

    def check(self) -> float | None:
        if self.pool.remove(self):
            self.connection.close()
        return None


class Pool:
    """Silent connections by origin, the latest first."""

    def __init__(self) -> None:
        self._idle: OrderedDict[int, _Idle] = OrderedDict()
        self._lock = threading.Lock()
        self._process = os.getpid()

    def take(self, target: CheckedURL, policy: EgressPolicy, method: str) -> PinnedConnection | None:
        """Return an open connection to the origin that the policy allows, or `None`."""
        key = _key(target, policy)
        while (idle := self._pop(key, proven=method not in SAFE_METHODS)) is not None:
            connection = idle.connection
            if judge(target, connection.address, policy).allowed and _is_silent(connection):
                return connection
            connection.close()
        return None

    def give(self, connection: PinnedConnection, policy: EgressPolicy) -> None:
        """Keep a connection whose exchange is complete, or close it if there are enough."""
        key = _key(connection.target, policy)
        now = time.monotonic()
        idle = _Idle(connection, key, now + IDLE_SECONDS, self)
        with self._lock:
            self._forget_after_fork()
            same = sum(other.key == key for other in self._idle.values())
            is_room = same < MOST_PER_ORIGIN and len(self._idle) < MOST
            if is_room:
                self._idle[id(idle)] = idle
        if is_room:
            watch(idle, idle.until)
        else:
            connection.close()

    def remove(self, idle: _Idle) -> bool:
        """Take one out; `False` if it is gone already."""
        with self._lock:
            return self._idle.pop(id(idle), None) is not None

    def clear(self) -> None:
        """Close every silent connection."""
        with self._lock:
            idle, self._idle = list(self._idle.values()), OrderedDict()
        for connection in [silent.connection for silent in idle]:
            connection.close()

    def __len__(self) -> int:
        return len(self._idle)

    def _pop(self, key: _Key, *, proven: bool) -> _Idle | None:
        with self._lock:
            self._forget_after_fork()
            for idle in reversed(self._idle.values()):
                if idle.key == key and (not proven or idle.connection.exchanges > 1):
                    return self._idle.pop(id(idle))
        return None

    def _forget_after_fork(self) -> None:
        # A socket that two processes share mixes their answers. The parent's is left alone, not closed: it is in use.
        if self._process != os.getpid():
            self._idle, self._process = OrderedDict(), os.getpid()


POOL = Pool()


def _key(target: CheckedURL, policy: EgressPolicy) -> _Key:
    tls = id(tls_context()) if target.scheme == "https" else None
    return (target.scheme, target.host, target.port, policy.subject, policy.own, tls)


def _is_silent(connection: PinnedConnection) -> bool:
    """Return whether the connection is open and nothing waits in it: neither its end nor unexpected bytes."""
    sock = connection.sock
    if sock is None:
        return False
    try:
        poll = select.poll()
        poll.register(sock.fileno(), select.POLLIN)
        return not poll.poll(0)
    except (OSError, ValueError):
        return False
