"""Finding a text in a kept answer: how often it occurs, and the node or line of each place."""

from __future__ import annotations

from dataclasses import dataclass

from playground.contentviews.json_index import Node, pointer
from playground.contentviews.view import Body
from playground.text.visible import reveal

LONGEST_QUERY = 1_000
_AROUND = 60
MOST_COUNTED = 10_000
"""Places that are counted, and gone through one after another: a letter may stand in an answer millions of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One place of `count`: the `number` counts from 1. `before`, `text` and `after` are the text around it.

    `more` says that there are others after those that were counted.

    `address` and `pointer` are the node's where the answer is JSON, else `line` counts from 1.
    """

    count: int
    more: bool = False
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
    if body.is_binary:
        raise ValueError("no text")
    text = body.loose_text[0]
    haystack, needle = body.folded_text, query[:LONGEST_QUERY].lower()
    offsets = _places(haystack, needle) if needle else []
    if not offsets:
        return Match(count=0)
    more = len(offsets) > MOST_COUNTED
    count = min(len(offsets), MOST_COUNTED)
    wanted = (number - 1) % count
    offset = offsets[wanted]
    end = offset + len(needle)
    nodes = _nodes(body, offset)
    return Match(
        count=count,
        more=more,
        number=wanted + 1,
        offset=offset,
        before=reveal(text[max(offset - _AROUND, 0) : offset]),
        text=reveal(text[offset:end]),
        after=reveal(text[end : end + _AROUND]),
        address=nodes[-1].address if nodes else None,
        pointer=pointer(nodes) if nodes else "",
        line=0 if nodes else text.count("\n", 0, offset) + 1,
    )


def _places(haystack: str, needle: str) -> list[int]:
    """Return where a text is, as often as is counted and once more."""
    offsets: list[int] = []
    offset = haystack.find(needle)
    while offset >= 0 and len(offsets) <= MOST_COUNTED:
        offsets.append(offset)
        offset = haystack.find(needle, offset + len(needle))
    return offsets


def _nodes(body: Body, offset: int) -> list[Node]:
    try:
        return body.json.locate(offset) if not body.truncated and body.opens_like_json else []
    except (ValueError, RecursionError):
        return []
