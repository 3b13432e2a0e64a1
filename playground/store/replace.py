"""Replacing a provider in place: what is packed is compared with what is there, and only the difference is written.

What the rows held that end stays part of the version before. An update brings the operations and definitions that
differ, and says of all others that they stay.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias, TypeVar

from playground.store import rows
from playground.store.blocks import (
    Blocks,
    Place,
    compress,
    decompress,
    moved,
    packed_blocks,
    stored_blocks,
    write_blocks,
)
from playground.store.model import Written
from playground.store.names import Defined, Names
from playground.store.packing import (
    INDEXED_TOGETHER,
    KeptOperation,
    PackedCatalog,
    PackedOperation,
    PackedUpdate,
    pack_value,
    unpack_value,
)
from playground.store.source import squeeze_beside, unsqueezed, write_source
from playground.store.versions import ALIVE, Lifetime, Retention, add_version, drop_old_versions

T = TypeVar("T")
Key: TypeAlias = tuple[str, str, int]
"""Method, path, and how many operations of both come before: what tells an operation apart from all others."""


@dataclass(slots=True)
class _Difference:
    """What differs: operations that are new or other, keys that are gone, definitions likewise; facts and webhooks."""

    changed: dict[Key, bytes] = field(default_factory=dict)
    removed: list[Key] = field(default_factory=list)
    definitions: dict[str, bytes] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    facts: bool = False
    webhooks: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed or self.definitions or self.dropped or self.facts or self.webhooks)


class Replacement:
    """One replacement of a provider, inside the caller's transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        provider: int,
        packed: PackedCatalog | PackedUpdate,
        *,
        bundled: bool,
        retention: Retention,
    ) -> None:
        self._retention = retention
        self._connection = connection
        self._provider = provider
        self._packed = packed
        self._bundled = bundled
        self._number, self._first, count, self._mark, self._generation = connection.execute(
            "SELECT number, first, operations, mark, generation FROM provider WHERE id = ?", (provider,)
        ).fetchone()
        old = connection.execute(
            f"SELECT {rows.COLUMNS} FROM operation WHERE id BETWEEN ? AND ? ORDER BY id",  # noqa: S608 - our own names
            (self._first, self._first + count - 1),
        )
        self._old: dict[Key, tuple[Any, ...]] = _by_key((row[1], row[2], row) for row in old)
        self._new: dict[Key, PackedOperation | KeptOperation] = _by_key(
            (operation.method, operation.path, operation) for operation in packed.operations
        )
        self._moved = list(self._new) != list(self._old)
        self._stored = stored_blocks(connection)
        self._defined = Names[Defined](connection, "defined", provider)
        self._plain: list[bytes] = []
        self._written: Mapping[int, int] = {}
        self._is_renewed = False

    @property
    def is_possible(self) -> bool:
        """Whether operations come and go only where the update knows their names."""
        return not (self._moved and isinstance(self._packed, PackedUpdate) and self._packed.same_names)

    def write(self) -> Written:
        """Write the difference, and return what it was."""
        connection, packed = self._connection, self._packed
        difference = self._compare()
        number = self._number + 1 if difference else self._number
        lifetime = Lifetime(connection, self._provider, number)
        written = Written(
            number=number,
            before=self._number,
            added=_texts(key for key in difference.changed if key not in self._old),
            removed=_texts(difference.removed),
            changed=_texts(key for key in difference.changed if key in self._old),
            definitions=(*difference.definitions, *difference.dropped),
        )
        if difference:
            self._end_and_begin(lifetime, difference, written)
        first = self._write_operations(lifetime, difference)
        same_source = not self._write_source()
        rows.write_singles(connection, self._provider, packed)
        connection.execute(
            "UPDATE provider SET title = ?, version = ?, generation = ?, number = ?, operations = ?, listed = ?,"
            " first = ?, bundled = ?, mark = ? WHERE id = ?",
            (packed.title, packed.version,
             self._generation if same_source and not difference else secrets.token_hex(8), number,
             len(packed.operations), rows.count_listed(packed), first, self._bundled, packed.mark, self._provider),
        )  # fmt: skip
        if difference:
            drop_old_versions(connection, self._provider, self._retention)
        return written

    def _compare(self) -> _Difference:
        packed, difference = self._packed, _Difference()
        blocks = packed_blocks(packed.blocks)
        for key, operation in self._new.items():
            if isinstance(operation, KeptOperation):
                continue
            content = blocks.read(operation.content)
            if key not in self._old or self._detail(key) != content:
                difference.changed[key] = content
        definitions = [(name, blocks.read(place)) for name, place in packed.definitions]
        difference.removed = [key for key in self._old if key not in self._new]
        if isinstance(packed, PackedCatalog):
            old = self._definitions()
            difference.definitions = {name: new for name, new in definitions if old.get(name) != new}
            difference.dropped = list(old.keys() - {name for name, _ in definitions})
        else:
            old = {name: self._definition(name) for name, _ in definitions}
            difference.definitions = {name: new for name, new in definitions if old[name] != new}
            difference.dropped = self._unreached(difference, old)
        difference.facts = self._current("facts") != packed.content
        difference.webhooks = packed.webhooks is not None and self._current("webhook") != packed.webhooks
        return difference

    def _end_and_begin(self, lifetime: Lifetime, difference: _Difference, written: Written) -> None:
        """End the rows that differ, and begin a version with what takes their place; operations follow."""
        packed = self._packed
        ended = [*difference.changed, *difference.removed]
        lifetime.end("detail", "id", [self._old[key][-1] for key in ended if key in self._old])
        lifetime.end_definitions([*difference.definitions, *difference.dropped])
        if difference.facts:
            lifetime.put_one("facts", packed.content)
        if difference.webhooks and packed.webhooks is not None:
            lifetime.put_one("webhook", packed.webhooks)
        inputs, before = packed.mark.partition(" ")[0], self._mark.partition(" ")[0]
        add_version(
            self._connection,
            self._provider,
            lifetime.number,
            label=packed.version,
            operations=len(packed.operations),
            changes={"added": written.added, "removed": written.removed, "changed": written.changed},
            # The same description, and another compiler: nothing that a reader of the changes would look for.
            recorded=not self._bundled and (not inputs or inputs != before),
        )

    def _write_operations(self, lifetime: Lifetime, difference: _Difference) -> int:
        """Write the rows of the operations, their names and the index; return the first row id."""
        connection, packed = self._connection, self._packed
        details = self._write_contents(lifetime, difference)
        new: list[tuple[Any, ...]] = []
        for key, operation in self._new.items():
            if isinstance(operation, KeptOperation):
                new.append(self._old[key])
                continue
            new.append(rows.row_of(operation, details[key] if key in details else self._old[key][-1]))
        first = rows.next_operation(connection) if self._moved else self._first
        old_parts = self._old_parts()
        parts = self._new_parts(old_parts)
        if self._moved:
            connection.executemany(rows.TAKE_OUT, rows.index_rows(old_parts, self._first))
            rows.delete_operations(connection, self._first, len(self._old))
            rows.write_operations(connection, self._provider, first, new)
            connection.executemany(rows.PUT_IN, rows.index_rows(parts, first))
        else:
            connection.executemany(
                f"UPDATE operation SET ({rows.COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",  # noqa: S608
                (
                    (*row, key)
                    for key, (row, before) in enumerate(zip(new, self._old.values(), strict=True), first)
                    if row != before
                ),
            )
            for at, (part, before_) in enumerate(zip(parts, old_parts, strict=True)):
                if part != before_:
                    rows.exchange_texts(connection, first + at * INDEXED_TOGETHER, before_, part)
        connection.execute("DELETE FROM indexed WHERE provider = ? AND part >= ?", (self._provider, len(parts)))
        others = (pair for pair in enumerate(parts) if pair[0] >= len(old_parts) or pair[1] != old_parts[pair[0]])
        rows.write_parts(connection, self._provider, others)
        if self._moved or self._names_differ(difference, first):
            rows.write_names(connection, self._provider, first, packed)
        self._write_vocabulary()
        return first

    def _write_contents(self, lifetime: Lifetime, difference: _Difference) -> dict[Key, int]:
        """Write the operations and definitions that differ; return the row id of each operation."""
        packed = Blocks(keep=True)
        details = [packed.add(content) for content in difference.changed.values()]
        definitions = [packed.add(content) for content in difference.definitions.values()]
        new = packed.finish()
        self._is_renewed = 2 * sum(map(len, new)) > sum(map(len, self._packed.blocks))
        blocks = self._written = write_blocks(self._connection, self._provider, new)
        self._plain = packed.plain
        lifetime.put_definitions(difference.definitions, moved(definitions, blocks))
        return dict(zip(difference.changed, lifetime.put_details(moved(details, blocks)), strict=True))

    def _write_source(self) -> bool:
        """Write the source; beside what was written of it where that is most of it, so that old blocks may go."""
        packed, provider = self._packed, self._provider
        if (
            isinstance(packed, PackedUpdate)
            or not self._is_renewed
            or all(part.blocks is None for part in packed.source)
        ):
            return write_source(self._connection, provider, packed.source, packed.blocks)
        source = unsqueezed(packed.source, packed.blocks)
        return write_source(self._connection, provider, squeeze_beside(source, self._plain), rows=self._written)

    def _old_parts(self) -> list[bytes]:
        found = self._connection.execute(
            "SELECT content FROM indexed WHERE provider = ? ORDER BY part", (self._provider,)
        )
        return [content for (content,) in found]

    def _new_parts(self, old_parts: list[bytes]) -> list[bytes]:
        """Return the texts of the index in parts; those of operations that stay come from the old parts."""
        packed = self._packed
        if isinstance(packed, PackedCatalog):
            return list(packed.index)
        if self._moved:
            known = dict(zip(self._old, chain.from_iterable(map(unpack_value, old_parts)), strict=True))
            texts = [packed.texts[at] if at in packed.texts else known[key] for at, key in enumerate(self._new)]
            return [pack_value(texts[at : at + INDEXED_TOGETHER]) for at in range(0, len(texts), INDEXED_TOGETHER)]
        parts = list(old_parts)
        for part in {at // INDEXED_TOGETHER for at in packed.texts}:
            start, texts = part * INDEXED_TOGETHER, unpack_value(parts[part])
            parts[part] = pack_value([packed.texts.get(start + at, text) for at, text in enumerate(texts)])
        return parts

    def _names_differ(self, difference: _Difference, first: int) -> bool:
        """Tell whether names or tags of operations differ, the operations being the same."""
        if isinstance(self._packed, PackedUpdate) and self._packed.same_names:
            return False
        find = self._connection.execute
        tags = find("SELECT name, title, operations FROM tag WHERE provider = ? ORDER BY position", (self._provider,))
        if tags.fetchall() != rows.tags_of(self._packed):
            return True
        if isinstance(self._packed, PackedUpdate):
            # Operations that stay have the names and tags that they had.
            return any(_named(self._detail(key)) != _named(content) for key, content in difference.changed.items())
        aliases = dict(Names[int](self._connection, "alias", self._provider).following(""))
        taggings = set(find("SELECT tag, operation FROM tagging WHERE provider = ?", (self._provider,)))
        return aliases != rows.aliases_of(self._packed, first) or taggings != rows.taggings_of(self._packed, first)

    def _write_vocabulary(self) -> None:
        words = set(self._packed.vocabulary)
        before = set(decompress(self._single("vocabulary", "words")).decode().split())
        if isinstance(self._packed, PackedUpdate):
            words |= before  # only a look at every operation would tell which of them are gone
        if words != before:
            self._connection.execute(
                "UPDATE vocabulary SET words = ? WHERE provider = ?",
                (compress(" ".join(sorted(words)).encode()), self._provider),
            )
            rows.count_words(self._connection, words - before, 1)
            rows.count_words(self._connection, before - words, -1)

    def _unreached(self, difference: _Difference, old: Mapping[str, bytes]) -> list[str]:
        """Return the names of the definitions that nothing leads to any more after an update."""
        before = [*old.values(), *(self._detail(key) for key in difference.changed if key in self._old)]
        before += [self._detail(key) for key in difference.removed]
        now = [*difference.definitions.values(), *difference.changed.values()]
        if set(chain.from_iterable(map(rows.links, before))) <= set(chain.from_iterable(map(rows.links, now))):
            return []
        contents = self._definitions() | difference.definitions
        webhooks = self._packed.webhooks if self._packed.webhooks is not None else self._current("webhook")
        starts = [webhooks, *difference.changed.values()]
        starts += [self._detail(key) for key in self._old if key in self._new and key not in difference.changed]
        reached: set[str] = set()
        rest = list(chain.from_iterable(map(rows.links, starts)))
        while rest:
            name = rest.pop()
            if name not in reached and name in contents:
                reached.add(name)
                rest += rows.links(contents[name])
        return [name for name in contents if name not in reached]

    def _detail(self, key: Key) -> bytes:
        row = self._connection.execute(
            "SELECT block, start, length FROM detail WHERE id = ?", (self._old[key][-1],)
        ).fetchone()
        return self._stored.read(Place(*row))

    def _definition(self, name: str) -> bytes:
        found = self._defined.get(name)
        return self._stored.read(Place(*found[1:])) if found else b""

    def _definitions(self) -> dict[str, bytes]:
        found = sorted(self._defined.following(""), key=lambda pair: pair[1][1:])
        return {name: self._stored.read(Place(*place)) for name, (_, *place) in found}

    def _current(self, table: str) -> bytes:
        return self._content(
            f"SELECT content FROM {table} WHERE provider = ? AND died = {ALIVE}",  # noqa: S608 - our own names
            self._provider,
        )

    def _single(self, table: str, column: str = "content") -> Any:
        query = f"SELECT {column} FROM {table} WHERE provider = ?"  # noqa: S608 - our own names
        return self._connection.execute(query, (self._provider,)).fetchone()[0]

    def _content(self, query: str, *values: object) -> bytes:
        row = self._connection.execute(query, values).fetchone()
        return row[0] if row else b""


def _by_key(operations: Iterable[tuple[str, str, T]]) -> dict[Key, T]:
    keyed: dict[Key, T] = {}
    counts: dict[tuple[str, str], int] = {}
    for method, path, operation in operations:
        count = counts[method, path] = counts.get((method, path), -1) + 1
        keyed[method, path, count] = operation
    return keyed


def _named(content: bytes) -> tuple[object, ...]:
    """Return what of a packed operation decides under which names and tags it is found."""
    operation = unpack_value(content)
    return tuple(operation.get(key) for key in ("name", "operation_id", "tags", "hidden"))


def _texts(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(f"{method} {path}" for method, path, _ in keys)
