"""The nodes of a JSON text, found without building its values (RFC 8259), so that a large text is read in slices.

Numbers, escapes, order and repeated members stay as they are in the text. A container's children are counted once and
remembered by every 64th; a slice of them is read again from there. A node is addressed by the ordinals on the way to it
(`0.3.17`), which stays unique where a member name is repeated; `pointer` gives its JSON Pointer (RFC 6901).
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # in the module, not in its stubs
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from playground.text.wording import say

Kind: TypeAlias = Literal["object", "array", "string", "number", "true", "false", "null"]

STEP = 64
"""Children between two remembered places."""

MAX_DEPTH = 200
"""Containers inside each other that are followed; a deeper text is shown as text."""

_KINDS: Final[Mapping[str, Kind]] = {
    "{": "object", "[": "array", '"': "string", "t": "true", "f": "false", "n": "null",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r]*")
# Runs of plain characters stand outside the groups that repeat, which makes long texts a third quicker to read.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SCALAR = re.compile(rf"{_STRING}|[^\s\[\]{{}}\",:]++", re.DOTALL)
_PLAIN = r'[^\[\]{}"]*+'
_FLAT = rf"[\[{{]{_PLAIN}(?:{_STRING}{_PLAIN})*+[\]}}]"
_SHALLOW = rf"[\[{{]{_PLAIN}(?:(?:{_STRING}|{_FLAT}){_PLAIN})*+[\]}}]"
_ELEMENT = rf"[ \t\n\r]*+(?:{_STRING}|[^\s\[\]{{}}\",:]++|{_SHALLOW})[ \t\n\r]*+"
_ELEMENTS = re.compile(rf"(?:{_ELEMENT},){{{STEP}}}", re.DOTALL)
_MEMBERS = re.compile(rf"(?:[ \t\n\r]*+{_STRING}[ \t\n\r]*+:{_ELEMENT},){{{STEP}}}", re.DOTALL)
_SCALAR_CHILD = r"[ \t\n\r]*+([^\s\[\]{}\",:]++|" + _STRING + r")"
_SCALAR_ELEMENT = re.compile(_SCALAR_CHILD, re.DOTALL)
_SCALAR_MEMBER = re.compile(r'[ \t\n\r]*+"([^"\\]*+)"[ \t\n\r]*+:' + _SCALAR_CHILD, re.DOTALL)
"""A child that is read by one match: a scalar, its name without escapes. Most are."""
_FIRST_TRY = 512
_CHARACTERS = 1 << 16
"""Characters of a container read at once by the standard library's scanner; a longer one is indexed itself."""


class NotJSONError(ValueError):
    """The text is no JSON, or is nested too deeply; `offset` is where reading stopped."""

    def __init__(self, offset: int) -> None:
        super().__init__(say("The text stops being JSON at character %(offset)s.", offset=offset))
        self.offset = offset


class Node(NamedTuple):
    """One value of the text: `text[start:end]`. `name` is its member name (`None` in an array and for the root)."""

    address: str
    ordinal: int
    name: str | None
    start: int
    end: int
    kind: Kind

    @property
    def is_container(self) -> bool:
        """Whether it can have children."""
        return self.kind in ("object", "array")


@dataclass(slots=True)
class _Children:
    """What is remembered of a container: its end, how many children it has, and where every 64th begins.

    `all` are name, start and end of each child where there are fewer than 64: what was read once to count them.
    """

    end: int = 0
    count: int = 0
    places: array[int] = field(default_factory=lambda: array("Q"))
    all: list[tuple[str | None, int, int]] | None = None


def _forget(_pairs: object) -> None:
    return None


