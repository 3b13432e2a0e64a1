"""`WWW-Authenticate` read: which schemes an API asks for, with their parameters (RFC 9110 section 11.6.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_MOST_CHARACTERS = 8_192
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a token is a word of HTTP's grammar
_PIECE = re.compile(
    rf"""\s*(?:
        (?P<name>{_TOKEN})\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>{_TOKEN}))(?=\s*(?:,|$))
        |(?P<scheme>{_TOKEN})(?:\s+(?P<token68>[A-Za-z0-9._~+/-]+=*)(?=\s*(?:,|$)))?
    )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One challenge: its scheme in lower case, its parameters by lower-case name."""

    scheme: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def read_challenges(values: Iterable[str]) -> tuple[Challenge, ...]:
    """Return the challenges of all `WWW-Authenticate` fields in order; what cannot be read ends its field."""
    challenges: list[Challenge] = []
    for value in values:
        challenges += _read(value[:_MOST_CHARACTERS])
    return tuple(challenges)


def _read(value: str) -> list[Challenge]:
    challenges: list[Challenge] = []
    parameters: dict[str, str] = {}
    position = 0
    while position < len(value):
        if value[position] in " \t,":
            position += 1
            continue
        piece = _PIECE.match(value, position)
        if piece is None or piece.end() == position:
            break
        position = piece.end()
        if piece["scheme"]:
            parameters = {"": piece["token68"]} if piece["token68"] else {}
            challenges.append(Challenge(scheme=piece["scheme"].lower(), parameters=parameters))
        elif challenges:
            text = piece["plain"] if piece["quoted"] is None else re.sub(r"\\(.)", r"\1", piece["quoted"])
            parameters.setdefault(piece["name"].lower(), text)
    return challenges
