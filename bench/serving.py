"""The site as `playground serve` runs it, plus one route that does nothing, in a process of its own.

Started as `python -m bench.serving CATALOG`; `site()` starts it and ends it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from playground.app import create_app
from playground.cli.serving import run
from playground.config import Settings
from playground.store import Store
from playground.transport.addresses import Endpoint

EMPTY = "/bench/empty"
ROOT = Path(__file__).parents[1]
WHAT = "The bench"


def make(settings: Settings, store: Store, own: tuple[Endpoint, ...]) -> Flask:
    """Make the site with the empty view that figures are compared with."""
    app = create_app(settings, store, own)
    app.add_url_rule(EMPTY, view_func=empty)
    return app


def empty() -> bytes:
    """Answer nothing."""
    return b""


@contextmanager
def site(catalog: Path) -> Iterator[int]:
    """Serve a catalogue on a free loopback port, given, until the block ends."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    environ["PYTHONPATH"] = str(ROOT)
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
