"""`playground list`, `playground values` and `playground remove`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from playground import jsontext
from playground.cli.failures import Failure
from playground.cli.options import catalog_option, opened, opened_entry, operation_arguments, read_settings
from playground.forms.fields import FieldNotFound
from playground.forms.operation_form import list_options
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
@operation_arguments
@click.argument("argument")
@click.argument("text", default="")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
@catalog_option
def values(provider: str, operation: str, argument: str, text: str, as_json: bool, catalog: Path | None) -> None:
    """List the values that ARGUMENT of OPERATION may have, or those that hold TEXT.

    ARGUMENT is named as in --args; a property inside another one is `address.country`. Of a list its items' values
    are listed. Exit status 1 if there is none.
    """
    with opened_entry(read_settings(catalog), provider, operation) as entry:
        try:
            options = list_options(entry, argument, text)
            listed = options or list_options(entry, argument, "")
        except FieldNotFound:
            raise Failure(
                f"{entry.operation.name} takes no argument {argument!r}: its page and its package name them all."
            ) from None
    if not listed:
        raise Failure(f"{argument} has no list of values: any that fits its type can be sent.")
    if not options:
        raise Failure(f"None of the {len(listed):,} values of {argument} holds {text!r}: leave it out to see them all.")
    if as_json:
        click.echo(jsontext.dumps([{"value": option.value, "label": option.label} for option in options], indent=2))
    else:
        for option in options:
            click.echo(terminal_line(option.label))


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
