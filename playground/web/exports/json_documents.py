"""The catalogue as JSON for programs, in the shapes of the UTDK registry, and `/llms.txt` for language models.

Members that Playground has no value for (icons, score cards) are null. Validators come from the catalogue's revision,
so nothing is built again for a client that has it already; lists are sent as they are read.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Blueprint, current_app, make_response, request, stream_with_context
from werkzeug.wrappers import Response

from playground import jsontext
from playground.catalog.model import Entry, Operation, Provider, Schema
from playground.catalog.names import package_name
from playground.schema.flatten import flatten
from playground.schema.keywords import ALONE
from playground.schema.types import type_text
from playground.sdk.types import client_type
from playground.snippets.languages.javascript.literals import identifier
from playground.store import OperationNotFound, ProviderNotFound, ProviderSummary
from playground.text.markdown import plain_text
from playground.web.agents.describe import DATA, described
from playground.web.exports.markdown import fenced, line
from playground.web.site import provider_url, site_url, this_site

bp = Blueprint("exports", __name__)

EDITION = "2"
"""Part of every validator; raise it when the shape of an export changes."""
CHUNK = 64_000


@bp.get("/catalog/index.json")
def index() -> Response:
    """List the providers."""
    providers = this_site().store.providers
    return _json("index", lambda: _object({}, "providers", (_summary(provider) for provider in providers())))


@bp.get("/catalog/ops.json")
def all_operations() -> Response:
    """List every operation of every provider."""
    return _json("ops", lambda: _object({}, "operations", _all_operations()))


@bp.get("/catalog/p/<path:name>.json")
def detail(name: str) -> Response:
    """Describe one provider with all its operations."""
    provider = this_site().store.provider(name)
    return _json(f"p/{name}", lambda: _object(_detail(provider), "operations", _described(name)))


@bp.get("/llms.txt")
def llms() -> Response:
    """List every provider with a link to its Markdown, in the form of llmstxt.org."""
    return _answer("llms", "text/plain; charset=utf-8", _llms)


def source(name: str) -> Response:
    """Serve the document a provider was compiled from, as a download and never as a page."""
    data = this_site().store.source(name)
    is_json = data.lstrip()[:1] == b"{"
    response = make_response(data)
    response.headers["Content-Type"] = "application/json" if is_json else "application/yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="openapi.{"json" if is_json else "yaml"}"'
    response.set_etag(hashlib.sha256(data).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


def _summary(provider: ProviderSummary) -> dict[str, Any]:
    return {
        "providerPath": provider.name,
        "title": provider.title,
        "summary": plain_text(provider.summary),
        "openApiIcon": None,
        "operationCount": provider.operations,
        "scorecardDomain": None,
        "packageName": package_name(provider.name),
    }


def _all_operations() -> Iterator[dict[str, Any]]:
    store = this_site().store
    for provider in store.providers():
        try:
            with store.snapshot():
                ids, listed = store.operation_ids(provider.name), store.operations(provider.name)
        except ProviderNotFound:
            continue  # removed meanwhile
        for operation in listed:
            yield {
                "providerPath": operation.provider,
                "providerTitle": operation.provider_title,
                "operationId": ids.get(operation.name) or operation.name,
                "sdkPath": operation.name,
                "method": operation.method,
                "path": operation.path,
                "summary": operation.summary or operation.title,
            }


def _detail(provider: Provider) -> dict[str, Any]:
    return {
        "id": provider.name,
        "title": provider.title,
        "description": provider.description,
        "packageName": provider.package,
        "icon": None,
        "version": provider.version,
        "importSample": f'import {identifier(provider.name)} from "{provider.module}"',
        "createClientSample": f'import {{ create{client_type(provider.name)} }} from "{provider.module}"',
        "scorecardDomain": None,
        "auth": [
            {
                "name": security_scheme.name,
                "type": security_scheme.type,
                "scheme": security_scheme.scheme,
                "in": security_scheme.location,
                "parameter": security_scheme.parameter,
                "description": security_scheme.description,
            }
            for security_scheme in provider.security_schemes
        ],
    }


def _described(name: str) -> Iterator[dict[str, Any]]:
    store = this_site().store
    for operation in store.operations(name):
        try:
            yield _operation(store.entry(name, operation.name))
        except (ProviderNotFound, OperationNotFound):
            continue  # replaced meanwhile


def _operation(entry: Entry) -> dict[str, Any]:
    operation = entry.operation
    return {
        "operationId": operation.operation_id or operation.name,
        "sdkPath": operation.name,
        "httpMethod": operation.method,
        "httpPath": operation.path,
        "summary": operation.summary or operation.title,
        "description": operation.description,
        "deprecated": operation.deprecated,
        "tags": operation.tags,
        "parameters": [
            {
                "name": parameter.name,
                "location": parameter.location,
                "required": parameter.required,
                "description": parameter.description,
                "schema": _repeated(parameter.schema, entry),
            }
            for parameter in operation.parameters
        ],
        "requestBodyFields": list(_body_fields(entry, operation)),
    }


def _body_fields(entry: Entry, operation: Operation) -> Iterator[dict[str, Any]]:
    body = operation.request_body
    if body is None or not body.media_types:
        return
    schema = flatten(body.media_types[0].schema, entry.definitions)
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, Mapping) or not properties:
        yield _field("body", schema, body.required, body.description, entry)
        return
    for name, member in properties.items():
        described = flatten(member, entry.definitions)
        if described.get("readOnly") is not True:
            needed = isinstance(required, (list, tuple)) and name in required
            yield _field(name, described, needed, described.get("description", ""), entry)


def _field(name: str, schema: Schema, required: bool, description: Any, entry: Entry) -> dict[str, Any]:
    return {
        "name": name,
        "required": required,
        "description": description if isinstance(description, str) else "",
        "type": type_text(schema, entry.definitions),
        "schema": _repeated(schema, entry),
    }


def _repeated(schema: Schema, entry: Entry) -> dict[str, Any]:
    whole = flatten(schema, entry.definitions)
    repeated = {keyword: value for keyword, value in whole.items() if keyword in ALONE}
    if isinstance(whole.get("items"), (Mapping, bool)):
        items = flatten(whole["items"], entry.definitions)
        repeated["items"] = {keyword: value for keyword, value in items.items() if keyword in ALONE}
    return repeated


def _llms() -> Iterator[str]:
    here = request.host_url.rstrip("/")
    yield "# Playground\n\n> Every operation of these HTTP APIs: what it does, its parameters and body, a curl call.\n"
    yield "\nEvery page is Markdown too, at its address with `.md` at the end. "
    yield f"[The same as JSON]({site_url()}/catalog/index.json)\n"
    yield "\n## APIs\n\n"
    for provider in this_site().store.providers():
        summary = line(plain_text(provider.summary))
        address = f"{here}{provider_url(provider.name)}.md"
        yield f"- [{line(provider.title)}]({address}){': ' + summary if summary else ''}\n"
    yield "\n## Optional\n\nEvery operation of an API in one text:\n\n"
    for provider in this_site().store.providers():
        yield f"- [{line(provider.title)}, whole]({here}{provider_url(provider.name)}/llms-full.txt)\n"


_LONGEST_WORDS = 4_000
LARGEST_FULL = 1_000_000
"""Bytes of one API's whole text: more than any language model reads at once."""


