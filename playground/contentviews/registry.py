"""Every content view, and the one way to show a body: the best fitting view that works."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from playground.contentviews import hex_view, html_view, image_view, json_view, text_view, xml_view
from playground.contentviews.view import MAX_HIGHLIGHTED, MAX_SHOWN, Body, ContentView, View
from playground.text.visible import NOTE, reveal
from playground.text.wording import say

VIEWS: Final[tuple[ContentView, ...]] = (
    image_view.VIEW,
    json_view.VIEW,
    html_view.VIEW,
    xml_view.VIEW,
    text_view.VIEW,
    hex_view.VIEW,
)

_CHARSET = re.compile(r";\s*charset\s*=\s*(\"[^\"]*\"|[^;\s]*)", re.IGNORECASE)


def view(body: bytes, media_type: str, *, truncated: bool = False) -> View:
    """Show a body; `media_type` is a Content-Type as received, possibly empty or nonsense. Never raises."""
    if not body:
        return View(kind="empty", title="Empty")
    charset = _CHARSET.search(media_type)
    given = Body(
        data=body,
        media_type=media_type.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else "",
        truncated=truncated,
    )
    for candidate in sorted(VIEWS, key=lambda one: -one.priority(given)):
        try:
            return _finished(candidate.render(given), given)
        except (ValueError, RecursionError):
            continue
    raise AssertionError("the hex view shows everything")


def _finished(found: View, body: Body) -> View:
    """Apply what holds for every view: nothing hidden, nothing endless, long text without highlighting."""
    notes = list(found.notes)
    text = found.text[:MAX_SHOWN]
    if body.truncated:
        notes.append(say("The answer was longer than the limit and is cut off."))
    if len(found.text) > MAX_SHOWN:
        notes.append(say("The first %(number)s KB are shown.", number=MAX_SHOWN // 1024))
    revealed = reveal(text)
    if revealed.count("\u27e8U+") > text.count("\u27e8U+"):
        notes.append(NOTE)
    lexer = found.lexer if len(revealed) <= MAX_HIGHLIGHTED else ""
    return replace(found, text=revealed, lexer=lexer, notes=tuple(notes))
