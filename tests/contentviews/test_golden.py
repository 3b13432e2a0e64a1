"""Sixty bodies, half of them hostile: which views fit, and what the first one shows.

After a wanted change: `PLAYGROUND_REGENERATE=1 pytest tests/contentviews/test_golden.py`, and look at what has changed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from playground.contentviews.registry import body_of, fitting, show
from playground.contentviews.view import Branch, Content, Media, Parts, Table, Text, Tree, View
from tests.contentviews.bodies import BODIES

GOLDEN = Path(__file__).parent / "golden" / "views.json"
LONGEST = 300


def drawn(content: Content) -> Any:
    """Return a content as short JSON: what a reader sees of it first."""
    match content:
        case Text():
            return {"text": content.text[:LONGEST], "lexer": content.lexer}
        case Tree():
            return [line for _, line in zip(range(12), lines(content.root), strict=False)]
        case Table():
            return {"columns": content.columns, "rows": [[cell.text for cell in row] for row in content.rows[:3]]}
        case Media():
            return {"element": content.element, "source": content.source[:60], "facts": content.facts}
        case Parts():
            return [[part.title, part.facts, drawn(part.content)] for part in content.parts[:3]]


def lines(branch: Branch, depth: int = 0) -> Any:
    name = "" if branch.name is None else f"{branch.name[:60]}: "
    extra = [text for text in (branch.link, branch.hint, *(branch.explained or ())) if text]
    yield f"{'  ' * depth}{name}{branch.text[:80]}" + (f"  ({'; '.join(extra)})" if extra else "")
    for child in branch.children:
        yield from lines(child, depth + 1)


def seen(name: str) -> dict[str, Any]:
    content_type, data = BODIES[name]
    body = body_of(data, content_type)
    view: View = show(body)
    written = {
        "views": [one.name for one in fitting(body)] if data else [],
        "first": view.name,
        "lead": view.lead,
        "notes": view.notes,
        "content": drawn(view.content),
    }
    return dict(json.loads(json.dumps(written)))


def golden() -> dict[str, Any]:
    return dict(json.loads(GOLDEN.read_text())) if GOLDEN.exists() else {}


def test_there_are_sixty_bodies() -> None:
    if os.environ.get("PLAYGROUND_REGENERATE"):
        GOLDEN.write_text(json.dumps({name: seen(name) for name in BODIES}, indent=1, ensure_ascii=False) + "\n")
    assert len(BODIES) >= 60
    assert golden().keys() == BODIES.keys()


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_shown_as_before(name: str) -> None:
    assert seen(name) == golden()[name]


@pytest.mark.parametrize("name", BODIES)
def test_every_view_of_a_body_works_and_hides_nothing(name: str) -> None:
    content_type, data = BODIES[name]
    body = body_of(data, content_type)
    for view in fitting(body):
        shown = show(body, view.name)
        assert shown.name == view.name or not data
        visible = json.dumps(drawn(shown.content) if view.name != "preview" else "", ensure_ascii=False)
        assert not set(visible) & {"\u202e", "\u200b", "\u2066", "\x1b", "\x07", "\x08"}
