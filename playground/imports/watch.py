"""Descriptions that are watched: a saved file or a changed URL is in the catalogue soon, a broken one is reported.

Files are looked at by time, size and inode: a few `stat` calls ten times a second, which work on every file system. A
change counts once it is there twice alike, since an editor may still be writing. What cannot be read leaves the last
good state where it is.
"""

from __future__ import annotations

import functools
import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeAlias

from playground.imports.archives import SourceError, files_below, find_all, start_reader
from playground.imports.descriptions import (
    Description,
    Imported,
    digest_of,
    earlier_text,
    import_description,
    parse_source,
)
from playground.imports.overlays import OverlayFile
from playground.imports.sources import Source, fetch_source, read_path
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DocumentError
from playground.store import Store, StoreError
from playground.text.wording import say
from playground.transport.egress import EgressPolicy
from playground.transport.errors import TransportError

log = logging.getLogger("playground.watch")

TICK, FOLDER_TICK = 0.1, 1.0
"""Seconds between two looks at the files, and at the folders for new ones."""
OFTEN, SELDOM = 1.0, 15.0
"""Seconds between two requests for a URL of this machine, and of another."""
_FAILURES = 2
"""A URL counts as broken when it fails so often in a row: a server that is reloaded is away for a moment."""
_GONE = 10
"""A file counts as gone when it is missed so often in a row."""
_JOINED_SECONDS = 15.0
"""How often a description at a URL that names files is read again though it says that it is as it was."""
Told: TypeAlias = Callable[[str, "Imported | str"], None]
"""Is told a provider's name with what an import did, or with the sentence that says why there was none."""


class Watching(Protocol):
    """What a page asks about descriptions that are watched."""

    @property
    def follows(self) -> bool:
        """Whether open pages are to ask again and again."""

    def problem(self, name: str) -> str:
        """Return the sentence about a provider's description if it cannot be read now, else an empty text."""

    def problems(self) -> Mapping[str, str]:
        """Return the sentences about all descriptions that cannot be read now, by provider."""


class Watched(ABC):
    """One description that is watched.

    `broken` is the sentence about what is wrong with it as it was read last, `away` that it cannot be asked for now.
    """

    def __init__(self, shown: str, options: CompileOptions) -> None:
        """`shown` is how sentences call it."""
        self.shown = shown
        self.options = options
        self.broken = self.away = ""
        self._good: tuple[str, frozenset[str]] | None = None
        self.overlays: Callable[[], tuple[OverlayFile, ...]] = tuple
        """Reads the overlays that are applied to it, as they are now."""
        self.overlay_paths: tuple[Path, ...] = ()

    @property
    def problem(self) -> str:
        """What a page has to tell, empty if there is nothing."""
        told = self.away or self.broken
        return say("%(problem)s The last good state is shown.", problem=told) if told else ""

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.options.name

    @abstractmethod
    def changed(self) -> Source | None:
        """Return the description if it is another than at the last look. Raises `SourceError`, `TransportError`."""

    @abstractmethod
    def note(self, source: Source, description: Description) -> None:
        """Remember what was read, the files that it names among it."""

    def forgives(self) -> bool:
        """Tell whether a failure is not worth a word yet."""
        return False

    def remember(self, description: Description) -> None:
        """Remember the state that is served."""
        self._good = description.digest, frozenset(description.refused)

    def check(self, description: Description) -> None:
        """Raise `DocumentError` where nothing changed but that a file which it names cannot be read any more."""
        if self._good is None or description.digest != self._good[0]:
            return
        for location, sentence in description.refused.items():
            if location not in self._good[1]:
                raise DocumentError(sentence)


