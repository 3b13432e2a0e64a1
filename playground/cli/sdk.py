"""`playground sdk`: the generated npm package, in a folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from playground import jsontext
from playground.cli.failures import Failure
from playground.cli.options import catalog_option, opened, read_settings
from playground.sdk.package import Package, build_api, make_package
from playground.text.visible import terminal_line


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
    write_folder(package, folder)
    click.echo(f"Wrote {package.name} with {len(entries)} operations: npm install {terminal_line(str(folder))}")


def write_folder(package: Package, folder: Path) -> None:
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
