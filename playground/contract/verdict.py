"""The result of checking an answer: findings, each with its place in the answer and its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from playground.text.visible import reveal
from playground.text.wording import joined, say, say_many

Part: TypeAlias = Literal["status", "header", "content"]
Severity: TypeAlias = Literal["error", "note"]
Node: TypeAlias = "tuple[int | None, str]"
"""The number of a streamed item, `None` for the whole body, and a JSON Pointer in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference between an answer and its description.

    `pointer` is the JSON Pointer of the member it is about, in the content, also of one that is missing; of a finding
    about a header field `name` is the field's. `node` is the pointer of the node to mark: the same, or what a missing
    member would be in. `item` is the number of the streamed item the pointer is in, from 0. `rule` is the rule in the
    document's words, `place` its place there, as a JSON Pointer. `others` are items and nodes of further places
    where the same rule is broken the same way.
    """

    part: Part
    severity: Severity
    words: str
    pointer: str = ""
    node: str = ""
    name: str = ""
    item: int | None = None
    rule: str = ""
    place: str = ""
    others: tuple[Node, ...] = ()
    keyword: str = ""

    @property
    def title(self) -> str:
        """Where the finding is, in words: the pointer, the header field, or the status."""
        if self.part == "header":
            return self.name
        if self.part == "status":
            return say("status")
        pointer = reveal(self.pointer) or ("" if self.item is not None else say("the whole body"))
        return (
            pointer
            if self.item is None
            else say("item %(number)s", number=self.item + 1) + (f" {pointer}" if pointer else "")
        )

    @property
    def text(self) -> str:
        """The finding on one line, as a terminal prints it."""
        more = say_many(" (and at %(num)s more place)", " (and at %(num)s more places)", len(self.others))
        return joined("", [self.title, ": ", self.words, *([more] if self.others else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Findings in the order of the answer; `unchecked` are sentences about what was not looked at and why.

    `bounded` says that some of it is looked at where all is asked for. `described` is false where the description
    documents no answer at all.
    """

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[str, ...] = ()
    bounded: bool = False
    described: bool = True

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that contradict the description."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What the description does not say, and does not forbid."""
        return tuple(finding for finding in self.findings if finding.severity == "note")

    @property
    def marks(self) -> dict[Node, tuple[tuple[int, str], ...]]:
        """The nodes that findings are about: the number of each in the list, from 1, and its severity."""
        marks: dict[Node, tuple[tuple[int, str], ...]] = {}
        for number, finding in enumerate(self.findings, 1):
            if finding.part == "content":
                for node in ((finding.item, finding.node), *finding.others):
                    marks[node] = (*marks.get(node, ()), (number, finding.severity))
        return marks

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        if self.errors:
            return say_many(
                "%(num)s difference from the description.", "%(num)s differences from the description.",
                len(self.errors),
            )  # fmt: skip
        if not self.described:
            return say("The description documents no answer, so there is nothing to check.")
        if self.unchecked:
            return say("Nothing contradicts the description.")
        return say("Matches the description.")

    def placed(self, place: Callable[[str], str]) -> Verdict:
        """Return the verdict with a change of the places in the document."""
        return replace(self, findings=tuple(replace(finding, place=place(finding.place)) for finding in self.findings))

    def redacted(self, redact: Callable[[str], str]) -> Verdict:
        """Return the verdict with a change of all texts that repeat parts of the answer."""
        return replace(
            self,
            findings=tuple(
                replace(
                    finding,
                    words=_changed(finding.words, redact),
                    pointer=redact(finding.pointer),
                    node=redact(finding.node),
                    others=tuple((item, redact(node)) for item, node in finding.others),
                )
                for finding in self.findings
            ),
        )


def _changed(words: str, redact: Callable[[str], str]) -> str:
    # A sentence without a secret stays one that can be said in another language.
    changed = redact(words)
    return words if changed == words else changed
