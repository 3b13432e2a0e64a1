"""Reading operations: one with its definitions, lists by tag and by words, and the routes a request may take.

A route is found by a walk down the ordered index of `METHOD path` names: each step looks up the next segment, as text
or as a template, so its cost grows with the templates that fit and not with the provider (a few hundred look-ups for
22,000 operations as for 10).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, islice
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from playground.catalog.codec import decode
from playground.catalog.model import Operation, OperationSummary, Schema
from playground.store.blocks import BlockReader, Place, stored_blocks
from playground.store.cache import RecentlyUsed
from playground.store.connection import Connections
from playground.store.errors import OperationNotFound
from playground.store.index import all_words, matching, words_of
from playground.store.marked import NAME, SHOWN
from playground.store.model import Route
from playground.store.names import Defined, Names, Rows
from playground.store.packing import text, unpack_value
from playground.store.providers import Identity, aliases_of, find_operation

SUMMARY_COLUMNS = (
    "provider.name, provider.title, operation.name, method, path, operation.title, operation.summary, tag, deprecated"
    " FROM operation JOIN provider ON provider.id = operation.provider"
)

_MOST_LOOKUPS = 4000
_MOST_SEGMENTS = 40
_LONGEST_SEGMENT = 400
_MOST_FOUND = 2400
_VARIABLE = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"[/?#]")
_LAST = "\U0010ffff"


def summary_of(row: Sequence[Any]) -> OperationSummary:
    """Return the summary in a row of `SUMMARY_COLUMNS`."""
    provider, provider_title, name, method, path, title, summary, tag, deprecated = row
    return OperationSummary(
        provider=provider, provider_title=provider_title, name=name, method=method, path=path, title=title or summary,
        summary=summary, tag=tag, deprecated=bool(deprecated),
    )  # fmt: skip


def operation_number(
    connection: sqlite3.Connection, provider: str, identity: Identity, name: str, rows: Rows | None = None
) -> int:
    """Return the row id of the operation with that accepted name. Raises `OperationNotFound`."""
    names = aliases_of(connection, identity, rows)
    row = find_operation(names, name)
    if row is None:
        raise OperationNotFound(provider, name, _similar(connection, names, name))
    return row


def read_operation(connection: sqlite3.Connection, blocks: BlockReader, operation: int) -> tuple[Operation, int]:
    """Return the operation of a row id, and the bytes it takes as JSON."""
    row = connection.execute(
        "SELECT block, start, length FROM operation JOIN detail ON detail.id = operation.detail WHERE operation.id = ?",
        (operation,),
    ).fetchone()
    content = blocks.read(Place(*row))
    return decode(Operation, unpack_value(content)), len(content)


def _similar(connection: sqlite3.Connection, names: Names[int], name: str) -> tuple[str, ...]:
    """Return the canonical names next to this one in the alphabet that begin as it does."""
    wanted = text(name[:200])
    start = wanted[: max(3, len(wanted) // 2)]
    near = (*islice(names.following(wanted), 2), *islice(names.preceding(wanted), 2))
    alike = (operation for alias, operation in near if alias.startswith(start))
    return tuple(dict.fromkeys(_route(connection, operation).name for operation in alike))


def list_operations(
    connection: sqlite3.Connection,
    number: int,
    *,
    tag: str | None,
    query: str,
    limit: int,
    offset: int,
    hidden: bool = False,
) -> tuple[OperationSummary, ...]:
    """Return a provider's operations in the document's order; the empty tag means "without a tag".

    Of a query's matches, those come first whose name, path, tags or title hold its words.
    `hidden` adds those that the description hides from lists.
    """
    first, count = connection.execute("SELECT first, operations FROM provider WHERE id = ?", (number,)).fetchone()
    conditions, values = ["operation.id BETWEEN ? AND ?"], [first, first + count - 1]
    if not hidden:
        conditions.append("NOT hidden")
    if tag is not None:
        conditions.append("operation.id IN (SELECT operation FROM tagging WHERE provider = ? AND tag = ?)")
        values += [number, text(tag)]
    order = "operation.id"
    if query.strip():
        # In steps: the planner would otherwise ask the full-text index once for each operation.
        words, last = words_of(query), first + count - 1
        numbers = matching(connection, all_words(words), first, last)
        shown = matching(connection, all_words(words, NAME + SHOWN), first, last)
        conditions.append(f"operation.id IN ({','.join(map(str, numbers))})")
        order = f"operation.id NOT IN ({','.join(map(str, shown))}), {order}"
    rows = connection.execute(
        f"SELECT {SUMMARY_COLUMNS} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return tuple(summary_of(row) for row in rows)


def operations_before(connection: sqlite3.Connection, number: int, operation: int, tag: str) -> int:
    """Return how many operations of a tag come before an operation in the document."""
    count: int = connection.execute(
        "SELECT count(*) FROM tagging WHERE provider = ? AND tag = ? AND operation < ?", (number, text(tag), operation)
    ).fetchone()[0]
    return count


def operation_ids(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """Return the operationIds of the document by canonical name; this unpacks every operation's row."""
    rows = connection.execute(
        "SELECT name, block, start, length FROM operation JOIN detail ON detail.id = operation.detail WHERE NOT hidden"
        " AND operation.id BETWEEN (SELECT first FROM provider WHERE id = ?1)"
        " AND (SELECT first + operations - 1 FROM provider WHERE id = ?1)",
        (number,),
    )
    blocks = stored_blocks(connection)
    return {name: unpack_value(blocks.read(Place(*place))).get("operation_id", "") for name, *place in rows}


