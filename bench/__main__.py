"""`python -m bench`: the figures asked for in one table; exit status 1 if one is over its bound."""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from bench import (
    agents,
    answers,
    browser,
    conformance,
    corpus,
    crawl,
    forms,
    gateway,
    growth,
    importing,
    judged,
    oasdiff,
    overlays,
    package,
    pages,
    peers,
    profiling,
    results,
    roundtrip,
    sandbox,
    sandbox_speed,
    searching,
    soak,
    updating,
    upkeep,
    versions,
    workflows,
)
from bench.descriptions import REAL, stripe
from bench.figures import Figure, table

TIMED = ("import", "page", "snippet")
RESULTS = ("results", "check")
TABLES = ("snippets", "generators")
FORMS = ("form", "roundtrip", "growth")
FIXTURES = "fixtures"
OTHERS = (
    "agents", "answers", "arazzo", "peers", "browser", "conformance", "corpus", "crawl", "gateway", "inspector",
    "judge", "oasdiff", "package", "profile", "respect", "sandbox", "search", "soak", "speed", "update", "upkeep",
    "overlays", "versions",
)  # fmt: skip


def _split(context: click.Context, parameter: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Check the figures; what follows `fixtures` are folders."""
    known = (*TIMED, *RESULTS, *TABLES, *FORMS, *OTHERS, FIXTURES)
    asked = words[: words.index(FIXTURES) + 1] if FIXTURES in words else words
    for word in asked:
        click.Choice(known).convert(word, parameter, context)
    for folder in words[len(asked) :]:
        click.Path(exists=True, file_okay=False).convert(folder, parameter, context)
    if FIXTURES in words and len(asked) == len(words):
        raise click.BadParameter("fixtures needs folders: name them after it.", context, parameter)
    return words


@click.command()
@click.argument("figures", nargs=-1, metavar="[FIGURES]... [fixtures FOLDER...]", callback=_split)
@click.option("--runs", type=click.IntRange(1), help="How often each is measured [300; an import: 7].")
@click.option("--folder", type=click.Path(path_type=Path, exists=True), help="Descriptions for corpus and import.")
@click.option("--catalog", type=click.Path(path_type=Path), help="The catalogue that corpus makes and crawl walks.")
@click.option(
    "--every", type=click.IntRange(1), default=1, help="Let agents, crawl and sandbox ask for each n-th operation."
)
@click.option("--notes", type=click.Path(path_type=Path, dir_okay=False), help="Where a run broken off goes on from.")
@click.option("--processes", type=click.IntRange(1), help="How many of them crawl uses [one for each core].")
@click.option("--minutes", type=click.FloatRange(0.1), default=10, help="How long soak goes on.", show_default=True)
@click.option("--bundled", is_flag=True, help="Measure the bundled description, even if Stripe's own is here.")
def main(
    figures: tuple[str, ...], runs: int | None, folder: Path | None, catalog: Path | None, every: int,
    notes: Path | None, processes: int | None, minutes: float, bundled: bool,
) -> None:  # fmt: skip
    """Measure FIGURES: import, page and snippet when none is named; import measures each description of --folder too.

    snippets executes every target's snippet of every case, generators does so with those of other programs; both need
    what the tests need. form measures forms, growth how their time grows with the description, roundtrip sends models
    of every operation below --folder (else of the descriptions beside the checkout) through their forms and back, judge
    has another library read 3,000 of their requests, and sandbox read what the sandbox answers to them; these, and
    crawl, write what they found to --notes as they go, and do not do again what stands there.
    results measures everything, or what is named after it, and writes bench/RESULTS.md; check, a minute long, measures
    what hangs on no clock on the wall.
    gateway measures overhead, held load and memory of sends, some minutes long; answers what showing them costs, a
    small one and one of 50 MB.
    soak asks two workers for everything for --minutes, beside 10,000 silent connections.
    search looks for what agents' tasks need, over the descriptions of --folder, and says what is not found; with
    --catalog also in the catalogue that corpus left.
    agents counts the tokens of the list of tools and of the descriptions of operations, of a --catalog.
    inspector has the Inspector of the Model Context Protocol, which has to be on the PATH, use both transports of /mcp.
    oasdiff compares our rules of what breaks with the public cases of oasdiff, whose checkout --folder is.
    overlays deals with the Overlay Specification's own documents, whose checkout --folder is.
    versions compares the descriptions in --folder/before with those in --folder/after.
    arazzo reads, writes and plays the Arazzo documents below --folder, each with its descriptions beside it; respect
    compares our verdicts on twelve workflows with those of `redocly respect`, which has to be on the PATH.
    conformance lets Schemathesis try what the sandbox serves of eight descriptions of --folder, some minutes each.
    speed measures the sandbox beside an empty view, and beside Prism, which is fetched with npm.
    update measures an edit beside a whole import, and how soon a saved file is in the catalogue.
    profile tells where the time of a page, a snippet and an import goes, function by function.
    package makes the generated package of a very large description and loads it in Node.
    fixtures tries what others wrote, in the folders that are named after it: documents, curl commands, which bash and
    curl run beside, so give folders you trust, HTTP archives, and files like those of the JSON Schema Test Suite.
    peers and generators fetch packages with npm; corpus takes a --folder of descriptions, crawl the catalogue it left,
    upkeep both: what it costs to add the folder again, to start, to serve with a second worker.
    """
    name, data = stripe(real=not bundled)
    asked = figures[: figures.index(FIXTURES) + 1] if FIXTURES in figures else figures or TIMED
    measured: list[Figure] = []
    if "results" in asked:
        raise SystemExit(0 if results.write(tuple(set(asked) - {"results"}), folder=folder) else 1)
    if "check" in asked:
        text, within = results.check(data)
        click.echo(text)
        raise SystemExit(0 if within else 1)
    if "import" in asked:
        measured += importing.figures(name, data, runs or importing.RUNS)
        measured += importing.every_description(folder) if folder else []
    if "update" in asked:
        measured += updating.figures(name, data, runs or updating.RUNS)
    if kinds := tuple(kind for kind in ("page", "snippet") if kind in asked):
        with tempfile.TemporaryDirectory() as scratch:
            measured += pages.figures(kinds, data, runs or pages.RUNS, Path(scratch))
    if measured:
        click.echo(f"{name}, {len(data):,} bytes\n\n{table(measured)}")
    if "peers" in asked:
        with tempfile.TemporaryDirectory() as scratch:
            click.echo(peers.report(name, data, Path(scratch)))
    kept = all(figure.kept for figure in measured)
    if "profile" in asked:
        with tempfile.TemporaryDirectory() as scratch:
            click.echo(profiling.report(data, runs or profiling.RUNS, Path(scratch)))
    if "browser" in asked:
        with tempfile.TemporaryDirectory() as scratch:
            text, within = browser.report(name, data, runs or browser.RUNS, Path(scratch), others=not bundled)
        click.echo(text)
        kept = kept and within
    kept = _by_execution(asked) and kept
    kept = _by_forms(asked, name, data, runs, folder or REAL.parent) and kept
    kept = _by_description(asked, folder or REAL.parent, notes, every) and kept
    if "answers" in asked:
        text, within = answers.report(runs or answers.RUNS)
        click.echo(text)
        kept = kept and within
    if "gateway" in asked:
        text, sound = gateway.report(runs or gateway.RUNS)
        click.echo(text)
        kept = kept and sound
    if "search" in asked:
        text, within = searching.report(folder or REAL.parent, catalog)
        click.echo(text)
        kept = kept and within
    if "agents" in asked:
        if catalog is None:
            raise click.UsageError("agents needs a catalogue: give its --catalog.")
        with tempfile.TemporaryDirectory() as scratch:
            text, within = agents.report(catalog, Path(scratch), every)
        click.echo(text)
        kept = kept and within
    if "soak" in asked:
        text, sound = soak.report(minutes, soak.SILENT)
        click.echo(text)
        kept = kept and sound
    if {"corpus", "crawl", "upkeep"} & set(asked):
        walk = functools.partial(crawl.crawl, processes=processes or os.cpu_count() or 1, every=every, notes=notes)
        kept = _at_full_size(asked, data, runs, folder, catalog, walk) and kept
    if FIXTURES in asked:
        from bench.fixtures import report  # the tests' own servers, which the other figures do without

        text, sound = report.report(tuple(map(Path, figures[len(asked) :])))
        click.echo(text)
        kept = kept and sound
    raise SystemExit(0 if kept else 1)


def _by_execution(asked: tuple[str, ...]) -> bool:
    kept = True
    # The tests' own parts, which the other figures do without.
    if "snippets" in asked:
        from bench import snippets

        text, kept = snippets.report()
        click.echo(text)
    if "generators" in asked:
        from bench import generators

        click.echo(generators.report())
    return kept


def _by_forms(asked: tuple[str, ...], name: str, data: bytes, runs: int | None, folder: Path) -> bool:
    kept = True
    if "form" in asked:
        with tempfile.TemporaryDirectory() as scratch:
            measured, lines, kept = forms.report(data, folder, runs or forms.RUNS, Path(scratch))
        click.echo(f"forms of {name}\n\n{table(measured)}\n\n{lines}")
    if "growth" in asked:
        text, within = growth.report(runs or growth.RUNS)
        click.echo(text)
        kept = kept and within
    return kept


def _by_description(asked: tuple[str, ...], folder: Path, notes: Path | None, every: int) -> bool:
    """Do what goes through every operation of every description, in parallel."""
    kept, workers = True, os.cpu_count() or 1
    if "roundtrip" in asked:
        outcomes = list(roundtrip.check_all(folder, workers=workers, notes=_named(notes, "roundtrip")))
        click.echo(roundtrip.summary(outcomes))
        kept = not any(outcome.disagreements for outcome in outcomes)
    if "package" in asked:
        with tempfile.TemporaryDirectory() as scratch:
            text, within = package.report(Path(scratch))
        click.echo(text)
        kept = kept and within
    if "sandbox" in asked:
        text, sound = sandbox.report(folder, workers=workers, notes=_named(notes, "sandbox"), every=every)
        click.echo(text)
        kept = kept and sound
    if "conformance" in asked:
        text, sound = conformance.report(folder)
        click.echo(text)
        kept = kept and sound
    if "judge" in asked:
        text, sound = judged.report(folder, workers=workers, notes=_named(notes, "judge"))
        click.echo(text)
        kept = kept and sound
    if "inspector" in asked:
        from bench import inspector  # as above

        text, sound = inspector.report()
        click.echo(text)
        kept = kept and sound
    if "oasdiff" in asked:
        text, sound = oasdiff.report(folder)
        click.echo(text)
        kept = kept and sound
    if "overlays" in asked:
        text, sound = overlays.report(folder)
        click.echo(text)
        kept = kept and sound
    if "versions" in asked:
        text, sound = versions.report(folder)
        click.echo(text)
        kept = kept and sound
    if "arazzo" in asked:
        text, sound = workflows.examples(folder)
        click.echo(text)
        kept = kept and sound
    if "respect" in asked:
        text, sound = workflows.respect()
        click.echo(text)
        kept = kept and sound
    if "speed" in asked:
        text, sound = sandbox_speed.report()
        click.echo(text)
        kept = kept and sound
    return kept


def _named(notes: Path | None, figure: str) -> Path | None:
    return None if notes is None else notes.with_suffix(f".{figure}.jsonl")


def _at_full_size(
    asked: tuple[str, ...],
    stripe_json: bytes,
    runs: int | None,
    folder: Path | None,
    catalog: Path | None,
    walk: Callable[[Path], crawl.Crawl],
) -> bool:
    kept = True
    with tempfile.TemporaryDirectory() as scratch:
        path = catalog or Path(scratch) / "corpus.sqlite"
        if "corpus" in asked:
            if folder is None:
                raise click.UsageError("corpus needs descriptions: give their --folder.")
            text, kept = corpus.report(folder, path, stripe_json, runs or corpus.PAGES)
            click.echo(text)
        if "upkeep" in asked:
            if folder is None:
                raise click.UsageError("upkeep needs descriptions: give their --folder.")
            text, within = upkeep.report(folder, path)
            click.echo(text)
            kept = kept and within
        if "crawl" in asked:
            met = walk(path)
            click.echo(f"\n{crawl.report(met)}")
            kept = kept and met.sound
    return kept


if __name__ == "__main__":
    main(prog_name="python -m bench")
