"""JSON, indented without being read: numbers, escapes, order and duplicate keys stay as they came (RFC 8259)."""

from __future__ import annotations

import re

from playground import jsontext
from playground.contentviews.decoding import decode
from playground.contentviews.view import MAX_SHOWN, Body, ContentView, View
from playground.mediatypes import OCTETS, is_json
from playground.text.visible import is_concealed

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_LARGEST_CHECKED = 2_000_000
_STEP = "  "


def priority(body: Body) -> int:
    """Fit best by media type; a text that opens like JSON is worth a try when nothing better is declared."""
    if is_json(body.media_type):
        return 10
    opens = body.data[:64].lstrip()[:1] in (b"{", b"[")
    return 6 if opens and body.media_type in ("", "text/plain", OCTETS) else 0


def render(body: Body) -> View:
    """Indent the text; raises `ValueError` if it is not JSON (a body cut at a limit is indented as far as it goes)."""
    text = decode(body)
    if not body.truncated and len(text) <= _LARGEST_CHECKED:
        jsontext.loads(text)
    shown = indent(text, limit=MAX_SHOWN + 1)
    return View(kind="json", title="JSON", text=shown, lexer="json")


def indent(text: str, *, limit: int) -> str:
    """Lay JSON text out by two spaces a level; stops after about `limit` characters. Tokens themselves never change.

    Only hidden characters inside strings become `\\u` escapes, which mean the same.
    """
    pieces: list[str] = []
    length = depth = 0
    previous = ""
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token[0] == '"':
            token = _escape_hidden(token)
        gap = ""
        if token in ("}", "]"):
            depth = max(depth - 1, 0)
            gap = "" if previous in ("{", "[") else "\n" + _STEP * depth
        elif previous in ("{", "[", ","):
            gap = "\n" + _STEP * depth
        elif previous == ":":
            gap = " "
        elif previous and token not in (",", ":"):
            gap = "\n"  # a second value after the first, in a text that was not checked
        if token in ("{", "["):
            depth += 1
        pieces += (gap, token)
        length += len(gap) + len(token)
        previous = token
        if length > limit:
            break
    return "".join(pieces)


def _escape_hidden(token: str) -> str:
    if token.isascii():
        return token
    return "".join(_unicode_escape(character) if is_concealed(character) else character for character in token)


def _unicode_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


VIEW = ContentView(kind="json", priority=priority, render=render)
