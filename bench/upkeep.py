"""What a catalogue of full size costs day by day: read again, one description changed, started, a second worker.

Time is CPU time of all processes, since other work on the machine does not change it; memory is the processes' share of
what lies in memory (`Pss`), so that what they have in common counts once.
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Measure, measures_table
from bench.serving import ROOT

AGAIN_BOUND, START_BOUND = 5, 1
CHANGED_BOUND = 1.5
WORKER_BOUND = 60
_ASKED = 60
_SECONDS = 120


def report(folder: Path, catalog: Path) -> tuple[str, bool]:
    """Measure a folder of descriptions and their catalogue, which is made where there is none; tell if all is kept."""
    with tempfile.TemporaryDirectory(dir=catalog.parent) as scratch:
        measures = again(folder, catalog, Path(scratch))
        measures += start(catalog)
        measures += second_worker(catalog)
    return measures_table(measures), all(measure.kept for measure in measures)


def again(folder: Path, catalog: Path, scratch: Path) -> list[Measure]:
    """Add a folder that is in the catalogue once more: first as it is, then with one description changed."""
    copy = scratch / folder.name
    # Not a copy of every byte; a file that is changed is put in the place of its link.
    shutil.copytree(folder, copy, copy_function=_linked)
    _playground("add-all", str(copy), "--catalog", str(catalog))
    unchanged = _playground("add-all", str(copy), "--catalog", str(catalog))
    path = max((path for path in copy.rglob("*.json") if path.is_file()), key=_closeness)
    text = path.read_text("utf-8").replace('"description":', '"x-changed": 1, "description":', 1)
    path.unlink()
    path.write_text(text, "utf-8")
    changed = _playground("add-all", str(copy), "--catalog", str(catalog))
    alone = _playground("add", "changed", str(path), "--catalog", str(scratch / "alone.sqlite"))
    return [
        Measure(name="add-all again, nothing changed, CPU", value=unchanged, bound=AGAIN_BOUND, unit=" s"),
        Measure(
            name="add-all again, one changed, CPU beyond that, to adding it alone",
            value=max(changed - unchanged, 0.0) / alone, bound=CHANGED_BOUND, unit=" x",
        ),
    ]  # fmt: skip


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _closeness(path: Path) -> float:
    """Return how near a file is to half a megabyte: neither the smallest nor the largest."""
    return -abs(path.stat().st_size - 500_000)


def _playground(*arguments: str) -> float:
    """Run a command and return the CPU time of its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "playground", *arguments], cwd=ROOT, env=_environ(), check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _environ(**more: str) -> dict[str, str]:
    environ = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    return {**environ, "PYTHONPATH": str(ROOT), **more}


def start(catalog: Path) -> list[Measure]:
    """Start the site, and ask for its first page."""
    port = _free_port()
    command = [sys.executable, "-m", "playground", "serve", "--port", str(port), "--catalog", str(catalog)]
    with _running(command, _environ(), port) as process:
        worked = _cpu_of(process)
    return [Measure(name="start to first page, CPU", value=worked, bound=START_BOUND, unit=" s")]


def second_worker(catalog: Path) -> list[Measure]:
    """Serve with one worker and with two, as `deploy/` does."""
    memory = [_served_by(catalog, workers) for workers in (1, 2)]
    return [Measure(name="memory of a second worker", value=memory[1] - memory[0], bound=WORKER_BOUND, unit=" MB")]


def _served_by(catalog: Path, workers: int) -> float:
    port = _free_port()
    environ = _environ(PORT=str(port), WEB_CONCURRENCY=str(workers), PLAYGROUND_CATALOG=str(catalog))
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "playground.app:application()"]
    with _running(command, environ, port) as process:
        for number in range(_ASKED * workers):
            _ask(port, f"/providers/tour?q={number}")
        return sum(_share(number) for number in (process, *_children(process))) / 1e6


@contextmanager
def _running(command: list[str], environ: dict[str, str], port: int) -> Iterator[int]:
    """Run a server, whose number is given as soon as its first page has come, until the block ends."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            deadline = time.monotonic() + _SECONDS
            while not _ask(port, "/"):
                if child.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{' '.join(command)} does not answer")
                time.sleep(0.02)
            yield child.pid
        finally:
            child.terminate()
            try:
                child.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _ask(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=_SECONDS) as answer:
            answer.read()
    except OSError:
        return False
    return True


def _children(process: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def _share(process: int) -> int:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not tell a process's share of memory")


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
