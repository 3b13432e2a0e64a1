"""The header fields of an answer: those that the description names, with values that are true where they can be."""

from __future__ import annotations

from collections.abc import Iterable

from playground.catalog.model import Entry, Response
from playground.httpsyntax import is_sendable, is_token
from playground.request.parameters import delimiter_of
from playground.request.text import is_list, text_of
from playground.sandbox.generate import Making
from playground.values.scene import words_of

_MOST = 40
_LONGEST = 1000
_FRAMING = frozenset((
    "content-type", "content-length", "content-encoding", "transfer-encoding", "connection", "date", "trailer",
    "upgrade", "keep-alive", "te", "proxy-authenticate",
))  # fmt: skip
"""Response header fields that frame the message; the description's are not repeated."""


def described_headers(
    response: Response | None,
    make: Making,
    *,
    own: Iterable[tuple[str, str]] = (),
    total: int | None = None,
    tag: str = "",
) -> list[tuple[str, str]]:
    """Return a response's described header fields, and `own` ones, which take the place of described ones."""
    known = {name.lower(): value for name, value in own}
    fields: list[tuple[str, str]] = []
    for header in (response.headers if response else ())[:_MOST]:
        name = header.name.lower()
        if name in _FRAMING or not is_token(header.name):
            continue
        text = known.pop(name, None)
        if text is None:
            text = _true_value(header.name, make, total, tag)
        if text is None and name == "link":
            continue  # there is another page only where the memory says so
        if text is None:
            value = make.value(header.schema, header.name)
            text = delimiter_of(header.schema).join(map(text_of, value)) if is_list(value) else text_of(value)
            if name == "etag" and not text.endswith('"'):
                text = f'"{text}"'  # an entity tag is quoted (RFC 9110 section 8.8.3)
        if is_sendable(text) and len(text) <= _LONGEST:
            fields.append((header.name, text))
    fields += [(name, value) for name, value in own if name.lower() in known and is_sendable(value)]
    return fields


def _true_value(name: str, make: Making, total: int | None, tag: str) -> str | None:
    words = words_of(name)
    if name.lower() == "etag" and tag:
        return tag
    if name.lower() in ("location", "content-location"):
        return make.address
    if (
        total is not None
        and "total" in words
        and (words[-1] in ("count", "total", "records", "items") or len(words) < 3)
    ):
        return str(total)
    return None


def challenge(entry: Entry, *, browser: bool) -> list[tuple[str, str]]:
    """Return the challenges of a 401 (RFC 9110 section 11.6.1).

    A browser gets none for Basic: it would ask its user for a password that no page wants.
    """
    words: dict[str, None] = {}
    schemes = entry.provider.schemes_by_name()
    for alternative in entry.operation.security or ():
        for use in alternative:
            scheme = schemes.get(use.scheme)
            if scheme is not None and scheme.type != "apiKey":
                words[scheme.scheme.capitalize() if scheme.type == "http" and scheme.scheme else "Bearer"] = None
    shown = [word for word in words if is_token(word) and not (browser and word in ("Basic", "Digest"))]
    return [("WWW-Authenticate", f'{word} realm="sandbox"') for word in shown]
