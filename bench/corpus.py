"""The catalogue at full size: a folder of descriptions imported, measured beside a JSON parse and beside Stripe alone.

Import CPU is that of every process together, the JSON parse being orjson's of the same bytes in the same processes.
Pages and searches are asked of two running sites, one with the whole folder and one with Stripe alone, taking turns;
what is compared is the server's CPU time for each answer.
"""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

import orjson

from bench import importing
from bench.client import Client
from bench.descriptions import import_description, import_file
from bench.figures import Figure, Measure, Sample, measures_table
from bench.figures import table as figures_table
from bench.importing import ANY_BOUND
from bench.serving import MEMORY, site
from playground.cli.folder import compile_file, compile_files, files_by_name
from playground.cli.progress import Progress
from playground.imports.sources import read_file
from playground.store import PackedCatalog, open_store

PEAK_BOUND = 8
SIZE_BOUND = 1.5
SQUEEZED_BOUND = 2
SCALE_BOUND, SEARCH_BOUND = 1.2, 1.3
MEMORY_BOUND = 150_000_000
MEDIAN_BOUND, P99_BOUND = 0.010, 0.040
SEARCHES = 1000
PAGES = 200
REPEATS = 3
_GRAPH_BYTES = 25_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    packed: PackedCatalog
    import_seconds: float
    parse_seconds: float
    size: int
    squeezed: int


def _timed(path: Path, name: str, root: Path) -> _Timed | str:
    data = read_file(path)
    before = time.process_time()
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return "not JSON: there is nothing to compare its import with"
    parsed = time.process_time()
    packed = compile_file(path, name, root)
    done = time.process_time()
    if isinstance(packed, str):
        return packed
    return _Timed(
        packed=packed, import_seconds=done - parsed, parse_seconds=parsed - before, size=len(data),
        squeezed=len(zlib.compress(data)),
    )  # fmt: skip


def build(folder: Path, catalog: Path) -> tuple[str, list[Measure], dict[Path, str]]:
    """Import every description below the folder as `add-all` does; return what happened, measures, files used."""
    files = files_by_name(folder)
    used = dict(files)
    imported = parsed = 0.0
    sources = squeezed = operations = skipped = 0
    with open_store(catalog) as store, Progress(len(files), unit="descriptions") as progress:
        for path, result in compile_files(files, functools.partial(_timed, root=folder)):
            progress.step(str(path))
            if isinstance(result, str):
                skipped += 1
                del used[path]
                continue
            before = time.process_time()
            store.write(result.packed, settle=False)
            imported += result.import_seconds + time.process_time() - before
            parsed += result.parse_seconds
            sources += result.size
            squeezed += result.squeezed
            operations += len(result.packed.operations)
        before = time.process_time()
        store.tidy()
        imported += time.process_time() - before
    line = f"{len(files) - skipped:,} descriptions, {operations:,} operations, {sources:,} bytes; skipped {skipped}"
    return (
        line,
        [
            Measure(name="import of all, CPU, to JSON parse", value=imported / parsed, bound=ANY_BOUND, unit=" x"),
            Measure(
                name="catalogue, to its sources", value=catalog.stat().st_size / sources, bound=SIZE_BOUND, unit=" x"
            ),
            Measure(
                name="catalogue, to its sources compressed",
                value=catalog.stat().st_size / squeezed,
                bound=SQUEEZED_BOUND,
                unit=" x",
            ),
        ],
        used,
    )


