"""Every content view, and the one way to show a body: the best fitting view that works, or the one asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.message import Message
from functools import lru_cache
from typing import Final

from playground import jsontext
from playground.contentviews import archive, hexdump, media, multipart, sequence, table, text, tree
from playground.contentviews.decode import is_unknown
from playground.contentviews.view import MAX_HIGHLIGHTED, MAX_SHOWN, Body, ContentView, Text, View, Window
from playground.text.visible import NOTE, reveal
from playground.text.wording import say


def _show_part(data: bytes, content_type: str, truncated: bool) -> View:
    body = body_of(data, content_type, truncated=truncated)
    return _first_that_works(body, _ranked(body, PART_VIEWS))


PART_VIEWS: Final[tuple[ContentView, ...]] = (media.VIEW, tree.VIEW, text.VIEW, hexdump.VIEW)
"""The views of a part of a multipart body: none that has parts itself."""

VIEWS: Final[tuple[ContentView, ...]] = (
    media.VIEW,
    archive.VIEW,
    sequence.VIEW,
    multipart.make_view(_show_part),
    tree.VIEW,
    table.VIEW,
    text.VIEW,
    text.RAW,
    hexdump.VIEW,
)

CUT: Final[Mapping[str, str]] = {
    "limit": say("The answer was longer than the limit and is cut off."),
    "deadline": say("The time limit was reached, so the answer is cut off."),
    "stopped": say("Stopped."),
    "broken": say("The content ends before it is complete: the connection broke off, or what came is damaged."),
    "shown": say("Only the first %(number)s KB were fetched and are shown.", number=MAX_SHOWN // 1024),
    "kept": say("Only the beginning of this answer was kept."),
}
"""Why content is missing, by what an exchange calls it; the limit, where nothing is said."""

_PROBLEM_TYPES = ("application/problem+json", "application/problem+xml")


def body_of(data: bytes, content_type: str, *, truncated: bool = False, cut: str = "", coding: str = "") -> Body:
    """Return a body with its Content-Type read; that may be empty or nonsense."""
    read = _parameters(content_type[:1_000])
    return Body(
        data=data,
        media_type=content_type.partition(";")[0].strip().lower(),
        charset=read.get("charset", ""),
        parameters=read,
        truncated=truncated,
        cut=cut,
        coding=coding,
    )


@lru_cache(maxsize=256)
def _parameters(content_type: str) -> Mapping[str, str]:
    message = Message()
    message["content-type"] = re.sub(r"[\r\n]+", " ", content_type)
    return {name.lower(): value for name, value in (message.get_params() or [])[1:]}


def fitting(body: Body) -> tuple[ContentView, ...]:
    """Return the views that fit a body, the best one first, Raw and Hex among them; a name occurs once."""
    views: dict[str, ContentView] = {}
    for view in _ranked(body, VIEWS):
        if view.name not in views and view.fits(body):
            views[view.name] = view
    return tuple(views.values())


def show(body: Body, name: str = "", window: Window | None = None, views: Sequence[ContentView] | None = None) -> View:
    """Show a body by the view of that name, else by the best that works. Never raises.

    `views` are those that fit it, best first, where they are known.
    """
    if not body.data:
        notes = (CUT.get(body.cut, CUT["limit"]),) if body.truncated else ()
        return View(name="empty", content=Text(text=""), notes=notes)
    ranked = _ranked(body, VIEWS) if views is None else views
    asked = [view for view in ranked if view.name == name]
    return _first_that_works(body, [*asked, *ranked], window)


def _ranked(body: Body, views: Sequence[ContentView]) -> list[ContentView]:
    fitted = [(priority, view) for view in views if (priority := view.priority(body)) > 0]
    return [view for _, view in sorted(fitted, key=lambda fit: -fit[0])]


def _first_that_works(body: Body, views: Sequence[ContentView], window: Window | None = None) -> View:
    for view in views:
        try:
            return _finished(view.render(body, window or Window()), body)
        except (ValueError, RecursionError):
            continue
    return _finished(hexdump.VIEW.render(body, Window()), body)


def _finished(view: View, body: Body) -> View:
    """Apply what holds for every view: nothing hidden, nothing endless, long text without highlighting."""
    notes = list(view.notes)
    if body.coding:
        sentence = say(
            "Content-Encoding says %(coding)s, which could not be taken off: the content is shown as it came.",
            coding=reveal(body.coding[:60]),
        )
        notes.insert(0, sentence)
    if is_unknown(body.charset) and view.name not in ("hex", "media"):
        notes.append(
            say("The charset %(name)s is not known here; UTF-8 is read instead.", name=reveal(body.charset[:60]))
        )
    if body.truncated:
        notes.append(CUT.get(body.cut, CUT["limit"]))
    content = view.content
    if isinstance(content, Text):
        shown = content.text[:MAX_SHOWN]
        if len(content.text) > MAX_SHOWN:
            notes.append(say("The first %(number)s KB are shown.", number=MAX_SHOWN // 1024))
        revealed = reveal(shown)
        if revealed.count("\u27e8U+") > shown.count("\u27e8U+"):
            notes.append(NOTE)
        content = Text(text=revealed, lexer=content.lexer if len(revealed) <= MAX_HIGHLIGHTED else "")
    lead = view.lead or (_problem(body) if body.media_type in _PROBLEM_TYPES else "")
    return replace(view, content=content, notes=tuple(notes), lead=lead)


def _problem(body: Body) -> str:
    """Return what a problem document says as a sentence (RFC 9457): title, detail, and the instance it is about."""
    try:
        problem = jsontext.loads(body.text) if len(body.data) <= 100_000 and body.media_type.endswith("json") else None
    except (ValueError, RecursionError):
        return ""
    if not isinstance(problem, dict):
        return ""
    said = [problem[name].strip() for name in ("title", "detail") if isinstance(problem.get(name), str)]
    instance = problem.get("instance")
    sentence = ": ".join(part.rstrip(".") for part in said if part)
    about = say("about %(instance)s", instance=instance[:300]) if isinstance(instance, str) and instance else ""
    return reveal(" ".join([*([sentence[:1_000] + "."] if sentence else []), *([f"({about})"] if about else [])]))
