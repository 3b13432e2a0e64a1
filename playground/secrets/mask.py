"""Requests and models as they may be shown: every place of a credential hidden."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_plus

from playground import jsontext
from playground.catalog.model import Entry, Parameter
from playground.messages import Headers, HTTPRequest
from playground.request.headers import cookie_name
from playground.request.model import RequestModel
from playground.secrets.credentials import Credentials, secrets_of
from playground.secrets.detect import key_names, passwords, secret_names, secret_values
from playground.secrets.redact import MASK, Redactor
from playground.secrets.variables import variables_of_names

PLACEHOLDER = "<password>"
"""What a password inside a body is shown as: a reader of a snippet has to put the real one there."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ALWAYS = frozenset({"authorization", "proxy-authorization"})


def mask_request(entry: Entry, request: HTTPRequest, credentials: Credentials | None = None) -> HTTPRequest:
    """Return the request with credentials hidden in URL and header fields; the content is the visitor's own text.

    The places are those of all the provider's schemes; with `credentials` their texts and own headers are hidden too.
    An `Authorization` keeps the word before its secret.
    """
    redactor = Redactor(secrets_of(credentials) if credentials is not None else ())
    own = {name.lower() for name in credentials.headers} if credentials is not None else set()
    keys = own | {name.lower() for name in key_names(entry, "header")}
    cookies = {cookie_name(name) for name in key_names(entry, "cookie")}

    def header(name: str, text: str) -> str:
        if name.lower() in _ALWAYS:
            word, blank, _ = text.partition(" ")
            return f"{word} {MASK}" if blank else MASK
        if name.lower() in keys:
            return MASK
        if name.lower() == "cookie":
            text = "; ".join(_mask_pair(pair, cookies) for pair in text.split("; "))
        return redactor.text(text)

    headers = Headers.of((name, header(name, text)) for name, text in request.headers)
    return replace(request, url=redactor.text(mask_url(entry, request.url)), headers=headers)


def mask_url(entry: Entry, url: str) -> str:
    """Return a URL with secret path variables hidden, and the values of query keys that security schemes name."""
    keys = key_names(entry, "query")
    address, question, query = url.partition("?")
    if hidden := secret_names(entry, "path"):
        address = _mask_path(entry.operation.path, address, hidden)
        url = address + question + query
    if not question or not keys:
        return url
    query, hash_, fragment = query.partition("#")
    return address + "?" + "&".join(_mask_pair(pair, keys) for pair in query.split("&")) + hash_ + fragment


def _mask_path(template: str, address: str, names: frozenset[str]) -> str:
    """Hide these variables where the address ends as the path template does; a placeholder stays."""
    pieces = _VARIABLE.split(template.partition("?")[0].partition("#")[0])
    match = re.search("(.*?)".join(map(re.escape, pieces[::2])) + "$", address, re.DOTALL)
    if match is None:
        return address
    for place in range(len(pieces) // 2, 0, -1):
        name, text = pieces[2 * place - 1], match[place]
        if name in names and text and text != f"{{{name}}}":
            address = address[: match.start(place)] + MASK + address[match.end(place) :]
    return address


def _mask_pair(pair: str, names: Container[str]) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={MASK}" if equals and (name in names or unquote_plus(name) in names) else pair


def mask_model(entry: Entry, model: RequestModel) -> RequestModel:
    """Return the model as pages may show it: secret parameters absent, a password inside the body a placeholder."""
    model = _mask_passwords(entry, model)
    secret = [parameter for parameter, _ in secret_values(entry, model)]
    if not secret:
        return model
    parameters = {location: dict(values) for location, values in model.parameters.items()}
    for parameter in secret:
        del parameters[parameter.location][parameter.name]
    return replace(model, parameters=parameters)


def with_markers(entry: Entry, model: RequestModel) -> tuple[RequestModel, Mapping[str, Parameter]]:
    """Return the model with a marker for each secret parameter's value, and the parameter of each marker.

    A marker is made of letters, digits and `_`, which nothing escapes, and occurs nowhere else in the model. A password
    inside the body becomes a placeholder.
    """
    model = _mask_passwords(entry, model)
    secret = [parameter for parameter, _ in secret_values(entry, model)]
    if not secret:
        return model, {}
    parameters = {location: dict(values) for location, values in model.parameters.items()}
    stem, written = "PLAYGROUND_SECRET_", repr(model)
    while stem in written:
        stem += "_"
    markers: dict[str, Parameter] = {}
    for index, parameter in enumerate(secret):
        marker = f"{stem}{index}_"
        markers[marker] = parameter
        parameters[parameter.location][parameter.name] = marker
    return replace(model, parameters=parameters), markers


def with_variable_markers(
    entry: Entry, model: RequestModel, names: tuple[str, ...]
) -> tuple[RequestModel, Mapping[str, str]]:
    """Return the model with a marker for each `{{name}}` in its parameters, and the variable of each marker.

    A body keeps what is written: it is text to read, in which a name says as much.
    """
    written = repr(model.parameters) if names else ""
    if "{{" not in written:
        return model, {}
    stem = "PLAYGROUND_VARIABLE_"
    while stem in written:
        stem += "_"
    variables = variables_of_names(entry, names)
    markers = {f"{stem}{index}_": name for index, name in enumerate(names)}
    patterns = {marker: re.compile(r"\{\{\s*" + re.escape(name) + r"\s*\}\}") for marker, name in markers.items()}

    def marked(value: Any) -> Any:
        if isinstance(value, str):
            for marker, pattern in patterns.items():
                value = pattern.sub(marker, value)
            return value
        if isinstance(value, Mapping):
            return {key: marked(member) for key, member in value.items()}
        return [marked(member) for member in value] if isinstance(value, list | tuple) else value

    parameters = {location: marked(values) for location, values in model.parameters.items()}
    return replace(model, parameters=parameters), {marker: variables[name] for marker, name in markers.items()}


def marker_of(index: int) -> str:
    """Return the marker of a security scheme's secret in code: letters that no language escapes."""
    return f"PLAYGROUND__KEY__{index}__"


def _mask_passwords(entry: Entry, model: RequestModel) -> RequestModel:
    texts = tuple(dict.fromkeys(passwords(entry, model)))
    if not texts:
        return model
    raw = model.raw
    for text in texts:
        raw = None if raw is None else raw.replace(jsontext.dumps(text)[1:-1], PLACEHOLDER)
    return replace(model, body=_replace_texts(model.body, frozenset(texts)), raw=raw)


def _replace_texts(value: Any, texts: frozenset[str]) -> Any:
    if isinstance(value, str):
        return PLACEHOLDER if value in texts else value
    if isinstance(value, Mapping):
        return {name: _replace_texts(member, texts) for name, member in value.items()}
    return [_replace_texts(member, texts) for member in value] if isinstance(value, list) else value
