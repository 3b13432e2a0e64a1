"""Scripts outside a browser: Node's own runner tests what needs no page, and shrinking changes no program."""

from __future__ import annotations

import json
import os
import re
import subprocess
from gettext import NullTranslations
from pathlib import Path

from rjsmin import jsmin

from playground.web.assets import SCRIPTS, load_assets
from playground.web.i18n.scripts import localise
from playground.web.modules import read_module
from tests.support.needs import ROOT, need_command, need_file

MODULES = ROOT / "static" / "js"
TESTS = ROOT / "tests" / "js"
ACORN = ROOT / ".ci" / "cache" / "js" / "node_modules" / "acorn" / "dist" / "acorn.mjs"


def test_what_needs_no_page_is_right() -> None:
    node = need_command("node")
    files = sorted(str(path) for path in TESTS.rglob("*.test.js"))
    # Without the colours and the context that a test runner around this one would give it.
    environ = {key: text for key, text in os.environ.items() if key not in ("NODE_TEST_CONTEXT", "FORCE_COLOR")}
    ran = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, re.sub(r"(?m)^ok .*\n|^# Subtest.*\n", "", ran.stdout)
    passed = re.search(r"^# pass (\d+)$", ran.stdout, re.MULTILINE)
    assert passed, ran.stdout
    assert int(passed[1]) >= len(files)


def test_every_module_is_in_a_script() -> None:
    used: set[str] = set()
    asked = [path for script in SCRIPTS.values() for path in script.modules]
    while asked:
        path = asked.pop()
        if path not in used:
            used.add(path)
            asked.extend(read_module(MODULES, path).imports)
    assert used == {path.relative_to(MODULES).as_posix() for path in MODULES.rglob("*.js")}


def test_a_shrunk_script_is_the_same_program() -> None:
    node = need_command("node")
    acorn = need_file(ACORN, "the parser of JavaScript")
    pairs = []
    for path in sorted(MODULES.rglob("*.js")):
        source = localise(read_module(MODULES, path.relative_to(MODULES).as_posix()).code, NullTranslations())
        pairs.append({"name": path.name, "source": source, "shrunk": jsmin(source)})
    assert _changed(node, acorn, pairs) == []
    spoiled = {**pairs[0], "shrunk": pairs[0]["shrunk"].replace("const ", "let ", 1)}
    assert _changed(node, acorn, [spoiled, pairs[1]]) == [pairs[0]["name"]]


def test_every_script_runs_as_it_is_served() -> None:
    node = need_command("node")
    for key, asset in load_assets(ROOT / "static").items():
        if asset.media_type == "text/javascript":
            kind = "module" if re.search(rb"\nexport\{\w", asset.data) else "commonjs"
            check = [node, "--check", f"--input-type={kind}", "-"]
            ran = subprocess.run(check, input=asset.data, capture_output=True, check=False)
            assert ran.returncode == 0, (key, ran.stderr.decode())


def _changed(node: str, acorn: Path, pairs: list[dict[str, str]]) -> list[str]:
    command = [node, str(TESTS / "same_programs.js"), str(acorn)]
    ran = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=True)
    names: list[str] = json.loads(ran.stdout)
    return names
