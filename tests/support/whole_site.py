"""A whole site in processes of its own, on gunicorn as the Procfile starts it or by `playground serve`, and an API."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.needs import ROOT, free_port
from tests.support.servers import RecordingServer

CALL = "/gateway/tools/things/get"
SERVERS = [pytest.param(name, marks=pytest.mark.xdist_group(f"a site on {name}")) for name in ("gunicorn", "serve")]
"""Both servers, as parameters: the tests of one stay together, so that its site is started once."""
ONE_ALWAYS = [SERVERS[0], pytest.param("serve", marks=[*SERVERS[1].marks, pytest.mark.long])]
"""Both, of which one is tried in every run of the tests, and the other in CI."""
GUNICORN = ("-c", "deploy/gunicorn.conf.py", "playground.app:application()")


@dataclass
class Site:
    """The site and the API it calls."""

    port: int
    process: subprocess.Popen[bytes]
    api: RecordingServer
    log: Path

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in children.read_text().split()]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        with contextlib.closing(connection):
            fields = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def call(self) -> tuple[int, dict[str, object]]:
        status, body = self.ask("POST", CALL, b"{}", Content_Type="application/json")
        return status, json.loads(body)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=120)

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait for something to be so."""
        end = time.monotonic() + 120
        while not reached():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.02)


@contextlib.contextmanager
def serving(
    folder: Path, before: str = "", *, server: str = "gunicorn", options: tuple[str, ...] = (), **settings: str
) -> Iterator[Site]:
    """Serve on `gunicorn` with two workers, or by `serve`; `before` is Python that is run in its process first."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    port = free_port()
    with RecordingServer() as api:
        document = {
            "openapi": "3.1.0", "info": {"title": "Things", "version": "1"}, "servers": [{"url": api.url}],
            "paths": {"/get": {"get": {"operationId": "get", "responses": {"200": {"description": "Fine"}}}}},
        }  # fmt: skip
        (folder / "things.json").write_text(json.dumps(document))
        environ = {
            **clean, "PORT": str(port), "PYTHONPATH": str(ROOT), "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"),
            "PLAYGROUND_PRIVATE_NETWORKS": "127.0.0.0/8:*", "PLAYGROUND_SEND_TIMEOUT": "100",
            "PLAYGROUND_CONCURRENCY": "visitor:100", "PLAYGROUND_SECRET_KEY": "of both workers, at least", **settings,
        }  # fmt: skip
        add = [sys.executable, "-m", "playground", "add", "things", str(folder / "things.json")]
        subprocess.run(add, cwd=ROOT, env=environ, check=True, capture_output=True)
        start = f"{before}import gunicorn.app.wsgiapp as app; app.run()"
        command = [sys.executable, "-c", start, *options, *GUNICORN]
        if server == "serve":
            start = f"{before}import sys; from playground.cli import main; main(sys.argv[1:])"
            command = [sys.executable, "-c", start, "serve", "--port", str(port)]
        log = folder / "log"
        with (
            log.open("wb") as output,
            subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output) as process,
        ):
            site = Site(port, process, api, log)
            try:
                _wait(site)
                yield site
            finally:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()


def _wait(site: Site) -> None:
    until = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if site.ask("GET", "/readyz")[0] == 200:
                return
        assert site.process.poll() is None and time.monotonic() < until, site.log.read_text()
        time.sleep(0.1)
