"""Text of any kind, as it is."""

from __future__ import annotations

from playground.contentviews.decoding import decode, decode_loosely, looks_binary
from playground.contentviews.view import Body, ContentView, View
from playground.mediatypes import is_text, lexer


def priority(body: Body) -> int:
    """Fit declared text, and anything that looks like text."""
    if is_text(body.media_type):
        return 5
    return 0 if looks_binary(body.data) else 2


def render(body: Body) -> View:
    """Decode; what is declared as text is shown even when some bytes are not. Raises `ValueError` for the rest."""
    if looks_binary(body.data):
        raise ValueError("not text")
    text, notes = decode_loosely(body) if priority(body) > 2 else (decode(body), ())
    return View(kind="text", title="Text", text=text, lexer=lexer(body.media_type), notes=notes)


VIEW = ContentView(kind="text", priority=priority, render=render)
