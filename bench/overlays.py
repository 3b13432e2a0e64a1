"""The Overlay Specification's own documents, in a checkout of it: those to be read, to be refused, and to be applied.

`tests/v1.x/pass` and `fail` are documents alone; a folder below `compliant-sets` has a description, an overlay, and the
description that they make.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playground.openapi.overlay import Applying, read_overlay
from playground.openapi.parse import read_text
from playground.openapi.problems import DocumentError

VERSIONS = ("v1.0", "v1.1")
"""Those that are published."""


def report(checkout: Path) -> tuple[str, bool]:
    """Return how many documents are dealt with as the specification has it, and which are not."""
    lines, counted = [], 0
    for version in VERSIONS:
        for kind in ("pass", "fail"):
            for path in sorted((checkout / "tests" / version / kind).glob("*.yaml")):
                counted += 1
                if (_refusal(path) is None) != (kind == "pass"):
                    lines.append(f"{version}/{kind}/{path.name}: {_refusal(path) or 'read'}")
    sets = sorted(path.parent for path in (checkout / "compliant-sets").glob("*/overlay.yaml"))
    for folder in sets:
        applying = Applying(_read(folder / "openapi.yaml"))
        applying.apply(read_overlay(_read(folder / "overlay.yaml")))
        if applying.document != _read(folder / "output.yaml"):
            lines.append(f"{folder.name}: the description is another one")
    lines.append(f"{counted} documents and {len(sets)} sets; {len(lines)} are dealt with otherwise")
    return "\n".join(lines), len(lines) == 1 and bool(counted and sets)


def _refusal(path: Path) -> str | None:
    try:
        read_overlay(_read(path))
    except DocumentError as error:
        return str(error)
    return None


def _read(path: Path) -> Any:
    return read_text(path.read_bytes()).document
