"""One HTTP/1.1 connection to a classified address (RFC 9112), and the TLS settings for it.

The name is looked up once, every answer is judged, the socket is opened to a judged address and compared
with the address it reached. Nothing is normalised: method, target and header fields go out unchanged.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import ipaddress
import logging
import queue
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection

from playground.text.wording import say
from playground.transport.deadline import ASK_SECONDS, Deadline
from playground.transport.egress import SUBJECTS, CheckedURL, EgressPolicy, Verdict, judge
from playground.transport.errors import CertificateRefused, Stopped, Unreachable

log = logging.getLogger("playground.transport")

MAX_ADDRESSES = 32
MAX_INTERIM = 20


@cache
def tls_context() -> ssl.SSLContext:
    """Return the one TLS setting there is: TLS 1.2 or newer, certificate and host name verified, no renegotiation.

    Made by hand, since the usual constructors read SSLKEYLOGFILE from the environment.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION  # a server could ask for handshake after handshake, each at our cost
    context.set_alpn_protocols(["http/1.1"])
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return every address of a name, in the resolver's order. Raises `OSError`."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


class _Response(http.client.HTTPResponse):
    """An answer that skips interim answers (RFC 9110, 15.2), up to a limit.

    With `surplus` the server sent more than the answer, and its connection must not carry another one.
    """

    def __init__(self, sock: socket.socket, *rest: Any, **named: Any) -> None:
        super().__init__(sock, *rest, **named)
        self._socket = sock
        self.surplus = False

    def _close_conn(self) -> None:
        if not self.will_close:
            timeout = self._socket.gettimeout()
            with contextlib.suppress(OSError, ValueError, AttributeError):
                self._socket.settimeout(0)  # what is in the buffer, without waiting for more
                self.surplus = bool(self.fp.peek(1))
                self._socket.settimeout(timeout)
        super()._close_conn()  # type: ignore[misc]

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(MAX_INTERIM):
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 <= status < 200 or status == 101:
                return version, status, reason
            http.client.parse_headers(self.fp)
        raise http.client.BadStatusLine("too many interim answers")


