"""Reading providers: lists, facts, names, tags in groups, webhooks, the source document, and the tree of names."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from playground.catalog.codec import decode
from playground.catalog.model import NavigationGroup, Operation, Provider
from playground.store.cache import RecentlyUsed
from playground.store.errors import ProviderNotFound
from playground.store.model import ProviderSummary, TagCount, TagGroup
from playground.store.names import Names, Rows
from playground.store.packing import text, unpack_value
from playground.store.versions import ALIVE

_SUMMARY = "SELECT name, title, version, summary, listed FROM provider JOIN listing ON listing.provider = provider.id"
_MOST_SEGMENTS = 32
_TAGS_KEPT = 2000


def list_providers(connection: sqlite3.Connection) -> tuple[ProviderSummary, ...]:
    """Return every provider, by name."""
    return read_summaries(connection, "ORDER BY name")


def read_summaries(
    connection: sqlite3.Connection, clause: str, values: Sequence[object] = ()
) -> tuple[ProviderSummary, ...]:
    """Return the providers that a clause of our own selects and orders (`WHERE …`, `ORDER BY …`)."""
    return tuple(_summary(row) for row in connection.execute(f"{_SUMMARY} {clause}", tuple(values)))


def holding_providers(
    connection: sqlite3.Connection, words: tuple[str, ...], limit: int = -1
) -> tuple[ProviderSummary, ...]:
    """Return providers whose name, title or summary hold every word, even inside a word; this reads every provider's.

    Those that begin with the first word come first; a `limit` of -1 means all.
    """
    if not words:
        return ()
    folded = [text(word).casefold() for word in words]
    holds = " AND ".join("instr(words, ?) > 0" for _ in folded)
    query = (
        f"{_SUMMARY} WHERE {holds} ORDER BY name != ?, substr(name, 1, ?) != ?,"
        " substr(lower(title), 1, ?) != ?, instr(name, ?) = 0, listed DESC, name LIMIT ?"
    )
    first, length = folded[0], len(folded[0])
    rows = connection.execute(query, (*folded, first, length, first, length, first, first, limit))
    return tuple(_summary(row) for row in rows)


def _summary(row: tuple[str, str, str, str, int]) -> ProviderSummary:
    name, title, version, summary, operations = row
    return ProviderSummary(name=name, title=title, version=version, summary=summary, operations=operations)


class Identity(NamedTuple):
    """What a provider's rows are found by: its row id, its generation, the number of its current version."""

    provider: int
    generation: str
    number: int


def identify(connection: sqlite3.Connection, name: str) -> Identity:
    """Return what a provider's rows are found by. Raises `ProviderNotFound`."""
    row = connection.execute("SELECT id, generation, number FROM provider WHERE name = ?", (text(name),)).fetchone()
    if row is None:
        raise ProviderNotFound(name, _similar(connection, name))
    return Identity(*row)


