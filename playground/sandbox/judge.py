"""Would a strict server take this request? What it would hold against it, each with the place and the reason."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeAlias

from playground import jsontext
from playground.catalog.model import LOCATIONS, Definitions, Entry, MediaType, Parameter, Schema, SecurityScheme
from playground.mediatypes import essence, is_json, kind_of
from playground.messages import HTTPRequest
from playground.paste.values import is_array, is_object, item_of, property_of
from playground.request.model import ABSENT, FileValue, RequestModel
from playground.sandbox.wire import Received
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.keywords.keyword import Violation
from playground.schema.keywords.logic import only_demands
from playground.schema.mapping import as_schema, is_json_value, same, schema_list, schema_map, values_of
from playground.schema.types import types_of
from playground.schema.validate import violations
from playground.secrets.schemes import signing_of
from playground.values.fit import fits

Kind: TypeAlias = Literal["credentials", "syntax", "media type", "size", "parameter", "body"]
_MOST = 20
_KINDS: Mapping[int, Kind] = {400: "syntax", 413: "size", 415: "media type"}


@dataclass(frozen=True, slots=True)
class Objection:
    """One resource that is wrong: its kind, the place (`query/limit`, `body/items/0/price`), and why."""

    kind: Kind
    place: str
    words: str
    keyword: str = ""

    @property
    def sentence(self) -> str:
        """The objection as one sentence: `body/items/0/price is required.`"""
        return f"{self.place} {self.words.rstrip('.')}."


def objections(entry: Entry, request: HTTPRequest, received: Received, *, lenient: bool) -> tuple[Objection, ...]:
    """Return what is wrong with a request, the most important first; nothing if it is right.

    `lenient` lets a request pass that brings no credential at all, but none that brings the wrong kind.
    """
    if (refused := _credentials_objection(entry, request, lenient=lenient)) is not None:
        return (refused,)
    if received.problems:
        return tuple(
            Objection(_KINDS[problem.status], problem.place, problem.words) for problem in received.problems[:_MOST]
        )
    return (*_parameters(entry, received.model), *_body(entry, received))[:_MOST]


def _parameters(entry: Entry, model: RequestModel) -> Iterator[Objection]:
    for location in LOCATIONS:
        for parameter in entry.operation.parameters_in(location):
            place = f"{location}/{_step(parameter.name)}"
            value = model.parameter(location, parameter.name)
            if value is ABSENT:
                if parameter.required and not _is_ignored(entry, parameter):
                    yield Objection("parameter", place, "is required", "required")
                continue
            if value == "" and parameter.allow_empty_value and location == "query":
                continue
            for finding in islice(_findings(value, parameter.schema, entry.definitions), _MOST):
                yield Objection("parameter", f"{place}{finding.pointer}", finding.words, finding.keyword)


def _is_ignored(entry: Entry, parameter: Parameter) -> bool:
    """Say whether a header parameter is one that the description cannot ask for, or that a credential is."""
    if parameter.location != "header":
        return False
    name = parameter.name.lower()
    schemes = entry.provider.security_schemes
    keys = {scheme.parameter.lower() for scheme in schemes if scheme.location == "header"}
    return name in ("accept", "content-type", "authorization", "user-agent", "content-length", "host") or name in keys


def _body(entry: Entry, received: Received) -> Iterator[Objection]:
    described = entry.operation.request_body
    if described is None or not described.media_types:
        return
    value = body_value(received.model, received.media_type)
    if value is ABSENT:
        if described.required:
            yield Objection("body", "body", "is required", "required")
        return
    if isinstance(value, FileValue) or received.media_type is None:
        return
    schema = received.media_type.schema
    if essence(received.media_type.name) == "application/json-patch+json" and isinstance(value, list):
        return  # descriptions often call it an object; RFC 6902 says what it is
    if isinstance(value, str) and received.model.raw is not None and not is_json(received.media_type.name):
        return
    items = [value]
    is_form = kind_of(received.media_type.name) in ("form", "multipart")
    several = kind_of(received.media_type.name) == "lines" and isinstance(value, list)
    if several and "array" not in types_of(flatten(schema, entry.definitions)):
        items = value  # the schema is each line's
    for at, item in enumerate(items):
        place = f"body/{at}" if items is value else "body"
        for finding in islice(_findings(item, schema, entry.definitions), _MOST):
            if finding.keyword == "required" and is_form and _cannot_be_written(finding, schema, entry.definitions):
                continue
            yield Objection("body", f"{place}{finding.pointer}", finding.words, finding.keyword)


def _cannot_be_written(finding: _Finding, schema: Schema, definitions: Definitions) -> bool:
    """Say whether what a form lacks may be an object or a list with nothing in it, which no form can write."""
    for token in finding.pointer.split("/")[1:]:
        if token.isdecimal() and is_array(schema, definitions):
            schema = item_of(schema, int(token), definitions)
        else:
            schema = property_of(schema, token.replace("~1", "/").replace("~0", "~"), definitions)
    return (is_object(schema, definitions) and fits({}, schema, definitions, writing=True)) or (
        is_array(schema, definitions) and fits([], schema, definitions, writing=True)
    )


def body_value(model: RequestModel, media_type: MediaType | None) -> Any:
    """Return the body's value: of raw text that is JSON what it says, else the text; `ABSENT` where there is none."""
    if model.raw is None:
        return model.body
    if media_type is not None and is_json(media_type.name):
        try:
            return jsontext.loads(model.raw)
        except jsontext.JSONTextError:
            return model.raw
    return model.raw if model.raw else ABSENT


