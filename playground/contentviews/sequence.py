"""Bodies of many items as rows: lines of JSON, JSON text sequences (RFC 7464), server-sent events (HTML Standard)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playground import jsontext
from playground.contentviews.json_index import JSONIndex
from playground.contentviews.tree import grow
from playground.contentviews.view import Body, Content, ContentView, Part, Parts, Text, Tree, View, Window
from playground.mediatypes import kind_of
from playground.text.visible import reveal
from playground.text.wording import say

SLICE = 100
"""Items drawn at once."""

_LONGEST_ITEM = 20_000
_LONGEST_CHECKED = 200_000
_LINE_END = re.compile(r"\r\n|\n|\r")


def priority(body: Body) -> int:
    """Fit by media type."""
    if body.is_binary:
        return 0
    return 12 if kind_of(body.media_type) in ("events", "lines", "sequence") else 0


def render(body: Body, window: Window) -> View:
    """Return items from `window.start` on, each with its JSON as a tree. Raises `ValueError` where there is none."""
    text, notes = body.loose_text
    items = _events(text) if kind_of(body.media_type) == "events" else (("", (), line) for line in lines_of(text))
    parts, count = [], 0
    for title, facts, item in items:
        if window.start <= count < window.start + SLICE:
            marks = tuple(mark for (number, _), found in window.marks.items() if number == count for mark in found)
            content = _content(item, count, window)
            parts.append(Part(title=title or str(count + 1), facts=facts, content=content, marks=marks))
        count += 1
    if not count:
        raise ValueError("no item")
    return View(name="rows", content=Parts(parts=tuple(parts), count=count, start=window.start), notes=notes)


def _content(item: str, number: int, window: Window) -> Content:
    if item.lstrip()[:1] in ("{", "[") and (len(item) > _LONGEST_CHECKED or jsontext.is_valid(item)):
        try:
            index = JSONIndex(item)
            return Tree(root=grow(index, index.root, Window(marks=window.marks), item=number))
        except (ValueError, RecursionError):
            pass
    return Text(text=reveal(item[:_LONGEST_ITEM]))


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of JSON Lines, or the texts of a JSON text sequence, that are not blank."""
    # The text of an item may go on in further lines (RFC 7464) where a separator says where it begins.
    for line in text.split("\x1e" if "\x1e" in text else "\n"):
        if line.strip():
            yield line


def events_of(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield name, further fields and data of each event; of the last one too if the stream ended inside it."""
    for name, fields, data, _ in _read_events(text):
        yield name, fields, data


def _events(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for name, fields, data, ended in _read_events(text):
        facts = tuple(f"{field}: {reveal(value[:200])}" for field, value in fields.items())
        # The stream ended inside an event: a browser drops it, a reader wants to see it.
        yield reveal(name) or "message", facts if ended else (*facts, say("not ended")), data


def _read_events(text: str) -> Iterator[tuple[str, dict[str, str], str, bool]]:
    data: list[str] = []
    fields: dict[str, str] = {}
    for line in _LINE_END.split(text.removeprefix("\ufeff")):
        if not line:
            if data or fields:
                yield fields.pop("event", ""), fields, "\n".join(data), True
            data, fields = [], {}
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            data.append(value)
        elif name in ("event", "id", "retry"):
            fields[name] = value
    if data:
        yield fields.pop("event", ""), fields, "\n".join(data), False


VIEW = ContentView(name="rows", title=say("Rows"), priority=priority, render=render)
