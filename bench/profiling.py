"""Where the time of the hot paths goes: a page asked for again, drawn for the first time, a snippet, an import.

Each is run under Python's own profiler, in this process, without a socket. A profiler makes calls dearer than what is
done in them, so shares tell where to look, and `page`, `snippet` and `import` what it costs.
"""

from __future__ import annotations

import contextlib
import cProfile
import logging
import pstats
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from flask.testing import FlaskClient

from bench.client import successful_fields, urlencoded
from bench.descriptions import import_description
from bench.figures import align
from bench.pages import FILLED, PAGE, other_pages
from bench.serving import make
from playground.config import Settings
from playground.startup import tune_gc, without_gc
from playground.store import open_store

RUNS = 100
ROWS = 14
_WARM = 5
_FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}

Work: TypeAlias = Callable[[], object]
Function: TypeAlias = tuple[str, int, str]


def report(data: bytes, runs: int, folder: Path) -> str:
    """Profile each hot path; return its functions with their shares as lines."""
    imported = _shares(lambda: import_description(data, folder / "profiled.sqlite"), 1)
    sections = [("import of the description", imported)]
    with _client(data, folder) as client:
        sections += [
            (name, _shares(work, runs))
            for name, work in (
                ("page, cached", lambda: client.get(PAGE)),
                ("page, first render", _each(client, folder)),
                ("snippet", _snippet(client)),
            )
        ]
    return "\n\n".join(f"{name}\n\n{lines}" for name, lines in sections)


@contextlib.contextmanager
def _client(data: bytes, folder: Path) -> Iterator[FlaskClient]:
    catalog = folder / "catalog.sqlite"
    import_description(data, catalog)
    logging.disable(logging.CRITICAL)
    try:
        with open_store(catalog) as store:
            client = make(Settings(), store, ()).test_client()
            for path in other_pages(catalog)[:_WARM]:
                client.get(path)
            tune_gc()
            yield client
    finally:
        logging.disable(logging.NOTSET)


def _each(client: FlaskClient, folder: Path) -> Work:
    paths = iter(other_pages(folder / "catalog.sqlite")[_WARM:])
    return lambda: client.get(next(paths))


def _snippet(client: FlaskClient) -> Work:
    body = urlencoded(successful_fields(client.get(PAGE).text, FILLED))
    kind = "application/x-www-form-urlencoded"

    def post() -> None:
        answer = client.post(f"{PAGE}/snippet", data=body, content_type=kind, headers=_FROM_A_PAGE)
        if answer.status_code != 200:
            raise RuntimeError(f"a snippet was answered with {answer.status_code}")

    return post


def _shares(work: Work, runs: int) -> str:
    work()  # what is made once is not what a run costs
    # Not the time that passes: whichever function runs when other work gets the processor would be told to take it.
    profile = cProfile.Profile(time.thread_time)
    with without_gc():
        for _ in range(runs):
            profile.runcall(work)
    stats = pstats.Stats(profile)
    found: dict[Function, tuple[int, int, float, float, object]] = stats.stats  # type: ignore[attr-defined]
    # The bench's own clock around each answer.
    found = {function: one for function, one in found.items() if function[2] != "<built-in method time.thread_time>"}
    total = sum(own for _, _, own, _, _ in found.values()) or 1.0
    rows = [("function", "calls a run", "own", "with what it calls")]
    for function, (_, calls, own, whole, _) in sorted(found.items(), key=lambda one: -one[1][2])[:ROWS]:
        rows.append((_name(function), f"{calls / runs:,.0f}", f"{own / total:.1%}", f"{min(whole / total, 1):.1%}"))
    rows.append(("", "", "", ""))
    ours = [function for function in found.items() if _is_ours(function[0]) and function[1][3] / total < _WHOLE]
    for function, (_, calls, own, whole, _) in sorted(ours, key=lambda one: -one[1][3])[:ROWS]:
        rows.append((_name(function), f"{calls / runs:,.0f}", f"{own / total:.1%}", f"{whole / total:.1%}"))
    return align(rows, left=(0,))


_WHOLE = 0.85
"""What most of a run is in only passes it on."""


def _is_ours(function: Function) -> bool:
    return "/playground/" in function[0] and "site-packages" not in function[0]


def _name(function: Function) -> str:
    file, _, name = function
    for part in ("/playground/", "/templates/", "/site-packages/"):
        _, found, rest = file.rpartition(part)
        if found:
            return f"{part.strip('/')}/{rest}:{name}" if part != "/site-packages/" else f"{rest}:{name}"
    return name if file == "~" else f"{Path(file).name}:{name}"
