"""A description put into the catalogue: as a whole, or only what differs from the state that is there."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import orjson

from playground.catalog.model import Operation, Schema
from playground.imports.overlays import OverlayFile, kept_overlays
from playground.openapi.compile import Compiled, CompileOptions, compile_document
from playground.openapi.edit import Edit, compile_edit
from playground.openapi.outline import Outline
from playground.openapi.parse import Tokens
from playground.openapi.problems import DEFAULT_LIMITS, Limits, Problem
from playground.openapi.update import Kept, Known, Update, update_document
from playground.store import (
    KeptOperation,
    PackedCatalog,
    ProviderNotFound,
    ProviderState,
    Squeezed,
    Store,
    Written,
    pack,
    pack_update,
)

_COMPILER = (
    "playground.catalog",
    "playground.openapi",
    "playground.openapi.versions",
    "playground.schema",
    "playground.schema.keywords",
    "playground.store",
)
_DIGEST_BYTES = 16
_ANNOTATIONS = frozenset(
    ("description", "title", "default", "example", "examples", "deprecated", "readOnly", "writeOnly")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A parsed description with the files it names; `source` is the text that the catalogue keeps.

    `refused` and the number of `joined` files come from `Joined`, `repeated` from `Parsed` and `Joined`. `note` says
    which root was taken. `digest` is that of the description's own bytes, `files` those of the files that were read
    for it, empty for one that could not be. `overlays` were applied to the document, and `notes` say what of them
    matched nothing; the digest is then of both. `listed` is the file of `playground sync` that lists it. `edit` is what
    differs from an earlier text, whose digest is `edited`.
    """

    document: dict[str, Any]
    source: bytes | Squeezed
    digest: str
    refused: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[Tokens, ...] = ()
    url: str | None = None
    joined: int = 0
    note: str = ""
    overlays: tuple[OverlayFile, ...] = ()
    notes: tuple[str, ...] = ()
    listed: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    edit: Edit | None = None
    edited: str = ""

    @property
    def origin(self) -> Mapping[str, Any]:
        """What the catalogue keeps to recognise the description, and to make it again the same way."""
        origin: dict[str, Any] = {"files": list(self.files)} if self.files else {}
        origin |= {"listed": self.listed} if self.listed else {}
        return origin | {"overlays": kept_overlays(self.overlays)} if self.overlays else origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; `problems` are those of what was compiled, `whole` whether that was everything."""

    written: Written
    problems: tuple[Problem, ...]
    whole: bool


def digest_of(data: bytes) -> str:
    """Return a digest of bytes, as marks are made of."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def mark_of(digest: str, files: Mapping[str, str], options: CompileOptions) -> str:
    """Return the mark of a provider: it is another if its description, a file of it, an option or the compiler is."""
    inputs = orjson.dumps([digest, sorted(files.items()), options.title, options.mark().decode()])
    return f"{digest_of(inputs)} {compiler_digest()}"


