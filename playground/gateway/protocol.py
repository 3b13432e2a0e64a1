"""The gateway's wire: calls in the flat and the wrapped dialect, answers in their envelope (contract section 6)."""

from __future__ import annotations

import base64
import binascii
import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from playground import jsontext
from playground.catalog.model import Entry
from playground.gateway.answer import Answer, redact_text
from playground.gateway.errors import GatewayError
from playground.gateway.redirects import Hop, read_hops
from playground.messages import Facts, Headers, HTTPResponse
from playground.request.credentials import (
    ApiKey,
    AwsKeys,
    Basic,
    Bearer,
    Credential,
    Credentials,
    Digest,
    read_credentials,
)
from playground.request.errors import CredentialError
from playground.request.model import Brackets
from playground.schema.merge import flatten

ACCEPT = "application/vnd.playground+json"
"""Who accepts this gets an API's own 4xx and 5xx as answers, with all facts about them."""

ACCEPT_LINES = "application/vnd.playground+ndjson"
"""Who accepts this as well gets an answer that comes in pieces as lines of JSON, while it comes."""

_ENVELOPE = frozenset(("args", "credential", "options", "stream", "profile"))
_OPTIONS = frozenset(("server", "server_variables", "media_type", "raw", "security", "timeout", "follow", "brackets"))
LONGEST_TIMEOUT = 600.0
LARGE = 1_000_000
"""Bytes of content from which on an answer is written piece by piece."""
_TEXT_PIECE = 65_536
_BASE64_PIECE = 3 * 65_536
_KEY_HEADERS = ("X-Api-Key", "Api-Key", "DD-API-KEY")
_TEXT_TYPES = ("text/", "application/xml", "application/yaml", "application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as read from the wire.

    `own` says that the caller takes our full answers, `lines` that he takes them line by line as they come; `stream`
    that he asked for a stream in so many words, `events` that he takes server-sent events. `timeout` is in seconds.
    """

    arguments: Mapping[str, Any]
    credentials: Credentials = field(default_factory=Credentials)
    server: str | None = None
    server_variables: Mapping[str, str] = field(default_factory=dict)
    media_type: str | None = None
    raw: str | None = None
    security: tuple[str, ...] | None = None
    brackets: Brackets = "index"
    timeout: float | None = None
    follow: tuple[Hop, ...] = ()
    dialect: Literal["flat", "wrapped"] = "flat"
    own: bool = False
    lines: bool = False
    events: bool = False
    stream: bool = False


def read_call(body: bytes, content_type: str | None, headers: Headers, entry: Entry) -> Call:
    """Read a call from a POST's body and header fields; no body is no arguments. Raises `GatewayError`."""
    value = _read_json(body, content_type)
    accepted = (headers.get("accept") or "").lower()
    lines = ACCEPT_LINES in accepted
    own = lines or ACCEPT in accepted
    events = "text/event-stream" in accepted
    if not _is_envelope(value, entry):
        credentials = _header_credentials(headers, entry)
        return Call(arguments=value, credentials=credentials, own=own, lines=lines, events=events)
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
    if security is not None and not (isinstance(security, list) and all(isinstance(one, str) for one in security)):
        raise GatewayError("“options.security” must be a list of security scheme names.")
    arguments = dict(value["args"])
    if value.get("stream") is True and declares_input(entry, "stream"):
        arguments.setdefault("stream", True)
    return Call(
        arguments=arguments,
        credentials=credentials,
        server=_text(options, "server"),
        server_variables=_texts(options, "server_variables"),
        media_type=_text(options, "media_type"),
        raw=_text(options, "raw"),
        brackets=_brackets(options),
        security=None if security is None else tuple(security),
        timeout=_seconds(options),
        follow=read_hops(options.get("follow")),
        dialect="wrapped",
        own=own,
        lines=lines,
        events=events,
        stream=value.get("stream") is True,
    )


def declares_input(entry: Entry, name: str) -> bool:
    """Say whether the operation itself has a parameter or body property of that name."""
    if any(parameter.name == name for parameter in entry.operation.parameters):
        return True
    body = entry.operation.request_body
    for described in body.media_types if body is not None else ():
        properties = flatten(described.schema, entry.definitions).get("properties")
        if isinstance(properties, Mapping) and name in properties:
            return True
    return False


def write_answer(answer: Answer, *, own: bool) -> tuple[int, bytes]:
    """Return the HTTP status and JSON body that say what the answer says.

    `own`: 200 with the API's status in `meta.upstream`. Otherwise as a UTDK gateway: the API's success is 200, its
    failure a 500 whose `error` is `Request failed: 404 Not Found` and the API's text on the next lines.
    """
    response = answer.response
    if response is None:
        return answer.status, write_failure(answer, own=own)
    if not own and not 200 <= response.status < 300:
        text = f"Request failed: {response.status} {response.reason}".rstrip()
        return 500, write_error(f"{text}\n{decode_text(response)}")
    return 200, b"".join(_write_response(answer, response, own=own))


def write_pieces(answer: Answer, *, own: bool) -> tuple[int, list[bytes] | Iterator[bytes]]:
    """Return what `write_answer` returns; a large answer piece by piece, so that it is not held several times over."""
    response = answer.response
    if response is None or len(response.body) < LARGE or (not own and not 200 <= response.status < 300):
        status, body = write_answer(answer, own=own)
        return status, [body]
    return 200, _write_response(answer, response, own=own)


def _write_response(answer: Answer, response: HTTPResponse, *, own: bool) -> Iterator[bytes]:
    yield b"{"
    if response.body and response.status not in (204, 205):
        yield b'"data":'
        yield from _data(response)
        yield b","
    meta = json.dumps(write_meta(answer, response), ensure_ascii=False, separators=(",", ":"))
    written = meta.encode("utf-8", "surrogatepass")
    if own:
        yield b'"meta":' + written.removesuffix(b"}}") + b',"body":"'
        for start in range(0, len(response.body), _BASE64_PIECE):
            yield base64.b64encode(response.body[start : start + _BASE64_PIECE])
        yield b'"}}}'
    else:
        yield b'"meta":' + written + b"}"


def write_error(sentence: str) -> bytes:
    """Return the body of a failure: one string, as every version of the protocol has it."""
    return jsontext.dumps({"error": sentence}).encode("utf-8", "surrogatepass")


def write_failure(answer: Answer, *, own: bool) -> bytes:
    """Return the body of an answer without a response; `own` adds beside the sentence where the call ended."""
    sentence = answer.error or "The call failed."
    if not own:
        return write_error(sentence)
    meta = {"requestId": answer.request_id, "durationMs": round(answer.duration_ms, 3), "step": answer.step}
    if answer.field:
        meta["field"] = answer.field
    return jsontext.dumps({"error": sentence, "meta": meta}).encode("utf-8", "surrogatepass")


def decode_text(response: HTTPResponse) -> str:
    """Return a response's content as text, in its declared character set if that is one we know, else UTF-8."""
    return response.body.decode(_charset(response), "replace")


def _charset(response: HTTPResponse) -> str:
    _, _, rest = (response.headers.get("content-type") or "").lower().partition("charset=")
    charset = rest.partition(";")[0].strip(" \"'")
    return charset if charset in ("iso-8859-1", "latin-1", "latin1", "windows-1252", "us-ascii", "utf-16") else "utf-8"


def is_json(response: HTTPResponse) -> bool:
    """Say whether the content declares itself to be JSON."""
    return response.media_type == "application/json" or response.media_type.endswith("+json")


def write_credentials(credentials: Credentials) -> dict[str, Any] | None:
    """Return credentials as JSON values that `read_credentials` reads back; `None` for none at all."""
    if not credentials:
        return None
    value: dict[str, Any] = {}
    if credentials.schemes:
        schemes = {name: _write_one(one) for name, one in credentials.schemes.items()}
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
    media_type = (content_type or "application/json").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
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
    keys = [one for one in entry.provider.security_schemes if one.type == "apiKey"]
    for name in _KEY_HEADERS:
        value = (headers.get(name) or "").strip()
        if value:
            # Where the description knows a key by another name, the header only says "this is the key".
            own_name = not keys or any(one.parameter.lower() == name.lower() for one in keys)
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


def _brackets(options: Mapping[str, Any]) -> Brackets:
    value = options.get("brackets", "index")
    if value not in get_args(Brackets):
        raise GatewayError(f"“options.brackets” must be {', '.join(get_args(Brackets))}.")
    chosen: Brackets = value
    return chosen


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
    if not isinstance(value, Mapping) or not all(isinstance(one, str) for one in value.values()):
        raise GatewayError(f"“options.{name}” must be an object of texts.")
    return dict(value)


def _data(response: HTTPResponse) -> Iterator[bytes]:
    """Yield the content as JSON text: JSON as it came, to the last digit; anything else as a string."""
    if is_json(response) and not response.truncated:
        text = decode_text(response).removeprefix("\ufeff")
        if jsontext.is_valid(text):
            yield text.encode("utf-8", "surrogatepass")
            return
        del text
    decoder = codecs.getincrementaldecoder(_charset(response))("replace")
    yield b'"'
    first = True
    for start in range(0, len(response.body), _TEXT_PIECE):
        part = decoder.decode(response.body[start : start + _TEXT_PIECE], start + _TEXT_PIECE >= len(response.body))
        part = part.removeprefix("\ufeff") if first else part
        first = False
        yield jsontext.dumps(part)[1:-1].encode("utf-8", "surrogatepass")
    yield b'"'


def write_meta(answer: Answer, response: HTTPResponse) -> dict[str, Any]:
    """Return the member `meta` of an answer: the call's identity and time, and all that is known of the exchange."""
    upstream: dict[str, Any] = {
        "status": response.status,
        "reason": response.reason,
        "headers": [[name, value] for name, value in response.headers],
        "timings": {name: round(value, 3) for name, value in response.timings},
        "truncated": response.truncated,
        "origin": response.origin,
    }
    if answer.request is not None:
        url = redact_text(answer.request.url, answer.secrets)
        upstream = {"method": answer.request.method, "url": url, **upstream}
    if response.facts is not None:
        upstream |= _facts(response.facts)
    return {"requestId": answer.request_id, "durationMs": round(answer.duration_ms, 3), "upstream": upstream}


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "address": facts.address,
        "http": facts.http,
        "tls": facts.tls or None,
        "reused": facts.reused,
        "bytes": {"wire": facts.wire_bytes, "decoded": facts.decoded_bytes},
        "added": [[name, value] for name, value in facts.added],
        "dropped": list(facts.dropped),
        "redirects": [[status, url] for status, url in facts.redirects],
        "cut": facts.cut or None,
    }
