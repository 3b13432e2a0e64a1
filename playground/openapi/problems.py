"""What is wrong with a document: problems that leave the rest usable, errors that end the import, and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.openapi.pointers import Where, pointer_text
from playground.text.wording import say

Severity: TypeAlias = Literal["error", "warning"]
MAX_PROBLEMS = 1000
"""How many problems are listed; one more says how many were left out."""
_MAX_QUOTED = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One diagnostic: where (JSON Pointer), how bad, and a sentence. An `error` means that something was left out."""

    pointer: str
    severity: Severity
    message: str


class DocumentError(ValueError):
    """The document cannot be used at all; `str()` is a sentence that names what it is and what is expected."""


class LimitError(DocumentError):
    """The document exceeds a limit; `limit` is the limit's name."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


class Problems:
    """Collects problems in the order they are reported, each once, at most `MAX_PROBLEMS` of them."""

    def __init__(self) -> None:
        self._collected: dict[Problem, None] = {}
        self._left_out = 0

    def error(self, where: Where, message: str) -> None:
        """Report something that had to be left out."""
        self._add(where, "error", message)

    def warn(self, where: Where, message: str) -> None:
        """Report something that was read in the likeliest way."""
        self._add(where, "warning", message)

    def _add(self, where: Where, severity: Severity, message: str) -> None:
        if len(self._collected) >= MAX_PROBLEMS:
            self._left_out += 1
            return
        self._collected[Problem(pointer=pointer_text(where), severity=severity, message=message)] = None

    def listed(self) -> tuple[Problem, ...]:
        """Return the collected problems."""
        if not self._left_out:
            return tuple(self._collected)
        message = f"There are {self._left_out} more problems that are not listed."
        return (*self._collected, Problem(pointer="", severity="warning", message=message))


def quoted(text: object) -> str:
    """Quote a piece of a document inside a sentence: short, on one line."""
    line = " ".join(str(text).split())
    return f'"{line[:_MAX_QUOTED]}…"' if len(line) > _MAX_QUOTED else f'"{line}"'


def kind_of(value: object) -> str:
    """Name the JSON type of a value for a sentence: `a list`, `null`, …"""
    if value is None:
        return say("null")
    if isinstance(value, bool):
        return say("true or false")
    if isinstance(value, str):
        return say("text")
    if isinstance(value, int | float):
        return say("a number")
    return say("a list") if isinstance(value, list) else say("an object")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one document, each checked by itself and named in its error.

    `size` is in bytes, `depth` in nested objects and lists, `string` in characters. `nodes` counts values of any kind,
    an alias with everything it repeats; `aliases` counts YAML's `*name`, `repeated` the nodes that aliases repeat (16
    characters weigh as much as a node). `parts` counts the parameters, media types and headers of all operations,
    `files` the files that references name.
    """

    size: int = 100_000_000
    depth: int = 200
    nodes: int = 20_000_000
    aliases: int = 100_000
    repeated: int = 1_000_000
    string: int = 5_000_000
    operations: int = 50_000
    parts: int = 2_000_000
    files: int = 1_000


DEFAULT_LIMITS = Limits()
