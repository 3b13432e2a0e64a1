"""Compiles snippets, all of a language in one program, and runs each in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.snippets.runner import Run

CACHE = Path(__file__).parents[2] / ".ci" / "cache"
_GO_DRIVER = """
package main

import (
	"fmt"
	"os"
	"os/exec"
%s
)

var snippets = map[string]func(){
%s
}

func main() {
	if len(os.Args) > 1 {
		snippets[os.Args[1]]()
		return
	}
	for name := range snippets {
		command := exec.Command("/proc/self/exe", name)
		command.Dir = "runs/" + name
		command.Stderr = os.Stderr
		if err := command.Run(); err != nil {
			fmt.Fprintln(os.Stderr, name, err)
		}
	}
}
"""


def run_go(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Go snippets, each a package of one program; `log.Fatal` ends only its own process."""
    runs = list(runs)
    for run in runs:
        text = (
            run.text.replace("\npackage main\n", f"\npackage {run.name}\n", 1)
            if run.text[:2] == "//"
            else (run.text.replace("package main\n", f"package {run.name}\n", 1))
        )
        _lay_out(folder, run, f"{run.name}.go", text.replace("\nfunc main() {\n", "\nfunc Main() {\n", 1))
    imports = "\n".join(f'\t"snippets/runs/{run.name}"' for run in runs)
    table = "\n".join(f'\t"{run.name}": {run.name}.Main,' for run in runs)
    (folder / "main.go").write_text(_GO_DRIVER % (imports, table), encoding="utf-8")
    (folder / "go.mod").write_text("module snippets\n\ngo 1.19\n", encoding="utf-8")
    settings = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "CGO_ENABLED": "0"}
    return _run(folder, ["go", "build", "-o", "program", "."], settings) + _run(folder, ["./program"], environment)


def _lay_out(folder: Path, run: Run, name: str, text: str) -> None:
    home = folder / "runs" / run.name
    home.mkdir(parents=True)
    (home / name).write_text(text + "\n", encoding="utf-8")
    for file in run.files:
        (home / file.name).write_bytes(file.data)


def _run(folder: Path, command: list[str], environment: Mapping[str, str]) -> str:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "CARGO_HOME")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "LC_ALL": "C.UTF-8", "NO_PROXY": "*", **environment},
        capture_output=True,
        timeout=110,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    return said if done.returncode == 0 else f"{said}\n{command[0]}: status {done.returncode}\n"
