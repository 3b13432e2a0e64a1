"""The `playground` command: the same functions the site uses, from a terminal (contract section 2)."""

from playground.cli.commands import main

__all__ = ["main"]
