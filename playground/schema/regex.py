"""A text for a simple regular expression, written without ever running the expression (it may be hostile)."""

from __future__ import annotations

import re

from playground.text.wording import say

_CLASSES = {"d": "7", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
_MOST = 64


class _UnreadableError(Exception):
    """The expression uses what this module does not know."""


def text_for(pattern: str) -> str | None:
    """Return a text the expression matches, or `None` when it is not simple (lookaround, backreferences, `\\p`)."""
    if len(pattern) > 200:
        return None
    try:
        text, end = _alternation(pattern.removeprefix("^"), 0, 0)
    except _UnreadableError:
        return None
    return text if end == len(pattern.removeprefix("^")) and len(text) <= 200 else None


def _alternation(pattern: str, position: int, depth: int) -> tuple[str, int]:
    if depth > 12:
        raise _UnreadableError
    first, position = _sequence(pattern, position, depth)
    while position < len(pattern) and pattern[position] == "|":
        _, position = _sequence(pattern, position + 1, depth)
    return first, position


def _sequence(pattern: str, position: int, depth: int) -> tuple[str, int]:
    pieces: list[str] = []
    while position < len(pattern) and pattern[position] not in "|)":
        if pattern[position] in "^$":
            position += 1
            continue
        piece, position = _atom(pattern, position, depth)
        count, position = _count(pattern, position)
        pieces.append(piece * count)
        if sum(map(len, pieces)) > 200:
            raise _UnreadableError
    return "".join(pieces), position


def _atom(pattern: str, position: int, depth: int) -> tuple[str, int]:
    character = pattern[position]
    if character == "(":
        inner = position + 3 if pattern.startswith("(?:", position) else position + 1
        if pattern.startswith("?", inner):
            raise _UnreadableError
        text, end = _alternation(pattern, inner, depth + 1)
        if not pattern.startswith(")", end):
            raise _UnreadableError
        return text, end + 1
    if character == "[":
        return _character_class(pattern, position + 1)
    if character == "\\":
        return _escaped(pattern, position + 1)
    if character in "*+?{":
        raise _UnreadableError
    return ("a" if character == "." else character), position + 1


def _escaped(pattern: str, position: int) -> tuple[str, int]:
    if position >= len(pattern):
        raise _UnreadableError
    character = pattern[position]
    known = _CLASSES.get(character) or _PLAIN.get(character)
    if known is None and character.isalnum():
        raise _UnreadableError
    return known or character, position + 1


def _character_class(pattern: str, position: int) -> tuple[str, int]:
    end = position
    while end < len(pattern) and (pattern[end] != "]" or end == position):
        end += 2 if pattern[end] == "\\" else 1
    members = pattern[position:end]
    if end >= len(pattern) or not members:
        raise _UnreadableError
    if members.startswith("^"):
        # A letter no short class of excluded characters is likely to hold; ranges and classes could, so give up there.
        choice = next((one for one in "aZ7-" if one not in members[1:]), None)
        if choice is None or "-" in members[1:-1] or "\\w" in members or "\\S" in members or "\\d" in members:
            raise _UnreadableError
        return choice, end + 1
    if members.startswith("\\"):
        text, _ = _escaped(members, 1)
        return text, end + 1
    return members[0], end + 1


def _count(pattern: str, position: int) -> tuple[int, int]:
    count = 1
    if position < len(pattern) and pattern[position] in "*+?":
        count = 1
        position += 1
    elif position < len(pattern) and pattern[position] == "{":
        end = pattern.find("}", position)
        least, _, most = pattern[position + 1 : end].partition(",")
        if end < 0 or not least.isdecimal() or int(least) > _MOST:
            raise _UnreadableError
        count = int(least) or (1 if most != "0" and "," in pattern[position:end] else 0)
        position = end + 1
    else:
        return count, position
    return count, position + 1 if pattern[position : position + 1] in ("?", "+") else position


_ESCAPE = r"\\[dDwWsS.\-/+*?()\[\]{}|^$@_:#%&!,;='\\]"
_CLASS = rf"\[\^?(?:{_ESCAPE}|[^\[\]\\&~|])+\]"
_ATOM = rf"(?:{_ESCAPE}|{_CLASS}|[^\\\[\](){{}}|^$*+?])"
_COUNT = r"(?:\{(\d{1,3})(?:(,)(\d{0,3}))?\}|[*+?])"
_PART = re.compile(f"({_ATOM})({_COUNT})?")
_MOST_TEXT, _MOST_PATTERN, _MOST_VARYING = 1000, 200, 2


def pattern_problem(pattern: str, text: str) -> str:
    """Return what is wrong with a text, or an empty text; what cannot be told safely is never wrong."""
    if not pattern or len(text) > _MOST_TEXT or not _is_simple(pattern):
        return ""
    try:
        found = re.compile(pattern[:-1] + r"\Z" if _is_anchored(pattern) else pattern, re.ASCII)
    except (re.error, OverflowError):
        return ""
    return "" if found.search(text) else say("This does not match the pattern %(pattern)s.", pattern=pattern)


def _is_anchored(pattern: str) -> bool:
    return pattern.endswith("$") and not pattern.endswith("\\$")


def _is_simple(pattern: str) -> bool:
    if len(pattern) > _MOST_PATTERN:
        return False
    position, varying = int(pattern.startswith("^")), 0
    end = len(pattern) - int(_is_anchored(pattern))
    while position < end:
        part = _PART.match(pattern, position, end)
        if part is None or "--" in part[1] or "||" in part[1]:
            return False
        varying += part[2] is not None and not (part[3] and not part[4])
        position = part.end()
    return varying <= _MOST_VARYING
