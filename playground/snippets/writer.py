"""A small writer of indented lines, for targets of any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.text.visible import one_line


class Writer:
    """Collects lines: `unit` is a step of indentation, `comment` begins a comment line, `note` makes a note fit it."""

    def __init__(self, *, unit: str = "  ", comment: str = "//", note: Callable[[str], str] = one_line) -> None:
        self._lines: list[str] = []
        self._unit = unit
        self._comment = comment
        self._note = note
        self._depth = 0

    def line(self, text: str = "") -> None:
        """Add code; further lines inside `text` are indented like its first, so it must hold no multi-line literal."""
        for piece in text.split("\n"):
            self._lines.append(self._unit * self._depth + piece if piece else "")

    def lines(self, *texts: str) -> None:
        """Add code line by line."""
        for text in texts:
            self.line(text)

    def verbatim(self, text: str) -> None:
        """Add code whose own line ends are part of a literal: only the first line is indented."""
        self._lines.append(self._unit * self._depth + text)

    def comments(self, notes: tuple[str, ...]) -> None:
        """Add notes as comment lines; a note can neither end its line nor open anything else."""
        for note in notes:
            self.line(f"{self._comment} {one_line(self._note(note))}")

    @contextmanager
    def indented(self, opening: str, closing: str) -> Iterator[None]:
        """Write a block: `opening`, whatever is added inside one step deeper, `closing`."""
        self.line(opening)
        self._depth += 1
        yield
        self._depth -= 1
        self.line(closing)

    @property
    def text(self) -> str:
        """All lines, without a line end at the end."""
        return "\n".join(self._lines).strip("\n")
