"""A request from the wire read for its operation: values by location, the body's value, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from playground import jsontext
from playground.catalog.model import LOCATIONS, Entry, Location, MediaType
from playground.mediatypes import essence, in_range, is_json, kind_of
from playground.messages import HTTPRequest
from playground.openapi.problems import DocumentError, Limits
from playground.openapi.values import UnquotedNumber
from playground.openapi.yaml import read_scalar, read_yaml
from playground.paste.body import read_body
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_header_value, read_pairs, read_path_value
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.sandbox.generate import shapes_of
from playground.sandbox.routes import path_values, query_values, segments_of
from playground.sandbox.xml_body import XMLBodyError, read_xml
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import is_json_value
from playground.values.fit import fits
from playground.values.shapes import Shape

LONGEST_READ = 4_000_000
"""Bytes of a body that is read as JSON, a form or the like."""
_YAML_LIMITS = Limits(size=LONGEST_READ, depth=100, nodes=200_000, aliases=1_000, repeated=20_000, string=1_000_000)
_NOT_PARAMETERS = frozenset(("accept", "content-type", "authorization"))
"""Header parameters of these names are ignored (OpenAPI 3.1 section 4.8.12.1)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a request from being read: the status it deserves, the place (`body`, `query/limit`), and why."""

    status: int
    place: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as it was understood. `media_type` is the described one that its content is of, if any is."""

    model: RequestModel
    media_type: MediaType | None = None
    problems: tuple[Problem, ...] = ()


def read_request(entry: Entry, request: HTTPRequest, path: str) -> Received:
    """Read a request. `path` is encoded, without query, and starts where the operation's template does."""
    parameters: dict[Location, dict[str, Any]] = {location: {} for location in LOCATIONS}
    problems: list[Problem] = []
    _read_path(entry, path, request.url, parameters["path"])
    query = Pairs.of(request.url.partition("#")[0].partition("?")[2])
    _read_pairs(entry, "query", query, parameters, problems)
    cookies = Pairs.of("; ".join(request.headers.get_all("Cookie")), separator=";", decode=unquote)
    _read_pairs(entry, "cookie", cookies, parameters, problems)
    for parameter in entry.operation.parameters_in("header"):
        values = request.headers.get_all(parameter.name)
        if values and parameter.name.lower() not in _NOT_PARAMETERS:
            parameters["header"][parameter.name] = read_header_value(parameter, ",".join(values), entry.definitions)
    filled = {location: values for location, values in parameters.items() if values}
    media_type, body = _read_body(entry, request, problems)
    kind = essence(request.headers.get("Content-Type") or "")
    is_text = isinstance(body, str) and media_type is not None and not _is_no_text(entry, media_type)
    is_text = is_text and not (is_json(kind) or (media_type is not None and is_json(media_type.name)))
    raw = body if is_text else None
    model = RequestModel(
        parameters=filled,
        media_type=None if media_type is None else media_type.name,
        body=ABSENT if raw is not None else body,
        raw=raw,
    )
    return Received(model=model, media_type=media_type, problems=tuple(problems))


def _read_path(entry: Entry, path: str, url: str, values: dict[str, Any]) -> None:
    decoded = [unquote(segment) for segment in path.lstrip("/").split("/")]
    found = path_values(segments_of(entry.operation.path), decoded) or {}
    found |= query_values(entry.operation.path, url)
    for parameter in entry.operation.parameters_in("path"):
        if parameter.name in found:
            raw = quote(found[parameter.name], safe=",;=.")
            values[parameter.name] = read_path_value(parameter, raw, entry.definitions)


def _read_pairs(
    entry: Entry, location: Location, pairs: Pairs, parameters: dict[Location, dict[str, Any]], problems: list[Problem]
) -> None:
    wanted: Sequence[Any] = entry.operation.parameters_in(location)
    if not wanted:
        return
    names = {parameter.name for parameter in wanted}
    shapes = shapes_of(entry)
    for parameter, value in read_pairs(wanted, pairs, entry.definitions):
        parameters[location][parameter.name] = spelled(value, shapes.of(parameter.schema))
    repeated = dict.fromkeys(name for name, _ in pairs.left if name in names)
    words = "is given more than once, and takes one value"
    problems += [Problem(400, f"{location}/{name}", words) for name in repeated]


