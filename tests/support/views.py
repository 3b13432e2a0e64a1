"""Bodies and their views, as tests ask for them."""

from __future__ import annotations

from playground.contentviews.registry import body_of, show
from playground.contentviews.view import Body, Text, View, Window


def body(data: bytes, media_type: str, *, truncated: bool = False) -> Body:
    """Return a body as an answer has it."""
    return body_of(data, media_type, truncated=truncated)


def shown(
    data: bytes, media_type: str, name: str = "", *, truncated: bool = False, window: Window | None = None
) -> View:
    """Return the view of that name, else the best one."""
    return show(body(data, media_type, truncated=truncated), name, window)


def text_of(data: bytes, media_type: str) -> str:
    """Return the text of a body's text view."""
    content = shown(data, media_type, "text").content
    assert isinstance(content, Text)
    return content.text
