"""The site as `playground serve` runs it, plus a route that does nothing and one that tells its memory, as a process.

Started as `python -m bench.serving CATALOG`; `site()` starts it and ends it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import Environment

from playground.app import create_app
from playground.cli.serving import run
from playground.config import Settings
from playground.store import Store
from playground.transport.addresses import Endpoint

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

EMPTY = "/bench/empty"
INPUT = "/bench/input"
TABLE = "/bench/table"
MEMORY = "/bench/memory"
PROCESS = "/bench/process"
WORKED = "Bench-Worked"
"""The header that tells the seconds of CPU time an answer took: what else runs on the machine does not change them."""
ROOT = Path(__file__).parents[1]
WHAT = "The bench"


def make(settings: Settings, store: Store, own: tuple[Endpoint, ...]) -> Flask:
    """Make the site with the empty view that figures are compared with."""
    app = create_app(settings, store, own)
    app.add_url_rule(EMPTY, view_func=empty)
    app.add_url_rule(INPUT, view_func=one_input)
    app.add_url_rule(TABLE, view_func=plain_table)
    app.add_url_rule(MEMORY, view_func=memory)
    app.add_url_rule(PROCESS, view_func=process)
    app.wsgi_app = timed(app.wsgi_app)  # type: ignore[method-assign,assignment]
    return app


Application = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]


def timed(application: Application) -> Application:
    """Return the application with the CPU time of each answer in a header of it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        before = time.thread_time()

        def start(status: str, headers: list[tuple[str, str]], error: object = None, /) -> Callable[[bytes], object]:
            return start_response(status, [*headers, (WORKED, repr(time.thread_time() - before))])

        return application(environ, start)

    return answer


def empty() -> bytes:
    """Answer nothing."""
    return b""


def one_input() -> str:
    """Answer with the least page that one can type in."""
    return '<!doctype html><html lang="en"><title>Empty</title><link rel="icon" href="data:,"><input aria-label="Text">'


_PLAIN = Environment(autoescape=True).from_string(
    "<!doctype html><title>Table</title><table>{% for row in rows %}<tr>{% for cell in row.cells %}"
    '<td class="{{ cell.kind }}" title="{{ loop.index }}">{{ cell.text }}</td>{% endfor %}</tr>{% endfor %}</table>'
)


def plain_table() -> str:
    """Answer with a table of four hundred cells, drawn by Jinja alone: work that no change of the product changes.

    An empty view takes twice as long on one day as on another, as the processor sleeps between requests or does not;
    what a page takes changes much less, and what this takes as much as that.
    """
    rows = [
        {"cells": [{"kind": f"k{row % 5}", "text": f"<{row}> & {column}"} for column in range(8)]} for row in range(50)
    ]
    return _PLAIN.render(rows=rows)


def process() -> str:
    """Answer with the number of this process."""
    return str(os.getpid())


def memory() -> str:
    """Answer with the bytes of memory that are this process's own: pages of files that the system keeps are not."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("RssAnon:"):
            return str(int(line.split()[1]) * 1024)
    raise RuntimeError("this system does not tell a process's memory")


@contextmanager
def site(catalog: Path, **settings: str) -> Iterator[int]:
    """Serve a catalogue on a free loopback port, given, until the block ends; settings go by their variables."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    environ |= {"PYTHONPATH": str(ROOT), **settings}
    command = [sys.executable, "-m", "bench.serving", str(catalog)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            line = child.stdout.readline()
            if not line.startswith(WHAT):
                raise RuntimeError("the site did not start: what it says stands above")
            yield int(line.rpartition(":")[2])
        finally:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


if __name__ == "__main__":
    sys.exit(run(make, "127.0.0.1", 0, Path(sys.argv[1]), WHAT))
