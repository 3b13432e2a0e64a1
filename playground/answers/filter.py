"""A filter over an answer, JSONPath (RFC 9535), JMESPath or XPath, run in a process of its own within time and memory.

The expression is a stranger's and so is the answer: either can ask for more work than a server has. What goes in is the
answer's text and the expression, what comes out is JSON. The values that JSONPath selects keep their spelling.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from playground.contentviews.view import Body
from playground.text.visible import reveal
from playground.text.wording import say

Language: TypeAlias = Literal["jsonpath", "jmespath"]

SECONDS = 5
"""Processor time and time in all that a filter may take."""

MEMORY = 1_500_000_000
"""Bytes of address space that a filter may take."""

LARGEST = 64_000_000
LARGEST_RESULT = 4_000_000
LONGEST_EXPRESSION = 2_000


class FilterError(ValueError):
    """A filter that cannot be run, or not within its bounds; `str()` is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """What a filter selects, as JSON text; `count` is the number of values, `None` where a filter makes one value."""

    text: str
    count: int | None = None
    cut: bool = False


def language_of(expression: str) -> Language:
    """Return the language of an expression: JSONPath begins with `$`."""
    return "jsonpath" if expression.lstrip().startswith("$") else "jmespath"


def apply(body: Body, expression: str) -> Filtered:
    """Return what an expression selects. Raises `FilterError`."""
    expression = expression.strip()
    if len(expression) > LONGEST_EXPRESSION:
        raise FilterError(say("This filter is too long: %(count)s characters at most.", count=LONGEST_EXPRESSION))
    if body.truncated or body.is_binary or len(body.data) > LARGEST:
        raise FilterError(say("Only a whole JSON answer can be filtered."))
    try:
        text = body.text
    except ValueError:
        raise FilterError(say("Only a whole JSON answer can be filtered.")) from None
    answer = _answer({"language": language_of(expression), "expression": expression}, text)
    if "error" in answer:
        raise FilterError(say("This filter cannot be read: %(reason)s", reason=reveal(str(answer["error"])[:300])))
    return Filtered(text=answer["text"], count=answer.get("count"), cut=answer.get("cut") is True)


def holds_in_xml(text: str, expression: str, version: str) -> bool:
    """Tell whether an XPath (of version `10`, `20`, `30` or `31`) is true of an XML text. Raises `FilterError`.

    Nodes are true if there are any. The text has no document type, and nothing outside of it is read.
    """
    if len(expression) > LONGEST_EXPRESSION:
        raise FilterError(say("This filter is too long: %(count)s characters at most.", count=LONGEST_EXPRESSION))
    if len(text) > LARGEST:
        raise FilterError(_too_much())
    answer = _answer({"language": "xpath", "expression": expression, "version": version}, text)
    if "error" in answer:
        raise FilterError(say("This XPath cannot be judged: %(reason)s", reason=reveal(str(answer["error"])[:300])))
    return bool(answer["text"] == "true")


def _answer(wish: Mapping[str, str], text: str) -> dict[str, Any]:
    """Return what the process answers. Raises `FilterError` where it was ended."""
    asked = json.dumps(wish).encode() + b"\n"
    try:
        # The interpreter runs our own module and nothing of the visitor's: the expression is data on its input.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-c", _START.format(path=sys.path), str(SECONDS), str(MEMORY), str(LARGEST_RESULT)],
            input=asked + text.encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=SECONDS * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FilterError(_too_much()) from None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise FilterError(_too_much()) from None
    return answer


_START = "import sys; sys.path[:] = {path!r}; from playground.answers.filter_worker import main; main()"


def _too_much() -> str:
    return say("This filter takes more time or memory than a site gives it: select a smaller part.")
