"""Compiles snippets, all of a language in one program, and runs each in a folder of its own."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.support.snippets.scripted import CACHE, Run, run_command, write_run

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

_JAVA_DRIVER = """
public class Driver {
    public static void main(String[] names) {
        for (String name : names) {
            try {
                Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
            } catch (Throwable error) {
                System.err.println(name);
                error.printStackTrace();
            }
        }
        System.exit(0);
    }
}
"""
KOTLIN = "/usr/share/java/kotlin-stdlib.jar"
OKHTTP = "/usr/share/java/okhttp.jar:/usr/share/java/okio.jar"

_CSHARP_DRIVER = """
using System;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;

static class Driver
{
    static void Main(string[] names)
    {
        var root = Directory.GetCurrentDirectory();
        foreach (var name in File.ReadAllLines("names"))
        {
            Directory.SetCurrentDirectory(Path.Combine(root, "runs", name));
            try
            {
                var program = Type.GetType(name + ".Program");
                var main = program.GetMethod("Main", BindingFlags.NonPublic | BindingFlags.Static);
                ((Task)main.Invoke(null, null)).Wait();
            }
            catch (Exception error)
            {
                Console.Error.WriteLine(name + ": " + error);
            }
        }
    }
}
"""

_C_DRIVER = """
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

%s

int main(void)
{
  struct { const char *name; int (*run)(void); } snippets[] = {
%s
  };
  for(size_t at = 0; at < sizeof snippets / sizeof *snippets; at++) {
    if(!fork()) {
      if(chdir("runs") || chdir(snippets[at].name))
        exit(9);
      exit(snippets[at].run());
    }
    int status;
    wait(&status);
    if(status)
      fprintf(stderr, "%%s: status %%d\\n", snippets[at].name, status);
  }
}
"""

_CARGO = """
[package]
name = "snippets"
version = "0.1.0"
edition = "2021"

[dependencies]
reqwest = { version = "0.11", features = ["blocking", "multipart"] }

[profile.dev]
debug = 0
incremental = false
"""
_CARGO_CONFIG = """
[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "/usr/share/cargo/registry"
"""
_RUST_DRIVER = """
#![allow(warnings)]
%s
fn main() {
    let root = std::env::current_dir().unwrap();
    let snippets: Vec<(&str, fn() -> Result<(), Box<dyn std::error::Error>>)> = vec![
%s
    ];
    for (name, run) in snippets {
        std::env::set_current_dir(root.join("runs").join(name)).unwrap();
        if let Err(error) = run() {
            eprintln!("{}: {:?}", name, error);
        }
    }
}
"""

# Debian has OkHttp 3; the names that OkHttp 4 gave to Kotlin, for it.
_OKHTTP_4 = """
package shim

import okhttp3.MediaType
import okhttp3.RequestBody
import okhttp3.Response
import okhttp3.ResponseBody
import java.io.File

fun String.toMediaType(): MediaType = MediaType.get(this)
fun String.toRequestBody(type: MediaType? = null): RequestBody = RequestBody.create(type, this)
fun ByteArray.toRequestBody(type: MediaType? = null): RequestBody = RequestBody.create(type, this)
fun File.asRequestBody(type: MediaType? = null): RequestBody = RequestBody.create(type, this)
val Response.code: Int get() = code()
val Response.body: ResponseBody? get() = body()
"""

_ELIXIR_DRIVER = """
for name <- File.ls!("runs") do
  File.cd!("runs/" <> name, fn ->
    try do
      Code.eval_file("snippet.exs")
    catch
      kind, error -> IO.puts(:stderr, name <> ": " <> Exception.format(kind, error, __STACKTRACE__))
    end
  end)
end
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
        write_run(folder, run, f"{run.name}.go", text.replace("\nfunc main() {\n", "\nfunc Main() {\n", 1))
    imports = "\n".join(f'\t"snippets/runs/{run.name}"' for run in runs)
    table = "\n".join(f'\t"{run.name}": {run.name}.Main,' for run in runs)
    (folder / "main.go").write_text(_GO_DRIVER % (imports, table), encoding="utf-8")
    (folder / "go.mod").write_text("module snippets\n\ngo 1.19\n", encoding="utf-8")
    settings = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "CGO_ENABLED": "0"}
    _compile(folder, ["go", "build", "-o", "program", "."], settings)
    return _run(folder, ["./program"], environment)


