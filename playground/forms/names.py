"""Names of form inputs: `query.filter/status`, `body/line_items/0/price`, `body/metadata~as` (docs/protocol.md).

Tokens are escaped as in a JSON Pointer (RFC 6901), so `~` is followed by `0` or `1`; a control is `~` and a word.
Characters that do not survive in the name of an input are written as `~2`, their number in hex, and `;`.
"""

from __future__ import annotations

import re

from playground.catalog.model import Location

BODY = "body"
MAX_DEPTH = 60
"""Most tokens of a name that are read; deeper values live in the raw editor only."""
MAX_NAME = 8000
_CONTROL = re.compile(r"~(?=[a-z])")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]")
_UNSAFE = re.compile(r"[\x00-\x1f\ud800-\udfff]")
_WRITTEN = re.compile(r"~2([0-9a-f]{1,4});")


def escape(token: str) -> str:
    """Write a property or parameter name as a token."""
    plain = token.replace("~", "~0").replace("/", "~1")
    return _UNSAFE.sub(lambda match: f"~2{ord(match[0]):x};", plain)


def unescape(token: str) -> str:
    """Read a token."""
    plain = _WRITTEN.sub(lambda match: chr(int(match[1], 16)), token) if "~2" in token else token
    return plain.replace("~1", "/").replace("~0", "~")


def is_typable(text: str) -> bool:
    """Say whether one line of an input can hold the text unchanged."""
    return _UNSAFE.search(text) is None


def parameter_name(location: Location, name: str) -> str:
    """Return the input name of a parameter: `path.session`."""
    return f"{location}.{escape(name)}"


def child(name: str, key: str) -> str:
    """Return the input name of a property or array row below `name`."""
    return f"{name}/{escape(key)}"


def control(name: str, word: str) -> str:
    """Return the input name of a control of `name`: `body/metadata~as`."""
    return f"{name}~{word}"


def split_control(segment: str) -> tuple[str, str]:
    """Split one segment into token and control word: `metadata~as` -> (`metadata`, `as`)."""
    token, *word = _CONTROL.split(segment, maxsplit=1)
    return token, word[0] if word else ""


def place_text(name: str) -> str:
    """Return the place of an input in words: `line_items / 0 / price`, or the name of a parameter."""
    root, *tokens = name.replace("~value/", "/").split("/")
    words = [unescape(token) for token in tokens]
    location, dot, parameter = root.partition(".")
    return " / ".join([unescape(parameter), *words] if dot else words) or location


def element_id(name: str) -> str:
    """Return an HTML id for an input name; different names have different ids."""
    return "f-" + _NOT_PLAIN.sub(_id_character, name)


def _id_character(match: re.Match[str]) -> str:
    character = match[0]
    return {"/": "-", ".": "__"}.get(character) or f"_{ord(character):x}_"
