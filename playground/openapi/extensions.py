"""Extensions that change what a visitor sees of an operation: whether it is listed, badges, notices, what can be sent.

What others call the same is read alike; everything else that begins with `x-` is kept small, to be shown on demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from playground.openapi.hiding import HIDDEN, is_hidden
from playground.openapi.reading import flag, text

_MOST_BADGES = 6
_LONGEST_BADGE = 40
_LONGEST_NOTICE = 2000
_STATES = ("x-state", "x-scalar-stability", "x-stability", "x-stability-level")
_SUNSET = ("x-sunset", "x-sunset-date")
_EXPLORER = ("x-explorer-enabled", "x-fern-explorer", "x-zudoku-playground-enabled")
_READ_ELSEWHERE = frozenset((
    *HIDDEN, *_STATES, *_SUNSET, *_EXPLORER, "x-readme", "x-mint", "x-badges", "x-beta", "x-deprecated", "x-roles",
    "x-deprecated-description", "x-rolesRequirements", "x-codeSamples", "x-code-samples", "x-custom-examples",
    "x-oaiMeta",
    "x-scalar-examples", "x-stainless-snippets", "x-stainless-examples", "x-ms-examples", "x-examples", "x-example",
))  # fmt: skip
_LONGEST_SHOWN = 400
_MOST_SHOWN = 20


def hidden_tags(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the tags whose operations are left out of lists."""
    tags = document.get("tags")
    listed = [tag for tag in tags if isinstance(tag, Mapping)] if isinstance(tags, list) else []
    return frozenset(text(tag.get("name")) for tag in listed if is_hidden(tag))


def is_deprecated(operation: Mapping[str, Any]) -> bool:
    """Tell whether an operation is deprecated, in whichever spelling."""
    return (
        flag(operation.get("deprecated"))
        or flag(operation.get("x-deprecated"))
        or any(text(operation.get(key)).lower() == "deprecated" for key in _STATES)
        or bool(text(operation.get("x-deprecated-description")).strip())
    )


def badges(operation: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what stands beside the method: `x-badges`, the state of the operation, when it ends, whom it is for."""
    found = dict.fromkeys(" ".join(badge.split())[:_LONGEST_BADGE] for badge in _badges(operation))
    return tuple(one for one in found if one and one.lower() != "deprecated")[:_MOST_BADGES]


def _badges(operation: Mapping[str, Any]) -> Iterator[str]:
    listed = operation.get("x-badges")
    for one in listed if isinstance(listed, list) else ():
        yield text(_mapping(one).get("label") or _mapping(one).get("name")) if isinstance(one, Mapping) else text(one)
    for key in _STATES:
        yield text(operation.get(key))
    if flag(operation.get("x-beta")):
        yield "beta"
    for key in _SUNSET:
        if ends := text(operation.get(key)):
            yield f"ends {ends}"
    roles = operation.get("x-rolesRequirements", operation.get("x-roles"))
    for one in roles if isinstance(roles, list) else ():
        names = _mapping(one).get("roles", one)
        for name in names if isinstance(names, list) else [names]:
            if text(name):
                yield f"role {text(name)}"


def notice(operation: Mapping[str, Any]) -> str:
    """Return what the description says to those who still call a deprecated operation."""
    return text(operation.get("x-deprecated-description")).strip()[:_LONGEST_NOTICE]


def can_be_sent(operation: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Tell whether the description lets its operations be tried from a page; an operation's word goes before."""
    for holder in (operation, document):
        readme, mint = _mapping(holder.get("x-readme")), _mapping(_mapping(holder.get("x-mint")).get("metadata"))
        said = [holder.get(key) for key in _EXPLORER]
        said += [readme.get("explorer-enabled"), False if mint.get("playground") in ("none", "hide") else None]
        for one in said:
            if isinstance(one, bool):
                return one
    return True


def static_headers(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the header fields that every request is to carry (ReadMe's `headers`)."""
    for holder in (operation, document):
        listed = _mapping(holder.get("x-readme")).get("headers")
        for one in listed if isinstance(listed, list) else ():
            name, value = text(_mapping(one).get("key")).strip(), text(_mapping(one).get("value"))
            if name and value:
                yield name, value


def other_extensions(operation: Mapping[str, Any]) -> dict[str, str]:
    """Return the extensions that mean nothing here as short texts by name, long ones cut, at most 20 of them."""
    shown: dict[str, str] = {}
    for key, value in operation.items():
        if key.startswith("x-") and key not in _READ_ELSEWHERE and value is not None and len(shown) < _MOST_SHOWN:
            plain = value if isinstance(value, str) else _json(value)
            shown[key] = plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…"
    return shown


def _json(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return ""  # numbers that keep their spelling: not worth a second writer


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
