"""Bodies as text: JSON indented, XML and HTML by element, everything else as it is; and each of them raw.

XML and HTML are laid out, never parsed: no entity is expanded, nothing is fetched, and no text changes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from playground import jsontext, mediatypes
from playground.contentviews.decode import decode_loosely
from playground.contentviews.view import MAX_SHOWN, UNTYPED, Body, ContentView, Text, View, Window
from playground.text.visible import is_concealed
from playground.text.wording import say

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![^>]*>"
    r"|<(?P<close>/)?(?P<name>[^\s<>/!?][^\s<>/]*)"
    r"(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*?(?P<empty>/)?>|[^<]+|<",
    re.DOTALL,
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_VERBATIM = frozenset({"script", "style", "pre", "textarea"})
_LONGEST_LINE = 120
_DEEPEST = 60


def indent_markup(text: str, *, html: bool, limit: int) -> str:
    """Lay markup out by two spaces a level; an element with short text stays on one line.

    A text that is laid out over lines already is returned as it is. Stops after about `limit` characters.
    """
    if text[:limit].count("\n") * 200 > min(len(text), limit) + 400:
        return text
    lines: list[str] = []
    depth = length = position = 0
    line = ""
    opened = False  # the line ends with a start tag whose element may be finished on it
    while position < len(text) and length <= limit:
        match = _PIECE.match(text, position)
        if match is None:
            break
        piece, position = match[0], match.end()
        name = (match["name"] or "").lower()
        if not piece.startswith("<"):
            if not piece.strip():
                continue
            if opened and len(line) + len(piece) <= _LONGEST_LINE:
                line += piece.strip()
                continue
            if line:
                lines.append(line)
            line, opened = "  " * min(depth, _DEEPEST) + " ".join(piece.split()), False
        elif match["close"]:
            depth = max(depth - 1, 0)
            if opened and len(line) + len(piece) <= _LONGEST_LINE:
                line += piece
            else:
                if line:
                    lines.append(line)
                line = "  " * min(depth, _DEEPEST) + piece
            opened = False
        else:
            if line:
                lines.append(line)
            line, opened = "  " * min(depth, _DEEPEST) + piece, False
            if name and not match["empty"] and not (html and name in _VOID):
                if html and name in _VERBATIM:
                    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, position)
                    stop = end.end() if end else len(text)
                    line, position = line + text[position:stop], stop
                else:
                    depth, opened = depth + 1, True
        length += len(piece)
    return "\n".join([*lines, line] if line else lines)


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_LARGEST_CHECKED = 2_000_000
_STEP = "  "
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,80}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")


def is_json(body: Body) -> bool:
    """Return whether a body is declared as JSON, or begins like JSON where no type is declared."""
    if mediatypes.is_json(body.media_type):
        return True
    return body.opens_like_json and body.media_type in UNTYPED


def is_markup(body: Body) -> bool:
    """Tell whether a body says that it is XML or HTML (SVG is XML too), or opens with an XML declaration."""
    if mediatypes.kind_of(body.media_type) == "xml" or mediatypes.lexer(body.media_type) == "html":
        return True
    return body.data.startswith(b"<?xml") and body.media_type in UNTYPED


def priority(body: Body) -> int:
    """Fit declared text, and anything that looks like text."""
    if mediatypes.is_text(body.media_type) or is_json(body) or is_markup(body):
        return 5
    return 0 if body.is_binary else 2


def render(body: Body, _window: Window) -> View:
    """Lay the text out as its kind is read. Raises `ValueError` for bytes that are no text."""
    if body.is_binary:
        raise ValueError("not text")
    wrong = ""
    if is_json(body):
        try:
            return _json(body)
        except jsontext.JSONTextError as error:
            wrong = _why_not_json(body, error) if mediatypes.is_json(body.media_type) else ""
        except ValueError:
            pass
    if is_markup(body):
        return _markup(body)
    text, notes = body.loose_text if priority(body) > 2 else (body.text, ())
    notes = (*notes, wrong) if wrong else notes
    return View(name="text", content=Text(text=text, lexer=mediatypes.lexer(body.media_type)), notes=notes)


def _why_not_json(body: Body, error: jsontext.JSONTextError) -> str:
    """Return why what is called JSON is not laid out as such."""
    if isinstance(error, jsontext.TooDeepError):
        return say("This JSON is nested too deeply to be laid out.")
    return str(error) if body.text.strip() else ""


def render_raw(body: Body, _window: Window) -> View:
    """Return the text as it came, without a line end added. Raises `ValueError` for bytes that are no text."""
    if body.is_binary:
        raise ValueError("not text")
    text, notes = body.loose_text
    return View(name="raw", content=Text(text=text), notes=notes)


def _json(body: Body) -> View:
    text = body.text
    if not body.truncated and len(text) <= _LARGEST_CHECKED:
        jsontext.loads(text)
    return View(name="text", content=Text(text=indent(text, limit=MAX_SHOWN + 1), lexer="json"))


def _markup(body: Body) -> View:
    html = mediatypes.lexer(body.media_type) == "html"
    declared = None if html else _DECLARED.match(body.data)
    if declared and not body.charset:
        text, notes = decode_loosely(body.data, declared[1].decode("ascii"), truncated=body.truncated)
    else:
        text, notes = body.loose_text
    shown = indent_markup(text, html=html, limit=MAX_SHOWN + 1)
    return View(name="text", content=Text(text=shown, lexer="html" if html else "xml"), notes=notes)


def indent(text: str, *, limit: int) -> str:
    """Lay JSON text out by two spaces a level; stop after about `limit` characters. Tokens themselves never change.

    Only hidden characters inside strings become `\\u` escapes, which mean the same.
    """
    pieces: list[str] = []
    length = depth = 0
    previous = ""
    for match in _TOKEN.finditer(text):
        token = match[0]
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


def fits(body: Body) -> bool:
    """Tell whether the body is text at all."""
    return not body.is_binary


VIEW = ContentView(name="text", title=say("Text"), priority=priority, render=render, fits=fits)
RAW = replace(
    VIEW, name="raw", title=say("Raw"), priority=lambda body: 1 if not body.is_binary else 0, render=render_raw
)
