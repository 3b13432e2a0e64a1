"""The command group: what `playground --help` lists."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from playground.cli.agents import mcp
from playground.cli.descriptions import add, check
from playground.cli.diff import diff
from playground.cli.failures import OneLineGroup
from playground.cli.folder import add_all
from playground.cli.opening import open_
from playground.cli.providers import list_providers, remove, values
from playground.cli.requests import call, request, snippet, targets
from playground.cli.sandbox import mock, sandbox
from playground.cli.scenarios import scenario
from playground.cli.sdk import sdk
from playground.cli.serving import gateway, serve
from playground.cli.syncing import sync
from playground.imports.sources import is_url


def _version() -> str:
    try:
        return version("tryit-playground")
    except PackageNotFoundError:
        return "not installed"


class _Group(OneLineGroup):
    """The commands; `playground openapi.yaml` is `playground open openapi.yaml`, as `uvx tryit-playground` needs it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names, or `open` where it is a source."""
        if args and self.get_command(ctx, args[0]) is None and _is_source(args[0]):
            args = ["open", *args]
        return super().resolve_command(ctx, args)


def _is_source(word: str) -> bool:
    return is_url(word) or word.lower().endswith((".json", ".yaml", ".yml", ".zip")) or Path(word).exists()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(_version(), prog_name="playground")
def main() -> None:
    """An interactive "Try it" site for HTTP APIs.

    Settings are read from PLAYGROUND_* environment variables; --catalog wins over PLAYGROUND_CATALOG.
    """


_DESCRIPTIONS = (add, add_all, sync, list_providers, remove, check, diff)
_REQUESTS = (request, snippet, call, values, scenario, targets, sdk)
for _command in (serve, open_, *_DESCRIPTIONS, *_REQUESTS, sandbox, mock, gateway, mcp):
    main.add_command(_command)
