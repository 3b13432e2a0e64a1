"""Images whose first bytes say PNG, JPEG, GIF or WebP, whatever their media type claims (MIME Sniffing)."""

from __future__ import annotations

import base64

from playground.contentviews.view import Body, ContentView, View

MAX_IMAGE = 500_000
"""Bytes of an image shown inline; it stands in the page as a data URI."""


def priority(body: Body) -> int:
    """Fit by the first bytes alone."""
    return 20 if _type(body.data) else 0


def render(body: Body) -> View:
    """Return the image as a data URI. Raises `ValueError` if it is cut off or too large."""
    media_type = _type(body.data)
    if not media_type or body.truncated or len(body.data) > MAX_IMAGE:
        raise ValueError("not an image that can be shown")
    encoded = base64.b64encode(body.data).decode("ascii")
    name = media_type.partition("/")[2].upper().replace("WEBP", "WebP")
    return View(kind="image", title=f"{name} image", image=f"data:{media_type};base64,{encoded}")


def _type(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:14] == b"WEBPVP":
        return "image/webp"
    return ""


VIEW = ContentView(kind="image", priority=priority, render=render)
