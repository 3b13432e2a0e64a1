"""JSON as a tree to fold and open: two levels open, long containers in slices, every value spelled as it came.

Beside a text stands what it holds, where that is certain: base64 of text or of a file, a JSON Web Token.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from playground.contentviews.json_index import JSONIndex, Node
from playground.contentviews.media import title_of
from playground.contentviews.view import UNTYPED, Body, Branch, ContentView, Marks, Tree, View, Window
from playground.mediatypes import is_json
from playground.text.visible import reveal
from playground.text.wording import say

_SHORTEST, _LONGEST = 16, 20_000
_SHOWN = 600
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|[A-Za-z0-9_-]+={0,2}")
_TOKEN = re.compile(r"(eyJ[A-Za-z0-9_-]+)\.(eyJ[A-Za-z0-9_-]*)\.[A-Za-z0-9_-]*")
_DATA = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w=.+-]{1,100})*;base64,")


def explanation(text: str) -> tuple[str, str] | None:
    """Return what kind of thing a text is, and what it holds; `None` where that is not certain."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    if (token := _TOKEN.fullmatch(text)) is not None:
        parts = [_decoded(part) for part in token.groups()]
        if all(part is not None and _is_object(part) for part in parts):
            return say("JSON Web Token"), _shown("\n".join(part.decode() for part in parts if part is not None))
        return None
    prefix = _DATA.match(text)
    data = _decoded(text[prefix.end() :] if prefix else text)
    if data is None:
        return None
    if (title := title_of(data)) is not None:
        return say("base64"), say("%(title)s, %(count)s bytes", title=title, count=len(data))
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # A word of the right length may decode to something; to a text that a person wrote it hardly does.
    readable = all(character.isprintable() or character in "\n\r\t" for character in plain)
    return (say("base64"), _shown(plain)) if readable and len(plain) > 3 else None


