"""How often a search finds, among the first five, the operation that an agent's task needs, and how long it takes.

The tasks are in `search_tasks.txt`, over descriptions of the folder; all others below it may be searched with them.
Those of `search_held_out.txt`, over other descriptions, are only measured. A catalogue of thousands of descriptions,
such as `corpus` leaves, is asked for all of them too: any copy of the API is then as good.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playground.imports.archives import SourceError
from playground.imports.descriptions import parse_source
from playground.imports.sources import read_path
from playground.openapi.compile import compile_document
from playground.openapi.problems import DocumentError
from playground.store import Store, open_store, pack

TASKS = Path(__file__).with_name("search_tasks.txt")
HELD_OUT = Path(__file__).with_name("search_held_out.txt")
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
OTHER_FILES = {
    "appwrite": "appwrite.io/server.json", "batch": "azure.com/batch-BatchService.json",
    "books": "googleapis.com/books.json", "docker": "docker.com/engine.json", "drive": "googleapis.com/drive.json",
    "github": "github.com/api.github.com.json", "jira": "atlassian.com/jira.json", "kubernetes": "kubernetes.io.json",
    "obs": "opensuse.org/obs.json", "stream": "stream-io-api.com.json", "translate": "libretranslate.local.json",
    "twilio": "twilio.com/api.json", "whatsapp": "whatsapp.local.json", "xero": "xero.com/xero_accounting.json",
}  # fmt: skip
"""Those of the tasks that are held out."""
FIRST = 5
SLOWEST = 60.0
"""Milliseconds of the processor that nineteen of twenty searches stay below."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task: the operation that it needs, and the words that are looked for."""

    provider: str
    operation: str
    words: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What some tasks found: lines about those that found nothing, how many there are, and seconds of each search.

    `spent` are those of the processor, which hang on no other work of the machine.
    """

    missed: tuple[str, ...]
    tasks: int
    seconds: tuple[float, ...]
    spent: tuple[float, ...]

    @property
    def found(self) -> int:
        """How many tasks have their operation among the first."""
        return self.tasks - len(self.missed)

    @property
    def slow(self) -> float:
        """Milliseconds of the processor below which nineteen of twenty searches stay."""
        return statistics.quantiles(self.spent, n=20)[-1] * 1000

    def line(self, title: str) -> str:
        """Return the figures in one line."""
        share = f"{self.found} of {self.tasks} among the first {FIRST} ({self.found / self.tasks:.0%})"
        passed = statistics.quantiles(self.seconds, n=20)[-1] * 1000
        return f"{title}: {share}; p95 {self.slow:.1f} ms of CPU, {passed:.1f} ms passed"


def read_tasks(file: Path = TASKS) -> tuple[Task, ...]:
    """Return the tasks of a file."""
    lines = (line.strip() for line in file.read_text().splitlines())
    return tuple(Task(*(part.strip() for part in line.split("|"))) for line in lines if line and line[0] != "#")


def fill(store: Store, folder: Path, files: dict[str, str]) -> None:
    """Put descriptions into a catalogue."""
    for name, file in files.items():
        document = parse_source(read_path(folder / file)).document
        store.write(pack(compile_document(document, name=name).catalog, b""), settle=False)
    store.tidy()


def place_of(store: Store, task: Task, limit: int = 10, *, anywhere: bool = False) -> int:
    """Return at which place, from 1 on, the task's operation is found; 0 where it is not.

    With `anywhere` it may be any description's that has an operation of this method and path.
    """
    found = store.search(task.words, limit, task=True).operations
    keys = [("" if anywhere else operation.provider, f"{operation.method} {operation.path}") for operation in found]
    wanted = ("" if anywhere else task.provider, task.operation)
    return keys.index(wanted) + 1 if wanted in keys else 0


def measure(store: Store, tasks: tuple[Task, ...], *, anywhere: bool = False) -> Measured:
    """Search for each task."""
    missed, seconds, spent = [], [], []
    for task in tasks:
        began, worked = time.perf_counter(), time.process_time()
        place = place_of(store, task, anywhere=anywhere)
        seconds.append(time.perf_counter() - began)
        spent.append(time.process_time() - worked)
        if not 0 < place <= FIRST:
            missed.append(f"  missed ({place or 'not among ten'}): {task.words}: {task.provider} {task.operation}")
    return Measured(tuple(missed), len(tasks), tuple(seconds), tuple(spent))


def fill_beside(store: Store, folder: Path) -> None:
    """Put every other description below the folder into the catalogue too: a search then looks among many."""
    there = {*FILES.values(), *OTHER_FILES.values()}
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".json", ".yaml", ".yml") and path.relative_to(folder).as_posix() not in there:
            name = path.relative_to(folder).with_suffix("").as_posix().lower()
            try:
                catalog = compile_document(parse_source(read_path(path)).document, name=name).catalog
            except (DocumentError, SourceError):
                continue
            store.write(pack(catalog, b""), settle=False)
    store.tidy()


def report(folder: Path, catalog: Path | None = None, *, others: bool = True) -> tuple[str, bool]:
    """Return what is found where and how long a search takes, and whether nine of ten tasks find what they need.

    With `others` all descriptions below the folder are in the catalogue, and the tasks that are held out are measured.
    """
    with tempfile.TemporaryDirectory() as temporary, open_store(Path(temporary) / "catalog.sqlite") as store:
        fill(store, folder, FILES)
        if others:
            fill(store, folder, OTHER_FILES)
            fill_beside(store, folder)
        written = measure(store, read_tasks())
        lines = [*written.missed, written.line("tasks")]
        within = written.found * 10 >= written.tasks * 9
        if others:
            held_out = measure(store, read_tasks(HELD_OUT))
            lines += [*held_out.missed, held_out.line("held out")]
            within = within and held_out.found * 10 >= held_out.tasks * 9
    if catalog is not None:
        with open_store(catalog) as store:
            tasks = (*read_tasks(), *read_tasks(HELD_OUT))
            measure(store, tasks[:20], anywhere=True)  # what a catalogue that is opened reads first
            among = measure(store, tasks, anywhere=True)
            count = len(store.providers())
        lines += [*among.missed, among.line(f"among {count:,} descriptions")]
        within = within and among.slow < SLOWEST
    return "\n".join(lines), within
