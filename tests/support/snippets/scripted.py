"""Runs snippets of scripting languages, many in one process of their language, each in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playground.snippets.files import LocalFile
from tests.support.needs import ROOT

CACHE = ROOT / ".ci" / "cache"
_PYTHON = """
import contextlib, io, os, runpy, sys, traceback
root = os.getcwd()
for name in sorted(os.listdir("runs")):
    os.chdir(f"{root}/runs/{name}")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path("snippet.py", run_name="__main__")
    except Exception:
        print(name, traceback.format_exc(), file=sys.stderr)
"""

FARADAY = next(
    Path("/usr/share/rubygems-integration/all/gems").glob("faraday-[12].*/lib/faraday.rb"), Path("faraday.rb")
)
HTTR2 = Path("/usr/lib/R/site-library/httr2/DESCRIPTION")
GUZZLE = Path("/usr/share/php/GuzzleHttp/autoload.php")
_NODE = """
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
process.on('uncaughtException', (error) => console.error(error));  // the recorder answers HEAD with content
const root = process.cwd();
for (const name of readdirSync(root + '/runs').sort()) {
  process.chdir(root + '/runs/' + name);
  try { await import(pathToFileURL(process.cwd() + '/snippet.mjs').href); }
  catch (error) { console.error(name + ': ' + error.stack); }
}
"""
_PHP = """<?php
$root = getcwd();
foreach (scandir('runs') as $name) {
    if ($name[0] === '.') continue;
    chdir("$root/runs/$name");
    ob_start();
    (function () use ($name) {
        try { include './snippet.php'; } catch (Throwable $error) { fwrite(STDERR, "$name: $error\\n"); }
    })();
    ob_end_clean();
}
"""
_RUBY = """
root = Dir.pwd
Dir.children('runs').sort.each do |name|
  Dir.chdir("#{root}/runs/#{name}")
  begin
    load './snippet.rb'
  rescue Exception => error
    warn "#{name}: #{error.full_message(highlight: false)}"
  end
end
"""
_SHELL = """
cd runs
for name in *; do
  cd "$name"
  sh ./snippet.sh || echo "$name: status $?" >&2
  cd ..
done
"""
_HTTP_SHIM = """#!/bin/sh
# Keeps what a snippet calls: HTTPie takes half a second to start, so all calls are made in one process afterwards.
call=$(mktemp -d "$CALLS/XXXXXX")
pwd > "$call/folder"
case " $* " in *" --ignore-stdin "*) ;; *) cat > "$call/stdin" ;; esac
for one in "$@"; do printf '%s\\0' "$one"; done > "$call/arguments"
"""
_HTTPIE = """
import os, sys
from pathlib import Path
import httpie.core
from httpie.context import Environment
httpie.core.plugin_manager.load_installed_plugins = lambda *_: None  # there are none, and looking takes long
nowhere = open(os.devnull, "w")
for call in sorted(Path(os.environ["CALLS"]).iterdir()):
    arguments = (call / "arguments").read_text("utf-8", "surrogateescape").split("\\0")[:-1]
    os.chdir((call / "folder").read_text().rstrip("\\n"))
    given = call / "stdin"
    with open(given if given.exists() else os.devnull) as stdin:
        environment = Environment(stdin=stdin, stdin_isatty=False, stdout=nowhere, stdout_isatty=False)
        status = httpie.core.main(["http", *arguments], env=environment)
    if status:
        print(arguments, status, file=sys.stderr)
"""
_PERL = r"""
use strict;
use Cwd;
my $root = getcwd();
opendir my $runs, 'runs' or die;
my $number = 0;
open my $nowhere, '>', '/dev/null' or die;
select $nowhere;
for my $name (sort grep { !/^[.]/ } readdir $runs) {
    chdir "$root/runs/$name" or die;
    open my $file, '<:raw', 'snippet.pl' or die;
    my $code = do { local $/; <$file> };
    $number++;
    eval "package Snippet$number; $code; 1" or print STDERR "$name: $@";
}
"""
_R = r"""
root <- getwd()
for (name in sort(list.files("runs"))) {
  setwd(file.path(root, "runs", name))
  tryCatch(
    capture.output(source("snippet.R", local = new.env(), encoding = "UTF-8")),
    error = function(error) message(name, ": ", conditionMessage(error))
  )
}
"""
_PAGE = """
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
globalThis.prompt = (name) => process.env[name];
globalThis.document = { querySelector: () => ({ files: JSON.parse(readFileSync('files.json')).map(
  (name) => new File([readFileSync(name)], name, { type: 'application/x-chosen' })) }) };
const root = process.cwd();
for (const name of readdirSync(root + '/runs').sort()) {
  process.chdir(root + '/runs/' + name);
  try { await import(pathToFileURL(process.cwd() + '/snippet.mjs').href); }
  catch (error) { console.error(name + ': ' + error.stack); }
}
"""
_TYPESCRIPT = """
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import typescript from 'typescript';
const root = process.cwd();
for (const name of readdirSync(root + '/runs').sort()) {
  process.chdir(root + '/runs/' + name);
  const { outputText } = typescript.transpileModule(readFileSync('snippet.mts', 'utf-8'), {
    compilerOptions: { module: 'esnext', target: 'es2022' },
  });
  writeFileSync('snippet.mjs', outputText);
  try { await import(pathToFileURL(process.cwd() + '/snippet.mjs').href); }
  catch (error) { console.error(name + ': ' + error.stack); }
}
"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A snippet to run in a folder of its own, named by `name`, with `files` beside it."""

    name: str
    text: str
    files: tuple[LocalFile, ...] = ()


