"""Searches as APIs write them: words, `name:"value"`, `metadata['key']:'value'`, `AND`, `OR`, a minus before a term."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground.values.scene import words_of

_TERM = re.compile(
    r"""(?P<no>-|\bNOT\s+)?"""
    r"""(?:(?P<name>[A-Za-z_][\w.-]*)(?:\[["']?(?P<key>[^\]"']*)["']?\])?\s*(?P<is>!=|>=|<=|[:=~><])\s*)?"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s"']+))"""
)
_LONGEST, _MOST_TERMS = 500, 20


def holds(resource: Mapping[str, Any], text: str) -> bool:
    """Say whether a resource is found by a search. What asks for a member that it does not have is no obstacle."""
    text = text[:_LONGEST]
    wanted = text.strip().lower()
    if any(wanted in text.lower() for text in _texts(resource)):
        return True
    alternatives: list[tuple[list[re.Match[str]], list[str]]] = [([], [])]
    for term in list(_TERM.finditer(text))[:_MOST_TERMS]:
        word = "" if term["name"] else term["word"] or ""
        if word in ("OR", "||"):
            alternatives.append(([], []))
        elif word and not term["no"]:
            alternatives[-1][1].extend([] if word in ("AND", "&&") else [word.strip("()").lower()])
        else:
            alternatives[-1][0].append(term)
    return any(_finds(resource, terms, words) for terms, words in alternatives if terms or words)


def _finds(resource: Mapping[str, Any], terms: list[re.Match[str]], words: list[str]) -> bool:
    """Say whether a resource meets all terms, and has all single words in one of its texts."""
    if words and not any(all(word in text.lower() for word in words) for text in _texts(resource)):
        return False
    return all(_meets(resource, term) is not bool(term["no"]) for term in terms)


def _meets(resource: Mapping[str, Any], term: re.Match[str]) -> bool:
    value = next(part for part in (term["double"], term["single"], term["word"]) if part is not None).strip("()")
    if not term["name"]:
        return any(value.lower() in text.lower() for text in _texts(resource))
    plain = words_of(term["name"])
    own = next((name for name in resource if words_of(name) == plain), None)
    if own is None:
        return not term["no"]  # a qualifier of another system, or of what is not shown
    member = resource[own]
    if term["key"] is not None:
        member = member.get(term["key"]) if isinstance(member, Mapping) else None
    found = _compared(member, term["is"], value)
    return not found if term["is"] == "!=" else found


def _compared(member: Any, sign: str, value: str) -> bool:
    if isinstance(member, bool):
        return value.lower() == str(member).lower()
    if isinstance(member, int | float):
        try:
            bound = float(value.lstrip("<>="))
        except ValueError:
            return False
        inner = re.match("[<>]=?", value)  # `stars:>10`
        sign = sign if inner is None else inner[0]
        return {">": member > bound, "<": member < bound, ">=": member >= bound, "<=": member <= bound}.get(
            sign, member == bound
        )
    if isinstance(member, str):
        return value.lower() in member.lower() if sign == "~" else value.lower() == member.lower()
    return any(value.lower() == text.lower() for text in _texts(member))


def _texts(value: Any, depth: int = 2) -> list[str]:
    """Return the texts in a resource, and in what is directly in it."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for part in list(parts)[:200] for text in _texts(part, depth - 1)] if depth > 0 else []
