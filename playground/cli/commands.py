"""The command group: what `playground --help` lists."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from playground.cli.descriptions import add, check
from playground.cli.failures import OneLineGroup
from playground.cli.folder import add_all
from playground.cli.providers import list_providers, remove
from playground.cli.requests import call, request, snippet, targets
from playground.cli.sandbox import mock, sandbox
from playground.cli.scenarios import scenario
from playground.cli.sdk import sdk
from playground.cli.serving import gateway, serve


def _version() -> str:
    try:
        return version("tryit-playground")
    except PackageNotFoundError:
        return "not installed"


@click.group(cls=OneLineGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(_version(), prog_name="playground")
def main() -> None:
    """An interactive "Try it" site for HTTP APIs.

    Settings are read from PLAYGROUND_* environment variables; --catalog wins over PLAYGROUND_CATALOG.
    """


_DESCRIPTIONS = (add, add_all, list_providers, remove, check)
_REQUESTS = (request, snippet, call, scenario, targets, sdk)
for _command in (serve, *_DESCRIPTIONS, *_REQUESTS, sandbox, mock, gateway):
    main.add_command(_command)
