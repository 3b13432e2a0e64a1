"""How long the sandbox takes for an answer, beside an empty view; and beside Prism, both one process on loopback.

Times of ours are the processor's (`bench.serving`), so that what else the machine does changes little. Most requests
name another thing each time, so that what was answered lately does not help them.
"""

from __future__ import annotations

import http.client
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from bench.descriptions import REAL, import_file
from bench.figures import Figure, Sample, table
from bench.serving import EMPTY, ROOT, WORKED, site

RUNS = 300
WARM = 20
STATELESS, STATEFUL, VISITORS = 4.0, 8.0, 1.2
MANY = 1000
"""Visitors whose things are in one file."""
FASTER, SOONER = 2.0, 5.0
"""How many times Prism's requests in a second, and how much sooner the first answer, at least."""
PRISM = "@stoplight/prism-cli@5"
CLIENTS, SECONDS = 4, 4.0
PATIENCE = 90.0
"""Seconds that a first answer is waited for."""
MOST_PATHS = 8
"""Paths of a description that is cut."""
GITHUB = REAL.parent / "github.com" / "api.github.com.json"
KEY = {"Authorization": "Bearer sk_test_1"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **KEY}


def report(runs: int = RUNS) -> tuple[str, bool]:
    """Return the figures as text, and whether each is within its bound."""
    with tempfile.TemporaryDirectory() as scratch:
        measured, words = beside_an_empty_view(Path(scratch), runs)
        text, faster = beside_prism(Path(scratch))
    return f"{table(measured)}\n{words}\n\n{text}", faster and all(figure.kept for figure in measured)


class _Client:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.location = ""

    def worked(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> float:
        """Send, and return the seconds of the processor that the answer took. Raises `RuntimeError` for an error."""
        try:
            self._connection.request(method, path, body or None, headers or {})
            answer = self._connection.getresponse()
        except ConnectionError:  # it was idle for long
            self._connection.close()
            self._connection.request(method, path, body or None, headers or {})
            answer = self._connection.getresponse()
        data = answer.read()
        self.location = answer.getheader("Location", self.location).removeprefix(STRIPE)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}: {data[:200]!r}")
        return float(answer.getheader(WORKED, "0"))


STRIPE = "/sandbox/stripe/v1"
ASKED = (
    ("GET", "/customers?limit=3", ""), ("GET", "/customers/cus_1", ""), ("POST", "/customers", "email=ada@example.com"),
    ("GET", "/products", ""), ("POST", "/products", "name=Mug"), ("GET", "/prices/price_1", ""),
    ("POST", "/customers/cus_1", "name=Ada"), ("GET", "/checkout/sessions/cs_1", ""),
)  # fmt: skip
"""Requests of nobody's, which share nothing: the same one has the same answer."""


def beside_an_empty_view(folder: Path, runs: int) -> tuple[list[Figure], str]:
    """Return the figures of requests without and with state, and of many visitors; and words about requests of once."""
    catalog, crowded = folder / "catalog.sqlite", folder / "crowded.sqlite"
    import_file(REAL, catalog, "stripe")
    shutil.copy(catalog, crowded)
    with site(catalog) as port, site(crowded) as other:
        client, crowd, numbers = _Client(port), _Client(other), itertools.count(1)
        asked = itertools.cycle(ASKED)
        figures = [
            _compare("requests without state", client, runs, STATELESS, lambda: _ask(client, *next(asked), visitor="")),
            _compare("requests with state", client, runs, STATEFUL, _Story(client, numbers).step),
        ]
        for number in range(MANY):
            _ask(crowd, "POST", "/customers", f"email=a{number}@example.com", visitor=f"visitor {number}")
        one, among = _Story(client, numbers), _Story(crowd, numbers)
        pairs = [(among.step(), one.step()) for _ in range(runs)]
        figures.append(
            Figure(
                measured=Sample(name=f"with state, among {MANY:,} visitors", seconds=tuple(pair[0] for pair in pairs)),
                reference=Sample(name="with one visitor", seconds=tuple(pair[1] for pair in pairs)),
                bound=VISITORS,
            )
        )
        new = _compare("once", client, runs, 0, lambda: _ask(client, "GET", f"/customers/cus_{next(numbers)}", "", ""))
    return figures, f"(a thing that nobody asked for before: {new.ratio:.1f} times)"


class _Story:
    """What one visitor does with customers, a request at a time: create, read, update, list, delete."""

    def __init__(self, client: _Client, numbers: Iterator[int]) -> None:
        self._client, self._numbers = client, numbers
        self._steps = self._told()

    def step(self) -> float:
        """Send the next request, and return what it took."""
        return next(self._steps)

    def _told(self) -> Iterator[float]:
        visitor = "ada"
        while True:
            number = next(self._numbers)
            yield _ask(self._client, "POST", "/customers", f"email=ada{number}@example.com", visitor)
            path = self._client.location
            yield _ask(self._client, "GET", path, "", visitor)
            yield _ask(self._client, "POST", path, f"name=Ada+{number}", visitor)
            yield _ask(self._client, "GET", f"/customers?limit={number % 90 + 1}", "", visitor)
            yield _ask(self._client, "DELETE", path, "", visitor)


def _ask(client: _Client, method: str, path: str, body: str, visitor: str) -> float:
    headers = {**(FORM if body else KEY), **({"Playground-Visitor": visitor} if visitor else {})}
    return client.worked(method, STRIPE + path, body, headers)


