"""A pasted request before anybody knows which operation it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.messages import Part
from playground.text.wording import say

LONGEST = 1_000_000
"""Most characters that are read."""
_MOST_COPIED = 8 * LONGEST


class UnreadableError(ValueError):
    """What was pasted cannot be read; `str()` is one sentence for the visitor and holds nothing that was pasted."""


@dataclass(slots=True)
class Budget:
    """How many characters and bytes one text may copy to where it names a variable, a file or what a command writes.

    A few lines that name each other make gigabytes without it.
    """

    spent: int = 0

    def spend(self, amount: int) -> None:
        """Count what is copied. Raises `UnreadableError` where it is too much for one text."""
        self.spent += amount
        if self.spent > _MOST_COPIED:
            raise UnreadableError(say("The command repeats too much text: paste one request."))


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedMessage:
    """A request as pasted.

    `kind` names its form in words. `method` and `url` are empty where the text names none; the URL may be a path alone.
    `content` is the body's bytes, `parts` a multipart body that comes as parts. `user` is what `--user` gave. `file`
    names the file that is the whole body. `missing` are sentences about what the text refers to but does not hold,
    `unknown` the variables of a script that have no value in it. `assumed_type` says that the Content-Type is only what
    the program sends where nobody names one, `by_hand` that a person wrote the header fields, not a browser.
    """

    kind: str
    method: str = ""
    url: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    content: bytes | None = field(default=None, repr=False)
    parts: tuple[Part, ...] | None = field(default=None, repr=False)
    user: str = field(default="", repr=False)
    file: str = ""
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=(), repr=False)
    assumed_type: bool = False
    by_hand: bool = False

    def header(self, name: str) -> str:
        """Return the first value of a header field, or an empty text."""
        return next((value for key, value in self.headers if key.lower() == name), "")
