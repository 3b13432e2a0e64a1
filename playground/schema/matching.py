"""Does a text match a schema's `pattern`? Only patterns that cannot take long are run: a stranger wrote them.

A pattern here is a row of characters, escapes and classes, each with a count; no groups, no alternatives, and at most
two counts that vary, so trying all ways takes time quadratic in a text of bounded length.
"""

from __future__ import annotations

import re

from playground.wording import say

_ESCAPE = r"\\[dDwWsS.\-/+*?()\[\]{}|^$@_:#%&!,;='\\]"
_CLASS = rf"\[\^?(?:{_ESCAPE}|[^\[\]\\&~|])+\]"
_ATOM = rf"(?:{_ESCAPE}|{_CLASS}|[^\\\[\](){{}}|^$*+?])"
_COUNT = r"(?:\{(\d{1,3})(?:(,)(\d{0,3}))?\}|[*+?])"
_PART = re.compile(f"({_ATOM})({_COUNT})?")
_MOST_TEXT, _MOST_PATTERN, _MOST_VARYING = 1000, 200, 2


def pattern_problem(pattern: str, text: str) -> str:
    """Return what is wrong with a text, or an empty text; what cannot be told safely is never wrong."""
    if not pattern or len(text) > _MOST_TEXT or not _is_simple(pattern):
        return ""
    try:
        found = re.compile(pattern[:-1] + r"\Z" if _is_anchored(pattern) else pattern, re.ASCII)
    except (re.error, OverflowError):
        return ""
    return "" if found.search(text) else say("This does not match the pattern %(pattern)s.", pattern=pattern)


def _is_anchored(pattern: str) -> bool:
    return pattern.endswith("$") and not pattern.endswith("\\$")


def _is_simple(pattern: str) -> bool:
    if len(pattern) > _MOST_PATTERN:
        return False
    position, varying = int(pattern.startswith("^")), 0
    end = len(pattern) - int(_is_anchored(pattern))
    while position < end:
        part = _PART.match(pattern, position, end)
        if part is None or "--" in part[1] or "||" in part[1]:
            return False
        varying += part[2] is not None and not (part[3] and not part[4])
        position = part.end()
    return varying <= _MOST_VARYING
