"""From a planned call to a request of the catalogue, and from its answer to what expressions see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from playground import jsontext
from playground.answers.record import Record
from playground.arazzo.document import Document, Step, source_of
from playground.arazzo.expressions import Exchange
from playground.arazzo.frames import Call
from playground.catalog.model import Entry, Location
from playground.gateway.answer import Answer
from playground.gateway.envelope import decode_text
from playground.mediatypes import essence, is_json, kind_of
from playground.messages import Content, FormContent, HTTPResponse, JSONContent, TextContent
from playground.request.arguments import from_arguments, inputs_of
from playground.request.built import BuiltRequest
from playground.request.media_types import select_media_type
from playground.request.model import RequestModel
from playground.secrets.redact import redact_text
from playground.store import OperationNotFound, ProviderNotFound, Store
from playground.text.wording import say

_LARGEST = 4_000_000
"""Bytes of an answer that expressions look into."""
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


class SourceError(ValueError):
    """An operation or API that the catalogue does not have; `source` is the one that is not known here."""

    def __init__(self, sentence: str, source: str = "") -> None:
        super().__init__(sentence)
        self.source = source


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a source's operations are: a catalogue and the API's name in it.

    `is_strange` says that nobody but the document named the description.
    """

    store: Store
    provider: str
    is_strange: bool = False


Bind = Callable[[str], Bound | None]
"""Gives where a source's operations are, by its name; `None` where nobody knows."""


def bound_in(document: Document, store: Store, chosen: Mapping[str, str]) -> Bind:
    """Return what finds sources in one catalogue: as chosen, as the document's extension says, by name, by address."""
    names = {provider.name for provider in store.providers()}

    def bind(name: str) -> Bound | None:
        source = document.source(name)
        if source is None or source.type != "openapi":
            return None
        exported = re.search(r"/providers/(.+)/openapi\.(?:json|ya?ml)$", source.url)
        wanted = (chosen.get(name, ""), source.provider, name, name.lower(), unquote(exported[1]) if exported else "")
        found = next((candidate for candidate in wanted if candidate in names), None)
        return None if found is None else Bound(store, found)

    return bind


def entry_of(document: Document, step: Step, bind: Bind) -> tuple[Bound, Entry]:
    """Return the operation that a step calls. Raises `SourceError`."""
    reference = step.operation_id or step.operation_path
    named = source_of(reference)
    sources = [source.name for source in document.sources if source.type == "openapi" and named in ("", source.name)]
    if not sources:
        raise SourceError(say("The document has no OpenAPI description for the step %(step)s.", step=step.id))
    unbound = ""
    for name in sources:
        bound = bind(name)
        if bound is None:
            unbound = unbound or name
            continue
        found = _by_id(bound, step, named) if step.operation_id else _by_path(bound, step.operation_path)
        if found is not None:
            return bound, found
    if unbound:
        raise SourceError(
            say("The API of the source %(name)s is not known here: choose which one it is.", name=unbound), unbound
        )
    raise SourceError(
        say("%(name)s is no operation of the API: check its name in the description.", name=reference[:200])
    )


def build(call: Call, entry: Entry, server: str | None) -> BuiltRequest:
    """Return the request of a call. Raises `RequestError`."""
    return BuiltRequest(entry=entry, model=model_of(call, entry, server))


def model_of(call: Call, entry: Entry, server: str | None) -> RequestModel:
    """Return what a call fills in. Raises `RequestError` for what fits no input."""
    media_type = _media_type(entry, call.content_type)
    inputs = inputs_of(entry, media_type)
    wrappers = {location: name for name, location in inputs.wrappers.items()}
    arguments: dict[str, Any] = {}
    for name, location, value in call.parameters:
        for place in _places(entry, name, location):
            described = _described_name(entry, name, place)
            arguments.setdefault(wrappers[place], {})[described] = value
    if call.has_payload:
        arguments[inputs.body_name] = _body(call.payload, media_type or call.content_type, entry)
    return from_arguments(entry, arguments, server=server, media_type=media_type)


def exchange_of(built: BuiltRequest, answer: Answer) -> Exchange | None:
    """Return an answered request as expressions see it; `None` without an answer."""
    response = answer.response
    if response is None:
        return None
    message = built.message
    text, body = content_of(response)
    return Exchange(
        url=message.url,
        method=message.method,
        status=response.status,
        request_headers=message.headers,
        query=built.model.parameters.get("query", {}),
        path=built.model.parameters.get("path", {}),
        request_body=_sent(message.content),
        headers=response.headers,
        body=body,
        text=text,
        milliseconds=answer.duration_ms,
    )


