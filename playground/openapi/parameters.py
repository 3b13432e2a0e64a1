"""Parameter Objects of 3.x, and how an operation's parameters come together (OpenAPI 3.1 section 4.8.12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from playground.catalog.model import LOCATIONS, Location, Parameter, Schema
from playground.openapi.content import read_encodings
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.problems import kind_of, quoted
from playground.openapi.values import flag, text

DEFAULT_STYLES: dict[Location, str] = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_STYLES: dict[Location, tuple[str, ...]] = {
    "path": ("matrix", "label", "simple"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}
_TEMPLATE_NAME = re.compile(r"\{([^{}]+)\}")


def read_parameter(reader: DocumentReader, value: dict[str, Any], where: Where) -> Parameter | None:
    """Return one parameter, or `None` with a problem reported."""
    if value.get("in") == "querystring":
        return _whole_query(reader, value, where)
    name, location = value.get("name"), value.get("in")
    if not isinstance(name, str | int | float):
        reader.problems.error(where, f"A parameter's name must be text, not {kind_of(name)}; it is left out: name it.")
        return None
    if location not in LOCATIONS:
        places = "path, query, header or cookie"
        message = (
            f"The parameter {quoted(name)} is in {quoted(text(location))}, not {places}; it is left out: correct it."
        )
        reader.problems.error((where, "in"), message)
        return None
    if location == "path" and value.get("required") is not True:
        reader.problems.warn(
            where, f"The path parameter {quoted(name)} is not marked as required, but it is: write required: true."
        )
    style, explode = _style(reader, value, location, where)
    holder, place, media_type = _shape(reader, value, where)
    return Parameter(
        name=text(name),
        location=location,
        schema=_with_default(reader.schema_in(holder, place), value),
        required=location == "path" or flag(value.get("required")),
        description=text(value.get("description")),
        deprecated=flag(value.get("deprecated")),
        style=style,
        explode=explode,
        allow_reserved=flag(value.get("allowReserved")) or keeps_slashes(value, location),
        allow_empty_value=flag(value.get("allowEmptyValue")),
        media_type=media_type,
        examples=reader.examples(value, where) or (reader.examples(holder, place) if media_type else ()),
    )


def _with_default(schema: Schema, value: Mapping[str, Any]) -> Schema:
    """Return the schema with a parameter's own `x-default`, which counts where the schema has no default."""
    if "x-default" not in value or not isinstance(schema, Mapping):
        return schema
    return {**schema, "x-default": value["x-default"]}


def _whole_query(reader: DocumentReader, value: dict[str, Any], where: Where) -> Parameter | None:
    """Return 3.2's `in: querystring`: the whole query string as content of a media type."""
    content = reader.object_in(value, "content", where)
    if not content:
        reader.problems.error(where, "A querystring parameter needs a content; it is left out: give it one media type.")
        return None
    media_type, member = next(iter(content.items()))
    holder, place = reader.follow(member, ((where, "content"), media_type), "media type") or ({}, where)
    return Parameter(
        name=text(value.get("name")) or "querystring",
        location="query",
        schema=reader.schema_in(holder, place),
        required=flag(value.get("required")),
        description=text(value.get("description")),
        deprecated=flag(value.get("deprecated")),
        style="querystring",
        media_type=media_type,
        encoding=read_encodings(reader, holder, place),
        examples=reader.examples(value, where) or reader.examples(holder, place),
    )


def keeps_slashes(value: Mapping[str, Any], location: Location) -> bool:
    """Tell whether an extension says that the value is sent without escaping its reserved characters."""
    return location in ("path", "query") and (
        flag(value.get("x-ms-skip-url-encoding")) or flag(value.get("x-multi-segment"))
    )


def _style(reader: DocumentReader, value: dict[str, Any], location: Location, where: Where) -> tuple[str, bool]:
    style = value.get("style")
    if style is None:
        style = DEFAULT_STYLES[location]
    elif style not in _STYLES[location]:
        message = (
            f"The style {quoted(style)} does not exist for a {location} parameter; {DEFAULT_STYLES[location]} is used: "
            "write one that does, or remove it."
        )
        reader.problems.warn((where, "style"), message)
        style = DEFAULT_STYLES[location]
    explode = value.get("explode")
    return style, explode if isinstance(explode, bool) else style in ("form", "cookie")


def _shape(reader: DocumentReader, value: dict[str, Any], where: Where) -> tuple[Mapping[str, Any], Where, str]:
    """Return the object that holds the schema, its place, and the media type when it is a Media Type Object."""
    content = reader.object_in(value, "content", where)
    if value.get("schema") is not None:
        if content:
            reader.problems.warn(
                (where, "content"), "A parameter has a schema and a content; the schema is used: remove one of them."
            )
        return value, where, ""
    if not content:
        reader.problems.warn(
            where,
            f"The parameter {quoted(value['name'])} has neither schema nor content; any value is allowed: "
            "add a schema.",
        )
        return {}, where, ""
    if len(content) > 1:
        reader.problems.warn((where, "content"), "A parameter has several media types; the first is used: keep one.")
    media_type, member = next(iter(content.items()))
    followed = reader.follow(member, ((where, "content"), media_type), "media type")
    return (*(followed or ({}, where)), media_type)


def read_parameter_list(
    reader: DocumentReader,
    holder: Mapping[str, Any],
    where: Where,
    read: Callable[[dict[str, Any], Where], Parameter | None],
) -> tuple[Parameter, ...]:
    """Return the `parameters` of a path item or an operation; of two with the same place and name the first counts."""
    parameters: dict[tuple[str, str], Parameter] = {}
    for index, value in enumerate(reader.list_in(holder, "parameters", where)):
        place: Where = ((where, "parameters"), index)
        parameter = reader.shared(value, place, "parameter", read)
        if parameter is None:
            continue
        key = _identity(parameter)
        if key in parameters:
            message = (
                f"The {parameter.location} parameter {quoted(parameter.name)} is listed twice; the first one is used: "
                "remove the other."
            )
            reader.problems.warn(place, message)
        else:
            parameters[key] = parameter
    return tuple(parameters.values())


def merge_parameters(common: Iterable[Parameter], own: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Return a path item's parameters with an operation's; an equal place and name is overridden in its position."""
    merged = {_identity(parameter): parameter for parameter in common}
    merged.update((_identity(parameter), parameter) for parameter in own)
    return tuple(merged.values())


def complete_path(
    reader: DocumentReader, path: str, parameters: tuple[Parameter, ...], where: Where
) -> tuple[Parameter, ...]:
    """Add a text parameter for each variable of the path template that nothing describes."""
    if "{" not in path:
        return parameters
    known = {parameter.name for parameter in parameters if parameter.location == "path"}
    # A query written into the path may take its value from a query parameter of that name.
    queried = {parameter.name for parameter in parameters if parameter.location == "query"}
    known |= queried.intersection(_TEMPLATE_NAME.findall(path.partition("?")[2]))
    missing: list[Parameter] = []
    for name in dict.fromkeys(_TEMPLATE_NAME.findall(path)):
        if name in known:
            continue
        reader.problems.warn(
            where,
            f"The path variable {quoted(name)} is not described; any text is allowed: add a path parameter.",
        )
        missing.append(Parameter(name=name, location="path", schema={"type": "string"}, required=True))
    return (*parameters, *missing)


def _identity(parameter: Parameter) -> tuple[str, str]:
    # Header field names compare without case (RFC 9110 section 5.1).
    return parameter.location, parameter.name.lower() if parameter.location == "header" else parameter.name
