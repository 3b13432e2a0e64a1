"""Messages in scripts: `_("Copied")` in a source becomes a plain text in each language as assets are joined.

So a browser loads no catalogue and calls no function. A template literal is a message with placeholders:
``_(`Added as step ${steps}`)`` has the id `Added as step %(steps)s`. What stands between `${` and `}` is a name or a
member (`one.two`, whose placeholder is `two`), so that a translation can put it elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import NullTranslations

_TEXT = r"\"(?P<text>(?:[^\"\\\n]|\\.)*)\""
_TEMPLATE = r"`(?P<template>(?:[^`\\$]|\\.|\$\{[\w.]+\})*)`"
_CALL = r"(?<![\w$])(?<![\w$)\]]\.)_\("  # also after the dots of a spread
_MESSAGE = re.compile(rf"{_CALL}(?:{_TEXT}|{_TEMPLATE})\)")
_EXPRESSION = re.compile(r"\$\{([\w.]+)\}")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def messages_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield every message of a script with the number of its line."""
    for found in _MESSAGE.finditer(source):
        yield source.count("\n", 0, found.start()) + 1, _id(found)


def localise(source: str, words: NullTranslations) -> str:
    """Return a script with its messages in the language of `words`. Raises `ValueError` for one that cannot be read."""
    localised = _MESSAGE.sub(lambda found: _literal(found, words), source)
    if re.search(_CALL, localised):
        raise ValueError("a message in a script is neither a text nor a template of names")
    return localised


def _id(found: re.Match[str]) -> str:
    if found["template"] is None:
        return str(json.loads(f'"{found["text"]}"'))
    return _EXPRESSION.sub(lambda one: f"%({one[1].rpartition('.')[2]})s", found["template"])


def _literal(found: re.Match[str], words: NullTranslations) -> str:
    text = words.gettext(_id(found))
    if found["template"] is None:
        return json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
    names = {one.rpartition(".")[2]: one for one in _EXPRESSION.findall(found["template"])}
    escaped = re.sub(r"[`\\]|\$(?=\{)", r"\\\g<0>", text)
    return "`" + _PLACEHOLDER.sub(lambda one: f"${{{names[one[1]]}}}", escaped) + "`"
