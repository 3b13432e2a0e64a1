"""`playground open` as a process of its own, ended with the block."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.needs import ROOT


@dataclass
class Opened:
    """The process, where it listens, and the lines that it printed after that."""

    process: subprocess.Popen[str]
    url: str
    told: list[str]
    lines: list[str] = field(default_factory=list)


@contextmanager
def opened(
    *sources: str | Path, folder: Path, program: Sequence[str] = (sys.executable, "-m", "playground"),
    path: str | None = str(ROOT), command: str = "open", environ: Mapping[str, str] | None = None,
) -> Iterator[Opened]:  # fmt: skip
    """Open sources on a free port; temporary files lie below `folder`. `environ` is beside that of this process."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PLAYGROUND_", "PYTHON"))}
    own = {"TMPDIR": str(folder), "XDG_DATA_HOME": str(folder / "data"), "HOME": str(folder)}
    # Compiled templates are the user's, for the next start; all else goes.
    own["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    if path is not None:
        own["PYTHONPATH"] = path
    words = [*program, *filter(None, [command]), *map(str, sources), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        words, env={**kept, **own, **(environ or {})}, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    told = []
    reader = None
    try:
        for line in process.stdout:
            if match := re.fullmatch(r"Playground is at (http://\S+)\n", line):
                break
            told.append(line)
        else:
            raise AssertionError(told)
        result = Opened(process, match[1], told)
        reader = threading.Thread(target=lambda: result.lines.extend(process.stdout or ()), daemon=True)
        reader.start()
        yield result
    finally:
        process.terminate()
        process.wait()
        if reader is not None:
            reader.join(10)
        process.stdout.close()
