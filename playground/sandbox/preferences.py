"""What a request asks of the sandbox itself: the `Prefer` header field (RFC 7240), with Prism's words and our own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from playground.messages import Headers

Failure: TypeAlias = Literal["reset", "timeout", "truncate", "rate-limit"]
"""A failure on request: the connection is reset, no answer comes, the answer ends early, or too many were sent."""

LONGEST_DELAY = 10_000
"""Milliseconds that an answer may be asked to wait."""
_LONGEST = 4000
"""Most characters read of a field."""
_LONGEST_SEED = 64
_CODE = re.compile(r"[2-5][0-9]{2}")
_PREFERENCE = re.compile(r'\s*([!#$%&\'*+\-.^_`|~\w]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^,;\s"]*)\s*', re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The preferences of one request; what is not understood counts as not there.

    `code` is 0 without one; `delay` is in milliseconds, at most `LONGEST_DELAY`; `dynamic` leaves the description's
    examples aside; `validation` is false where the request is not to be judged; `handling=lenient` refuses nothing
    with a status that the operation does not describe.
    """

    code: int = 0
    example: str = ""
    dynamic: bool = False
    delay: int = 0
    failure: Failure | None = None
    seed: str = ""
    validation: bool = True
    lenient: bool = False

    @classmethod
    def of(cls, headers: Headers) -> Preferences:
        """Read the preferences of a request's header fields."""
        values = read_preferences(headers.get_all("Prefer"))
        if not values:
            return _NONE
        code, delay = values.get("code", ""), values.get("delay", "")
        failure = values.get("failure", "").lower()
        return cls(
            code=int(code) if _CODE.fullmatch(code) else 0,
            example=values.get("example", ""),
            dynamic=values.get("dynamic", "").lower() == "true",
            delay=min(int(delay), LONGEST_DELAY) if re.fullmatch("[0-9]{1,6}", delay) else 0,
            failure=next((known for known in get_args(Failure) if known == failure), None),
            seed=values.get("seed", "")[:_LONGEST_SEED],
            validation=values.get("validation", "").lower() not in ("off", "false"),
            lenient=values.get("handling", "").lower() == "lenient",
        )


_NONE = Preferences()


def read_preferences(fields: Iterable[str]) -> Mapping[str, str]:
    """Read `Prefer` fields: names in lower case, the first value of each counts, unreadable pieces are left out."""
    preferences: dict[str, str] = {}
    for found in _PREFERENCE.finditer(",".join(fields)[:_LONGEST]):
        name, value = found.groups()
        plain = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        preferences.setdefault(name.lower(), plain)
    return preferences
