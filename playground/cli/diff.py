"""`playground diff`: what differs between two descriptions, and whether a caller may fail."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import click

from playground import jsontext
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.report import markdown_lines, summary, text_lines
from playground.cli.descriptions import compile_source
from playground.cli.failures import FAILED, Failure
from playground.cli.options import catalog_option, opened, read_settings
from playground.cli.progress import Progress
from playground.config import Settings
from playground.imports.sources import is_url
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DocumentError
from playground.store import VersionNotFound


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
