"""The place of a rule in the document: its JSON Pointer, and the rule as the document writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from playground import jsontext
from playground.catalog.model import Operation, Provider
from playground.contract.validator import Into, Step
from playground.schema.mapping import is_json

_LONGEST_RULE = 160
_MOST_HOPS = 20


def pointer_of(steps: Iterable[Step]) -> str:
    """Return a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def response_place(operation: Operation, status: str = "") -> tuple[str, ...]:
    """Return the place of an operation's answers, or of one of them by its described status."""
    place = ("paths", operation.path, operation.method.lower(), "responses")
    return (*place, status) if status else place


def content_place(provider: Provider, response: tuple[str, ...], media_type: str, keyword: str) -> tuple[str, ...]:
    """Return the place of the schema of an answer's content."""
    if provider.specification.startswith("2"):
        return (*response, "schema")
    return (*response, "content", media_type, keyword)


def rule_place(base: tuple[str, ...], path: Sequence[Step], provider: Provider) -> tuple[str, ...]:
    """Return the place of a rule by the way to it through schemas from the one at `base`; the last reference counts."""
    last = max((number for number, step in enumerate(path) if isinstance(step, Into)), default=-1)
    below = tuple(map(str, path[last + 1 :]))
    if last < 0:
        return (*base, *below)
    key = str(path[last])
    if "/" in key:
        return (*(token.replace("~1", "/").replace("~0", "~") for token in key.split("/")), *below)
    holder = ("definitions",) if provider.specification.startswith("2") else ("components", "schemas")
    return (*holder, key, *below)


def rule_text(keyword: str, limit: Any) -> str:
    """Return a keyword and its value as JSON, cut where it is long."""
    if not is_json(limit):
        return keyword
    text = f"{jsontext.dumps(keyword)}: {jsontext.dumps(limit)}"
    return text if len(text) <= _LONGEST_RULE else text[: _LONGEST_RULE - 1] + "…"


def settled(pointer: str, document: Any) -> str:
    """Return a pointer into a document with the references on the way to it followed; as it is where it ends."""
    found, node = list[str](), document
    for step in (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]):
        for _ in range(_MOST_HOPS):
            reference = node.get("$ref") if isinstance(node, Mapping) and step not in node else None
            if not isinstance(reference, str) or not reference.startswith("#/"):
                break
            found = [token.replace("~1", "/").replace("~0", "~") for token in reference[2:].split("/")]
            node = _at(document, found)
        node = _at(node, (step,))
        found.append(step)
    return pointer_of(found)


def _at(node: Any, steps: Iterable[str]) -> Any:
    for step in steps:
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            return None
    return node
