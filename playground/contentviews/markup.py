"""XML and HTML laid out by element, never parsed: no entity is expanded, nothing is fetched, and no text changes."""

from __future__ import annotations

import re

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
