"""A pasted message and its operation: what it says as a request model, and in words what found no place there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from playground.catalog.model import LOCATIONS, Entry, Location, Server
from playground.paste.address import Address, Base, bases, split_url
from playground.paste.body import read_body
from playground.paste.credentials import Secret, take_secrets
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_header_value, read_pairs, read_path_value
from playground.request.errors import shown
from playground.request.media_types import accept
from playground.request.model import RequestModel, Value
from playground.request.server import servers_of
from playground.text.wording import say

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "QUERY")
_OWN_FIELDS = frozenset(
    """
    accept accept-charset accept-encoding accept-language cache-control connection content-length content-type dnt
    expect host if-none-match keep-alive origin pragma priority proxy-connection referer te transfer-encoding
    upgrade-insecure-requests user-agent x-requested-with
    """.split()  # noqa: SIM905 - a list to read
)
"""Header fields that browsers and clients write by themselves: they say nothing of what was asked for."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A message read for its operation. `unplaced` are sentences without any pasted value."""

    model: RequestModel
    unplaced: tuple[str, ...]
    secrets: tuple[Secret, ...]


def match_message(message: PastedMessage, servers: Sequence[Server], find: Find, *, here: Entry | None) -> Match | None:
    """Return the operation of a message: this page's if it fits, else the provider's most literal one; `None` if none.

    A body alone, or a message without a URL, is for this page's operation.
    """
    if not message.url:
        return Match(name=here.operation.name, base=Base(path="")) if here is not None else None
    address = split_url(message.url)
    own = servers_of(here) if here is not None else ()
    known = {one.url: one for one in (*own, *servers)}
    for base in bases(address, tuple(known.values())):
        methods = (message.method,) if message.method else _methods(here)
        for method in methods:
            routes = _told_apart(find(method, base.path), address, message, here.operation.name if here else "")
            if routes:
                return Match(name=routes[0].name, base=base)
    return None


def _methods(here: Entry | None) -> tuple[str, ...]:
    """Return the methods a bare URL may be meant for: this page's first, then the usual ones."""
    return tuple(dict.fromkeys((here.operation.method.upper(), *_METHODS))) if here is not None else _METHODS


def _told_apart(routes: Sequence[Route], address: Address, message: PastedMessage, here: str) -> list[Route]:
    """Order operations of one path by what their templates write after `?` or `#` (`/#Action=RunInstances`)."""
    if len(routes) < 2:
        return list(routes)
    content = message.content.decode("utf-8", "replace") if message.content else ""
    said = {*address.query.split("&"), *content.split("&")}
    said |= {f"{name}={value}" for name, value in message.headers}

    def missed(route: Route) -> int:
        _, mark, rest = route.path.replace("?", "#", 1).partition("#")
        wanted = [one for one in rest.split("&") if one and "{" not in one] if mark else []
        return sum(-1 if one in said else 2 for one in wanted)

    plain = routes[0].path.replace("?", "#").partition("#")[0]
    # Only operations of the same path are told apart this way; a more literal path comes first whatever it writes.
    alike = [one for one in routes if one.path.replace("?", "#").partition("#")[0] == plain]
    return sorted(alike, key=lambda one: (missed(one), one.name != here))


def _pattern(template: str) -> re.Pattern[str]:
    """Return the expression that a filled path fits; a variable may hold slashes only if nothing else fits."""
    path = template.partition("#")[0].partition("?")[0]
    pieces, at = [], 0
    for match in _VARIABLE.finditer(path):
        pieces += [_literal(path[at : match.start()]), "(.+?)"]
        at = match.end()
    return re.compile("".join([*pieces, _literal(path[at:])]), re.DOTALL)


def _literal(text: str) -> str:
    """Return an expression for template text that matches its characters encoded or not."""
    return "".join(
        re.escape(one) if re.fullmatch(r"[\w/.~-]", one, re.ASCII)
        else f"(?:{re.escape(one)}|{''.join(f'%{byte:02X}' for byte in one.encode('utf-8', 'replace'))})"
        for one in text
    )  # fmt: skip


def read_message(entry: Entry, message: PastedMessage, base: Base) -> Reading:
    """Read a message for an operation. What fits no input is named in `unplaced`; secrets are taken out first."""
    message, secrets = take_secrets(entry, message)
    address = split_url(message.url) if message.url else Address(scheme="", host="", path="", query="")
    parameters: dict[Location, dict[str, Value]] = {location: {} for location in LOCATIONS}
    unplaced: list[str] = list(message.missing)
    if message.url and not base.known:
        unplaced.append(say("It names a host that is none of this API's servers: the chosen server stays."))
    _read_path(entry, base.path, parameters["path"])
    pairs = Pairs.of(address.query)
    if message.kind == "form body" and entry.operation.request_body is None:
        pairs = Pairs.of((message.content or b"").decode("utf-8", "replace"))
        message = PastedMessage(kind=message.kind)
    _drop_written(entry, pairs)
    _take(entry, "query", pairs, parameters)
    unplaced += _nowhere("query", [name for name, _ in pairs.left])
    cookies = Pairs.of(message.header("cookie"), separator=";", decode=unquote)
    _take(entry, "cookie", cookies, parameters)
    unplaced += _nowhere("cookie", [name for name, _ in cookies.left])
    unplaced += _nowhere("header", _read_headers(entry, message, parameters["header"]))
    body = read_body(entry, message)
    unplaced += body.unplaced
    return Reading(
        model=RequestModel(
            server=base.server,
            server_variables=dict(base.variables),
            parameters={location: values for location, values in parameters.items() if values},
            media_type=body.media_type,
            body=body.value,
            raw=body.raw,
        ),
        unplaced=tuple(dict.fromkeys(unplaced)),
        secrets=secrets,
    )


