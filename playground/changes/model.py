"""Changes as values, and their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from playground.text.wording import parts_of, said_again


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of an operation: where, by which rule it is judged (docs/changes.md), and in words (`Said`).

    `place` is an input's name (`query.status`, `body/items/0/price`) or begins with `response 200`. What changed inside
    a definition has its name in `schema`, and in `at` the place there.
    """

    place: str
    rule: str
    text: str
    breaking: bool = False
    schema: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedOperation:
    """What changed of one operation; `more` counts the changes that are not listed.

    `words` tells that something differs that decides no request, `told` what: `texts`, `operationId`, `tags`,
    `servers`, `samples`, `extensions`.
    """

    key: str
    name: str
    title: str
    changes: tuple[Change, ...] = ()
    more: int = 0
    words: bool = False
    told: tuple[str, ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether a caller of it may fail."""
        return any(change.breaking for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two versions. `renamed` are pairs of keys: operations of another path or method."""

    added: tuple[ChangedOperation, ...] = ()
    removed: tuple[ChangedOperation, ...] = ()
    changed: tuple[ChangedOperation, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether a caller of the earlier version may fail."""
        return bool(self.removed) or any(operation.breaking for operation in self.changed)

    @property
    def counts(self) -> dict[str, int]:
        """How many operations were added, removed, changed, and changed so that a caller may fail."""
        return {
            "added": len(self.added),
            "removed": len(self.removed),
            "changed": len(self.changed),
            "breaking": len(self.removed) + sum(operation.breaking for operation in self.changed),
        }

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as JSON values; `from_json` reads them."""
        value = {"judged": 2, **asdict(self)}
        for operation in value["changed"]:
            for change in operation["changes"]:
                change["said"] = parts_of(change["text"])
        return value


def from_json(value: Mapping[str, Any]) -> Comparison | None:
    """Read what `to_json` wrote; `None` for anything else."""
    if value.get("judged") not in (1, 2):
        return None

    def operations(kind: str) -> tuple[ChangedOperation, ...]:
        return tuple(
            ChangedOperation(
                **{**row, "changes": tuple(map(_change, row["changes"])), "told": tuple(row.get("told", ()))}
            )
            for row in value[kind]
        )

    return Comparison(
        added=operations("added"),
        removed=operations("removed"),
        changed=operations("changed"),
        renamed=tuple((before, after) for before, after in value["renamed"]),
    )


def _change(value: Mapping[str, Any]) -> Change:
    # An earlier Playground wrote the English text alone.
    members = dict(value)
    said = said_again(members.pop("said", None))
    return Change(**{**members, "text": said if said is not None else members["text"]})
