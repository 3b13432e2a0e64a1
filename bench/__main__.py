"""`python -m bench`: the figures asked for in one table; exit status 1 if one is over its bound."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from bench import importing, pages, peers
from bench.descriptions import stripe
from bench.figures import Figure, table

TIMED = ("import", "page", "snippet")


@click.command()
@click.argument("figures", nargs=-1, type=click.Choice((*TIMED, "peers")))
@click.option("--runs", type=click.IntRange(1), help="How often each is measured [300; an import: 7].")
@click.option("--bundled", is_flag=True, help="Measure the bundled description, even if Stripe's own is here.")
def main(figures: tuple[str, ...], runs: int | None, bundled: bool) -> None:
    """Measure FIGURES (all but peers, which fetches packages with npm, when none is named)."""
    name, data = stripe(real=not bundled)
    asked = figures or TIMED
    measured: list[Figure] = []
    if "import" in asked:
        measured += importing.figures(name, data, runs or importing.RUNS)
    if kinds := tuple(kind for kind in ("page", "snippet") if kind in asked):
        with tempfile.TemporaryDirectory() as folder:
            measured += pages.figures(kinds, data, runs or pages.RUNS, Path(folder))
    if measured:
        click.echo(f"{name}, {len(data):,} bytes\n\n{table(measured)}")
    if "peers" in asked:
        with tempfile.TemporaryDirectory() as folder:
            click.echo(peers.report(name, data, Path(folder)))
    raise SystemExit(0 if all(one.kept for one in measured) else 1)


if __name__ == "__main__":
    main(prog_name="python -m bench")
