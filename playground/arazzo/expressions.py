"""Runtime expressions: `$response.body#/id`, alone (the value keeps its type) or in braces inside a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, TypeAlias

from playground import jsontext
from playground.arazzo.document import Document
from playground.messages import Headers

_PARTS = "request|response|inputs|outputs|steps|workflows|sourceDescriptions|components"
_ROOT = rf"\$(?:url|method|statusCode|self|(?:{_PARTS})\.)"
_NO_FIELDS = Headers()
_WHOLE = re.compile(rf"{_ROOT}[^\s{{}}]*(?:#[^{{}}]*)?")
_BRACED = re.compile(rf"\{{({_ROOT}[^{{}}]*)\}}")
_INDEX = re.compile(r"\[(\d{1,9}|'[^']*'|\"[^\"]*\")\]")
_DEEPEST = 60
_MOST_TEXT = 2_000_000
"""Characters of a text that expressions were put into."""


class Missing(Enum):
    """The one value that says there is nothing at an expression's place, which is not null."""

    MISSING = "missing"

    def __bool__(self) -> bool:
        return False


MISSING: Final = Missing.MISSING
Found: TypeAlias = "Any | Missing"


class TooMuchError(ValueError):
    """Expressions that make more than a request may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request that was sent and its answer, as expressions and criteria see them; bodies are values where JSON."""

    url: str = ""
    method: str = ""
    status: int = 0
    request_headers: Headers = _NO_FIELDS
    query: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, Any] = field(default_factory=dict)
    request_body: Any = None
    headers: Headers = _NO_FIELDS
    body: Any = None
    text: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """All that expressions may name at one moment of a run."""

    document: Document
    exchange: Exchange | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    workflows: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def at(self, exchange: Exchange | None) -> Scope:
        """Return the scope with another exchange."""
        return replace(self, exchange=exchange)


def is_expression(text: str) -> bool:
    """Say whether a text is an expression and nothing else, in braces or not."""
    return _WHOLE.fullmatch(_bare(text)) is not None


def _expressions_in(value: Any) -> list[str]:
    """Return the expressions that a value holds, anywhere."""
    if isinstance(value, str):
        return [_bare(value)] if is_expression(value) else _BRACED.findall(value)
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [found for member in members for found in _expressions_in(member)]


def evaluate(expression: str, scope: Scope) -> Found:
    """Return the value of an expression, `MISSING` where there is none."""
    root, dot, rest = _bare(expression).removeprefix("$").partition(".")
    exchange = scope.exchange
    if not dot:
        return _single(root, scope)
    if root in ("request", "response"):
        return MISSING if exchange is None else _of_message(root, rest, exchange)
    if root == "inputs":
        return _named(scope.inputs, rest)
    if root == "outputs":
        return _named(scope.outputs, rest)
    if root == "steps":
        return _of_step(rest, scope)
    if root == "workflows":
        return _of_workflow(rest, scope)
    if root == "sourceDescriptions":
        name, _, member = rest.partition(".")
        source = scope.document.source(name)
        return (
            MISSING if source is None else {"url": source.url, "type": source.type, "name": name}.get(member, MISSING)
        )
    if root == "components":
        kind, _, name = rest.partition(".")
        held = _named(scope.document.value.get("components", {}).get(kind, {}), name)
        return held.get("value", MISSING) if kind == "parameters" and isinstance(held, Mapping) else held
    return MISSING


def fill(value: Any, scope: Scope, missing: list[str]) -> Any:
    """Return a value with every expression replaced; those without a value are added to `missing` and become null.

    A text that is one expression becomes the value itself; inside a text a value is written as text, what is no text
    as JSON.
    """
    return _fill(value, scope, missing, 0)


def as_text(value: Any) -> str:
    """Return a value as text that goes inside another text."""
    if isinstance(value, str):
        return value
    return "" if value is MISSING else jsontext.dumps(value)


def descend(value: Any, rest: str) -> Found:
    """Return what `#/pointer`, `.member` or `[0]` says of a value; the value itself for an empty text."""
    while rest and value is not MISSING:
        if rest.startswith("#"):
            return _pointed(value, rest[1:])
        if rest.startswith("."):
            found = re.match(r"\.([^.\[#]+)", rest)
            if found is None:
                return MISSING
            value, rest = _member(value, found[1]), rest[found.end() :]
            continue
        found = _INDEX.match(rest)
        if found is None:
            return MISSING
        value, rest = _member(value, found[1].strip("'\"")), rest[found.end() :]
    return value


