"""What changed with a write, judged and kept beside the version."""

from __future__ import annotations

from playground.changes.compare import compare
from playground.changes.model import Comparison, from_json
from playground.store import ProviderVersion, Store, VersionNotFound, Written


def judge(store: Store, name: str, written: Written) -> Comparison | None:
    """Compare a provider with the version that a write replaced, and keep the result; `None` if nothing differs."""
    if written.before in (0, written.number):
        return None
    comparison = compare(store.catalog(name, written.before), store.catalog(name, written.number))
    store.note_changes(name, written.number, comparison.to_json())
    return comparison


def judged_versions(store: Store, name: str) -> list[tuple[ProviderVersion, Comparison | None]]:
    """Return the versions that are kept, the newest first, each with what changed; the oldest has nothing before it.

    What was not judged as it was written is compared now.
    """
    versions = store.versions(name)
    judged: list[tuple[ProviderVersion, Comparison | None]] = []
    for at, version in enumerate(versions):
        comparison = from_json(version.changes)
        if comparison is None and at + 1 < len(versions):
            try:
                before = store.catalog(name, versions[at + 1].number)
                comparison = compare(before, store.catalog(name, version.number))
            except VersionNotFound:
                comparison = None
        judged.append((version, comparison))
    return judged