def _read_body(entry: Entry, request: HTTPRequest, problems: list[Problem]) -> tuple[MediaType | None, Any]:
    """Return the described media type of the content, and its value: a JSON value, a text, a file, or `ABSENT`."""
    described = entry.operation.request_body
    content = request.body
    if described is None or not described.media_types or not content:
        return None, ABSENT
    sent = request.headers.get("Content-Type") or ""
    media_type = media_type_of(described.media_types, sent)
    if media_type is None:
        names = ", ".join(dict.fromkeys(kind.name for kind in described.media_types[:6]))
        words = f"has the media type {essence(sent) or sent[:60] or 'of none'}: this operation takes {names}"
        problems.append(Problem(415, "body", words))
        return None, ABSENT
    kind = kind_of(essence(sent) or media_type.name)
    coding = (request.headers.get("Content-Encoding") or "identity").strip().lower()
    described_coding = any(
        parameter.name.lower() == "content-encoding" for parameter in entry.operation.parameters_in("header")
    )
    if coding not in ("", "identity") and kind not in ("binary", "image", "unknown") and not described_coding:
        problems.append(Problem(415, "body", f"is encoded as {coding[:40]}: send it as it is"))
        return media_type, ABSENT
    if kind in ("binary", "image", "unknown"):
        # What any content may be of is still of its schema: an object is JSON, whatever it is called.
        is_open = kind == "unknown" or "*" in media_type.name
        if is_open and (kind == "unknown" or _is_no_text(entry, media_type)):
            value = _json(content)
            if value is not ABSENT:
                return media_type, value
        if is_open and _is_no_text(entry, media_type):
            return media_type, _read_json(content.decode("utf-8", "replace"), problems)
        return media_type, FileValue(filename="body", content=content, content_type=essence(sent))
    if len(content) > LONGEST_READ:
        problems.append(Problem(413, "body", f"is longer than the {LONGEST_READ} bytes that the sandbox reads"))
        return media_type, ABSENT
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if kind == "multipart":
            return media_type, _form(entry, request, content, problems)
        problems.append(Problem(400, "body", "is not text in UTF-8"))
        return media_type, ABSENT
    if kind == "json":
        return media_type, _read_json(text, problems)
    if kind == "xml":
        return media_type, _read_xml(text, shapes_of(entry).of(media_type.schema), problems)
    if kind == "lines":
        lines = [line for line in text.splitlines() if line.strip()]
        return media_type, [_read_json(line, problems) for line in lines[:10_000]]
    if kind in ("form", "multipart"):
        form = _form(entry, request, content, problems)
        return media_type, form if form is ABSENT else spelled(form, shapes_of(entry).of(media_type.schema))
    if kind == "yaml" and shapes_of(entry).of(media_type.schema).types != ("string",):
        return media_type, _read_yaml(content, problems)
    if kind in ("text", "csv", "events", "sequence") and "*" in media_type.name and _is_no_text(entry, media_type):
        return media_type, _read_json(text, problems)
    return media_type, text


def _is_no_text(entry: Entry, media_type: MediaType) -> bool:
    """Say whether content of any media type has to be an object, a list or a number: all that it can be is JSON."""
    types = set(shapes_of(entry).of(media_type.schema).types)
    return bool(types) and not types & {"string", "null"}


def media_type_of(described: Sequence[MediaType], sent: str) -> MediaType | None:
    """Return the described media type that a Content-Type is of: exactly, by its essence, or in a range.

    Content without a type is of the first one; JSON of any suffix is of a described plain JSON and the other way.
    """
    if not sent.strip():
        return described[0]
    plain, kind = sent.replace(" ", "").lower(), essence(sent)
    for media_type in described:
        if media_type.name.replace(" ", "").lower() == plain:
            return media_type
    for media_type in described:
        if kind and essence(media_type.name) == kind:
            return media_type
    for media_type in described:
        if kind and "*" in media_type.name and in_range(kind, essence(media_type.name)):
            return media_type
    # A description may name what is no media type at all; such a one takes JSON.
    return next(
        (described_type for described_type in described if not essence(described_type.name) and is_json(kind)), None
    )


def _read_json(text: str, problems: list[Problem]) -> Any:
    try:
        return jsontext.loads(text)
    except jsontext.JSONTextError as error:
        problems.append(Problem(400, "body", f"cannot be read: {error}"))
        return ABSENT


