"""YAML read into plain JSON values, from libyaml's events (YAML 1.2 core schema).

PyYAML's own constructors follow YAML 1.1 (`no` is false, `012` is 10), crash on deep nesting and explode on merge keys.
Here keys are always text, tags, duplicate keys and further documents are refused, and every limit is counted.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from playground.openapi.problems import DocumentError, LimitError, Limits, quoted
from playground.openapi.values import UnquotedNumber
from playground.text.wording import Said, say

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMBER_START = frozenset("0123456789+-.")
_LARGEST = 2**64
_TEXT_KEYS = frozenset(("version", "openapi", "swagger"))
_TEXT_DEPTH = 2
"""A version that is written like a number (`1.10`) stays text at the top and in `info`, or it would become 1.1."""
_MAX_DIGITS = 4000

_REASONS = {
    "mapping values are not allowed in this context": say(
        "no value may follow a colon here: indent the line as those around it, or put the text in quotes"
    ),
    "did not find expected key": say("a key is missing: indent the line as the keys around it"),
    "did not find expected '-' indicator": say('an item with "-" is missing: indent the line as the items around it'),
    "did not find expected ',' or ']'": say('a "," or "]" is missing'),
    "did not find expected ',' or '}'": say('a "," or "}" is missing'),
    "did not find expected node content": say("a value is missing"),
    "did not find expected <document start>": say("something stands after the end: is a bracket closed too early?"),
    "could not find expected ':'": say("a colon is missing after a key"),
    "found character that cannot start any token": say(
        "a text begins with a character that it may not begin with, or a tab indents: use spaces, and quotes"
    ),
    "found unexpected end of stream": say("a text in quotes is not closed"),
    "found unexpected document indicator": say("a text in quotes is not closed"),
    "found unknown escape character": say("a backslash in double quotes begins no escape of YAML"),
    "block sequence entries are not allowed in this context": say('an item with "-" has to begin a line of its own'),
    "mapping keys are not allowed in this context": say("no key may stand here"),
    "found a tab character that violates indentation": say("a tab indents: use spaces"),
    "found a tab character where an indentation space is expected": say("a tab indents: use spaces"),
    "control characters are not allowed": say("it holds a control character"),
}
"""What libyaml says is wrong, in words that say what to do; anything else is said as it is."""

# libyaml where the wheel brings it; the pure-Python events are the same, only slower.
_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)


def read_scalar(text: str) -> Any:
    """Return the value of a plain scalar: null, bool, int, float or text.

    `.inf` and `.nan`, which JSON does not have, stay text; integers beyond 64 bits become floats, as orjson reads them.
    """
    if text in _NULL:
        return None
    if text[0] in _NUMBER_START:
        return _number(text)
    if text in _TRUE:
        return True
    return False if text in _FALSE else text


def _number(text: str) -> Any:
    if _INTEGER.fullmatch(text):
        if len(text) > _MAX_DIGITS:
            return text
        number = int(text)
    elif _OCTAL.fullmatch(text):
        number = int(text[2:], 8)
    elif _HEXADECIMAL.fullmatch(text):
        number = int(text[2:], 16)
    elif _FLOAT.fullmatch(text):
        decimal = float(text)
        return decimal if math.isfinite(decimal) else text
    else:
        return text
    if -_LARGEST // 2 <= number < _LARGEST:
        return number
    try:
        return float(number)
    except OverflowError:
        return text


@dataclass(slots=True)
class _Open:
    """A container that is being filled. `nodes` weighs what it holds, aliases expanded; `height` how deep that is."""

    mapping: dict[str, Any] | None
    sequence: list[Any]
    anchor: str | None
    nodes: int = 1
    height: int = 1
    key: str | None = None
    merges: list[dict[str, Any]] = field(default_factory=list)
    merging: bool = False

    def wants_key(self) -> bool:
        return self.mapping is not None and self.key is None


@dataclass(slots=True)
class _Anchored:
    value: Any
    nodes: int
    height: int


def read_yaml(data: bytes, limits: Limits) -> Any:
    """Read one YAML document of UTF-8 or UTF-16 bytes. Raises `DocumentError`, naming line and column."""
    try:
        loader = _Loader(data)
    except yaml.YAMLError as error:
        raise DocumentError(_sentence(error)) from None
    try:
        return _Tree(limits).build(loader)
    except yaml.YAMLError as error:
        raise DocumentError(_sentence(error)) from None
    except RecursionError:
        raise LimitError(
            "depth", say("The YAML is nested deeper than the limit of %(depth)s levels.", depth=limits.depth)
        ) from None
    finally:
        loader.dispose()


class _Tree:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._anchors: dict[str, _Anchored | None] = {}
        self._open: list[_Open] = []
        self._nodes = self._aliases = self._repeated = self._documents = 0
        self._root: Any = None

    def build(self, loader: Any) -> Any:
        next_event = loader.get_event
        steps = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        while True:
            event = next_event()
            if event is None or event.__class__ is yaml.StreamEndEvent:
                return self._root
            step = steps.get(event.__class__)
            if step is not None:
                step(event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _error(event, say("a second document starts; one file holds one description"))

    def _scalar(self, event: Any) -> None:
        text: str = event.value
        if len(text) > self._limits.string:
            raise LimitError(
                "string",
                say(
                    "A text of %(length)s characters is beyond the limit of %(limit)s (%(place)s).",
                    length=len(text),
                    limit=self._limits.string,
                    place=_at(event),
                ),
            )
        if event.tag is not None:
            raise _error(event, say("the tag %(tag)s is not supported; remove it", tag=quoted(event.tag)))
        # A long text that is repeated often is as heavy as many short ones, once somebody writes it out.
        weight = 1 + len(text) // 16
        top = self._open[-1] if self._open else None
        if top is not None and top.wants_key():
            top.nodes += weight
            self._key(event, top, text)
            if event.anchor is not None:
                self._anchors[event.anchor] = _Anchored(text, weight, 0)
            return
        value = read_scalar(text) if event.implicit[0] else text
        if value.__class__ is float and len(self._open) <= _TEXT_DEPTH and top is not None and top.key in _TEXT_KEYS:
            value = UnquotedNumber(text)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, weight, 0)
        self._count(1)
        self._place(event, value, weight, 0)

    def _key(self, event: Any, top: _Open, text: str) -> None:
        # Checked before the merge key, so that two of them are refused as well.
        if (top.mapping is not None and text in top.mapping) or (text == "<<" and top.merges):
            raise _error(
                event, say("the key %(text)s stands twice in one mapping: keep one of them", text=quoted(text))
            )
        top.key = text
        top.merging = text == "<<" and event.implicit[0]

    def _start(self, event: Any) -> None:
        if event.tag is not None:
            raise _error(event, say("the tag %(tag)s is not supported; remove it", tag=quoted(event.tag)))
        if self._open and self._open[-1].wants_key():
            raise _error(event, say("a key must be plain text"))
        if len(self._open) >= self._limits.depth:
            raise LimitError(
                "depth", say("The YAML is nested deeper than the limit of %(depth)s levels.", depth=self._limits.depth)
            )
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # unfinished: an alias to it would be a cycle
        self._count(1)
        mapping: dict[str, Any] | None = {} if event.__class__ is yaml.MappingStartEvent else None
        self._open.append(_Open(mapping, [], event.anchor))

    def _end(self, event: Any) -> None:
        done = self._open.pop()
        value: Any = done.sequence if done.mapping is None else done.mapping
        if done.merges:
            # A mapping's own keys win over merged ones, and an earlier merged mapping over a later one.
            own, value = value, {}
            for merged in (*reversed(done.merges), own):
                value.update(merged)
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(value, done.nodes, done.height)
        self._place(event, value, done.nodes, done.height)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise _error(event, say("the alias %(anchor)s has no anchor before it", anchor=quoted("*" + event.anchor)))
        anchored = self._anchors[event.anchor]
        if anchored is None:
            raise _error(
                event, say("the alias %(anchor)s stands inside what it repeats", anchor=quoted("*" + event.anchor))
            )
        self._aliases += 1
        self._repeated += anchored.nodes
        if self._aliases > self._limits.aliases:
            raise LimitError(
                "aliases", say("The YAML has more aliases than the limit of %(aliases)s.", aliases=self._limits.aliases)
            )
        if self._repeated > self._limits.repeated:
            raise LimitError(
                "repeated",
                say(
                    "Aliases in the YAML repeat more than the limit of %(repeated)s values.",
                    repeated=self._limits.repeated,
                ),
            )
        if len(self._open) + anchored.height > self._limits.depth:
            raise LimitError(
                "depth", say("The YAML is nested deeper than the limit of %(depth)s levels.", depth=self._limits.depth)
            )
        top = self._open[-1] if self._open else None
        if top is not None and top.wants_key():
            if not isinstance(anchored.value, str):
                raise _error(event, say("a key must be plain text"))
            self._key(event, top, anchored.value)
            top.merging = False
            return
        self._count(anchored.nodes)
        self._place(event, anchored.value, anchored.nodes, anchored.height)

    def _place(self, event: Any, value: Any, nodes: int, height: int) -> None:
        if not self._open:
            self._root = value
            return
        top = self._open[-1]
        top.nodes += nodes
        if height >= top.height:
            top.height = height + 1
        if top.mapping is None:
            top.sequence.append(value)
        elif top.merging:
            top.merges.extend(_merged(event, value))
            top.key, top.merging = None, False
        elif top.key is not None:
            top.mapping[top.key] = value
            top.key = None

    def _count(self, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > self._limits.nodes:
            raise LimitError(
                "nodes", say("The YAML holds more values than the limit of %(nodes)s.", nodes=self._limits.nodes)
            )


def _merged(event: Any, value: Any) -> list[dict[str, Any]]:
    mappings = value if isinstance(value, list) else [value]
    if not all(isinstance(mapping, dict) for mapping in mappings):
        raise _error(event, say('the merge key "<<" takes a mapping or a list of mappings'))
    return mappings or [{}]


def _at(event: Any) -> Said:
    return _place(event.start_mark)


def _error(event: Any, reason: str) -> DocumentError:
    return DocumentError(say("This YAML cannot be read: %(reason)s (%(place)s).", reason=reason, place=_at(event)))


def _place(mark: Any) -> Said:
    return say("line %(line)s, column %(column)s", line=str(mark.line + 1), column=str(mark.column + 1))


def _sentence(error: yaml.YAMLError) -> Said:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        reason = " ".join(str(error.problem or error.context or "").split())
        return say("This is not valid YAML: %(reason)s (%(place)s).", reason=_reason(reason), place=_place(mark))
    reason = _reason(" ".join(str(getattr(error, "reason", None) or "").split()))
    position = getattr(error, "position", None)
    if position is None:
        return say("This is not valid YAML: %(reason)s.", reason=reason)
    return say("This is not valid YAML: %(reason)s (position %(position)s).", reason=reason, position=str(position))


def _reason(told: str) -> str:
    return _REASONS.get(told, told or say("it is not text"))
