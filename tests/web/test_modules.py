"""ES modules become one script; what the joiner does not understand stops the start."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from playground.web.modules import join_modules, read_module
from tests.support.needs import need_command


def joined(root: Path, *entries: str, is_module: bool = False, **sources: str) -> str:
    """Write modules (`__` in a name is a slash) and return the script of some of them."""
    for name, source in sources.items():
        path = root / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(source)
    return join_modules(root, entries, shrink=str.strip, is_module=is_module)


PAIR = "const first = 1;\nexport const second = first + 1;\nexport async function third() {\n  return 3;\n}\n"
USES = 'import { second } from "../lib/pair.js";\n\nconst first = second * 10;\nlog(first);\n'


def test_what_is_imported_comes_first_and_once(tmp_path: Path) -> None:
    script = joined(tmp_path, "a/one.js", "a/two.js", lib__pair=PAIR, a__one=USES, a__two=USES)
    assert script.count("const second") == 1
    assert script.index("const second") < script.index("log(first)")
    node = need_command("node")
    program = f"const log = console.log;\n{script}\nconsole.log(typeof first, typeof second);"
    ran = subprocess.run([node, "-e", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["20", "20", "undefined", "undefined"]


def test_a_lazy_script_exports_what_its_entries_export(tmp_path: Path) -> None:
    main = 'import {\n  second,\n  third,\n} from "./lib/pair.js";\nexport const start = () => [second, third];\n'
    script = joined(tmp_path, "main.js", is_module=True, lib__pair=PAIR, main=main)
    assert script.endswith("\nexport{start};")
    assert "import" not in script


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('import { second as two } from "./pair.js";\n', "under another name"),
        ('import pair from "./pair.js";\n', "cannot be joined: import pair"),
        ('import * as pair from "./pair.js";\n', "cannot be joined"),
        ('import { join } from "node:path";\n', "cannot be joined"),
        ("export default 1;\n", "cannot be joined: export default"),
        ("export let count = 0;\n", "cannot be joined: export let"),
        ('export { second } from "./pair.js";\n', "cannot be joined"),
        ("const { a } = window;\nexport const b = a;\n", "a declaration of its own"),
        ('import { second } from "./pair.js";\nexport const first = second;\n', "name something first"),
        ('import { second } from "./main.js";\n', "import each other: main.js -> main.js"),
    ],
)
def test_what_is_not_understood_stops_the_start(source: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=reason):
        joined(tmp_path, "main.js", pair=PAIR, main=source)


def test_an_import_that_is_called_is_no_import_of_a_module(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text("const load = () => import(address);\nimport(address);\n")
    module = read_module(tmp_path, "main.js")
    assert module.imports == module.exports == module.names == ()
    assert module.code.count("import(address)") == 2
