"""Rules of paths, operations and parameters (OpenAPI 2.0; 3.0 to 3.2, Paths Object to Parameter Object)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any, TypeAlias

from playground.mediatypes import FORM, essence
from playground.openapi.pointers import Where
from playground.openapi.problems import quoted
from playground.openapi.rules.walk import TOKEN, Rule, Walk
from playground.openapi.values import text
from playground.openapi.versions.base import METHODS

Parameters: TypeAlias = list[tuple[dict[str, Any], Where]]
"""Parameter Objects with their places in the list."""

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_MULTIPART = "multipart/form-data"
_OF_BODIES = frozenset(("name", "in", "description", "required", "schema", "type", "allowEmptyValue", "$ref"))
"""Fields of a body in 2.0, and those that are told apart."""
_RESERVED_PLACES = {
    "3.0": ("query",), "3.1": ("query",), "3.2": ("path", "query", "cookie"),
}  # fmt: skip


def check_paths(walk: Walk, paths: dict[str, Any], where: Where) -> None:
    """Check templates against each other, and each template against the parameters below it."""
    shapes: dict[str, str] = {}
    for path, item in paths.items():
        place: Where = (where, path)
        if path.startswith("x-") or not isinstance(item, dict):
            continue
        names = _VARIABLE.findall(path)
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            walk.warn(place, f"The path has {{{name}}} twice, which one value cannot fill: rename one of them.")
        if "" in names:
            walk.warn(place, "The path has a variable without a name: write one between the braces.")
        # Query and fragment in a path are an extension that tells operations of one path apart.
        shape = _VARIABLE.sub("{}", path)
        if names and shape in shapes and shapes[shape] != path:
            walk.warn(
                place,
                f"The path differs from {quoted(shapes[shape])} in the names of its variables only: keep one of them.",
            )
        shapes.setdefault(shape, path)
        _check_path_parameters(walk, path, item, place)


def _check_path_parameters(walk: Walk, path: str, item: dict[str, Any], where: Where) -> None:
    names = frozenset(_VARIABLE.findall(path))
    item = walk.resolve(item) | {key: value for key, value in item.items() if key != "$ref"}
    holders: list[tuple[Mapping[str, Any], Where]] = [(item, where)]
    holders += [(operation, (where, method)) for method, operation in _operations(item)]
    for holder, place in holders:
        for parameter, at in _parameters(walk, holder, place):
            name = text(parameter.get("name"))
            if parameter.get("in") == "path" and name not in names:
                walk.error(
                    at, f"The path has no {{{name}}}, so this parameter is not sent: add it to the path, or remove it."
                )


def check_path_item(walk: Walk, item: dict[str, Any], where: Where) -> None:
    """Check the parameters that a path item's operations have together, and methods of one's own."""
    common = list(_parameters(walk, item, where))
    _check_list(walk, common)
    for method, operation in _operations(item):
        own = list(_parameters(walk, operation, (where, method)))
        _check_together(walk, common, own)
        if walk.family == "2.0":
            _check_files(walk, operation, [*common, *own], (where, method))
    additional = item.get("additionalOperations")
    for method in additional if isinstance(additional, dict) else ():
        if method.lower() in (*METHODS, "query"):
            walk.error(
                ((where, "additionalOperations"), method),
                f"{quoted(method)} has a field of its own in the Path Item Object: write it as {method.lower()}.",
            )


def check_operation(walk: Walk, operation: dict[str, Any], where: Where) -> None:
    """Check an operation's parameters against each other, its responses, and forms of 2.0."""
    parameters = list(_parameters(walk, operation, where))
    _check_list(walk, parameters)
    operation_id = operation.get("operationId")
    if isinstance(operation_id, str):
        if operation_id in walk.seen_ids:
            message = f"The operationId {quoted(operation_id)} is used twice: give one of the operations another."
            walk.warn((where, "operationId"), message)
        walk.seen_ids.add(operation_id)


def check_responses(walk: Walk, responses: dict[str, Any], where: Where) -> None:
    """Check that there is a response, and that each key is a status code."""
    if not any(not name.startswith("x-") for name in responses):
        walk.warn(where, "An operation must have at least one response: describe it, or default.")
    for name in responses:
        pattern = r"[1-5]\d\d|default" if walk.family == "2.0" else r"[1-5](?:\d\d|XX)|default"
        if not name.startswith("x-") and not re.fullmatch(pattern, name):
            walk.warn((where, name), f"{quoted(name)} is no status code: write one like 200, or default.")


