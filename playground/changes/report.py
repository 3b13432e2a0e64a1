"""A comparison as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from playground.changes.model import Change, ChangedOperation, Comparison
from playground.text.visible import terminal_line
from playground.text.wording import Said, joined, say, say_many


def summary(comparison: Comparison) -> Said:
    """Return one line: `1 operation added, 2 changed (1 breaking)`."""
    counts = comparison.counts
    added, removed, changed = counts["added"], counts["removed"], counts["changed"]
    parts: list[str] = []
    if added:
        parts.append(say_many("%(num)s operation added", "%(num)s operations added", added))
    if removed:
        is_first = not parts
        parts.append(
            say_many("%(num)s operation removed", "%(num)s operations removed", removed)
            if is_first
            else say("%(num)s removed", num=removed)
        )
    if changed:
        is_first = not parts
        parts.append(
            say_many("%(num)s operation changed", "%(num)s operations changed", changed)
            if is_first
            else say("%(num)s changed", num=changed)
        )
    if not parts:
        return say("no operation differs")
    breaking = say("%(num)s breaking", num=counts["breaking"]) if counts["breaking"] else say("none breaking")
    return say("%(counts)s (%(breaking)s)", counts=joined(", ", parts), breaking=breaking)


def text_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the lines for a terminal; what may break a caller begins with `!`."""
    for mark, operations in (("- ", comparison.removed), ("+ ", comparison.added)):
        for operation in operations:
            yield f"{'!' if mark == '- ' else ' '} {mark}{terminal_line(operation.key)}"
    for operation in comparison.changed:
        yield f"{'!' if operation.breaking else ' '} ~ {terminal_line(operation.key)}"
        for change in operation.changes:
            yield f"{'!' if change.breaking else ' '}     {terminal_line(change_text(change))}"
        yield from (f"      {line}" for line in _rest(operation))


def markdown_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a Markdown section for each kind of change."""
    for title, operations in (("Removed", comparison.removed), ("Added", comparison.added)):
        if operations:
            yield from ("", f"## {title}", "")
            yield from (f"- {_code(operation.key)} {_plain(operation.title)}" for operation in operations)
    if comparison.changed:
        yield from ("", "## Changed")
    for operation in comparison.changed:
        yield from ("", f"### {_code(operation.key)}", "")
        for change in operation.changes:
            place = f"{_code(change.place)} " if change.place else ""
            yield f"- {'**Breaking:** ' if change.breaking else ''}{place}{_plain(change.text)}"
        yield from (f"- {line}" for line in _rest(operation))


def change_text(change: Change) -> str:
    """Return one change in one line."""
    return f"{change.place}: {change.text}" if change.place else change.text


def _rest(operation: ChangedOperation) -> Iterator[str]:
    if operation.more:
        yield f"and {operation.more} more changes"
    if operation.words:
        yield "texts differ"


def _code(text: str) -> str:
    return f"`{terminal_line(text).replace('`', '')}`"


def _plain(text: str) -> str:
    line = terminal_line(text)
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|!" else character for character in line)