def _decoded(text: str) -> bytes | None:
    if not _BASE64.fullmatch(text):
        return None
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return base64.b64decode(padded, altchars=b"-_" if "-" in text or "_" in text else None, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _shown(text: str) -> str:
    return reveal(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


SLICE = 100
"""Children of one container drawn at once."""

BUDGET = 600
"""Nodes drawn at once; what is below is asked for as it is opened."""

SLICE_BUDGET = 250
"""Nodes of a further slice: they come beside all that is drawn already."""

OPEN_LEVELS = 2
"""Levels that are open at first, unless a container is long."""

_LONG = 12
_LONGEST_TEXT = 1_000
_BRIEF = 60
_LARGEST_CHECKED = 2_000_000
_TIME_NAME = re.compile(
    r"(^|_|-)(created|updated|expires|expiry|at|on|time|timestamp|date|since|until|start|end)($|_|-)"
    r"|[a-z](At|Time|Date)$"
)
_YEAR_2000, _YEAR_2100 = 946_684_800, 4_102_444_800
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]{1,2000}", re.ASCII)


def priority(body: Body) -> int:
    """Fit best by media type; a text that opens like JSON is worth a try when nothing better is declared."""
    if is_json(body.media_type):
        return 10
    return 7 if body.opens_like_json and body.media_type in UNTYPED else 0


def fits(body: Body) -> bool:
    """Tell whether the whole body is JSON; of a long one whether it opens and ends like it."""
    try:
        if body.truncated or body.json is None:
            return False
        return len(body.data) > _LARGEST_CHECKED or body.is_json
    except (ValueError, RecursionError):
        return False


def render(body: Body, window: Window) -> View:
    """Draw the root, or what a window asks for. Raises `ValueError` if the body is no JSON, or was cut off."""
    if body.truncated:
        raise ValueError("a tree needs the whole text")
    if not window.address and len(body.data) <= _LARGEST_CHECKED and not body.is_json:
        raise ValueError("the text is no JSON")
    index = body.json
    node = index.at(window.address)
    if node is None:
        raise ValueError("there is no such node")
    return View(name="tree", content=Tree(root=grow(index, node, window)))


def grow(index: JSONIndex, node: Node, window: Window, *, item: int | None = None) -> Branch:
    """Return a node and what is drawn below it, level by level within the budget, from the window's start on.

    What leads to the focus is open and drawn whatever the budget; so is what leads to a mark that is near.
    """
    marks = _addressed(index, window.marks, item)
    seed = _Growing(node, window.start, window.stop, way=_way(node, window.focus))
    queue = deque([(seed, 0)])
    left = SLICE_BUDGET if window.start else BUDGET
    while queue:
        growing, level = queue.popleft()
        if not growing.node.is_container:
            continue
        growing.count = index.count(growing.node)
        # Below the open levels a container is drawn for as long as there is room, so that it opens without a request.
        shown = bool(growing.way) or growing.alone
        if not shown and (left <= 0 or (level > 0 and growing.count > left)):
            continue
        most = SLICE if shown or not level else min(SLICE, left)
        if growing.way and not growing.start:
            growing.start = growing.way[0] // SLICE * SLICE
        if growing.stop:
            most = min(most, growing.stop - growing.start)
        children = index.children(growing.node, growing.start, most)
        left -= len(children)
        growing.children = [_Growing(child, way=growing.below(child)) for child in children]
        growing.open = level < OPEN_LEVELS and (level == 0 or growing.count <= _LONG or growing.alone)
        inner = [child for child in growing.children if child.node.is_container]
        if not level and not window.address and len(inner) == 1:
            inner[0].alone = True
        queue.extend((child, level + 1) for child in growing.children)
    return seed.branch(index, marks, window.focus)


def _addressed(index: JSONIndex, marks: Marks, item: int | None) -> _Addressed:
    """Return the findings about one item, or about the whole body, by the address of their node."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    holders: dict[str, Node | None] = {}
    for (number, pointer), marked in marks.items():
        if number != item:
            continue
        # Of one object often several members are marked.
        above, _, token = pointer.rpartition("/")
        holder = holders[above] if above in holders else holders.setdefault(above, index.follow(above))
        node = holder if holder is None or not pointer else index.below(holder, token)
        if node is not None:
            found[node.address] = (*found.get(node.address, ()), *marked)
    return found


def _way(node: Node, focus: str | None) -> tuple[int, ...]:
    """Return the ordinals that lead from a node to the focus, nothing if it is not below."""
    if not focus or (node.address and not focus.startswith(node.address + ".")):
        return ()
    return tuple(int(step) for step in focus[len(node.address) :].strip(".").split("."))


_Addressed = Mapping[str, tuple[tuple[int, str], ...]]


@dataclass(slots=True)
class _Growing:
    node: Node
    start: int = 0
    stop: int = 0
    way: tuple[int, ...] = ()
    count: int = 0
    open: bool = False
    alone: bool = False
    """Whether it is what an answer is about: the one container in it."""

    children: list[_Growing] = field(default_factory=list)

    def below(self, child: Node) -> tuple[int, ...]:
        return self.way[1:] if self.way and self.way[0] == child.ordinal else ()

    def branch(self, index: JSONIndex, marks: _Addressed, focus: str | None) -> Branch:
        node = self.node
        name = None if node.name is None else reveal(node.name)
        if not node.is_container:
            return _scalar(index, node, name, marks.get(node.address, ()), found=focus == node.address)
        children = tuple([child.branch(index, marks, focus) for child in self.children])
        first = None if self.start else [child.node for child in self.children[:3]]
        # Notes are many, one for each row maybe: only what breaks a rule opens what it stands in.
        leads = bool(marks) and any(child.leads or _is_broken(child.marks) for child in children)
        return Branch(
            address=node.address,
            kind=node.kind,
            name=name,
            ordinal=node.ordinal,
            count=self.count,
            text=brief(index, node, self.count, first),
            start=self.start,
            stop=self.stop,
            open=self.open or bool(self.way) or leads,
            children=children,
            marks=marks.get(node.address, ()),
            leads=leads,
            found=focus == node.address,
        )


def _is_broken(marks: tuple[tuple[int, str], ...]) -> bool:
    return any(severity != "note" for _, severity in marks)


def _scalar(
    index: JSONIndex, node: Node, name: str | None, marks: tuple[tuple[int, str], ...], *, found: bool
) -> Branch:
    token = index.text[node.start : node.end]
    is_text, cut = node.kind == "string", len(token) > _LONGEST_TEXT
    return Branch(
        address=node.address,
        kind=node.kind,
        name=name,
        ordinal=node.ordinal,
        text=reveal(token[:_LONGEST_TEXT]),
        cut=cut,
        link=_link(token) if is_text and not cut else "",
        hint=_hint(node, token) if node.kind == "number" else "",
        explained=explanation(token[1:-1]) if is_text else None,
        marks=marks,
        found=found,
    )


def brief(index: JSONIndex, node: Node, count: int, first: list[Node] | None = None) -> str:
    """Return a closed container on one line: its first scalar member, and how many there are.

    `first` are its first children where they have been read already.
    """
    if not count:
        return "{}" if node.kind == "object" else "[]"
    if node.kind == "array":
        return f"[{count}]"
    shown = ""
    for child in first or index.children(node, 0, min(count, 3)):
        if not child.is_container and child.end - child.start <= _BRIEF:
            shown = reveal(f"{child.name}: {index.text[child.start : child.end]}")
            break
    rest = count - bool(shown)
    pieces = [shown] if shown else []
    pieces += [f"… {rest}"] if rest else []
    return "{ " + ", ".join(pieces) + " }"


def _link(token: str) -> str:
    return token[1:-1] if token.startswith('"http') and _LINK.fullmatch(token[1:-1]) else ""


def _hint(node: Node, token: str) -> str:
    """Return what a number means where its name says that it is a time: seconds or milliseconds since 1970."""
    if node.name is None or not token.isdecimal() or not _TIME_NAME.search(node.name):
        return ""
    return time_text(int(token)) if len(token) <= 14 else ""


def time_text(number: int) -> str:
    """Return a count of seconds or milliseconds since 1970 as a time of this century in words, else nothing."""
    seconds = number if number < _YEAR_2100 else number / 1000
    if not _YEAR_2000 <= seconds < _YEAR_2100:
        return ""
    moment = datetime.fromtimestamp(seconds, UTC)
    return say("%(time)s UTC", time=f"{moment:%Y-%m-%d %H:%M:%S}")


VIEW = ContentView(name="tree", title=say("Tree"), priority=priority, render=render, fits=fits)
