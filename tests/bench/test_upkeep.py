"""What a catalogue costs day by day, tried on a folder of two descriptions."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import upkeep
from bench.__main__ import main
from bench.descriptions import stripe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "descriptions"
    path.mkdir()
    (path / "one.json").write_bytes(stripe(real=False)[1])
    (path / "broken.json").write_text("{")
    return path


@pytest.mark.long
def test_a_folder_is_added_again(folder: Path, tmp_path: Path) -> None:
    before, scratch = (folder / "one.json").read_bytes(), tmp_path / "scratch"
    scratch.mkdir()
    unchanged, changed = upkeep.again(folder, tmp_path / "catalog.sqlite", scratch)
    assert unchanged.name == "add-all again, nothing changed, CPU"
    assert unchanged.value > 0
    assert changed.name.startswith("add-all again, one changed")
    # What is changed is the copy.
    assert (folder / "one.json").read_bytes() == before


@pytest.mark.long
def test_a_site_is_started_with_one_worker_and_with_two(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.sqlite"
    (started,) = upkeep.start(catalog)
    (second,) = upkeep.second_worker(catalog)
    assert started.value > 0
    assert 0 < second.value < upkeep.WORKER_BOUND


def test_without_a_folder_it_says_so() -> None:
    result = CliRunner().invoke(main, ["upkeep", "--bundled"])
    assert result.exit_code == 2
    assert "--folder" in result.output
