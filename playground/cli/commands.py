"""The command group: what `playground --help` lists."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, MutableMapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from playground.cli.failures import ENDING, OneLineGroup

_COMMANDS = {
    "serve": "serving:serve", "open": "opening:open_",
    "add": "descriptions:add", "add-all": "folder:add_all", "sync": "syncing:sync", "list": "providers:list_providers",
    "remove": "providers:remove", "check": "descriptions:check", "diff": "descriptions:diff",
    "request": "requests:request", "snippet": "requests:snippet", "call": "requests:call",
    "values": "providers:values", "scenario": "scenarios:scenario", "targets": "requests:targets",
    "sdk": "providers:sdk", "sandbox": "sandbox:sandbox", "mock": "sandbox:mock", "gateway": "serving:gateway",
    "mcp": "agents:mcp",
}  # fmt: skip
"""The commands, each with its module in this package and its name there."""


def _tell_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version  # it reads e-mail's header fields, and much more

    try:
        known = version("tryit-playground")
    except PackageNotFoundError:
        known = "not installed"
    click.echo(f"playground, version {known}")
    context.exit()


class _Group(OneLineGroup):
    """The commands; `playground openapi.yaml` is `playground open openapi.yaml`, as `uvx tryit-playground` needs it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, or `open` where it is a source."""
        if args and self.get_command(ctx, args[0]) is None and _is_source(args[0]):
            args = ["open", *args]
        return super().resolve_command(ctx, args)


class _Commands(MutableMapping[str, click.Command]):
    """Commands that are imported when they are asked for: starting one does not wait for what the others need."""

    def __init__(self, places: dict[str, str]) -> None:
        self._places = places
        self._imported: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._imported:
            module, _, attribute = self._places[name].partition(":")
            self._imported[name] = getattr(import_module(f"playground.cli.{module}"), attribute)
        return self._imported[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._places[name] = ""
        self._imported[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._imported.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, name: Any) -> bool:
        return name in self._places


def _is_source(word: str) -> bool:
    from playground.imports.discover import full_address
    from playground.imports.sources import is_url

    return (
        is_url(full_address(word)) or word.lower().endswith((".json", ".yaml", ".yml", ".zip")) or Path(word).exists()
    )


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """An interactive "Try it" site for HTTP APIs.

    Settings are read from PLAYGROUND_* environment variables; --catalog wins over PLAYGROUND_CATALOG.
    """
    _end_tidily(context)


def _end_tidily(context: click.Context) -> None:
    """Let a command that is ended from outside, or whose terminal is closed, take its temporary files away first."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` has it ignored
            signal.signal(number, _exit)
            context.call_on_close(partial(signal.signal, number, signal.SIG_DFL))


def _exit(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


main.commands = _Commands(_COMMANDS)
