"""`playground mcp`: the catalogue, or a description alone, as a server of the Model Context Protocol on stdio."""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from playground.cli.failures import INTERRUPTED, Failure
from playground.cli.opening import Opening
from playground.cli.options import catalog_option, credential_option, opened, read_json_option, read_settings
from playground.cli.progress import Progress
from playground.config import Settings
from playground.jsontext import dumps
from playground.secrets.credentials import read_credentials
from playground.store import Store, open_store


@click.command()
@click.argument("sources", metavar="[SOURCE…]", nargs=-1)
@click.option("--server", help="The API's base URL, instead of those that SOURCE lists.")
@credential_option
@click.option("--allow-changes", is_flag=True, help="Send what may change a live system without asking.")
@catalog_option
def mcp(
    sources: tuple[str, ...], server: str | None, credential: str | None, allow_changes: bool, catalog: Path | None
) -> None:
    """Serve the catalogue, or the descriptions SOURCE… alone, to an agent on stdin and stdout (MCP).

    Calls go to the sandbox unless the agent names a server; --credential goes with those that do.
    """
    if find_spec("mcp") is None:
        raise Failure("The SDK of the Model Context Protocol is not installed: pip install 'tryit-playground[agents]'.")
    if credential is not None:
        read_credentials(read_json_option("--credential", credential))
        credential = dumps(read_json_option("--credential", credential))
    settings = replace(read_settings(catalog), local=True)
    status = 0
    try:
        with _catalogue(sources, settings, server) as (settings, store):
            _serve(settings, store, credential, allow_changes=allow_changes)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit as ended:  # by a signal
        status = int(ended.code or 0)
    if status:
        os._exit(status)  # the input, which is waited for, cannot be closed


@contextmanager
def _catalogue(sources: tuple[str, ...], settings: Settings, server: str | None) -> Iterator[tuple[Settings, Store]]:
    if not sources:
        with opened(settings) as store:
            yield settings, store
        return
    with tempfile.TemporaryDirectory(prefix="playground-") as folder:
        own = Path(folder)
        settings = replace(settings, catalog=own / "catalog.sqlite", catalog_url=None, answers=own / "answers")
        with open_store(settings.catalog) as store:
            opening = Opening(store, settings, server, Progress(len(sources)))
            for source in sources:
                opening.add(source)
            if not opening.watched:
                raise Failure(opening.failures[0])
            for line in (*opening.failures, *opening.told):
                click.echo(line, err=True)
            yield settings, store


def _serve(settings: Settings, store: Store, credential: str | None, *, allow_changes: bool) -> None:
    import anyio
    from mcp.server.stdio import stdio_server
    from werkzeug.test import EnvironBuilder

    from playground.app import create_app
    from playground.web.agents.server import make_server
    from playground.web.agents.tools import ALLOW_CHANGES, CREDENTIAL
    from playground.web.logs import start_logging

    start_logging(settings)
    headers = {"Playground-Visitor": secrets.token_hex(16)}
    if credential is not None:
        headers[CREDENTIAL] = credential
    if allow_changes:
        headers[ALLOW_CHANGES] = "yes"
    environ = EnvironBuilder("/mcp", "http://127.0.0.1", method="POST", headers=list(headers.items())).get_environ()
    environ["REMOTE_ADDR"] = "127.0.0.1"
    server = make_server(create_app(settings, store), environ)

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    outcome: Future[None] = Future()

    def work() -> None:
        try:
            outcome.set_result(anyio.run(run))
        except BaseException as error:
            outcome.set_exception(error)

    # What waits for a line of input ends with nothing but a line, so it is no one's business but a daemon's.
    threading.Thread(target=work, name="mcp", daemon=True).start()
    outcome.result()
