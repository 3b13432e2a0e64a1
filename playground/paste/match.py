"""The operation that a pasted message is for: which server has its URL, and which path template fits the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from playground.catalog.model import SANDBOX, Entry, Server
from playground.paste.message import PastedMessage
from playground.request.server import servers_of

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_SANDBOX_HOST = "sandbox.invalid"
_DROPPED = 4
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A URL cut up; path and query are as written."""

    scheme: str
    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A way to read the URL: at this server with these variables, `path` is the rest.

    `server` is `None` where no server says so; then `known` is false if the URL names a host at all.
    """

    path: str
    server: str | None = None
    variables: tuple[tuple[str, str], ...] = ()
    known: bool = True


def split_url(url: str) -> Address:
    """Cut up a URL or a path; it never fails."""
    match = _PARTS.fullmatch(url)
    scheme, authority, path, query = match.groups(default="") if match else ("", "", url, "")
    host = authority.rpartition("@")[2].lower()
    return Address(scheme=scheme.lower(), host=host, path=path or "/", query=query)


def bases(address: Address, servers: Sequence[Server]) -> Iterator[Base]:
    """Give the ways to read an address, the surest first: a server by host and path, by its path alone, none at all."""
    if address.host == _SANDBOX_HOST:
        yield Base(path=address.path, server=SANDBOX)
    ways = [(base, server) for server in servers if (base := _at(address, server)) is not None]
    # The scheme as written first: some APIs list a server for each.
    for base, _ in sorted(ways, key=lambda way: (_scheme_of(way[1]) not in ("", address.scheme), -len(way[1].url))):
        yield base
    known = not address.host or address.host == _SANDBOX_HOST
    rests = {_below(address.path, _path_of(server.url)) for server in servers}
    for rest in sorted((rest for rest in rests if rest is not None), key=len):
        yield Base(path=rest, known=known)
    segments = address.path.split("/")
    for count in range(min(_DROPPED, len(segments) - 1) + 1):
        yield Base(path="/" + "/".join(segments[count + 1 :]) if count else address.path, known=known)


def _at(address: Address, server: Server) -> Base | None:
    if not address.host:
        return None
    pattern, names = "", []
    at = 0
    for match in _VARIABLE.finditer(server.url):
        pattern += re.escape(server.url[at : match.start()]) + ("(.+)" if match.start() == 0 else "([^/?#]+?)")
        names.append(match[1])
        at = match.end()
    rest = server.url[at:].rstrip("/")
    if len(names) > 8:
        return None
    pattern = re.sub(r"\A(?:https?:)?//", "(?:https?:)?//", pattern + re.escape(rest), flags=re.IGNORECASE)
    filled = re.match(
        pattern + r"(?=/|\Z)", f"{address.scheme or 'https'}://{address.host}{address.path}", re.IGNORECASE
    )
    if filled is None:
        return None
    defaults = {variable.name: variable.default for variable in server.variables}
    values = [(name, text) for name, text in zip(names, filled.groups(), strict=True) if defaults.get(name) != text]
    whole = f"{address.scheme or 'https'}://{address.host}{address.path}"
    return Base(path=whole[filled.end() :] or "/", server=server.url, variables=tuple(dict(values).items()))


def _scheme_of(server: Server) -> str:
    scheme = server.url.partition("://")[0]
    return scheme.lower() if scheme.lower() in ("http", "https") else ""


def _path_of(url: str) -> str:
    return (
        split_url(_VARIABLE.sub("x", url)).path.rstrip("/")
        if "{" not in url.partition("://")[2].partition("/")[2]
        else ""
    )


def _below(path: str, base: str) -> str | None:
    return path[len(base) :] or "/" if base and (path == base or path.startswith(base + "/")) else None


class Route(Protocol):
    """What the catalogue says of an operation that a path leads to."""

    @property
    def name(self) -> str:
        """The operation's canonical name."""

    @property
    def path(self) -> str:
        """Its path template."""


Find = Callable[[str, str], Sequence[Route]]
"""Method and path to the operations they lead to, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The operation a message is for, and how its URL was read."""

    name: str
    base: Base


def match_message(message: PastedMessage, servers: Sequence[Server], find: Find, *, here: Entry | None) -> Match | None:
    """Return the operation of a message: this page's if it fits, else the most literal one; `None` if none.

    A body alone, or a message without a URL, is for this page's operation.
    """
    if not message.url:
        return Match(name=here.operation.name, base=Base(path="")) if here is not None else None
    address = split_url(message.url)
    own = servers_of(here) if here is not None else ()
    known = {server.url: server for server in (*own, *servers)}
    for base in bases(address, tuple(known.values())):
        methods = (message.method,) if message.method else _methods(here)
        for method in methods:
            routes = _ordered(find(method, base.path), address, message, here.operation.name if here else "")
            if routes:
                return Match(name=routes[0].name, base=base)
    return None


def _methods(here: Entry | None) -> tuple[str, ...]:
    """Return the methods a bare URL may be meant for: this page's first, then the usual ones."""
    return tuple(dict.fromkeys((here.operation.method.upper(), *_METHODS))) if here is not None else _METHODS


def _ordered(routes: Sequence[Route], address: Address, message: PastedMessage, here: str) -> list[Route]:
    """Order operations of one path by what their templates write after `?` or `#` (`/#Action=RunInstances`)."""
    if len(routes) < 2:
        return list(routes)
    content = message.content.decode("utf-8", "replace") if message.content else ""
    pieces = {*address.query.split("&"), *content.split("&")}
    pieces |= {f"{name}={value}" for name, value in message.headers}

    def missed(route: Route) -> int:
        _, mark, rest = route.path.replace("?", "#", 1).partition("#")
        wanted = [piece for piece in rest.split("&") if piece and "{" not in piece] if mark else []
        return sum(-1 if piece in pieces else 2 for piece in wanted)

    plain = routes[0].path.replace("?", "#").partition("#")[0]
    # Only operations of the same path are told apart this way; a more literal path comes first whatever it writes.
    alike = [route for route in routes if route.path.replace("?", "#").partition("#")[0] == plain]
    return sorted(alike, key=lambda route: (missed(route), route.name != here))