class WatchedFile(Watched):
    """A description in a file, with the files that it names."""

    def __init__(self, path: Path, options: CompileOptions, root: Path | None = None) -> None:
        super().__init__(path.name, options)
        self.path = path
        self._root = root
        self._files: tuple[Path, ...] = (path,)
        self._seen = self._pending = self._look()
        self._missing = 0

    def _look(self) -> tuple[object, ...]:
        return tuple(map(_stamp, self._files))

    def read(self) -> Source:
        """Read the file. Raises `SourceError`."""
        return read_path(self.path, self._root)

    def changed(self) -> Source | None:
        """Return the description once a change of a file is there twice alike. Raises `SourceError`."""
        now = self._look()
        self._missing = self._missing + 1 if now[0] is None else 0
        # Some editors put a file aside before they write it again.
        if now == self._seen or 0 < self._missing < _GONE:
            self._pending = now
            return None
        if now != self._pending:
            self._pending = now
            return None
        self._seen = now
        if self._missing:
            raise SourceError(say("the file is not there any more: save it there again, or open it where it is now."))
        return self.read()

    def note(self, source: Source, description: Description) -> None:
        """Look at the files that it names from now on."""
        folder = source.root.folder if source.root is not None else None
        named = [folder / file for file in description.files] if folder is not None else []
        files = (self.path, *self.overlay_paths, *named)
        if files != self._files:
            self._files = files
            self._seen = self._pending = self._look()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class NewFiles:
    """The descriptions that come into a folder, and files of it that become one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._judged = self._pending = self._look()

    def _look(self) -> dict[str, tuple[int, int, int] | None]:
        return {name: _stamp(self.folder / name) for name in files_below(self.folder)}

    def find(self, known: Collection[Path]) -> list[Path]:
        """Return the paths of new descriptions, each once it is there twice alike; `known` ones are no news."""
        now = self._look()
        settled = [name for name, stamp in now.items() if stamp == self._pending.get(name) != self._judged.get(name)]
        self._pending = now
        self._judged = {name: stamp for name, stamp in self._judged.items() if name in now}
        self._judged.update((name, now[name]) for name in settled)
        fresh = [name for name in settled if self.folder / name not in known]
        return [self.folder / name for name in find_all(fresh, start_reader(self.folder))]


class WatchedURL(Watched):
    """A description at a URL, asked for again by its validator; without one its bytes are compared."""

    def __init__(self, source: Source, options: CompileOptions, policy: EgressPolicy, interval: float) -> None:
        """`source` is what was fetched first."""
        super().__init__(source.url or "", options)
        self.interval = interval
        self._url = source.url or ""
        self._policy = policy
        self._known = source.fetched
        self._digest = digest_of(source.data)
        self._failures = 0
        self._has_files = False
        self._stamps: tuple[object, ...] = ()
        self._read_at = time.monotonic()

    def changed(self) -> Source | None:
        """Ask the server. Raises `SourceError`, `TransportError`."""
        stamps = tuple(map(_stamp, self.overlay_paths))
        overlaid, self._stamps = stamps != self._stamps, stamps
        whole = overlaid or (self._has_files and time.monotonic() - self._read_at >= _JOINED_SECONDS)
        self._failures += 1
        source = fetch_source(self._url, self._policy, known=None if whole else self._known)
        self._failures = 0
        self.away = ""
        if source is None:
            return None
        digest = digest_of(source.data)
        if digest == self._digest and not whole:
            self._known = source.fetched
            return None
        self._digest = digest
        self._read_at = time.monotonic()
        return source

    def note(self, source: Source, description: Description) -> None:
        """Remember the server's validators."""
        self._known = source.fetched
        self._has_files = bool(description.files)

    def forgives(self) -> bool:
        """Tell whether it has failed for the first time."""
        return 0 < self._failures < _FAILURES


class Watcher:
    """Watches descriptions in threads of its own, from `start` to `stop`; `problem` says what a page has to tell."""

    def __init__(
        self,
        store: Store,
        watched: Sequence[Watched],
        told: Told | None = None,
        find_more: Callable[[], Iterable[Watched]] | None = None,
    ) -> None:
        """`find_more` is asked now and then for descriptions that are new; they are in the catalogue already."""
        self._store = store
        self._watched = {source.name: source for source in watched}
        self._told = told or (lambda name, outcome: None)
        self._find_more = find_more
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def follows(self) -> bool:
        """Whether open pages are to ask again and again: they are."""
        return True

    def start(self) -> None:
        """Begin to watch."""
        files = [source for source in self._watched.values() if not isinstance(source, WatchedURL)]
        if files or self._find_more is not None:
            self._run(files, TICK)
        if self._find_more is not None:
            self._repeat(functools.partial(self._take_in, self._find_more, files), FOLDER_TICK)
        for source in self._watched.values():
            if isinstance(source, WatchedURL):
                self._run([source], source.interval)

    def stop(self) -> None:
        """End the threads."""
        self._stop.set()
        for thread in self._threads:
            thread.join(5)

    def problem(self, name: str) -> str:
        """Return the sentence about a provider's description if it cannot be read now, else an empty text."""
        watched = self._watched.get(name)
        return watched.problem if watched is not None else ""

    def problems(self) -> Mapping[str, str]:
        """Return the sentences about all descriptions that cannot be read now, by provider."""
        return {name: watched.problem for name, watched in self._watched.items() if watched.problem}

    def look(self, watched: Watched) -> None:
        """Look at one description now, and bring the catalogue to its state if it is another."""
        try:
            source = watched.changed()
            if source is None:
                return
            source = replace(source, overlays=watched.overlays())
            description = parse_source(source, earlier=earlier_text(self._store, watched.name))
            watched.note(source, description)
            watched.check(description)
            imported = import_description(self._store, description, watched.options)
            watched.remember(description)
        except TransportError as error:
            if not watched.forgives():
                self._fail(watched, say("%(name)s: %(problem)s", name=watched.shown, problem=str(error)), away=True)
        except (SourceError, DocumentError, StoreError) as error:
            self._fail(watched, say("%(name)s: %(problem)s", name=watched.shown, problem=str(error)))
        except Exception as error:
            log.exception("%s could not be read again", watched.name)
            self._fail(
                watched, say("%(name)s could not be read: %(kind)s.", name=watched.shown, kind=type(error).__name__)
            )
        else:
            watched.broken = ""
            self._told(watched.name, imported)

    def _fail(self, watched: Watched, sentence: str, *, away: bool = False) -> None:
        if sentence == (watched.away if away else watched.broken):
            return
        if away:
            watched.away = sentence
        else:
            watched.broken = sentence
        self._told(watched.name, sentence)

    def _take_in(self, find_more: Callable[[], Iterable[Watched]], files: list[Watched]) -> None:
        """Watch what is new as well."""
        for source in find_more():
            self._watched = {**self._watched, source.name: source}
            files.append(source)

    def _run(self, watched: Sequence[Watched], seconds: float) -> None:
        def look() -> None:
            for source in tuple(watched):
                self.look(source)

        self._repeat(look, seconds)

    def _repeat(self, work: Callable[[], None], seconds: float) -> None:
        def run() -> None:
            while not self._stop.wait(seconds):
                work()

        thread = threading.Thread(target=run, name="playground-watch", daemon=True)
        self._threads.append(thread)
        thread.start()
