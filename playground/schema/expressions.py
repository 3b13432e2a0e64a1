"""Regular expressions (ECMA-262) read into parts, and matched without ever going back: no expression takes long."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

_LONGEST_PATTERN = 20_000
_MOST_NODES = 4000
_DEPTH = 24
_WORK = 400_000
"""Steps of one match; a text that takes more is not judged."""
USUAL = string.ascii_letters + string.digits
PRINTABLE = USUAL + " -_.,:;/+*=@#&%$!?()[]{}<>|^~'\"`\\"
_WORD = frozenset(USUAL + "_")
_SPACE = frozenset(" \t\n\r\f\v\u00a0\u1680\u202f\u205f\u3000\ufeff\u2028\u2029") | {*map(chr, range(0x2000, 0x200B))}
"""White space and line ends (ECMA-262 sections 12.2 and 12.3)."""
_CLASSES = {"d": frozenset(string.digits), "w": _WORD, "s": _SPACE}
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


class UnreadableError(Exception):
    """The expression uses what this module does not know."""


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: of the members, or none of them where it is `negated`; `more` says so of characters beyond."""

    members: frozenset[str]
    negated: bool = False
    more: Callable[[str], bool] | None = None

    def holds(self, character: str) -> bool:
        """Say whether a character is one of these."""
        return (character in self.members or (self.more is not None and self.more(character))) != self.negated


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` is `None` without an upper bound."""

    part: Part
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: the start, the end, or the edge of a word (`b`; `B` is none)."""

    kind: Literal["^", "$", "b", "B"]


@dataclass(frozen=True, slots=True)
class Look:
    """What has to follow here, or must not; it takes no characters."""

    part: Part
    negated: bool


Part: TypeAlias = Characters | Repeat | Sequence | Choice | Edge | Look


@lru_cache(maxsize=512)
def parsed(pattern: str) -> Part | None:
    """Return the parts of an expression, or `None` for one that is very long or not known here."""
    if len(pattern) > _LONGEST_PATTERN:
        return None
    try:
        return _Parser(pattern).parse()
    except UnreadableError:
        return None


def matches(pattern: str, text: str) -> bool | None:
    """Say whether the expression matches somewhere in the text; `None` where that is not known, or takes too long."""
    part = parsed(pattern)
    if part is None:
        return None
    starts = frozenset((0,)) if _is_anchored(part) else frozenset(range(len(text) + 1))
    try:
        return bool(_Match(text).ends(part, starts))
    except UnreadableError:
        return None


def _is_anchored(part: Part) -> bool:
    if isinstance(part, Sequence):
        return bool(part.parts) and _is_anchored(part.parts[0])
    return isinstance(part, Edge) and part.kind == "^"


class _Match:
    """Finds where parts may end, for all places where they may start at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.work = _WORK

    def ends(self, part: Part, starts: frozenset[int]) -> frozenset[int]:
        self.work -= len(starts) + 1
        if self.work <= 0:
            raise UnreadableError
        if isinstance(part, Characters):
            text, length = self.text, len(self.text)
            return frozenset(start + 1 for start in starts if start < length and part.holds(text[start]))
        if isinstance(part, Sequence):
            for member in part.parts:
                if not starts:
                    break
                starts = self.ends(member, starts)
            return starts
        if isinstance(part, Choice):
            return frozenset().union(*(self.ends(member, starts) for member in part.parts))
        if isinstance(part, Edge):
            return frozenset(start for start in starts if self._is_edge(part.kind, start))
        if isinstance(part, Look):
            return frozenset(
                start for start in starts if bool(self.ends(part.part, frozenset((start,)))) != part.negated
            )
        return self._repeated(part, starts)

    def _repeated(self, part: Repeat, starts: frozenset[int]) -> frozenset[int]:
        count = 0
        while count < part.least:
            before, starts = starts, self.ends(part.part, starts)
            count += 1
            if not starts or starts == before:
                break
        reached, fresh = set(starts), starts
        while fresh and (part.most is None or count < part.most):
            fresh = self.ends(part.part, fresh).difference(reached)
            reached |= fresh
            count += 1
        return frozenset(reached)

    def _is_edge(self, kind: str, at: int) -> bool:
        if kind == "^":
            return at == 0
        if kind == "$":
            return at == len(self.text)
        before = at > 0 and self.text[at - 1] in _WORD
        after = at < len(self.text) and self.text[at] in _WORD
        return (before != after) == (kind == "b")


class _Parser:
    """Reads an expression once from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.nodes = 0

    def parse(self) -> Part:
        part = self._choice(0)
        if self.at != len(self.pattern):
            raise UnreadableError
        return part

    def _choice(self, depth: int) -> Part:
        if depth > _DEPTH:
            raise UnreadableError
        parts = [self._sequence(depth)]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence(depth))
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self, depth: int) -> Part:
        parts: list[Part] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            self.nodes += 1
            if self.nodes > _MOST_NODES:
                raise UnreadableError
            parts.append(self._counted(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        character = self._peek()
        if not character:
            raise UnreadableError
        self.at += 1
        return character

    def _atom(self, depth: int) -> Part:
        character = self._take()
        if character == "(":
            return self._group(depth)
        if character == "[":
            return self._class()
        if character == "\\":
            if (edge := self._peek()) in ("b", "B"):
                self.at += 1
                return Edge("b" if edge == "b" else "B")
            if edge in ("A", "z", "Z"):
                self.at += 1
                return Edge("^" if edge == "A" else "$")
            return self._escape()
        if character in "^$":
            return Edge("^" if character == "^" else "$")
        if character in "*+?{":
            raise UnreadableError
        if character == ".":
            return Characters(frozenset("\n\r\u2028\u2029"), negated=True)
        return Characters(frozenset(character))

    def _group(self, depth: int) -> Part:
        look = next((mark for mark in ("?=", "?!") if self.pattern.startswith(mark, self.at)), "")
        named = re.compile(r"\?(?::|P?<[A-Za-z_]\w*>)").match(self.pattern, self.at)
        if look:
            self.at += 2
        elif named is not None:
            self.at = named.end()
        elif self._peek() == "?":
            raise UnreadableError
        part = self._choice(depth + 1)
        if self._take() != ")":
            raise UnreadableError
        return Look(part, look == "?!") if look else part

    def _escape(self) -> Characters:
        character = self._take()
        if character.lower() in _CLASSES:
            return Characters(_CLASSES[character.lower()], negated=character.isupper())
        if character in "pP":
            return self._category(negated=character == "P")
        if character in "ux":
            return Characters(frozenset(self._code(4 if character == "u" else 2)))
        if character in _PLAIN:
            return Characters(frozenset(_PLAIN[character]))
        if character == "c" and self._peek() in string.ascii_letters and self._peek():
            return Characters(frozenset(chr(ord(self._take()) % 32)))
        if character.isalnum():
            raise UnreadableError
        return Characters(frozenset(character))

    def _category(self, *, negated: bool) -> Characters:
        found = re.compile(r"\{([A-Za-z_=]+)\}|([A-Z])").match(self.pattern, self.at)
        if found is None:
            raise UnreadableError
        self.at = found.end()
        name = (found[1] or found[2]).rpartition("=")[2]
        if name in ("L", "Letter", "Alphabetic", "Alpha"):
            return Characters(frozenset(string.ascii_letters), negated, str.isalpha)
        if name in ("Lu", "Ll", "Uppercase_Letter", "Lowercase_Letter"):
            is_upper = name in ("Lu", "Uppercase_Letter")
            usual = string.ascii_uppercase if is_upper else string.ascii_lowercase
            return Characters(frozenset(usual), negated, str.isupper if is_upper else str.islower)
        if name in ("N", "Nd", "Digit", "digit", "Decimal_Number"):
            return Characters(frozenset(string.digits), negated, str.isdecimal)
        raise UnreadableError

    def _code(self, digits: int) -> str:
        found = re.compile(rf"\{{([0-9A-Fa-f]{{1,6}})\}}|([0-9A-Fa-f]{{{digits}}})").match(self.pattern, self.at)
        if found is None:
            raise UnreadableError
        self.at = found.end()
        number = int(found[1] or found[2], 16)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            raise UnreadableError
        return chr(number)

    def _class(self) -> Characters:
        negated = self._peek() == "^"
        self.at += negated
        members: set[str] = set()
        tests: list[Callable[[str], bool]] = []
        first = True
        while (character := self._take()) != "]" or first:
            first = False
            if character == "[" or (character in "&-|~" and self._peek() == character):
                raise UnreadableError  # other dialects have sets of sets
            start = self._escape() if character == "\\" and self._peek() != "b" else None
            if start is not None and (start.negated or start.more is not None or len(start.members) != 1):
                tests.append(start.holds)
                if not start.negated:
                    members |= start.members
                continue
            low = next(iter(start.members)) if start is not None else character
            if self._peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                end = self._take()
                stop = self._escape() if end == "\\" else Characters(frozenset(end))
                if len(stop.members) != 1 or stop.negated:
                    members |= {low, "-"}
                    tests.append(stop.holds)
                    continue
                high = next(iter(stop.members))
                if high < low:
                    raise UnreadableError
                members |= {chr(number) for number in range(ord(low), min(ord(high), ord(low) + 255) + 1)}
                if ord(high) - ord(low) > 255:
                    tests.append(_between(low, high))
            else:
                members.add(low)
        return Characters(frozenset(members), negated, _any(tests) if tests else None)

    def _counted(self, part: Part) -> Part:
        character = self._peek()
        if character and character in "*+?":
            self.at += 1
            part = Repeat(part, 1 if character == "+" else 0, 1 if character == "?" else None)
        elif character == "{" and (found := re.compile(r"\{(\d{1,6})(,(\d{0,6}))?\}").match(self.pattern, self.at)):
            self.at = found.end()
            least = int(found[1])
            part = Repeat(part, least, least if found[2] is None else int(found[3]) if found[3] else None)
        else:
            return part
        if self._peek() and self._peek() in "?+":
            self.at += 1
        return part


def _between(low: str, high: str) -> Callable[[str], bool]:
    return lambda character: low <= character <= high


def _any(tests: list[Callable[[str], bool]]) -> Callable[[str], bool]:
    return lambda character: any(test(character) for test in tests)
