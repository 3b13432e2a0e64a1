"""Who judges the sandbox's answers: another library by the document as written, and a person's judgement, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import orjson
from openapi_schema_validator import OAS30ReadValidator, OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012

from playground.catalog.model import Entry, Operation
from playground.mediatypes import essence, is_json
from playground.messages import HTTPRequest, HTTPResponse
from playground.values.fit import fits
from playground.values.identifiers import prefix_of
from playground.values.shapes import Shapes

_TELLING = 6
"""Characters of a text that stands in a description not by chance."""


class Judge:
    """Judges answers by the document as it was written, with another library."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.modern = str(raw.get("openapi", "")).startswith(("3.1", "3.2"))
        # Beside a reference nothing counts (OpenAPI 3.0.3, Reference Object; 2.0 alike), and the library reads it.
        raw = raw if self.modern else _alone(raw)
        contents = Resource.from_contents(raw, default_specification=DRAFT202012 if self.modern else DRAFT4)
        self.registry: Registry[Any] = Registry().with_resource("urn:document", contents)

    def problem(self, operation: Operation, response: HTTPResponse) -> str:
        """Return what is wrong with an answer, or an empty text."""
        place = self._response(operation, response.status)
        if place is None:
            return f"status {response.status} is not described"
        pointer, described = place
        content = described.get("content") or {}
        if not content or operation.method.upper() == "HEAD" or response.status in (204, 205, 304):
            return "" if not response.body else "content where none is described"
        name = next((name for name in content if essence(name) == response.media_type), None)
        if name is None or not is_json(name):
            return "" if response.body or response.media_type else "no content"
        schema = {"$ref": f"urn:document#{pointer}/content/{_token(name)}/schema"}
        if "schema" not in content[name]:
            return ""
        if not response.body:
            return "no content"
        value = orjson.loads(response.body)
        validator = OAS31Validator if self.modern else OAS30ReadValidator
        error = next(validator(schema, registry=self.registry).iter_errors(value), None)
        return "" if error is None else f"{error.json_path}: {error.validator}: {error.message[:140]}"

    def _response(self, operation: Operation, status: int) -> tuple[str, Mapping[str, Any]] | None:
        pointer = f"/paths/{_token(operation.path)}/{operation.method.lower()}/responses"
        responses = self._at(pointer)
        for name in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if isinstance(responses, Mapping) and name in responses:
                return self._followed(f"{pointer}/{name}", responses[name])
        return None

    def _followed(self, pointer: str, described: Any) -> tuple[str, Mapping[str, Any]]:
        while isinstance(described, Mapping) and "$ref" in described:
            pointer = described["$ref"].removeprefix("#")
            described = self._at(pointer)
        return pointer, described if isinstance(described, Mapping) else {}

    def _at(self, pointer: str) -> Any:
        value: Any = self.raw
        for token in pointer.split("/")[1:]:
            key = unquote(token).replace("~1", "/").replace("~0", "~")
            value = value.get(key) if isinstance(value, Mapping) else None
            if isinstance(value, Mapping) and set(value) == {"$ref"}:
                value = self._at(value["$ref"].removeprefix("#"))
        return value


def _alone(value: Any) -> Any:
    """Return a document whose references have nothing beside them."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            return {"$ref": value["$ref"]}
        return {name: _alone(part) for name, part in value.items()}
    return [_alone(part) for part in value] if isinstance(value, list) else value


def _token(text: str) -> str:
    escaped = text.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    return escaped.replace("{", "%7B").replace("}", "%7D").replace('"', "%22").replace(" ", "%20")


class Judgement:
    """A person's judgement made countable. `document` is the description as it was written."""

    def __init__(self, document: bytes) -> None:
        self.document = document
        self.counts: Counter[str] = Counter()
        self.remarks: list[str] = []
        self.now = datetime.now(UTC)
        self.sent = b""

    def look(self, response: HTTPResponse, entry: Entry, operation: Operation, request: HTTPRequest) -> None:
        """Count what there is to see in an answer."""
        self.counts["answers"] += 1
        self.counts["documents"] = 1
        media_types = [one for described in operation.responses for one in described.media_types]
        schema = next((one.schema for one in media_types if essence(one.name) == response.media_type), True)
        shown = [_read(example.value) for one in media_types for example in one.examples]
        examples = [orjson.dumps(value, option=orjson.OPT_SORT_KEYS) for value in shown if _plain(value)]
        self.sent = f"{request.url} {request.headers} ".encode() + request.body
        value = orjson.loads(response.body)
        self._value(value, Shapes(entry.definitions).of(schema), operation.key, b"".join(examples), 12)

    def _value(self, value: Any, shape: Any, key: str, own: bytes, depth: int) -> None:
        if depth <= 0:
            return
        if isinstance(value, str):
            self._text(value, shape, key, own)
        elif isinstance(value, list):
            self.counts["lists"] += 1
            texts = [orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in value]
            if len(set(texts)) < len(texts):
                self._remark("equal", f"{key}: two equal items in a list", texts[0] in own)
            for item in value:
                self._value(item, shape.items, key, own, depth - 1)
        elif isinstance(value, dict):
            members = {member.name: member.shape for member in shape.members}
            definitions = shape.shapes.definitions
            branches = [one for one in shape.choice[:12] if fits(value, one.schema, definitions, writing=False)]
            for branch in branches or shape.choice[:6]:
                members = {**{member.name: member.shape for member in branch.members}, **members}
            for name, member in value.items():
                self._value(member, members.get(name) or shape.shapes.of(True), key, own, depth - 1)

    def _text(self, text: str, shape: Any, key: str, own: bytes) -> None:
        self.counts["texts"] += 1
        shown = orjson.dumps(text) in own
        if text == "string":
            self._remark("placeholders", f"{key}: the word `string`", shown or shape.listed == ("string",))
        # An example of another operation, or inside of a schema, is the description's own as well.
        own_word = shown or (len(text) >= _TELLING and orjson.dumps(text) in self.document)
        prefix = prefix_of(shape.plain)
        if prefix and not shape.listed:
            self.counts["identifiers"] += 1
            if not text.startswith(prefix) and text.encode() not in self.sent:
                self._remark("unprefixed", f"{key}: {text[:40]} without {prefix}", own_word)
        if re.match(r"\d{4}-\d{2}-\d{2}([T ]|$)", text):
            self.counts["dates"] += 1
            year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
            try:
                far = abs(self.now - datetime(year, month, day, tzinfo=UTC)) > timedelta(days=731)
            except ValueError:
                return
            if far:
                self._remark("far", f"{key}: {text[:30]}", own_word or self._holds(text))

    def _holds(self, text: str) -> bool:
        """Say whether a text was sent, or stands inside of an example that is written as text."""
        return text.encode() in self.sent or (len(text) >= _TELLING and text.encode() in self.document)

    def _remark(self, kind: str, words: str, excused: bool) -> None:
        """Count something that a person would stop at; what the description's own example says is only listed."""
        if excused:
            self.counts["excused"] += 1
            self.remarks.append(f"(the description's own example) {words}")
        else:
            self.counts[kind] += 1
            self.remarks.append(words)


def _read(value: Any) -> Any:
    """Return an example, read where it is JSON text."""
    with suppress(ValueError):
        return orjson.loads(value) if isinstance(value, str) else value
    return value


def _plain(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except TypeError:
        return False
    return True
