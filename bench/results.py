"""`make bench`: every figure in one run, written to `bench/RESULTS.md`; `make bench-check`: the quick ones, for CI.

What is checked in CI hangs on no clock on the wall: ratios of the server's processor time, and sizes.
"""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import pages
from bench.browser import Bound, packed_size
from bench.figures import align, table

RESULTS = Path(__file__).with_name("RESULTS.md")
CHECKED = 120
"""How often each figure of `check` is measured: about a minute in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One call of `python -m bench`: its arguments, what it shows, and whether it needs more than this machine."""

    arguments: tuple[str, ...]
    about: str
    fetches: bool = False


GROUPS = (
    Group(arguments=("import", "page", "snippet"), about="Importing Stripe's description, its page, a snippet"),
    Group(arguments=("form",), about="Drawing and reading its form"),
    Group(arguments=("growth",), about="How time grows with the description"),
    Group(arguments=("browser",), about="What a reader's browser does"),
    Group(arguments=("gateway",), about="Sends: overhead, held load, memory"),
    Group(arguments=("package",), about="The generated package of a very large description"),
    Group(arguments=("roundtrip",), about="Models of every operation through their forms and back"),
    Group(arguments=("sandbox",), about="What the sandbox answers"),
    Group(arguments=("peers",), about="Other programs, with the same description", fetches=True),
)


def write(only: tuple[str, ...], *, fetches: bool, to: Path = RESULTS) -> bool:
    """Measure the groups that hold one of `only` (all without any), write them down, and say whether all are kept."""
    chosen = [group for group in GROUPS if not only or set(only) & set(group.arguments)]
    parts: list[str] = []
    kept = True
    for group in chosen:
        if group.fetches and not fetches:
            continue
        command = [sys.executable, "-m", "bench", *group.arguments]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        kept = kept and done.returncode == 0
        verdict = "within its bounds" if done.returncode == 0 else "a bound is exceeded: see OVER"
        line = f"`python -m bench {' '.join(group.arguments)}`: {verdict}."
        parts.append(f"## {group.about}\n\n{line}\n\n```text\n{done.stdout.strip()}\n```\n")
        to.write_text(_document(parts))
    return kept


def _document(parts: list[str]) -> str:
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    head = f"""\
# Results

Written by `make bench` on {now}: Python {platform.python_version()}, {os.cpu_count()} processors, load {load} then.
A figure stands beside its reference, measured in the same run, and its bound. Other work on the machine changes times;
ratios of processor time, counts and sizes hardly.

"""
    return head + "\n".join(parts)


def check(data: bytes) -> tuple[str, bool]:
    """Return the quick figures as lines, and whether all are within their bounds."""
    with tempfile.TemporaryDirectory() as scratch:
        figures = pages.figures(("page", "snippet"), data, CHECKED, Path(scratch), processor_only=True)
    sizes = [
        Bound(name="own scripts, compressed", value=packed_size("boot", "script") / 1000, unit="kB", bound=14),
        Bound(name="stylesheets, compressed", value=packed_size("style") / 1000, unit="kB", bound=14),
    ]
    rows = [
        ("size", "value", "bound", ""),
        *((one.name, f"{one.value:.4g} {one.unit}", f"{one.bound:g}", "" if one.kept else "OVER") for one in sizes),
    ]
    kept = all(one.kept for one in (*figures, *sizes))
    return f"{table(figures)}\n\n{align(rows, left=(0, 3))}", kept
