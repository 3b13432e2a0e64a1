"""Texts for regular expressions, written from their parts: the expressions, which may be hostile, are never run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from playground.schema.expressions import (
    PRINTABLE,
    USUAL,
    Characters,
    Choice,
    Edge,
    Look,
    Part,
    Sequence,
    UnreadableError,
    matches,
    parsed,
)
from playground.values.draw import Draw

_TRIES = 20
_LONGEST = 2000
"""Most characters of a text."""


def pattern_text(pattern: str, draw: Draw, least: int = 0, most: int | None = None) -> str | None:
    """Return a text that the expression matches and whose length is within the bounds, or `None`."""
    part = parsed(pattern)
    if part is None:
        return None
    for extra in dict.fromkeys((4, 1, 0, 8, 12, *_reaching(part, draw, least), 24, 40)):
        try:
            text = _Writer(draw, extra).write(part)
        except UnreadableError:
            continue
        if len(text) < least or (most is not None and len(text) > most):
            continue
        if matches(pattern, text) is not False:
            return text
        if (changed := _with_what_follows(pattern, part, text, draw)) is not None:
            return changed
    return None


def _reaching(part: Part, draw: Draw, least: int) -> list[int]:
    """Return how often parts without an upper bound have to be repeated for a text of a length, more or less."""
    if not least:
        return []
    try:
        bare, longer = (len(_Writer(draw, extra).write(part)) for extra in (0, 1))
    except UnreadableError:
        return []
    each = max(longer - bare, 1)
    return [min(max(least - bare, 0) // each + more, _LONGEST) for more in (0, 1)]


def _with_what_follows(pattern: str, part: Part, text: str, draw: Draw) -> str | None:
    """Return the text with characters that the expression wants somewhere ahead of a place, if it then matches."""
    wanted = [look for look in _looks(part) if not look.negated]
    if not wanted or len(text) < len(wanted):
        return None
    for _ in range(_TRIES):
        characters = list(text)
        places = list(range(len(text)))
        for look in wanted:
            at = places.pop(draw.below(len(places)))
            characters[at] = _Writer(draw, 0).write(_last(look.part)) or characters[at]
        if matches(pattern, "".join(characters)):
            return "".join(characters)
    return None


def _looks(part: Part) -> Iterator[Look]:
    if isinstance(part, Look):
        yield part
    elif isinstance(part, Sequence | Choice):
        for member in part.parts:
            yield from _looks(member)


def _last(part: Part) -> Part:
    """Return the last part of a sequence: of `.*[a-z]` it is the letter that has to come."""
    return part.parts[-1] if isinstance(part, Sequence) and part.parts else part


@lru_cache(maxsize=1024)
def _alphabet(characters: Characters) -> str:
    """Return what to pick from: letters and digits if there are any, else what can be read, else what there is."""
    usual = "".join(character for character in USUAL if characters.holds(character))
    if usual:
        return usual
    readable = "".join(character for character in PRINTABLE if characters.holds(character))
    if readable:
        return readable
    if characters.negated or not characters.members:
        raise UnreadableError
    return "".join(sorted(characters.members))


class _Writer:
    """Writes one text; `extra` is how often a part without an upper bound is repeated beyond what it must be."""

    def __init__(self, draw: Draw, extra: int) -> None:
        self.draw = draw
        self.extra = extra
        self.length = 0

    def write(self, part: Part) -> str:
        if isinstance(part, Characters):
            self.length += 1
            if self.length > _LONGEST:
                raise UnreadableError
            return self.draw.pick(_alphabet(part))
        if isinstance(part, Sequence):
            return "".join(self.write(member) for member in part.parts)
        if isinstance(part, Choice):
            return self.write(self.draw.pick(part.parts))
        if isinstance(part, Edge | Look):
            return ""
        if part.least > _LONGEST:
            raise UnreadableError
        most = part.least + self.extra if part.most is None else min(part.most, part.least + self.extra)
        return "".join(self.write(part.part) for _ in range(max(most, part.least)))
