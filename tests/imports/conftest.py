"""The command line with a catalogue of its own, as the tests of the commands have it."""

from tests.cli.conftest import catalog, run, shop

__all__ = ["catalog", "run", "shop"]
