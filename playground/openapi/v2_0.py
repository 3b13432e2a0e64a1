"""OpenAPI 2.0 (Swagger): bodies and forms are parameters, types stand on parameters, one host for all (OpenAPI 2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from playground.catalog.model import (
    Encoding,
    Example,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    ResponseHeader,
    SecurityScheme,
    Server,
)
from playground.mediatypes import FORM, OCTETS
from playground.openapi.content import status_of
from playground.openapi.parameters import DEFAULT_STYLES, keeps_slashes, merge_parameters, read_parameter_list
from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.reading import Reading, extended_examples, flag, text
from playground.openapi.security import read_flow, read_scheme
from playground.openapi.servers import extended_servers, fixed_server
from playground.openapi.version import Inputs, Version, operations_by_method

_FORM_TYPES = ("multipart/form-data", FORM)
_SCHEMA_KEYS = (
    "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf", "x-nullable", "x-ms-enum",
    "x-enumNames", "x-enum-varnames", "x-enumDescriptions", "x-enum-descriptions", "example", "x-default",
)  # fmt: skip
"""Keywords that stand on a parameter or a header and belong to its schema."""
_FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A `formData` parameter: one property of the form's schema."""

    parameter: Parameter
    file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    value: dict[str, Any]
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What `parameters` lists, sorted by what it becomes."""

    parameters: tuple[Parameter, ...] = ()
    forms: tuple[_Form, ...] = ()
    body: _Body | None = None


def _read_common(reading: Reading, holder: Mapping[str, Any], where: Where) -> _Common:
    forms: dict[str, _Form] = {}
    bodies: list[_Body] = []
    for index, value in enumerate(reading.list_in(holder, "parameters", where)):
        place: Where = ((where, "parameters"), index)
        # What cannot be followed is reported below, with the other parameters.
        location = value.get("in") if isinstance(value, dict) else None
        if isinstance(value, dict) and "$ref" in value:
            followed = reading.follow({"$ref": value["$ref"]}, place, "parameter")
            if followed is None:
                continue
            value, place = followed
            location = value.get("in")
        if location == "body":
            bodies.append(_Body(value=value, where=place))
        elif location == "formData":
            form = reading.once("form", value, partial(_read_form, reading, value, place))
            if form is not None and form.parameter.name not in forms:
                forms[form.parameter.name] = form
    if len(bodies) > 1:
        reading.problems.error(
            bodies[1].where, "An operation has two body parameters; the first one is used: remove the other."
        )
    return _Common(
        parameters=read_parameter_list(reading, holder, where, partial(_read_plain, reading)),
        forms=tuple(forms.values()),
        body=bodies[0] if bodies else None,
    )


def _read_form(reading: Reading, value: dict[str, Any], where: Where) -> _Form | None:
    parameter = _read_parameter(reading, {**value, "in": "query"}, where)
    return _Form(parameter=parameter, file=value.get("type") == "file") if parameter is not None else None


def _read_plain(reading: Reading, value: dict[str, Any], where: Where) -> Parameter | None:
    return None if value.get("in") in ("body", "formData") else _read_parameter(reading, value, where)


def _read_parameter(reading: Reading, value: dict[str, Any], where: Where) -> Parameter | None:
    name, location = value.get("name"), value.get("in")
    if not isinstance(name, str | int | float):
        reading.problems.error(where, f"A parameter's name must be text, not {kind_of(name)}; it is left out: name it.")
        return None
    if location not in ("path", "query", "header"):
        places = "path, query, header, formData or body"
        message = f"The parameter {quoted(name)} is in {quoted(text(location))}, not {places}; it is left out."
        reading.problems.error((where, "in"), message)
        return None
    style, explode = _style(reading, value, location, where)
    return Parameter(
        name=text(name),
        location=location,
        schema=_inline_schema(reading, value, where),
        required=location == "path" or flag(value.get("required")),
        description=text(value.get("description")),
        deprecated=flag(value.get("deprecated")) or flag(value.get("x-deprecated")),
        style=style,
        explode=explode,
        allow_reserved=keeps_slashes(value, location),
        allow_empty_value=flag(value.get("allowEmptyValue")),
        examples=extended_examples(value),
    )


def _inline_schema(reading: Reading, value: dict[str, Any], where: Where) -> Any:
    # Some documents put a schema on a query parameter, as 3.0 does; it says more than nothing.
    if isinstance(value.get("schema"), dict) and "type" not in value:
        return reading.schema_in(value, where)
    inline = {key: value[key] for key in _SCHEMA_KEYS if key in value}
    return reading.once("inline schema", value, lambda: reading.schemas.rewrite(inline, where))


def _style(reading: Reading, value: dict[str, Any], location: Any, where: Where) -> tuple[str, bool]:
    default = DEFAULT_STYLES["query" if location == "query" else "path"]
    if value.get("type") != "array":
        return default, default == "form"
    collection = text(value.get("collectionFormat")) or "csv"
    if collection == "csv":
        return default, False
    if location == "query":
        styles = {"multi": ("form", True), "ssv": ("spaceDelimited", False), "pipes": ("pipeDelimited", False)}
        if collection in styles:
            return styles[collection]
    message = f"The collectionFormat {quoted(collection)} cannot be kept here; values are joined with commas."
    reading.problems.warn((where, "collectionFormat"), message)
    return default, False


def _read_inputs(reading: Reading, common: _Common, operation: Mapping[str, Any], where: Where) -> Inputs:
    own = _read_common(reading, operation, where)
    forms = {form.parameter.name: form for form in (*common.forms, *own.forms)}
    described = own.body or common.body
    # An operation's own body stands above its path item's form, and the other way round.
    if own.body is None and own.forms:
        described = None
    elif own.body is not None:
        if own.forms:
            reading.problems.error(
                where, "An operation has a body and form parameters; the form parameters are left out: keep one kind."
            )
        forms = {}
    body = None
    if described is not None:
        body = _body(reading, described, _media_types(reading, operation, "consumes", where) or ("application/json",))
    elif forms:
        body = _form_body(tuple(forms.values()), _media_types(reading, operation, "consumes", where))
    return merge_parameters(common.parameters, own.parameters), body


def _media_types(reading: Reading, operation: Mapping[str, Any], key: str, where: Where) -> tuple[str, ...]:
    # An operation's empty list clears the document's.
    holder, place = (operation, where) if operation.get(key) is not None else (reading.document, None)
    names = reading.list_in(holder, key, place)
    return reading.once("media types", names, lambda: tuple(dict.fromkeys(map(text, names)))) if names else ()


def _body(reading: Reading, body: _Body, names: tuple[str, ...]) -> RequestBody:
    schema = reading.schema_in(body.value, body.where)
    examples = reading.once("body examples", body.value, partial(extended_examples, body.value))
    by_type = {example.name: example for example in examples if "/" in example.name}
    return RequestBody(
        media_types=tuple(
            MediaType(
                name=name,
                schema=schema,
                examples=(replace(by_type[name], name=""),) if name in by_type else () if by_type else examples,
            )
            for name in names
        ),
        required=flag(body.value.get("required")),
        description=text(body.value.get("description")),
    )


def _form_body(forms: tuple[_Form, ...], consumes: tuple[str, ...]) -> RequestBody:
    names = tuple(name for name in consumes if name.partition(";")[0].strip().lower() in _FORM_TYPES)
    file = any(form.file for form in forms)
    if file:
        # A file cannot be sent any other way (OpenAPI 2.0, Parameter Object).
        names = tuple(name for name in names if name.lower().startswith("multipart/")) or _FORM_TYPES[:1]
    properties: dict[str, Any] = {}
    encoding: dict[str, Encoding] = {}
    for form in forms:
        parameter = form.parameter
        properties[parameter.name] = _described(parameter)
        if isinstance(parameter.schema, Mapping) and parameter.schema.get("type") == "array":
            encoding[parameter.name] = Encoding(style=parameter.style, explode=parameter.explode)
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    required = [form.parameter.name for form in forms if form.parameter.required]
    if required:
        schema["required"] = required
    return RequestBody(
        media_types=tuple(MediaType(name=name, schema=schema, encoding=encoding) for name in names or _FORM_TYPES[1:]),
        required=bool(required),
    )


def _described(parameter: Parameter) -> Any:
    if not isinstance(parameter.schema, Mapping):
        return parameter.schema
    more: dict[str, Any] = {"description": parameter.description} if parameter.description else {}
    if parameter.deprecated:
        more["deprecated"] = True
    if parameter.examples and "example" not in parameter.schema:
        more["example"] = parameter.examples[0].value
    return {**parameter.schema, **more}


def _read_responses(reading: Reading, operation: Mapping[str, Any], where: Where) -> tuple[Response, ...]:
    produces = _media_types(reading, operation, "produces", where)
    found: list[Response] = []
    for name, value, place in reading.members(operation, "responses", where):
        status = status_of(reading, name, place) if not name.startswith("x-") else None
        followed = reading.follow(value, place, "response") if status is not None else None
        if status is not None and followed is not None:
            found.append(_read_response(reading, status, produces, *followed))
    return tuple(found)


def _read_response(
    reading: Reading, status: str, produces: tuple[str, ...], value: dict[str, Any], where: Where
) -> Response:
    schema = reading.schema_in(value, where)
    examples = reading.object_in(value, "examples", where)
    names: tuple[str, ...] = ()
    if value.get("schema") is not None:
        binary = isinstance(schema, Mapping) and schema.get("format") == "binary"
        names = produces or ((OCTETS,) if binary else ("application/json",))
    return Response(
        status=status,
        description=text(value.get("description")),
        media_types=tuple(
            MediaType(
                name=name,
                schema=schema,
                examples=(Example(name="", value=examples[name]),) if name in examples else (),
            )
            for name in dict.fromkeys((*names, *(name for name in examples if "/" in name)))
        ),
        headers=_read_headers(reading, value, where),
    )


def _read_headers(reading: Reading, value: dict[str, Any], where: Where) -> tuple[ResponseHeader, ...]:
    found: list[ResponseHeader] = []
    for name, header, at in reading.members(value, "headers", where):
        followed = reading.follow(header, at, "header")
        if followed is not None:
            schema = _inline_schema(reading, *followed)
            found.append(ResponseHeader(name=name, schema=schema, description=text(followed[0].get("description"))))
    return tuple(found)


def _read_servers(reading: Reading, document: Mapping[str, Any], where: Where) -> tuple[Server, ...]:
    """Put `schemes`, `host` and `basePath` together; https first, for one cannot tell which of them is meant."""
    own = urlsplit(reading.source_url or "")
    if not document.get("host") and (listed := extended_servers(reading, document, where)):
        return listed
    host = text(document.get("host")).strip().strip("/") or own.netloc.rpartition("@")[2]
    path = "/" + text(document.get("basePath")).strip().strip("/")
    if not host:
        return (Server(url=path),)
    named = [text(scheme).lower() for scheme in reading.list_in(document, "schemes", where)]
    schemes = tuple(filter(named.__contains__, ("https", "http")))
    if named and not schemes:
        reading.problems.warn(
            (where, "schemes"), "None of the schemes is http or https; https is used: write the one that is meant."
        )
    base = "" if path == "/" else path
    return tuple(fixed_server(f"{scheme}://{host}{base}") for scheme in schemes or (own.scheme or "https",))


def _read_security_schemes(reading: Reading) -> tuple[SecurityScheme, ...]:
    found: list[SecurityScheme] = []
    for name, value, place in reading.members(reading.document, "securityDefinitions", None):
        followed = reading.follow(value, place, "security scheme")
        if followed is None:
            continue
        described, at = followed
        if described.get("type") == "basic":
            described = {**described, "type": "http", "scheme": "basic"}
        elif described.get("type") == "oauth2":
            flow = _FLOWS.get(text(described.get("flow")))
            flows = {flow: read_flow(reading, described, at)} if flow else {}
            if not flow:
                reading.problems.warn(
                    (at, "flow"),
                    f"The OAuth flow {quoted(text(described.get('flow')))} is not known: write one of OpenAPI 2.0's.",
                )
            described = {**described, "flows": flows}
        scheme = read_scheme(reading, described, at)
        if scheme is not None:
            found.append(replace(scheme, name=name))
    return tuple(found)


VERSION = Version(
    name="2.0",
    all_siblings=False,
    operations_of=operations_by_method,
    read_common=_read_common,
    read_inputs=_read_inputs,
    read_responses=_read_responses,
    read_servers=_read_servers,
    read_security_schemes=_read_security_schemes,
)
