"""Server Objects: addresses made absolute where the document's own is known (OpenAPI 3.1 section 4.8.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from playground.catalog.model import Server, ServerVariable
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.values import text
from playground.origins import origin_of

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)")
_USER = re.compile(r"^((?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//)[^/?#]*@")
_HEAD = re.compile(r"(?:(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//|(?=[^/]*\.))[^/?#]*")
_BLANK = re.compile(r"\s")
_BARE_HOST = re.compile(r"(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)(?::\d+)?(?:/|$)")
_THIS_MACHINE = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)


def read_servers(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> tuple[Server, ...]:
    """Return the `servers` of a document, path item or operation; empty when it lists none that can be used."""
    servers: dict[Server, None] = {}
    for index, value in enumerate(reader.list_in(holder, "servers", where)):
        server = reader.shared(value, ((where, "servers"), index), "server", partial(_read_server, reader))
        if server is not None:
            servers[server] = None
    return _secure_first(tuple(servers)) or (extended_servers(reader, holder, where) if "servers" not in holder else ())


def _secure_first(servers: tuple[Server, ...]) -> tuple[Server, ...]:
    """Return the servers, `https` before the `http` of the same address: the first one is sent to unless another is."""
    ordered: dict[str, Server] = {}
    listed = {server.url: server for server in servers}
    for server in servers:
        if server.url[:7].lower() == "http://" and (twin := listed.get(f"https://{server.url[7:]}")) is not None:
            ordered.setdefault(twin.url, twin)
        ordered.setdefault(server.url, server)
    return tuple(ordered.values()) if len(listed) == len(servers) else servers


def extended_servers(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> tuple[Server, ...]:
    """Return the servers of `x-servers`, which documents and path items of 2.0 have in place of one host."""
    if not isinstance(holder.get("x-servers"), list):
        return ()
    return read_servers(reader, {"servers": holder["x-servers"]}, where)


def default_servers(reader: DocumentReader) -> tuple[Server, ...]:
    """Return the server of a document that lists none: the root of its own address (OpenAPI 3.1 section 4.8.1)."""
    return (Server(url=absolute_url(reader, "/")),)


def _read_server(reader: DocumentReader, value: dict[str, Any], where: Where) -> Server | None:
    url = value.get("url")
    if not isinstance(url, str):
        reader.problems.error(
            (where, "url"), f"A server's url must be text, not {kind_of(url)}; it is left out: write its address."
        )
        return None
    # An empty address means the same server, as "/" does.
    url = url.strip() or "/"
    scheme = _SCHEME.match(url)
    if scheme and scheme.group(1).lower() not in ("http", "https"):
        reader.problems.error(
            (where, "url"),
            f"The server {quoted(url)} is neither http nor https; it is left out: "
            "add the address that takes HTTP requests.",
        )
        return None
    if (bare := _USER.sub(r"\1", url)) != url:
        reader.problems.warn(
            (where, "url"),
            "A server's address holds a user or a password; they are left out: send them as credentials.",
        )
        url = bare
    if "?" in url or "#" in url:
        reader.problems.warn(
            (where, "url"), f"What follows ? or # in the server {quoted(url)} is not sent: move it to the operations."
        )
    url = with_blanks_encoded(reader, url, (where, "url"))
    if not any(character.isalnum() or character == "/" for character in url) or re.search(r"[\s<>]", url):
        reader.problems.warn(
            (where, "url"), f"The server {quoted(url)} is not an address; type another one before sending."
        )
        resolved = url
    else:
        resolved = absolute_url(reader, url)
    description = text(value.get("description")) or text(value.get("name")) or text(value.get("x-fern-server-name"))
    return Server(url=resolved, description=description, variables=_read_variables(reader, value, url, where))


def with_blanks_encoded(reader: DocumentReader, url: str, where: Where) -> str:
    """Return the address with the blanks of its path as a request sends them; a host cannot have any."""
    if "/" not in url:  # words in the place of an address
        return url
    head = _HEAD.match(url)
    if head is None and not url.startswith(("/", ".", "{")):
        return url  # words, such as "Your API URL"
    place = head.end() if head is not None else 0
    path = _BLANK.sub(lambda blank: quote(blank[0]), url[place:])
    if path != url[place:]:
        message = f"The path of the server {quoted(url)} holds a blank, which is sent encoded: write it as %20."
        reader.problems.warn(where, message)
    return url[:place] + path


def absolute_url(reader: DocumentReader, url: str) -> str:
    """Resolve a server's template against the document's address; without one it stays as it is."""
    if url.startswith("//"):
        # A relative reference has the scheme of what it stands in (RFC 3986 section 5.2.2).
        return f"{urlsplit(reader.source_url or '').scheme or scheme_of(reader, url[2:])}:{url}"
    if _SCHEME.match(url) and "://" in url:
        return url
    if _BARE_HOST.match(url):
        return f"{scheme_of(reader, url)}://{url}"
    # A variable at the start may hold a scheme and a host.
    if reader.source_url is None or url.startswith("{"):
        return url
    try:
        return urljoin(reader.source_url, url)
    except ValueError:
        return url


def scheme_of(reader: DocumentReader, address: str) -> str:
    """Return the scheme of an address that names none: that of the document's own host, `http` on this machine."""
    own = urlsplit(reader.source_url or "")
    if own.netloc and own.netloc.lower() == re.split(r"[/?#]", address, maxsplit=1)[0].lower():
        return own.scheme
    return "http" if _THIS_MACHINE.match(address) else "https"


def _read_variables(
    reader: DocumentReader, value: dict[str, Any], url: str, where: Where
) -> tuple[ServerVariable, ...]:
    described = {name: (member, place) for name, member, place in reader.members(value, "variables", where)}
    variables: list[ServerVariable] = []
    for name in dict.fromkeys(_VARIABLE.findall(url)):
        if name not in described:
            reader.problems.warn(
                (where, "variables"), f"The server variable {quoted(name)} is not described: add it to variables."
            )
            variables.append(ServerVariable(name=name))
            continue
        member, place = described[name]
        variable = reader.shared(member, place, "server variable", partial(_read_variable, reader))
        variables.append(replace(variable, name=name) if variable else ServerVariable(name=name))
    return tuple(variables)


def _read_variable(reader: DocumentReader, value: dict[str, Any], where: Where) -> ServerVariable:
    name = where[1] if where else ""
    choices = tuple(dict.fromkeys(text(choice) for choice in reader.list_in(value, "enum", where)))
    default = text(value.get("default"))
    if "default" not in value:
        reader.problems.warn(
            (where, "default"),
            f"The server variable {quoted(name)} has no default: give it the value that is meant without a choice.",
        )
        default = choices[0] if choices else ""
    if choices and default not in choices:
        reader.problems.warn(
            (where, "default"), f"The default of {quoted(name)} is not among its values: add it, or choose one of them."
        )
        choices = (default, *choices) if default else choices
    return ServerVariable(name=text(name), default=default, enum=choices, description=text(value.get("description")))


def origin_of_server(server: Server) -> str:
    """Return a server's origin with its variables' defaults filled in, empty if that is no http address."""
    defaults = {variable.name: variable.default for variable in server.variables}
    return origin_of(_VARIABLE.sub(lambda match: defaults.get(match.group(1), match.group(0)), server.url))


def fixed_server(url: str) -> Server:
    """Return the server of an override; variables in it have no default."""
    return Server(url=url, variables=tuple(ServerVariable(name=name) for name in dict.fromkeys(_VARIABLE.findall(url))))
