"""The gateway under load: overhead on a small answer, hundreds of sends that wait, and memory with very large contents.

Everything is on loopback: the API in a process of its own (`bench.upstream`), the site as the Procfile starts it, on
gunicorn with two workers, or as `playground serve` does.
"""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import json
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.figures import Figure, Sample, table
from bench.gateway_site import BOUNDARY, Memory, Pages, form, processor, send, site
from bench.upstream import SLOW_SECONDS, description, upstream
from playground.config import OpenedNetwork, Settings
from playground.gateway.call import Embedded, call
from playground.gateway.context import CallContext
from playground.openapi.compile import compile_document
from playground.request.built import BuiltRequest
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials
from playground.store import open_store

SENDS = 500
RUNS = 300
MEMORY_BOUND = 400_000_000
GROWTH_BOUND = 64_000_000
SERVERS = ("gthread", "waitress")
FINE = b"200 OK</span>"


@dataclass(frozen=True, kw_only=True)
class Held:
    """What happened while `SENDS` calls waited for a slow API: seconds, page times, peak memory in bytes.

    `failures` counts the sends that were not answered as they should, by what was said instead.
    """

    server: str
    seconds: float
    failures: Counter[str]
    idle: Sample
    meanwhile: Sample
    memory: int
    cpu: float

    @property
    def kept(self) -> bool:
        """Whether every bound is kept; the one on pages is for two workers, which one process cannot be."""
        pages = self.server == "waitress" or self.meanwhile.median <= 3 * self.idle.median
        return not self.failures and self.seconds < 8 and pages and self.memory < MEMORY_BOUND

    def __str__(self) -> str:
        ratio = self.meanwhile.median / self.idle.median
        told = "".join(f" [{count} times: {what}]" for what, count in self.failures.items())
        return (
            f"{self.server}: {SENDS} sends to an API that takes {SLOW_SECONDS:g} s: {self.seconds:.2f} s (bound 8), "
            f"{self.failures.total()} failed{told} (bound 0), {len(self.meanwhile.seconds)} pages meanwhile at "
            f"{self.meanwhile.median * 1000:.1f} ms, {ratio:.2f} times idle (bound 3; p95 "
            f"{self.meanwhile.p95 * 1000:.0f} ms), memory {self.memory / 1e6:.0f} MB (bound 400), "
            f"{self.cpu * 1000 / SENDS:.1f} ms of processor a send"
        )


def held_load(folder: Path, server: str) -> Held:
    """Send `SENDS` times at once to an API that answers after two seconds, and ask for pages meanwhile."""
    with upstream() as api, site(folder, api, server) as (port, process):
        pages = Pages(port)
        for _ in range(20):
            pages.ask()
        idle = Sample(name="idle", seconds=tuple(pages.ask() for _ in range(200)))
        before = processor(process)
        with Memory(process) as memory:
            meanwhile: list[float] = []
            over = threading.Event()

            def watch() -> None:
                while not over.is_set():
                    meanwhile.append(pages.ask())
                    time.sleep(0.01)

            watching = threading.Thread(target=watch)
            watching.start()
            started = time.perf_counter()
            failures = asyncio.run(_send_all(port))
            seconds = time.perf_counter() - started
            over.set()
            watching.join()
        return Held(
            server=server,
            seconds=seconds,
            failures=failures,
            idle=idle,
            meanwhile=Sample(name="meanwhile", seconds=tuple(meanwhile)),
            memory=memory.peak,
            cpu=processor(process) - before,
        )


async def _send_all(port: int) -> Counter[str]:
    answers = await asyncio.gather(*(send(port, number) for number in range(SENDS)))
    return Counter(_said(answer) for answer in answers if FINE not in answer or b"&#34;ok&#34;" not in answer)


def _said(answer: bytes) -> str:
    """Return what a failed send was answered with: its sentence, else its status line."""
    message = re.search(rb'role="alert"[^>]*>(.*?)</', answer, re.DOTALL)
    text = re.sub(rb"<[^>]*>", b"", message[1]).strip() if message else answer.partition(b"\r\n")[0]
    return text.decode("utf-8", "replace") or "nothing"


def report(runs: int) -> tuple[str, bool]:
    """Measure everything; return the lines to print, and whether every bound is kept."""
    lines, kept = [], True
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        figures = overhead(folder, runs)
        lines.append(table(figures))
        kept = all(figure.kept for figure in figures)
        for server in SERVERS:
            held = held_load(folder, server)
            lines.append(str(held))
            kept = kept and held.kept
        for name, grown in growth(folder):
            lines.append(f"{name}: a worker grows by {grown / 1e6:.1f} MB (bound 64)")
            kept = kept and grown < GROWTH_BOUND
    return "\n".join(lines), kept


