"""An independent reader of requests: openapi-core reads ours by the same description, and says what it found.

It never saw our code: what it reads back from the bytes should be the values that were put in. `judge` returns what
differs, in words short enough to list.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from openapi_core import Config, OpenAPI  # type: ignore[import-not-found, import-untyped, unused-ignore]
from openapi_core.contrib.requests import RequestsOpenAPIRequest  # type: ignore[import-not-found, import-untyped, unused-ignore]
from requests import Request

from playground.catalog.model import LOCATIONS, Entry
from playground.jsontext import NumberText
from playground.messages import HTTPRequest
from playground.request.build import build_request
from playground.request.model import ABSENT, FileValue, RequestModel

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Readers:
    """Judges for a document, one for each path: others that fit a request as well are no question of serialisation.

    All operations stand at one server and ask for no credentials. What only limits texts (`format` but for bytes,
    `pattern`) is left out: the judge converts or refuses by it, and the question here is what a text reads back as.
    """

    def __init__(self, document: Mapping[str, Any], server: str) -> None:
        items = document.get("paths") or {}
        paths = {path: _item(item) for path, item in items.items() if isinstance(item, Mapping)}
        self._whole = _plainly({**document, "paths": paths, "servers": [{"url": server}], "security": []})
        # Whoever refers into the paths keeps them all.
        self._all = self.of_all(self._whole["paths"]) if _refers_into_paths(self._whole) else None

    def of(self, path: str) -> Any:
        """Return the judge of a path as the document writes it; `None` if the judge cannot open the document.

        What stands behind a `#` is no part of what is sent (RFC 3986 section 3.5).
        """
        if path not in self._whole["paths"]:
            return None
        return self._all or self.of_all({path.partition("#")[0]: self._whole["paths"][path]})

    def of_all(self, paths: Mapping[str, Any]) -> Any:
        """Return the judge of these paths."""
        try:
            return OpenAPI.from_dict({**self._whole, "paths": paths}, config=_CONFIG)
        except Exception:
            return None


def _refers_into_paths(value: Any) -> bool:
    if isinstance(value, Mapping):
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/paths/"):
            return True
        return any(map(_refers_into_paths, value.values()))
    return isinstance(value, list) and any(map(_refers_into_paths, value))


def _loads(value: bytes, **parameters: str) -> Any:
    return json.loads(value)


class _EveryJSON(dict[str, Any]):
    """Reads each kind of JSON (RFC 6839 section 3.1) as JSON, of which the judge knows some by name."""

    def __contains__(self, name: object) -> bool:
        return self.get(name) is not None

    def get(self, name: object, default: Any = None) -> Any:
        plain = str(name).partition(";")[0].strip().lower()
        return _loads if plain.endswith("+json") or plain == "text/json" else default

    def __getitem__(self, name: str) -> Any:
        return self.get(name)


_CONFIG = Config(spec_validator_cls=None, extra_media_type_deserializers=_EveryJSON())


def reader_of(document: Mapping[str, Any], server: str) -> Any:
    """Return the judge for a document of one path."""
    (path,) = document["paths"]
    return Readers(document, server).of(path)


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {**{name: value for name, value in member.items() if name != "servers"}, "security": []}
        if key in METHODS and isinstance(member, Mapping)
        else member
        for key, member in item.items()
        if key != "servers"
    }


def _plainly(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _plainly(member)
            for name, member in value.items()
            if not (isinstance(member, str) and (name == "pattern" or (name == "format" and member != "binary")))
        }
    return [_plainly(member) for member in value] if isinstance(value, list) else value


def judge(reader: Any, entry: Entry, model: RequestModel) -> tuple[str, ...]:
    """Return what the judge reads otherwise than it was put in, or why it reads nothing."""
    request = build_request(entry, model)
    try:
        with warnings.catch_warnings():
            # It tells that an operation is deprecated, which is the description's own word.
            warnings.simplefilter("ignore", DeprecationWarning)
            result = reader.unmarshal_request(_given(request))
    except Exception as error:
        return (f"raises {type(error).__name__}",)
    refused = [one for one in result.errors if not _reads_the_same(one, model)]
    if refused:
        return tuple(dict.fromkeys(f"refuses: {type(one).__name__}{_cause(one)}" for one in refused))
    if result.errors:
        return ()
    found: list[str] = []
    for location in LOCATIONS:
        read = getattr(result.parameters, location)
        for name, value in model.parameters.get(location, {}).items():
            if name not in read:
                found.append(f"{location} {name}: not found")
            elif plain(read[name]) != plain(value) and not (
                location == "path" and _decoded(read[name]) == plain(value)
            ):
                found.append(f"{location} {name}: read as another value")
    if model.body is not ABSENT and plain(result.body) != plain(model.body) and (result.body or plain(model.body)):
        found.append("body: read as another value")
    return tuple(found)


def _reads_the_same(error: Any, model: RequestModel) -> bool:
    """Say whether the judge only finds that a value does not fit its schema, and read the value that was put in."""
    read = getattr(error.__cause__, "value", None)
    if type(error.__cause__).__name__ != "InvalidSchemaValue":
        return False
    if type(error).__name__ == "InvalidRequestBody":
        return bool(plain(read) == plain(model.body))
    location, name = getattr(error, "location", ""), getattr(error, "name", "")
    put_in = next(
        (values[name] for place, values in model.parameters.items() if place == location and name in values), None
    )
    return bool(plain(read) == plain(put_in))


def _decoded(value: Any) -> Any:
    """Return a path value decoded: the judge leaves it as it stands in the URL."""
    return (
        unquote(value)
        if isinstance(value, str)
        else plain([_decoded(one) for one in value])
        if isinstance(value, list)
        else value
    )


def _cause(error: BaseException) -> str:
    causes: list[str] = []
    inner = error.__cause__
    while inner is not None and len(causes) < 3:
        causes.append(type(inner).__name__)
        inner = inner.__cause__
    return "".join(f" < {cause}" for cause in causes)


def _given(request: HTTPRequest) -> Any:
    headers = {name: value for name, value in request.headers if name.lower() != "cookie"}
    cookies = dict(piece.partition("=")[::2] for piece in (request.headers.get("cookie") or "").split("; ") if piece)
    return RequestsOpenAPIRequest(
        Request(request.method, request.url, headers=headers, cookies=cookies, data=request.body or None)
    )


def plain(value: Any) -> Any:
    """Return a value for comparison: numbers by their amount, files by their bytes, what leaves no trace left out."""
    if isinstance(value, NumberText):
        return float(value)
    if isinstance(value, FileValue):
        return plain(value.content)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        members = {str(name): plain(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member not in (None, {}, [])}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    return value
