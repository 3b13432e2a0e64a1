"""`build_request`: the one way from a request model to an HTTP message, its URL encoded once and final.

`wire_texts` is for showing what a structured value becomes, under its field: `filter[a]=1&filter[b]=2`.
"""

from __future__ import annotations

from playground.catalog.model import SANDBOX, Entry, Location, Parameter
from playground.httpsyntax import REFUSED_METHODS, is_token
from playground.messages import Content, FormContent, Headers, HTTPRequest, MultipartContent
from playground.request.bodies.write import build_content, querystring_text
from playground.request.errors import BodyError, MethodRefused, RequestError, shown
from playground.request.headers import check_name
from playground.request.media_types import accept
from playground.request.model import ABSENT, Absent, RequestModel, Value
from playground.request.parameters import cookie_pairs, expand_path, header_text, path_text, query_pieces
from playground.request.server import expand_server, join_path
from playground.request.undescribed import with_undescribed
from playground.secrets.credentials import Credentials
from playground.secrets.schemes import apply_credentials
from playground.text.wording import say


def build_request(
    entry: Entry,
    model: RequestModel,
    credentials: Credentials | None = None,
    *,
    placeholders: bool = False,
    boundary: str | None = None,
) -> HTTPRequest:
    """Build the HTTP message for an operation.

    The order of header fields: credentials, `Content-Type`, `Accept`, header parameters, `Cookie`, what is said to the
    sandbox alone. With
    `placeholders` (snippets, the live URL) nothing is refused for being incomplete: a missing path parameter stays as
    `{session}`, an unknown base URL as `{server}`, raw text that is not JSON goes as typed. `boundary` fixes that of a
    multipart body. Raises `RequestError`.
    """
    entry = with_undescribed(entry, model)
    method = entry.operation.method.upper()
    if not is_token(method) or (method in REFUSED_METHODS and not placeholders):
        raise MethodRefused(say("The method %(method)s is not sent from here.", method=shown(method)))
    try:
        content, content_type = build_content(entry, model, placeholders=placeholders, boundary=boundary)
        url = _url(entry, model, placeholders=placeholders)
        headers = _headers(entry, model, content_type, fixed_type=isinstance(content, MultipartContent))
    except RecursionError:
        raise BodyError(say("A value is nested too deeply to be sent."), field="body") from None
    request = HTTPRequest(method=method, url=url, headers=headers, content=content)
    if credentials is None:
        return request
    return apply_credentials(entry, request, credentials, model.security)


def _value_of(model: RequestModel, parameter: Parameter) -> Value | Absent:
    return model.parameter(parameter.location, parameter.name)


def _url(entry: Entry, model: RequestModel, *, placeholders: bool) -> str:
    operation = entry.operation
    base = expand_server(entry, model, placeholders=placeholders)
    values = {parameter.name: (parameter, _value_of(model, parameter)) for parameter in operation.parameters_in("path")}
    path, written = expand_path(operation.path, values, placeholders=placeholders)
    declared = {parameter.name for parameter in operation.parameters_in("query")}
    pieces = [
        piece
        for name, piece in written
        # "?q={q}" in a path only repeats that there is a query parameter; "?action=list" is a fixed part of the query.
        if not (name in declared and (model.parameter("query", name) is not ABSENT or piece.endswith(f"={{{name}}}")))
    ]
    for parameter in operation.parameters_in("query"):
        value = _value_of(model, parameter)
        if value is not ABSENT:
            pieces += query_of(entry, model, parameter, value)
    return join_path(base, path) + ("?" + "&".join(pieces) if pieces else "")


def query_of(entry: Entry, model: RequestModel, parameter: Parameter, value: Value) -> tuple[str, ...]:
    """Return the pieces that a parameter adds to the query, to be joined by `&`; a whole query string is one piece."""
    if parameter.style == "querystring":
        text = querystring_text(parameter, value, entry.definitions, model.nesting)
        return (text,) if text else ()
    return query_pieces(parameter, value, model.brackets)


def _headers(entry: Entry, model: RequestModel, content_type: str | None, *, fixed_type: bool) -> Headers:
    """Return our own header fields with the parameters' merged in; the visitor's value wins over a default."""
    defaults = {"content-type": content_type, "accept": accept(entry)}
    names = {"content-type": "Content-Type", "accept": "Accept"}
    rest: list[tuple[str, str]] = []
    cookies: list[str] = []
    for parameter in entry.operation.parameters_in("header"):
        value = _value_of(model, parameter)
        if value is ABSENT:
            continue
        name = parameter.name.lower()
        if name == "cookie":
            cookies.append(header_text(parameter, value))
            continue
        text = header_text(parameter, value)
        if name not in defaults:
            rest.append((check_name(parameter.name, field=f"header.{parameter.name}"), text))
        elif not (name == "content-type" and fixed_type):
            # A multipart Content-Type carries the boundary, without which the content cannot be read.
            defaults[name], names[name] = text, parameter.name
    for parameter in entry.operation.parameters_in("cookie"):
        value = _value_of(model, parameter)
        if value is not ABSENT:
            cookies += [f"{name}={text}" for name, text in cookie_pairs(parameter, value)]
    fields = [(names[name], text) for name, text in defaults.items() if text is not None]
    said = model.sandbox.headers if model.server == SANDBOX and model.sandbox is not None else ()
    return Headers.of([*fields, *rest, *([("Cookie", "; ".join(cookies))] if cookies else []), *said])


Place = tuple[Location | str, str]
"""A parameter's location and name, or `body` and the name of a form body's property."""


def wire_texts(entry: Entry, model: RequestModel, content: Content | None = None) -> dict[Place, str]:
    """Return the wire text of every list or object that is a parameter or a property of a form body.

    A value that cannot be written has none: `build_request` says why. Scalars have none: they are written as typed.
    `content` is the model's, where it is built already.
    """
    texts: dict[Place, str] = {}
    for parameter in entry.operation.parameters:
        value = model.parameter(parameter.location, parameter.name)
        if isinstance(value, dict | list):
            try:
                texts[parameter.location, parameter.name] = _text(entry, model, parameter, value)
            except RequestError:
                continue
    texts.update(_form_texts(entry, model, content))
    return texts


def _form_texts(entry: Entry, model: RequestModel, content: Content | None) -> dict[Place, str]:
    if not isinstance(model.body, dict):
        return {}
    if content is None:
        try:
            content, _ = build_content(entry, model, placeholders=True)
        except (RequestError, RecursionError):
            return {}
    if not isinstance(content, FormContent):
        return {}
    pieces: dict[str, list[str]] = {}
    for (key, _), text in zip(content.pairs, content.text.split("&"), strict=False):
        name = key if key in model.body else key.partition("[")[0]
        pieces.setdefault(name, []).append(text)
    return {
        ("body", name): "&".join(texts)
        for name, texts in pieces.items()
        if isinstance(model.body.get(name), dict | list)
    }


def _text(entry: Entry, model: RequestModel, parameter: Parameter, value: Value) -> str:
    if parameter.location == "path":
        return path_text(parameter, value)
    if parameter.location == "query":
        return "&".join(query_of(entry, model, parameter, value))
    if parameter.location == "header":
        return f"{parameter.name}: {header_text(parameter, value)}"
    return "; ".join(f"{name}={text}" for name, text in cookie_pairs(parameter, value))
