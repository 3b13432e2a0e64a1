"""What a machine may lack: a test in need of it is skipped by name with the reason, or fails where CI allows none."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pytest

ROOT = Path(__file__).parent.parent.parent
_SPECS = (ROOT.parent / "shared" / "specs", ROOT.parent.parent / "shared" / "specs")
SPECS = next((path for path in _SPECS if path.is_dir()), _SPECS[0])
"""Real descriptions beside the checkout, which may be a linked work tree."""
AXE = ROOT / ".ci" / "cache" / "axe.min.js"


def need_command(name: str) -> str:
    """Return the path of a command, or skip."""
    path = shutil.which(name)
    if path is None:
        _lacking(f"this machine has no {name}")
    return str(path)


def need_program(name: str) -> str:
    """Return the path of a program that is installed beside this interpreter, or skip."""
    path = Path(sys.executable).parent / name
    if not path.exists():
        _lacking(f"this environment has no {name}")
    return str(path)


def need_registry(folder: Path) -> None:
    """Skip where packages cannot be had, as pip is set up here; what is fetched to see that lies in a folder."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "blinker"]
    done = subprocess.run([*command, "--no-cache-dir"], capture_output=True, text=True, timeout=600, check=False)
    if done.returncode != 0:
        _lacking("this machine reaches no package registry")


def need_chromium() -> str:
    """Return the path of Chromium, or skip: the one without a window of its own if it is here, as it starts faster."""
    return shutil.which("chromium-headless-shell") or need_command("chromium")


def needs(name: str) -> pytest.MarkDecorator:
    """Return the mark of a test that needs a command; where CI allows no skip it runs, and fails by itself."""
    missing = shutil.which(name) is None and not os.environ.get("PLAYGROUND_NO_SKIPS")
    return pytest.mark.skipif(missing, reason=f"this machine has no {name}")


def need_file(path: Path, what: str) -> Path:
    """Return the path of a file that CI installs, or skip."""
    if not path.is_file():
        _lacking(f"{what} is not here ({path.name})")
    return path


def need_spec(name: str) -> Path:
    """Return a real description kept beside the project; never required, not in CI either."""
    path = SPECS / name
    if not path.is_file():
        pytest.skip(f"the real description {name} is not beside this checkout")
    return path


def _lacking(reason: str) -> None:
    if os.environ.get("PLAYGROUND_NO_SKIPS"):
        pytest.fail(f"{reason}, and CI allows no such skip")
    pytest.skip(reason)


_OURS: set[int] = set()
"""The ports this process was given; it keeps them to its end."""


@cache
def _ports() -> BinaryIO:
    """Return a file in which each process of tests on this machine locks the byte of each port it was given."""
    return (Path(tempfile.gettempdir()) / f"playground-ports-{os.getuid()}").open("ab")


def free_port() -> int:
    """Return a loopback port that nothing listens on, and that nobody else is given before it is opened.

    Other tests, in this process or in another, get other ports, and no system gives one of these out by itself: it is
    not of the range that systems choose from.
    """
    while True:
        port = 15_000 + secrets.randbelow(15_000)
        if port in _OURS:
            continue
        with contextlib.suppress(OSError):
            fcntl.lockf(_ports(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
            _OURS.add(port)
            with socket.create_server(("127.0.0.1", port)):
                return port
