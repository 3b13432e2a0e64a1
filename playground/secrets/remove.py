"""Secrets taken out of an answer that is kept or given away, where nobody knows them: by name, and by their looks.

What the visitor's own credentials are is known where a message is sent, and they are redacted there. An answer may also
hold secrets that the API has just made: a token, a key, a cookie. Here they are found by the names they have in JSON,
forms, XML, URLs and header fields, and by the looks of keys and tokens. Everything else keeps its spelling.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote_plus

from playground.secrets.detect import is_secret_name
from playground.secrets.redact import MASK

_MEMBER = re.compile(r'("((?:[^"\\\x00-\x1f]|\\.){1,120})"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|$)|-?\d[\d.eE+-]*)', re.DOTALL)
_ELEMENT = re.compile(r"(<([\w.:-]{1,120})(?:\s[^<>]{0,400})?>)([^<>]+)(?=</)")
_PAIR = re.compile(r"((?:^|[?&#;]|&amp;)([\w.\[\]%~-]{1,120})=)([^&#;\s\"'<>]+)")
_USER = re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@\"'<>]+@", re.IGNORECASE)
_COOKIE = re.compile(r"^([^=;]*=)[^;]*")
_KEYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\beyJ[\w-]{8,}\.[\w-]{8,}\.?[\w-]*",
        r"\b(?:sk|rk|whsec|github_pat|glpat|gh[posu]|xox[abprs])[-_](?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{12,}",
        r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
        r"\bAIza[\w-]{35}\b",
    )
)
"""What looks like a key or a token, whatever it is called."""
_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie", "authentication-info", "playground-visitor"})
"""Header fields whose value is a secret; the last one opens what its visitor has made in the sandbox."""


def remove_from_text(text: str) -> tuple[str, int]:
    """Return a text without what could be a secret, each replaced by `•••`, and how many there were."""
    count = 0

    def member(found: re.Match[str]) -> str:
        nonlocal count
        if not is_secret_name(_read(found[2])) or found[3] in ('""', f'"{MASK}"'):
            return found[0]
        count += 1
        return f'{found[1]}"{MASK}"'

    def named(found: re.Match[str]) -> str:
        nonlocal count
        name = unquote_plus(found[2]).rpartition(":")[2].rpartition("[")[2].rstrip("]")
        if not is_secret_name(name) or found[3] == MASK or not found[3].strip():
            return found[0]
        count += 1
        return found[1] + MASK

    def user(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{found[1]}{MASK}@"

    def key(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return MASK

    text = _MEMBER.sub(member, text)
    text = _ELEMENT.sub(named, text)
    text = _PAIR.sub(named, text)
    text = _USER.sub(user, text)
    for pattern in _KEYS:
        text = pattern.sub(key, text)
    return text, count


def remove_from_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return header fields without secrets: cookies keep their names, credentials the word before them."""
    kept: list[tuple[str, str]] = []
    count = 0
    for name, value in headers:
        lower = name.lower()
        if lower == "set-cookie":
            clean = _COOKIE.sub(rf"\1{MASK}", value)
        elif lower in _FIELDS:
            word, blank, _ = value.partition(" ")
            clean = f"{word} {MASK}" if blank and lower != "cookie" else MASK
        elif is_secret_name(name):
            clean = MASK
        else:
            clean, _ = remove_from_text(value)
        count += clean != value
        kept.append((name, clean))
    return tuple(kept), count


def remove_from_value(value: Any) -> Any:
    """Return a JSON value without members whose names say "secret"; texts lose what looks like a key."""
    if isinstance(value, Mapping):
        return {name: remove_from_value(member) for name, member in value.items() if not _is_secret(name, member)}
    if isinstance(value, list):
        return [remove_from_value(member) for member in value]
    return remove_from_text(value)[0] if isinstance(value, str) else value


def _is_secret(name: str, value: Any) -> bool:
    return is_secret_name(name) and not isinstance(value, Mapping | list | bool) and value is not None


def _read(spelled: str) -> str:
    if "\\" not in spelled:
        return spelled
    try:
        return str(json.loads(f'"{spelled}"'))
    except ValueError:
        return spelled
