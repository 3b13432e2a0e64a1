"""A refusal in the description's own shape: its status, media type, and members that say what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeAlias

from playground import jsontext
from playground.catalog.model import Entry, Example, MediaType, Response
from playground.mediatypes import essence
from playground.messages import Headers
from playground.sandbox.generate import Making, answer_value
from playground.sandbox.judge import Objection
from playground.sandbox.negotiate import acceptable, described, reason_of
from playground.sandbox.write import write_described
from playground.values.fit import fits
from playground.values.scene import words_of
from playground.values.shapes import Shape

Cause: TypeAlias = Literal[
    "credentials", "syntax", "media type", "size", "parameter", "body", "missing", "conflict", "precondition",
    "idempotency", "rate", "storage", "accept",
]  # fmt: skip
"""Why a request is not carried out."""

_STATUSES: Mapping[Cause, tuple[int, ...]] = {
    "credentials": (401, 403, 400),
    "syntax": (400, 422),
    "media type": (415, 400, 422),
    "size": (413, 400, 422),
    "parameter": (400, 422),
    "body": (422, 400),
    "missing": (404, 410, 400),
    "conflict": (409, 422, 400),
    "precondition": (412, 409),
    "idempotency": (409, 422, 400),
    "rate": (429, 503),
    "storage": (507,),
    "accept": (406,),
}
"""Statuses that say so, the usual one first; one that is described is taken before the usual one."""
_USUAL: Mapping[Cause, int] = {"body": 400}
"""The usual status where the first of the list is only taken if it is described."""
_WORDS: Mapping[Cause, str] = {
    "credentials": "auth|credential|key|token|permission|login|forbidden",
    "missing": "not.?found|no.?such|missing|unknown|exist|gone",
    "conflict": "conflict|exist|duplicate|already|taken",
    "idempotency": "idempoten|conflict|duplicate",
    "precondition": "precondition|etag|version|match",
    "rate": "rate|too.?many|throttl|limit|quota",
    "accept": "accept|media.?type|format",
}
_INVALID = "invalid|validation|bad|argument|input|malformed|parameter|unprocess|missing|request|required"
_MESSAGES = frozenset((
    "message", "msg", "detail", "details", "error_description", "description", "error_message", "reason", "explanation",
    "user_message", "developer_message", "faultstring", "long_message", "error_summary", "text", "info", "summary",
    "message_text", "error", "status_message", "cause",
))  # fmt: skip
_NUMBERS = frozenset(("status", "status_code", "code", "http_status", "http_code", "http_status_code", "error_code"))
_PLACES = frozenset((
    "param", "parameter", "field", "pointer", "path", "property", "loc", "source", "target", "attribute", "location",
    "data_path", "json_path", "field_name", "name",
))  # fmt: skip
_KEPT = frozenset((
    "type", "id", "doc_url", "documentation_url", "help_url", "request_id", "trace_id", "timestamp", "kind", "title",
    "url", "more_info", "correlation_id", "more_info_url", "object",
)) | _MESSAGES | _NUMBERS  # fmt: skip
"""Members of an error that are shown beside what is required and what says why."""
_INNER = frozenset((
    "error", "errors", "detail", "details", "violation", "violations", "issue", "issues", "problem", "problems",
    "fault", "cause", "causes", "param", "params", "field", "fields", "context", "info", "validation", "failures",
    "loc",
))  # fmt: skip
"""Words in the names of members that say more about an error."""
_CODES: Mapping[Cause, str] = {
    "credentials": "unauthorized", "syntax": "invalid_syntax", "media type": "unsupported_media_type",
    "size": "request_too_large", "parameter": "parameter_invalid", "body": "parameter_invalid",
    "missing": "resource_missing", "conflict": "resource_exists", "precondition": "precondition_failed",
    "idempotency": "idempotency_conflict", "rate": "rate_limit", "storage": "storage_full",
    "accept": "not_acceptable",
}  # fmt: skip
_DEPTH = 5
_NO_HEADERS = Headers()
_MOST = 10
PROBLEM = "application/problem+json"
"""The media type of a refusal that the description has no shape for (RFC 9457)."""
PROBLEM_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
"""The schema of its content."""
REASON = "Playground-Reason"
"""The header field that says in one sentence why the sandbox refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal: the status, the content type (empty for none), the content, and the sentence that says why."""

    status: int
    content_type: str
    body: bytes
    sentence: str
    response: Response | None


def refuse(
    entry: Entry, make: Making, cause: Cause, objections: Sequence[Objection], headers: Headers = _NO_HEADERS,
    *, status: int = 0,
) -> Refusal:  # fmt: skip
    """Return the refusal of a request, with the `status` that was asked for or the one of its cause.

    `objections` are at least one; `headers` are the request's, for its Accept.
    """
    status = status or status_for(entry, cause)
    response = described(entry, status)
    sentence = objections[0].sentence
    if response is None:
        return _problem(status, objections)
    media_type = acceptable(response.media_types, headers)
    if media_type is None:
        return Refusal(status=status, content_type="", body=b"", sentence=sentence, response=response)
    is_problem = essence(media_type.name).startswith("application/problem+")
    telling = _Telling(cause, status, objections, make, is_problem=is_problem)
    shown = _fitting_example(media_type, cause)
    shape = make.shapes.of(media_type.schema)
    value = answer_value(media_type if shown is None else _only(media_type, shown), make, sent={})
    if shown is None and not media_type.examples and isinstance(value, dict):
        value = _with_lists(value, shape, make)
    value = telling.told(value, make.shapes.of(media_type.schema), _DEPTH)
    content_type, body = write_described(value, media_type, make.shapes)
    return Refusal(status=status, content_type=content_type, body=body, sentence=sentence, response=response)


def _with_lists(value: dict[str, Any], shape: Shape, make: Making) -> dict[str, Any]:
    """Return an error with the lists of what is wrong that its schema has, which most resources lack."""
    whole = dict(value)
    for member in shape.members:
        if member.name not in whole and member.shape.types == ("array",) and not _INNER.isdisjoint(member.words):
            made = make.value(member.shape.schema, member.name)
            if isinstance(made, list) and made:
                whole[member.name] = made
    return whole


_CAUSES: Mapping[int, Cause] = {
    401: "credentials", 403: "credentials", 404: "missing", 410: "missing", 406: "accept", 409: "conflict",
    412: "precondition", 413: "size", 415: "media type", 429: "rate",
}  # fmt: skip
_WHY: Mapping[Cause, tuple[str, str]] = {
    "credentials": ("credentials", "do not allow this"), "conflict": ("request", "names what exists already"),
    "accept": ("header/Accept", "takes nothing that there is"), "size": ("body", "is too large"),
    "precondition": ("header/If-Match", "does not name the present state"),
    "media type": ("body", "has a media type that this operation does not take"),
    "rate": ("request", "is one too many: try again in a second"),
}  # fmt: skip


def asked_for(entry: Entry, status: int) -> tuple[Cause, Objection]:
    """Return what an error says that is no mistake of the request's: it was asked for by its status."""
    cause = _CAUSES.get(status, "parameter")
    if cause == "missing":
        names = [parameter.name for parameter in entry.operation.parameters_in("path")]
        place, words = (f"path/{names[-1]}", "names nothing that exists") if names else ("path", "leads to nothing")
    elif status >= 500:
        place, words = "request", "could not be carried out: try again later"
    else:
        place, words = _WHY.get(cause, ("request", "is not as it has to be"))
    return cause, Objection("parameter", place, words)


