"""The built wheel in an environment of its own, as somebody has it who installs Playground."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.needs import ROOT


@dataclass(frozen=True)
class Installed:
    """The wheel's file, and the environment it is installed in: nothing in it is of the checkout."""

    wheel: Path
    environment: Path

    def program(self, name: str = "playground") -> str:
        """Return the path of one of its programs."""
        return str(self.environment / "bin" / name)

    @property
    def python(self) -> str:
        """Its interpreter."""
        return self.program("python")


def install_wheel(temporary: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it, once for all workers of a run."""
    base = temporary.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wheel"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker may be at it
        if not (folder / "done").exists():
            _install(folder)
            (folder / "done").touch()
    (wheel,) = folder.glob("*.whl")
    return Installed(wheel, folder / "environment")


def _install(folder: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([*pip, "--disable-pip-version-check"], check=True, capture_output=True)
    # Folders a .pth names are searched, but their own .pth files, the editable install's among them, are not read.
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
