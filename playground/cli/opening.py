"""`playground open`: one's own descriptions served at once, watched, and nothing left behind."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from playground.cli.descriptions import counted, overlay_option
from playground.cli.failures import Failure, tell
from playground.cli.options import read_settings
from playground.cli.progress import Progress
from playground.cli.serving import host_option, listen, serve_on
from playground.config import Settings, is_loopback
from playground.imports.archives import SourceError, files_below, find_all, start_reader
from playground.imports.descriptions import Imported, import_description, parse_source
from playground.imports.discover import find_description, full_address
from playground.imports.names import name_of_source
from playground.imports.sources import Source, fetch_source, is_url, read_overlays
from playground.imports.watch import OFTEN, SELDOM, NewFiles, Watched, WatchedFile, WatchedURL, Watcher
from playground.openapi.compile import CompileOptions
from playground.openapi.overlay import OverlayError
from playground.openapi.problems import DocumentError
from playground.store import Store, open_store
from playground.text.visible import terminal_line
from playground.transport.egress import EgressPolicy, document_policy
from playground.transport.errors import TransportError

if TYPE_CHECKING:
    from flask import Flask

    from playground.transport.addresses import Endpoint

PORT = 8000


@click.command("open")
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@host_option
@click.option("--port", type=click.IntRange(0, 65535), help=f"The port [default: {PORT}, or a free one].")
@click.option("--server", help="The API's base URL, instead of those that the description lists.")
@overlay_option
@click.option("--browser/--no-browser", default=True, show_default=True, help="Open it in the browser.")
@click.pass_context
def open_(
    context: click.Context, sources: tuple[str, ...], host: str, port: int | None, server: str | None,
    overlay: tuple[str, ...], browser: bool,
) -> None:  # fmt: skip
    """Serve the descriptions SOURCE… alone, and keep them up to date while they are edited.

    A SOURCE is a file, a folder of files, a URL, or the address of a running API, whose usual places are tried. The
    catalogue lasts as long as the command.
    """
    settings = read_settings(None)
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        own = Path(folder)
        settings = replace(settings, catalog=own / "catalog.sqlite", catalog_url=None, answers=own / "answers")
        with _listen(host, port) as listener, open_store(settings.catalog) as store:
            with Progress(len(sources)) as progress:
                opening = Opening(store, settings, server, progress, overlay)
                for source in sources:
                    opening.add(source)
            if not opening.watched:
                raise Failure(opening.failures[0])
            for failure in opening.failures:
                tell(terminal_line(failure))
            for line in opening.told:
                click.echo(terminal_line(line))
            path = f"/providers/{opening.watched[0].name}" if len(opening.watched) == 1 else "/"
            watcher = Watcher(store, opening.watched, _tell, opening.find_more if opening.folders else None)

            def make(settings: Settings, store: Store, own: tuple[Endpoint, ...]) -> Flask:
                from playground.app import create_app

                return create_app(settings, store, own, watcher=watcher)

            with _watching(watcher):
                status = serve_on(listener, make, settings, store, host, "Playground", show=path if browser else None)
    context.exit(status)


@contextmanager
def _watching(watcher: Watcher) -> Iterator[None]:
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()


def _listen(host: str, port: int | None) -> socket.socket:
    if port is not None:
        return listen(host, port)
    try:
        # The same port each time: what the browser keeps for the API, a key or a draft, belongs to the address.
        return listen(host, PORT)
    except Failure:
        return listen(host, 0)


class Opening:
    """Reads the sources for the first time; what cannot be read is in `failures`."""

    def __init__(
        self, store: Store, settings: Settings, server: str | None, progress: Progress, overlays: tuple[str, ...] = ()
    ) -> None:
        self.watched: list[Watched] = []
        self.failures: list[str] = []
        self.told: list[str] = []
        self.folders: list[NewFiles] = []
        self._store = store
        self._settings = settings
        self._options = CompileOptions(name="", server=server)
        self._progress = progress
        self._overlays = overlays

    def add(self, source: str) -> None:
        """Add one source; of a folder, every description below it."""
        source = full_address(source)
        if is_url(source):
            self._try(source, lambda: self._add_url(source))
            return
        path = Path(source)
        if not path.is_dir():
            self._try(source, lambda: self._add_file(path))
            return
        # Looked at before it is read: what comes in between is seen.
        self.folders.append(NewFiles(path))
        found = find_all(files_below(path), start_reader(path))
        if not found:
            self.failures.append(f"{source} holds no OpenAPI description in JSON or YAML: name the file.")
        for name in found:
            self._try(str(path / name), lambda name=name: self._add_file(path / name, path))  # type: ignore[misc]

    def find_more(self) -> list[Watched]:
        """Add the descriptions that have come into the folders, say so, and return them."""
        before = len(self.watched)
        self.failures, self.told = [], []
        for folder in self.folders:
            known = [source.path for source in self.watched if isinstance(source, WatchedFile)]
            for path in folder.find(known):
                self._attempt(str(path), lambda path=path, root=folder.folder: self._add_file(path, root))  # type: ignore[misc]
        for failure in self.failures:
            tell(terminal_line(failure))
        for line in self.told:
            click.echo(terminal_line(line))
        return self.watched[before:]

    def _try(self, source: str, add: Callable[[], None]) -> None:
        self._progress.step(source)
        self._attempt(source, add)

    def _attempt(self, source: str, add: Callable[[], None]) -> None:
        try:
            add()
        except SourceError as error:
            self.failures.append(str(error))
        except OverlayError as error:
            self.failures.append(str(error))
        except (DocumentError, TransportError) as error:
            self.failures.append(f"{source}: {error}")

    def _add_file(self, path: Path, root: Path | None = None) -> None:
        # Its time is noted before it is read: a change in between is seen.
        watched = WatchedFile(path, self._options, root)
        self._add(str(path), watched, watched.read())

    def _add_url(self, url: str) -> None:
        policy = document_policy(url, self._settings.private_networks)
        source = find_description(url, lambda place: _fetch(place, policy))
        interval = OFTEN if is_loopback(urlsplit(url).hostname or "") else SELDOM
        self._add(source.url or url, WatchedURL(source, self._options, policy, interval), source)

    def _add(self, shown: str, watched: Watched, source: Source) -> None:
        if self._overlays:
            if self.watched:
                raise SourceError(f"{shown}: --overlay goes with one description; open them one by one.")
            watched.overlays = lambda: read_overlays(self._overlays, self._settings)
            watched.overlay_paths = tuple(Path(place) for place in self._overlays if not is_url(place))
            source = replace(source, overlays=watched.overlays())
        description = parse_source(source)
        info = description.document.get("info")
        title = info.get("title") if isinstance(info, dict) else None
        name = name_of_source(
            shown, title if isinstance(title, str) else "", [watched.name for watched in self.watched]
        )
        watched.options = replace(watched.options, name=name, source_url=description.url)
        watched.note(source, description)
        imported = import_description(self._store, description, watched.options)
        watched.remember(description)
        self.watched.append(watched)
        count = len(self._store.operations(name, hidden=True))
        line = f"{self._store.provider(name).title}: {counted(count, 'operation')}"
        if imported.problems:
            line += f", {counted(len(imported.problems), 'problem')} (`playground check {shown}`)"
        self.told += [f"{line}.", *description.notes]


def _fetch(url: str, policy: EgressPolicy) -> Source:
    source = fetch_source(url, policy)
    assert source is not None  # noqa: S101 - nothing was known before
    return source


def _tell(name: str, outcome: Imported | str) -> None:
    """Say on the terminal what became of a change."""
    if isinstance(outcome, str):
        click.echo(f"{terminal_line(outcome)} The last good state is served.", err=True)
        return
    written = outcome.written
    counts = (("added", written.added), ("removed", written.removed), ("changed", written.changed))
    parts = [f"{counted(len(keys), 'operation')} {word}" for word, keys in counts if keys]
    click.echo(f"{name}: {', '.join(parts) or 'read again'}.")
