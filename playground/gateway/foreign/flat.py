"""The flat dialect of UTDK's gateways: arguments and one credential in a header field, or a sentence why not."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import SANDBOX, Entry
from playground.gateway.errors import GatewayError
from playground.gateway.protocol import declares_input
from playground.mediatypes import kind_of
from playground.request.arguments import to_arguments
from playground.request.built import BuiltRequest
from playground.request.media_types import select_media_type
from playground.request.model import Absent, FileValue, RequestModel, Value
from playground.request.server import servers_of
from playground.secrets.credentials import Credentials
from playground.secrets.schemes import signer_of
from playground.text.wording import say

_KEY_HEADERS = ("x-api-key", "api-key", "dd-api-key")
_WRITTEN_AS_JSON = ("json", "form", "multipart", "yaml")
"""Kinds of bodies that a gateway which reads JSON alone writes from their value."""
_WRAPPERS = ("params", "query", "headers", "cookies")
_REMEDY = say("use a Playground gateway, or leave the Gateway URL at the built-in one")


def flat_arguments(entry: Entry, model: RequestModel) -> dict[str, Any]:
    """Return the arguments as such a gateway takes them. Raises `GatewayError` for what it would lose silently."""
    servers = servers_of(entry)
    if model.server == SANDBOX:
        raise GatewayError(say("The sandbox is not behind this gateway: choose one of the API's servers."))
    if model.server is not None and (not servers or model.server != servers[0].url):
        raise GatewayError(
            say("This gateway calls the API's first server only: choose that one, or %(remedy)s.", remedy=_REMEDY)
        )
    defaults = {variable.name: variable.default for server in servers[:1] for variable in server.variables}
    if any(text and text != defaults.get(name) for name, text in model.server_variables.items()):
        raise GatewayError(say("This gateway cannot be told the server's variables: %(remedy)s.", remedy=_REMEDY))
    if model.parameters.get("cookie"):
        raise GatewayError(
            say("This gateway cannot send cookies: leave the cookie fields empty, or %(remedy)s.", remedy=_REMEDY)
        )
    if _has_file(model.body) or any(_has_file(dict(values)) for values in model.parameters.values()):
        raise GatewayError(say("This gateway cannot send files: %(remedy)s.", remedy=_REMEDY))
    arguments = to_arguments(entry, model)
    described = select_media_type(entry, model, placeholders=True)
    if described is not None and "body" in arguments and kind_of(described.name) not in _WRITTEN_AS_JSON:
        raise GatewayError(say("This gateway sends JSON only: %(remedy)s.", remedy=_REMEDY))
    twins = [name for name in _WRAPPERS if name in arguments and not declares_input(entry, name)]
    locations = {parameter.location for parameter in entry.operation.parameters}
    if locations == {"header"} and entry.operation.request_body is None and arguments:
        # Its client takes the only argument of such an operation for overrides.
        return arguments if set(arguments) == {"headers"} else {"headers": arguments}
    if twins:
        raise GatewayError(say("This gateway cannot tell inputs of the same name apart: %(remedy)s.", remedy=_REMEDY))
    return arguments


def flat_credential(request: BuiltRequest, credentials: Credentials) -> tuple[tuple[str, str], ...]:
    """Return the header field that carries the credential. Raises `GatewayError` if it cannot be carried.

    The credential is what `credentials` add to the message itself.
    """
    if not credentials:
        return ()
    if credentials.headers:
        raise GatewayError(say("This gateway cannot carry custom headers: remove them, or %(remedy)s.", remedy=_REMEDY))
    if signer_of(request.entry, credentials, request.model.security) is not None:
        raise GatewayError(say("This gateway cannot sign requests: %(remedy)s.", remedy=_REMEDY))
    bare, full = request.message, request.with_credentials(credentials)
    if full.url != bare.url:
        raise GatewayError(say("This gateway cannot carry an API key in the query: %(remedy)s.", remedy=_REMEDY))
    if full.headers.get("cookie") != bare.headers.get("cookie"):
        raise GatewayError(say("This gateway cannot carry an API key in a cookie: %(remedy)s.", remedy=_REMEDY))
    added = [pair for pair in full.headers if pair not in bare.headers.pairs]
    if len(added) > 1:
        raise GatewayError(say("This gateway can carry one credential, not several: %(remedy)s.", remedy=_REMEDY))
    for name, value in added:
        word, _, token = value.partition(" ")
        if name.lower() in _KEY_HEADERS or (name.lower() == "authorization" and word == "Bearer" and token):
            return ((name, value),)
        if name.lower() == "authorization" and token:
            sentence = say("This gateway cannot carry %(kind)s credentials: %(remedy)s.", kind=word, remedy=_REMEDY)
        else:
            sentence = say("This gateway cannot carry an API key in %(name)s: %(remedy)s.", name=name, remedy=_REMEDY)
        raise GatewayError(sentence)
    return ()


def _has_file(value: Value | Absent) -> bool:
    if isinstance(value, FileValue):
        return True
    if isinstance(value, dict):
        return any(_has_file(member) for member in value.values())
    return isinstance(value, list) and any(_has_file(member) for member in value)
