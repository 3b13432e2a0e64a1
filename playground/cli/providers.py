"""`playground list` and `playground remove`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from playground import jsontext
from playground.cli.options import catalog_option, opened, read_settings
from playground.text.visible import terminal_line


@click.command("list")
@click.argument("provider", required=False)
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
@catalog_option
def list_providers(provider: str | None, as_json: bool, catalog: Path | None) -> None:
    """List the providers with their number of operations, or the operations of one PROVIDER."""
    with opened(read_settings(catalog)) as store:
        if provider is None:
            rows = [asdict(provider) for provider in store.providers()]
            columns = ("name", "operations", "version", "title")
        else:
            rows = [
                {
                    "name": operation.name,
                    "method": operation.method,
                    "path": operation.path,
                    "summary": operation.summary,
                }
                for operation in store.operations(provider)
            ]
            columns = ("name", "method", "path", "summary")
    if as_json:
        click.echo(jsontext.dumps(rows, indent=2))
    else:
        for line in table([[str(row[column]) for column in columns] for row in rows]):
            click.echo(line)


@click.command()
@click.argument("name")
@catalog_option
def remove(name: str, catalog: Path | None) -> None:
    """Remove the provider NAME; a bundled one does not come back by itself."""
    with opened(read_settings(catalog), writes=True) as store:
        store.remove(name)
    click.echo(f"Removed {name}.")


def table(rows: list[list[str]]) -> list[str]:
    """Return lines with aligned columns; the last one is not filled up."""
    shown = [[terminal_line(cell) for cell in row] for row in rows]
    widths = [min(48, max(map(len, column))) for column in zip(*shown, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