def overhead(folder: Path, runs: int) -> list[Figure]:
    """Compare a call through the embedded gateway with a bare `requests` call to the API itself, both in this process.

    Send calls the embedded gateway in process: this is what it costs. Connections are warm on both sides.
    """
    with upstream() as api, open_store(folder / "overhead.sqlite") as store:
        document = description(f"http://127.0.0.1:{api}")
        store.replace(compile_document(json.loads(document), name="bench").catalog, document)
        opened = (OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0),)
        context = CallContext(settings=Settings(private_networks=opened))
        session = requests.Session()
        session.trust_env = False
        bare = f"http://127.0.0.1:{api}/small"

        def through() -> int:
            request = BuiltRequest(entry=store.entry("bench", "small"), model=RequestModel())
            with call(request, Credentials(), Embedded(), context) as answer:
                return 0 if answer.response is None else answer.response.status

        pairs = [(_timed(lambda: session.get(bare).status_code), _timed(through)) for _ in range(runs + 20)][20:]
        references, measured = zip(*pairs, strict=True)
        return [
            Figure(
                measured=Sample(name="small answer through the gateway", seconds=measured),
                reference=Sample(name="bare requests, warm", seconds=references),
                bound=3,
            )
        ]


def _timed(call: Callable[[], int]) -> float:
    before = time.perf_counter()
    status = call()
    seconds = time.perf_counter() - before
    if status != 200:
        raise RuntimeError(f"answered with {status}")
    return seconds


def growth(folder: Path) -> list[tuple[str, int]]:
    """Return by how many bytes a worker grows with each very large content."""
    big = {"PLAYGROUND_MAX_REQUEST_BYTES": "1100000000", "PLAYGROUND_MAX_RESPONSE_BYTES": "1000000000"}
    tasks = {
        "1 GB uploaded": (big, lambda port: _post_form(port, "upload", upload=1_000_000_000)),
        "1 GB downloaded": (big, _download),
        "50 MB of JSON shown": ({}, lambda port: _post_form(port, "json", "send", {"query.bytes": "50000000"})),
        "50 MB of JSON through the gateway": ({}, lambda port: _call(port, "json", {"bytes": 50_000_000})),
        "endless stream": ({}, lambda port: _post_form(port, "endless")),
    }
    grown = []
    for name, (settings, task) in tasks.items():
        with (
            upstream() as api,
            site(folder, api, "gthread", WEB_CONCURRENCY="1", PLAYGROUND_SEND_TIMEOUT="120", **settings) as (port, pid),
        ):
            _post_form(port, "small")  # everything is imported and every cache is warm
            with Memory(pid) as memory:
                task(port)
            grown.append((name, memory.peak - memory.first))
    return grown


def _download(port: int) -> None:
    count = 1_000_000_000
    received = _post_form(port, "bytes", "download", {"query.bytes": str(count)})
    if received != count:
        raise RuntimeError(f"{received:,} bytes came of {count:,}")


def _post_form(
    port: int, operation: str, action: str = "send", fields: dict[str, str] | None = None, upload: int = 0
) -> int:
    """Send a form of the page, a file of so many bytes with it; return how many bytes came back."""
    gateway = {"gateway_url": f"http://127.0.0.1:{port}/gateway"}
    start = form({**gateway, **(fields or {})})
    if upload:
        start = (
            start.removesuffix(f"--{BOUNDARY}--\r\n".encode())
            + (
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="body"; filename="big.bin"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n"
            ).encode()
        )
    end = f"\r\n--{BOUNDARY}--\r\n".encode() if upload else b""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    connection.putrequest("POST", f"/providers/bench/{operation}/{action}")
    for name, value in {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(start) + upload + len(end)),
        "Sec-Fetch-Site": "same-origin",
        "HX-Request": "true",
    }.items():
        connection.putheader(name, value)
    connection.endheaders(start)
    block = bytes(1 << 20)
    left = upload
    while left:
        connection.send(block[: min(left, len(block))])
        left -= min(left, len(block))
    connection.send(end) if end else None
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{operation} was answered with {answer.status}: {answer.read(300)!r}")
    received, first = 0, b""
    while piece := answer.read(1 << 20):
        received += len(piece)
        first = first or piece
    if upload and str(upload).encode() not in first:
        raise RuntimeError(f"the upload did not arrive: {first[:2000]!r}")
    connection.close()
    return received


def _call(port: int, operation: str, arguments: dict[str, object]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    headers = {"Content-Type": "application/json", "Accept": "application/vnd.playground+json"}
    connection.request("POST", f"/gateway/tools/bench/{operation}", json.dumps(arguments), headers)
    answer = connection.getresponse()
    received = 0
    while piece := answer.read(1 << 20):
        received += len(piece)
    connection.close()
    return received
