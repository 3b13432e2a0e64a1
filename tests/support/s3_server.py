"""An S3-like server of a test's own (moto's), on loopback."""

from __future__ import annotations

import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.needs import free_port

_START = "import sys; from moto.server import main; main(sys.argv[1:])"


@contextmanager
def s3_server() -> Iterator[str]:
    """Start a storage with no bucket in it, and yield its address."""
    pytest.importorskip("moto")
    pytest.importorskip("flask_cors")
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _START, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            if not any(b"Running on" in line for line in process.stderr):
                raise AssertionError("the storage did not start")
            # Read on: a pipe that is full would hold the storage up.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def make_bucket(endpoint: str, name: str) -> None:
    """Make a bucket; nobody is asked who wants it."""
    request = urllib.request.Request(f"{endpoint}/{name}", method="PUT")
    try:
        urllib.request.urlopen(request).close()
    except urllib.error.HTTPError as error:
        raise AssertionError(error.read()[:300]) from error
