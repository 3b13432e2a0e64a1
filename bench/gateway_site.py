"""The site that the gateway's figures are taken of, its visitors, and the memory of its processes.

Sends of many visitors carry an X-Forwarded-For each.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.client import ACCEPTED
from bench.serving import ROOT
from bench.upstream import description

PAGE = "/providers/bench/slow"
BOUNDARY = "benchbenchbench"
_GUNICORN = ("-m", "gunicorn", "-c", "deploy/gunicorn.conf.py")
_APPLICATION = "playground.app:application()"
SERVERS = {
    "gthread": (*_GUNICORN, _APPLICATION),
    "gevent": (*_GUNICORN, "-k", "gevent", "--threads", "1", _APPLICATION),
    "waitress": ("-m", "playground", "serve", "--port"),
}


@contextmanager
def site(folder: Path, api: int, server: str, **settings: str) -> Iterator[tuple[int, int]]:
    """Serve a catalogue with the bench API; gives the site's port and the process that started it."""
    port = _free_port()
    environ = {name: text for name, text in os.environ.items() if not name.startswith("PLAYGROUND_")}
    environ |= {
        "PYTHONPATH": str(ROOT),
        "PORT": str(port),
        "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"),
        "PLAYGROUND_PRIVATE_NETWORKS": "127.0.0.0/8:*",
        "PLAYGROUND_PROXY_HOPS": "1",
        "PLAYGROUND_SECRET_KEY": "the same for both workers",
        **settings,
    }
    document = folder / "bench.json"
    document.write_bytes(description(f"http://127.0.0.1:{api}"))
    add = [sys.executable, "-m", "playground", "add", "bench", str(document)]
    subprocess.run(add, cwd=ROOT, env=environ, check=True, capture_output=True)
    command = [sys.executable, *SERVERS[server], *([str(port)] if server == "waitress" else [])]
    log = (folder / f"{server}.log").open("w")
    with log, subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log) as child:
        try:
            _wait_for(port)
            yield port, child.pid
        finally:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


class Pages:
    """A visitor who asks for operation pages, one after the other."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self) -> float:
        """Fetch the page on a connection of its own and return the seconds."""
        before = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", PAGE, headers={"Accept-Encoding": ACCEPTED})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the page was answered with {answer.status}")
        return time.perf_counter() - before


class Memory:
    """The most memory of their own that a process and its children had together, looked at ten times a second."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.first = self.peak = self.now()

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def now(self) -> int:
        """Return the bytes now."""
        return sum(_anonymous(number) for number in (self._process, *_children(self._process)))

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.peak = max(self.peak, self.now())


def _anonymous(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def processor(process: int) -> float:
    """Return the processor seconds of a process and its children so far."""
    ticks = 0
    for number in (process, *_children(process)):
        with suppress(OSError):
            fields = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


async def send(port: int, visitor: int) -> bytes:
    """Press Send as one of many visitors; return all that was answered, nothing where the connection broke."""
    body = form({"gateway_url": f"http://127.0.0.1:{port}/gateway"})
    head = (
        f"POST {PAGE}/send HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHX-Request: true\r\nSec-Fetch-Site: same-origin\r\n"
        f"X-Forwarded-For: 198.51.{visitor // 250}.{visitor % 250}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with suppress(OSError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return answer
    return b""


def form(fields: dict[str, str]) -> bytes:
    """Return fields as the page posts them."""
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return f"{parts}--{BOUNDARY}--\r\n".encode()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException, RuntimeError):
            Pages(port).ask()
            return
        time.sleep(0.1)
    raise RuntimeError("the site did not start")
