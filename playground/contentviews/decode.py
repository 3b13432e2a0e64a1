"""Bytes to text: the declared charset where it is a harmless one, else UTF-8 (RFC 9110 section 8.3.2)."""

from __future__ import annotations

import codecs
import re

from playground.text.wording import say

# Never a codec that runs an algorithm over the text (utf-7, punycode, unicode_escape) or one that is no charset.
_CHARSETS = re.compile(
    r"(us-?)?ascii|utf-?8|utf-?(16|32)(le|be)?|iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d"
    r"|koi8-[ru]|shift_?jis|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5"
)
# Escape begins colours of terminals, the record separator an item of a JSON text sequence: those two are text.
_CONTROLS = bytes({*range(9), *range(14, 27), 28, 29, 31})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = re.compile(r"utf-?(16|32)(le|be)?")


def decode(data: bytes, declared: str = "", *, truncated: bool = False) -> str:
    """Return the text exactly. Raises `ValueError` (`UnicodeError`) if the bytes are not in their charset."""
    charset = _charset(data, declared)
    if truncated and charset in ("utf-8", "utf-8-sig"):
        data = _whole_characters(data)
    return data.decode(charset)


def decode_loosely(data: bytes, declared: str = "", *, truncated: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the text, what is not in the charset as U+FFFD, and a note if there is such a byte."""
    try:
        return decode(data, declared, truncated=truncated), ()
    except ValueError:
        charset = _charset(data, declared)
        name = "UTF-8" if charset.startswith("utf-8") else charset
        sentence = say("Some bytes are not text in %(charset)s; they are shown as \ufffd.", charset=name)
        return data.decode(charset, "replace"), (sentence,)


def is_unknown(declared: str) -> bool:
    """Tell whether a declared charset is none that content is read in."""
    return bool(declared.strip("\"' ")) and _known(declared) is None


def looks_binary(data: bytes, declared: str = "") -> bool:
    """Tell whether the first bytes are no text: NUL bytes where no charset has any, or many other control characters.

    UTF-16 and UTF-32 have them; they show by their mark, or are `declared`.
    """
    start = data[:1024]
    if any(start.startswith(mark) for mark, _ in _BOMS):
        return False
    if _WIDE.fullmatch(declared.strip("\"' ").lower()):
        start = start[: len(start) // 4 * 4].decode(_charset(data, declared), "replace").encode()
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return b"\0" in start or controls * 10 > len(start)


def _charset(data: bytes, declared: str) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    return _known(declared) or "utf-8"


def _known(declared: str) -> str | None:
    charset = declared.strip("\"' ").lower()
    if _CHARSETS.fullmatch(charset):
        try:
            return codecs.lookup(charset).name
        except LookupError:
            pass
    return None


def _whole_characters(data: bytes) -> bytes:
    """Drop the bytes of a character that a limit cut in two."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data if needed == back else data[:-back] or data
        if byte < 0x80:
            break
    return data