def run_shell(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run shell snippets; returns what they wrote on stderr."""
    lay_out(folder, runs, "snippet.sh")
    return run_command(folder, ["sh", "-c", _SHELL], environment)


def run_node(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run ECMAScript modules in Node, beside the packages CI installs; returns what they wrote on stderr."""
    _link_packages(folder)
    return _run_all(folder, runs, "snippet.mjs", _NODE, ["node"], environment)


def run_modules(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run ECMAScript modules in Node, beside the packages of the folder itself."""
    return _run_all(folder, runs, "snippet.mjs", _NODE, ["node"], environment)


def run_page(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run a page's modules in Node, with its `prompt` and `document` standing in."""
    runs = list(runs)
    lay_out(folder, runs, "snippet.mjs")
    for run in runs:
        (folder / "runs" / run.name / "files.json").write_text(json.dumps([file.name for file in run.files]))
    (folder / "driver.mjs").write_text(_PAGE, encoding="utf-8")
    return run_command(folder, ["node", "driver.mjs"], environment)


def run_typescript(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Strip the types of TypeScript modules, and run them in Node."""
    _link_packages(folder)
    lay_out(folder, runs, "snippet.mts")
    (folder / "driver.mjs").write_text(_TYPESCRIPT, encoding="utf-8")
    return run_command(folder, ["node", "driver.mjs"], environment)


def _link_packages(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "node_modules").symlink_to(CACHE / "node_modules")


def run_python(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Python snippets; returns what they wrote on stderr."""
    return _run_all(folder, runs, "snippet.py", _PYTHON, [sys.executable], environment)


def _run_all(
    folder: Path, runs: Iterable[Run], name: str, driver: str, command: list[str], environment: Mapping[str, str]
) -> str:
    lay_out(folder, runs, name)
    path = folder / f"driver{Path(name).suffix}"
    path.write_text(driver, encoding="utf-8")
    return run_command(folder, [*command, path.name], environment)


def lay_out(folder: Path, runs: Iterable[Run], name: str) -> None:
    """Write each snippet and its files into its folder."""
    for run in runs:
        write_run(folder, run, name, run.text)


def write_run(folder: Path, run: Run, name: str, text: str) -> None:
    """Write one snippet, its text perhaps adapted, and its files into its folder."""
    home = folder / "runs" / run.name
    home.mkdir(parents=True)
    (home / name).write_text(text + "\n", encoding="utf-8", newline="")
    for file in run.files:
        (home / file.name).write_bytes(file.data)


def run_command(folder: Path, command: list[str], environment: Mapping[str, str]) -> str:
    """Run a command; returns what it wrote on stderr, with its status where that is not 0."""
    inherited = ("PATH", "HOME", "TMPDIR", "CARGO_HOME", "RUSTUP_HOME")
    own = {name: os.environ[name] for name in inherited if name in os.environ}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**own, "LC_ALL": "C.UTF-8", "NO_PROXY": "*", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    return errors if done.returncode == 0 else f"{errors}\n{command[0]}: status {done.returncode}\n"


def run_php(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run PHP snippets, with Debian's Guzzle where Composer would put it; returns what they wrote on stderr."""
    (folder / "vendor").mkdir(parents=True)
    (folder / "vendor" / "autoload.php").write_text(f"<?php require_once '{GUZZLE}';")
    options = ["-d", f"include_path={folder}:/usr/share/php", "-d", "display_errors=stderr"]
    return _run_all(folder, runs, "snippet.php", _PHP, ["php", *options], environment)


def run_ruby(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Ruby snippets; returns what they wrote on stderr."""
    return _run_all(folder, runs, "snippet.rb", _RUBY, ["ruby", "-W0"], environment)


def run_httpie(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run shell snippets that call HTTPie, its calls in one process; returns what was written on stderr."""
    shim = folder / "bin" / "http"
    shim.parent.mkdir(parents=True)
    shim.write_text(_HTTP_SHIM)
    shim.chmod(0o755)
    (folder / "calls").mkdir()
    (folder / "config").mkdir()
    (folder / "config" / "config.json").write_text('{"disable_update_warnings": true}')
    (folder / "driver.py").write_text(_HTTPIE)
    path = f"{shim.parent}:{os.environ['PATH']}"
    kept = {"CALLS": str(folder / "calls"), "HTTPIE_CONFIG_DIR": str(folder / "config")}
    errors = run_shell(folder, runs, {**environment, **kept, "PATH": path})
    return errors + run_command(folder, ["/usr/bin/python3", "driver.py"], {**environment, **kept})


def run_perl(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run Perl snippets, each in a package of its own; returns what they wrote on stderr."""
    return _run_all(folder, runs, "snippet.pl", _PERL, ["perl"], environment)


def run_r(folder: Path, runs: Iterable[Run], environment: Mapping[str, str]) -> str:
    """Run R snippets; returns what they wrote on stderr."""
    return _run_all(folder, runs, "snippet.R", _R, ["Rscript", "--vanilla"], environment)
