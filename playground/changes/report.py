"""A comparison as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from playground.changes.model import Change, ChangedOperation, Comparison
from playground.text.visible import terminal_line
from playground.text.wording import Said, joined, say, say_many

SHARED = 3
"""Operations from which on a change of a definition is told once for all of them."""
_MOST_NAMED = 6


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSchema:
    """What changed inside a definition that several operations lead to; places are those in it."""

    name: str
    changes: tuple[Change, ...]
    operations: int

    @property
    def breaking(self) -> bool:
        """Whether a caller of one of them may fail."""
        return any(change.breaking for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """A comparison as a person reads it: what many operations have in common is said once.

    `own` are the other changes of each operation, by its key; `schemas` are the names of those that it leads to.
    """

    shared: tuple[SharedSchema, ...]
    own: Mapping[str, tuple[Change, ...]]
    schemas: Mapping[str, tuple[str, ...]]


def grouped(comparison: Comparison) -> Grouped:
    """Return the changes of definitions apart from those of operations."""
    users: dict[tuple[str, Change], set[str]] = {}
    for operation in comparison.changed:
        for change in operation.changes:
            if change.schema:
                users.setdefault((change.schema, _inside(change)), set()).add(operation.key)
    common = {key for key, keys in users.items() if len(keys) >= SHARED}
    # What costs those who read costs those who send nothing: of the two the verdict that breaks is said.
    said = {key for key in common if key[1].breaking or (key[0], replace(key[1], breaking=True)) not in common}
    changes: dict[str, dict[Change, None]] = {}
    using: dict[str, set[str]] = {}
    for name, change in sorted(
        said, key=lambda pair: (pair[0], not pair[1].breaking, pair[1].place, str(pair[1].text))
    ):
        changes.setdefault(name, {})[change] = None
        using.setdefault(name, set()).update(users[name, change])
    shared = [
        SharedSchema(name=name, changes=tuple(found), operations=len(using[name])) for name, found in changes.items()
    ]
    shared.sort(key=lambda change: (not change.breaking, -change.operations, change.name))
    own, schemas = {}, {}
    for operation in comparison.changed:
        is_common = [bool(change.schema) and (change.schema, _inside(change)) in common for change in operation.changes]
        pairs = list(zip(operation.changes, is_common, strict=True))
        own[operation.key] = tuple(change for change, common_ in pairs if not common_)
        schemas[operation.key] = tuple(dict.fromkeys(change.schema for change, common_ in pairs if common_))
    return Grouped(shared=tuple(shared), own=own, schemas=schemas)


def _inside(change: Change) -> Change:
    return replace(change, place=change.at.lstrip("/"), at="")


def told_texts(operation: ChangedOperation) -> tuple[Said, ...]:
    """Return what else differs of an operation, in words."""
    known = {
        "texts": say("texts differ"),
        "operationId": say("the operationId is another one"),
        "tags": say("the tags are others"),
        "servers": say("the servers are others"),
        "samples": say("the code samples are others"),
        "extensions": say("extensions differ"),
    }
    told = operation.told or (("texts",) if operation.words else ())
    return tuple(known[kind] for kind in told if kind in known)


def text_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the lines for a terminal; what may break a caller begins with `!`."""
    moved = dict(comparison.renamed)
    for mark, operations in (("- ", comparison.removed), ("+ ", comparison.added)):
        for operation in operations:
            line = f"{'!' if mark == '- ' else ' '} {mark}{terminal_line(operation.key)}"
            yield f"{line} (now {terminal_line(moved[operation.key])})" if operation.key in moved else line
    groups = grouped(comparison)
    for schema in groups.shared:
        mark = "!" if schema.breaking else " "
        yield f"{mark} ~ schema {terminal_line(schema.name)}, in {schema.operations} operations"
        for change in schema.changes:
            yield f"{'!' if change.breaking else ' '}     {terminal_line(_change_text(change))}"
    for operation in comparison.changed:
        yield f"{'!' if operation.breaking else ' '} ~ {terminal_line(operation.key)}"
        for change in groups.own[operation.key]:
            yield f"{'!' if change.breaking else ' '}     {terminal_line(_change_text(change))}"
        yield from (f"      {terminal_line(line)}" for line in _rest(operation, groups))


def markdown_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a Markdown section for each kind of change."""
    moved = dict(comparison.renamed)
    for title, operations in (("Removed", comparison.removed), ("Added", comparison.added)):
        if operations:
            yield from ("", f"## {title}", "")
        for operation in operations:
            now = f", now {_code(moved[operation.key])}" if operation.key in moved else ""
            yield f"- {_code(operation.key)} {_plain(operation.title)}{now}"
    groups = grouped(comparison)
    if groups.shared:
        yield from ("", "## Schemas that several operations use")
    for schema in groups.shared:
        yield from ("", f"### {_code(schema.name)}, in {schema.operations} operations", "")
        yield from map(_markdown_line, schema.changes)
    if comparison.changed:
        yield from ("", "## Changed")
    for operation in comparison.changed:
        yield from ("", f"### {_code(operation.key)}", "")
        yield from map(_markdown_line, groups.own[operation.key])
        yield from (f"- {_plain(line)}" for line in _rest(operation, groups))


def _markdown_line(change: Change) -> str:
    place = f"{_code(change.place)} " if change.place else ""
    return f"- {'**Breaking:** ' if change.breaking else ''}{place}{_plain(change.text)}"


def _change_text(change: Change) -> str:
    """Return one change in one line."""
    return f"{change.place}: {change.text}" if change.place else change.text


def _rest(operation: ChangedOperation, groups: Grouped) -> Iterator[str]:
    if schemas := groups.schemas[operation.key]:
        more = f" and {len(schemas) - _MOST_NAMED} more" if len(schemas) > _MOST_NAMED else ""
        yield f"schemas changed: {', '.join(schemas[:_MOST_NAMED])}{more}"
    if operation.more:
        yield f"and {operation.more} more changes"
    yield from told_texts(operation)


def _code(text: str) -> str:
    return f"`{terminal_line(text).replace('`', '')}`"


def _plain(text: str) -> str:
    line = terminal_line(text)
    return "".join(f"\\{character}" if character in "\\`*_{}[]<>#|!" else character for character in line)
