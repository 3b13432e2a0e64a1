"""The generated package of a very large description: made, loaded in Node, and a call of it type-checked.

Microsoft Graph's, where it lies beside the checkout, as the site hands it to `npm install`.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import tarfile
import time
import urllib.request
from pathlib import Path

from bench.descriptions import REAL
from bench.serving import ROOT, site
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.arguments import from_arguments
from playground.snippets.registry import make_snippet
from playground.store import open_store

GRAPH = REAL.parent / "microsoft.com" / "graph.json"
NAME, OPERATION = "microsoft/graph", "adminAdminUpdateadmin"
ARGUMENTS = {"@odata.type": "#microsoft.graph.admin", "serviceAnnouncement": None}
TSC = ROOT / ".ci" / "cache" / "node_modules" / "typescript" / "bin" / "tsc"
LOADS = 5
BOUND = 1.0
"""Seconds that Node may take to load the module."""
_LOAD = """
const before = performance.now();
const { default: client } = await import('@utdk/%s');
console.log(performance.now() - before, Object.keys(client).length);
"""


def report(folder: Path) -> tuple[str, bool]:
    """Return what was measured, as lines, and whether Node loads the module in time."""
    if not GRAPH.is_file():
        return f"package is skipped: {GRAPH.name} is not beside the checkout.", True
    catalog = folder / "catalog.sqlite"
    with open_store(catalog) as store:
        store.replace(compile_document(parse_document(GRAPH.read_bytes()), name=NAME).catalog, b"{}")
        entry = store.entry(NAME, OPERATION)
        text = make_snippet(entry, from_arguments(entry, ARGUMENTS), target="typescript_utdk").text
    with site(catalog) as port:
        before = time.perf_counter()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sdk/{NAME}.tgz", timeout=300) as answer:
            data = answer.read()
        made = time.perf_counter() - before
    home = folder / "node_modules" / "@utdk" / NAME.partition("/")[0]
    home.parent.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")
    (folder / "package").rename(home)
    sizes = {kind: sum(file.stat().st_size for file in home.rglob(f"*{kind}")) for kind in (".js", ".d.ts")}
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "load.mjs").write_text(_LOAD % NAME)
    loads = [float(_run(folder, "node", "load.mjs").split()[0]) / 1000 for _ in range(LOADS)]
    median = statistics.median(loads)
    lines = [
        f"@utdk/{NAME}: {len(data):,} bytes packed; code {sizes['.js']:,}, types {sizes['.d.ts']:,} bytes",
        f"made and sent by the site in {made:.1f} s",
        f"loaded by Node in {median:.2f} s (median of {LOADS}, slowest {max(loads):.2f}; bound {BOUND:g})",
        _checked(folder, text),
    ]
    return "\n".join(lines), median <= BOUND


def _checked(folder: Path, text: str) -> str:
    if not TSC.is_file():
        return "the type check is skipped: there is no TypeScript in .ci/cache"
    options = {"noEmit": True, "strict": True, "module": "nodenext", "target": "es2022", "types": []}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.ts"]}))
    (folder / "snippet.ts").write_text(text)
    before = time.perf_counter()
    _run(folder, "node", str(TSC), "-p", ".")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return f"its snippet is type-checked in {time.perf_counter() - before:.1f} s, with {memory:.0f} MB"


def _run(folder: Path, *command: str) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=True).stdout
