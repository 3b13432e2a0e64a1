"""Processes of `playground` that are forked from one which has imported it all: each saves a second of work.

What a test starts besides what it proves (a site for a browser, a description that is added) starts so; what proves how
a command starts, is interrupted or fails starts as a shell would. Each has its own environment, folder, output and pid.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any

from tests.support.needs import ROOT

LONGEST = 1 << 20
"""Bytes of a message: an environment is some thousand."""


class Forked:
    """One process, with what tests use of `subprocess.Popen`; its output goes to files."""

    def __init__(
        self, arguments: Sequence[str], *, env: Mapping[str, str], output: IO[Any], errors: IO[Any] | None = None
    ) -> None:
        self.returncode: int | None = None
        asked = {"arguments": list(arguments), "environ": dict(env), "folder": str(ROOT)}
        self.pid = int(_nursery().ask(asked, output.fileno(), (errors or output).fileno()))

    def poll(self) -> int | None:
        """Return the status of a process that has ended."""
        if self.returncode is None:
            status = _nursery().ask({"ended": self.pid})
            self.returncode = None if status is None else os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self) -> int:
        """Wait for the end."""
        while (status := self.poll()) is None:
            time.sleep(0.01)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)


def run(arguments: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        status = Forked(arguments, env=env, output=output, errors=errors).wait()
        output.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(list(arguments), status, output.read(), errors.read())


class _Nursery:
    """The process that the others are forked from."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        command = [sys.executable, "-m", "tests.support.forked", str(theirs.fileno())]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=[theirs.fileno()])
        theirs.close()
        atexit.register(self._end)

    def ask(self, message: dict[str, Any], *files: int) -> Any:
        """Send a message, and return what is answered."""
        with self._lock:
            socket.send_fds(self._link, [json.dumps(message).encode()], files)
            return json.loads(self._link.recv(LONGEST))

    def _end(self) -> None:
        self._link.close()
        self._process.wait()


_nursery = functools.cache(_Nursery)


def _tend(link: socket.socket) -> dict[str, Any]:
    """Fork as asked until nobody asks any more; returns in each process that was forked, with what it shall do."""
    running: set[int] = set()
    while True:
        data, files, _, _ = socket.recv_fds(link, LONGEST, 2)
        if not data:  # the tests have ended, and so does all that they forgot
            for pid in running:
                os.kill(pid, signal.SIGKILL)
            sys.exit()
        message: dict[str, Any] = json.loads(data)
        if "ended" in message:
            pid, status = os.waitpid(message["ended"], os.WNOHANG)
            running.discard(pid)
            link.send(json.dumps(status if pid else None).encode())
            continue
        pid = os.fork()
        if not pid:
            link.close()
            os.dup2(files[0], 1)
            os.dup2(files[1], 2)
        for file in files:
            os.close(file)
        if not pid:
            return message
        running.add(pid)
        link.send(json.dumps(pid).encode())


def _main(descriptor: int) -> None:
    import gc
    import importlib
    import runpy

    for name in ("playground.app", "playground.cli", "playground.server.waitress"):
        importlib.import_module(name)
    gc.freeze()  # what no collection looks at stays shared
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    message = _tend(socket.socket(fileno=descriptor))
    os.environ.clear()
    os.environ.update(message["environ"])
    os.chdir(message["folder"])
    time.tzset()
    sys.argv[1:] = message["arguments"]
    runpy.run_module("playground", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
