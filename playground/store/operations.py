"""Reading operations: one with everything on its row, and lists by tag and by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence, Set
from typing import Any

from playground.catalog.codec import decode
from playground.catalog.model import Operation, OperationSummary
from playground.store.errors import OperationNotFound
from playground.store.packing import text, unpack_value
from playground.store.providers import find_operation
from playground.store.search import CANDIDATES, LONGEST_QUERY, candidates, match_expression, matching, words_of

_TELLING = "{name provider}"
"""The columns of the index that tell what an operation is."""
_SMALL = frozenset(("a", "an", "the", "of"))
"""Words that people put between those of a name."""
_SHOWN = "{name path tags summary}"
"""The columns of the index that a list of operations shows."""
_COLUMNS = (
    "provider.name, provider.title, operation.name, method, path, operation.summary, tag, deprecated"
    " FROM operation JOIN provider ON provider.id = operation.provider"
)


def _summary(row: Sequence[Any]) -> OperationSummary:
    provider, title, name, method, path, summary, tag, deprecated = row
    return OperationSummary(
        provider=provider, provider_title=title, name=name, method=method, path=path, summary=summary, tag=tag,
        deprecated=bool(deprecated),
    )  # fmt: skip


def operation_number(connection: sqlite3.Connection, provider: str, number: int, name: str) -> int:
    """Return the row id of the operation with that accepted name. Raises `OperationNotFound`."""
    found = find_operation(connection, number, name)
    if found is None:
        raise OperationNotFound(provider, name, _similar(connection, number, name))
    return found


def read_operation(connection: sqlite3.Connection, found: int) -> tuple[Operation, int]:
    """Return the operation of a row id, and the bytes it takes packed."""
    (content,) = connection.execute("SELECT content FROM detail WHERE operation = ?", (found,)).fetchone()
    return decode(Operation, unpack_value(content)), len(content)


def _similar(connection: sqlite3.Connection, number: int, name: str) -> tuple[str, ...]:
    """Canonical names next to this one in the alphabet that begin as it does: two index look-ups, whatever its size."""
    wanted = text(name[:200])
    near = "SELECT alias.name, operation.name FROM alias JOIN operation ON operation.id = alias.operation"
    rows = [
        *connection.execute(
            f"{near} WHERE alias.provider = ? AND alias.name >= ? ORDER BY 1 LIMIT 2", (number, wanted)
        ),
        *connection.execute(
            f"{near} WHERE alias.provider = ? AND alias.name < ? ORDER BY 1 DESC LIMIT 2", (number, wanted)
        ),
    ]
    start = wanted[: max(3, len(wanted) // 2)]
    return tuple(dict.fromkeys(canonical for alias, canonical in rows if alias.startswith(start)))


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

    Of a query, those come first whose name, path, tags or summary hold its words; the others only tell of them.
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
        found = matching(connection, match_expression(words), first, last)
        shown = matching(connection, match_expression(words, _SHOWN), first, last)
        conditions.append(f"operation.id IN ({','.join(map(str, found))})")
        order = f"operation.id NOT IN ({','.join(map(str, shown))}), {order}"
    rows = connection.execute(
        f"SELECT {_COLUMNS} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return tuple(_summary(row) for row in rows)


def operation_ids(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """Return the operationIds that the document gives, by canonical name; this unpacks every operation's row."""
    rows = connection.execute(
        "SELECT name, content FROM operation JOIN detail ON detail.operation = operation.id WHERE provider = ?1"
        " AND NOT hidden AND id BETWEEN (SELECT first FROM provider WHERE id = ?1)"
        " AND (SELECT first + operations - 1 FROM provider WHERE id = ?1)",
        (number,),
    )
    return {name: unpack_value(content).get("operation_id", "") for name, content in rows}


def search_operations(connection: sqlite3.Connection, query: str, limit: int) -> tuple[OperationSummary, ...]:
    """Return the operations of all providers that match best, best first: at most `limit`."""
    words = _telling_words(words_of(query))
    folded = [word.casefold() for word in words]
    joined = "".join(folded)
    # "create a customer" is how people say createcustomer, of which nothing else would put those first.
    found = matching(connection, f'name : "{joined}"', limit=max(limit, CANDIDATES)) if len(words) > 1 else []
    if len(found) < limit:
        found += candidates(connection, words, _TELLING, limit)
    marks = ",".join(map(str, found))
    rows = connection.execute(f"SELECT {_COLUMNS} WHERE operation.id IN ({marks})").fetchall()
    exact = {text(query[:LONGEST_QUERY]).strip().casefold(), joined}
    rows.sort(key=lambda row: _rank(row, exact, folded))
    return tuple(_summary(row) for row in rows[:limit])


def _telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    # The last may be the beginning of another word.
    return (*(word for word in words[:-1] if word.casefold() not in _SMALL), *words[-1:])


def _rank(row: Sequence[Any], typed: Set[str], words: list[str]) -> tuple[bool, bool, int, int, bool, int, int]:
    """Exact names first, then names that begin with the query, then by where its words stand, then short names."""
    provider, title, name, _, path, summary, tag, deprecated = row
    folded = name.casefold()
    missing = [word for word in words if word not in folded]
    unnamed, untold = len(missing), len(missing)
    if missing:
        named = f"{provider} {title}".casefold()
        elsewhere = [word for word in missing if word not in named]
        unnamed = untold = len(elsewhere)
        if elsewhere:
            told = f"{path} {tag} {summary}".casefold()
            untold = sum(word not in told for word in elsewhere)
    exact = not typed.isdisjoint((folded, path.casefold(), summary.casefold()))
    begins = any(one and folded.startswith(one) for one in typed)
    return not exact, not begins, unnamed, untold, bool(deprecated), len(missing), len(folded)
