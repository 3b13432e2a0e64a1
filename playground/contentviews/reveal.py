"""Makes hidden characters visible in text that is read, not copied (reference: security, requirement 37)."""

from __future__ import annotations

import re
import unicodedata

from playground.invisible import is_hidden
from playground.wording import say

NOTE = say("Hidden characters are shown by their code, as in \u27e8U+200B\u27e9.")
_KEPT = "\n\t"
_CANDIDATE = re.compile(r"[^\n\t -~]+")


def reveal(text: str) -> str:
    """Return text with each hidden character as `⟨U+202E⟩`; spaces, tabs, line ends and what joins emoji stay."""
    if text.isascii() and text.isprintable():
        return text
    return _CANDIDATE.sub(_shown, text)


def is_concealed(character: str) -> bool:
    """Tell whether a reader should be shown this character by its code; other kinds of space stay spaces."""
    return character not in _KEPT and is_hidden(character) and unicodedata.category(character) != "Zs"


def _shown(found: re.Match[str]) -> str:
    pieces: list[str] = []
    before = ""
    for at, character in enumerate(found[0]):
        follows_emoji = character in "\u200d\ufe0e\ufe0f" and unicodedata.category(before or "a") in ("So", "Sk", "Mn")
        line_end = character == "\r" and found.string[found.start() + at + 1 : found.start() + at + 2] == "\n"
        if line_end:
            continue  # shown as the line end it is
        pieces.append(
            f"\u27e8U+{ord(character):04X}\u27e9" if is_concealed(character) and not follows_emoji else character
        )
        before = character
    return "".join(pieces)