def check_parameter(walk: Walk, parameter: dict[str, Any], where: Where) -> None:
    """Check one parameter of any version."""
    name, location = text(parameter.get("name")), text(parameter.get("in"))
    if location == "path" and parameter.get("required") is not True:
        walk.warn(where, f"The path parameter {quoted(name)} is not marked as required: write required: true.")
    if location == "header" and name and not TOKEN.fullmatch(name):
        walk.warn((where, "name"), f"{quoted(name)} cannot be the name of a header field (RFC 9110): correct it.")
    if location == "path" and re.search(r"[{}]", name):
        walk.warn((where, "name"), "The name of a path parameter has a brace: write it without.")
    if parameter.get("allowEmptyValue") is not None and location not in ("query", "formData"):
        walk.warn(
            (where, "allowEmptyValue"),
            f"allowEmptyValue is for query parameters; this one is in {location}: remove it.",
        )
    (_check_parameter_2_0 if walk.family == "2.0" else _check_parameter_3)(walk, parameter, location, where)


def _check_parameter_2_0(walk: Walk, parameter: dict[str, Any], location: str, where: Where) -> None:
    if location == "body":
        if parameter.get("schema") is None:
            walk.warn(where, "A body parameter needs a schema: add it.")
        elif isinstance(parameter["schema"], dict) and parameter["schema"].get("type") == "file":
            walk.warn((where, "schema"), "A file is sent in formData, not as a body: change in to formData.")
        elif parameter.get("type") is not None:
            walk.warn((where, "type"), "The type of a body belongs into its schema: move it there.")
        for key in parameter:
            if key not in _OF_BODIES and not key.startswith("x-"):
                walk.warn((where, key), f"{quoted(key)} says nothing of a body: move it into its schema.")
        return
    if parameter.get("type") is None and location:
        walk.warn(where, "This parameter has no type: add string, number, integer, boolean or array.")
    if parameter.get("schema") is not None:
        walk.warn((where, "schema"), f"Only a body parameter has a schema; this one is in {location}: write its type.")
    if parameter.get("type") == "file" and location != "formData":
        walk.warn((where, "type"), f"A file can be sent in formData only, not in {location}: change in or the type.")
    check_items(walk, parameter, where)
    if parameter.get("collectionFormat") == "multi" and location not in ("query", "formData"):
        walk.warn(
            (where, "collectionFormat"), f"multi is for query and formData; this parameter is in {location}: write csv."
        )
    check_items(walk, parameter, where)


def check_items(walk: Walk, holder: dict[str, Any], where: Where) -> None:
    """Check that an array of 2.0 says what its items are."""
    if holder.get("type") == "array" and holder.get("items") is None:
        walk.warn(where, "An array needs items: add them.")
    if where is not None and where[1] == "items" and holder.get("collectionFormat") == "multi":
        walk.warn((where, "collectionFormat"), "multi cannot be used for nested arrays: write another format.")


def check_header(walk: Walk, header: dict[str, Any], where: Where) -> None:
    """Check a header, which has the fields of a parameter without its name and place."""
    if walk.family == "2.0":
        check_items(walk, header, where)
        if header.get("collectionFormat") == "multi":
            walk.warn((where, "collectionFormat"), "multi is for query and formData; this is a header: write csv.")
        return
    content = header.get("content")
    if (header.get("schema") is None) == (content is None):
        walk.warn(where, "A header has a schema or a content, one of them: add it, or remove the other.")
    if isinstance(content, dict) and len(content) != 1:
        walk.warn((where, "content"), f"The content of a header has one media type, not {len(content)}: keep one.")
    for key in ("style", "explode"):
        if content is not None and key in header:
            walk.warn((where, key), f"{key} has no effect on a header with content: remove it.")
    _check_examples_beside(walk, header, "header", where)


def _check_parameter_3(walk: Walk, parameter: dict[str, Any], location: str, where: Where) -> None:
    content = parameter.get("content")
    if location == "querystring":
        if parameter.get("schema") is not None:
            walk.error((where, "schema"), "A querystring parameter is described by content: move the schema there.")
        if content is None:
            walk.error(where, "A querystring parameter needs a content; it is left out: give it one media type.")
    elif parameter.get("schema") is None and content is None and "$ref" not in parameter:
        walk.warn(where, "A parameter needs a schema or a content: add one of them.")
    if parameter.get("schema") is not None and content is not None and location != "querystring":
        walk.warn((where, "content"), "A parameter has a schema or a content, not both: remove one of them.")
    if isinstance(content, dict) and len(content) != 1:
        walk.warn((where, "content"), f"The content of a parameter has one media type, not {len(content)}: keep one.")
    if content is not None:
        for key in ("style", "explode", "allowReserved"):
            if key in parameter:
                walk.warn((where, key), f"{key} has no effect on a parameter with content: remove it.")
        _check_examples_beside(walk, parameter, "parameter", where)
    elif parameter.get("allowReserved") is not None and location not in _RESERVED_PLACES[walk.family]:
        walk.warn((where, "allowReserved"), f"allowReserved has no effect on a {location} parameter: remove it.")
    elif location == "cookie" and parameter.get("style") == "cookie" and parameter.get("allowReserved") is not None:
        walk.warn((where, "allowReserved"), "allowReserved has no effect on the style cookie: remove it.")


