"""Backslash escapes and formats of a shell: `$'…'`, `echo -e`, `printf` (bash, ANSI-C Quoting; POSIX.1-2017 printf)."""

from __future__ import annotations

import re

from playground.paste.message import UnreadableError
from playground.text.wording import say

_ANSI_C = {
    "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", "'": "'", '"': '"', "?": "?",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.DOTALL
)


def unescape(text: str) -> bytes:
    """Return a text's bytes with its backslash escapes in place (bash, ANSI-C Quoting)."""
    data = bytearray()
    place = 0
    for match in _ESCAPE.finditer(text):
        data += text[place : match.start()].encode("utf-8", "surrogatepass")
        data += _escaped(match)
        place = match.end()
    return bytes(data + text[place:].encode("utf-8", "surrogatepass"))


def _escaped(match: re.Match[str]) -> bytes:
    byte, short, long, octal, caret, letter = match.groups()
    if byte or octal:
        return bytes([(int(byte, 16) if byte else int(octal, 8)) & 0xFF])
    if short or long:
        number = int(short or long, 16)
        return (chr(number) if number < 0x110000 else "\ufffd").encode("utf-8", "replace")
    if caret:
        return bytes([ord(caret) & 0x1F])
    return _ANSI_C.get(letter, "\\" + letter).encode("utf-8", "surrogatepass")


def printed(form: str, arguments: list[str]) -> bytes | None:
    """Return what `printf form argument…` writes; not known for other conversions than text and whole numbers."""
    left = list(arguments)
    data = bytearray()
    while True:
        before = len(left)
        for piece in re.split(r"(%%|%[-+ #0]*[0-9*]*(?:\.[0-9*]*)?[A-Za-z(]|%)", form):
            if piece == "%%":
                data += b"%"
            elif piece.startswith("%"):
                text = _converted(piece, left.pop(0) if left else "")
                if text is None:
                    return None
                data += text
            else:
                data += unescape(piece)
        if not left or len(left) == before:
            return bytes(data)


def _converted(conversion: str, argument: str) -> bytes | None:
    """Return an argument as one conversion of `printf` writes it."""
    if conversion == "%b":
        return unescape(argument)
    if re.fullmatch(r"%[-+ 0]*[0-9]{0,2}(?:\.[0-9]{1,2})?[sdiuxX]", conversion) is None:
        return None
    if conversion.endswith("s"):
        return re.sub("^%0+", "%", conversion).encode() % argument.encode("utf-8", "surrogatepass")
    sign = "[-+]?" if conversion[-1] in "di" else ""
    number = re.fullmatch(rf"{sign}[1-9][0-9]{{0,17}}|0|", argument)
    return None if number is None else conversion.encode() % int(argument or "0")


def first_of(text: str, letters: str, at: int) -> int:
    """Return the position of the first of some letters from a position on, -1 without one."""
    return min((place for letter in letters if (place := text.find(letter, at)) > 0), default=-1)


def closing(text: str, quote: str, at: int) -> int:
    """Return where a quotation mark is closed. Raises `UnreadableError`."""
    end = text.find(quote, at)
    if end < 0:
        raise UnreadableError(say("A quotation mark in the command is never closed: paste all of it."))
    return end


def ansi_c(text: str, at: int) -> tuple[str, int]:
    """Return what bash's `$'…'` says whose content begins at a place, and the place after it."""
    start = at
    while at < len(text) and text[at] != "'":
        at += 2 if text[at] == "\\" else 1
    closing(text, "'", at)
    return unescape(text[start:at]).partition(b"\0")[0].decode("utf-8", "replace"), at + 1
