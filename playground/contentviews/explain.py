"""What a text in an answer holds, where that is certain: base64 of text or of a file, a JSON Web Token."""

from __future__ import annotations

import base64
import binascii
import json
import re

from playground.contentviews.media import title_of
from playground.text.visible import reveal
from playground.text.wording import say

_SHORTEST, _LONGEST = 16, 20_000
_SHOWN = 600
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?|[A-Za-z0-9_-]+={0,2}")
_TOKEN = re.compile(r"(eyJ[A-Za-z0-9_-]+)\.(eyJ[A-Za-z0-9_-]*)\.[A-Za-z0-9_-]*")
_DATA = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w=.+-]{1,100})*;base64,")


def explanation(text: str) -> tuple[str, str] | None:
    """Return what kind of thing a text is, and what it holds; `None` where that is not certain."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    if (token := _TOKEN.fullmatch(text)) is not None:
        parts = [_decoded(part) for part in token.groups()]
        if all(part is not None and _is_object(part) for part in parts):
            return say("JSON Web Token"), _shown("\n".join(part.decode() for part in parts if part is not None))
        return None
    prefix = _DATA.match(text)
    data = _decoded(text[prefix.end() :] if prefix else text)
    if data is None:
        return None
    if (title := title_of(data)) is not None:
        return say("base64"), say("%(title)s, %(count)s bytes", title=title, count=len(data))
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # A word of the right length may decode to something; to a text that a person wrote it hardly does.
    readable = all(character.isprintable() or character in "\n\r\t" for character in plain)
    return (say("base64"), _shown(plain)) if readable and len(plain) > 3 else None


def _decoded(text: str) -> bytes | None:
    if not _BASE64.fullmatch(text):
        return None
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return base64.b64decode(padded, altchars=b"-_" if "-" in text or "_" in text else None, validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _shown(text: str) -> str:
    return reveal(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
