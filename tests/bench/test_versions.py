"""Pairs of descriptions that a person has read: what is kept of them, and what is said of a pair that nobody read."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from bench import versions
from playground.changes.compare import compare
from tests.support.pages import document


def test_a_pair_is_told_by_counts_rules_and_schemas(tmp_path: Path) -> None:
    thing = {"type": "object", "properties": {"id": {"type": "string"}}}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    answers = {"200": {"description": "ok", "content": content}}
    old = document({f"/{name}": {"get": {"operationId": name, "responses": answers}} for name in "abc"})
    old["components"]["schemas"] = {"Thing": thing}
    new = copy.deepcopy(old)
    del new["components"]["schemas"]["Thing"]["properties"]["id"]
    new["paths"]["/a"]["get"]["operationId"] = "other"
    for folder, value in (("before", old), ("after", new)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "things.json").write_text(json.dumps(value))
    text, sound = versions.report(tmp_path)
    assert "not read yet" in text and not sound
    before, after = (versions._compiled(tmp_path / folder / "things.json") for folder in ("before", "after"))
    assert versions.told(compare(before, after)) == {
        "counts": [0, 0, 3, 3],
        "lines": 9,
        "moved": [],
        "rules": {},
        "told": {"operationId": 1},
        "schemas": [["Thing", 3, "!id: property-removed"]],
    }


def test_what_is_kept_is_of_three_descriptions_at_least() -> None:
    kept = json.loads(versions.READ.read_text())
    assert len(kept) >= 3
    assert all(len(found["counts"]) == 4 and found["rules"] for found in kept.values())