def peak(path: Path, name: str) -> Measure:
    """Import one description in a process of its own, and return what its memory grew by, to the description's size."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        grown = pool.submit(_grown, path).result()
    return Measure(
        name=f"{name}, peak memory of import, to its size",
        value=grown / path.stat().st_size, bound=PEAK_BOUND, unit=" x",
    )  # fmt: skip


def _grown(path: Path) -> int:
    before = _peak_bytes()
    with tempfile.TemporaryDirectory() as folder:
        import_file(path, Path(folder) / "catalog.sqlite")
    return _peak_bytes() - before


def _peak_bytes() -> int:
    # Not getrusage: what it tells is at least the peak of the process that started this one.
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not tell a process's peak of memory")


def queries(catalog: Path, count: int, seed: int = 5) -> list[str]:
    """Return what visitors may type: words, beginnings, names, paths, titles, slips, drawn from the catalogue."""
    draw = Random(seed)
    with open_store(catalog) as store:
        providers = [provider for provider in store.providers() if provider.operations]
        drawn = draw.choices(providers, [provider.operations for provider in providers], k=count // 8)
        operations = [
            store.operations(provider.name, limit=1, offset=draw.randrange(provider.operations))[0]
            for provider in drawn
        ]
    found = ["a", "get", "list the", "id", "get list"]
    for operation in operations:
        name, title, words = operation.name, operation.provider_title, operation.summary.split() or [operation.name]
        long = max(words, key=len)
        found += [
            " ".join(words[:3]),
            words[0][:2],
            long[:4],
            name,
            name[:6],
            operation.path,
            title,
            f"{title} {words[0]}",
        ]
        found.append(long[:2] + long[3:])
    draw.shuffle(found)
    return found[:count]


def search_latency(catalog: Path, count: int) -> list[Measure]:
    """Search in process for what visitors may type; CPU time, which is what a server has to give."""
    with open_store(catalog) as store:
        texts = queries(catalog, count)
        for text in texts[:50]:
            store.search(text)
        seconds = []
        for text in texts:
            before = time.thread_time()
            store.search(text)
            seconds.append(time.thread_time() - before)
    # As milliseconds.
    return [
        Measure(name=f"search, CPU, median of {len(seconds)}", value=statistics.median(seconds) * 1000,
                bound=MEDIAN_BOUND * 1000, unit=" ms"),
        Measure(name="search, CPU, 99 of 100", value=sorted(seconds)[len(seconds) * 99 // 100] * 1000,
                bound=P99_BOUND * 1000, unit=" ms"),
    ]  # fmt: skip


def beside_stripe(catalog: Path, stripe: bytes, folder: Path, runs: int) -> tuple[list[Figure], list[Measure]]:
    """Compare pages and memory of two sites: the whole catalogue with Stripe added to it, and Stripe alone."""
    small = folder / "small.sqlite"
    import_description(stripe, small)
    import_description(stripe, catalog)
    with open_store(small) as store:
        names = [operation.name for operation in store.operations("stripe")]
    Random(7).shuffle(names)
    texts = queries(small, runs)
    asked: dict[str, Callable[[int], str]] = {
        "operation page": lambda turn: f"/providers/stripe/{names[turn % len(names)]}",
        "provider page": lambda turn: f"/providers/stripe?q={quote(names[turn % len(names)][:5])}",
        "search": lambda turn: f"/search?q={quote(texts[turn % len(texts)])}",
    }
    with (
        site(catalog) as large_port,
        site(small) as small_port,
        Client(large_port) as large,
        Client(small_port) as lone,
    ):
        figures = []
        for name, path in asked.items():
            # What is rendered once and kept is asked for once; of what is not, the quietest of a few answers counts.
            asks = 1 if name == "operation page" else REPEATS
            pairs = [
                (min(large.get(path(turn)).worked for _ in range(asks)),
                 min(lone.get(path(turn)).worked for _ in range(asks)))
                for turn in range(runs)
            ]  # fmt: skip
            measured, reference = zip(*pairs[runs // 10 :], strict=True)
            figures.append(
                Figure(
                    measured=Sample(name=f"{name}, all descriptions, server CPU", seconds=measured),
                    reference=Sample(name="Stripe alone", seconds=reference),
                    bound=SEARCH_BOUND if name == "search" else SCALE_BOUND,
                )
            )
        memory, alone = int(large.get(MEMORY).text), int(lone.get(MEMORY).text)
    return figures, [
        Measure(
            name="memory of a serving process, to Stripe alone", value=memory / alone, bound=SCALE_BOUND, unit=" x"
        ),
        Measure(name="memory of a serving process", value=memory / 1e6, bound=MEMORY_BOUND / 1e6, unit=" MB"),
    ]


def largest(files: dict[Path, str], count: int = 3) -> dict[Path, str]:
    """Return the first of the files, the largest being first, that are no larger than Graph (25 MB)."""
    allowed = ((path, name) for path, name in files.items() if path.stat().st_size <= _GRAPH_BYTES)
    return dict(itertools.islice(allowed, count))


def report(folder: Path, catalog: Path, stripe: bytes, runs: int) -> tuple[str, bool]:
    """Measure everything here; return the lines, and whether every bound is kept. `catalog` is made anew."""
    with tempfile.TemporaryDirectory() as scratch:
        line, measures, used = build(folder, catalog)
        heavy = largest(used)
        measures += [peak(path, name) for path, name in list(heavy.items())[:1]]
        measures += search_latency(catalog, SEARCHES)
        figures = [figure for path, name in heavy.items() for figure in importing.figures(name, path.read_bytes(), 3)]
        timed, memory = beside_stripe(catalog, stripe, Path(scratch), runs)
        figures += timed
        measures += memory
    kept = all(figure.kept for figure in figures) and all(measure.kept for measure in measures)
    return f"{line}\n\n{measures_table(measures)}\n\n{figures_table(figures)}", kept
