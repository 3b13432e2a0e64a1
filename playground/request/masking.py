"""Messages as they may be shown: every place of a credential, and every known secret, as `•••`."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote_plus

from playground.catalog.model import Entry
from playground.messages import Headers, HTTPRequest
from playground.request.credentials import Credentials, secrets_of
from playground.request.header_fields import cookie_name
from playground.request.secret_parameters import secret_names

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