def record_from(built: BuiltRequest, answer: Answer, response: HTTPResponse) -> Record:
    """Return an answered request as a record; credentials are masked in it, other secrets are not taken out yet."""
    sent, entry = answer.request or built.message, built.entry
    shown = answer.shown_response or response
    return Record(
        at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        provider=entry.provider.name,
        operation=entry.operation.name,
        title=entry.operation.title,
        method=sent.method,
        url=redact_text(sent.url, answer.secrets),
        request_headers=tuple((name, redact_text(value, answer.secrets)) for name, value in sent.headers),
        request_body=redact_text(_text_of(sent.content), answer.secrets),
        status=shown.status,
        reason=shown.reason,
        origin=shown.origin,
        headers=tuple(shown.headers),
        content_type=shown.headers.get("content-type") or "",
        body=shown.body,
        truncated=shown.truncated,
        size=len(shown.body),
        duration_ms=answer.duration_ms,
        request_id=answer.request_id,
    )


def content_of(response: HTTPResponse) -> tuple[str, Any]:
    """Return an answer's content as text, and as the value that it is where it is JSON."""
    if not response.body or len(response.body) > _LARGEST:
        return "", None
    text = decode_text(response).removeprefix("\ufeff")
    if response.truncated:
        return text, text
    if is_json(response.media_type) or text.lstrip()[:1] in ("{", "["):
        try:
            return text, jsontext.loads(text)
        except jsontext.JSONTextError:
            return text, text
    return text, text


def _by_id(bound: Bound, step: Step, named: str) -> Entry | None:
    reference = step.operation_id
    prefix = f"$sourceDescriptions.{named}."
    name = reference.removeprefix(prefix) if named else reference
    try:
        return bound.store.entry(bound.provider, name)
    except ProviderNotFound:
        return None
    except OperationNotFound:
        # Written in another case it can mean nothing else, unless two operations differ in case alone.
        ids = bound.store.operation_ids(bound.provider).items()
        alike = [known for known, operation_id in ids if operation_id.casefold() == name.casefold()]
        return bound.store.entry(bound.provider, alike[0]) if len(alike) == 1 else None


def _by_path(bound: Bound, reference: str) -> Entry | None:
    """Return the operation at `…#/paths/~1pets/get`; without a method the only one of the path."""
    tokens = [unquote(part).replace("~1", "/").replace("~0", "~") for part in reference.partition("#/")[2].split("/")]
    if len(tokens) < 2 or tokens[0] != "paths":
        return None
    path = tokens[1]
    methods = [tokens[2]] if len(tokens) > 2 else [*_METHODS]
    found = []
    for method in methods:
        try:
            entry = bound.store.entry(bound.provider, f"{method.upper()} {path}")
        except (OperationNotFound, ProviderNotFound):
            continue
        if entry.operation.path == path and entry.operation.method == method.upper():
            found.append(entry)
    return found[0] if len(found) == 1 else None


def _places(entry: Entry, name: str, location: Location | None) -> tuple[Location, ...]:
    if location is not None:
        return (location,)
    places = tuple(parameter.location for parameter in entry.operation.parameters if parameter.name == name)
    return places[:1] or ("query",)


def _described_name(entry: Entry, name: str, location: Location) -> str:
    """Return a parameter's name as the description spells it.

    Names of header fields compare without case; a name that the description does not have is taken for the one that
    differs in case and signs alone (`pet_id` for `petId`), since nothing else can be meant.
    """
    names = [parameter.name for parameter in entry.operation.parameters_in(location)]
    if name in names:
        return name
    alike = [candidate for candidate in names if _plain(candidate) == _plain(name)]
    return alike[0] if len(alike) == 1 else name


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _media_type(entry: Entry, content_type: str | None) -> str | None:
    """Return the described media type that a step's `contentType` names; `None` for the first."""
    body = entry.operation.request_body
    if content_type is None or body is None:
        return None
    return next(
        (media_type.name for media_type in body.media_types if essence(media_type.name) == essence(content_type)), None
    )


def _body(payload: Any, media_type: str | None, entry: Entry) -> Any:
    described = select_media_type(entry, RequestModel(media_type=None), placeholders=True)
    kind = kind_of(media_type or (described.name if described is not None else "application/json"))
    if isinstance(payload, str) and kind in ("form", "multipart"):
        pairs = parse_qsl(payload, keep_blank_values=True, max_num_fields=1_000)
        return {name: [value for key, value in pairs if key == name] if _is_repeated(pairs, name) else value
                for name, value in pairs}  # fmt: skip
    if isinstance(payload, str) and kind == "json":
        try:
            return jsontext.loads(payload)
        except jsontext.JSONTextError:
            return payload
    return payload


def _is_repeated(pairs: list[tuple[str, str]], name: str) -> bool:
    return sum(key == name for key, _ in pairs) > 1


def _text_of(content: Content) -> str:
    if isinstance(content, JSONContent | FormContent | TextContent):
        return content.text
    return f"({content.length} bytes)" if content.length else ""


def _sent(content: Content) -> Any:
    if isinstance(content, JSONContent):
        try:
            return jsontext.loads(content.text)
        except jsontext.JSONTextError:
            return content.text
    if isinstance(content, FormContent):
        return dict(content.pairs)
    return content.text if isinstance(content, TextContent) else None