def run_java(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Java classes, each in a package of its own; Java cannot change its folder, so those with files run alone."""
    return _run_on_jvm(folder, runs, environment, class_path=".")


def run_okhttp(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Java classes that use OkHttp."""
    return _run_on_jvm(folder, runs, environment, class_path=OKHTTP)


def _run_on_jvm(folder: Path, runs: Iterable[Run], environment: Mapping[str, str], *, class_path: str) -> str:
    runs = list(runs)
    for run in runs:
        write_run(folder, run, "Main.java", f"package runs.{run.name};\n{run.text}")
    (folder / "Driver.java").write_text(_JAVA_DRIVER, encoding="utf-8")
    sources = [f"runs/{run.name}/Main.java" for run in runs]
    (folder / "sources").write_text("\n".join(["Driver.java", *sources]), encoding="utf-8")
    _compile(folder, ["javac", "-encoding", "UTF-8", "-proc:none", "-cp", class_path, "-d", ".", "@sources"])
    return _start_jvms(folder, runs, environment, class_path, "Main")


def run_kotlin(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Kotlin programs, each in a package of its own."""
    runs = list(runs)
    for run in runs:
        text = re.sub(r"^import okhttp3\.\w+\.Companion\.", "import shim.", run.text, flags=re.MULTILINE)
        write_run(folder, run, "Main.kt", f"package runs.{run.name}\nimport shim.code\nimport shim.body\n{text}")
    (folder / "runs" / "shim.kt").write_text(_OKHTTP_4, encoding="utf-8")
    (folder / "Driver.java").write_text(_JAVA_DRIVER, encoding="utf-8")
    _compile(folder, ["kotlinc", "-nowarn", "-no-reflect", "-cp", OKHTTP, "-d", ".", "runs"])
    _compile(folder, ["javac", "-d", ".", "Driver.java"])
    return _start_jvms(folder, runs, environment, f"{OKHTTP}:{KOTLIN}", "MainKt")


def _start_jvms(folder: Path, runs: list[Run], environment: Mapping[str, str], class_path: str, main: str) -> str:
    java = ["java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", f"{folder}:{class_path}", "Driver"]
    errors = _run(folder, [*java, *(f"runs.{run.name}.{main}" for run in runs if not run.files)], environment)
    for run in runs:
        if run.files:
            errors += _run(folder / "runs" / run.name, [*java, f"runs.{run.name}.{main}"], environment)
    return errors


def run_csharp(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run C# programs on Mono, each in a namespace of its own."""
    runs = list(runs)
    for run in runs:
        write_run(folder, run, "Program.cs", f"namespace {run.name} {{\n{run.text}\n}}")
    (folder / "Driver.cs").write_text(_CSHARP_DRIVER, encoding="utf-8")
    (folder / "names").write_text("\n".join(run.name for run in runs), encoding="utf-8")
    sources = [f"runs/{run.name}/Program.cs" for run in runs]
    references = ["-r:System.Net.Http.dll", "-main:Driver", "-codepage:utf8", "-nowarn:4014"]
    _compile(folder, ["mcs", *references, "-out:program.exe", "Driver.cs", *sources])
    return _run(folder, ["mono", "program.exe"], environment)


def run_c(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run C programs: one translation unit in which each has a `main` of its own name."""
    runs = list(runs)
    for run in runs:
        write_run(folder, run, "main.c", run.text)
    included = "\n".join(
        f'#define main main_{run.name}\n#include "runs/{run.name}/main.c"\n#undef main' for run in runs
    )
    table = "\n".join(f'    {{ "{run.name}", main_{run.name} }},' for run in runs)
    (folder / "driver.c").write_text(_C_DRIVER % (included, table), encoding="utf-8")
    warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-result"]
    _compile(folder, ["gcc", "-std=gnu17", *warnings, "-D_GNU_SOURCE=", "driver.c", "-o", "program", "-lcurl"])
    return _run(folder, ["./program"], environment)


def run_rust(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Rust programs, each a module of one; crates come from Debian's packages and are built once for a machine."""
    runs = list(runs)
    for run in runs:
        write_run(folder, run, "main.rs", run.text)
    modules = "\n".join(
        f'mod {run.name} {{ include!("{folder}/runs/{run.name}/main.rs"); pub fn run() -> Result<(), Box<dyn Error>> '
        "{ main() } }"
        for run in runs
    )
    table = "\n".join(f'        ("{run.name}", {run.name}::run),' for run in runs)
    (folder / "src").mkdir()
    (folder / "src" / "main.rs").write_text(_RUST_DRIVER % (modules, table), encoding="utf-8")
    (folder / "Cargo.toml").write_text(_CARGO, encoding="utf-8")
    (folder / ".cargo").mkdir()
    (folder / ".cargo" / "config.toml").write_text(_CARGO_CONFIG, encoding="utf-8")
    target = CACHE / "rust"
    target.mkdir(parents=True, exist_ok=True)
    program = folder / "program"
    with (target / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the program is copied: another run of the tests builds in its place
        _compile(folder, ["cargo", "build", "--quiet", "--offline"], {"CARGO_TARGET_DIR": str(target)})
        program.write_bytes((target / "debug" / "snippets").read_bytes())
    program.chmod(0o755)
    return _run(folder, ["./program"], environment)


def run_elixir(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Elixir scripts in one virtual machine."""
    for run in runs:
        write_run(folder, run, "snippet.exs", run.text)
    (folder / "driver.exs").write_text(_ELIXIR_DRIVER, encoding="utf-8")
    return _run(folder, ["elixir", "driver.exs"], environment)


def _compile(folder: Path, command: list[str], environment: Mapping[str, str] | None = None) -> None:
    errors = _run(folder, command, environment or {})
    assert f"{command[0]}: status" not in errors, errors[:4000]


def _run(folder: Path, command: list[str], environment: Mapping[str, str]) -> str:
    return run_command(folder, command, environment)
