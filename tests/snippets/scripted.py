"""Runs snippets of scripting languages, many in one process of their language, each in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.snippets.runner import Run

CACHE = Path(__file__).parents[2] / ".ci" / "cache"
_PYTHON = """
import contextlib, io, os, runpy, sys, traceback
root = os.getcwd()
for name in sorted(os.listdir("runs")):
    os.chdir(f"{root}/runs/{name}")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path("snippet.py", run_name="__main__")
    except Exception:
        print(name, traceback.format_exc(), file=sys.stderr)
"""


def run_python(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Python snippets; returns what they said on stderr."""
    return _run_all(folder, runs, "snippet.py", _PYTHON, [sys.executable], environment)


def _run_all(
    folder: Path, runs: Iterable[Run], name: str, driver: str, command: list[str], environment: Mapping[str, str]
) -> str:
    lay_out(folder, runs, name)
    path = folder / f"driver{Path(name).suffix}"
    path.write_text(driver, encoding="utf-8")
    return run_command(folder, [*command, path.name], environment)


def lay_out(folder: Path, runs: Iterable[Run], name: str) -> None:
    """Write each snippet and its files into its folder."""
    for run in runs:
        home = folder / "runs" / run.name
        home.mkdir(parents=True)
        (home / name).write_text(run.text + "\n", encoding="utf-8", newline="")
        for file in run.files:
            (home / file.name).write_bytes(file.data)


def run_command(folder: Path, command: list[str], environment: Mapping[str, str]) -> str:
    """Run a command; returns what it said on stderr, with its status where that is not 0."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "LC_ALL": "C.UTF-8", "NO_PROXY": "*", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=110,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    return said if done.returncode == 0 else f"{said}\n{command[0]}: status {done.returncode}\n"