class PinnedConnection(HTTPConnection):
    """A connection of urllib3 that judges every address before it opens a socket.

    `timings` are milliseconds per step of the exchange under way, `exchanges` how many there were, that one included;
    `address` is the one that the socket reached.
    """

    def __init__(self, target: CheckedURL, policy: EgressPolicy, deadline: Deadline) -> None:
        super().__init__(target.host, target.port)
        self.response_class = self._read_response  # type: ignore[assignment] # called as a class is
        self._answer: _Response | None = None
        self.target = target
        self.policy = policy
        self.deadline = deadline
        self.timings: list[tuple[str, float]] = []
        self.address = ""
        self.exchanges = 1

    @property
    def tls(self) -> str:
        """The version of TLS that is spoken, such as `TLSv1.3`; empty for none."""
        return (self.sock.version() or "") if isinstance(self.sock, ssl.SSLSocket) else ""

    def begin(self, target: CheckedURL, policy: EgressPolicy, deadline: Deadline) -> None:
        """Take the open connection for one more exchange, under that exchange's own policy and deadline."""
        self.target, self.policy, self.deadline = target, policy, deadline
        self.timings = []
        self.exchanges += 1
        deadline.guard(self.sock)
        self._limit_waits()

    def connect(self) -> None:
        """Look up, judge, connect, compare, and speak TLS for https. Raises `TransportError`."""
        started = time.monotonic()
        addresses = self._judged(self._lookup())
        self._mark("dns", started)
        started = time.monotonic()
        sock = self._open(addresses)
        self._mark("connect", started)
        if self.target.scheme == "https":
            started = time.monotonic()
            sock = self._secure(sock)
            self._mark("tls", started)
        self.deadline.guard(sock)
        self.sock = sock
        self._limit_waits()

    def putheader(self, header: Any, *values: Any) -> None:
        """Write a field of the message, whose values are bytes; texts are fields that urllib3 would add by itself."""
        if all(isinstance(value, bytes) for value in values):
            super().putheader(header, *values)

    @property
    def received(self) -> tuple[tuple[str, str], ...]:
        """The header fields of the answer, in order, repeats included."""
        return () if self._answer is None else tuple(self._answer.headers.items())

    @property
    def is_complete(self) -> bool:
        """Whether the last answer was read to its end, and the connection can carry another exchange."""
        answer = self._answer
        return answer is not None and answer.isclosed() and not answer.will_close and not answer.surplus

    def _read_response(self, *rest: Any, **named: Any) -> _Response:
        self._answer = _Response(*rest, **named)
        return self._answer

    def _limit_waits(self) -> None:
        # urllib3 gives the socket this timeout before each step; the watching thread ends the exchange earlier.
        self.timeout = self.deadline.remaining() + 1.0
        self.sock.settimeout(self.timeout)

    def _mark(self, step: str, started: float) -> None:
        self.timings.append((step, (time.monotonic() - started) * 1000))

    def _unreachable(self, why: str, detail: object = None) -> Unreachable | Stopped:
        """Return the error for a target that is not reached; `why` is in it where the policy explains, else logged."""
        if self.deadline.stopped:
            return Stopped(
                say(
                    "The request was stopped before the %(subject)s was reached.", subject=SUBJECTS[self.policy.subject]
                ),
                step="connect",
            )
        log.warning("unreachable %s: %s%s", self.target.origin, why, "" if detail is None else f" ({detail})")
        sentence = say(
            "The %(subject)s at %(authority)s could not be reached.",
            subject=SUBJECTS[self.policy.subject],
            authority=self.target.authority,
        )
        if self.policy.explain:
            sentence = say(
                "The %(subject)s at %(authority)s could not be reached: %(why)s.",
                subject=SUBJECTS[self.policy.subject],
                authority=self.target.authority,
                why=why,
            )
        return Unreachable(sentence)

    def _forbidden(self, address: str, verdict: Verdict) -> Unreachable | Stopped:
        kind = verdict.value
        if verdict is Verdict.NOT_LOOPBACK:
            why = say(
                "%(host)s leads to %(address)s, which is not this machine", host=self.target.host, address=address
            )
        elif verdict is Verdict.METADATA:
            why = say("%(address)s is %(kind)s, which is never called", address=address, kind=kind)
        elif verdict in (Verdict.OWN, Verdict.MALFORMED):
            why = say("%(address)s is %(kind)s", address=address, kind=kind)
        else:
            network = f"{address}/{128 if ':' in address else 32}:{self.target.port}"
            why = say(
                "%(address)s is %(kind)s; PLAYGROUND_PRIVATE_NETWORKS=%(network)s allows it",
                address=address,
                kind=kind,
                network=network,
            )
        return self._unreachable(why, verdict.name)

    def _lookup(self) -> tuple[str, ...]:
        host, port = self.target.host, self.target.port
        with contextlib.suppress(ValueError):
            return (str(ipaddress.ip_address(host)),)
        # The system's resolver cannot be interrupted, so a thread of its own waits for it.
        answer: queue.SimpleQueue[tuple[str, ...] | OSError] = queue.SimpleQueue()
        threading.Thread(target=_answer, args=(host, port, answer), name="playground-lookup", daemon=True).start()
        until = time.monotonic() + self.policy.connect_timeout
        while True:
            left = min(until - time.monotonic(), self.deadline.remaining())
            if left <= 0:
                raise self._unreachable(say("looking up its name took too long"))
            with contextlib.suppress(queue.Empty):
                addresses = answer.get(timeout=min(left, ASK_SECONDS))
                break
        if isinstance(addresses, OSError):
            raise self._unreachable(say("its name has no address"), addresses)
        return addresses

    def _judged(self, addresses: Sequence[str]) -> Sequence[str]:
        if not addresses or len(addresses) > MAX_ADDRESSES:
            why = say("its name has too many addresses") if addresses else say("its name has no address")
            raise self._unreachable(why, len(addresses))
        verdicts = {address: judge(self.target, address, self.policy) for address in addresses}
        allowed = [address for address, verdict in verdicts.items() if verdict.allowed]
        if allowed and self.target.host == "localhost":
            return allowed  # a name of this machine: opening 127.0.0.1 is meant to be enough, without ::1
        for address, verdict in verdicts.items():
            if not verdict.allowed:
                # One bad answer refuses them all: a mixed answer is an attack, not a choice.
                raise self._forbidden(address, verdict)
        return addresses

    def _open(self, addresses: Sequence[str]) -> socket.socket:
        until = time.monotonic() + min(self.policy.connect_timeout, self.deadline.remaining())
        failure: OSError = TimeoutError("no time left")
        for position, address in enumerate(addresses):
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                sock = _dial(address, self.target.port, left / (len(addresses) - position), self.deadline)
            except OSError as error:
                failure = error
                continue
            try:
                reached, local = sock.getpeername(), sock.getsockname()
            except OSError as error:  # shut down meanwhile, by our deadline or by the other side
                sock.close()
                failure = error
                continue
            if not _same(reached[0], address) or reached[1] != self.target.port:
                sock.close()
                raise self._unreachable(say("another address answered"), f"{reached[0]} instead of {address}")
            if _same(local[0], address) and self.target.port in {port for _, port in self.policy.own}:
                sock.close()
                raise self._forbidden(address, Verdict.OWN)
            self.address = address
            return sock
        raise self._unreachable(_why(failure), failure)

    def _secure(self, sock: socket.socket) -> socket.socket:
        sock.settimeout(max(0.05, min(self.policy.connect_timeout, self.deadline.remaining())))
        try:
            secured = tls_context().wrap_socket(sock, server_hostname=self.target.host, do_handshake_on_connect=False)
            self.deadline.guard(secured)  # the plain socket object is empty from here on
            sock = secured
            secured.do_handshake()
            return secured
        except ssl.SSLError as error:
            sock.close()
            log.warning("no TLS with %s: %s", self.target.origin, error)
            sentence = say(
                "The %(subject)s at %(authority)s could not be trusted: its TLS certificate or protocol was not "
                "accepted.",
                subject=SUBJECTS[self.policy.subject],
                authority=self.target.authority,
            )
            if self.policy.explain:
                reason = getattr(error, "verify_message", "") or error.reason or ""
                sentence = say(
                    "%(sentence)s OpenSSL says: %(reason)s.", sentence=sentence, reason=str(reason).rstrip(".")
                )
            raise CertificateRefused(sentence) from None
        except (OSError, ValueError) as error:
            sock.close()
            raise self._unreachable(say("the TLS handshake broke off"), error) from None


def _answer(host: str, port: int, answer: queue.SimpleQueue[tuple[str, ...] | OSError]) -> None:
    try:
        answer.put(resolve(host, port))
    except OSError as error:
        answer.put(error)
    except (UnicodeError, ValueError):  # labels the resolver's own encoding refuses
        answer.put(OSError("not a name the resolver accepts"))


def _dial(address: str, port: int, timeout: float, deadline: Deadline) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        deadline.guard(sock)  # a connection that is not made yet can be stopped too
        sock.settimeout(timeout)
        sock.connect((address, port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _why(error: OSError) -> str:
    """Return why no connection was made, for people."""
    if isinstance(error, ConnectionRefusedError):
        return say("nothing listens there")
    if isinstance(error, TimeoutError):
        return say("nothing answered in time")
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return say("there is no route to it")
    return say("the connection failed")


def _same(address: str, other: str) -> bool:
    try:
        return ipaddress.ip_address(address) == ipaddress.ip_address(other)
    except ValueError:
        return False
