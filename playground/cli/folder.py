"""`playground add-all`: every description below a folder, compiled by all cores, written by one."""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias, TypeVar

import click

from playground.cli.failures import Failure, sentence
from playground.cli.options import catalog_option, opened, read_settings
from playground.cli.progress import Progress
from playground.imports.archives import SourceError
from playground.imports.descriptions import compile_description, digests_of, mark_of, pack_description, parse_source
from playground.imports.names import usable_name
from playground.imports.overlays import OverlayFile
from playground.imports.sources import kept_with, read_path
from playground.openapi.compile import CompileOptions
from playground.startup import without_gc
from playground.store import PackedCatalog, Store
from playground.text.visible import terminal_line

T = TypeVar("T")
Work: TypeAlias = Callable[[Path, str], T | str]
"""Work on a file and its provider's name in another process: a result, or a sentence that says why there is none."""
_SUFFIXES = (".json", ".yaml", ".yml")
CRASHED = "The process that compiled it was ended by the system; it may need more memory than there is."


@click.command("add-all")
@click.argument("folder", type=click.Path(path_type=Path))
@catalog_option
def add_all(folder: Path, catalog: Path | None) -> None:
    """Add every description (.json, .yaml, .yml) below FOLDER, named by its path; a broken one is skipped."""
    files = files_by_name(folder)
    if not files:
        raise Failure(f"There is no .json, .yaml or .yml file below {folder}: give a folder that holds descriptions.")
    settings = read_settings(catalog)
    sizes = {path: path.stat().st_size for path in files}
    began, added, operations, skipped = time.monotonic(), 0, 0, 0
    with opened(settings, writes=True) as store, _progress(sizes) as progress:
        unchanged = _unchanged(store, files, folder)
        for path in unchanged:
            progress.step(path.relative_to(folder).as_posix(), weight=sizes[path])
            del files[path]
        overlays = {name: kept for name in files.values() if (kept := kept_with(store, name))}
        for path, result in compile_files(files, functools.partial(compile_file, root=folder, overlays=overlays)):
            progress.step(path.relative_to(folder).as_posix(), weight=sizes[path])
            if isinstance(result, str):
                skipped += 1
                click.echo(f"skipped {terminal_line(str(path))}: {terminal_line(result)}", err=True)
            else:
                store.write(result, settle=False)
                added, operations = added + 1, operations + len(result.operations)
        if added:
            store.tidy()
    seconds = time.monotonic() - began
    same = f"; {len(unchanged)} are as they were" if unchanged else ""
    click.echo(f"Added {added} descriptions with {operations} operations in {seconds:.1f} s{same}; skipped {skipped}.")
    if not added and not unchanged:
        raise Failure(f"No file below {folder} is a description that can be used: see the reasons above.")


def _unchanged(store: Store, files: dict[Path, str], root: Path) -> list[Path]:
    """Return the files whose descriptions the catalogue has as they are now."""
    marks, same = store.marks(), []
    for path, name in files.items():
        if known := marks.get(name):
            try:
                source = replace(read_path(path, root), overlays=kept_with(store, name))
                digest, read = digests_of(source, store.origin(name).get("files", ()))
            except SourceError:
                continue
            if mark_of(digest, read, CompileOptions(name=name)) == known:
                same.append(path)
    return same


def _progress(sizes: dict[Path, int]) -> Progress:
    # The largest come first: by their number, most of the time would seem to be left until the end.
    return Progress(len(sizes), unit="descriptions", weight=sum(sizes.values()))


def files_by_name(folder: Path) -> dict[Path, str]:
    """Return every description file with its provider's name, the largest first, so that all cores end together."""
    if not folder.is_dir():
        raise Failure(f"{folder} is not a folder: give the folder that holds the descriptions.")
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _SUFFIXES and path.is_file()]
    names: dict[Path, str] = {}
    used: set[str] = set()
    for path in paths:
        relative = path.relative_to(folder)
        name = plain = usable_name(relative.with_suffix("").as_posix())
        number = 2
        while name in used:
            name, number = f"{plain}-{number}", number + 1
        used.add(name)
        names[path] = name
    return dict(sorted(names.items(), key=lambda pair: pair[0].stat().st_size, reverse=True))


def compile_file(
    path: Path, name: str, root: Path | None = None, overlays: Mapping[str, tuple[OverlayFile, ...]] | None = None
) -> PackedCatalog | str:
    """Return a file's packed catalog, or the sentence that says why it cannot be used.

    The files that it names are read below `root`, by default below the repository or the folder that holds it.
    `overlays` are those that the catalogue keeps, by provider.
    """
    try:
        with without_gc():
            read = parse_source(replace(read_path(path, root), overlays=(overlays or {}).get(name, ())))
            options = CompileOptions(name=name)
            return pack_description(read, compile_description(read, options, outline=False), options)
    except Exception as error:
        return sentence(error)


def compile_files(files: dict[Path, str], work: Work[T]) -> Iterator[tuple[Path, T | str]]:
    """Yield each file's result as it is ready; a process that dies costs its own file, not the others."""
    rest = dict(files)
    while rest:
        suspects = yield from _in_pool(rest, work, os.cpu_count() or 1)
        for path in suspects:
            if (yield from _in_pool({path: rest.pop(path)}, work, 1)):
                yield path, CRASHED


def _in_pool(
    files: dict[Path, str], work: Work[T], workers: int
) -> Generator[tuple[Path, T | str], None, tuple[Path, ...]]:
    """Yield results, each taken out of `files`; return the files that were being compiled when a process died."""
    waiting = iter(tuple(files.items()))
    # Not a fork: the parent has the catalogue open.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_quiet) as pool:
        running: dict[Future[T | str], Path] = {}
        try:
            while True:
                # Few at a time: results wait in memory until they are written.
                while len(running) < workers * 3 and (task := next(waiting, None)) is not None:
                    running[pool.submit(work, *task)] = task[0]
                if not running:
                    return ()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    path, result = running[future], future.result()
                    del running[future], files[path]
                    yield path, result
        except BrokenProcessPool:
            return tuple(running.values()) or tuple(files)[:1]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _quiet() -> None:
    # Ctrl-C reaches every process of the terminal: these end at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
