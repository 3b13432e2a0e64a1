"""HTML as its source: a stranger's page is never rendered in ours."""

from __future__ import annotations

from playground.contentviews.decoding import decode_loosely, looks_binary
from playground.contentviews.view import Body, ContentView, View
from playground.mediatypes import lexer


def priority(body: Body) -> int:
    """Fit HTML by media type."""
    return 10 if lexer(body.media_type) == "html" else 0


def render(body: Body) -> View:
    """Decode to source text. Raises `ValueError` for bytes that are no text."""
    if looks_binary(body.data):
        raise ValueError("not text")
    text, notes = decode_loosely(body)
    return View(kind="html", title="HTML", text=text, lexer="html", notes=notes)


VIEW = ContentView(kind="html", priority=priority, render=render)
