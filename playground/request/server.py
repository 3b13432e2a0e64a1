"""From the chosen server to an absolute base URL (OpenAPI 3.1 sections 4.8.5 and 4.8.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playground.catalog.model import SANDBOX, Entry, Server
from playground.config import SandboxMode
from playground.request.errors import UnknownServer, shown
from playground.request.model import RequestModel
from playground.request.text import percent_encode
from playground.text.wording import say

SANDBOX_BASE = "https://sandbox.invalid"
"""What a sandbox request is addressed to when the description names no usable server (RFC 2606: never resolves)."""

_USER = re.compile(r"//[^/?#]*@")
_HIDDEN_QUERY = re.compile(r"([?#]).*", re.DOTALL)
OTHER = "other"
"""What a form says for a server that the visitor types and has not typed yet."""

NO_SERVER = "{server}"
"""What a URL with placeholders begins with when the description names no usable server."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ABSOLUTE = re.compile(r"(https?)://([^/?#]+)([^?#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s\[\]:@/\\?#%<>\"'`^|{},\x00-\x20\x7f-\x9f]+)(:[0-9]{1,5})?")
_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")


def servers_of(entry: Entry) -> tuple[Server, ...]:
    """Return the servers in force for the operation; the provider's where it lists none; possibly none at all.

    One with a scheme and a host comes before one that is only a path, to which nothing can be sent.
    """
    servers = entry.operation.servers or entry.provider.servers
    if len(servers) < 2 or is_complete(servers[0]):
        return servers
    return tuple(sorted(servers, key=lambda server: not is_complete(server)))


def default_server(entry: Entry, sandbox: SandboxMode = "on") -> str:
    """Return what the form starts with: `SANDBOX`, or the first server's URL template.

    The sandbox comes first where the provider asks for it, where nothing else is allowed, and where no server is known.
    """
    servers = servers_of(entry)
    if sandbox == "only" or (sandbox == "on" and (entry.provider.sandbox_first or not servers)):
        return SANDBOX
    return servers[0].url if servers else ""


def relative_path(entry: Entry) -> str:
    """Return the path of a description that says where its API is on its server, but not which one that is."""
    servers = servers_of(entry)
    url = servers[0].url if servers else ""
    return _path(url) if url.startswith("/") and not url.startswith("//") and _VARIABLE.search(url) is None else ""


def expand_server(entry: Entry, model: RequestModel, *, placeholders: bool = False) -> str:
    """Return the absolute base URL of the chosen server, variables filled in, without trailing slash.

    With `placeholders` an unknown base is `{server}` and a variable without value stays `{region}`.
    Raises `UnknownServer`.
    """
    if model.server == SANDBOX and model.sandbox is not None:
        return model.sandbox.address
    if model.server == OTHER:
        if placeholders:
            return NO_SERVER + relative_path(entry)
        raise UnknownServer(say("Type the address of the server first."), field="server")
    server = _chosen(entry, model.server)
    if server is None:
        if model.server == SANDBOX:
            return SANDBOX_BASE
        if placeholders:
            return NO_SERVER
        raise UnknownServer(say("This description names no server to send to: name one."), field="server")
    url = _fill(server, model.server_variables, placeholders=placeholders)
    if url.startswith("//"):
        url = "https:" + url
    if placeholders and _VARIABLE.search(url):
        return url.rstrip("/")
    match = _ABSOLUTE.match(url)
    if match is None:
        if model.server == SANDBOX:
            return SANDBOX_BASE + _path(url if url.startswith("/") else "")
        if placeholders:
            return NO_SERVER + _path(url if url.startswith("/") else "")
        raise UnknownServer(
            say(
                "The server %(url)s is no full address: it must start with https:// or http://.", url=_named(server.url)
            ),
            field="server",
        )
    scheme, authority, path = match.groups()
    if _AUTHORITY.fullmatch(authority) is None:
        raise UnknownServer(say("The server %(url)s has no usable host name.", url=_named(url)), field="server")
    return f"{scheme.lower()}://{authority}{_path(path)}"


def join_path(base: str, path: str) -> str:
    """Join a base URL and a path with exactly one slash."""
    return base.rstrip("/") + (path if path.startswith("/") else "/" + path)


def _path(path: str) -> str:
    return percent_encode(path.rstrip("/"), keep="/:@!$&'()*+,;=", keep_triplets=True)


def _chosen(entry: Entry, url: str | None) -> Server | None:
    servers = servers_of(entry)
    if url is None or url == SANDBOX:
        return servers[0] if servers else None
    for server in servers:
        if server.url == url:
            return server
    for server in servers:
        if server.url.rstrip("/") == url.rstrip("/"):
            return server
    typed = typed_server(url)
    if typed is None:
        raise _unlisted(url)
    return typed


def _unlisted(url: str) -> UnknownServer:
    return UnknownServer(say("The server %(url)s is not one this operation lists.", url=_named(url)), field="server")


def _named(url: str) -> str:
    """Return a URL as a sentence names it: what stands before `@` or behind `?` may be a secret."""
    return shown(_HIDDEN_QUERY.sub(r"\1…", _USER.sub("//…@", url)))


def is_described(entry: Entry, url: str | None) -> bool:
    """Return whether a server is one that the description names, or the sandbox; `None` is the first one described."""
    if url is None or url == SANDBOX:
        return True
    return any(server.url.rstrip("/") == url.rstrip("/") for server in servers_of(entry))


def check_described(entry: Entry, url: str | None) -> None:
    """Raise `UnknownServer` for a server that nobody typed here and that the description does not name.

    A link, a scenario or another page may carry a server; where credentials go is not theirs to decide.
    """
    if not is_described(entry, url):
        raise _unlisted(url or "")


def typed_server(url: str) -> Server | None:
    """Return the server at an absolute base URL that somebody typed, `None` if it is not one.

    It has no query, fragment or user name. Whether it may be called is the gateway's question.
    """
    match = _ABSOLUTE.fullmatch(url.strip())
    if match is None or _AUTHORITY.fullmatch(match[2]) is None or _BAD.search(match[3]) or " " in match[3]:
        return None
    return Server(url=url.strip())


def is_complete(server: Server) -> bool:
    """Return whether a server's URL template has a scheme and a host, or may have them by its variables."""
    return _ABSOLUTE.match(server.url) is not None or server.url.startswith(("//", "{"))


def _fill(server: Server, values: Mapping[str, str], *, placeholders: bool) -> str:
    variables = {variable.name: variable for variable in server.variables}
    start = server.url.find("://")
    end = server.url.find("/", start + 3) if start >= 0 else -1
    authority = range(start + 3, end if end >= 0 else len(server.url)) if start >= 0 else range(0)

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        variable = variables.get(name)
        field = f"server.{name}"
        value = values.get(name) or (variable.default if variable else "")
        if not value:
            if placeholders or variable is None:
                return match[0]
            raise UnknownServer(say("The server needs a value for %(name)s.", name=shown(name)), field=field)
        if variable and variable.enum and value not in variable.enum and value != variable.default:
            raise UnknownServer(
                say("The server variable %(name)s must be one of its listed values.", name=shown(name)), field=field
            )
        # A value inside the host part must stay inside it: "evil.test/" would move the request to another host.
        in_host = match.start() in authority
        if _BAD.search(value) or (in_host and re.search(r"[/?#@ ]", value)):
            raise UnknownServer(
                say("The server variable %(name)s holds a character it cannot have.", name=shown(name)), field=field
            )
        return value

    return _VARIABLE.sub(replace, server.url)
