"""How often a search finds, among the first five, the operation that an agent's task needs, and how long it takes.

The tasks are in `search_tasks.txt`, over descriptions of the folder; all others below it may be searched with them.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playground.imports.archives import SourceError
from playground.imports.sources import parse_source, read_path
from playground.openapi.compile import compile_document
from playground.openapi.problems import DocumentError
from playground.store import Store, open_store, pack

TASKS = Path(__file__).with_name("search_tasks.txt")
FILES = {
    "apivideo": "api.video.json", "box": "box.com.json", "clickmeter": "clickmeter.com.json",
    "conjur": "conjur.local.json", "digitalocean": "digitalocean.com.json", "discourse": "discourse.local.json",
    "docusign": "docusign.net.json", "gettyimages": "gettyimages.com.json", "graphhopper": "graphhopper.com.json",
    "gsmtasks": "gsmtasks.com.json", "httpbin": "httpbin.org.json", "influxdata": "influxdata.com.json",
    "openai": "openai.com.json", "pandascore": "pandascore.co.json", "slack": "slack.com.json",
    "spotify": "spotify.com.json", "stripe": "stripe.json", "tfl": "tfl.gov.uk.json", "traccar": "traccar.org.json",
    "zoom": "zoom.us.json",
}  # fmt: skip
"""The descriptions below the folder, by the names that the tasks call them."""
FIRST = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One task: the operation that it needs, and the words that are looked for."""

    provider: str
    operation: str
    words: str


def read_tasks() -> tuple[Task, ...]:
    """Return the tasks of the file."""
    lines = (line.strip() for line in TASKS.read_text().splitlines())
    return tuple(Task(*(part.strip() for part in line.split("|"))) for line in lines if line and line[0] != "#")


def fill(store: Store, folder: Path) -> None:
    """Put the descriptions into a catalogue."""
    for name, file in FILES.items():
        document = parse_source(read_path(folder / file)).document
        store.write(pack(compile_document(document, name=name).catalog, b""), settle=False)
    store.tidy()


def place_of(store: Store, task: Task, limit: int = 10) -> int:
    """Return at which place, from 1 on, the task's operation is found; 0 where it is not."""
    found = store.search(task.words, limit, task=True).operations
    keys = [(one.provider, f"{one.method} {one.path}") for one in found]
    wanted = (task.provider, task.operation)
    return keys.index(wanted) + 1 if wanted in keys else 0


def fill_beside(store: Store, folder: Path) -> None:
    """Put every other description below the folder into the catalogue too: a search then looks among many."""
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".json", ".yaml", ".yml") and path.relative_to(folder).as_posix() not in FILES.values():
            name = path.relative_to(folder).with_suffix("").as_posix().lower()
            try:
                catalog = compile_document(parse_source(read_path(path)).document, name=name).catalog
            except (DocumentError, SourceError):
                continue
            store.write(pack(catalog, b""), settle=False)
    store.tidy()


def report(folder: Path, *, others: bool = True) -> tuple[str, bool]:
    """Return what is found where and how long a search takes, and whether nine of ten tasks find what they need.

    With `others` all descriptions below the folder are in the catalogue.
    """
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as temporary, open_store(Path(temporary) / "catalog.sqlite") as store:
        fill(store, folder)
        if others:
            fill_beside(store, folder)
        tasks, missed, seconds, spent = read_tasks(), [], [], time.process_time()
        for task in tasks:
            began = time.perf_counter()
            place = place_of(store, task)
            seconds.append(time.perf_counter() - began)
            if not 0 < place <= FIRST:
                missed.append(task)
                lines.append(f"missed ({place or 'not among ten'}): {task.words}: {task.provider} {task.operation}")
        each = (time.process_time() - spent) * 1000 / len(tasks)
    found = len(tasks) - len(missed)
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    lines.append(f"{found} of {len(tasks)} tasks among the first {FIRST}; p95 {p95:.1f} ms, {each:.1f} ms of CPU each")
    return "\n".join(lines), found * 10 >= len(tasks) * 9
