"""Finding a text in a kept answer: how often it occurs, and the node or line of each place."""

from __future__ import annotations

from dataclasses import dataclass

from playground.contentviews.json_index import Node, pointer
from playground.contentviews.view import Body
from playground.text.visible import reveal

LONGEST_QUERY = 1_000
_AROUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One place of `count`: the `number` counts from 1. `before`, `text` and `after` are the text around it.

    `address` and `pointer` are the node's where the answer is JSON, else `line` counts from 1.
    """

    count: int
    number: int = 0
    offset: int = 0
    before: str = ""
    text: str = ""
    after: str = ""
    address: str | None = None
    pointer: str = ""
    line: int = 0


def find(body: Body, query: str, *, number: int = 1) -> Match:
    """Return the place with that number, going round at both ends; letters match whatever their case.

    Raises `ValueError` if the body is no text.
    """
    text = body.text if not body.is_binary else ""
    haystack, needle = body.folded_text, query[:LONGEST_QUERY].lower()
    count = haystack.count(needle) if needle else 0
    if not count:
        return Match(count=0)
    wanted = (number - 1) % count
    offset = _nth(haystack, needle, wanted)
    end = offset + len(needle)
    nodes = _nodes(body, offset)
    return Match(
        count=count,
        number=wanted + 1,
        offset=offset,
        before=reveal(text[max(offset - _AROUND, 0) : offset]),
        text=reveal(text[offset:end]),
        after=reveal(text[end : end + _AROUND]),
        address=nodes[-1].address if nodes else None,
        pointer=pointer(nodes) if nodes else "",
        line=0 if nodes else text.count("\n", 0, offset) + 1,
    )


def _nth(haystack: str, needle: str, wanted: int) -> int:
    offset = haystack.find(needle)
    for _ in range(wanted):
        offset = haystack.find(needle, offset + len(needle))
    return offset


def _nodes(body: Body, offset: int) -> list[Node]:
    try:
        return body.json.locate(offset) if not body.truncated and body.opens_like_json else []
    except (ValueError, RecursionError):
        return []
