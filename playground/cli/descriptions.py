"""`playground add`, `playground check` and `playground diff`: descriptions, from wherever they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Literal

import click

from playground import jsontext
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.report import markdown_lines, summary, text_lines
from playground.cli.failures import FAILED, Failure
from playground.cli.options import catalog_option, check_name, check_own_catalog, opened, read_settings, tell_waiting
from playground.cli.progress import Progress
from playground.config import Settings
from playground.imports.descriptions import Description, compile_description, pack_description, parse_source
from playground.imports.earlier import judge
from playground.imports.overlays import OverlayFile
from playground.imports.sources import is_url, kept_with, read_described
from playground.openapi.compile import Compiled, CompileOptions
from playground.openapi.overlay import OverlayError
from playground.openapi.problems import DocumentError, Problem
from playground.startup import without_gc
from playground.store import VersionNotFound, open_store
from playground.text.visible import terminal_line

_SHOWN = 10

root_option = click.option(
    "--root",
    metavar="FOLDER|URL",
    help="Where files that the description names are read [default: the repository, the folder or the URL's folder "
    "that holds it].",
)

overlay_option = click.option(
    "--overlay", multiple=True, metavar="FILE|URL",
    help="An OpenAPI Overlay to apply to the description, in this order; several times for several.",
)  # fmt: skip


@click.command()
@click.argument("name")
@click.argument("source")
@root_option
@click.option("--title", help="A title in the place of the description's own.")
@click.option("--server", metavar="URL", help="The server to use in the place of those described.")
@click.option("--strip-prefix", metavar="P", help="A prefix to cut from every operationId.")
@overlay_option
@click.option("--no-overlay", is_flag=True, help="Drop the overlays that were kept with the provider of this name.")
@catalog_option
def add(
    name: str, source: str, root: str | None, title: str | None, server: str | None, strip_prefix: str | None,
    overlay: tuple[str, ...], no_overlay: bool, catalog: Path | None,
) -> None:  # fmt: skip
    """Compile the description SOURCE into the catalogue as the provider NAME.

    SOURCE is a file, a folder or a .zip that holds it, a URL or `-`; JSON or YAML. Files that it names are read below
    --root only. An overlay that extends a description is a SOURCE too.
    """
    check_name(name)
    settings = read_settings(catalog)
    check_own_catalog(settings)
    kept: tuple[OverlayFile, ...] = ()
    if settings.catalog.exists():
        # A file that is no catalogue is refused before the long work.
        with open_store(settings.catalog, tell_waiting(settings)) as store:
            kept = () if overlay or no_overlay else kept_with(store, name)
    with Progress(5) as progress:
        try:
            options = CompileOptions(name=name, title=title, server=server, strip_prefix=strip_prefix)
            compiled, read, options = compile_source(
                source, settings, progress, options, root, overlay, kept, keeps=True
            )
        except OverlayError as error:
            raise Failure(str(error)) from None
        except DocumentError as error:
            raise Failure(f"{source}: {error}") from None
        progress.step("packing")
        packed = pack_description(read, compiled, options)
        progress.step("writing")
        with opened(settings, writes=True) as store:
            written = store.write(packed)
            judge(store, name, written)
    count = len(packed.operations)
    click.echo(f"{terminal_line(packed.title)}: {counted(count, 'operation')}, added as {name}.")
    _tell_root(read)
    _tell_overlays(read, kept=bool(kept))
    _list_problems(compiled.problems, source)


def compile_source(
    source: str, settings: Settings, progress: Progress, options: CompileOptions, root: str | None = None,
    overlays: tuple[str, ...] = (), kept: tuple[OverlayFile, ...] = (), *, keeps: bool = False, rules: bool = True,
) -> tuple[Compiled, Description, CompileOptions]:  # fmt: skip
    """Read and compile a description, telling its progress; the options come back with its URL.

    `overlays` are files and URLs, `kept` those of an earlier time, which a source that is an overlay replaces. `keeps`
    is for what goes into a catalogue, where its text stays and later versions are compiled in part; `rules` also looks
    for what breaks a rule of the specification. Raises `Failure` and `DocumentError`.
    """
    with without_gc():
        progress.step("reading", done=0)
        opened_source = read_described(source, settings, root, overlays)
        opened_source = replace(opened_source, overlays=opened_source.overlays or kept)
        progress.step("parsing")
        read = parse_source(opened_source, keeps=keeps)
        del opened_source  # a description of 100 MB would double the memory
        progress.step("compiling")
        options = replace(options, source_url=read.url)
        return compile_description(read, options, rules=rules, outline=keeps), read, options


def _tell_root(read: Description) -> None:
    if read.joined and read.note:
        click.echo(f"{counted(read.joined, 'file')} joined, read below {read.note}; --root chooses another folder.")
    elif read.refused and read.note:
        click.echo(f"Files are read below {read.note}; --root chooses another folder.")


def _tell_overlays(read: Description, *, kept: bool) -> None:
    if kept:
        names = ", ".join(terminal_line(overlay.name) for overlay in read.overlays)
        click.echo(f"Kept with it and applied again: {names}; --no-overlay drops what is kept.")
    for note in read.notes:
        click.echo(terminal_line(note))


def _list_problems(problems: Sequence[Problem], source: str) -> None:
    if not problems:
        return
    click.echo(f"{_summary(problems)}:")
    for problem in problems[:_SHOWN]:
        click.echo(f"  {_problem_line(problem)}")
    if len(problems) > _SHOWN:
        click.echo(f"  … and {len(problems) - _SHOWN} more: `playground check {source}` shows all.")


def _problem_line(problem: Problem) -> str:
    """Return one problem as one line: severity, pointer, sentence."""
    return f"{problem.severity} {terminal_line(problem.pointer) or '(document)'}: {terminal_line(problem.message)}"


def _summary(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.severity for problem in problems)
    kinds = [counted(counts[kind], kind) for kind in ("error", "warning") if counts[kind]]
    return f"{counted(len(problems), 'problem')} ({', '.join(kinds)})"


def counted(count: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@click.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of pointer, severity and message.")
@root_option
@overlay_option
def check(source: str, root: str | None, as_json: bool, overlay: tuple[str, ...]) -> None:
    """Print every problem of the description SOURCE with its JSON Pointer; exit status 1 if one is an error."""
    settings = read_settings(None)
    with Progress(3) as progress:
        try:
            compiled, read, _ = compile_source(
                source, settings, progress, CompileOptions(name="checked"), root, overlay
            )
        except DocumentError as error:
            if as_json:
                click.echo(
                    jsontext.dumps([asdict(Problem(pointer="", severity="error", message=str(error)))], indent=2)
                )
            raise Failure(str(error) if isinstance(error, OverlayError) else f"{source}: {error}") from None
    unmatched = tuple(Problem(pointer="", severity="warning", message=note) for note in read.notes)
    problems = (*unmatched, *compiled.problems)
    if as_json:
        click.echo(jsontext.dumps([asdict(problem) for problem in problems], indent=2))
    else:
        for problem in problems:
            click.echo(_problem_line(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        raise Failure(
            f"{source} has {counted(errors, 'error')}: what they name was left out; correct it and check again."
        )
    if not as_json:
        _tell_root(read)
        summary = _summary(problems) if problems else "no problems"
        click.echo(f"{counted(len(compiled.catalog.operations), 'operation')}, {summary}.")


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option(
    "--fail-on", type=click.Choice(["breaking", "any", "nothing"]), default="breaking", show_default=True,
    help="What makes the exit status 1.",
)  # fmt: skip
@catalog_option
@click.pass_context
def diff(
    context: click.Context, before: str, after: str, form: Literal["text", "markdown", "json"],
    fail_on: Literal["breaking", "any", "nothing"], catalog: Path | None,
) -> None:  # fmt: skip
    """Compare the descriptions BEFORE and AFTER: operations and fields added, removed and changed.

    Each is a file, a URL, the name of a provider of the catalogue, or a version of one that is kept: `shop@3`. Every
    change is judged by whether a caller of BEFORE may fail.
    """
    settings = read_settings(catalog)
    with ExitStack() as stack:
        comparison = compare(_catalog(before, settings, stack), _catalog(after, settings, stack))
    if form == "json":
        click.echo(jsontext.dumps({**comparison.to_json(), "counts": comparison.counts}, indent=2))
    elif form == "markdown":
        click.echo(f"# Changes\n\n{summary(comparison)[:1].upper()}{summary(comparison)[1:]}.")
        for line in markdown_lines(comparison):
            click.echo(line)
    else:
        for line in text_lines(comparison):
            click.echo(line)
        click.echo(f"{summary(comparison)[:1].upper()}{summary(comparison)[1:]}.")
    differs = comparison.breaking if fail_on == "breaking" else any(comparison.counts.values())
    context.exit(FAILED if differs and fail_on != "nothing" else 0)


def _catalog(source: str, settings: Settings, stack: ExitStack) -> Catalog:
    if is_url(source) or Path(source).exists() or source.lower().endswith((".json", ".yaml", ".yml")):
        try:
            with Progress(3) as progress:
                options = CompileOptions(name="compared")
                return compile_source(source, settings, progress, options, rules=False)[0].catalog
        except DocumentError as error:
            raise Failure(f"{source}: {error}") from None
    name, at, number = source.partition("@")
    if at and not number.isdecimal():
        raise Failure(f"{source} is no version: write the provider's name, @ and a number, for example {name}@1.")
    store = stack.enter_context(opened(settings))
    try:
        return store.catalog(name, int(number) if at else None)
    except VersionNotFound:
        kept = ", ".join(f"{name}@{version.number}" for version in store.versions(name))
        raise Failure(f"The catalogue has no {source}; it has {kept}.") from None
