"""What an answer costs once its last byte is there: a small one beside an empty view, and one of 50 MB.

The site runs in this process, and what the API would answer is given to it where the last byte would come, so that all
that is measured is its own: reading, checking, keeping, drawing. Times are those of a processor, much the same on a
machine that has other work. Memory is what the process grows by at its peak. What it costs a browser is measured by
`large_answer.py`.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench import large_answer
from bench.figures import Measure, Sample, measures_table
from playground.app import create_app
from playground.config import Settings
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.store import open_store
from playground.transport.egress import EgressPolicy

RUNS = 200
MEGABYTES = 50
SMALL_BOUND, FIRST_BOUND, MEMORY_BOUND, ASKED_BOUND = 5.0, 1.5, 4.0, 0.05
_ROWS = "rows"
SMALL = {"id": "ch_1", "amount": 1500, "paid": True, "customer": None, "lines": [{"id": n} for n in range(5)]}
_TOKEN = re.compile(r'name="answer" value="([^"]+)"')
_LINE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
_SMALL = {"type": "object", "properties": {"id": {"type": "string"}, "lines": {"type": "array", "items": _LINE}}}


def report(runs: int) -> tuple[str, bool]:
    """Return the figures as text, and whether all are within their bounds."""
    count = MEGABYTES * 1_000_000 // 115
    figures = [_small(runs), *_in_a_process_of_its_own(), *large_answer.figures(count, f"{MEGABYTES} MB")]
    return measures_table(figures), all(figure.kept for figure in figures)


class _Site:
    """A site whose API answers one thing at once; `came` is when its last byte was there."""

    def __init__(self, folder: Path, body: bytes) -> None:
        self.came = 0.0
        self._answer = HTTPResponse(
            status=200, reason="OK", headers=Headers.of([("Content-Type", "application/json")]), body=body
        )
        listed = {"type": "object", "properties": {_ROWS: {"type": "array", "items": _LINE}}}
        schema = listed if len(body) > 1e6 else _SMALL
        content = {"application/json": {"schema": schema}}
        operation = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
        document = {
            "openapi": "3.0.3", "info": {"title": "Bench", "version": "1"},
            "servers": [{"url": "https://api.example.com"}], "paths": {"/a": {"get": operation}},
        }  # fmt: skip
        store = open_store(folder / "bench.sqlite")
        store.replace(compile_document(document, name="bench").catalog, json.dumps(document).encode())
        settings = Settings(catalog=folder / "bench.sqlite", answers=folder / "answers", max_response_bytes=80_000_000)
        self.app: Flask = create_app(settings, store)
        self.app.add_url_rule("/bench/empty", view_func=lambda: "")
        site = self.app.extensions["playground"]
        self.app.extensions["playground"] = replace(site, calls=replace(site.calls, send=self._send))
        self.client: FlaskClient = self.app.test_client()
        self.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def _send(self, _message: HTTPRequest, _policy: EgressPolicy) -> HTTPResponse:
        self.came = time.process_time()
        return self._answer

    def fragment(self) -> tuple[float, str]:
        """Send, and return the seconds from the last byte to the fragment, and the fragment."""
        answer = self.client.post("/providers/bench/a/send", headers={"HX-Request": "true"})
        text = answer.text
        if answer.status_code != 200 or 'id="answer-view"' not in text:
            raise RuntimeError(f"no answer is shown: {text[:500]}")
        return time.process_time() - self.came, text

    def ask(self, path: str, form: dict[str, str]) -> float:
        """Post a form of an answer's view, and return its seconds."""
        started = time.process_time()
        answer = self.client.post(path, data=form, headers={"HX-Request": "true"})
        text = answer.text
        if answer.status_code != 200 or "notice bad" in text:
            raise RuntimeError(f"{path} does not answer: {text[:500]}")
        return time.process_time() - started


def _small(runs: int) -> Measure:
    with tempfile.TemporaryDirectory() as folder:
        site = _Site(Path(folder), json.dumps(SMALL).encode())
        shown, empty = [], []
        for number in range(runs + 20):
            seconds = site.fragment()[0]
            started = time.process_time()
            site.client.get("/bench/empty")
            if number >= 20:
                shown.append(seconds)
                empty.append(time.process_time() - started)
        ratio = Sample(name="shown", seconds=tuple(shown)).median / Sample(name="empty", seconds=tuple(empty)).median
    return Measure(name="small answer, last byte to fragment", value=ratio, unit=" x an empty view", bound=SMALL_BOUND)


def _in_a_process_of_its_own() -> list[Measure]:
    """Measure the large answer where nothing else has used memory before."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(large_answer.body_of(MEGABYTES * 1_000_000 // 115))
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "bench.answers", file.name], stdout=subprocess.PIPE, text=True, check=True
        )
    first, memory, node, found = json.loads(done.stdout)
    name = f"{MEGABYTES} MB"
    return [
        Measure(name=f"{name}, last byte to first view", value=first, unit=" s", bound=FIRST_BOUND),
        Measure(name=f"{name}, memory at its peak", value=memory, unit=" x the body", bound=MEMORY_BOUND),
        Measure(name=f"{name}, a node, p95", value=node, unit=" s", bound=ASKED_BOUND),
        Measure(name=f"{name}, find, p95", value=found, unit=" s", bound=ASKED_BOUND),
    ]


def _peak() -> int:
    # What `getrusage` says of a process begins with what its parent had.
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return 0 if found is None else int(found[1]) * 1024


def large(path: Path) -> list[float]:
    """Return seconds to the first view, memory in bodies, and the slow ends of nodes opened and texts found."""
    with tempfile.TemporaryDirectory() as folder:
        small = _Site(Path(folder), json.dumps(SMALL).encode())
        small.fragment()  # templates and libraries are there once
        body = path.read_bytes()
        site = _Site(Path(folder), body)
        before = _peak()
        seconds, text = site.fragment()
        memory = (_peak() - before) / len(body)
        found = _TOKEN.search(text)
        if found is None:
            raise RuntimeError("the answer is not kept")
        token = found[1]
        draw = random.Random(1)
        count = MEGABYTES * 1_000_000 // 115
        places = [f"tree {draw.randrange(count) // 100 * 100} 0" for _ in range(60)]
        nodes = _each(lambda place: site.ask("/answers/part", {"answer": token, "place": place}), places)
        words = [f"row number {draw.randrange(count)} of" for _ in range(60)]
        finds = _each(lambda word: site.ask("/answers/view", {"answer": token, "find": word}), words)
        return [seconds, memory, nodes.p95, finds.p95]


def _each(ask: Callable[[str], float], asked: list[str]) -> Sample:
    ask(asked[0])  # the first one reads what all others ask
    return Sample(name="asked", seconds=tuple(map(ask, asked)))


if __name__ == "__main__":
    print(json.dumps(large(Path(sys.argv[1]))))
