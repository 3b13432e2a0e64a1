"""Where a description comes from: a file, a folder, a .zip, a URL or standard input; gzip'd or not; bounded.

The files that its references name are read below one root, and nowhere else: links are resolved first, and nothing
that begins with a dot is read outside the description's own folder. Overlays come with it: those given, those kept
with it, and one that is itself the source.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from playground.config import Settings
from playground.imports.archives import (
    ZIP,
    SourceError,
    bounded,
    files_below,
    find_main,
    read_zip,
    start_reader,
    unpacked,
)
from playground.imports.overlays import OverlayFile, overlay_of, read_kept
from playground.openapi.join_files import ReadFile, Resolve, UnreadableFileError, relative_path
from playground.openapi.overlay import OverlayError, is_overlay
from playground.openapi.parse import read_text
from playground.openapi.problems import DEFAULT_LIMITS, DocumentError, Limits
from playground.store import ProviderNotFound, Store
from playground.text.wording import say

if TYPE_CHECKING:
    from playground.transport.egress import EgressPolicy
    from playground.transport.exchange import FetchedDocument

_URL = re.compile(r"https?://", re.IGNORECASE)
_REPOSITORIES = (".git", ".hg", ".svn")
_FETCHED = replace(DEFAULT_LIMITS, files=200)
"""Of a document at a URL fewer files are joined: each is a request."""
_FETCH_SECONDS = 300.0
"""How long the files of a document may take to fetch, all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """Where the files that a description names are read.

    `name` is the description's own path relative to it. `note` says which root is taken where nobody chose one.
    `folder` is where it is on disk.
    """

    name: str
    read: ReadFile
    resolve: Resolve = relative_path
    limits: Limits = DEFAULT_LIMITS
    note: str = ""
    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A description's bytes, unpacked, with the root of the files it may name and its URL, if it has them.

    `path` is the file, `fetched` the validators that its server sent. `overlays` are applied to it, in order.
    """

    data: bytes
    root: Root | None = None
    url: str | None = None
    path: Path | None = None
    fetched: FetchedDocument | None = None
    overlays: tuple[OverlayFile, ...] = ()


def is_url(source: str) -> bool:
    """Return whether a source is a URL."""
    return _URL.match(source) is not None


def read_source(source: str, settings: Settings, root: str | None = None) -> Source:
    """Return a description's bytes; `root` is a folder, or a URL for a URL.

    Raises `SourceError` for a file, `TransportError` for a URL.
    """
    if is_url(source):
        return _read_url(source, settings, root)
    if root is not None and is_url(root):
        raise SourceError(
            say("--root is a URL, and %(source)s is not: give the folder that holds the files.", source=source)
        )
    if source == "-":
        data = unpacked(bounded(sys.stdin.buffer), "standard input")
        if data.startswith(ZIP):
            return _from_zip(data, "standard input", root)
        return Source(data=data, root=_folder_root(Path(root), "") if root is not None else None)
    path = Path(source)
    if path.is_dir():
        root = source if root is None else root
        path = path / find_main(files_below(path), start_reader(path), source)
    return read_path(path, None if root is None else Path(root))


def read_path(path: Path, root: Path | None = None) -> Source:
    """Return a file's bytes with its root: the given one, else the repository or the folder that holds it."""
    data = read_file(path)
    if data.startswith(ZIP):
        return replace(_from_zip(data, str(path), None if root is None else str(root)), path=path)
    if root is None:
        return Source(data=data, root=_default_root(path), path=path)
    try:
        top = root.resolve(strict=True)
        name = (path.parent.resolve() / path.name).relative_to(top).as_posix()
    except (OSError, RuntimeError, ValueError):
        raise SourceError(
            say("%(path)s is not below the root %(root)s: give a folder that holds it.", path=str(path), root=str(root))
        ) from None
    return Source(data=data, root=_folder_root(top, name), path=path)