def _compare(name: str, client: _Client, runs: int, bound: float, ask: Callable[[], float]) -> Figure:
    for _ in range(WARM):
        ask()
        client.worked("GET", EMPTY)
    pairs = [(ask(), client.worked("GET", EMPTY)) for _ in range(runs)]
    return Figure(
        measured=Sample(name=name, seconds=tuple(one for one, _ in pairs)),
        reference=Sample(name="empty view", seconds=tuple(other for _, other in pairs)),
        bound=bound,
    )


def beside_prism(folder: Path) -> tuple[str, bool]:
    """Return what the sandbox and Prism do with two descriptions, whole and cut, and whether it is as promised."""
    prism = _prism(folder)
    if prism is None:
        return "Prism is skipped: it is fetched with npm, which is not on this machine.", True
    lines, kept = [], True
    for path, target, key in (
        (REAL, "/v1/customers/cus_1", KEY), (GITHUB, "/repos/o/r/issues/1", {"Authorization": "Bearer x"}),
    ):  # fmt: skip
        small = folder / f"some-of-{path.name}"
        small.write_bytes(orjson.dumps(cut(orjson.loads(path.read_bytes()), target)))
        for file in (path, small):
            theirs = _rate([prism, "mock", "-p", "{port}", str(file)], target, key)
            ours = _rate([sys.executable, "-m", "playground", "sandbox", str(file), "--port", "{port}"], target, key)
            line, sound = _compared(file.name, ours, theirs)
            lines.append(line)
            kept = kept and (sound or file is small)  # of a small one the start is that of the interpreter
    return "\n".join(lines), kept


def _compared(name: str, ours: tuple[float, float] | None, theirs: tuple[float, float] | None) -> tuple[str, bool]:
    if ours is None:
        return f"{name}: no answer in {PATIENCE:g} s", False
    own = f"{name}: {ours[1]:,.0f} requests a second, first answer after {ours[0]:.1f} s"
    if theirs is None:
        return f"{own}; Prism gives none in {PATIENCE:g} s, {PATIENCE / ours[0]:.0f} times as long", True
    faster, sooner = ours[1] / theirs[1], theirs[0] / ours[0]
    words = (
        f"{own}; Prism {theirs[1]:,.0f} and {theirs[0]:.1f} s: {faster:.1f} times the requests (at least {FASTER:g}), "
        f"{sooner:.1f} times as soon (at least {SOONER:g})"
    )
    return words, faster >= FASTER and sooner >= SOONER


def cut(document: dict[str, Any], target: str) -> dict[str, Any]:
    """Return the paths of a description around one that a request goes to, with the components that they reach."""
    wanted = target.strip("/").split("/")
    ranked = sorted(document["paths"].items(), key=lambda pair: -_shared(pair[0].strip("/").split("/"), wanted))
    left_out = ("paths", "components", "webhooks")
    whole = {name: value for name, value in document.items() if name not in left_out and not name.startswith("x-")}
    whole["paths"] = dict(ranked[:MOST_PATHS])
    kept: dict[str, Any] = {}
    waiting = [whole["paths"]]
    while waiting:
        for group, name in re.findall(rb'"#/components/([A-Za-z]+)/([^"/]+)', orjson.dumps(waiting.pop())):
            part = kept.setdefault(group.decode(), {})
            if name.decode() not in part:
                part[name.decode()] = document["components"][group.decode()][name.decode()]
                waiting.append(part[name.decode()])
    kept["securitySchemes"] = document["components"].get("securitySchemes", {})
    return {**whole, "components": kept}


def _shared(template: list[str], wanted: list[str]) -> float:
    """Return how many segments a template has in common with a path, from its beginning; short ones come first."""
    same = itertools.takewhile(lambda pair: "{" in pair[0] or pair[0] == pair[1], zip(template, wanted, strict=False))
    return sum(1 for _ in same) - len(template) / 100


def _prism(folder: Path) -> str | None:
    if found := shutil.which("prism"):
        return found
    npm = shutil.which("npm")
    if npm is None:
        return None
    subprocess.run([npm, "install", "--no-save", "--prefix", str(folder), PRISM], check=True, capture_output=True)
    return str(folder / "node_modules" / ".bin" / "prism")


def _rate(command: list[str], target: str, headers: dict[str, str]) -> tuple[float, float] | None:
    """Return the seconds from the start to the first answer, and how many a second then; `None` without an answer."""
    with _running(command) as (port, started):
        while True:
            try:
                if _status(port, target, headers) < 400:
                    break
                raise RuntimeError(f"{target} is refused")
            except OSError:
                time.sleep(0.05)
            if time.perf_counter() - started > PATIENCE:
                return None
        first = time.perf_counter() - started
        return first, _requests_a_second(port, target, headers)


@contextmanager
def _running(command: list[str]) -> Iterator[tuple[int, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    with subprocess.Popen([part.format(port=port) for part in command], cwd=ROOT, env=environ,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:  # fmt: skip
        try:
            yield port, started
        finally:
            child.terminate()
            child.wait(30)


def _status(port: int, target: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", target, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _requests_a_second(port: int, target: str, headers: dict[str, str]) -> float:
    end, counts = time.perf_counter() + SECONDS, [0] * CLIENTS
    begun = time.perf_counter()

    def ask(index: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < end:
            try:
                connection.request("GET", f"{target}{index}{counts[index]}", headers=headers)
                connection.getresponse().read()
            except ConnectionError:
                connection.close()  # Prism ends connections after a while
                continue
            counts[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)
