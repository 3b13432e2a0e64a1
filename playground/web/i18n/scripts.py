"""Messages in scripts: `_("Copied")` in a source becomes a plain text in each language as assets are joined.

So a browser loads no catalogue and calls no function. A template literal is a message with placeholders:
``_(`Added as step ${steps}`)`` has the id `Added as step %(steps)s`. Between `${` and `}` is a name or a
member (`one.two`, whose placeholder is `two`), so that a translation can put it elsewhere. A long message is several
texts joined by `+`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from gettext import NullTranslations

_TEXT = r"\"(?:[^\"\\\n]|\\.)*\""
_TEMPLATE = r"`(?:[^`\\$]|\\.|\$\{[\w.]+\})*`"
_PART = re.compile(rf"{_TEXT}|{_TEMPLATE}")
_CALL = r"(?<![\w$])(?<![\w$)\]]\.)_\("  # also after the dots of a spread
_PARTS = rf"(?:{_PART.pattern})(?:\s*\+\s*(?:{_PART.pattern}))*"
_MESSAGE = re.compile(rf"{_CALL}\s*(?P<parts>{_PARTS})\s*,?\s*\)")
_EXPRESSION = re.compile(r"\$\{([\w.]+)\}")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def messages_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield every message of a script with the number of its line."""
    for call in _MESSAGE.finditer(source):
        yield source.count("\n", 0, call.start()) + 1, _id(call["parts"])


def localise(source: str, words: NullTranslations) -> str:
    """Return a script with its messages in the language of `words`. Raises `ValueError` for one that cannot be read."""
    localised = _MESSAGE.sub(lambda call: _literal(call["parts"], words), source)
    if re.search(_CALL, localised):
        raise ValueError("a message in a script is neither a text nor a template of names")
    return localised


def _id(parts: str) -> str:
    return "".join(_text(part) for part in _PART.findall(parts))


def _text(part: str) -> str:
    if part.startswith('"'):
        return str(json.loads(part))
    return _EXPRESSION.sub(lambda name: f"%({name[1].rpartition('.')[2]})s", part[1:-1])


def _literal(parts: str, words: NullTranslations) -> str:
    text = words.gettext(_id(parts))
    templates = [part for part in _PART.findall(parts) if part.startswith("`")]
    if not templates:
        return json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
    names = {name.rpartition(".")[2]: name for part in templates for name in _EXPRESSION.findall(part)}
    escaped = re.sub(r"[`\\]|\$(?=\{)", r"\\\g<0>", text)
    return "`" + _PLACEHOLDER.sub(lambda name: f"${{{names[name[1]]}}}", escaped) + "`"