def status_for(entry: Entry, cause: Cause) -> int:
    """Return the status of a refusal: a described one that says so, else the usual one."""
    numbers = {response.status.strip() for response in entry.operation.responses}
    candidates = _STATUSES[cause]
    exact = next((status for status in candidates if str(status) in numbers), None)
    if exact is not None:
        return exact
    usual = _USUAL.get(cause, candidates[0])
    if described(entry, usual) is not None:
        return usual
    # Some describe what is wrong under a status of their own: "405, invalid input".
    words = re.compile(_WORDS.get(cause, _INVALID), re.IGNORECASE)
    for response in entry.operation.responses:
        if re.fullmatch("4[0-9]{2}", response.status.strip()) and words.search(response.description):
            return int(response.status)
    return usual


def _problem(status: int, objections: Sequence[Objection]) -> Refusal:
    """Return a problem document (RFC 9457), for a status that the description says nothing of."""
    problem: dict[str, Any] = {
        "title": reason_of(status) or f"Status {status}",
        "status": status,
        "detail": objections[0].sentence,
    }
    if len(objections) > 1:
        problem["errors"] = [
            {"pointer": objection.place, "detail": objection.words} for objection in objections[:_MOST]
        ]
    body = jsontext.dumps(problem, indent=2).encode("utf-8", "replace")
    return Refusal(
        status=status,
        content_type=PROBLEM,
        body=body,
        sentence=objections[0].sentence,
        response=None,
    )


def _fitting_example(media_type: MediaType, cause: Cause) -> Example | None:
    """Return the example whose name or content speaks of the cause, of several."""
    if len(media_type.examples) < 2:
        return None
    words = re.compile(_WORDS.get(cause, _INVALID), re.IGNORECASE)
    for example in media_type.examples:
        if words.search(f"{example.name} {example.summary}"):
            return example
    return None


def _only(media_type: MediaType, example: Example) -> MediaType:
    return MediaType(
        name=media_type.name, schema=media_type.schema, examples=(example,), encoding=media_type.encoding,
        item_schema=media_type.item_schema,
    )  # fmt: skip


