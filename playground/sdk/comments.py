"""Descriptions as TSDoc comments: a stranger's text that can neither end the comment nor give the compiler orders."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from playground.text.visible import has_hidden, is_hidden

_TAG = re.compile(r"(?<![\w\\])@")
_LONGEST_LINE = 110


def comment(paragraphs: Iterable[str], *, indent: str = "", deprecated: bool = False, longest: int = 600) -> str:
    """Return a comment of these paragraphs with its line end, or an empty string when they say nothing.

    Each paragraph is cut at `longest` characters and broken into lines. `*/` cannot appear, nor `@ts-…` or any other
    tag: TypeScript reads some of them even in a block comment.
    """
    blocks = [lines for lines in (_lines(text[: longest * 2], longest) for text in paragraphs) if lines]
    if deprecated:
        blocks.append(("@deprecated",))
    if not blocks:
        return ""
    lines = [line for position, block in enumerate(blocks) for line in (*([""] if position else []), *block)]
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


@functools.lru_cache(maxsize=4096)  # large descriptions say the same of thousands of parameters
def _lines(text: str, longest: int) -> tuple[str, ...]:
    shown = "".join(" " if is_hidden(one) else one for one in text) if has_hidden(text) else text
    words = " ".join(shown.split())
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0] + " …"
    safe = _TAG.sub(r"\\@", words.replace("*/", "*\\/"))
    lines: list[str] = []
    for word in safe.split():
        if lines and len(lines[-1]) + len(word) < _LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