class JSONIndex:
    """The nodes of one JSON text. Raises `NotJSONError` as soon as something read is no JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Numbers stay text: CPython makes no integer of more than 4,300 digits, and nobody asks for their values.
        decoder: Any = JSONDecoder(object_pairs_hook=_forget, parse_int=str, parse_float=str)
        self._scan: Callable[[str, int], tuple[object, int]] = decoder.scan_once
        self._known: dict[int, _Children] = {}
        start = self._skip_space(0)
        end = self._end_of(start, 0)
        if self._skip_space(end) != len(text):
            raise NotJSONError(end)
        self.root = Node("", 0, None, start, end, self._kind(start))

    def count(self, node: Node) -> int:
        """Return how many members or elements a container has; 0 for a scalar."""
        return self._children(node).count if node.is_container else 0

    def children(self, node: Node, start: int = 0, limit: int = STEP) -> list[Node]:
        """Return at most `limit` children from ordinal `start` on, in the order of the text."""
        if not node.is_container:
            return []
        children = self._children(node)
        if start >= children.count or start < 0:
            return []
        begin = start if children.all is not None else start // STEP * STEP
        found: Iterable[tuple[str | None, int, int]] = (
            self._walk(children.places[start // STEP], node.kind) if children.all is None else children.all[start:]
        )
        above, text = f"{node.address}." if node.address else "", self.text
        nodes: list[Node] = []
        for ordinal, (name, first, end) in enumerate(found, begin):
            if ordinal >= start:
                nodes.append(Node(f"{above}{ordinal}", ordinal, name, first, end, _KINDS.get(text[first], "number")))
                if len(nodes) == limit:
                    break
        return nodes

    def at(self, address: str) -> Node | None:
        """Return the node at an address (`""`: the root), `None` where there is none."""
        node = self.root
        for step in address.split(".") if address else ():
            if not step.isascii() or not step.isdecimal() or len(step) > 12:
                return None
            below = self.children(node, int(step), 1)
            if not below:
                return None
            node = below[0]
        return node

    def path(self, address: str) -> list[Node]:
        """Return the nodes on the way from the root to an address, both included; shorter where it leads nowhere."""
        nodes = [self.root]
        for step in address.split(".") if address else ():
            below = self.children(nodes[-1], int(step), 1) if step.isdecimal() and len(step) <= 12 else []
            if not below:
                break
            nodes += below
        return nodes

    def follow(self, pointer: str) -> Node | None:
        """Return the node that a JSON Pointer names; of a repeated member the last, as parsers do."""
        node: Node | None = self.root
        for token in pointer.split("/")[1:]:
            if node is None:
                return None
            node = self.below(node, token)
        return node

    def below(self, node: Node, token: str) -> Node | None:
        """Return the child that a token of a JSON Pointer names; of a repeated member the last."""
        return self._step(node, token.replace("~1", "/").replace("~0", "~"))

    def locate(self, offset: int) -> list[Node]:
        """Return the nodes on the way to the deepest one whose text, or whose member name, is at an offset."""
        nodes = [self.root]
        while nodes[-1].is_container:
            below = self._child_at(nodes[-1], offset)
            if below is None:
                break
            nodes.append(below)
        return nodes

    def _step(self, node: Node, step: str) -> Node | None:
        if node.kind == "array":
            valid = step.isascii() and step.isdecimal() and len(step) <= 12 and (step == "0" or step[0] != "0")
            below = self.children(node, int(step), 1) if valid else []
            return below[0] if below else None
        if not node.is_container:
            return None
        if (few := self._children(node).all) is not None:
            ordinals = [ordinal for ordinal, (name, _, _) in enumerate(few) if name == step]
            return self.children(node, ordinals[-1], 1)[0] if ordinals else None
        last = None
        for start in range(0, self.count(node), STEP):
            for child in self.children(node, start):
                if child.name == step:
                    last = child
        return last

    def _child_at(self, node: Node, offset: int) -> Node | None:
        children = self._children(node)
        if not children.count:
            return None
        at = bisect_right(children.places, offset) - 1
        previous = None
        for child in self.children(node, max(at, 0) * STEP, STEP + 1):
            if child.start > offset:
                # The offset is in this child's name, or between it and the one before.
                begin = self.text.find('"', previous.end if previous else node.start) if child.name is not None else -1
                return child if 0 <= begin <= offset else previous
            if offset < child.end:
                return child
            previous = child
        return None

    def _children(self, node: Node) -> _Children:
        return self._known.get(node.start) or self._index(node.start, 0)

    def _index(self, start: int, depth: int) -> _Children:
        """Count a container's children and remember every 64th place."""
        if depth > MAX_DEPTH:
            raise NotJSONError(start)
        kind = self._kind(start)
        run = _MEMBERS if kind == "object" else _ELEMENTS
        known = _Children()
        position = self._skip_space(start + 1)
        if self._is(position, "}" if kind == "object" else "]"):
            known.end = position + 1
            known.all = []
        else:
            found: list[tuple[str | None, int, int]] = []
            while True:
                if known.count % STEP == 0:
                    known.places.append(position)
                    # Most long lists hold scalars and shallow containers: one match skips 64 of them.
                    # What is inside a skipped container is read, and found to be no JSON, when it is opened.
                    # The first 64 are read one by one, since most containers have no more.
                    if known.count and (match := run.match(self.text, position)) is not None:
                        known.count += STEP
                        position = match.end()
                        continue
                child = self._child(position, kind, depth)
                known.count += 1
                if known.count < STEP:
                    found.append(child)
                position = child[2]
                if not self._is(position, ","):
                    position = self._skip_space(position)
                if self._is(position, ","):
                    position += 1
                    continue
                if not self._is(position, "}" if kind == "object" else "]"):
                    raise NotJSONError(position)
                known.end = position + 1
                known.all = found if known.count < STEP else None
                break
        self._known[start] = known
        return known

    def _walk(self, position: int, kind: Kind) -> Iterator[tuple[str | None, int, int]]:
        """Yield name, start and end of each child from a remembered place on."""
        while True:
            name, start, end = self._child(position, kind, 0)
            yield name, start, end
            position = self._skip_space(end)
            if not self._is(position, ","):
                return
            position += 1

    def _child(self, position: int, kind: Kind, depth: int) -> tuple[str | None, int, int]:
        if kind == "array":
            if (match := _SCALAR_ELEMENT.match(self.text, position)) is not None:
                return None, match.start(1), match.end(1)
        elif (match := _SCALAR_MEMBER.match(self.text, position)) is not None:
            return match[1], match.start(2), match.end(2)
        position = self._skip_space(position)
        name = None
        if kind == "object":
            if not self._is(position, '"'):
                raise NotJSONError(position)
            try:
                name, position = scanstring(self.text, position + 1, False)
            except JSONDecodeError as error:
                raise NotJSONError(error.pos) from None
            position = self._skip_space(position)
            if not self._is(position, ":"):
                raise NotJSONError(position)
            position = self._skip_space(position + 1)
        return name, position, self._end_of(position, depth)

    def _end_of(self, start: int, depth: int) -> int:
        if start >= len(self.text):
            raise NotJSONError(start)
        if self.text[start] not in "{[":
            match = _SCALAR.match(self.text, start)
            if match is None:
                raise NotJSONError(start)
            return match.end()
        if (known := self._known.get(start)) is not None:
            return known.end
        size = _FIRST_TRY
        while size <= _CHARACTERS:
            try:
                return start + self._scan(self.text[start : start + size], 0)[1]
            except (JSONDecodeError, StopIteration, RecursionError):
                if start + size >= len(self.text):
                    break
                size *= 8
        return self._index(start, depth + 1).end

    def _skip_space(self, position: int) -> int:
        text = self.text
        if position < len(text) and text[position] > " ":
            return position
        match = _SPACE.match(text, position)
        return match.end() if match else position

    def _is(self, position: int, character: str) -> bool:
        return self.text.startswith(character, position)

    def _kind(self, start: int) -> Kind:
        return _KINDS.get(self.text[start], "number")


def pointer(nodes: list[Node]) -> str:
    """Return the JSON Pointer of the last of the nodes on the way from the root."""
    return "".join("/" + _token(node) for node in nodes[1:])


def _token(node: Node) -> str:
    return str(node.ordinal) if node.name is None else node.name.replace("~", "~0").replace("/", "~1")


def json_path(nodes: list[Node]) -> str:
    """Return the normalized JSONPath (RFC 9535, section 2.7) of the last of the nodes on the way from the root."""
    return "$" + "".join(
        f"[{node.ordinal}]" if node.name is None else f"['{_quoted(node.name)}']" for node in nodes[1:]
    )


def _quoted(name: str) -> str:
    escapes = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "'": "\\'", "\\": "\\\\"}
    return "".join(
        escapes.get(character) or (f"\\u{ord(character):04x}" if character < " " else character) for character in name
    )
