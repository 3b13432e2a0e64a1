"""Server time of the Stripe operation page and of a snippet, each beside an empty view of the same application.

Round trips over loopback HTTP on the real server, this process being the client, on one kept-alive connection, warm,
the things compared taking turns. The bounds are about twice what was measured when they were set, on one machine:
they catch a page that has become slow, and promise nothing else.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

from bench.client import Answer, Client, successful_fields, urlencoded
from bench.descriptions import import_description
from bench.figures import Figure, Sample
from bench.serving import EMPTY, PROCESS, TABLE, site
from playground.store import open_store

OPERATION = "postcheckoutsessionssession"
PAGE = f"/providers/stripe/{OPERATION}"
FILLED = {"path.session": "cs_test_1"}
RUNS = 300
WARM = 10
BOUNDS = {"page": 4, "first": 20, "snippet": 6}
PROCESSOR = {"page": 1.2, "first": 6, "snippet": 2.5}
"""The same by the processor time of the server, which hardly depends on what else the machine does."""
WORST = {"page": 1.2, "first": 3.7, "snippet": 1.35}
"""What `check` lets pass: where a ratio is beyond it on any machine, something has become slower. The first rendering
and the snippet stand beside a plain table there (`serving.py`)."""
_EMPTY, _TABLE = (EMPTY, "empty Flask view"), (TABLE, "a plain table")
TAIL = 20
"""What the 99th of 100 snippets may take, in empty views."""


def figures(
    kinds: tuple[str, ...], data: bytes, runs: int, folder: Path, *, processor_only: bool = False
) -> list[Figure]:
    """Measure `page` (as cached, and rendered for the first time) and `snippet`, as asked.

    Each by the time that passes, unless `processor_only`, and by the server's processor time where the system tells it.
    """
    catalog = folder / "catalog.sqlite"
    import_description(data, catalog)
    with site(catalog) as port, Client(port) as client:
        client.get(PAGE)
        clock = _processor_clock(int(client.get(PROCESS).text))
        clocks: list[tuple[str, Callable[[], float], dict[str, float]]] = []
        if not (processor_only and clock is not None):
            clocks.append(("", time.perf_counter, BOUNDS))
        if clock is not None:
            clocks.append((", processor", clock, WORST if processor_only else PROCESSOR))
        paths = iter(other_pages(catalog))
        client.get(next(paths))  # warms the templates
        few = max(1, min(runs, (len(other_pages(catalog)) - 1) // len(clocks)))
        measured: list[Figure] = []
        beside = _TABLE if processor_only else _EMPTY
        for name, read, bounds in clocks:
            if "page" in kinds:
                cached = _compare(
                    client, f"operation page, cached{name}", lambda: client.get(PAGE), runs, bounds["page"], clock=read
                )
                # Every page once and never again: each is rendered and compressed for its first visitor.
                title = f"operation pages, first render{name}"
                first = _compare(
                    client,
                    title,
                    lambda: client.get(next(paths)),
                    few,
                    bounds["first"],
                    warm=0,
                    clock=read,
                    beside=beside,
                )
                measured += [cached, first]
            if "snippet" in kinds:
                measured.append(_snippet(client, runs, f"snippet POST{name}", bounds["snippet"], read, beside))
        return measured


def _snippet(
    client: Client, runs: int, name: str, bound: float, clock: Callable[[], float], beside: tuple[str, str]
) -> Figure:
    body = urlencoded(successful_fields(client.get(PAGE).text, FILLED))
    path = f"{PAGE}/snippet"
    if FILLED["path.session"] not in client.post(path, body).text:
        raise RuntimeError("the snippet does not show what was filled in")
    return _compare(client, name, lambda: client.post(path, body), runs, bound, tail=TAIL, clock=clock, beside=beside)


def _processor_clock(process: int) -> Callable[[], float] | None:
    """Return what tells the seconds that a process has had a processor, `None` where the system does not tell.

    Unlike the time that passes, it is much the same on a machine that has other work.
    """
    tasks = Path(f"/proc/{process}/task")

    def seconds() -> float:
        return sum(int(task.read_text().split()[0]) for task in tasks.glob("*/schedstat")) / 1e9

    return seconds if tasks.is_dir() and seconds() > 0 else None


def _compare(
    client: Client, name: str, ask: Callable[[], Answer], runs: int, bound: float, *, warm: int = WARM,
    tail: float | None = None, clock: Callable[[], float] = time.perf_counter, beside: tuple[str, str] = _EMPTY,
) -> Figure:  # fmt: skip
    for _ in range(warm):
        ask()

    def timed(one: Callable[[], Answer]) -> float:
        before = clock()
        answer = one()
        return answer.seconds if clock is time.perf_counter else clock() - before

    pairs = [(timed(lambda: client.get(beside[0])), timed(ask)) for _ in range(runs)]
    references, measured = zip(*pairs, strict=True)
    return Figure(
        measured=Sample(name=name, seconds=measured),
        reference=Sample(name=beside[1], seconds=references),
        bound=bound,
        tail=tail,
    )


def other_pages(catalog: Path) -> list[str]:
    """Return the addresses of all operation pages but the one that is cached, heavy and light ones well mixed."""
    with open_store(catalog) as store:
        paths = [
            f"/providers/stripe/{operation.name}"
            for operation in store.operations("stripe")
            if operation.name != OPERATION
        ]
    # Neighbours in a description are alike; steps of 7 take its parts in turn.
    return list(itertools.chain.from_iterable(paths[start::7] for start in range(7)))
