"""The gateway's calls on the wire: the flat and the wrapped dialect, and credentials in them (docs/protocol.md)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from playground import jsontext
from playground.catalog.model import Entry
from playground.gateway.errors import GatewayError
from playground.gateway.redirects import Hop, read_hops
from playground.mediatypes import EVENTS, is_json
from playground.messages import Headers
from playground.request.arguments import from_arguments
from playground.request.built import BuiltRequest
from playground.request.errors import CredentialError, RequestError
from playground.request.model import Brackets, FormObjects
from playground.schema.flatten import flatten
from playground.secrets.credentials import (
    ApiKey,
    AwsKeys,
    Basic,
    Bearer,
    Credential,
    Credentials,
    Digest,
    read_credentials,
)
from playground.text.wording import say

ACCEPT = "application/vnd.playground+json"
"""A caller that accepts this gets an API's own 4xx and 5xx as answers, with all facts about them."""

ACCEPT_LINES = "application/vnd.playground+ndjson"
"""A caller that accepts this as well gets a stream as lines of JSON, while it comes."""

_ENVELOPE = frozenset(("args", "credential", "options", "stream", "profile"))
_OPTIONS = frozenset(
    ("server", "server_variables", "media_type", "raw", "security", "timeout", "follow", "brackets", "form_objects")
)
LONGEST_TIMEOUT = 600.0
_KEY_HEADERS = ("X-Api-Key", "Api-Key", "DD-API-KEY")


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCall:
    """A call as read from the wire.

    The caller takes our full answers with `own`, and also line by line as they come with `lines`; it asked for a stream
    by name with `stream`, and takes server-sent events with `events`. `timeout` is in seconds.
    """

    arguments: Mapping[str, Any]
    credentials: Credentials = field(default_factory=Credentials)
    server: str | None = None
    server_variables: Mapping[str, str] = field(default_factory=dict)
    media_type: str | None = None
    raw: str | None = None
    security: tuple[str, ...] | None = None
    brackets: Brackets = "index"
    form_objects: FormObjects = "json"
    timeout: float | None = None
    follow: tuple[Hop, ...] = ()
    dialect: Literal["flat", "wrapped"] = "flat"
    own: bool = False
    lines: bool = False
    events: bool = False
    stream: bool = False


def read_call(body: bytes, content_type: str | None, headers: Headers, entry: Entry) -> WireCall:
    """Read a call from a POST's body and header fields; no body is no arguments. Raises `GatewayError`."""
    value = _read_json(body, content_type)
    accepted = (headers.get("accept") or "").lower()
    lines = ACCEPT_LINES in accepted
    own = lines or ACCEPT in accepted
    events = EVENTS in accepted
    if not _is_envelope(value, entry):
        credentials = _header_credentials(headers, entry)
        return WireCall(arguments=value, credentials=credentials, own=own, lines=lines, events=events)
    options = value.get("options")
    if options is None:
        options = {}
    if not isinstance(options, Mapping):
        raise GatewayError("“options” must be an object.")
    for name in options:
        if name not in _OPTIONS:
            raise GatewayError(f"“options” may hold {', '.join(sorted(_OPTIONS))}, and nothing else.")
    try:
        credentials = read_credentials(value.get("credential"), provider=entry.provider.name)
    except CredentialError as error:
        raise GatewayError(str(error)) from None
    security = options.get("security")
    if security is not None and not (isinstance(security, list) and all(isinstance(name, str) for name in security)):
        raise GatewayError("“options.security” must be a list of security scheme names.")
    arguments = dict(value["args"])
    if value.get("stream") is True and declares_input(entry, "stream"):
        arguments.setdefault("stream", True)
    return WireCall(
        arguments=arguments,
        credentials=credentials,
        server=_text(options, "server"),
        server_variables=_texts(options, "server_variables"),
        media_type=_text(options, "media_type"),
        raw=_text(options, "raw"),
        brackets=_choice(options, "brackets", Brackets),
        form_objects=_choice(options, "form_objects", FormObjects),
        security=None if security is None else tuple(security),
        timeout=_seconds(options),
        follow=read_hops(options.get("follow")),
        dialect="wrapped",
        own=own,
        lines=lines,
        events=events,
        stream=value.get("stream") is True,
    )


def read_request(entry: Entry, wire: WireCall) -> BuiltRequest:
    """Return the request that a call's arguments and options describe. Raises `RequestError`."""
    try:
        model = from_arguments(
            entry,
            wire.arguments,
            server=wire.server,
            server_variables=wire.server_variables,
            media_type=wire.media_type,
            raw=wire.raw,
            security=wire.security,
            brackets=wire.brackets,
            form_objects=wire.form_objects,
        )
    except RecursionError:
        raise RequestError(say("The arguments are nested too deeply to be sent.")) from None
    return BuiltRequest(entry=entry, model=model)


