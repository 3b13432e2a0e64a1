"""`make bench`: every figure in one run, written to `bench/RESULTS.md`; `make bench-check`: the quick ones, for CI.

What is checked in CI hangs on no clock on the wall: ratios of the server's processor time, and sizes.
"""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import pages
from bench.browser import Bound, packed_size
from bench.figures import Figure, align, table

RESULTS = Path(__file__).with_name("RESULTS.md")
CHECKED = 120
"""How often each figure of `check` is measured: about a minute in all."""
TRIES = 3
"""How often `check` measures, where a figure is over its bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One call of `python -m bench`: its arguments, what it shows, and what `make bench` without a word leaves out.

    `needs` is what it needs beside this machine and some minutes; such a group is measured when it is named.
    """

    arguments: tuple[str, ...]
    about: str
    needs: str = ""

    @property
    def command(self) -> str:
        """The call as it is typed."""
        return f"python -m bench {' '.join(self.arguments)}"


GROUPS = (
    Group(arguments=("import", "page", "snippet"), about="Importing Stripe's description, its page, a snippet"),
    Group(arguments=("update",), about="An edit beside a whole import, and how soon it is seen"),
    Group(arguments=("form",), about="Drawing and reading its form"),
    Group(arguments=("growth",), about="How time grows with the description"),
    Group(arguments=("browser",), about="What a reader's browser does"),
    Group(arguments=("answers",), about="Showing answers, a small one and one of 50 MB"),
    Group(arguments=("gateway",), about="Sends: overhead, held load, memory"),
    Group(arguments=("package",), about="The generated package of a very large description"),
    Group(arguments=("roundtrip",), about="Models of every operation through their forms and back"),
    Group(arguments=("judge",), about="Their requests, read by another library"),
    Group(arguments=("sandbox",), about="What the sandbox answers"),
    Group(arguments=("soak",), about="Ten minutes of mixed load on two workers", needs="ten minutes"),
    Group(arguments=("oasdiff",), about="What breaks, beside the cases of oasdiff", needs="a --folder of its checkout"),
    Group(arguments=("search",), about="What a search finds, and how quickly", needs="a --folder"),
    Group(arguments=("arazzo",), about="Arazzo documents of others", needs="a --folder of them"),
    Group(arguments=("respect",), about="Verdicts on workflows, beside those of Redocly", needs="npm"),
    Group(arguments=("speed",), about="The sandbox beside an empty view, and beside Prism", needs="npm"),
    Group(arguments=("peers",), about="Other programs, with the same description", needs="npm"),
    Group(arguments=("snippets",), about="Snippets of every target, executed", needs="the tests' compilers"),
    Group(arguments=("generators",), about="Snippets of other programs, executed", needs="npm, the tests' compilers"),
    Group(arguments=("corpus",), about="Every description of a folder imported", needs="a --folder"),
    Group(arguments=("upkeep",), about="The same folder again, start, a second worker", needs="a --folder"),
    Group(arguments=("crawl",), about="Every page of that catalogue", needs="a --folder"),
)
_SECTION = re.compile(r"^## (?P<about>.+)\n(?P<text>(?:(?!^## ).*\n?)*)", re.MULTILINE)


def write(only: tuple[str, ...], *, folder: Path | None = None, to: Path = RESULTS) -> bool:
    """Measure the groups that hold one of `only`, or all that need nothing more, and say whether all are kept.

    Each section of the file tells when it was measured; those of groups that are not measured now stay.
    """
    sections = _sections(to)
    known = {word for group in GROUPS for word in group.arguments}
    others = [Group(arguments=(word,), about=word.capitalize()) for word in only if word not in known]
    kept = True
    for group in (*GROUPS, *others):
        chosen = set(only) & set(group.arguments) if only else not group.needs
        if not chosen:
            continue
        options = ("--folder", str(folder)) if folder is not None and "--folder" in group.needs else ()
        command = [sys.executable, "-m", "bench", *group.arguments, *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        kept = kept and done.returncode == 0
        verdict = "within its bounds" if done.returncode == 0 else "a bound is exceeded: see OVER"
        sections[group.about] = f"`{group.command}`, {_when()}: {verdict}.\n\n```text\n{done.stdout.strip()}\n```"
        to.write_text(_document(sections))
    return kept


def _sections(path: Path) -> dict[str, str]:
    """Return the sections that a file of results has, by their headings."""
    text = path.read_text() if path.is_file() else ""
    return {found["about"]: found["text"].strip() for found in _SECTION.finditer(text)}


def _when() -> str:
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    load = f"{os.getloadavg()[0]:.1f}"
    return f"{now}, Python {platform.python_version()}, {os.cpu_count()} processors, load {load}"


def _document(sections: Mapping[str, str]) -> str:
    head = """\
# Results

Written by `make bench`. A figure stands beside its reference, measured in the same run, and its bound. Other work on
the machine (its load is told) changes times; ratios of processor time, counts and sizes hardly. A section says when it
was measured; those that need more than this machine, or many minutes, are measured when they are named:
`python -m bench results NAME`.
"""
    parts = [head]
    for group in GROUPS:
        missing = f"`{group.command}`: not measured yet{f' (it needs {group.needs})' if group.needs else ''}."
        parts.append(f"## {group.about}\n\n{sections.get(group.about, missing)}\n")
    abouts = {group.about for group in GROUPS}
    parts += [f"## {about}\n\n{text}\n" for about, text in sections.items() if about not in abouts]
    return "\n".join(parts)


def check(data: bytes) -> tuple[str, bool]:
    """Return the quick figures as lines, and whether all are within their bounds.

    A machine that changes its pace between a figure and its reference makes a ratio worse that is not: what is over its
    bound is measured again, and over it only if it is so each time.
    """
    figures: list[Figure] = []
    for _ in range(TRIES):
        with tempfile.TemporaryDirectory() as scratch:
            again = pages.figures(("page", "snippet"), data, CHECKED, Path(scratch), processor_only=True)
        figures = [before if before.kept else now for before, now in zip(figures or again, again, strict=True)]
        if all(figure.kept for figure in figures):
            break
    sizes = [
        Bound(name="own scripts, compressed", value=packed_size("boot", "script") / 1000, unit="kB", bound=14),
        Bound(name="stylesheets, compressed", value=packed_size("style") / 1000, unit="kB", bound=14),
    ]
    rows = [
        ("size", "value", "bound", ""),
        *(
            (size.name, f"{size.value:.4g} {size.unit}", f"{size.bound:g}", "" if size.kept else "OVER")
            for size in sizes
        ),
    ]
    kept = all(figure.kept for figure in figures) and all(figure.kept for figure in sizes)
    return f"{table(figures)}\n\n{align(rows, left=(0, 3))}", kept
