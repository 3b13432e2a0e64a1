"""Minutes of mixed load on two workers, beside thousands of silent connections: errors, waits and memory.

The top rate is found first, by as many visitors as the machine serves; then requests come at 70 % of it, on a schedule
that does not wait for slow answers, and each is timed from the moment it was due.
"""

from __future__ import annotations

import http.client
import itertools
import random
import resource
import socket
import statistics
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.client import ACCEPTED
from bench.figures import Measure, Sample, align, measures_table
from bench.gateway_site import Memory, site
from bench.upstream import upstream

SHARE = 0.7
"""Of the top rate."""
SILENT = 10_000
_VISITORS = 24
_TOP_SECONDS = 10.0
_WARM_SECONDS = 10.0
_TIMEOUT = 30.0
_GROWTH_BOUND = 1.1
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
_OPERATION = "/providers/tour/shelfbooks"


@dataclass(frozen=True, slots=True)
class Request:
    """One kind of request: how often it comes among hundred, and what is asked, made anew each time."""

    name: str
    weight: int
    make: Callable[[random.Random, int], tuple[str, str, dict[str, str], bytes]]


def _get(
    path: Callable[[random.Random], str],
) -> Callable[[random.Random, int], tuple[str, str, dict[str, str], bytes]]:
    return lambda draw, _: ("GET", path(draw), {"Accept-Encoding": ACCEPTED}, b"")


def _post(path: str, **fields: str) -> Callable[[random.Random, int], tuple[str, str, dict[str, str], bytes]]:
    def make(draw: random.Random, port: int) -> tuple[str, str, dict[str, str], bytes]:
        drawn = {name: value.format(number=draw.randrange(10**6), port=port) for name, value in fields.items()}
        return "POST", path, _FORM, urlencode(drawn).encode()

    return make


_WORDS = ("book", "session", "list", "create", "price", "a", "get the", "zzz")
REQUESTS = (
    Request("page, kept", 40, _get(lambda _: _OPERATION)),
    Request("page, drawn", 5, _get(lambda draw: f"{_OPERATION}?query.page={draw.randrange(10**6)}")),
    Request(
        "search", 10, _get(lambda draw: "/search?" + urlencode({"q": f"{draw.choice(_WORDS)} {draw.randrange(1000)}"}))
    ),
    Request("snippet", 20, _post(f"{_OPERATION}/snippet", **{"query.page": "{number}"})),
    Request("sandbox", 10, _get(lambda draw: f"/sandbox/tour/ping?seed={draw.randrange(100)}")),
    Request("send", 15, _post("/providers/bench/small/send", gateway_url="http://127.0.0.1:{port}/gateway")),
)


