"""The `playground` command: the same functions the site uses, from a terminal (docs/protocol.md)."""

from playground.cli.commands import main

__all__ = ["main"]
