"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from playground import jsontext
from playground.catalog.model import Entry
from playground.cli.failures import Failure
from playground.config import Settings
from playground.environment import from_environ
from playground.imports.names import usable, usable_name
from playground.request.errors import RequestError, UnknownServer
from playground.request.model import FormObjects
from playground.request.server import typed_server
from playground.startup import open_catalog
from playground.store import OperationNotFound, ProviderNotFound, Store
from playground.text.visible import terminal_line

if TYPE_CHECKING:
    from playground.request.built import BuiltRequest

F = TypeVar("F", bound=Callable[..., Any])

catalog_option = click.option(
    "--catalog", type=click.Path(path_type=Path), metavar="FILE", help="The catalogue file [env: PLAYGROUND_CATALOG]."
)
args_option = click.option(
    "--args", "arguments", metavar="JSON|@FILE", default="{}", help="Arguments by name, as JSON, @FILE or @- (stdin)."
)
server_option = click.option(
    "--server", metavar="URL", help="Any base URL, a server as the description lists it, or `sandbox`."
)
form_objects_option = click.option(
    "--form-objects",
    type=click.Choice(["json", "brackets"]),
    default="json",
    help="How an object in an urlencoded body is written where the description leaves it open.",
)
credential_option = click.option(
    "--credential", metavar="JSON|@FILE", help='For example \'{"type": "bearer_token", "token": "…"}\'.'
)


def operation_arguments(command: F) -> F:
    """Add the arguments PROVIDER and OPERATION."""
    return click.argument("provider")(click.argument("operation")(command))


def read_settings(catalog: Path | None) -> Settings:
    """Return the settings of the environment, with the command line's catalogue above them. Raises `SettingsError`."""
    settings = from_environ()
    return settings if catalog is None else replace(settings, catalog=catalog, catalog_url=None)


@contextmanager
def opened(settings: Settings, *, writes: bool = False) -> Iterator[Store]:
    """Open the catalogue for one command; a name that is not in it becomes a `Failure` with where to look.

    A command that writes waits for another process that has the catalogue locked, and says so.
    """
    if writes:
        check_own_catalog(settings)
    with open_catalog(settings, on_wait=tell_waiting(settings) if writes else None) as store:
        try:
            yield store
        except (ProviderNotFound, OperationNotFound) as error:
            raise Failure(advised(error)) from None


def check_own_catalog(settings: Settings) -> None:
    """Raise `Failure` where the catalogue is published at a URL: what is written to its copy would be lost."""
    if settings.catalog_url is not None:
        raise Failure(
            "The catalogue is fetched from a URL (PLAYGROUND_CATALOG): change it where it is published, "
            "or name a file with --catalog."
        )


def tell_waiting(settings: Settings) -> Callable[[], None]:
    """Return what says on stderr that the catalogue is waited for."""

    def tell() -> None:
        waits = f"Waiting for {settings.catalog}: another process has it locked, perhaps another `playground add`."
        click.echo(f"playground: {terminal_line(waits)}", err=True)

    return tell


def advised(error: ProviderNotFound | OperationNotFound) -> str:
    """Return the sentence about a name that is not in the catalogue, with the command that lists the names."""
    if isinstance(error, OperationNotFound):
        return str(error).replace("list of operations.", f"list of operations (`playground list {error.provider}`).")
    return str(error).replace("list of providers.", "list of providers (`playground list`).")


@contextmanager
def opened_entry(settings: Settings, provider: str, operation: str) -> Iterator[Entry]:
    """Open the catalogue and give one of its operations, by any accepted name."""
    with opened(settings) as store:
        yield store.entry(provider, operation)


def made(
    store: Store, provider: str, operation: str, arguments: Mapping[str, Any], *, server: str | None = None,
    media_type: str | None = None, form_objects: FormObjects = "json",
) -> BuiltRequest:  # fmt: skip
    """Return the request that a command describes; stderr says what of it has another name in this version.

    Raises `Failure` for an operation that was removed, with what it may be now, and `OperationNotFound`.
    """
    # Forms and comparisons of versions, which the commands that start a server do without.
    from playground.imports.earlier import OperationGone, read_made
    from playground.request.built import BuiltRequest

    try:
        found = read_made(
            store, provider, operation, arguments, server=server, media_type=media_type, form_objects=form_objects
        )
    except OperationGone as error:
        raise Failure(str(error)) from None
    if found.note:
        click.echo(f"playground: {terminal_line(found.note)}", err=True)
    return BuiltRequest(entry=found.entry, model=found.model)


def named_origins(server: str | None) -> frozenset[str]:
    """Return the origin of a server that was typed as a full URL: the shell's user may call any address."""
    if server is None or typed_server(server) is None:
        return frozenset()
    from playground.transport.egress import checked_origin  # most commands call nothing
    from playground.transport.errors import InvalidTarget

    try:
        return frozenset((checked_origin(server.strip()),))
    except InvalidTarget as error:
        raise Failure(f"--server: {error}") from None


def check_server(request: BuiltRequest) -> None:
    """Raise `Failure`, which names the option --server, for a request without a usable server."""
    try:
        _ = request.message
    except UnknownServer as error:
        if error.field == "server":
            raise Failure(f"{error} Use --server, for example --server http://127.0.0.1:8000.") from None
    except RequestError:
        return  # sending it gives the reason


def read_json_option(option: str, text: str) -> Any:
    """Return the JSON of an option: typed, or in a file named by `@`. Raises `Failure`."""
    if text.startswith("@"):
        text = _read_text(option, text[1:])
    try:
        return jsontext.loads(text)
    except jsontext.JSONTextError as error:
        # The text is not quoted: with --credential it is a secret.
        raise Failure(f"{option}: {error}") from None


def read_arguments(text: str) -> Mapping[str, Any]:
    """Return the arguments an option gives. Raises `Failure` unless they are a JSON object."""
    value = read_json_option("--args", text)
    if not isinstance(value, dict):
        raise Failure('--args: write a JSON object, for example \'{"id": "cs_1"}\'.')
    return value


def _read_text(option: str, name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(f"{option}: the file {name} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise Failure(f"{option}: the file {name} cannot be read ({error.strerror}); check its path.") from None


def check_name(name: str) -> str:
    """Return the name if a provider may have it. Raises `Failure` with a name that would do."""
    if usable(name):
        return name
    raise Failure(
        f'The name "{terminal_line(name)[:80]}" cannot be used: write lower-case letters, digits, ".", "_" and "-", '
        f'with "/" between parts, for example "{usable_name(name)}".'
    )
