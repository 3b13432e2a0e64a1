"""XML as its own text: never parsed, so no entity is expanded and nothing is fetched (XML 1.0)."""

from __future__ import annotations

import re
from dataclasses import replace

from playground.contentviews.decoding import decode_loosely, looks_binary
from playground.contentviews.view import Body, ContentView, View
from playground.mediatypes import kind_of

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,80}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")


def priority(body: Body) -> int:
    """Fit XML by media type (SVG is XML too), or by its declaration."""
    if kind_of(body.media_type) == "xml":
        return 10
    return 6 if body.data.startswith(b"<?xml") and body.media_type in ("", "text/plain") else 0


def render(body: Body) -> View:
    """Decode by the declared charset, else by the one in the XML declaration. Raises `ValueError` for bytes."""
    if looks_binary(body.data):
        raise ValueError("not text")
    declared = _DECLARED.match(body.data)
    if declared and not body.charset:
        body = replace(body, charset=declared[1].decode("ascii"))
    text, notes = decode_loosely(body)
    return View(kind="xml", title="XML", text=text, lexer="xml", notes=notes)


VIEW = ContentView(kind="xml", priority=priority, render=render)