@functools.cache
def compiler_digest() -> str:
    """Return a digest of the code that makes catalogues: a new release has another compiler."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for package in _COMPILER:
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".sql")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def compile_description(
    description: Description, options: CompileOptions, *, rules: bool = False, outline: bool = True,
    limits: Limits = DEFAULT_LIMITS,
) -> Compiled:  # fmt: skip
    """Compile a whole description, its outline included: an update compiles in part. Raises `DocumentError`."""
    return compile_document(
        description.document,
        name=options.name,
        source_url=options.source_url,
        title=options.title,
        server=options.server,
        strip_prefix=options.strip_prefix,
        sandbox_first=options.sandbox_first,
        refused=description.refused,
        repeated=description.repeated,
        rules=rules,
        outline=outline,
        limits=limits,
    )


def earlier_text(store: Store, name: str) -> bytes:
    """Return the text that a provider was made from, for `parse_source`; empty if there is no such provider."""
    try:
        return store.source(name)
    except ProviderNotFound:
        return b""


def pack_description(description: Description, compiled: Compiled, options: CompileOptions) -> PackedCatalog:
    """Return the rows of a compiled description, with what tells later whether it has changed."""
    return pack(
        compiled.catalog,
        description.source,
        mark=mark_of(description.digest, description.files, options),
        origin=description.origin,
        outline=compiled.outline.to_bytes() if compiled.outline is not None else b"",
    )


def import_description(store: Store, description: Description, options: CompileOptions) -> Imported:
    """Bring a provider to the state of its description, in one step; only what has changed is compiled where it can be.

    Raises `DocumentError`, and `StoreError`.
    """
    mark = mark_of(description.digest, description.files, options)
    try:
        state = store.state(options.name)
    except ProviderNotFound:
        state = None
    if state is not None and state.mark == mark:
        return Imported(written=Written(number=state.number, before=state.number), problems=(), whole=False)
    if state is not None and state.outline and state.mark.endswith(compiler_digest()):
        imported = _import_in_part(store, description, options, state, mark)
        if imported is not None:
            return imported
    compiled = compile_description(description, options)
    written = store.write(pack_description(description, compiled, options))
    return Imported(written=written, problems=compiled.problems, whole=True)


def _import_in_part(
    store: Store, description: Description, options: CompileOptions, state: ProviderState, mark: str
) -> Imported | None:
    known = Known(
        outline=Outline.from_bytes(state.outline),
        operations=state.operations,
        definitions=state.definitions.keys(),
    )
    update, edit = None, description.edit
    if edit is not None and state.mark == mark_of(description.edited, {}, options):
        update = compile_edit(description.document, edit, known, options, store.provider(options.name))
    if update is None:
        edit = None
        update = update_document(
            description.document, known, options, refused=description.refused, repeated=description.repeated
        )
    if update is None:
        return None
    packed = pack_update(
        update.provider,
        [_keep(operation) if isinstance(operation, Kept) else operation for operation in update.operations],
        update.definitions,
        update.webhooks,
        description.source,
        generation=state.generation,
        before=state.definitions,
        stored=state.source,
        same=(edit.start, edit.end) if edit is not None else None,
        same_names=update.same_names,
        reread=_to_reread(store, state, update),
        mark=mark,
        origin=description.origin,
        outline=update.outline.to_bytes(),
    )
    written = store.update(packed)
    # Otherwise another process has changed the provider meanwhile.
    return None if written is None else Imported(written=written, problems=update.problems, whole=False)


def _to_reread(store: Store, state: ProviderState, update: Update) -> Mapping[int, Operation]:
    """Return the operations that are kept and that a search finds by other words now, by position."""
    name, operations = update.provider.name, update.operations
    if update.provider.title != state.title:
        affected = store.catalog(name).operations
    else:
        definitions = state.definitions
        changed = {key for key, new in update.definitions.items() if _members(new) != _members(definitions.get(key))}
        affected = store.operations_found_by(name, changed) if changed else ()
    known = {operation.key: operation for operation in affected}
    return {
        at: known[operation.key]
        if update.same_names
        else replace(known[operation.key], name=operation.name, tags=operation.tags)
        for at, operation in enumerate(operations)
        if isinstance(operation, Kept) and operation.key in known
    }


def _members(schema: Schema | None) -> object:
    """Return what of a schema the names of its fields depend on."""
    if not isinstance(schema, Mapping):
        return schema
    return {
        keyword: list(value) if keyword == "properties" and isinstance(value, Mapping) else value
        for keyword, value in schema.items()
        if keyword not in _ANNOTATIONS
    }


def _keep(operation: Kept) -> KeptOperation:
    return KeptOperation(
        name=operation.name,
        method=operation.method,
        path=operation.path,
        operation_id=operation.operation_id,
        tags=operation.tags,
        hidden=operation.hidden,
    )
