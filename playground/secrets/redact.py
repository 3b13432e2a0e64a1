"""Messages as they may be shown: every place of a credential, and every known secret, as `•••`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote_plus

from playground.catalog.model import Entry
from playground.messages import Headers, HTTPRequest
from playground.request.headers import cookie_name
from playground.secrets.credentials import Credentials, secrets_of
from playground.secrets.detect import secret_names

MASK = "•••"

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ALWAYS = frozenset({"authorization", "proxy-authorization"})


def mask(entry: Entry, request: HTTPRequest, credentials: Credentials | None = None) -> HTTPRequest:
    """Return the request with credentials hidden in URL and header fields; the content is the visitor's own text.

    The places are those of all the provider's schemes; with `credentials` their texts and own headers are hidden too.
    An `Authorization` keeps the word before its secret.
    """
    secrets = secrets_of(credentials) if credentials is not None else ()
    own = {name.lower() for name in credentials.headers} if credentials is not None else set()
    keys = own | {name.lower() for name in _names(entry, "header")}
    cookies = {cookie_name(name) for name in _names(entry, "cookie")}

    def header(name: str, text: str) -> str:
        if name.lower() in _ALWAYS:
            word, blank, _ = text.partition(" ")
            return f"{word} {MASK}" if blank else MASK
        if name.lower() in keys:
            return MASK
        if name.lower() == "cookie":
            text = "; ".join(_masked_pair(pair, cookies) for pair in text.split("; "))
        return _redact(text, secrets)

    headers = Headers.of((name, header(name, text)) for name, text in request.headers)
    return replace(request, url=_redact(mask_url(entry, request.url), secrets), headers=headers)


def mask_url(entry: Entry, url: str) -> str:
    """Return a URL with what is secret of its path hidden, and the values of query keys that security schemes name."""
    keys = _names(entry, "query")
    address, question, query = url.partition("?")
    if hidden := secret_names(entry, "path"):
        address = _masked_path(entry.operation.path, address, hidden)
        url = address + question + query
    if not question or not keys:
        return url
    query, hash_, fragment = query.partition("#")
    return address + "?" + "&".join(_masked_pair(pair, keys) for pair in query.split("&")) + hash_ + fragment


def _masked_path(template: str, address: str, names: frozenset[str]) -> str:
    """Hide these variables where the address ends as the path template does; a placeholder stays."""
    pieces = _VARIABLE.split(template.partition("?")[0].partition("#")[0])
    found = re.search("(.*?)".join(map(re.escape, pieces[::2])) + "$", address, re.DOTALL)
    if found is None:
        return address
    for place in range(len(pieces) // 2, 0, -1):
        name, text = pieces[2 * place - 1], found[place]
        if name in names and text and text != f"{{{name}}}":
            address = address[: found.start(place)] + MASK + address[found.end(place) :]
    return address


def _names(entry: Entry, location: str) -> set[str]:
    schemes = entry.provider.security_schemes
    keys = {scheme.parameter for scheme in schemes if scheme.type == "apiKey" and scheme.location == location}
    return keys | secret_names(entry, location)


def _masked_pair(pair: str, names: set[str]) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={MASK}" if equals and (name in names or unquote_plus(name) in names) else pair


def _redact(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


_MASK = MASK.encode()


class Redactor:
    """Replaces every secret by `•••` in bytes that come in pieces, also where a secret spans two of them.

    Finds a secret as JSON and as JSON with escaped slashes write it. Only bytes that may be the beginning of a secret
    are held back until the next piece; `end` gives them out. What comes out does not depend on where the pieces end.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        self._spellings = [spelling.encode("utf-8", "surrogatepass") for spelling in spellings(secrets)]
        self._longest = max(map(len, self._spellings), default=0)
        # The longest first, so that of two secrets that begin alike the whole one goes.
        self._found = re.compile(b"|".join(map(re.escape, self._spellings)) or b"(?!)")
        self._beginnings = {spelling[:1] for spelling in self._spellings}
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
                if any(len(rest) < len(spelling) and spelling.startswith(rest) for spelling in self._spellings):
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