def read_file(path: Path) -> bytes:
    """Return a file's bytes, unpacked. Raises `SourceError`."""
    try:
        if path.is_dir():
            raise SourceError(
                say("%(path)s is a folder: name one file of it, or run `playground add-all %(path)s`.", path=str(path))
            )
        with path.open("rb") as file:
            return unpacked(bounded(file), str(path))
    except FileNotFoundError:
        raise SourceError(
            say("There is no file %(path)s: give the description's path, its URL, or - for stdin.", path=str(path))
        ) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or say("not a usable path")
        raise SourceError(
            say("%(path)s cannot be read (%(reason)s): check the path and its permissions.", path=str(path),
                reason=reason)
        ) from None  # fmt: skip


def _default_root(path: Path) -> Root:
    """Return the root of a file when nobody chose one: the repository that holds it, else its folder."""
    folder, name = path.parent.resolve(), path.name
    for above in (folder, *folder.parents):
        # A home folder under version control holds more than one project's files.
        if above in (Path.home(), Path(above.anchor)):
            break
        if any((above / mark).exists() for mark in _REPOSITORIES):
            note = f"{above}, the repository that holds it"
            return replace(_folder_root(above, (folder / name).relative_to(above).as_posix()), note=note)
    return replace(_folder_root(folder, name), note=f"{folder}, the folder that holds it")


def _folder_root(folder: Path, name: str) -> Root:
    return Root(name=name, read=_folder_reader(folder, name.rpartition("/")[0]), folder=folder)


def _folder_reader(folder: Path, own: str = "") -> ReadFile:
    """Return a function that reads files below a folder, by their paths relative to it, and nothing else.

    Below the folder `own` in it, those that begin with a dot are read as well.
    """
    root = folder.resolve()

    def read(relative: str) -> bytes:
        inside = relative.removeprefix(f"{own}/") if own and relative.startswith(f"{own}/") else ""
        if any(part.startswith(".") for part in relative.split("/")) and not inside and own:
            raise UnreadableFileError(say("files and folders that begin with a dot are read in its own folder only."))
        try:
            path = (root / relative).resolve()
            # A link may lead out of the folder.
            if not path.is_relative_to(root):
                raise UnreadableFileError(
                    say("the file lies outside the root, where nothing is read; choose another root.")
                )
            if not path.is_file():
                raise UnreadableFileError(say("there is no such file."))
            with path.open("rb") as file:
                return unpacked(bounded(file), relative)
        except (OSError, RuntimeError, SourceError):
            raise UnreadableFileError(say("the file cannot be read; check its permissions.")) from None

    return read


def _from_zip(data: bytes, where: str, root: str | None) -> Source:
    if root is not None:
        raise SourceError(say("%(where)s is an archive, and its own root: leave --root out.", where=where))
    main, read = read_zip(data, where)
    try:
        return Source(data=read(main), root=Root(name=main, read=read))
    except UnreadableFileError as error:
        raise SourceError(say("%(where)s: %(main)s: %(error)s", where=where, main=main, error=str(error))) from None


def _read_url(url: str, settings: Settings, root: str | None) -> Source:
    from playground.transport.egress import document_policy

    source = fetch_source(url, document_policy(url, settings.private_networks), root)
    assert source is not None  # noqa: S101 - nothing was known before
    return source


def fetch_source(
    url: str, policy: EgressPolicy, root: str | None = None, known: FetchedDocument | None = None
) -> Source | None:
    """Fetch a description under a policy; `None` if it is as it was `known`. Raises `SourceError`, `TransportError`."""
    from playground.transport.exchange import fetch_changed

    fetched = fetch_changed(url, policy, known)
    if fetched is None:
        return None
    data = unpacked(fetched.body, url)
    # The bytes are in the source already.
    fetched = replace(fetched, body=b"")
    if data.startswith(ZIP):
        return replace(_from_zip(data, url, root), url=url, fetched=fetched)
    if not urlsplit(url).path:
        url = urljoin(url, "/")
    top = urljoin(url, ".") if root is None else root.rstrip("/") + "/"
    parts, below = urlsplit(url), urlsplit(top)
    if (parts.scheme, parts.netloc) != (below.scheme, below.netloc) or not parts.path.startswith(below.path):
        raise SourceError(
            say("%(url)s is not below the root %(top)s: give a beginning of its own address.", url=url, top=top)
        )
    return Source(
        data=data,
        url=url,
        fetched=fetched,
        root=Root(
            name=unquote(parts.path[len(below.path) :]),
            read=_url_reader(top, policy),
            resolve=_url_resolver(top),
            limits=_FETCHED,
            note="" if root is not None else f"{top}, where it was fetched",
        ),
    )


