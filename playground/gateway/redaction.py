"""Strikes secrets out of what is shown: text, whole content, and content that comes in pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from playground.request.masking import MASK

_MASK = MASK.encode()


class Redactor:
    """Replaces every secret by `•••` in bytes that come in pieces, also where a secret spans two of them.

    Finds a secret as JSON and as JSON with escaped slashes write it. Only bytes that may be the beginning of a secret
    are held back until the next piece; `end` gives them out. What comes out does not depend on where the pieces end.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._spellings = [one.encode("utf-8", "surrogatepass") for one in spellings(secrets)]
        self._longest = max(map(len, self._spellings), default=0)
        # The longest first, so that of two secrets that begin alike the whole one goes.
        self._found = re.compile(b"|".join(map(re.escape, self._spellings)) or b"(?!)")
        self._beginnings = {one[:1] for one in self._spellings}
        self._held = b""

    def __bool__(self) -> bool:
        return bool(self._spellings)

    def feed(self, piece: bytes) -> bytes:
        """Return what can be given out of everything so far."""
        if not self._spellings:
            return piece
        data = self._held + piece
        out: list[bytes] = []
        position = 0
        held = self._beginning_of_a_secret(data, position)
        while (match := self._found.search(data, position)) is not None and match.start() < held:
            out += (data[position : match.start()], _MASK)
            position = match.end()
            if position > held:
                held = self._beginning_of_a_secret(data, position)
        out.append(data[position:held])
        self._held = data[held:]
        return b"".join(out)

    def end(self) -> bytes:
        """Return what was held back."""
        held, self._held = self._held, b""
        return self._found.sub(_MASK, held)

    def over(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces without the secrets."""
        for piece in pieces:
            if clean := self.feed(piece):
                yield clean
        if rest := self.end():
            yield rest

    def whole(self, data: bytes) -> bytes:
        """Return content that is all there without the secrets."""
        return self._found.sub(_MASK, data) if self._spellings else data

    def _beginning_of_a_secret(self, data: bytes, start: int) -> int:
        """Return where the first run begins that reaches the end and could go on to be a secret; else the length."""
        for place in range(max(start, len(data) - self._longest + 1), len(data)):
            if data[place : place + 1] in self._beginnings:
                rest = data[place:]
                if any(len(rest) < len(one) and one.startswith(rest) for one in self._spellings):
                    return place
        return len(data)


def redact_text(text: str, secrets: Iterable[str]) -> str:
    """Return text with every secret replaced by `•••`, the longest first."""
    found = [one for one in secrets if one and one in text]  # a sentence without one stays what it is: `Said`
    for secret in sorted(found, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def spellings(secrets: Iterable[str]) -> tuple[str, ...]:
    """Return the secrets and how JSON writes them, the longest first."""
    found: set[str] = set()
    for secret in secrets:
        escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        found |= {secret, *escaped, *(text.replace("/", "\\/") for text in escaped)}
    return tuple(sorted((one for one in found if one), key=lambda one: (-len(one), one)))
