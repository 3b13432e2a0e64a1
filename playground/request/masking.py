"""Messages as they may be shown: every place of a credential, and every known secret, as `•••`."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote_plus

from playground.catalog.model import Entry
from playground.messages import Headers, HTTPRequest
from playground.request.credentials import Credentials, secrets_of
from playground.request.header_fields import cookie_name
from playground.request.secret_parameters import secret_names

MASK = "•••"

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
    """Return a URL with the values of query keys hidden that security schemes name, or that are secrets."""
    keys = _names(entry, "query")
    address, question, query = url.partition("?")
    if not question or not keys:
        return url
    query, hash_, fragment = query.partition("#")
    return address + "?" + "&".join(_masked_pair(pair, keys) for pair in query.split("&")) + hash_ + fragment


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