def _credentials_objection(entry: Entry, request: HTTPRequest, *, lenient: bool) -> Objection | None:
    """Return what is wrong with the request's credentials, or `None` if one alternative is there as it has to be."""
    alternatives = entry.operation.security or ()
    declared = entry.provider.schemes_by_name()
    schemes = [[declared.get(use.scheme) for use in alternative] for alternative in alternatives]
    if not schemes or any(not alternative for alternative in schemes):
        return None
    first = ""
    brought = False
    for alternative in schemes:
        missing = ""
        for scheme in alternative:
            if scheme is None or scheme.type == "mutualTLS":
                continue
            wrong, there = _scheme_problem(entry, scheme, request)
            brought = brought or there
            missing = missing or wrong
        if not missing:
            return None
        first = first or missing
    if lenient and not brought:
        return None
    return Objection("credentials", "credentials", first)


def _scheme_problem(entry: Entry, scheme: SecurityScheme, request: HTTPRequest) -> tuple[str, bool]:
    """Return what is wrong for one scheme, nothing if it is there; and whether something is there at its place."""
    signing = signing_of(entry, scheme)
    if scheme.type == "apiKey" and signing is None:
        value = _key(scheme, request)
        words = f"are missing: send the key {scheme.parameter} in the {scheme.location or 'header'}"
        return ("" if value else words), bool(value)
    value = (request.headers.get("Authorization") or "").strip()
    word = "basic" if scheme.type == "http" and scheme.scheme.lower() == "basic" else "bearer"
    if signing is not None:
        word = {"digest": "digest", "aws_sigv4": "aws4-hmac-sha256"}[signing]
    elif scheme.type == "http" and scheme.scheme:
        word = scheme.scheme.lower()
    wanted = {"aws4-hmac-sha256": "AWS4-HMAC-SHA256"}.get(word, word.capitalize())
    if not value:
        return f"are missing: send them as Authorization: {wanted}", False
    given, _, rest = value.partition(" ")
    if given.lower() != word or not rest.strip():
        return f"are of another kind: send them as Authorization: {wanted}", True
    if word == "basic" and not _is_basic(rest.strip()):
        return "cannot be read: Basic takes base64 of a user name, a colon and a password", True
    return "", True


def _key(scheme: SecurityScheme, request: HTTPRequest) -> str:
    name = scheme.parameter
    if scheme.location == "query":
        query = request.url.partition("#")[0].partition("?")[2]
        pairs = (piece.partition("=") for piece in query.split("&"))
        return next((value for key, _, value in pairs if key == name or key.replace("%5B", "[") == name), "")
    if scheme.location == "cookie":
        cookies = "; ".join(request.headers.get_all("Cookie")).split(";")
        pairs = (piece.strip().partition("=") for piece in cookies)
        return next((value for key, _, value in pairs if key == name), "")
    return (request.headers.get(name) or "").strip()


def _is_basic(text: str) -> bool:
    try:
        return b":" in base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False


