"""`playground sync`: a catalogue kept up to date from the URLs, files and folders that a file lists."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from playground.changes.report import summary, text_lines
from playground.cli.failures import FAILED, Failure, sentence
from playground.cli.options import catalog_option, check_name, opened, read_settings
from playground.config import Settings
from playground.imports.archives import SourceError, files_below, find_all, start_reader
from playground.imports.descriptions import earlier_text, import_description, parse_source
from playground.imports.discover import find_description
from playground.imports.earlier import judge
from playground.imports.names import usable_name
from playground.imports.sources import Source, fetch_source, is_url, kept_with, read_overlays, read_path
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DEFAULT_LIMITS, DocumentError
from playground.openapi.yaml import read_yaml
from playground.store import Store
from playground.text.visible import terminal_line
from playground.text.wording import say
from playground.transport.egress import document_policy

_INTERVAL = re.compile(r"(\d+)\s*(s|m|h|d)?", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "": 1}
_MEMBERS = frozenset(("source", "server", "title", "interval", "overlay"))
_LEAST_SECONDS = 1
_LOOK_SECONDS = 1.0
"""Between two looks at the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One description that the file lists; `interval` is in seconds, 0 without one.

    Where it says nothing of overlays (`None`), those that are kept with it stay.
    """

    name: str
    source: str
    server: str | None = None
    title: str | None = None
    interval: float = 0.0
    overlays: tuple[str, ...] | None = None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Bring everything up to date once and end, whatever the intervals say.")
@click.option("--details", is_flag=True, help="List every change, not only their number.")
@click.option("--prune", is_flag=True, help="Remove what came from FILE and is listed there no more.")
@catalog_option
@click.pass_context
def sync(context: click.Context, file: Path, once: bool, details: bool, prune: bool, catalog: Path | None) -> None:
    """Keep the catalogue up to date with the descriptions that FILE lists: a mapping of names in YAML.

    The value of a name is a source (a URL, a file or a folder), or a mapping with `source` and optional `server`,
    `title`, `overlay` (files or URLs) and `interval` (30s, 10m, 6h, 1d). Without an interval
    anywhere it ends after one pass; else it follows FILE too.
    """
    settings = read_settings(catalog)
    with opened(settings, writes=True) as store:
        syncing = Syncing(store, file, settings, details=details, prune=prune)
        while True:
            fine = syncing.run()
            if once or not syncing.goes_on:
                context.exit(0 if fine else FAILED)
            syncing.wait()


class Syncing:
    """Keeps a catalogue in the state that a file describes. Raises `Failure` where that cannot be read at first."""

    def __init__(self, store: Store, file: Path, settings: Settings, *, details: bool, prune: bool) -> None:
        self._store = store
        self._file = file
        self._settings = settings
        self._details = details
        self._prune = prune
        self._stamp = _stamp(file)
        self._listed = read_list(file)
        self._due = dict.fromkeys(self._listed, 0.0)
        self._names: dict[Listed, frozenset[str]] = {}
        self._told: set[str] = set()

    @property
    def goes_on(self) -> bool:
        """Whether anything is to be asked for again."""
        return any(source.interval for source in self._listed)

    def run(self) -> bool:
        """Bring what is due up to date, and tell what is listed no more; return whether all of it could be read."""
        now = time.monotonic()
        due = [source for source in self._listed if self._due[source] <= now]
        fine = [self._bring(source) for source in due]
        now = time.monotonic()
        self._due |= {source: now + source.interval if source.interval else math.inf for source in due}
        # What an entry that cannot be read stands for is not known.
        if all(source in self._names for source in self._listed):
            self._tell_the_rest()
        return all(fine)

    def wait(self) -> None:
        """Wait until something is due, or the file is another."""
        while min(self._due.values()) > time.monotonic():
            time.sleep(max(0.1, min(_LOOK_SECONDS, min(self._due.values()) - time.monotonic())))
            stamp = _stamp(self._file)
            if stamp != self._stamp:
                self._stamp = stamp
                self._read_again()

    def _read_again(self) -> None:
        try:
            listed = read_list(self._file)
        except Failure as error:
            click.echo(f"{_now()} {terminal_line(str(error))} What it listed before is kept up to date.", err=True)
            return
        self._listed = listed
        self._due = {source: self._due.get(source, 0.0) for source in listed}
        self._names = {source: names for source, names in self._names.items() if source in self._due}
        if not any(due <= time.monotonic() for due in self._due.values()):
            self._tell_the_rest()

    def _bring(self, listed: Listed) -> bool:
        """Bring one entry up to date and say what changed; return whether all of it could be read."""
        fine = True
        try:
            sources = list(_sources(listed, self._settings))
        except (SourceError, DocumentError, Failure) as error:
            _fail(listed.name, str(error))
            return False
        except Exception as error:
            _fail(listed.name, sentence(error))
            return False
        for name, read in sources:
            try:
                self._import(listed, name, _overlaid(self._store, listed, name, read(), self._settings))
            except Exception as error:  # one broken description leaves the others, and its own last good state
                fine = False
                _fail(name, sentence(error))
        if fine:
            self._names[listed] = frozenset(name for name, _ in sources)
        return fine

    def _import(self, listed: Listed, name: str, source: Source) -> None:
        description = parse_source(source, earlier=earlier_text(self._store, name))
        description = replace(description, listed=str(self._file.resolve()))
        options = CompileOptions(name=name, source_url=description.url, server=listed.server)
        if listed.title and name == listed.name:
            options = replace(options, title=listed.title)
        imported = import_description(self._store, description, options)
        written = imported.written
        self._told.discard(name)
        if written.number != written.before:
            for note in description.notes:
                click.echo(f"{_now()} {name}: {terminal_line(note)}")
        if written.before == 0:
            click.echo(f"{_now()} {name}: added, {len(written.added)} operations.")
            return
        comparison = judge(self._store, name, written)
        if comparison is None:
            return
        click.echo(f"{_now()} {name}: {summary(comparison)}.")
        for line in text_lines(comparison) if self._details else ():
            click.echo(f"    {line}")

    def _tell_the_rest(self) -> None:
        """Tell what an earlier pass brought and the file lists no more, or remove it."""
        own = {name for names in self._names.values() for name in names}
        file = str(self._file.resolve())
        for summarised in self._store.providers():
            name = summarised.name
            if name in own or name in self._told or self._store.origin(name).get("listed") != file:
                continue
            if self._prune:
                self._store.remove(name)
                click.echo(f"{_now()} {name}: removed, since {self._file} does not list it any more.")
            else:
                self._told.add(name)
                click.echo(
                    f"{_now()} {name}: {self._file} does not list it any more; it stays. To remove it, run "
                    f"`playground remove {name}`, or sync with --prune."
                )


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_list(file: Path) -> tuple[Listed, ...]:
    """Read the file. Raises `Failure`, which names the entry that is wrong."""
    try:
        value = read_yaml(file.read_bytes(), DEFAULT_LIMITS)
    except OSError as error:
        raise Failure(f"{file} cannot be read ({error.strerror}): give the file that lists the descriptions.") from None
    except DocumentError as error:
        raise Failure(f"{file}: {error}") from None
    if not isinstance(value, dict) or not value:
        raise Failure(f"{file} lists nothing: write lines like `shop: https://shop.example/openapi.json`.")
    return tuple(_listed(file, str(name), entry) for name, entry in value.items())


def _listed(file: Path, name: str, entry: Any) -> Listed:
    check_name(name)
    if isinstance(entry, str):
        entry = {"source": entry}
    if not isinstance(entry, Mapping) or not isinstance(entry.get("source"), str):
        raise Failure(f"{file}: {name} has no source: write a URL, a file or a folder.")
    unknown = [str(key) for key in entry if key not in _MEMBERS]
    if unknown:
        members = ", ".join(sorted(_MEMBERS))
        raise Failure(f"{file}: {name} has {unknown[0]!r}, which is none of {members}.")
    texts = {key: entry[key] for key in ("server", "title") if entry.get(key) is not None}
    if any(not isinstance(text, str) for text in texts.values()):
        raise Failure(f"{file}: {name}: write server and title as texts.")
    source = entry["source"]
    # A path is relative to the file that lists it, wherever the command runs.
    return Listed(
        name=name,
        source=_place(file, source),
        interval=_interval(file, name, entry.get("interval")),
        overlays=_overlays(file, name, entry.get("overlay")),
        **texts,
    )


def _place(file: Path, place: str) -> str:
    return place if is_url(place) else str(file.parent / place)


def _overlays(file: Path, name: str, value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    places = [value] if isinstance(value, str) else value
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        raise Failure(f"{file}: {name}: write overlay as a file or URL, or as a list of them.")
    return tuple(_place(file, place) for place in places)


def _interval(file: Path, name: str, value: Any) -> float:
    if value is None:
        return 0.0
    match = _INTERVAL.fullmatch(str(value).strip())
    seconds = int(match[1]) * _SECONDS[(match[2] or "").lower()] if match is not None else 0
    if seconds < _LEAST_SECONDS:
        raise Failure(f"{file}: {name}: write the interval as a number and a unit: 30s, 10m, 6h or 1d.")
    return float(seconds)


def _overlaid(store: Store, listed: Listed, name: str, source: Source, settings: Settings) -> Source:
    overlays = kept_with(store, name) if listed.overlays is None else read_overlays(listed.overlays, settings)
    return replace(source, overlays=overlays)


def _fail(name: str, text: str) -> None:
    click.echo(f"{_now()} {name}: {terminal_line(text)} Its last good state is kept.", err=True)


def _sources(listed: Listed, settings: Settings) -> Iterator[tuple[str, Callable[[], Source]]]:
    """Yield the provider's name and what reads its description, for each description of an entry."""
    if is_url(listed.source):
        policy = document_policy(listed.source, settings.private_networks)

        def fetch(url: str) -> Source:
            source = fetch_source(url, policy)
            assert source is not None  # noqa: S101 - nothing was known before
            return source

        yield listed.name, lambda: find_description(listed.source, fetch)
        return
    path = Path(listed.source)
    if not path.is_dir():
        yield listed.name, lambda: read_path(path)
        return
    files = find_all(files_below(path), start_reader(path))
    if not files:
        raise SourceError(say("%(path)s holds no OpenAPI description in JSON or YAML.", path=str(path)))
    for file in files:
        below = usable_name(str(Path(file).with_suffix("")))
        name = listed.name if len(files) == 1 else f"{listed.name}/{below}"
        yield name, lambda file=file: read_path(path / file, path)  # type: ignore[misc]


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S")