def _url_resolver(top: str) -> Resolve:
    """Return what resolves locations against addresses below a root of the same origin, queries included."""

    def resolve(location: str, base: str) -> str:
        try:
            target = urljoin(top + quote(base, safe="/?=&;:@!$'()*+,"), location)
        except ValueError:
            target = ""
        # What the server would take for a step up, written or encoded, is one.
        if not target.startswith(top) or ".." in re.split(r"[/\\]", unquote(target.partition("?")[0])):
            raise UnreadableFileError(
                say("it does not lead below %(top)s, where its files are read; choose another --root.", top=top)
            )
        return unquote(target[len(top) :])

    return resolve


def _url_reader(top: str, policy: EgressPolicy) -> ReadFile:
    """Return a function that fetches what lies below a URL; a redirect is no answer."""
    from playground.messages import Headers, HTTPRequest
    from playground.transport.errors import TransportError
    from playground.transport.exchange import send_message

    ends = time.monotonic() + _FETCH_SECONDS
    accept = Headers((("Accept", "application/json, application/yaml, text/yaml, */*;q=0.5"),))

    def read(path: str) -> bytes:
        if time.monotonic() > ends:
            raise UnreadableFileError(say("fetching the document's files took too long; try again later."))
        url = top + quote(path, safe="/?=&;:@!$'()*+,")
        try:
            answer = send_message(HTTPRequest(method="GET", url=url, headers=accept), policy)
        except TransportError as error:
            raise UnreadableFileError(str(error)) from None
        if answer.status != 200:
            raise UnreadableFileError(say("the server answered %(status)s instead of the file.", status=answer.status))
        if answer.truncated:
            raise UnreadableFileError(say("it is too large, or the connection broke off."))
        try:
            return unpacked(answer.body, path)
        except SourceError as error:
            raise UnreadableFileError(str(error)) from None

    return read


_BEGINS = 4_096
"""Bytes in which an overlay says that it is one."""


def read_described(source: str, settings: Settings, root: str | None = None, overlays: Iterable[str] = ()) -> Source:
    """Return a description's bytes as `read_source` does, with its overlays.

    A source that is itself an overlay leads to the description that it extends. Raises `OverlayError` too.
    """
    read = read_source(source, settings, root)
    given = read_overlays(overlays, settings)
    if (own := _as_overlay(source, read)) is not None:
        target = own.target()
        if not target:
            raise OverlayError(f"{source} is an overlay without `extends`: give its description, and it by --overlay.")
        read, given = read_source(target, settings, root), (own, *given)
        if _as_overlay(target, read) is not None:
            raise OverlayError(f"{source} extends {target}, which is an overlay too: name its description.")
    return replace(read, overlays=given)


def read_overlays(places: Iterable[str], settings: Settings) -> tuple[OverlayFile, ...]:
    """Return overlays from files and URLs. Raises `SourceError`, `TransportError`, `OverlayError`."""
    return tuple(_read(place, settings) for place in places)


def kept_with(store: Store, name: str) -> tuple[OverlayFile, ...]:
    """Return the overlays that the catalogue keeps with a provider's description."""
    try:
        origin: Mapping[str, Any] = store.origin(name)
    except ProviderNotFound:
        return ()
    return read_kept(origin)


def _read(place: str, settings: Settings) -> OverlayFile:
    if is_url(place):
        return overlay_of(read_source(place, settings).data, place, url=place)
    return overlay_of(read_file(Path(place)), Path(place).name, path=Path(place))


def _as_overlay(source: str, read: Source) -> OverlayFile | None:
    if b"overlay" not in read.data[:_BEGINS]:
        return None
    try:
        if not is_overlay(read_text(read.data).document):
            return None
    except DocumentError:
        return None
    name = source if read.path is None else read.path.name
    return overlay_of(read.data, name, path=read.path, url=read.url)
