"""Work that ends its process, where a process of its own can import it."""

from __future__ import annotations

import os
from pathlib import Path

from playground.cli.folder import compile_file
from playground.store import PackedCatalog


def die_of_shop(path: Path, name: str) -> PackedCatalog | str:
    if path.name == "shop.json":
        os._exit(9)
    return compile_file(path, name)