def llms_full(name: str) -> Response:
    """Answer with every operation of an API in few words, as far as they fit, and where the others are."""
    provider = this_site().store.provider(name)
    return _answer(f"llms-full {name}", "text/plain; charset=utf-8", lambda: _llms_full(provider))


def _llms_full(provider: Provider) -> Iterator[str]:
    store, here = this_site().store, request.host_url.rstrip("/")
    page = f"{here}{provider_url(provider.name)}"
    listed = store.operations(provider.name)
    told = _shortened(plain_text(provider.description or provider.summary))
    head = f"# {line(provider.title)}\n\n{DATA}\n\n{fenced(told, 'text') if told else ''}\n"
    yield head
    room = LARGEST_FULL - len(head.encode("utf-8", "replace"))
    for at, operation in enumerate(listed):
        text = f"\n{described(store.entry(provider.name, operation.name))}\n"
        room -= len(text.encode("utf-8", "replace"))
        if room < 0:
            yield f"\nCut here: {at} of {len(listed)} operations fit into {LARGEST_FULL} bytes. "
            yield f"The list of all is {page}.md.\n"
            return
        yield text


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1] + "…"


def _object(head: Mapping[str, Any], key: str, items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write an object that ends with one long list, piece by piece."""
    yield _dump({**head, "updatedAt": _updated()})[:-1] + f',"{key}":['
    for place, item in enumerate(items):
        yield ("," if place else "") + _dump(item)
    yield "]}"


def _dump(value: Mapping[str, Any]) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return jsontext.dumps(dict(value))  # numbers beyond 64 bits, lone surrogates: rare, and slower to write


def _updated() -> str:
    """Return when the catalogue's file was written last, in UTC."""
    path = this_site().store.path
    files = [path, path.with_name(path.name + "-wal")]
    newest = max(file.stat().st_mtime for file in files if file.exists())
    return datetime.fromtimestamp(newest, UTC).isoformat(timespec="seconds")


def _json(kind: str, pieces: Callable[[], Iterator[str]]) -> Response:
    return _answer(kind, "application/json", pieces)


def _answer(kind: str, media_type: str, pieces: Callable[[], Iterator[str]]) -> Response:
    """Answer 304, or with the pieces as they are made, compressed where the client takes gzip."""
    site = this_site()
    state = "\n".join((EDITION, kind, str(site.store.path), site.store.revision(), request.host_url))
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = current_app.response_class(stream_with_context(_bytes(pieces(), small)), content_type=media_type)
    if small:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    # To know its length Werkzeug would first make all of it.
    response.automatically_set_content_length = False
    # Weak: two encodings of the same state, and a time that is not part of it.
    response.set_etag(hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:32], weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    return response.make_conditional(request)


def _bytes(pieces: Iterator[str], small: bool) -> Iterator[bytes]:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, 31) if small else None
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            data = "".join(waiting).encode("utf-8", "replace")
            yield squeeze.compress(data) if squeeze else data
            waiting, size = [], 0
    data = "".join(waiting).encode("utf-8", "replace")
    yield squeeze.compress(data) + squeeze.flush() if squeeze else data
