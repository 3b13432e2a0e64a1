"""Which origins a description allows us to call: its servers, with every listed value of their variables."""

from __future__ import annotations

import itertools
import re

from playground.catalog.model import Entry, Server
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import expand_server, servers_of
from playground.transport.egress import checked_origin
from playground.transport.errors import TransportError

MOST_COMBINATIONS = 256
_HOST = re.compile(r"^(?:[^/?#]*//)?[^/?#]*")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def described_origins(entry: Entry) -> frozenset[str]:
    """Return the canonical origins of the operation's servers.

    A variable in scheme, host or port counts with its default and its listed values only: what a visitor types must not
    choose the host, unless the operator lists that origin.
    """
    origins: set[str] = set()
    for server in servers_of(entry):
        names = _host_variables(server)
        choices = [_values(server, name) for name in names]
        for values in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
            model = RequestModel(server=server.url, server_variables=dict(zip(names, values, strict=True)))
            try:
                origins.add(checked_origin(expand_server(entry, model)))
            except (RequestError, TransportError):
                continue
    return frozenset(origins)


def has_free_host(entry: Entry, model: RequestModel) -> bool:
    """Return whether the visitor fills in the chosen server's host: a variable without listed values."""
    return any(
        not variable.enum
        for server in servers_of(entry)
        if model.server is None or server.url == model.server
        for variable in server.variables
        if variable.name in _host_variables(server)
    )


def _host_variables(server: Server) -> list[str]:
    match = _HOST.match(server.url)
    return list(dict.fromkeys(_VARIABLE.findall(match[0]))) if match is not None else []


def _values(server: Server, name: str) -> tuple[str, ...]:
    variable = next((variable for variable in server.variables if variable.name == name), None)
    return () if variable is None else tuple(dict.fromkeys((variable.default, *variable.enum)))