def _similar(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    words = text(name[:80]).casefold().replace("/", " ").split()
    similar = holding_providers(connection, tuple(words), 3)
    return tuple(provider.name for provider in similar)


def read_provider(connection: sqlite3.Connection, number: int) -> Provider:
    """Return all facts of the provider with that row id."""
    (content,) = connection.execute(
        f"SELECT content FROM facts WHERE provider = ? AND died = {ALIVE}",  # noqa: S608 - a number of ours
        (number,),
    ).fetchone()
    return decode(Provider, unpack_value(content))


def read_single(connection: sqlite3.Connection, table: Literal["origin", "outline"], number: int) -> bytes:
    """Return what one of the tables with a row for each provider holds, as it is there."""
    content: bytes = connection.execute(
        f"SELECT content FROM {table} WHERE provider = ?",  # noqa: S608 - our own names
        (number,),
    ).fetchone()[0]
    return content


def read_title_and_mark(connection: sqlite3.Connection, number: int) -> tuple[str, str]:
    """Return the title of a provider, and its mark."""
    title, mark = connection.execute("SELECT title, mark FROM provider WHERE id = ?", (number,)).fetchone()
    return title, mark


def read_marks(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the mark of every provider, by name."""
    return dict(connection.execute("SELECT name, mark FROM provider"))


def list_tags(connection: sqlite3.Connection, number: int) -> tuple[TagCount, ...]:
    """Return a provider's tags that have operations, in the document's order, the untagged rest last."""
    rows = connection.execute("SELECT name, title, operations FROM tag WHERE provider = ? ORDER BY position", (number,))
    return tuple(TagCount(name=name, title=title, count=count) for name, title, count in rows)


class ReadTags:
    """The tags of the providers read last: each page of an operation lists them."""

    def __init__(self) -> None:
        self._cache = RecentlyUsed[str, tuple[TagCount, ...]](_TAGS_KEPT)

    def of(self, connection: sqlite3.Connection, identity: Identity) -> tuple[TagCount, ...]:
        """Return a provider's tags as `list_tags` does."""
        tags = self._cache.get(identity.generation)
        if tags is None:
            tags = list_tags(connection, identity.provider)
            self._cache.put(identity.generation, tags, 1 + len(tags))
        return tags


def aliases_of(connection: sqlite3.Connection, identity: Identity, rows: Rows | None = None) -> Names[int]:
    """Return the accepted names of a provider's operations, each with the row id of its operation."""
    return Names(connection, "alias", identity.provider, rows, identity.generation)


def locate(connection: sqlite3.Connection, path: str, rows: Rows | None = None) -> tuple[str, str]:
    """Split `google/books/volumes.list` into the provider's name and the rest, which may be empty or unknown.

    The longest provider whose rest is one of its operations wins, then the longest provider. Raises `ProviderNotFound`.
    """
    segments = text(path).strip("/").split("/")
    possible: list[tuple[str, str]] = []
    for count in range(min(len(segments), _MOST_SEGMENTS), 0, -1):
        name, rest = "/".join(segments[:count]), "/".join(segments[count:])
        row = connection.execute("SELECT id, generation, number FROM provider WHERE name = ?", (name,)).fetchone()
        if row is None:
            continue
        if not rest or find_operation(aliases_of(connection, Identity(*row), rows), rest) is not None:
            return name, rest
        possible.append((name, rest))
    if not possible:
        raise ProviderNotFound(path.strip("/"), _similar(connection, segments[0]))
    return possible[0]


def find_operation(names: Names[int], name: str) -> int | None:
    """Return the row id of the operation with that accepted name (docs/protocol.md, Names of operations), or `None`."""
    method, blank, path = name.partition(" ")
    spellings = [name, f"{method.upper()} {path}"] if blank and path.startswith("/") else [name]
    found = (names.get(text(spelling)) for spelling in spellings)
    return next((operation for operation in found if operation is not None), None)


def children(connection: sqlite3.Connection, name: str) -> tuple[ProviderSummary, ...]:
    """Return the providers whose names begin with `name/`, by name."""
    # "0" follows "/" in the alphabet.
    return read_summaries(connection, "WHERE name > ? AND name < ? ORDER BY name", (text(f"{name}/"), text(f"{name}0")))


def parent(connection: sqlite3.Connection, name: str) -> ProviderSummary | None:
    """Return the nearest provider whose name, with a slash, begins `name`."""
    parts = text(name).split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    marks = ",".join("?" * len(above))
    nearest = read_summaries(connection, f"WHERE name IN ({marks}) ORDER BY length(name) DESC LIMIT 1", above)
    return nearest[0] if nearest else None


def webhooks(connection: sqlite3.Connection, number: int) -> tuple[Operation, ...]:
    """Return the operations that the API itself sends, in the document's order."""
    row = connection.execute(
        f"SELECT content FROM webhook WHERE provider = ? AND died = {ALIVE}",  # noqa: S608 - a number of ours
        (number,),
    ).fetchone()
    return tuple(decode(Operation, webhook) for webhook in unpack_value(row[0])) if row else ()


def tag_groups(provider: Provider, tags: Sequence[TagCount]) -> tuple[TagGroup, ...]:
    """Return the tags in the groups that the document names, else under the tags they have as parents (3.2).

    A tag is in the first group that names it; what no group names comes last, without a title. Empty when no group
    holds a tag with operations.
    """
    rest = {tag.name: tag for tag in tags}
    groups: list[TagGroup] = []
    for group in provider.groups or _by_parent(provider):
        members = tuple(rest.pop(name) for name in dict.fromkeys(group.tags) if name in rest)
        if members:
            groups.append(TagGroup(title=group.title, tags=members))
    if groups and rest:
        groups.append(TagGroup(title="", tags=tuple(rest.values())))
    return tuple(groups)


def _by_parent(provider: Provider) -> tuple[NavigationGroup, ...]:
    parents = {tag.name: tag.parent for tag in provider.tags}
    if not any(parent in parents for parent in parents.values()):
        return ()
    titles = {tag.name: tag.title or tag.name for tag in provider.tags}
    members: dict[str, list[str]] = {}
    for name in parents:
        members.setdefault(_root(name, parents), []).append(name)
    return tuple(
        NavigationGroup(title=titles[root], tags=tuple(names)) for root, names in members.items() if len(names) > 1
    )


def _root(name: str, parents: Mapping[str, str]) -> str:
    seen = {name}
    while (above := parents[name]) in parents:
        if above in seen:
            return min(seen)  # a circle: the same one for all in it
        seen.add(above)
        name = above
    return name