def _read_path(entry: Entry, path: str, found: dict[str, Value]) -> None:
    names = _VARIABLE.findall(entry.operation.path.partition("#")[0].partition("?")[0])
    match = _pattern(entry.operation.path).fullmatch(path)
    declared = {one.name: one for one in entry.operation.parameters_in("path")}
    for name, raw in zip(names, match.groups() if match else (), strict=False):
        # A snippet of an empty form leaves the variable as it is in the template.
        if name in declared and unquote(raw) != f"{{{name}}}":
            found.setdefault(name, read_path_value(declared[name], raw, entry.definitions))


def _drop_written(entry: Entry, pairs: Pairs) -> None:
    """Take out what the path template itself writes into the query (`?action=list`), and read its path variables."""
    _, _, query = entry.operation.path.partition("#")[0].partition("?")
    for piece in query.split("&"):
        name, _, text = piece.partition("=")
        if piece and "{" not in text:
            pairs.take(unquote(name).__eq__)


def _take(entry: Entry, location: Location, pairs: Pairs, parameters: dict[Location, dict[str, Value]]) -> None:
    if location == "query":
        _, _, written = entry.operation.path.partition("#")[0].partition("?")
        declared = {one.name: one for one in entry.operation.parameters_in("path")}
        for name, _, text in (piece.partition("=") for piece in written.split("&")):
            variable = _VARIABLE.fullmatch(text)
            if variable is not None and variable[1] in declared:
                taken = pairs.take(unquote(name).__eq__)
                if taken and unquote(taken[0][1]) != text:
                    value = read_path_value(declared[variable[1]], taken[0][1], entry.definitions)
                    parameters["path"].setdefault(variable[1], value)
    wanted = list(entry.operation.parameters_in(location))
    whole = next((one for one in wanted if one.style == "querystring"), None)
    if whole is not None and pairs.left:
        text = "&".join(f"{name}={value}" if value else name for name, value in pairs.left)
        pairs.left = []
        parameters[location][whole.name] = read_header_value(whole, unquote(text), entry.definitions)
        return
    values = {parameter.name: value for parameter, value in read_pairs(wanted, pairs, entry.definitions)}
    parameters[location].update({one.name: values[one.name] for one in wanted if one.name in values})


def _read_headers(entry: Entry, message: PastedMessage, found: dict[str, Value]) -> list[str]:
    """Read header parameters; return the names of fields that are none and were not written by a client by itself."""
    declared = {one.name.lower(): one for one in reversed(entry.operation.parameters_in("header"))}
    rest: list[str] = []
    values: dict[str, str] = {}
    for name, text in message.headers:
        lowered = name.lower()
        if lowered in declared:
            values[lowered] = f"{values[lowered]},{text}" if lowered in values else text
        elif lowered not in _OWN_FIELDS and lowered != "cookie" and not lowered.startswith("sec-"):
            rest.append(name)
    for one in entry.operation.parameters_in("header"):
        text = values.get(one.name.lower(), "")
        if one.name.lower() in values and one.name not in found and not _is_own(one.name, text, entry):
            found[one.name] = read_header_value(one, text, entry.definitions)
    return rest


def _is_own(name: str, text: str, entry: Entry) -> bool:
    """Say whether a field says only what the playground writes there by itself."""
    if name.lower() == "accept":
        return text == accept(entry)
    body = entry.operation.request_body
    names = [media_type.name for media_type in body.media_types] if body is not None else []
    return name.lower() == "content-type" and (text in names or "boundary=" in text)


def _nowhere(location: Location, names: Sequence[str]) -> list[str]:
    """Return the sentences for what is no input here: names only, since a value might be a secret."""
    return [_unknown(location, shown(name)) for name in dict.fromkeys(names)][:20]


def _unknown(location: Location, name: str) -> str:
    if location == "query":
        return say("The query parameter %(name)s: this operation describes none of that name.", name=name)
    if location == "cookie":
        return say("The cookie %(name)s: this operation describes none of that name.", name=name)
    return say("The header %(name)s: this operation describes none of that name.", name=name)