def declares_input(entry: Entry, name: str) -> bool:
    """Return whether the operation itself has a parameter or body property of that name."""
    if any(parameter.name == name for parameter in entry.operation.parameters):
        return True
    body = entry.operation.request_body
    for described in body.media_types if body is not None else ():
        properties = flatten(described.schema, entry.definitions).get("properties")
        if isinstance(properties, Mapping) and name in properties:
            return True
    return False


def write_credentials(credentials: Credentials) -> dict[str, Any] | None:
    """Return credentials as JSON values that `read_credentials` reads back; `None` for none at all."""
    if not credentials:
        return None
    value: dict[str, Any] = {}
    if credentials.schemes:
        schemes = {name: _write_one(credential) for name, credential in credentials.schemes.items()}
        value["credential"] = {"type": "schemes", "schemes": schemes}
    elif credentials.single is not None:
        value["credential"] = _write_one(credentials.single)
    if not credentials.headers:
        written: dict[str, Any] = value["credential"]
        return written
    return {**value, "customHeaders": dict(credentials.headers)}


def _write_one(credential: Credential) -> dict[str, Any]:
    if isinstance(credential, Bearer):
        if credential.scheme == "Bearer":
            return {"type": "bearer_token", "token": credential.token}
        return {"type": "oauth2", "accessToken": credential.token, "tokenType": credential.scheme}
    if isinstance(credential, Basic | Digest):
        kind = "basic" if isinstance(credential, Basic) else "digest"
        return {"type": kind, "username": credential.username, "password": credential.password}
    if isinstance(credential, AwsKeys):
        keys = {"accessKeyId": credential.access_key, "secretAccessKey": credential.secret_key}
        more = {
            "sessionToken": credential.session_token,
            "region": credential.region,
            "service": credential.service,
        }
        return {"type": "aws_sigv4", **keys, **{name: text for name, text in more.items() if text}}
    if isinstance(credential, ApiKey):
        named = {"name": credential.name, "in": credential.location, "prefix": credential.prefix}
        return {"type": "api_key", "value": credential.value, **{key: text for key, text in named.items() if text}}
    return {"type": "none"}


def _read_json(body: bytes, content_type: str | None) -> dict[str, Any]:
    if not body.strip():
        return {}
    if content_type and not is_json(content_type):
        raise GatewayError("Send the arguments as application/json.", status=415)
    try:
        value = jsontext.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise GatewayError("The body is not UTF-8 text.") from None
    except jsontext.JSONTextError as error:
        raise GatewayError(str(error)) from None
    if not isinstance(value, dict):
        raise GatewayError("The body must be a JSON object of arguments.")
    return value


def _is_envelope(value: Mapping[str, Any], entry: Entry) -> bool:
    return isinstance(value.get("args"), Mapping) and value.keys() <= _ENVELOPE and not declares_input(entry, "args")


def _header_credentials(headers: Headers, entry: Entry) -> Credentials:
    """Return the credential of a flat call: the first header of the protocol's list that is there."""
    authorization = (headers.get("authorization") or "").strip()
    if authorization:
        word, _, rest = authorization.partition(" ")
        if word.lower() == "basic" and (basic := _basic(rest.strip())) is not None:
            return Credentials(single=basic)
        token = rest.strip() if word.lower() == "bearer" and rest.strip() else authorization
        return Credentials(single=Bearer(token=token))
    keys = [security_scheme for security_scheme in entry.provider.security_schemes if security_scheme.type == "apiKey"]
    for name in _KEY_HEADERS:
        value = (headers.get(name) or "").strip()
        if value:
            # If the description has a key of another name, the header only marks the value as the key.
            own_name = not keys or any(key.parameter.lower() == name.lower() for key in keys)
            return Credentials(
                single=ApiKey(value=value, name=name if own_name else "", location="header" if own_name else "")
            )
    return Credentials()


def _basic(text: str) -> Basic | None:
    try:
        username, colon, password = base64.b64decode(text, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return Basic(username=username, password=password) if colon else None


def _text(options: Mapping[str, Any], name: str) -> str | None:
    value = options.get(name)
    if value is not None and not isinstance(value, str):
        raise GatewayError(f"“options.{name}” must be a text.")
    return value


def _choice(options: Mapping[str, Any], name: str, choices: Any) -> Any:
    """Return an option that is one of the values of a `Literal`, the first one by default."""
    values = get_args(choices)
    value = options.get(name, values[0])
    if value not in values:
        raise GatewayError(f"“options.{name}” must be {', '.join(values)}.")
    return value


def _seconds(options: Mapping[str, Any]) -> float | None:
    value = options.get("timeout")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_TIMEOUT:
        raise GatewayError(f"“options.timeout” must be seconds, more than 0 and at most {LONGEST_TIMEOUT:g}.")
    return float(value)


def _texts(options: Mapping[str, Any], name: str) -> dict[str, str]:
    value = options.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise GatewayError(f"“options.{name}” must be an object of texts.")
    return dict(value)
