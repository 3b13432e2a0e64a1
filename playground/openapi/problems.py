"""What is wrong with a document: diagnostics that leave the rest usable, and errors that end the import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playground.openapi.pointers import Where, pointer_text

Severity: TypeAlias = Literal["error", "warning"]
MAX_PROBLEMS = 1000
"""So many problems are listed; a last one says how many more there are."""
MAX_QUOTED = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One diagnostic: where (JSON Pointer), how bad, and a sentence. An `error` means that something was left out."""

    pointer: str
    severity: Severity
    message: str


class DocumentError(ValueError):
    """The document cannot be used at all; `str()` is one sentence that says what it is and what is expected."""


class LimitError(DocumentError):
    """The document is beyond a limit; `limit` is the limit's name."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


class Problems:
    """Collects problems in the order they are found, each once, at most `MAX_PROBLEMS` of them."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._more = 0

    def error(self, where: Where, message: str) -> None:
        """Report something that had to be left out."""
        self._add(where, "error", message)

    def warn(self, where: Where, message: str) -> None:
        """Report something that was read in the likeliest way."""
        self._add(where, "warning", message)

    def _add(self, where: Where, severity: Severity, message: str) -> None:
        if len(self._found) >= MAX_PROBLEMS:
            self._more += 1
            return
        self._found[Problem(pointer=pointer_text(where), severity=severity, message=message)] = None

    def listed(self) -> tuple[Problem, ...]:
        """Return what was found."""
        if not self._more:
            return tuple(self._found)
        message = f"There are {self._more} more problems that are not listed."
        return (*self._found, Problem(pointer="", severity="warning", message=message))


def quoted(text: object) -> str:
    """Quote a piece of a document inside a sentence: short, on one line."""
    line = " ".join(str(text).split())
    return f'"{line[:MAX_QUOTED]}…"' if len(line) > MAX_QUOTED else f'"{line}"'


def kind_of(value: object) -> str:
    """Name the JSON type of a value for a sentence: `a list`, `null`, …"""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    names: tuple[tuple[type, str], ...] = ((str, "text"), (int, "a number"), (float, "a number"), (list, "a list"))
    return next((name for kind, name in names if isinstance(value, kind)), "an object")
