"""How providers and tags stand to each other: providers below one, the one above, tags in groups, webhooks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from playground.catalog.codec import decode
from playground.catalog.model import NavigationGroup, Operation, Provider
from playground.store.model import ProviderSummary, TagCount, TagGroup
from playground.store.packing import text, unpack_value
from playground.store.providers import summaries


def children(connection: sqlite3.Connection, name: str) -> tuple[ProviderSummary, ...]:
    """Return the providers whose names begin with `name/`, by name."""
    # "0" is what follows "/" in the alphabet.
    return summaries(connection, "WHERE name > ? AND name < ? ORDER BY name", (text(f"{name}/"), text(f"{name}0")))


def parent(connection: sqlite3.Connection, name: str) -> ProviderSummary | None:
    """Return the nearest provider whose name, with a slash, begins `name`."""
    parts = text(name).split("/")
    above = ["/".join(parts[:count]) for count in range(1, len(parts))]
    marks = ",".join("?" * len(above))
    found = summaries(connection, f"WHERE name IN ({marks}) ORDER BY length(name) DESC LIMIT 1", above)
    return found[0] if found else None


def webhooks(connection: sqlite3.Connection, number: int) -> tuple[Operation, ...]:
    """Return what the API itself sends, in the document's order."""
    row = connection.execute("SELECT content FROM webhook WHERE provider = ?", (number,)).fetchone()
    return tuple(decode(Operation, one) for one in unpack_value(row[0])) if row else ()


def tag_groups(provider: Provider, tags: Sequence[TagCount]) -> tuple[TagGroup, ...]:
    """Return the tags in the groups that the document names, else under the tags they have as parents (3.2).

    A tag is in the first group that names it; what no group names comes last, without a title. Empty when no group
    holds a tag with operations.
    """
    rest = {tag.name: tag for tag in tags}
    groups: list[TagGroup] = []
    for group in provider.groups or _by_parent(provider):
        held = tuple(rest.pop(name) for name in dict.fromkeys(group.tags) if name in rest)
        if held:
            groups.append(TagGroup(title=group.title, tags=held))
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
