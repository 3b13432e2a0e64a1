"""A real `playground serve`, and npm that installs from it and from nowhere else."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.cli.conftest import command


@contextlib.contextmanager
def serving(environ: Mapping[str, str]) -> Iterator[str]:
    """Serve until the block ends; gives the site's address."""
    with subprocess.Popen(
        command("serve", "--port", "0"), env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline().decode()
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found is not None, line
            yield found[0]
        finally:
            server.terminate()
            server.wait()


def install(npm: str, folder: Path, *addresses: str) -> None:
    """Install tarballs in a folder. There is no registry: the packages have no dependencies, so nothing needs one."""
    options = ["--registry", "http://127.0.0.1:9/", "--fetch-retries", "0", "--cache", str(folder.parent / "npm-cache")]
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier"]
    given = [npm, "install", *addresses, *options, *quiet]
    done = subprocess.run(given, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
