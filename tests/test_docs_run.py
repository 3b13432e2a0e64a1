"""Commands in the documentation are run, page by page, as a reader types them: blocks after `<!-- run -->`.

A line with `$ ` is a command (with its here-document); lines below it are what it prints, `…` standing for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^<!-- run -->\n```console\n(.*?)^```", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Step:
    """One command and the lines the page says it prints; none means that whatever it prints is right."""

    command: str
    printed: str


def steps_of(text: str) -> list[Step]:
    """Return the commands of a page, in order. Raises `ValueError` for a block that begins with no command."""
    found: list[Step] = []
    for block in BLOCK.findall(text):
        parts = re.split(r"^\$ ", block, flags=re.M)
        if parts[0].strip():
            raise ValueError(f"no command before {parts[0]!r}")
        found += [_step(part) for part in parts[1:]]
    return found


def _step(text: str) -> Step:
    first, _, rest = text.partition("\n")
    if end := re.search(r"<<'(\w+)'", first):
        body, _, rest = rest.partition(f"\n{end[1]}\n")
        first = f"{first}\n{body}\n{end[1]}\n"
    return Step(first, rest.strip("\n"))


def fits(printed: str, said: str) -> bool:
    """Say whether an output is as a page shows it."""
    pattern = ".*".join(re.escape(part) for part in re.split(r"\s*…\s*", said.strip()))
    return re.search(pattern, printed, re.S) is not None


RUNNABLE = [page for page in PAGES if BLOCK.search(page.read_text())]


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: page.stem)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    script = tmp_path / "playground"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m playground "$@"\n')
    script.chmod(0o755)
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    environ = {
        **clean,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PLAYGROUND_CATALOG": str(tmp_path / "catalog.sqlite"),
    }
    folder = tmp_path / "folder"
    folder.mkdir()
    exports = ""
    for step in steps_of(page.read_text()):
        if step.command.startswith("export "):
            exports += step.command + "\n"
            continue
        done = subprocess.run(
            ["bash", "-euc", exports + step.command],
            cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            check=False,
        )  # fmt: skip
        said = done.stdout
        assert done.returncode == 0, f"{step.command}\n{said}"
        assert fits(said, step.printed), f"{step.command}\nprinted\n{said}\nand not\n{step.printed}"


def test_there_are_commands_to_run() -> None:
    assert {page.stem for page in RUNNABLE} >= {"quickstart", "deploy", "snippet-target"}


def test_a_page_that_says_something_else_would_be_noticed() -> None:
    (step,) = steps_of("<!-- run -->\n```console\n$ echo one\none\n…\nthree\n```\n")
    assert step == Step("echo one", "one\n…\nthree")
    assert fits("one\ntwo\nthree\n", step.printed)
    assert not fits("one\ntwo\n", step.printed)
    with pytest.raises(ValueError, match="no command"):
        steps_of("<!-- run -->\n```console\none\n```\n")
    (typed,) = steps_of("<!-- run -->\n```console\n$ cat <<'END'\na\nEND\na\n```\n")
    assert typed == Step("cat <<'END'\na\nEND\n", "a")
