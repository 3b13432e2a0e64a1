"""Descriptions parsed, compiled and put into the catalogue: whole, or only what differs from what is there."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import orjson

from playground import jsontext
from playground.catalog.model import Operation, Schema
from playground.imports.overlays import OverlayFile, apply_overlays, kept_overlays
from playground.imports.sources import Source
from playground.openapi.compile import Compiled, CompileOptions, compile_document
from playground.openapi.edit import Edit, compile_edit, find_edit
from playground.openapi.join_files import UnreadableFileError, join_files, names_files
from playground.openapi.outline import Outline
from playground.openapi.parse import Parsed, Tokens, read_text
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
    squeeze,
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


_LARGE = 4 * 1024 * 1024


def parse_source(source: Source, *, keeps: bool = True, earlier: bytes = b"") -> Description:
    """Parse a description, and join the files it names. Raises `DocumentError`.

    The kept text of several files is one document that holds them all; without `keeps` there is none. With the
    `earlier` text that the catalogue has (`earlier_text`), only what an edit of it has changed is checked where it can.
    """
    description = _parse(source, keeps=keeps and not source.overlays, earlier=b"" if source.overlays else earlier)
    if not source.overlays:
        return description
    where = source.url or (str(source.path.resolve()) if source.path is not None else "")
    overlaid = apply_overlays(description.document, source.overlays, where)
    return replace(
        description,
        document=overlaid.document,
        # What an overlay takes out is in nothing that is kept or handed out.
        source=kept_source(jsontext.dumps(overlaid.document, indent=2).encode("utf-8", "replace")) if keeps else b"",
        digest=_digest(source),
        overlays=source.overlays,
        notes=overlaid.notes,
    )


def _digest(source: Source) -> str:
    """Return the digest of a description's bytes and of its overlays."""
    if not source.overlays:
        return digest_of(source.data)
    texts = [overlay.text.encode("utf-8", "surrogatepass") for overlay in source.overlays]
    return digest_of(" ".join(map(digest_of, (source.data, *texts))).encode())


def _parse(source: Source, *, keeps: bool, earlier: bytes) -> Description:
    data, root, digest = source.data, source.root, digest_of(source.data)
    plain = root is None or not names_files(data)
    edit = find_edit(earlier, data) if earlier and plain else None
    parsed = read_text(data) if edit is None else Parsed(document=orjson.loads(data))
    if root is None or plain:
        return Description(
            document=parsed.document, source=kept_source(data) if keeps else b"", digest=digest,
            repeated=parsed.repeated, url=source.url, edit=edit, edited=digest_of(earlier) if edit is not None else "",
        )  # fmt: skip
    files: dict[str, str] = {}

    def read(path: str) -> bytes:
        files[path] = ""
        content = root.read(path)
        files[path] = digest_of(content)
        return content

    joined = join_files(parsed.document, read, name=root.name, resolve=root.resolve, limits=root.limits)
    if joined.count and keeps:
        data = jsontext.dumps(joined.document, indent=2).encode("utf-8", "replace")
    return Description(
        document=joined.document,
        source=kept_source(data) if keeps else b"",
        digest=digest,
        files=files,
        refused=joined.refused,
        repeated=(*parsed.repeated, *joined.repeated),
        url=source.url,
        joined=joined.count,
        note=root.note,
    )


def digests_of(source: Source, files: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the digest of a description's bytes and those of files that were read for it, empty for one that is gone.

    Nothing is parsed: with `mark_of` this tells quickly whether a description is as it was.
    """
    digests: dict[str, str] = {}
    for file in files:
        try:
            digests[file] = digest_of(source.root.read(file)) if source.root is not None else ""
        except UnreadableFileError:
            digests[file] = ""
    return _digest(source), digests


def kept_source(data: bytes) -> bytes | Squeezed:
    """Return a source as it waits to be packed: the bytes of a large one would lie beside all that is made of it."""
    return data if len(data) <= _LARGE else squeeze(data)
