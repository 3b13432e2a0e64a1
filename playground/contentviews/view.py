"""What a content view is given, a body as bytes, and what it gives back: one of five shapes that templates can draw.

A view may be a text, a tree, a table, media, or parts with views of their own. A new view is one module and one line
in `registry.py`; a shape has one template, `templates/answer/_<shape>.html`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, TypeAlias

from playground import jsontext
from playground.contentviews.decode import decode, decode_loosely, looks_binary
from playground.contentviews.json_index import JSONIndex
from playground.mediatypes import OCTETS

MAX_SHOWN = 512 * 1024
"""Characters of a text shown at most."""

UNTYPED = frozenset({"", "text/plain", OCTETS})
"""Media types that say nothing; what a body is shows in its first bytes."""

MAX_HIGHLIGHTED = 64 * 1024
"""Characters of a text that is highlighted at most."""

_BIT = 2_000
"""Characters of a line that is longer: its pieces stand one beside the other."""

_PIECE = re.compile(rf"([^\n]{{{_BIT + 1},}}\n?)|(?:[^\n]{{0,{_BIT}}}\n){{1,400}}|[^\n]+")


@dataclass(frozen=True, kw_only=True)
class Body:
    """A message's content. `media_type` is lower case and without parameters; `charset` as declared, or empty.

    `parameters` are the media type's, names in lower case. `cut` says why content is missing where it is `truncated`
    (see `registry.CUT`), `coding` is a Content-Encoding that the content was not in, or that was left on it. What
    several views need is read once, when first asked for.
    """

    data: bytes
    media_type: str = ""
    charset: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    truncated: bool = False
    cut: str = ""
    coding: str = ""

    @cached_property
    def is_binary(self) -> bool:
        """Whether the first bytes are no text."""
        return looks_binary(self.data, self.charset)

    @property
    def opens_like_json(self) -> bool:
        """Whether the first character is one that opens an object or an array."""
        return self.data[:64].lstrip()[:1] in (b"{", b"[")

    @cached_property
    def text(self) -> str:
        """The text exactly. Raises `ValueError` if the bytes are not in their charset."""
        return decode(self.data, self.charset, truncated=self.truncated)

    @cached_property
    def folded_text(self) -> str:
        """The text in lower case, for finding; as it is where that would move a place."""
        text = self.loose_text[0]
        folded = text.lower()
        return folded if len(folded) == len(text) and folded != text else text

    @cached_property
    def loose_text(self) -> tuple[str, tuple[str, ...]]:
        """The text, bytes that are not in the charset as U+FFFD, and a note if there are such bytes."""
        try:
            return self.text, ()
        except ValueError:
            return decode_loosely(self.data, self.charset, truncated=self.truncated)

    @cached_property
    def is_json(self) -> bool:
        """Whether the whole text is JSON, all of it read. Raises `ValueError` if the bytes are not in their charset."""
        return jsontext.is_valid(self.text)

    @cached_property
    def json(self) -> JSONIndex:
        """The nodes of a JSON text. Raises `ValueError` if it is none."""
        return JSONIndex(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Text for autoescaping, highlighted by `lexer` (empty: not at all)."""

    shape: ClassVar[str] = "text"
    text: str
    lexer: str = ""

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """A long text in pieces: a browser lays out those in sight alone. A short one is one piece.

        Each is whole lines, or a bit of a long line, which is told beside it.
        """
        if len(self.text) <= MAX_HIGHLIGHTED:
            return ((self.text, False),)
        pieces: list[tuple[str, bool]] = []
        for match in _PIECE.finditer(self.text):
            if (line := match[1]) is None:
                pieces.append((match[0], False))
            else:
                pieces += [(line[at : at + _BIT], True) for at in range(0, len(line), _BIT)]
        return tuple(pieces)


