"""Types of answers as code, given to the compilers and interpreters of their languages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

from playground.answers.types.languages import LANGUAGES, go, pydantic, typed_dict, typescript
from playground.answers.types.shape import Shapes, from_schema, from_value
from tests.support.needs import ROOT, needs

TSC = ROOT / ".ci" / "cache" / "js" / "node_modules" / "typescript" / "bin" / "tsc"
ANSWER: dict[str, Any] = {
    "id": "cs_1",
    "class": "x",
    "list": [1, 2],
    "a-b": {"$ref": None, "2nd": True},
    'odd "name"': 1.5,
    "rows": [{"id": 1}, {"id": 2, "extra": {"n": 1}}],
    "model_x": None,
    "Row": 1,
}
ROW: dict[str, Any] = {
    "type": "object", "required": ["id", "state"],
    "properties": {
        "id": {"type": "integer"}, "state": {"enum": ["open", "paid"], "description": "How */ it stands."},
        "parent": {"$ref": "#/$defs/Row"}, "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "kind": {"oneOf": [{"type": "string"}, {"$ref": "#/$defs/Row"}]}, "note": {"type": ["string", "null"]},
    },
}  # fmt: skip
DESCRIBED = from_schema({"type": "array", "items": {"$ref": "#/$defs/Row"}}, {"Row": ROW}, "Answer")
INFERRED = from_value(ANSWER, "Answer")
ROWS = [{"id": 1, "state": "open", "parent": {"id": 2, "state": "paid"}, "labels": {"a": "b"}, "kind": "x"}]


def module_of(code: str) -> ModuleType:
    module = ModuleType("answer_types")
    sys.modules["answer_types"] = module
    exec(compile(code, "answer_types.py", "exec"), module.__dict__)  # noqa: S102 - it is what is tested
    return module


@pytest.mark.parametrize(("shapes", "value", "root"), [(DESCRIBED, ROWS, "Answer"), (INFERRED, ANSWER, "Answer")])
def test_pydantic_reads_the_answer_and_refuses_another(shapes: Shapes, value: Any, root: str) -> None:
    model = getattr(module_of(pydantic(shapes)), root)
    read = model.model_validate(value)
    assert read.model_dump(by_alias=True, exclude_unset=True) == value
    with pytest.raises(ValidationError):
        model.model_validate([{"id": "x"}] if isinstance(value, list) else {})


def test_typed_dicts_type_the_answer(tmp_path: Path) -> None:
    for name, shapes, value in (("described", DESCRIBED, ROWS), ("inferred", INFERRED, ANSWER)):
        (tmp_path / f"{name}.py").write_text(typed_dict(shapes) + f"\n\nanswer: Answer = {value!r}\n")
    (tmp_path / "wrong.py").write_text(typed_dict(DESCRIBED) + "\n\nanswer: Answer = [{'id': 1, 'state': 'lost'}]\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file", ""]
    judged = subprocess.run(
        [*command, "described.py", "inferred.py", "wrong.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Found 1 error in 1 file" in judged.stdout, judged.stdout
    assert "wrong.py" in judged.stdout


def test_typescript_types_the_answer(tmp_path: Path) -> None:
    if not TSC.is_file():
        pytest.skip("TypeScript is not here (tsc)")
    for name, shapes, value in (("described", DESCRIBED, ROWS), ("inferred", INFERRED, ANSWER)):
        code = typescript(shapes) + f"\nexport const answer: Answer = {json.dumps(value)};\n"
        (tmp_path / f"{name}.ts").write_text(code)
    wrong = typescript(DESCRIBED) + '\nexport const wrong: Answer = [{"id": 1, "state": "lost"}];\n'
    (tmp_path / "wrong.ts").write_text(wrong)
    command = ["node", str(TSC), "--strict", "--noEmit", "--skipLibCheck", "--target", "es2022"]
    good = subprocess.run(
        [*command, "described.ts", "inferred.ts"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert good.returncode == 0, good.stdout
    bad = subprocess.run([*command, "wrong.ts"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "TS2322" in bad.stdout


@needs("go")
@pytest.mark.slow
def test_go_reads_the_answer(tmp_path: Path) -> None:
    reading = """
package answer

import ("encoding/json"; "testing")

func TestAnswer(t *testing.T) {
\tvar answer Answer
\tif err := json.Unmarshal([]byte(`%s`), &answer); err != nil { t.Fatal(err) }
}
"""
    for name, shapes, value in (("described", DESCRIBED, ROWS), ("inferred", INFERRED, ANSWER)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "go.mod").write_text("module answer\n\ngo 1.19\n")
        (folder / "answer.go").write_text(go(shapes))
        (folder / "answer_test.go").write_text(reading % json.dumps(value))
        done = subprocess.run(["go", "test", "./..."], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_language_writes_what_is_no_object() -> None:
    for _, _, write in LANGUAGES.values():
        assert "Answer" in write(from_value([1, "x", None], "Answer"))
        assert "Answer" in write(from_value("text", "Answer"))


def test_descriptions_stay_comments() -> None:
    code = typescript(from_schema(ROW, {"Row": ROW}, "Answer"))
    assert "/** How * / it stands. */" in code
