"""The descriptions that come with Playground, written for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources


def documents() -> Iterator[tuple[str, bytes]]:
    """Yield the provider's name and the YAML bytes of each bundled description, by name."""
    for file in sorted(resources.files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield file.name.removesuffix(".yaml"), file.read_bytes()
