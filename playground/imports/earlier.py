"""Earlier versions of an API: what changed with each, and what was made for one: its operation now, its inputs then."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from playground.catalog.model import Entry, Operation, OperationSummary
from playground.changes.compare import compare
from playground.changes.model import Comparison, from_json
from playground.forms.carry_over import CarriedOver, Gone, carry_model, value_text
from playground.request.arguments import from_arguments
from playground.request.errors import RequestError, UnknownArgument
from playground.request.fingerprint import definition_digest
from playground.request.model import FormObjects, RequestModel
from playground.store import OperationNotFound, ProviderVersion, Store, VersionNotFound, Written, place_of
from playground.text.wording import joined, say

_MOST_LIKELY = 3
_ENOUGH = 2.0
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """An operation that is not described under its name any more, since the date `ended`.

    `same` is the operation of the same method and path, `likely` are others that it may have become, best first.
    """

    operation: Operation
    ended: str
    same: OperationSummary | None = None
    likely: tuple[OperationSummary, ...] = ()

    @property
    def sentence(self) -> str:
        """What became of it."""
        values = {"name": self.operation.name, "date": self.ended}
        if self.same is not None:
            return say("%(name)s is called %(new)s since %(date)s.", new=self.same.name, **values)
        if self.likely:
            names = ", ".join(candidate.name for candidate in self.likely)
            return say("%(name)s was removed on %(date)s; it may be %(new)s now.", new=names, **values)
        return say("%(name)s was removed on %(date)s.", **values)


class OperationGone(OperationNotFound):
    """An operation of an earlier version that is not described any more; `removed` says what became of it."""

    def __init__(self, provider: str, name: str, removed: Removed) -> None:
        super().__init__(provider, name)
        self.args = (removed.sentence,)
        self.removed = removed


def find_removed(store: Store, provider: str, name: str) -> Removed | None:
    """Return what became of an operation that went by a name in an earlier version; `None` if none did."""
    removed = store.removed_operations(provider, name)
    if not removed:
        return None
    at, operation = removed[0]
    listed = store.operations(provider, hidden=True)
    place = place_of(operation.method, operation.path)
    same = next((candidate for candidate in listed if place_of(candidate.method, candidate.path) == place), None)
    if same is not None:
        return Removed(operation=operation, ended=day_of(at), same=same)
    scores = sorted(((_likeness(operation, candidate), candidate) for candidate in listed), key=lambda pair: -pair[0])
    likely = tuple(candidate for score, candidate in scores[:_MOST_LIKELY] if score >= _ENOUGH)
    return Removed(operation=operation, ended=day_of(at), likely=likely)


def find_entry(store: Store, provider: str, name: str) -> tuple[Entry, Removed | None]:
    """Return an operation by a name that it has, or had while its method and path were the same.

    Raises `ProviderNotFound`, `OperationNotFound`, and `OperationGone`.
    """
    try:
        return store.entry(provider, name), None
    except OperationNotFound:
        removed = find_removed(store, provider, name)
        if removed is None:
            raise
        if removed.same is None:
            raise OperationGone(provider, name, removed) from None
        return store.entry(provider, removed.same.name), removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was written down for an operation, as it is now; `note` says what of it has another name since."""

    entry: Entry
    model: RequestModel
    note: str = ""


def read_made(
    store: Store, provider: str, operation: str, arguments: Mapping[str, Any], *, server: str | None = None,
    media_type: str | None = None, form_objects: FormObjects = "json",
) -> Made:  # fmt: skip
    """Return an operation and its model for arguments that may be of an earlier version.

    Raises `ProviderNotFound`, `OperationNotFound`, and `RequestError`, which names what went and what it may be now.
    """
    entry, removed = find_entry(store, provider, operation)
    notes = [removed.sentence] if removed is not None else []
    try:
        model = from_arguments(entry, arguments, server=server, media_type=media_type, form_objects=form_objects)
    except RequestError as error:
        found = read_earlier_arguments(store, entry, arguments, server=server, media_type=media_type)
        if found is None:
            raise
        carried, ended = found
        told = tell_gone(carried, ended)
        if carried.gone or carried.media_type:
            raise UnknownArgument(joined(" ", [*notes, told]), field=error.field) from None
        model = replace(carried.model, form_objects=form_objects)
        notes.append(told)
    return Made(entry=entry, model=model, note=joined(" ", notes))


def earlier_entry(store: Store, entry: Entry, digest: str) -> tuple[Entry | None, str]:
    """Return the operation as it was when a link carried this digest, and the date on which that ended.

    It is `None`, and the date empty, where that version is not kept.
    """
    name = entry.provider.name
    ended = 0.0
    newer = {version.number: version.at for version in store.versions(name)}
    for version, earlier in store.earlier_entries(name, entry.operation.name):
        if definition_digest(earlier) == digest:
            ended = min((at for number, at in newer.items() if number > version.number), default=0.0)
            return earlier, day_of(ended)
    return None, ""


def read_earlier_arguments(
    store: Store,
    entry: Entry,
    arguments: Mapping[str, Any],
    *,
    server: str | None = None,
    media_type: str | None = None,
) -> tuple[CarriedOver, str] | None:
    """Return what arguments that an earlier version took fill in now, and until when it did; `None` if none did."""
    name = entry.provider.name
    versions = {version.number: version.at for version in store.versions(name)}
    for version, earlier in store.earlier_entries(name, entry.operation.name):
        try:
            model = from_arguments(earlier, arguments, server=server, media_type=media_type)
        except RequestError:
            continue
        carried = carry_model(earlier, entry, model)
        if carried:
            ended = min((at for number, at in versions.items() if number > version.number), default=0.0)
            return carried, day_of(ended)
    return None


def tell_gone(carried: CarriedOver, ended: str) -> str:
    """Return one sentence that names what went, for a terminal, an agent or the line of a step."""
    parts = [_told(gone) for gone in carried.gone]
    parts += [say("%(name)s is called %(new)s", name=was, new=now) for was, now in carried.renamed]
    if carried.media_type:
        parts.append(say("%(type)s is not taken any more", type=carried.media_type))
    return say("Made for the description before %(date)s: %(what)s.", date=ended, what=joined("; ", parts))


def _told(gone: Gone) -> str:
    if gone.offers:
        return say("%(name)s is gone, perhaps %(new)s now", name=gone.name, new=" / ".join(gone.offers))
    return say("%(name)s is gone", name=gone.name)


def day_of(at: float) -> str:
    """Return a time as its date in UTC, nothing for an unknown one."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d") if at else ""


def shown_value(value: Any) -> str:
    """Return a value as one line that is not too long."""
    text = value_text(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _likeness(was: Operation, now: OperationSummary) -> float:
    score = 1.0 if was.method == now.method else 0.0
    if len(was.title) > len("Get a thing") and was.title.casefold() == now.title.casefold():
        score += 2
    score += 1.5 * _ratio(was.path, now.path) if _ratio(was.path, now.path) >= 0.6 else 0
    return score + (_ratio(was.name, now.name) if _ratio(was.name, now.name) >= 0.6 else 0)


def _ratio(name: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, name[:100], other[:100])
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.6 and matcher.quick_ratio() >= 0.6 else 0.0


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
