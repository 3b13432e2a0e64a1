"""What a browser has to load for one operation's page: ours beside the packages that others draw theirs with.

Sizes are gzip's, level 9, of the published browser bundles a minimal page of each names in its documentation. Theirs
load the whole description besides; ours is whole: HTML, stylesheet, scripts.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from bench.client import Client
from bench.descriptions import import_description
from bench.figures import align
from bench.pages import PAGE
from bench.serving import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A package of npm at one version, and the files of it that a page loads."""

    package: str
    version: str
    files: tuple[str, ...]


PEERS = (
    Peer(package="swagger-ui-dist", version="5.35.0", files=("swagger-ui-bundle.js", "swagger-ui.css")),
    Peer(package="@scalar/api-reference", version="1.72.1", files=("dist/browser/standalone.js",)),
    Peer(package="@stoplight/elements", version="9.0.25", files=("web-components.min.js", "styles.min.css")),
    Peer(package="rapidoc", version="9.3.8", files=("dist/rapidoc-min.js",)),
)


def report(name: str, data: bytes, folder: Path) -> str:
    """Return the sizes as lines; a sentence instead where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        return "Peers are skipped: their packages are fetched with npm, which is not on this machine."
    ours = _ours(data, folder)
    rows = [("page", "gzip", "ratio", "loads besides"), (f"Playground, {name}", _kilobytes(ours), "1.00", "nothing")]
    description = f"the description, {_kilobytes(len(gzip.compress(data, 9)))} for {name}"
    for peer in PEERS:
        size = _packed(npm, peer, folder)
        rows.append((f"{peer.package} {peer.version}", _kilobytes(size), f"{size / ours:.2f}", description))
    return align(rows, left=(0, 3))


def _ours(data: bytes, folder: Path) -> int:
    """Return the bytes of bodies that a browser's first visit to the operation page transfers."""
    import_description(data, folder / "catalog.sqlite")
    with site(folder / "catalog.sqlite") as port, Client(port) as client:
        page = client.get(PAGE)
        return page.transferred + sum(client.get(path).transferred for path in assets_of(page.text))


def assets_of(html: str) -> list[str]:
    """Return the addresses of the stylesheets, scripts and icons a page names, each once."""
    return list(dict.fromkeys(re.findall(r'(?:src|href)="(/assets/[^"#?]+)', html)))


def _packed(npm: str, peer: Peer, folder: Path) -> int:
    command = [npm, "pack", "--silent", f"{peer.package}@{peer.version}"]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=300)
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        return sum(_size(archive, f"package/{name}") for name in peer.files)


def _size(archive: tarfile.TarFile, name: str) -> int:
    # Read where it lies: nothing of a foreign archive is written to the disk.
    file = archive.extractfile(name)
    if file is None:
        raise RuntimeError(f"{name} is no file of this package")
    return len(gzip.compress(file.read(), 9))


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f} kB"
