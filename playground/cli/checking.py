"""`--check` and `--report`: answers compared with their descriptions, in a terminal and in CI."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from playground.catalog.model import Entry
from playground.cli.failures import Failure
from playground.contract.check import THOROUGH, check
from playground.contract.described import located
from playground.contract.report import Case, json_text, junit_text
from playground.contract.verdict import Finding, Verdict
from playground.gateway.answer import Answer
from playground.secrets.redact import redact_text
from playground.store import Store
from playground.text.visible import terminal_line

Command = TypeVar("Command", bound=Callable[..., Any])


def check_options(command: Command) -> Command:
    """Give a command the options `--check` and `--report`."""
    report = click.option(
        "--report", "reports", metavar="FILE", multiple=True, type=click.Path(path_type=Path, dir_okay=False),
        help="Write what --check finds, as JUnit XML (.xml) or JSON (.json); may be given twice.",
    )  # fmt: skip
    checked = click.option(
        "--check", "checked", is_flag=True,
        help="Compare each answer with its description; exit status 1 where one contradicts it.",
    )  # fmt: skip
    return checked(report(command))


@dataclass(slots=True)
class Checking:
    """The answers of one command as they are checked; `reports` are written when it ends."""

    title: str
    reports: tuple[Path, ...] = ()
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path in self.reports:
            if path.suffix not in (".xml", ".json"):
                raise Failure(f"--report {path}: name a file that ends in .xml (JUnit) or .json.")

    def add(self, store: Store, entry: Entry, answer: Answer, *, title: str = "", error: str = "") -> Verdict:
        """Check an answer, say on stderr what was found, and keep it for the reports."""
        verdict = Verdict()
        if answer.response is not None:
            verdict = check(entry, answer.response, THOROUGH)
            verdict = located(verdict, lambda: store.source(entry.provider.name))
            verdict = verdict.redacted(lambda text: redact_text(text, answer.secrets))
        operation = entry.operation
        self.cases.append(
            Case(
                title=title or operation.key,
                provider=entry.provider.name,
                operation=operation.name,
                status=None if answer.response is None else answer.response.status,
                milliseconds=answer.duration_ms,
                verdict=verdict,
                error=error or ("" if answer.response is not None else answer.error or "There was no answer."),
            )
        )
        if answer.response is not None:
            for line in lines_of(verdict):
                click.echo(line, err=True)
        return verdict

    def finish(self) -> None:
        """Write the reports."""
        for path in self.reports:
            text = junit_text(self.cases, title=self.title) if path.suffix == ".xml" else json_text(self.cases)
            path.write_text(text, encoding="utf-8")

    @property
    def contradictions(self) -> int:
        """How many answers contradict their descriptions."""
        return sum(bool(case.verdict.errors) for case in self.cases)


def lines_of(verdict: Verdict) -> list[str]:
    """Return a verdict as lines for a terminal: each finding with its rule and its place, the sentence last."""
    return [terminal_line(line) for line in (*map(_line, verdict.findings), *verdict.unchecked, verdict.sentence)]


def _line(finding: Finding) -> str:
    rule = " at ".join(part for part in (finding.rule, f"#{finding.place}" if finding.place else "") if part)
    return f"{finding.severity}: {finding.text}" + (f" [{rule}]" if rule else "")


def fail_on_contradiction(checking: Checking) -> None:
    """Raise `Failure` where an answer contradicts its description."""
    if checking.contradictions:
        sys.stdout.flush()
        count = checking.contradictions
        raise Failure(f"{count} answer{'s contradict' if count > 1 else ' contradicts'} the description: see above.")
