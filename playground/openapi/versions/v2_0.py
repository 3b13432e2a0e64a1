"""OpenAPI 2.0 (Swagger): bodies and forms are parameters, parameters have types, all operations one host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from playground.catalog.model import (
    COLLECTION_STYLES,
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
from playground.openapi.document import DocumentReader, extended_examples
from playground.openapi.parameters import DEFAULT_STYLES, keeps_slashes, merge_parameters, read_parameter_list
from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.security import read_flow, read_scheme
from playground.openapi.servers import extended_servers, fixed_server, scheme_of, with_blanks_encoded
from playground.openapi.values import flag, text
from playground.openapi.versions.base import Inputs, ReadInputs, Version, operations_by_method

_FORM_TYPES = ("multipart/form-data", FORM)
_DEEPEST_ITEMS = 8
_SCHEMA_KEYS = (
    "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
    "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf", "x-nullable", "x-ms-enum",
    "x-enumNames", "x-enum-varnames", "x-enumDescriptions", "x-enum-descriptions", "example", "x-default",
)  # fmt: skip
"""Keywords of a parameter or a header that belong to its schema."""
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
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    value: dict[str, Any]
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parameters:
    """The `parameters` of a path item or an operation, sorted by what they become."""

    parameters: tuple[Parameter, ...] = ()
    forms: tuple[_Form, ...] = ()
    body: _Body | None = None


def _read_parameters(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> _Parameters:
    forms: dict[str, _Form] = {}
    bodies: list[_Body] = []
    for index, value in enumerate(reader.list_in(holder, "parameters", where)):
        place: Where = ((where, "parameters"), index)
        # What cannot be followed is reported below, with the other parameters.
        location = value.get("in") if isinstance(value, dict) else None
        if isinstance(value, dict) and "$ref" in value:
            followed = reader.follow({"$ref": value["$ref"]}, place, "parameter")
            if followed is None:
                continue
            value, place = followed
            location = value.get("in")
        if location == "body":
            bodies.append(_Body(value=value, where=place))
        elif location == "formData":
            form = reader.once("form", value, partial(_read_form, reader, value, place))
            if form is not None and form.parameter.name not in forms:
                forms[form.parameter.name] = form
    if len(bodies) > 1:
        reader.problems.error(
            bodies[1].where, "An operation has two body parameters; the first one is used: remove the other."
        )
    return _Parameters(
        parameters=read_parameter_list(reader, holder, where, partial(_read_plain, reader)),
        forms=tuple(forms.values()),
        body=bodies[0] if bodies else None,
    )


def _read_form(reader: DocumentReader, value: dict[str, Any], where: Where) -> _Form | None:
    parameter = _read_parameter(reader, {**value, "in": "query"}, where)
    if parameter is None:
        return None
    return _Form(parameter=parameter, file=value.get("type") == "file", where=where)


def _read_plain(reader: DocumentReader, value: dict[str, Any], where: Where) -> Parameter | None:
    return None if value.get("in") in ("body", "formData") else _read_parameter(reader, value, where)


def _read_parameter(reader: DocumentReader, value: dict[str, Any], where: Where) -> Parameter | None:
    name, location = value.get("name"), value.get("in")
    if not isinstance(name, str | int | float):
        reader.problems.error(where, f"A parameter's name must be text, not {kind_of(name)}; it is left out: name it.")
        return None
    if location not in ("path", "query", "header"):
        places = "path, query, header, formData or body"
        message = (
            f"The parameter {quoted(name)} is in {quoted(text(location))}, not {places}; it is left out: correct it."
        )
        reader.problems.error((where, "in"), message)
        return None
    style, explode = _style(reader, value, location, where)
    return Parameter(
        name=text(name),
        location=location,
        schema=_inline_schema(reader, value, where),
        required=location == "path" or flag(value.get("required")),
        description=text(value.get("description")),
        deprecated=flag(value.get("deprecated")) or flag(value.get("x-deprecated")),
        style=style,
        explode=explode,
        allow_reserved=keeps_slashes(value, location),
        allow_empty_value=flag(value.get("allowEmptyValue")),
        examples=extended_examples(value),
    )


def _inline_schema(reader: DocumentReader, value: dict[str, Any], where: Where) -> Any:
    # Some documents put a schema on a query parameter, as 3.0 does; it says more than nothing.
    if isinstance(value.get("schema"), dict) and "type" not in value:
        return reader.schema_in(value, where)
    inline = {key: value[key] for key in _SCHEMA_KEYS if key in value}
    if isinstance(inline.get("items"), dict):
        inline["items"] = _with_formats(inline["items"], _DEEPEST_ITEMS)
    return reader.once("inline schema", value, lambda: reader.schemas.rewrite(inline, where))


def _with_formats(items: dict[str, Any], deepest: int) -> dict[str, Any]:
    """Return the items of a list with the format that lists among them have: `csv` where none is given."""
    if items.get("type") != "array" or deepest == 0:
        return items
    inner = items.get("items")
    format_ = text(items.get("collectionFormat")) or "csv"
    return {
        **items,
        "collectionFormat": format_,
        **({"items": _with_formats(inner, deepest - 1)} if isinstance(inner, dict) else {}),
    }


def _style(reader: DocumentReader, value: dict[str, Any], location: Any, where: Where) -> tuple[str, bool]:
    default = DEFAULT_STYLES["query" if location == "query" else "path"]
    if value.get("type") != "array":
        return default, default == "form"
    collection = text(value.get("collectionFormat")) or "csv"
    if collection == "multi" and location == "query":
        return "form", True
    if collection in COLLECTION_STYLES:
        return COLLECTION_STYLES[collection] or default, False
    message = (
        f"The collectionFormat {quoted(collection)} cannot be used here; values are joined with commas: write csv."
    )
    reader.problems.warn((where, "collectionFormat"), message)
    return default, False


def _read_item(reader: DocumentReader, item: Mapping[str, Any], where: Where) -> ReadInputs:
    return partial(_read_inputs, reader, _read_parameters(reader, item, where))


def _read_inputs(reader: DocumentReader, common: _Parameters, operation: Mapping[str, Any], where: Where) -> Inputs:
    own = _read_parameters(reader, operation, where)
    forms = {form.parameter.name: form for form in (*common.forms, *own.forms)}
    described = own.body or common.body
    # An operation's own body overrides its path item's form, and the other way round.
    if own.body is None and own.forms:
        described = None
    elif own.body is not None:
        if own.forms:
            reader.problems.error(
                own.forms[0].where,
                "An operation has a body and form parameters; the form parameters are left out: keep one kind.",
            )
        forms = {}
    body = None
    if described is not None:
        body = _body(reader, described, _media_types(reader, operation, "consumes", where) or ("application/json",))
    elif forms:
        body = _form_body(tuple(forms.values()), _media_types(reader, operation, "consumes", where))
    return merge_parameters(common.parameters, own.parameters), body


def _media_types(reader: DocumentReader, operation: Mapping[str, Any], key: str, where: Where) -> tuple[str, ...]:
    # An operation's empty list clears the document's.
    holder, place = (operation, where) if operation.get(key) is not None else (reader.document, None)
    names = reader.list_in(holder, key, place)
    return reader.once("media types", names, lambda: tuple(dict.fromkeys(map(text, names)))) if names else ()


def _body(reader: DocumentReader, body: _Body, names: tuple[str, ...]) -> RequestBody:
    schema = reader.schema_in(body.value, body.where)
    examples = reader.once("body examples", body.value, partial(extended_examples, body.value))
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


def _read_responses(reader: DocumentReader, operation: Mapping[str, Any], where: Where) -> tuple[Response, ...]:
    produces = _media_types(reader, operation, "produces", where)
    responses: list[Response] = []
    for name, value, place in reader.members(operation, "responses", where):
        status = status_of(reader, name, place) if not name.startswith("x-") else None
        followed = reader.follow(value, place, "response") if status is not None else None
        if status is not None and followed is not None:
            responses.append(_read_response(reader, status, produces, *followed))
    return tuple(responses)


def _read_response(
    reader: DocumentReader, status: str, produces: tuple[str, ...], value: dict[str, Any], where: Where
) -> Response:
    schema = reader.schema_in(value, where)
    examples = reader.object_in(value, "examples", where)
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
        headers=_read_headers(reader, value, where),
    )


def _read_headers(reader: DocumentReader, value: dict[str, Any], where: Where) -> tuple[ResponseHeader, ...]:
    headers: list[ResponseHeader] = []
    for name, header, at in reader.members(value, "headers", where):
        followed = reader.follow(header, at, "header")
        if followed is not None:
            schema = _inline_schema(reader, *followed)
            format_ = text(followed[0].get("collectionFormat"))
            if format_ in COLLECTION_STYLES and isinstance(schema, Mapping) and schema.get("type") == "array":
                schema = {**schema, "collectionFormat": format_}
            headers.append(ResponseHeader(name=name, schema=schema, description=text(followed[0].get("description"))))
    return tuple(headers)


def _read_servers(reader: DocumentReader, document: Mapping[str, Any], where: Where) -> tuple[Server, ...]:
    """Return a server for each of `schemes`, of `host` and `basePath`; https first, the safer choice."""
    own = urlsplit(reader.source_url or "")
    if not document.get("host") and (listed := extended_servers(reader, document, where)):
        return listed
    host = text(document.get("host")).strip().strip("/") or own.netloc.rpartition("@")[2]
    path = "/" + text(document.get("basePath")).strip().strip("/")
    path = with_blanks_encoded(reader, path, (where, "basePath"))
    if not host:
        return (Server(url=path),)
    named = [text(scheme).lower() for scheme in reader.list_in(document, "schemes", where)]
    schemes = tuple(filter(named.__contains__, ("https", "http")))
    if named and not schemes:
        reader.problems.warn(
            (where, "schemes"), "None of the schemes is http or https; https is used: write the one that is meant."
        )
    base = "" if path == "/" else path
    return tuple(
        fixed_server(f"{scheme}://{host}{base}") for scheme in schemes or (own.scheme or scheme_of(reader, host),)
    )


def _read_security_schemes(reader: DocumentReader) -> tuple[SecurityScheme, ...]:
    schemes: list[SecurityScheme] = []
    for name, value, place in reader.members(reader.document, "securityDefinitions", None):
        followed = reader.follow(value, place, "security scheme")
        if followed is None:
            continue
        described, at = followed
        if described.get("type") == "basic":
            described = {**described, "type": "http", "scheme": "basic"}
        elif described.get("type") == "oauth2":
            flow = _FLOWS.get(text(described.get("flow")))
            flows = {flow: read_flow(reader, described, at)} if flow else {}
            if not flow:
                reader.problems.warn(
                    (at, "flow"),
                    f"The OAuth flow {quoted(text(described.get('flow')))} is not known: write one of OpenAPI 2.0's.",
                )
            described = {**described, "flows": flows}
        scheme = read_scheme(reader, described, at)
        if scheme is not None:
            schemes.append(replace(scheme, name=name))
    return tuple(schemes)


VERSION = Version(
    name="2.0",
    all_siblings=False,
    operations_of=operations_by_method,
    read_item=_read_item,
    read_responses=_read_responses,
    read_servers=_read_servers,
    read_security_schemes=_read_security_schemes,
)
