"""`add-all`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playground.cli import folder
from playground.store import PackedCatalog, open_store
from tests.cli.conftest import SHOP, Run, failed
from tests.cli.dying import die_of_shop


@pytest.fixture
def descriptions(tmp_path: Path) -> Path:
    root = tmp_path / "specs"
    for name in ("Google/Books.json", "google/books.yaml", "google/Maps API.yml", "shop.json", "notes.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(SHOP))
    (root / "broken.json").write_text("{")
    (root / "folder.json").mkdir()
    return root


def test_every_description_is_added_under_its_path_and_broken_ones_are_told(
    run: Run, descriptions: Path, catalog: Path
) -> None:
    result = run("add-all", str(descriptions))
    assert result.exit_code == 0
    assert result.stdout.startswith("Added 4 descriptions with 8 operations in ")
    assert result.stdout.endswith("skipped 1.\n")
    assert result.stderr.startswith(f"skipped {descriptions / 'broken.json'}: ")
    assert result.stderr.count("\n") == 1
    with open_store(catalog) as store:
        names = [provider.name for provider in store.providers()]
    assert names == ["google/books", "google/books-2", "google/maps-api", "playground", "shop", "stripe", "tour"]


def test_a_folder_without_descriptions_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "There is no .json, .yaml or .yml file below" in failed(run("add-all", str(tmp_path / "empty")))
    assert "is not a folder" in failed(run("add-all", str(tmp_path / "nosuch")))


def test_nothing_but_broken_descriptions_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.json").write_text("{")
    result = run("add-all", str(tmp_path / "specs"))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("playground: No file below ")


def test_a_process_that_dies_costs_one_description(descriptions: Path) -> None:
    files = {path: path.stem for path in descriptions.rglob("*.*") if path.is_file() and path.suffix != ".txt"}
    results = dict(folder.compile_files(files, die_of_shop))
    assert results.keys() == files.keys()
    assert results[descriptions / "shop.json"] == folder.CRASHED
    assert sum(isinstance(result, PackedCatalog) for result in results.values()) == 3


def test_descriptions_that_are_as_they_were_are_not_compiled_again(run: Run, tmp_path: Path, catalog: Path) -> None:
    root = tmp_path / "specs"
    root.mkdir()
    for name in ("one", "two"):
        (root / f"{name}.json").write_text(json.dumps(SHOP))
    (root / "split.json").write_text(json.dumps({**SHOP, "paths": {"/a": {"$ref": "parts/a.txt"}}}))
    (root / "parts").mkdir()
    (root / "parts/a.txt").write_text('{"get": {"operationId": "a"}}')
    assert run("add-all", str(root)).stdout.startswith("Added 3 descriptions with 5 operations in ")
    with open_store(catalog) as store:
        before = {name: store.generation(name) for name in ("one", "two", "split")}
    again = run("add-all", str(root)).stdout
    assert again.startswith("Added 0 descriptions") and "; 3 are as they were; skipped 0." in again
    (root / "two.json").write_text(json.dumps({**SHOP, "info": {"title": "Other"}}))
    (root / "parts/a.txt").write_text('{"get": {"operationId": "b"}}')
    third = run("add-all", str(root)).stdout
    assert third.startswith("Added 2 descriptions") and "; 1 are as they were; skipped 0." in third
    with open_store(catalog) as store:
        after = {name: store.generation(name) for name in ("one", "two", "split")}
        assert store.entry("split", "b").operation.path == "/a"
    assert {name for name in before if before[name] != after[name]} == {"two", "split"}
