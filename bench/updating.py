"""What an edit of a description costs beside its whole import, and how soon a saved file is in the catalogue.

One operation is changed (its summary, and a parameter more), and one schema; both are read, compiled and written as
`playground open` does it. Every run is a process of its own. A page is there once `playground open` answers with it,
beside `playground serve` on a catalogue that is made already.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import orjson

from bench.figures import Figure, Sample
from playground.imports.descriptions import Imported, earlier_text, import_description, parse_source
from playground.imports.sources import Source
from playground.imports.watch import WatchedFile, Watcher
from playground.openapi.compile import CompileOptions
from playground.startup import tune_gc
from playground.store import Store, open_store

BOUND = 0.2
"""Of a whole import, for one changed operation of some hundreds: of a few, what each edit costs anyway weighs more."""
_MANY = 300
VISIBLE_SECONDS = 1.0
"""After the import's own time, until a saved change is in the catalogue that pages are drawn from."""
SERVED = 1.5
RUNS = 5
_ROOT = Path(__file__).parents[1]
_OPTIONS = CompileOptions(name="stripe")
Edit = Callable[[dict[str, Any]], None]


def figures(name: str, data: bytes, runs: int) -> list[Figure]:
    """Measure edits of a description in `runs` processes, one after another."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, max_tasks_per_child=1) as pool:
        rows = [pool.submit(_once, data).result() for _ in range(runs)]
    whole = Sample(name=f"import {name} as a whole, CPU", seconds=tuple(row[0] for row in rows))
    bound = BOUND if len(orjson.loads(data)["paths"]) >= _MANY else 1.0
    return [
        Figure(
            measured=Sample(name="one operation changed, CPU", seconds=tuple(row[1] for row in rows)),
            reference=whole,
            bound=bound,
        ),
        Figure(
            measured=Sample(name="one schema changed, CPU", seconds=tuple(row[2] for row in rows)),
            reference=whole,
            bound=1.0,
        ),
        Figure(
            measured=Sample(name="saved until it is in the catalogue", seconds=tuple(row[3] for row in rows)),
            reference=Sample(name="its import and a second", seconds=tuple(row[4] + VISIBLE_SECONDS for row in rows)),
            bound=1.0,
        ),
        Figure(
            measured=Sample(name="open until a page is there, CPU", seconds=tuple(row[5] for row in rows)),
            reference=Sample(
                name="1.5 times serve on a made catalogue, and the import, CPU",
                seconds=tuple(SERVED * row[6] + row[0] for row in rows),
            ),
            bound=1.0,
        ),
    ]


def change_operation(document: dict[str, Any]) -> None:
    """Change one operation in the middle of a description."""
    paths = list(document["paths"])
    item = document["paths"][paths[len(paths) // 2]]
    method = next(method for method in ("get", "post", "put", "delete") if method in item)
    item[method]["summary"] = "Changed"
    item[method].setdefault("parameters", []).append({"name": "changed", "in": "query", "schema": {"type": "string"}})


def change_schema(document: dict[str, Any]) -> None:
    """Give one schema a property more."""
    schemas = document["components"]["schemas"]
    name = next(name for name, schema in schemas.items() if isinstance(schema.get("properties"), dict))
    schemas[name]["properties"]["changed"] = {"type": "string"}


def _once(data: bytes) -> tuple[float, ...]:
    tune_gc()  # as `playground open` does: else what the bench has loaded is gone through again and again
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "catalog.sqlite") as store:
        whole, _ = _import(store, data)
        operation, _ = _import(store, _edited(data, change_operation))
        schema, _ = _import(store, _edited(data, change_schema))
        seconds = _import(store, data)[1]
        visible = _visible(store, data, Path(folder))
        _import(store, data)
        (Path(folder) / "opened.json").write_bytes(data)
        opened = _shown(Path(folder), "open", "opened.json", "--no-browser")
        served = _shown(Path(folder), "serve")
        return whole, operation, schema, visible, seconds, opened, served


def _shown(folder: Path, *command: str) -> float:
    """Start the site in a process of its own; return the CPU seconds it takes to a page of an operation."""
    environ = {**os.environ, "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"), "PYTHONPATH": str(_ROOT)}
    words = [sys.executable, "-m", "playground", *command, "--port", "0"]
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        words, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            lines = (re.fullmatch(r"Playground is at (\S+)\n", line) for line in process.stdout or ())
            found = next(line for line in lines if line is not None)
            provider = "opened" if command[0] == "open" else _OPTIONS.name
            with urllib.request.urlopen(f"{found[1]}/providers/{provider}", timeout=60) as answer:
                address = re.search(rf'href="(/providers/{provider}/[^"/?#]+)"', answer.read().decode())
            assert address is not None
            urllib.request.urlopen(f"{found[1]}{address[1]}", timeout=60).close()
        finally:
            process.terminate()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime


def _edited(data: bytes, edit: Edit) -> bytes:
    document = orjson.loads(data)
    edit(document)
    return orjson.dumps(document)


def _import(store: Store, data: bytes) -> tuple[float, float]:
    """Read and import a description; return seconds of CPU and of a clock."""
    began, clock = time.process_time(), time.perf_counter()
    earlier = earlier_text(store, _OPTIONS.name)
    import_description(store, parse_source(Source(data=data), earlier=earlier), _OPTIONS)
    return time.process_time() - began, time.perf_counter() - clock


def _visible(store: Store, data: bytes, folder: Path) -> float:
    path = folder / "stripe.json"
    path.write_bytes(data)
    told = threading.Event()
    moments: list[float] = []

    def tell(name: str, outcome: Imported | str) -> None:
        assert isinstance(outcome, Imported), outcome
        moments.append(time.perf_counter())
        told.set()

    watcher = Watcher(store, [WatchedFile(path, _OPTIONS)], tell)
    edited = _edited(data, change_operation)
    watcher.start()
    try:
        time.sleep(0.5)
        began = time.perf_counter()
        path.write_bytes(edited)
        assert told.wait(120)
        return moments[0] - began
    finally:
        watcher.stop()
