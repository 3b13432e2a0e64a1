"""The public Python API: a description compiled, a request built, a snippet written, without a catalogue or a site."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground.catalog.model import Catalog, Entry
from playground.catalog.names import client_name
from playground.gateway.signing import sign
from playground.imports import descriptions
from playground.imports.descriptions import digest_of, parse_source
from playground.imports.sources import Source, read_path
from playground.messages import HTTPRequest
from playground.openapi.compile import Compiled, CompileOptions
from playground.request.arguments import from_arguments
from playground.request.build import build_request as build
from playground.secrets.credentials import read_credentials
from playground.secrets.schemes import signer_of
from playground.snippets.registry import make_snippet
from playground.snippets.target import Via


def compile_document(
    document: Mapping[str, Any] | str | bytes | os.PathLike[str], *, name: str = "api", title: str | None = None,
    server: str | None = None, source_url: str | None = None,
) -> Compiled:  # fmt: skip
    """Compile a description: a mapping, its text in bytes, or the path of its file, with the files that it names.

    The result has the `catalog`, and as `problems` what could not be used or had to be guessed. `server` replaces the
    described servers; relative ones are resolved against `source_url`. Raises `DocumentError` for what is no
    description at all, `SourceError` for a file that cannot be read.
    """
    options = CompileOptions(name=name, title=title, server=server, source_url=source_url)
    if isinstance(document, Mapping):
        description = descriptions.Description(document=dict(document), source=b"", digest=digest_of(b""))
    else:
        source = Source(data=document) if isinstance(document, bytes) else read_path(Path(document))
        description = parse_source(source)
    return descriptions.compile_description(description, options, outline=False)


def build_request(
    api: Compiled | Catalog, operation: str, arguments: Mapping[str, Any] | None = None, *, server: str | None = None,
    media_type: str | None = None, credential: Mapping[str, Any] | None = None,
) -> HTTPRequest:  # fmt: skip
    """Return the HTTP message of an operation, given by any accepted name, for flat arguments.

    Without a `credential` (docs/protocol.md) it holds none. Raises `KeyError` for an operation that the API does not
    have, `RequestError` for arguments that do not fit.
    """
    entry = _entry(api, operation)
    model = from_arguments(entry, arguments or {}, server=server, media_type=media_type)
    if credential is None:
        return build(entry, model)
    credentials = read_credentials(credential)
    return sign(build(entry, model, credentials), signer_of(entry, credentials, model.security))


def snippet(
    api: Compiled | Catalog, operation: str, target: str, arguments: Mapping[str, Any] | None = None, *,
    server: str | None = None, media_type: str | None = None, via: Via | None = None, gateway_url: str | None = None,
) -> str:  # fmt: skip
    """Return the code that a page shows for an operation; a secret in it is read from an environment variable.

    `target` is one of `playground targets`. Raises `KeyError` for an unknown operation or target, `RequestError` for
    arguments that do not fit.
    """
    entry = _entry(api, operation)
    model = from_arguments(entry, arguments or {}, server=server, media_type=media_type)
    return make_snippet(entry, model, target=target, via=via, gateway_url=gateway_url).text


def _entry(api: Compiled | Catalog, name: str) -> Entry:
    catalog = api.catalog if isinstance(api, Compiled) else api
    for names in (
        lambda operation: operation.name,
        lambda operation: operation.operation_id,
        lambda operation: operation.key,
        lambda operation: client_name(operation.operation_id) if operation.operation_id else None,
    ):
        for operation in catalog.operations:
            if names(operation) == name:
                return Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
    raise KeyError(f"The API has no operation {name!r}: name it by its operationId or as METHOD /path.")