def operation_places(connection: sqlite3.Connection, number: int) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """Return name, first tag and whether it is hidden of each of a provider's operations, in order."""
    rows = connection.execute(
        "SELECT method, path, operation.name, tag, hidden FROM operation JOIN provider"
        " ON operation.id BETWEEN first AND first + operations - 1 WHERE provider.id = ? ORDER BY operation.id",
        (number,),
    )
    return {(method, path): (name, tag, bool(hidden)) for method, path, name, tag, hidden in rows}


def operations_found_by(connection: sqlite3.Connection, number: int, names: Set[str]) -> Iterator[Operation]:
    """Yield the operations of a provider whose texts in the index depend on one of these definitions."""
    parts = connection.execute("SELECT content FROM indexed WHERE provider = ? ORDER BY part", (number,)).fetchall()
    (first,) = connection.execute("SELECT first FROM provider WHERE id = ?", (number,)).fetchone()
    rows, blocks = chain.from_iterable(unpack_value(content) for (content,) in parts), stored_blocks(connection)
    for key, row in enumerate(rows, first):
        if not names.isdisjoint(row[1:]):
            yield read_operation(connection, blocks, key)[0]


class _Walk:
    """One walk: the provider's names, and the number of look-ups left."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.names = Names[int](connection, "alias", number)
        self.left = _MOST_LOOKUPS

    def next_name(self, least: str, below: str) -> str | None:
        """Return the first name from `least` on and before `below`."""
        if self.left <= 0:
            return None
        self.left -= 1
        name, _ = next(self.names.following(least), (below, 0))
        return name if name < below else None

    def segments(self, before: str, segment: str) -> Iterator[str]:
        """Yield the template segments below `before` that this segment may fill: itself first, then templates."""
        decoded = unquote(segment)
        for literal in dict.fromkeys((segment, decoded, quote(decoded, safe="/:@!$&'()*+,;=~"))):
            if self.next_name(before + literal, before + literal + _LAST) is not None:
                yield literal
        seen: set[str] = set()
        for length in range(min(len(decoded), _LONGEST_SEGMENT) + 1):
            head = before + decoded[:length] + "{"
            least = head
            while (name := self.next_name(least, head + _LAST)) is not None:
                match = _END.search(_VARIABLE.sub(lambda variable: "x" * len(variable[0]), name), len(before))
                end = match.start() if match else len(name)
                template = name[len(before) : end]
                if template not in seen:
                    seen.add(template)
                    yield template
                # One step passes over all names that continue after this segment.
                least = name[:end] + (chr(ord(name[end]) + 1) if end < len(name) else "\x00")


def find_routes(connection: sqlite3.Connection, number: int, method: str, path: str) -> tuple[Route, ...]:
    """Return the provider's operations whose path template `path` (encoded, no query) fills, most literal first.

    A template variable takes one segment; only where nothing fits so, it may take several (`/v1/{name}`).
    """
    segments = text(path).lstrip("/").split("/")
    if len(segments) > _MOST_SEGMENTS or any(len(segment) > _LONGEST_SEGMENT for segment in segments):
        return ()
    walk = _Walk(connection, number)
    for several in (False, True):
        ends = dict.fromkeys(_ends(walk, f"{text(method.upper())} /", segments, several=several))
        routes = [_route(connection, operation) for end in ends for operation in _operations_at(walk.names, end)]
        if routes:
            return tuple(sorted(dict.fromkeys(routes), key=lambda route: _specific(route.path)))
    return ()


def _ends(walk: _Walk, before: str, segments: list[str], *, several: bool) -> Iterator[str]:
    """Yield the templates, as `METHOD path`, that all segments fill."""
    first, rest = segments[0], segments[1:]
    for segment in walk.segments(before, first):
        taken = range(len(rest) + 1) if several and "{" in segment else (0,)
        for more in taken:
            value = "/".join([first, *rest[:more]])
            if not _fills(segment, value):
                continue
            if len(rest) == more:
                yield before + segment
            else:
                yield from _ends(walk, f"{before}{segment}/", rest[more:], several=several)


def _fills(template: str, value: str) -> bool:
    """Tell whether a value fills a template segment; each variable takes at least one character."""
    pieces = [unquote(piece) for piece in _VARIABLE.split(template)]
    if len(pieces) == 1:
        return template == value or unquote(template) == unquote(value)
    decoded = unquote(value)
    head, *middle, tail = pieces
    if not (decoded.startswith(head) and decoded.endswith(tail)):
        return False
    at, end = len(head) + 1, len(decoded) - len(tail)
    for piece in middle:
        start = decoded.find(piece, at)
        if start < 0:
            return False
        at = start + len(piece) + 1
    return at <= end


def _operations_at(names: Names[int], end: str) -> Iterator[int]:
    """Yield the operations at a template: itself, and those that differ from it by a query or fragment."""
    for least, below in ((end, end + "\x00"), (end + "#", end + "$"), (end + "?", end + "@")):
        for name, operation in islice(names.following(least), _MOST_FOUND):
            if name >= below:
                break
            yield operation


def _route(connection: sqlite3.Connection, operation: int) -> Route:
    name, method, path = connection.execute(
        "SELECT name, method, path FROM operation WHERE id = ?", (operation,)
    ).fetchone()
    return Route(name=name, method=method, path=path)


def _specific(path: str) -> tuple[object, ...]:
    """Order templates: literal segments before partly literal ones before variables, from the left."""
    plain = path.partition("#")[0].partition("?")[0]
    kinds = [0 if "{" not in segment else 2 if _VARIABLE.fullmatch(segment) else 1 for segment in plain.split("/")]
    return kinds, -len(_VARIABLE.sub("", plain)), path


class KeptNames(NamedTuple):
    """What stays in memory of the names of definitions: rows of them, and how many there are, by state."""

    rows: Rows
    counts: RecentlyUsed[tuple[str, int], int]


class StoredDefinitions(Mapping[str, Schema]):
    """The definitions of one version of a provider, read one by one; threads share them: never change one."""

    def __init__(
        self,
        connections: Connections,
        cache: RecentlyUsed[tuple[str, int, str], Schema],
        blocks: RecentlyUsed[tuple[str, int], bytes],
        kept: KeptNames,
        identity: Identity,
    ) -> None:
        """Read from the file that is read now: inside `reading()`."""
        self._connections = connections
        self._cache = cache
        self._blocks = blocks
        self._kept = kept
        self._epoch = connections.epoch()
        self._identity = identity

    @property
    def state(self) -> tuple[str, int]:
        """The provider's generation and version: definitions of one state are the same for ever."""
        return self._identity.generation, self._identity.number

    def __getitem__(self, name: str) -> Schema:
        key = (self._identity.generation, self._identity.number, name)
        cached = self._cache.get(key)
        if cached is not None:
            return cached
        # One `with` only: a connection to a file that was replaced is lent to one at a time.
        with self._connections.reading(self._epoch) as connection:
            place = self._place(connection, text(name))
            if place is None:
                raise KeyError(name)
            content = stored_blocks(connection, self._blocks, self._identity.generation).read(place)
        schema: Schema = unpack_value(content)
        self._cache.put(key, schema, len(content))
        return schema

    def __iter__(self) -> Iterator[str]:
        with self._connections.reading(self._epoch) as connection:
            return iter([name for _, name in sorted(self._all(connection))])

    def __len__(self) -> int:
        count = self._kept.counts.get(self.state)
        if count is None:
            with self._connections.reading(self._epoch) as connection:
                count = sum(1 for _ in self._all(connection))
            self._kept.counts.put(self.state, count, 1)
        return count

    def _place(self, connection: sqlite3.Connection, name: str) -> Place | None:
        provider, _, number = self._identity
        found = self._defined(connection).get(name)
        if found is not None and found[0] <= number:
            return Place(*found[1:])
        row = connection.execute(
            "SELECT block, start, length FROM definition WHERE provider = ? AND name = ? AND born <= ? AND died > ?",
            (provider, name, number, number),
        ).fetchone()
        return Place(*row) if row else None

    def _all(self, connection: sqlite3.Connection) -> Iterator[tuple[Place, str]]:
        provider, _, number = self._identity
        for name, (born, *place) in self._defined(connection).following(""):
            if born <= number:
                yield Place(*place), name
        for name, *place in connection.execute(
            "SELECT name, block, start, length FROM definition WHERE provider = ? AND born <= ? AND died > ?",
            (provider, number, number),
        ):
            yield Place(*place), name

    def _defined(self, connection: sqlite3.Connection) -> Names[Defined]:
        return Names(connection, "defined", self._identity.provider, self._kept.rows, self._identity.generation)
