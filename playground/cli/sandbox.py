"""`playground sandbox` (also `mock`): one API served from its description alone, with memory; and its data sets."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from playground.cli.descriptions import compile_source
from playground.cli.failures import Failure
from playground.cli.options import catalog_option, opened, read_settings
from playground.cli.progress import Progress
from playground.cli.serving import (
    address_of,
    host_option,
    listen,
    make_server,
    port_option,
    serve_until_ended,
)
from playground.config import Settings, is_loopback
from playground.imports.sources import is_url
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DocumentError
from playground.sandbox.datasets import DataSetError, load, read
from playground.sandbox.service import Sandbox
from playground.sandbox.source import MemorySource
from playground.startup import tune_gc

_SHARED = "shared"
_GRACE = 5


class _ServesFirst(click.Group):
    """A group whose first command is meant where none is named: `sandbox shop.yaml` is `sandbox serve shop.yaml`."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Let options that stand first be those of the command that serves."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["serve", *args]
        return super().parse_args(context, args)


@click.group(cls=_ServesFirst, subcommand_metavar="PROVIDER|FILE|load …")
def sandbox() -> None:
    """Serve one API from its description: believable answers, strict requests, and a memory of what was made.

    playground sandbox PROVIDER|FILE [--port] serves a provider of the catalogue, or a description's file or URL.
    playground sandbox load FILE keeps a data set in the catalogue's sandbox, by name.
    """


@sandbox.command("serve")
@click.argument("source", metavar="PROVIDER|FILE")
@host_option
@port_option(4010)
@click.option("--data", metavar="FILE|NAME", help="A data set to begin with: a file, or the name of a kept one.")
@click.option(
    "--state", type=click.Path(path_type=Path), metavar="FILE", help="Where to keep what is made; else nowhere."
)
@click.option("--lenient", is_flag=True, help="Never refuse with a status that the description does not name.")
@catalog_option
@click.pass_context
def serve(
    context: click.Context, source: str, host: str, port: int, data: str | None, state: Path | None, lenient: bool,
    catalog: Path | None,
) -> None:  # fmt: skip
    """Serve PROVIDER of the catalogue, or the description FILE (or URL), at the top of an address.

    All clients share what is made, but for those that send a Playground-Visitor header of their own. Nothing is sent
    anywhere: every answer is made from the description.
    """
    settings = read_settings(catalog)
    with listen(host, port) as listener, _opened(source, settings, state) as (served, provider):
        from playground.web.sandbox_api import Serving, create_sandbox_app

        if data is not None:
            _begin_with(served, provider, data)
        serving = Serving(sandbox=served, provider=provider, shared=True, described_only=lenient)
        app = create_sandbox_app(serving, loopback=is_loopback(host))
        server = make_server(app, settings, listener)
        tune_gc()
        click.echo(f"The sandbox of {provider} is at {address_of(host, listener.getsockname()[1])}")
        context.exit(serve_until_ended(server, _GRACE))


@contextmanager
def _opened(source: str, settings: Settings, state: Path | None) -> Iterator[tuple[Sandbox, str]]:
    """Give the sandbox of a provider, or of a description that is compiled for it, and the provider's name."""
    with tempfile.TemporaryDirectory(prefix="playground-sandbox-") as scratch:
        kept = state or Path(scratch) / "state.sqlite"
        if source == "-" or is_url(source) or Path(source).exists():
            made = Sandbox(_compiled(source, settings), kept)
            provider = _name_of(source)
            try:
                yield made, provider
            finally:
                made.close()
            return
        with opened(settings) as store:
            store.provider(source)
            made = Sandbox(store, kept)
            try:
                yield made, source
            finally:
                made.close()


def _compiled(source: str, settings: Settings) -> MemorySource:
    try:
        with Progress(3) as progress:
            options = CompileOptions(name=_name_of(source))
            compiled, read, _ = compile_source(source, settings, progress, options, rules=False)
            return MemorySource(compiled.catalog, read.document)
    except DocumentError as error:
        raise Failure(f"{source}: {error}") from None


def _name_of(source: str) -> str:
    """Return a name for a description that has none in a catalogue."""
    if source == "-":
        return "api"
    stem = source.rstrip("/").rpartition("/")[2].partition(".")[0]
    return "".join(character if character.isalnum() or character in "-_" else "-" for character in stem) or "api"


def _begin_with(served: Sandbox, provider: str, data: str) -> None:
    path = Path(data)
    try:
        if path.is_file():
            content: bytes | None = path.read_bytes()
        else:
            content = None if served.state is None else served.state.dataset(provider, data)
        if content is None:
            raise Failure(f"--data: there is no file {data}, and no data set of that name: `playground sandbox load`.")
        load(served, provider, _SHARED, content)
    except (DataSetError, OSError) as error:
        raise Failure(f"--data {data}: {error}") from None


@sandbox.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NAME", help="The data set's name; else the file's.")
@click.option("--provider", metavar="NAME", help="The provider it is for; else the one the file names.")
@catalog_option
def load_data_set(file: Path, name: str | None, provider: str | None, catalog: Path | None) -> None:
    """Keep the data set FILE in the catalogue's sandbox, for every visitor to load.

    A page loads it by its name: POST /sandbox/PROVIDER/~data?set=NAME.
    """
    from playground import jsontext
    from playground.app import state_file
    from playground.store.sandbox_redis import open_state

    settings = read_settings(catalog)
    try:
        content = file.read_bytes()
        collections = read(content)
    except OSError as error:
        raise Failure(f"{file} cannot be read ({error.strerror}): check the path and its permissions.") from None
    except DataSetError as error:
        raise Failure(f"{file}: {error}") from None
    owner = provider or jsontext.loads(content.decode("utf-8-sig")).get("provider")
    if not isinstance(owner, str) or not owner:
        raise Failure(f"{file} names no provider: add --provider NAME.")
    with opened(settings) as store:
        store.provider(owner)
    state = open_state(state_file(settings.catalog), settings.redis_url)
    try:
        kept = name or file.stem
        state.save_dataset(owner, kept, content)
    finally:
        state.close()
    count = sum(map(len, collections.values()))
    click.echo(f"Kept the data set {kept} for {owner} (things: {count}; collections: {len(collections)}).")


mock = _ServesFirst(
    "mock", callback=sandbox.callback, commands=sandbox.commands, help="The same as `playground sandbox`.",
    subcommand_metavar="PROVIDER|FILE|load …",
)  # fmt: skip
