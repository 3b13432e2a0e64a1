"""Bytes as hexadecimal and text columns; fits everything, and never fails."""

from __future__ import annotations

from playground.contentviews.view import Body, ContentView, Text, View, Window
from playground.mediatypes import is_json, is_text
from playground.text.wording import say

MAX_BYTES = 4096
_ROW = 16
_MARKS = ((b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))


def priority(body: Body) -> int:
    """Fit everything, but nothing well."""
    del body
    return 1


def render(body: Body, _window: Window) -> View:
    """Return the first bytes, sixteen a line: offset, values, ASCII."""
    shown = body.data[:MAX_BYTES]
    lines = [_line(offset, shown[offset : offset + _ROW]) for offset in range(0, len(shown), _ROW)]
    left_out = len(body.data) - len(shown)
    notes = (
        (say("The first %(shown)s of %(all)s bytes are shown.", shown=len(shown), all=len(body.data)),)
        if left_out
        else ()
    )
    if (kind := _compressed(body.data)) and not body.coding:
        notes = (say("The content itself is compressed (%(kind)s), and nothing says so.", kind=kind), *notes)
    elif body.is_binary and (is_text(body.media_type) or is_json(body.media_type)):
        notes = (say("This is called %(type)s and is no text.", type=body.media_type), *notes)
    return View(name="hex", content=Text(text="\n".join(lines)), notes=notes)


def _compressed(data: bytes) -> str:
    return next((kind for mark, kind in _MARKS if data.startswith(mark)), "")


def _line(offset: int, row: bytes) -> str:
    values = " ".join(f"{byte:02x}" for byte in row)
    text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
    return f"{offset:08x}  {values:<{_ROW * 3 - 1}}  {text}"


VIEW = ContentView(name="hex", title=say("Hex"), priority=priority, render=render)
