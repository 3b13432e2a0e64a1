"""`playground sdk`: the package in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, failed
from tests.support.sdk.packages import run_module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made" / "sdk"


def added(run: Run, shop: Path) -> None:
    assert run("add", "shop", str(shop)).exit_code == 0


def test_it_writes_a_package_that_npm_and_node_take(run: Run, shop: Path, folder: Path, tmp_path: Path) -> None:
    added(run, shop)
    result = run("sdk", "shop", "-o", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Wrote @utdk/shop with 2 operations: npm install {folder}\n"
    assert json.loads((folder / "package.json").read_text())["name"] == "@utdk/shop"
    code = f"import {{ createShopClient }} from '{(folder / 'index.js').as_uri()}'; await createShopClient().ping();"
    done = run_module(tmp_path, code)
    assert "No gateway: give gatewayUrl" in done.stderr


def test_a_gateway_can_be_baked_in(run: Run, shop: Path, folder: Path) -> None:
    added(run, shop)
    assert run("sdk", "shop", "-o", str(folder), "--gateway", "https://gateway.example").exit_code == 0
    assert "https://gateway.example" in (folder / "index.js").read_text()
    words = failed(run("sdk", "shop", "-o", str(folder), "--gateway", "javascript:1"))
    assert words == "--gateway: write an address like https://gateway.example.com."


def test_an_earlier_version_is_replaced_and_anything_else_is_left_alone(run: Run, shop: Path, folder: Path) -> None:
    added(run, shop)
    assert run("sdk", "shop", "-o", str(folder)).exit_code == 0
    (folder / "index.js").write_text("old")
    assert run("sdk", "shop", "-o", str(folder)).exit_code == 0
    assert (folder / "index.js").read_text() != "old"
    other = folder.parent
    (other / "precious.txt").write_text("mine")
    assert "holds other things than @utdk/shop: choose a new or empty one" in failed(
        run("sdk", "shop", "-o", str(other))
    )
    assert sorted(path.name for path in other.iterdir()) == ["precious.txt", "sdk"]


def test_an_unknown_provider_is_one_line_and_nothing_is_written(run: Run, folder: Path) -> None:
    assert "playground list" in failed(run("sdk", "nothing", "-o", str(folder)))
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_one_line(run: Run, shop: Path, tmp_path: Path) -> None:
    added(run, shop)
    (tmp_path / "file").write_text("")
    assert "file" in failed(run("sdk", "shop", "-o", str(tmp_path / "file" / "below")))


def test_a_folder_must_be_named(run: Run) -> None:
    assert run("sdk", "stripe").exit_code == 2