@dataclass
class Outcome:
    """What came of the requests: seconds by kind, and what went wrong, counted."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def count(self) -> int:
        """How many requests were answered."""
        return sum(map(len, self.seconds.values()))

    def note(self, kind: str, seconds: float, failure: str) -> None:
        """Note one request."""
        with self.lock:
            self.seconds[kind].append(seconds)
            if failure:
                self.failures[f"{kind}: {failure}"] += 1


class _Visitor:
    """One keep-alive connection; a new one when the server has ended it."""

    def __init__(self, port: int, seed: int) -> None:
        self._port = port
        self._draw = random.Random(seed)
        self._address = f"198.51.{seed // 250}.{seed % 250}"
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, outcome: Outcome, due: float) -> None:
        """Make one request, timed since it was due."""
        (kind,) = self._draw.choices(REQUESTS, [kind.weight for kind in REQUESTS])
        method, path, headers, body = kind.make(self._draw, self._port)
        failure = ""
        for is_last in (False, True):
            try:
                failure = self._once(method, path, headers, body)
                break
            except (OSError, http.client.HTTPException) as error:
                self._connection = None
                # A connection that was idle may be ended by the server at any time; a browser asks again on a new one.
                failure = type(error).__name__ if is_last else ""
        outcome.note(kind.name, time.perf_counter() - due, failure)

    def _once(self, method: str, path: str, headers: dict[str, str], body: bytes) -> str:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT)
        self._connection.request(method, path, body or None, {"X-Forwarded-For": self._address, **headers})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            return f"status {answer.status}"
        return "no answer of the API" if path.endswith("/send") and b"200 OK</span>" not in content else ""


def _load(port: int, seconds: float, rate: float | None) -> Outcome:
    """Ask for so many seconds, `rate` times a second or as often as it goes."""
    outcome = Outcome()
    began = time.perf_counter()
    turns = itertools.count()

    def visit(seed: int) -> None:
        visitor = _Visitor(port, seed)
        while True:
            due = time.perf_counter() if rate is None else began + next(turns) / rate
            if due - began >= seconds:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            visitor.ask(outcome, due)

    threads = [threading.Thread(target=visit, args=(seed,)) for seed in range(_VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


class Silent:
    """Connections on which nothing is said; those that the server ends are opened again."""

    def __init__(self, port: int, count: int) -> None:
        self._port = port
        self._count = count
        self._open: list[socket.socket] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hold)
        self.most = self.opened = 0

    def __enter__(self) -> Silent:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for connection in self._open:
            connection.close()

    def _hold(self) -> None:
        while not self._over.is_set():
            self._open = [connection for connection in self._open if not _ended(connection)]
            with suppress(OSError):
                while len(self._open) < self._count and not self._over.is_set():
                    self._open.append(socket.create_connection(("127.0.0.1", self._port), timeout=5))
                    self.opened += 1
            self.most = max(self.most, len(self._open))
            self._over.wait(0.5)


def _ended(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        ended = connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        ended = True
    if ended:
        connection.close()
    return ended


@contextmanager
def _watched(process: int) -> Iterator[list[int]]:
    """Give a list that grows by the memory of a process and its children, each second."""
    memory, over, seen = Memory(process), threading.Event(), list[int]()

    def watch() -> None:
        while not over.wait(1):
            seen.append(memory.now())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def report(minutes: float, silent: int) -> tuple[str, bool]:
    """Measure; return the lines to print, and whether every bound is kept."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    limits = {"PLAYGROUND_RATE_LIMIT": "1000000/minute", "PLAYGROUND_RATE_LIMITS": "host:1000000/minute"}
    with (
        tempfile.TemporaryDirectory() as scratch,
        upstream() as api,
        site(Path(scratch), api, "gthread", WEB_CONCURRENCY="2", **limits) as (port, process),
        # There while the top rate is found as well: opening them again and again is work.
        Silent(port, silent) as connections,
    ):
        _load(port, _WARM_SECONDS, None)
        top = _load(port, _TOP_SECONDS, None)
        rate = SHARE * top.count / _TOP_SECONDS
        with _watched(process) as memory:
            outcome = _load(port, minutes * 60, rate)
    quarter = max(1, len(memory) // 4)
    early, late = statistics.fmean(memory[quarter : 2 * quarter]), statistics.fmean(memory[-quarter:])
    measures = [
        Measure(name="failed requests", value=outcome.failures.total(), bound=0, unit=""),
        Measure(name="memory at the end, to the second quarter", value=late / early, bound=_GROWTH_BOUND, unit=" x"),
    ]
    rows = [("request", "count", "median ms", "p95 ms", "p99 ms")]
    for kind in REQUESTS:
        sample = Sample(name=kind.name, seconds=tuple(outcome.seconds[kind.name]))
        times = (sample.median, sample.p95, sample.p99)
        rows.append((kind.name, f"{len(sample.seconds):,}", *(f"{seconds * 1000:.1f}" for seconds in times)))
    lines = [
        f"{minutes:g} minutes at {rate:.0f} requests a second, {SHARE:.0%} of the top rate of {rate / SHARE:.0f}; "
        f"{connections.most:,} silent connections at most, {connections.opened:,} opened; {late / 1e6:.0f} MB",
        align(rows, left=(0,)),
        *(f"{what}, {count} times" for what, count in outcome.failures.most_common(10)),
        measures_table(measures),
    ]
    return "\n".join(lines), all(measure.kept for measure in measures)
