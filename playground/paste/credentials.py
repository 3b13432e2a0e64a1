"""Credentials in a pasted text: found by their place, taken out, never part of a model (RFC 9110, 11.6.2)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias
from urllib.parse import unquote, unquote_plus

from playground.catalog.model import Entry
from playground.paste.message import PastedMessage
from playground.request.headers import cookie_name
from playground.secrets.detect import is_secret, is_secret_name, secret_names
from playground.text.wording import say

Form: TypeAlias = Literal["bearer", "basic", "key"]

_USER = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)([^/?#@]*)@")
_VARIABLE = r"(?:\$\{?[A-Za-z_]\w*\}?|%\w+%)"
_PLACEHOLDER = re.compile(
    rf"{_VARIABLE}(?::(?:{_VARIABLE})?)?|\{{\{{.*\}}\}}|<.*>|\[.*\]|[*•.]{{3,}}|[xX]{{3,}}"
    r"|(?:[Yy]our|YOUR|[Mm]y|MY)[ _-].*",
    re.DOTALL,
)
"""What stands for a secret in examples and snippets, and is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One credential with where it stood. `form` is what it is: a bearer token, `user:password`, or a bare key.

    `text` is as written in the pasted text (base64 for a Basic header, which `encoded` says); empty for a
    placeholder or a variable, which is no secret and nothing to keep. `declared` says it is an input of the operation.
    """

    form: Form
    location: str
    name: str
    text: str = field(default="", repr=False)
    encoded: bool = False
    declared: bool = False

    @property
    def words(self) -> str:
        """What it is, for a sentence: `a bearer token in the Authorization header`."""
        kind = {"bearer": say("a bearer token"), "basic": say("a user name and password"), "key": say("a key")}[
            self.form
        ]
        place = {
            "header": say("the %(name)s header", name=self.name),
            "query": say("the query (%(name)s)", name=self.name),
            "cookie": say("the cookie %(name)s", name=self.name),
        }
        return say("%(kind)s in %(place)s", kind=kind, place=place.get(self.location, say("--user or the URL")))


def take_secrets(entry: Entry, message: PastedMessage) -> tuple[PastedMessage, tuple[Secret, ...]]:
    """Return the message without credentials, and the credentials.

    Taken are `Authorization` and `Proxy-Authorization`, `--user`, the URL's user info, whatever a security scheme of
    the provider names, parameters that are secrets, and header fields with a secret's name that are no parameter.
    """
    secrets: list[Secret] = []
    url, own = _without_user(message.url)
    secrets += [_secret("basic", "user", "", user) for user in (message.user, own) if user]
    keys = _keys(entry, "header")
    declared = {parameter.name.lower(): parameter for parameter in entry.operation.parameters_in("header")}
    headers: list[tuple[str, str]] = []
    for name, value in message.headers:
        lowered = name.lower()
        if lowered in ("authorization", "proxy-authorization") or lowered in keys:
            secrets.append(_of_header(name, value, key=lowered in keys and lowered != "authorization"))
        elif lowered == "cookie":
            cookies = _without_cookies(entry, value, secrets)
            headers += [(name, cookies)] if cookies else []
        elif lowered in declared and is_secret(entry, declared[lowered]):
            secrets.append(replace(_secret("key", "header", declared[lowered].name, value), declared=True))
        elif lowered not in declared and is_secret_name(name):
            secrets.append(_secret("key", "header", name, value))
        else:
            headers.append((name, value))
    url = _without_query(entry, url, secrets)
    secrets = [secret for at, secret in enumerate(secrets) if secret not in secrets[:at]]
    return replace(message, headers=tuple(headers), url=url, user=""), tuple(secrets)


def _without_user(url: str) -> tuple[str, str]:
    """Split a URL's user info off (RFC 3986 section 3.2.1); it comes decoded."""
    match = _USER.match(url)
    return (match[1] + url[match.end() :], unquote(match[2])) if match else (url, "")


def _keys(entry: Entry, location: str) -> set[str]:
    schemes = entry.provider.security_schemes
    names = {scheme.parameter for scheme in schemes if scheme.type == "apiKey" and scheme.location == location}
    return {name.lower() for name in names} if location == "header" else names


def _secret(form: Form, location: str, name: str, text: str, *, encoded: bool = False) -> Secret:
    plain = "" if _PLACEHOLDER.fullmatch(text[:400]) or text in ("", ":") else text
    return Secret(form=form, location=location, name=name, text=plain, encoded=encoded)


def _of_header(name: str, value: str, *, key: bool) -> Secret:
    word, _, rest = value.partition(" ")
    if key or not rest:
        return _secret("key", "header", name, value)
    if word.lower() == "bearer":
        return _secret("bearer", "header", name, rest.strip())
    if word.lower() == "basic":
        readable = _is_basic(rest.strip())
        return _secret("basic", "header", name, rest.strip() if readable or ":" in rest else "", encoded=readable)
    return _secret("key", "header", name, value)


def _is_basic(text: str) -> bool:
    try:
        return b":" in base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False


def _without_cookies(entry: Entry, value: str, secrets: list[Secret]) -> str:
    own = secret_names(entry, "cookie")
    keys = {cookie_name(name): name for name in (*_keys(entry, "cookie"), *own)}
    rest: list[str] = []
    for piece in value.split(";"):
        name, equals, text = piece.strip().partition("=")
        if equals and name in keys:
            secrets.append(replace(_secret("key", "cookie", keys[name], text), declared=keys[name] in own))
        elif piece.strip():
            rest.append(piece.strip())
    return "; ".join(rest)


def _without_query(entry: Entry, url: str, secrets: list[Secret]) -> str:
    own = secret_names(entry, "query")
    keys = _keys(entry, "query") | own
    address, question, query = url.partition("?")
    if not question:
        return url
    rest: list[str] = []
    for piece in query.split("&"):
        name, equals, text = piece.partition("=")
        decoded = unquote_plus(name)
        if equals and decoded in keys:
            secrets.append(replace(_secret("key", "query", decoded, text), declared=decoded in own))
        else:
            rest.append(piece)
    return address + ("?" + "&".join(rest) if rest else "")
