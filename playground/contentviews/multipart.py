"""A multipart answer split into its parts, each shown as its own media type asks (RFC 2046, section 5.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from email.parser import BytesHeaderParser

from playground.contentviews.view import Body, ContentView, Part, Parts, View, Window
from playground.text.visible import reveal
from playground.text.wording import say

MOST_PARTS = 50
"""Parts drawn at once."""

_LONGEST_HEAD = 16_384
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{1,70}")


def priority(body: Body) -> int:
    """Fit by media type, where it names a boundary."""
    return (
        12
        if body.media_type.startswith("multipart/") and _BOUNDARY.fullmatch(body.parameters.get("boundary", ""))
        else 0
    )


def split(data: bytes, boundary: str) -> Iterator[tuple[dict[str, str], bytes]]:
    """Yield header fields, names in lower case, and content of each part; a part without an end is yielded too."""
    delimiter = b"--" + boundary.encode("ascii")
    # The delimiter stands at the beginning of a line, the line end before it belongs to it.
    chunks = re.split(rb"(?:\A|\r?\n)" + re.escape(delimiter) + rb"(--)?[ \t]*(?:\r?\n|\Z)", data)
    for number in range(2, len(chunks), 2):
        if chunks[number - 1]:
            return
        head, separator, content = _parted(chunks[number])
        fields = BytesHeaderParser().parsebytes((head if separator else b"")[:_LONGEST_HEAD] + b"\n\n")
        yield {name.lower(): str(value) for name, value in fields.items()}, content


def _parted(chunk: bytes) -> tuple[bytes, bytes, bytes]:
    if chunk.startswith((b"\r\n", b"\n")):
        return b"", b"\n", chunk.split(b"\n", 1)[1]
    match = re.search(rb"\r?\n\r?\n", chunk[:_LONGEST_HEAD])
    return (chunk[: match.start()], match[0], chunk[match.end() :]) if match else (b"", b"", chunk)


def _name(fields: Mapping[str, str]) -> str:
    """Return the name of a part, or of the file that it is; empty where it has none."""
    message = Message()
    message["Content-Disposition"] = " ".join(fields.get("content-disposition", "").split())
    name = message.get_param("name", "", header="content-disposition")
    return (name if isinstance(name, str) else "") or message.get_filename() or ""


def make_view(show_part: Callable[[bytes, str, bool], View]) -> ContentView:
    """Return the view, given how one part is shown: its bytes, its Content-Type, and whether it is cut off."""

    def render(body: Body, window: Window) -> View:
        parts, count = [], 0
        for fields, content in split(body.data, body.parameters.get("boundary", "")):
            if window.start <= count < window.start + MOST_PARTS:
                shown = show_part(content, fields.get("content-type", "text/plain"), body.truncated)
                title = _name(fields) or say("part %(number)s", number=count + 1)
                facts = tuple(reveal(f"{name}: {value}")[:500] for name, value in fields.items())
                parts.append(Part(title=reveal(title)[:200], facts=facts, content=shown.content))
            count += 1
        if not count:
            raise ValueError("no part")
        return View(name="parts", content=Parts(parts=tuple(parts), count=count, start=window.start))

    return ContentView(name="parts", title=say("Parts"), priority=priority, render=render)