def set_at(value: Any, pointer: str, new: Any) -> Any:
    """Return a value with another one at a JSON Pointer; a member that is not there is added to an object."""
    if not pointer:
        return new
    head, _, rest = pointer[1:].partition("/")
    key = head.replace("~1", "/").replace("~0", "~")
    below = f"/{rest}" if "/" in pointer[1:] else ""
    if isinstance(value, list) and key.isdecimal() and int(key[:9]) < len(value):
        return [set_at(member, below, new) if at == int(key) else member for at, member in enumerate(value)]
    if isinstance(value, list) and key == "-":
        return [*value, set_at(None, below, new)]
    if value is None or isinstance(value, Mapping):
        members = dict(value or {})
        members[key] = set_at(members.get(key), below, new)
        return members
    raise KeyError(pointer)


def _bare(text: str) -> str:
    text = text.strip()
    return text[1:-1].strip() if text.startswith("{$") and text.endswith("}") and "{" not in text[1:] else text


def _fill(value: Any, scope: Scope, missing: list[str], depth: int) -> Any:
    if isinstance(value, str):
        return _fill_text(value, scope, missing)
    if depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {name: _fill(member, scope, missing, depth + 1) for name, member in value.items()}
    return [_fill(member, scope, missing, depth + 1) for member in value] if isinstance(value, list) else value


def _fill_text(text: str, scope: Scope, missing: list[str]) -> Any:
    def found(expression: str) -> Found:
        value = evaluate(expression, scope)
        if value is MISSING and expression not in missing:
            missing.append(expression)
        return value

    if is_expression(text):
        value = found(_bare(text))
        return None if value is MISSING else value
    size = 0

    def inside(match: re.Match[str]) -> str:
        nonlocal size
        written = as_text(found(match[1]))
        size += len(written)
        if size > _MOST_TEXT:
            raise TooMuchError(match[1])
        return written

    return _BRACED.sub(inside, text)


def _single(name: str, scope: Scope) -> Found:
    if name == "self":
        return scope.document.self_uri or MISSING
    exchange = scope.exchange
    if exchange is None:
        return MISSING
    values = {"url": exchange.url, "method": exchange.method, "statusCode": exchange.status}
    return values.get(name, MISSING)


def _of_message(which: str, rest: str, exchange: Exchange) -> Found:
    part, dot, name = rest.partition(".")
    if dot and part == "header":
        headers = exchange.headers if which == "response" else exchange.request_headers
        value = headers.get(name)
        return MISSING if value is None else value
    if dot and which == "request" and part in ("query", "path"):
        return _named(exchange.query if part == "query" else exchange.path, name)
    if rest.startswith("body"):
        return descend(exchange.body if which == "response" else exchange.request_body, rest.removeprefix("body"))
    return MISSING


def _of_step(rest: str, scope: Scope) -> Found:
    name, outputs, named = rest.partition(".outputs.")
    step = scope.steps.get(name)
    return MISSING if step is None or not outputs else _named(step, named)


def _of_workflow(rest: str, scope: Scope) -> Found:
    found = re.match(r"(.+?)\.(inputs|outputs)\.", rest)
    workflow = scope.workflows.get(found[1]) if found else None
    return MISSING if workflow is None or found is None else _named(workflow[found[2]], rest[found.end() :])


def _named(values: Any, name: str) -> Found:
    """Return the value whose name begins a text, and what the rest of the text says of it; the longest name wins."""
    if not isinstance(values, Mapping):
        return MISSING
    ends = [len(name), *(match.start() for match in re.finditer(r"[.#\[]", name))]
    for end in sorted(ends, reverse=True):
        if name[:end] in values:
            return descend(values[name[:end]], name[end:])
    return MISSING


def _pointed(value: Any, pointer: str) -> Found:
    if pointer and not pointer.startswith("/"):
        return MISSING
    for part in pointer.split("/")[1:]:
        value = _member(value, part.replace("~1", "/").replace("~0", "~"))
        if value is MISSING:
            return MISSING
    return value


def _member(value: Any, key: str) -> Found:
    if isinstance(value, Mapping):
        return value.get(key, MISSING)
    if isinstance(value, list) and re.fullmatch(r"0|[1-9]\d{0,8}", key) and int(key) < len(value):
        return value[int(key)]
    if isinstance(value, list | str) and key == "length":
        return len(value)
    return MISSING
