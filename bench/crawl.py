"""Every page of a catalogue, requested in process: how many of which status, the slowest, the largest, what failed.

Requests go through Flask's test client, so what is measured is the server's own work: rendering and compressing.
"""

from __future__ import annotations

import heapq
import logging
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import orjson
from flask import Flask, got_request_exception
from flask.testing import FlaskClient

from bench.figures import align
from playground.app import create_app
from playground.cli.progress import Progress
from playground.config import Settings
from playground.store import open_store

LARGEST_BYTES = 300_000
_SHOWN = 10
_PER_TASK = 100

Task: TypeAlias = tuple[str, int, int, int]
"""A provider's name, the first of its operations to ask for, how many of them, every how many-th."""


@dataclass(slots=True)
class Crawl:
    """What a crawl met. `slowest` in seconds, `largest` in bytes uncompressed; `failures` are 5xx with their causes."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    largest: list[tuple[int, str]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0
    oversized: int = 0

    def add(self, path: str, status: int, seconds: float, size: int, cause: str) -> None:
        """Count one answer."""
        self.statuses[status] += 1
        self.seconds += seconds
        self.oversized += size > LARGEST_BYTES
        self.slowest.append((seconds, path))
        self.largest.append((size, path))
        if status >= 500:
            self.failures.append((path, cause))
        if len(self.slowest) > 50 * _SHOWN:
            self.trim()

    def merge(self, other: Crawl) -> None:
        """Count what another process counted."""
        self.statuses += other.statuses
        self.slowest += other.slowest
        self.largest += other.largest
        self.failures += other.failures
        self.seconds += other.seconds
        self.oversized += other.oversized
        self.trim()

    def trim(self) -> None:
        """Keep the slowest and the largest only."""
        self.slowest = heapq.nlargest(_SHOWN, self.slowest)
        self.largest = heapq.nlargest(_SHOWN, self.largest)

    def written(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        names = ("slowest", "largest", "failures", "seconds", "oversized")
        return {"statuses": {str(status): count for status, count in self.statuses.items()}} | {
            name: getattr(self, name) for name in names
        }

    @classmethod
    def read(cls, value: dict[str, Any]) -> Crawl:
        """Return what was written."""
        pairs = {name: [tuple(row) for row in value[name]] for name in ("slowest", "largest", "failures")}
        statuses = Counter({int(status): count for status, count in value["statuses"].items()})
        return cls(statuses=statuses, seconds=value["seconds"], oversized=value["oversized"], **pairs)

    @property
    def pages(self) -> int:
        """How many pages were requested."""
        return self.statuses.total()

    @property
    def sound(self) -> bool:
        """Whether every page came, none of them too large."""
        return set(self.statuses) <= {200} and not self.oversized


def crawl(catalog: Path, processes: int, only: str = "", every: int = 1, notes: Path | None = None) -> Crawl:
    """Request the page of every provider, and of every operation, with so many processes.

    `only` is a provider's name: then its pages alone. With `every` 10, every tenth operation page is asked for. `notes`
    is a file that remembers what was asked for, line by line: a crawl that ended early goes on from there.
    """
    with open_store(catalog) as store:
        providers = [provider for provider in store.providers() if only in ("", provider.name)]
    tasks: list[Task] = [
        (provider.name, start, min(_PER_TASK, provider.operations - start), every)
        for provider in sorted(providers, key=lambda one: -one.operations)
        for start in range(0, max(provider.operations, 1), _PER_TASK)
    ]
    total = sum(len(range(0, count, every)) for _, _, count, every in tasks) + len(providers)
    known = _known(notes) if notes is not None else {}
    met = Crawl()
    context = multiprocessing.get_context("spawn")
    with (
        Progress(total, unit="pages") as progress,
        ProcessPoolExecutor(processes, context, initializer=_start, initargs=(catalog,)) as pool,
    ):
        for part in (known[task] for task in tasks if task in known):
            met.merge(part)
            progress.step(done=part.pages)
        for task, part in _results(pool, [task for task in tasks if task not in known], processes * 4):
            met.merge(part)
            progress.step(done=part.pages)
            if notes is not None:
                with notes.open("ab") as file:
                    file.write(orjson.dumps([task, part.written()]) + b"\n")
    return met


def _known(notes: Path) -> dict[Task, Crawl]:
    lines = notes.read_bytes().splitlines(keepends=True) if notes.exists() else []
    if lines and not lines[-1].endswith(b"\n"):
        # The crawl was ended in the middle of a line.
        notes.write_bytes(b"".join(lines[:-1]))
        lines.pop()
    read = [orjson.loads(line) for line in lines]
    return {(name, start, count, every): Crawl.read(part) for (name, start, count, every), part in read}


def _results(pool: ProcessPoolExecutor, tasks: Iterable[Task], most: int) -> Iterator[tuple[Task, Crawl]]:
    waiting = iter(tasks)
    running: dict[Future[Crawl], Task] = {}
    while True:
        while len(running) < most and (task := next(waiting, None)) is not None:
            running[pool.submit(_part, *task)] = task
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        yield from ((running.pop(future), future.result()) for future in done)


_apps: list[Flask] = []
_causes: list[str] = []


def _start(catalog: Path) -> None:
    # Hidden operations and webhooks aside, everything that a visitor's links lead to.
    logging.disable(logging.CRITICAL)
    app = create_app(Settings(catalog=catalog), open_store(catalog))
    got_request_exception.connect(_note_cause, app)
    _apps.append(app)


def _note_cause(_: Flask, exception: BaseException, **__: object) -> None:
    frames = [frame for frame in traceback.extract_tb(exception.__traceback__) if "/playground/" in frame.filename]
    place = f" in {frames[-1].filename.rpartition('/playground/')[2]}, line {frames[-1].lineno}" if frames else ""
    _causes.append(f"{type(exception).__name__}: {str(exception)[:200]}{place}")


def _part(provider: str, start: int, count: int, every: int) -> Crawl:
    app = _apps[0]
    met = Crawl()
    client = app.test_client()
    if start == 0:
        _ask(client, f"/providers/{quote(provider)}", met)
    with open_store(app.extensions["playground"].store.path) as store:
        names = [operation.name for operation in store.operations(provider, limit=count, offset=start)]
    for name in names[::every]:
        _ask(client, f"/providers/{quote(provider)}/{quote(name)}", met)
    met.trim()
    return met


def _ask(client: FlaskClient, path: str, met: Crawl) -> None:
    _causes.clear()
    before = time.perf_counter()
    answer = client.get(path)
    seconds = time.perf_counter() - before
    size = len(answer.get_data())
    met.add(path, answer.status_code, seconds, size, "; ".join(_causes) or "no exception")


def report(met: Crawl) -> str:
    """Return what a crawl met, as lines."""
    lines = [f"{count:>9,} pages answered {status}" for status, count in sorted(met.statuses.items())]
    lines.append(f"{met.oversized:>9,} pages above {LARGEST_BYTES // 1000} kB")
    lines.append(f"{met.seconds / max(met.pages, 1) * 1000:9.1f} ms a page on average")
    slowest = [("slowest", "page"), *((f"{seconds * 1000:.0f} ms", path) for seconds, path in met.slowest)]
    largest = [("largest", "page"), *((f"{size / 1000:.0f} kB", path) for size, path in met.largest)]
    parts = ["\n".join(lines), align(slowest, left=(1,)), align(largest, left=(1,))]
    if met.failures:
        causes = Counter(cause for _, cause in met.failures)
        first = {cause: path for path, cause in reversed(met.failures)}
        rows = [("failed", "cause", "for example")]
        rows += [(str(count), cause, first[cause]) for cause, count in causes.most_common(40)]
        parts.append(align(rows, left=(1, 2)))
    return "\n\n".join(parts)