def _read_yaml(content: bytes, problems: list[Problem]) -> Any:
    try:
        return _with_numbers(read_yaml(content, _YAML_LIMITS), 3)
    except DocumentError as error:
        problems.append(Problem(400, "body", f"cannot be read: {error}"))
        return ABSENT


def _with_numbers(value: Any, depth: int) -> Any:
    """Return what YAML says, without the texts that only a description keeps as it writes them."""
    if isinstance(value, UnquotedNumber):
        return read_scalar(value)
    if isinstance(value, dict) and depth > 0:
        return {name: _with_numbers(part, depth - 1) for name, part in value.items()}
    return value


def _read_xml(text: str, shape: Shape, problems: list[Problem]) -> Any:
    """Return what XML says where the description has a shape for it; else its text."""
    if not shape.members and not shape.choice and "array" not in shape.types:
        return text
    try:
        return spelled(read_xml(text, shape), shape)
    except XMLBodyError as error:
        problems.append(Problem(400, "body", str(error)))
        return ABSENT


def _json(content: bytes) -> Any:
    try:
        value = jsontext.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, jsontext.JSONTextError):
        return ABSENT
    return value if isinstance(value, dict | list) else ABSENT


def _form(entry: Entry, request: HTTPRequest, content: bytes, problems: list[Problem]) -> Any:
    message = PastedMessage(
        kind="request", method=request.method, url=request.url, headers=request.headers.pairs, content=content
    )
    body = read_body(entry, message)
    if body.raw is not None or not isinstance(body.value, dict):
        problems.append(Problem(400, "body", "cannot be read as a form"))
        return ABSENT
    return body.value


_DEPTH = 12
_MOST = 2000
_MOST_BRANCHES = 20


def spelled(value: Any, shape: Shape) -> Any:
    """Return a value with its texts read as what they stand for in the schema, where the value as it is does not fit.

    A list where one value is wanted is its first: properties of two objects may have the same name in a query.
    """
    if not is_json_value(value) or fits(value, shape.schema, shape.shapes.definitions, writing=True):
        return value
    return _spelled(value, shape, _DEPTH)


def _spelled(value: Any, shape: Shape, depth: int) -> Any:
    if depth <= 0:
        return value
    if shape.choice:
        definitions = shape.shapes.definitions
        branches = shape.choice[:_MOST_BRANCHES]
        made = (_spelled(value, branch, depth - 1) for branch in branches)
        pairs = zip(branches, made, strict=False)
        return next(
            (reading for branch, reading in pairs if fits(reading, branch.schema, definitions, writing=True)), value
        )
    if isinstance(value, Mapping) and "object" in shape.types:
        members = {member.name: member.shape for member in shape.members}
        extra = shape.plain.get("additionalProperties")
        other = shape.shapes.of(extra) if isinstance(extra, Mapping) else None
        made_: dict[str, Any] = {}
        for name, part in list(value.items())[:_MOST]:
            inner = members.get(name, other)
            made_[name] = part if inner is None else _spelled(part, inner, depth - 1)
        return made_ if len(made_) == len(value) else value
    if isinstance(value, list):
        if "array" in shape.types:
            return [_spelled(item, shape.items, depth - 1) for item in value[:_MOST]] + value[_MOST:]
        return _spelled(value[0], shape, depth - 1) if value and shape.types else value
    definitions = shape.shapes.definitions
    readings = list(_readings(value))
    fitting = next((reading for reading in readings if fits(reading, shape.schema, definitions, writing=True)), None)
    if fitting is not None:
        return fitting
    # What is of the right type and out of its limits is that, and no text.
    return value if shape.listed else next((reading for reading in readings if _is_of(reading, shape.types)), value)


def _is_of(value: Any, types: tuple[str, ...]) -> bool:
    kind = type_of_value(value)
    return kind in types or (kind == "integer" and "number" in types)


def _readings(value: Any) -> Iterator[Any]:
    """Yield a scalar, then the other values of its text."""
    yield value
    if isinstance(value, str):
        if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?", value):
            yield jsontext.loads(value)
        elif value in ("true", "false"):
            yield value == "true"
    elif isinstance(value, bool | int | float):
        yield jsontext.dumps(value)