class _Telling:
    """Writes into an error's members what they are there to say."""

    def __init__(
        self, cause: Cause, status: int, objections: Sequence[Objection], make: Making, *, is_problem: bool
    ) -> None:
        self.cause = cause
        self.status = status
        self.is_problem = is_problem
        self.objections = objections
        self.definitions = make.definitions
        self.words = re.compile(_WORDS.get(cause, _INVALID), re.IGNORECASE)

    def told(self, value: Any, shape: Shape, depth: int, at: int = 0) -> Any:
        """Return the value of an error with what is wrong in it; `at` is which of several objections it is about."""
        if depth <= 0:
            return value
        if isinstance(value, str) and depth == _DEPTH:
            sentence = self.objections[at].sentence
            return sentence if self._fits(sentence, shape) else value
        if isinstance(value, list):
            return self._list(value, shape, depth)
        if not isinstance(value, Mapping):
            return value
        members = {member.name: member.shape for member in _members(shape)}
        whole = dict(value)
        messages = sum("_".join(words_of(name)) in _MESSAGES for name in whole)
        for name, member in whole.items():
            inner = members.get(name) or shape.shapes.of(True)
            if messages and isinstance(member, dict | list) and _INNER.isdisjoint(words_of(name)):
                continue  # something else that the error is about
            made = self._member(name, member, inner, depth, at, alone=messages < 2)
            if made is not member and self._fits(made, inner):
                whole[name] = made
        whole = {
            name: member
            for name, member in whole.items()
            if not messages or name in shape.required or self._says(name, member is not value[name])
        }
        return whole if self._fits(whole, shape) else value

    def _fits(self, value: Any, shape: Shape) -> bool:
        return fits(value, shape.schema, self.definitions, writing=False)

    def _says(self, name: str, changed: bool) -> bool:
        """Say whether an optional member is worth showing: it says what is wrong, or belongs to every error."""
        plain = "_".join(words_of(name))
        if plain in _PLACES and self.cause == "credentials":
            return False
        return changed or plain in _KEPT

    def _list(self, value: list[Any], shape: Shape, depth: int) -> list[Any]:
        if not value or not isinstance(value[0], Mapping | str):
            return value
        if isinstance(value[0], str):
            told: list[Any] = [objection.sentence for objection in self.objections[:_MOST]]
        else:
            told = [self.told(value[0], shape.items, depth - 1, at) for at in range(min(len(self.objections), _MOST))]
        return told if self._fits(told, shape) else value

    def _member(self, name: str, value: Any, shape: Shape, depth: int, at: int, *, alone: bool) -> Any:
        objection = self.objections[min(at, len(self.objections) - 1)]
        plain = "_".join(words_of(name))
        if shape.listed:
            return self._listed(shape, value)
        if isinstance(value, Mapping):
            return self.told(value, shape, depth - 1, at)
        if isinstance(value, list):
            if plain in ("loc", "path", "location") and value and isinstance(value[0], str):
                return objection.place.split("/")
            return self._list(value, shape, depth)
        if plain in _NUMBERS:
            return self._number(plain, value)
        if value is not None and not isinstance(value, str):
            return value
        if plain == "type" and (shape.plain.get("format") or self.is_problem) and not shape.listed:
            return "about:blank"  # RFC 9457: the status says it all
        if plain == "title":
            return objection.sentence if alone and depth < _DEPTH else reason_of(self.status) or value
        if plain == "error" and not alone:
            return reason_of(self.status) or value
        if plain in _MESSAGES:
            return objection.sentence if isinstance(value, str) or plain == "message" else value
        if plain in _PLACES and isinstance(value, str):
            last = objection.place.rpartition("/")[2]
            pointer = "/" + objection.place.partition("/")[2] if objection.place.startswith("body") else objection.place
            return pointer if plain in ("pointer", "path", "data_path", "json_path", "source") else last
        return value

    def _listed(self, shape: Shape, value: Any) -> Any:
        """Return the listed word that says what is wrong, if there is one."""
        texts = [text for text in shape.listed if isinstance(text, str)]
        code = next((text for text in texts if text.lower() == _CODES[self.cause]), None)
        fitting = next((text for text in texts if self.words.search(text)), None)
        return code or fitting or next((text for text in texts if re.search("invalid|bad", text)), value)

    def _number(self, plain: str, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return self.status
        if not isinstance(value, str):
            return value
        if value.isdecimal() or plain not in ("code", "error_code"):
            return str(self.status) if value.isdecimal() or "status" in plain or plain.startswith("http") else value
        return _CODES[self.cause]


def _members(shape: Shape) -> Iterator[Any]:
    yield from islice(shape.members, 200)
    for branch in shape.choice[:8]:
        yield from islice(branch.members, 200)