def _check_examples_beside(walk: Walk, holder: dict[str, Any], what: str, where: Where) -> None:
    """Check that what has a content has its examples there, as all versions before 3.2 say."""
    if holder.get("content") is None or holder.get("schema") is not None or walk.family not in ("3.0", "3.1"):
        return
    for key in ("example", "examples"):
        if key in holder:
            walk.warn((where, key), f"{key} of a {what} with content belongs into its media type: move it.")


def _operations(item: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for method in (*METHODS, "query"):
        if isinstance(item.get(method), dict):
            yield method, item[method]


def _parameters(walk: Walk, holder: Mapping[str, Any], where: Where) -> Iterator[tuple[dict[str, Any], Where]]:
    """Yield the parameters of a path item or an operation, references followed, with their places in the list."""
    listed = holder.get("parameters")
    for index, value in enumerate(listed if isinstance(listed, list) else ()):
        parameter = walk.resolve(value)
        if parameter:
            yield parameter, ((where, "parameters"), index)


def _identity(parameter: Mapping[str, Any]) -> tuple[str, str]:
    location, name = text(parameter.get("in")), text(parameter.get("name"))
    return location, name.lower() if location == "header" else name


def _check_list(walk: Walk, parameters: Parameters) -> None:
    """Check each parameter of a list against those before it."""
    seen: set[tuple[str, str]] = set()
    locations: dict[str, Where] = {}
    for parameter, where in parameters:
        location, name = identity = _identity(parameter)
        if location != "body" and identity in seen:
            walk.warn(where, f"The {location} parameter {quoted(name)} is listed twice: remove the other.")
        if location == "body" and "formData" in locations:
            _check_pair(walk, {"body"}, "formData", locations["formData"])
        else:
            _check_pair(walk, locations.keys(), location, where)
        seen.add(identity)
        locations.setdefault(location, where)


def _check_together(walk: Walk, common: Parameters, own: Parameters) -> None:
    """Check an operation's parameters against those of its path item that it does not override."""
    overridden = {_identity(parameter) for parameter, _ in own}
    inherited = {text(parameter.get("in")) for parameter, _ in common if _identity(parameter) not in overridden}
    for parameter, at in own:
        _check_pair(walk, inherited, text(parameter.get("in")), at)


def _check_pair(walk: Walk, others: Set[str], location: str, where: Where) -> None:
    """Check that a location may stand beside the locations of other parameters of an operation."""
    if location == "body" and "body" in others:
        walk.error(where, "An operation has two body parameters; the first one is used: remove the other.")
    elif (location == "body" and "formData" in others) or (location == "formData" and "body" in others):
        walk.error(where, "An operation has a body and form parameters, and only one kind can be sent: keep one kind.")
    elif location == "querystring" and "querystring" in others:
        walk.error(where, "An operation has two querystring parameters, and a request one query: remove one of them.")
    elif (location == "query" and "querystring" in others) or (location == "querystring" and "query" in others):
        walk.error(
            where,
            "A querystring parameter is the whole query, so there can be no query parameter beside it: "
            "describe all of it in the querystring's schema.",
        )


def _check_files(walk: Walk, operation: dict[str, Any], parameters: Parameters, where: Where) -> None:
    if not any(parameter.get("type") == "file" and parameter.get("in") == "formData" for parameter, _ in parameters):
        return
    consumes = operation.get("consumes", walk.document.get("consumes"))
    names = {essence(text(name)) for name in consumes} if isinstance(consumes, list) else set()
    if not names & {_MULTIPART, FORM}:
        walk.warn(
            (where, "consumes") if "consumes" in operation else where,
            f"An operation that takes a file must consume {_MULTIPART} or {FORM}: add it to consumes.",
        )


RULES: dict[str, tuple[Rule, ...]] = {
    "Paths": (check_paths,),
    "PathItem": (check_path_item,),
    "Operation": (check_operation,),
    "Responses": (check_responses,),
    "Parameter": (check_parameter,),
    "Items": (check_items,),
    "Header": (check_header,),
}
