"""Regular expressions of strangers: a text that one matches, and whether a text matches, at a bounded cost.

The first is written without running the expression, the second runs only what cannot backtrack far.
"""

from __future__ import annotations

import functools
import re

from playground.schema import expressions
from playground.text.wording import say

_CLASSES = {"d": "7", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_PLAIN = {"t": "\t", "n": "\n", "r": "\r"}
_MOST = 64
_MOST_WRITTEN = 200


class _UnreadableError(Exception):
    """The expression uses what this module does not know."""


def text_for(pattern: str, least: int = 0) -> str | None:
    """Return a text the expression matches, or `None` when it is not simple (lookaround, backreferences, `\\p`).

    It has at least so many characters where a quantifier without an upper bound allows it.
    """
    if len(pattern) > 200:
        return None
    text = _Writer(pattern.removeprefix("^")).text()
    if text is not None and len(text) < least:
        text = _Writer(pattern.removeprefix("^"), stretch=least - len(text)).text()
    return text


class _Writer:
    """Writes a text for an expression; the first atom that may be repeated at will is, `stretch` times more."""

    def __init__(self, pattern: str, stretch: int = 0) -> None:
        self._pattern = pattern
        self._stretch = stretch
        self._most = _MOST_WRITTEN + stretch

    def text(self) -> str | None:
        """Return the text, `None` for an expression that is not simple."""
        try:
            text, end = self._alternation(0, 0)
        except _UnreadableError:
            return None
        return text if end == len(self._pattern) and len(text) <= self._most else None

    def _alternation(self, position: int, depth: int) -> tuple[str, int]:
        if depth > 12:
            raise _UnreadableError
        first, position = self._sequence(position, depth)
        while position < len(self._pattern) and self._pattern[position] == "|":
            stretch, self._stretch = self._stretch, 0
            _, position = self._sequence(position + 1, depth)
            self._stretch = stretch
        return first, position

    def _sequence(self, position: int, depth: int) -> tuple[str, int]:
        pattern = self._pattern
        pieces: list[str] = []
        while position < len(pattern) and pattern[position] not in "|)":
            if pattern[position] in "^$":
                position += 1
                continue
            piece, position = self._atom(position, depth)
            count, position = self._count(position, len(piece))
            pieces.append(piece * count)
            if sum(map(len, pieces)) > self._most:
                raise _UnreadableError
        return "".join(pieces), position

    def _atom(self, position: int, depth: int) -> tuple[str, int]:
        pattern = self._pattern
        character = pattern[position]
        if character == "(":
            inner = position + 3 if pattern.startswith("(?:", position) else position + 1
            if pattern.startswith("?", inner):
                raise _UnreadableError
            text, end = self._alternation(inner, depth + 1)
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

    def _count(self, position: int, size: int) -> tuple[int, int]:
        """Read a quantifier: how often the atom before it is written, and where the quantifier ends."""
        pattern = self._pattern
        count, unbounded = 1, False
        if position < len(pattern) and pattern[position] in "*+?":
            unbounded = pattern[position] != "?"
            position += 1
        elif position < len(pattern) and pattern[position] == "{":
            end = pattern.find("}", position)
            least, comma, most = pattern[position + 1 : end].partition(",")
            if end < 0 or not least.isdecimal() or int(least) > _MOST:
                raise _UnreadableError
            count = int(least) or (1 if most != "0" and comma else 0)
            more = int(most) - count if most.isdecimal() and size == 1 else 0
            unbounded = bool(comma) and (not most or more >= self._stretch > 0)
            position = end + 1
        else:
            return count, position
        if unbounded and self._stretch > 0 and size:
            count += -(-self._stretch // size)
            self._stretch = 0
        return count, position + 1 if pattern[position : position + 1] in ("?", "+") else position


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
        choice = next((letter for letter in "aZ7-" if letter not in members[1:]), None)
        if choice is None or "-" in members[1:-1] or "\\w" in members or "\\S" in members or "\\d" in members:
            raise _UnreadableError
        return choice, end + 1
    if members.startswith("\\"):
        text, _ = _escaped(members, 1)
        return text, end + 1
    return members[0], end + 1


_ESCAPE = r"\\[dDwW.\-/+*?()\[\]{}|^$@_:#%&!,;='\\]"
_CLASS = rf"\[\^?(?:{_ESCAPE}|[^\[\]\\&~|])+\]"
_ATOM = rf"(?:{_ESCAPE}|{_CLASS}|[^\\\[\](){{}}|^$*+?])"
_COUNT = r"(?:\{(\d{1,3})(?:(,)(\d{0,3}))?\}|[*+?])"
_PART = re.compile(f"({_ATOM})({_COUNT})?")
_MOST_TEXT, _MOST_PATTERN, _MOST_VARYING = 1000, 200, 2


def pattern_problem(pattern: str, text: str) -> str:
    """Return what is wrong with a text, or an empty text; what cannot be found out safely is never wrong."""
    if matches(pattern, text) is False:
        return say("This does not match the pattern %(pattern)s.", pattern=pattern)
    return ""


def matches(pattern: str, text: str) -> bool | None:
    """Say whether a pattern is found in a text (ECMA-262, as JSON Schema has it); `None` where nobody can tell safely.

    Expressions that cannot take longer than a few passes over the text are run by `re`, others without going back.
    """
    if not pattern:
        return True
    compiled = _compiled(pattern) if len(text) <= _MOST_TEXT else None
    return expressions.matches(pattern, text) if compiled is None else compiled.search(text) is not None


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    if not _is_simple(pattern):
        return None
    try:
        return re.compile(pattern[:-1] + r"\Z" if _is_anchored(pattern) else pattern, re.ASCII)
    except (re.error, OverflowError):
        return None


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