_CHOICES = ("anyOf", "oneOf")
_MOST_BRANCHES = 100
_MOST_OF_BRANCH = 20
_MOST_LISTED = 8
_DEPTH = 4
_KIND = ("type", "const", "enum")
"""Keywords that say of a value that it is of another kind altogether."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """What is wrong at a place: a JSON Pointer, the keyword that is broken, and words that follow the place's name."""

    pointer: str
    keyword: str
    words: str


def _findings(value: Any, schema: Schema, definitions: Definitions) -> Iterator[_Finding]:
    """Yield what is wrong with a value that is sent, in the schema's order."""
    for violation in _precise(value, schema, definitions, _DEPTH):
        pointer = "".join(f"/{_step(str(part))}" for part in violation.at)
        yield _Finding(pointer, violation.keyword, _words(violation, schema, definitions))


def _step(name: str) -> str:
    """Return a name as a part of a JSON Pointer (RFC 6901), cut where it is long."""
    return name[:200].replace("~", "~0").replace("/", "~1")


def _precise(value: Any, schema: Schema, definitions: Definitions, depth: int) -> Iterator[Violation]:
    """Yield violations; of a choice that nothing fits, those of the branch that comes nearest."""
    for violation in violations(value, schema, definitions, writing=True):
        if violation.keyword in ("format", "type") and _is_told(violation, value, schema, definitions):
            continue
        nearest: list[Violation] = []
        if violation.keyword in _CHOICES and depth > 0:
            plain, part = _at(schema, definitions, violation.at), _part(value, violation.at)
            branches = schema_list(plain, violation.keyword)[:_MOST_BRANCHES]
            nearest = _nearest(part, branches, definitions, depth)
            if not nearest and not only_demands(branches) and _fits_any(part, branches, definitions):
                continue  # it fits several: the description does not tell them apart, and no server could
        if nearest:
            yield from (Violation(inner.message, inner.keyword, (*violation.at, *inner.at)) for inner in nearest)
        else:
            yield violation


def _is_told(violation: Violation, value: Any, schema: Schema, definitions: Definitions) -> bool:
    """Say whether another keyword tells more precisely what is meant: `pattern` than `format`, `enum` than `type`."""
    plain = _at(schema, definitions, violation.at)
    if violation.keyword == "format":
        return "pattern" in plain
    part = _part(value, violation.at)
    return any(same(part, choice) for choice in values_of(plain, "enum"))


def _nearest(value: Any, branches: tuple[Schema, ...], definitions: Definitions, depth: int) -> list[Violation]:
    """Return the violations of the branch of the value's kind that has the fewest; nothing if there is none."""
    best: list[Violation] = []
    for branch in branches:
        found = list(islice(_precise(value, branch, definitions, depth - 1), _MOST_OF_BRANCH))
        if not found:
            return []  # the value fits: it fits too many
        if not any(violation.at == () and violation.keyword in _KIND for violation in found) and (
            not best or len(found) < len(best)
        ):
            best = found
    return best


def _fits_any(value: Any, branches: tuple[Schema, ...], definitions: Definitions) -> bool:
    return any(next(violations(value, branch, definitions, writing=True), None) is None for branch in branches)


def _at(schema: Schema, definitions: Definitions, at: tuple[str | int, ...]) -> Mapping[str, Any]:
    """Return the flat schema of the part of a value that a place leads to, as far as it is plain where that is."""
    plain = flatten(schema, definitions)
    for part in at:
        if isinstance(part, int):
            inner = item_schema(plain, part)
        else:
            inner = schema_map(plain, "properties").get(part, as_schema(plain.get("additionalProperties", True)))
        plain = flatten(inner, definitions)
    return plain


def _part(value: Any, at: tuple[str | int, ...]) -> Any:
    for part in at:
        value = value[part]
    return value


def _words(violation: Violation, schema: Schema, definitions: Definitions) -> str:
    """Return a violation's sentence about its place."""
    sentence = violation.message.removesuffix(".")
    name = f"{violation.at[-1]} " if violation.at else ""
    if name and sentence.startswith(f"{name}is required"):
        return sentence.removeprefix(name)
    if violation.keyword == "enum":
        listed = [
            jsontext.dumps(choice)
            for choice in values_of(_at(schema, definitions, violation.at), "enum")
            if is_json_value(choice)
        ]
        if listed:
            return f"must be one of {', '.join(listed[:_MOST_LISTED])}{', …' if len(listed) > _MOST_LISTED else ''}"
    if sentence.startswith("This "):
        return sentence.removeprefix("This ")
    return f"is refused: {sentence}"
