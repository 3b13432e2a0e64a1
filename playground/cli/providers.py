"""`playground list`, `values`, `remove` and `sdk`: what the catalogue has of an API."""

from __future__ import annotations

import contextlib
from dataclasses import asdict
from pathlib import Path

import click

from playground import jsontext
from playground.cli.failures import Failure
from playground.cli.options import catalog_option, opened, opened_entry, operation_arguments, read_settings
from playground.forms.fields import FieldNotFound
from playground.forms.operation_form import list_options
from playground.sdk.package import Package, build_api, make_package
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


@click.command()
@click.argument("provider")
@click.option(
    "-o", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="FOLDER",
    help="Where to write it: a new or empty folder, or one with an earlier version.",
)  # fmt: skip
@click.option("--gateway", "gateway_url", metavar="URL", help="The gateway it calls unless told otherwise.")
@catalog_option
def sdk(provider: str, folder: Path, gateway_url: str | None, catalog: Path | None) -> None:
    """Write the npm package @utdk/PROVIDER: a client with one typed method for each operation."""
    if gateway_url is not None and not gateway_url.startswith(("http://", "https://")):
        raise Failure("--gateway: write an address like https://gateway.example.com.")
    with opened(read_settings(catalog)) as store, store.snapshot():
        facts = store.provider(provider)
        entries = [store.entry(provider, operation.name) for operation in store.operations(provider, hidden=True)]
        api = build_api(facts, entries, entries[0].definitions if entries else {})
    package = make_package(facts.package, [api], gateway_url)
    _write_folder(package, folder)
    click.echo(f"Wrote {package.name} with {len(entries)} operations: npm install {terminal_line(str(folder))}")


def _write_folder(package: Package, folder: Path) -> None:
    """Write the package's files. Raises `Failure` where the folder holds anything but an earlier version of it."""
    if folder.is_dir() and any(folder.iterdir()) and _name_in(folder) != package.name:
        raise Failure(f"The folder {folder} holds other things than {package.name}: choose a new or empty one.")
    for path, data in package.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _name_in(folder: Path) -> str | None:
    with contextlib.suppress(OSError, UnicodeDecodeError, jsontext.JSONTextError):
        facts = jsontext.loads((folder / "package.json").read_text("utf-8"))
        if isinstance(facts, dict) and isinstance(facts.get("name"), str):
            return str(facts["name"])
    return None
