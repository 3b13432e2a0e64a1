"""Runs snippets, many in one process of their language, and says what arrived for each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playground.snippets.files import LocalFile

_NODE_DRIVER = """
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const root = process.cwd();
for (const name of readdirSync(root + '/runs').sort()) {
  process.chdir(root + '/runs/' + name);
  try { await import(pathToFileURL(process.cwd() + '/snippet.mjs').href); }
  catch (error) { console.error(name + ': ' + error.stack); }
}
"""

_SH_DRIVER = """
cd runs
for name in *; do
  cd "$name"
  sh ./snippet.sh || echo "$name: status $?" >&2
  cd ..
done
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A snippet to run in a folder of its own, named by `name`, with `files` beside it."""

    name: str
    text: str
    files: tuple[LocalFile, ...] = ()


def run_shell(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run shell snippets; returns what they said on stderr."""
    _lay_out(folder, runs, "snippet.sh")
    return _run(folder, ["sh", "-c", _SH_DRIVER], environment)


def run_node(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run ECMAScript modules in Node; returns what they said on stderr."""
    _lay_out(folder, runs, "snippet.mjs")
    (folder / "driver.mjs").write_text(_NODE_DRIVER, encoding="utf-8")
    return _run(folder, ["node", "driver.mjs"], environment)


def _lay_out(folder: Path, runs: Iterable[Run], name: str) -> None:
    for run in runs:
        home = folder / "runs" / run.name
        home.mkdir(parents=True)
        (home / name).write_text(run.text + "\n", encoding="utf-8")
        for file in run.files:
            (home / file.name).write_bytes(file.data)


def _run(folder: Path, command: list[str], environment: Mapping[str, str]) -> str:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    done = subprocess.run(
        command, cwd=folder, env={**kept, "NO_PROXY": "*", **environment}, capture_output=True, timeout=100, check=False
    )
    return done.stderr.decode("utf-8", "replace")
