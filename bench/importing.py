"""CPU time of importing a description, beside a JSON parse of the same bytes.

The bound, 60 times, is the one the project set itself for descriptions of any size. Every run is a process of its own,
as `playground add` is, so nothing is warm but the imported modules.
"""

from __future__ import annotations

import multiprocessing
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import orjson

from bench.descriptions import import_description
from bench.figures import Figure, Sample

BOUND = 60
RUNS = 7


def figures(name: str, data: bytes, runs: int) -> list[Figure]:
    """Import the description in `runs` processes, one after another, each of which parses the JSON too."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, max_tasks_per_child=1) as pool:
        pairs = [pool.submit(_once, data).result() for _ in range(runs)]
    return [
        Figure(
            measured=Sample(name=f"import {name}, CPU", seconds=tuple(pair[0] for pair in pairs)),
            reference=Sample(name="orjson.loads of it, CPU", seconds=tuple(pair[1] for pair in pairs)),
            bound=BOUND,
        )
    ]


def _once(data: bytes) -> tuple[float, float]:
    # The parse first: it must not pay for a heap that the import has grown. Several, as one is over in a moment.
    parses = [_parse(data) for _ in range(9)]
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        import_description(data, Path(folder) / "catalog.sqlite")
        return time.process_time() - before, statistics.median(parses)


def _parse(data: bytes) -> float:
    before = time.process_time()
    orjson.loads(data)
    return time.process_time() - before