@dataclass(slots=True, kw_only=True)  # hundreds are made at once, and one that is frozen takes three times as long
class Branch:
    """One node of a tree and what is drawn below it.

    `address` is the node's (see `json_index`), `name` its label (`None`: an element or the root), `text` a scalar as it
    is spelled or a closed container in brief, `cut` says that more of a scalar is there. `count` is the number of
    children, `start` the ordinal of the first one drawn; those from `start + len(children)` on come as they are asked
    for. `link` is a harmless address that the text is, `hint` what the value means, for people. `marks` are
    sentences about this node, each the number and severity of a finding.
    """

    address: str
    kind: str
    text: str
    name: str | None = None
    ordinal: int = 0
    count: int = 0
    start: int = 0
    open: bool = False
    cut: bool = False
    link: str = ""
    hint: str = ""
    children: tuple[Branch, ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    stop: int = 0
    explained: tuple[str, str] | None = None
    found: bool = False
    leads: bool = False

    @property
    def is_container(self) -> bool:
        """Whether the node is an object or an array."""
        return self.kind in ("object", "array")

    @property
    def next(self) -> int:
        """The ordinal of the first child that is not drawn."""
        return self.start + len(self.children)

    @property
    def left(self) -> int:
        """How many children are not drawn after those that are."""
        return (self.stop or self.count) - self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Nodes to fold and open."""

    shape: ClassVar[str] = "tree"
    root: Branch


@dataclass(slots=True, kw_only=True)  # not frozen for the same reason as a branch
class Cell:
    """One field of a table: its text, and the address of the node it shows (empty: none)."""

    text: str
    address: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under column titles: `rows` from row `start` on, of `count`. `below` is the address of the rows' array.

    `sorted_by` is the number of a column, negative for descending order (`~column`), `None` for the order of the body.
    """

    shape: ClassVar[str] = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    start: int = 0
    below: str = ""
    sorted_by: int | None = None
    sortable: bool = True

    @property
    def next(self) -> int:
        """The number of the first row that is not drawn."""
        return self.start + len(self.rows)

    @property
    def left(self) -> int:
        """How many rows are not drawn after those that are."""
        return self.count - self.next


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """Something a browser draws or plays by itself: `element` is `img`, `audio`, `video` or `frame`.

    `source` is a data URI, for a frame the HTML text. `facts` are sizes and types in words.
    """

    shape: ClassVar[str] = "media"
    element: str
    source: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a body that has several: its title, header fields or facts, its own view, findings about it."""

    title: str
    facts: tuple[str, ...] = ()
    content: Content
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Pieces one below the other, from number `start` on, of `count`."""

    shape: ClassVar[str] = "parts"
    parts: tuple[Part, ...]
    count: int
    start: int = 0

    @property
    def next(self) -> int:
        """The number of the first piece that is not drawn."""
        return self.start + len(self.parts)

    @property
    def left(self) -> int:
        """How many pieces are not drawn after those that are."""
        return self.count - self.next


Content: TypeAlias = Text | Tree | Table | Media | Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A body ready to be shown. `lead` is a sentence above the content, `notes` say what was left out or changed."""

    name: str
    content: Content
    lead: str = ""
    notes: tuple[str, ...] = ()


Marks: TypeAlias = "Mapping[tuple[int | None, str], tuple[tuple[int, str], ...]]"
"""Findings by the item (`None`: the whole body) and JSON Pointer they are about: each a number and a severity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of a long body that is asked for: children, rows or pieces from `start` on, in an order.

    They end before `stop` (0: nowhere). `focus` is the address of a node to be in sight, `marks` are findings to show.
    """

    address: str = ""
    start: int = 0
    stop: int = 0
    sorted_by: int | None = None
    focus: str | None = None
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView:
    """A way of showing bodies. `name` is its key, `title` what the page calls it.

    `priority` says how well it fits (0: not at all) without reading much; `render` may raise `ValueError`, and then the
    next best view is taken. `fits` reads the body where `priority` only guesses; it decides whether the view is
    offered.
    """

    name: str
    title: str
    priority: Callable[[Body], int]
    render: Callable[[Body, Window], View]
    fits: Callable[[Body], bool] = lambda _body: True
