"""Which characters a reader cannot see, or sees as something else (Unicode general categories, UAX 44).

Code a person copies holds none of them as they are, and text a person reads shows them by name.
"""

from __future__ import annotations

import re
import unicodedata

from playground.text.wording import say

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# Letters and marks by category, yet drawn as nothing: joiners, fillers, inherent vowels, variation selectors.
_HIDDEN_RANGES = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
)  # fmt: skip


def is_hidden(character: str) -> bool:
    """Tell whether a character draws nothing, moves others about, or passes for a space; newline counts as hidden."""
    if " " <= character <= "~":
        return False
    category = unicodedata.category(character)
    if category in _HIDDEN_CATEGORIES or category == "Zs":
        return True
    code = ord(character)
    return any(first <= code <= last for first, last in _HIDDEN_RANGES)


def has_hidden(text: str, *, allow: str = "") -> bool:
    """Tell whether text holds a hidden character that is not in `allow`."""
    if text.isascii() and text.isprintable():
        return False
    return any(is_hidden(character) and character not in allow for character in text)


def one_line(text: str) -> str:
    """Return text fit for a comment: hidden characters and line ends become spaces, runs of spaces one."""
    shown = "".join(" " if is_hidden(character) else character for character in text)
    return " ".join(shown.split())


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


def terminal_line(text: str) -> str:
    """Return text fit for a terminal: one line, without control characters a description may have brought."""
    return "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))
