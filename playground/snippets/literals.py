"""What the literals of compiled languages share: escaping by character, and when a raw literal reads better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playground.text.visible import has_hidden, is_hidden, one_line


def escape(text: str, simple: Mapping[str, str], spell: Callable[[str], str]) -> str:
    """Return text with each character of `simple` replaced, and each hidden one written by `spell`."""
    return "".join(
        simple[character] if character in simple else spell(character) if is_hidden(character) else character
        for character in text
    )


def utf16(character: str) -> str:
    r"""Spell a character as the `\uXXXX` of its UTF-16 code units, as Java and its kin read them."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))


def braced(character: str) -> str:
    r"""Spell a character as `\u{X}`, as Rust, Swift and Dart read it."""
    return f"\\u{{{ord(character):X}}}"


def reads_better_raw(text: str) -> bool:
    """Tell whether text has much to escape and nothing hidden, so that a raw literal shows it best."""
    return any(mark in text for mark in '"\\\n') and not has_hidden(text, allow="\n")


def chunks(text: str, size: int) -> Iterator[str]:
    """Cut text into pieces of at most `size` bytes of UTF-8 (three bytes a UTF-16 unit at worst)."""
    step = max(size // 6, 1)
    if len(text.encode("utf-8", "surrogatepass")) <= size:
        yield text
        return
    for at in range(0, len(text), step):
        yield text[at : at + step]


def comment(note: str) -> str:
    r"""Return a note for a `//` comment of any language: Java reads `\u000a` even there, C a backslash at the end."""
    shown = one_line(note).replace("\\u", "\\ u")
    return f"{shown} ." if shown.endswith(("\\", "??/")) else shown
