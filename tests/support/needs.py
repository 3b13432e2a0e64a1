"""What a machine may lack: a test in need of it is skipped by name with the reason, or fails where CI allows none."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

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


def free_port() -> int:
    """Return a loopback port that nothing listens on now, and that no system gives out by itself meanwhile.

    A port of the range that systems choose from may be another server's before whoever asked has opened it.
    """
    while True:
        port = 15_000 + secrets.randbelow(15_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
