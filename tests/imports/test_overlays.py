"""Overlays read from files, applied in a process of their own, kept with their description."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from playground.cli import main
from playground.imports import overlays as module
from playground.imports.descriptions import parse_source
from playground.imports.overlays import apply_overlays, overlay_of
from playground.imports.sources import read_path
from playground.imports.watch import WatchedFile
from playground.openapi.compile import CompileOptions
from playground.openapi.overlay import OverlayError
from playground.openapi.problems import LimitError
from playground.store import open_store

SHOP = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/orders": {"get": {"operationId": "list"}},
        "/secret": {"get": {"operationId": "hidden", "summary": "canary-internal"}},
    },
}


def overlay(*actions: Any, **others: Any) -> dict[str, Any]:
    return {"overlay": "1.0.0", "info": {"title": "O", "version": "1"}, "actions": list(actions), **others}


TITLE = overlay({"target": "$.info", "update": {"title": "Our shop"}})
HIDE = overlay({"target": "$.paths['/secret']", "remove": True}, {"target": "$.paths['/gone']", "remove": True})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAYGROUND_CATALOG", str(tmp_path / "catalog.sqlite"))
    for name, value in (("shop", SHOP), ("title", TITLE), ("hide", HIDE)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    return tmp_path


def run(*arguments: object, fails: bool = False) -> str:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert (done.exit_code != 0) is fails, done.output
    return done.output


def shop(folder: Path) -> tuple[str, list[str], str]:
    with open_store(folder / "catalog.sqlite") as store:
        names = [one.name for one in store.operations("shop", hidden=True)]
        return store.provider("shop").title, names, store.source("shop").decode()


def test_overlays_are_kept_and_applied_again_at_each_update(folder: Path) -> None:
    both = ("--overlay", folder / "title.json", "--overlay", folder / "hide.json")
    said = run("add", "shop", folder / "shop.json", *both)
    assert "hide.json: action 2 ($.paths['/gone']) matches nothing." in said
    title, names, source = shop(folder)
    assert (title, names) == ("Our shop", ["list"])
    assert "canary-internal" not in source
    newer = {**SHOP, "paths": {**SHOP["paths"], "/new": {"get": {"operationId": "new"}}}}  # type: ignore[dict-item]
    (folder / "shop.json").write_text(json.dumps(newer))
    assert "Kept with it and applied again: title.json, hide.json" in run("add", "shop", folder / "shop.json")
    assert shop(folder)[:2] == ("Our shop", ["list", "new"])
    (folder / "apis.yaml").write_text("shop: shop.json\n")
    (folder / "shop.json").write_text(json.dumps(SHOP))
    run("sync", folder / "apis.yaml")
    assert shop(folder)[:2] == ("Our shop", ["list"])
    run("add", "shop", folder / "shop.json", "--no-overlay")
    assert shop(folder)[:2] == ("Shop", ["list", "hidden"])


def test_a_folder_keeps_them_too(folder: Path) -> None:
    (folder / "all").mkdir()
    (folder / "all" / "shop.json").write_text(json.dumps(SHOP))
    run("add", "shop", folder / "all" / "shop.json", "--overlay", folder / "hide.json")
    run("add-all", folder / "all")
    assert shop(folder)[1] == ["list"]
    assert "1 are as they were" in run("add-all", folder / "all")


def test_sync_reads_the_overlays_that_its_file_lists(folder: Path) -> None:
    (folder / "apis.yaml").write_text("shop:\n  source: shop.json\n  overlay: [title.json, hide.json]\n")
    said = run("sync", folder / "apis.yaml")
    assert "matches nothing" in said
    assert shop(folder)[:2] == ("Our shop", ["list"])
    (folder / "title.json").write_text(json.dumps(overlay({"target": "$.info", "update": {"title": "Other"}})))
    run("sync", folder / "apis.yaml")
    assert shop(folder)[0] == "Other"
    assert "matches nothing" not in run("sync", folder / "apis.yaml")
    (folder / "apis.yaml").write_text("shop:\n  source: shop.json\n  overlay: []\n")
    run("sync", folder / "apis.yaml")
    assert shop(folder)[:2] == ("Shop", ["list", "hidden"])
    (folder / "apis.yaml").write_text("shop:\n  source: shop.json\n  overlay: 3\n")
    assert "write overlay as a file or URL, or as a list" in run("sync", folder / "apis.yaml", fails=True)


def test_check_tells_what_matches_nothing_and_what_is_wrong(folder: Path) -> None:
    said = run("check", folder / "shop.json", "--overlay", folder / "hide.json")
    assert "warning (document): hide.json: action 2 ($.paths['/gone']) matches nothing." in said
    (folder / "bad.json").write_text(json.dumps(overlay({"target": "$.info", "update": 3})))
    said = run("check", folder / "shop.json", "--overlay", folder / "bad.json", fails=True)
    assert "bad.json: action 1 ($.info) updates an object with a number: write an object." in said
    assert "There is no file" in run("check", folder / "shop.json", "--overlay", folder / "none.json", fails=True)
    (folder / "none.yaml").write_text("openapi: 3.1.0\n")
    said = run("check", folder / "shop.json", "--overlay", folder / "none.yaml", fails=True)
    assert "none.yaml: This is no overlay" in said


def test_an_overlay_that_extends_a_description_is_a_source(folder: Path) -> None:
    (folder / "over.json").write_text(json.dumps({**TITLE, "extends": "shop.json"}))
    run("add", "shop", folder / "over.json", "--overlay", folder / "hide.json")
    assert shop(folder)[:2] == ("Our shop", ["list"])
    said = run("add", "other", folder / "title.json", fails=True)
    assert "is an overlay without `extends`" in said
    (folder / "twice.json").write_text(json.dumps({**TITLE, "extends": "over.json"}))
    assert "which is an overlay too" in run("add", "other", folder / "twice.json", fails=True)
    (folder / "elsewhere.json").write_text(json.dumps({**TITLE, "extends": "elsewhere.yaml"}))
    said = run("add", "shop", folder / "shop.json", "--overlay", folder / "elsewhere.json")
    assert f"elsewhere.json is for {folder / 'elsewhere.yaml'}, and was applied to {folder / 'shop.json'}." in said


def test_a_saved_overlay_is_seen_while_a_description_is_open(folder: Path) -> None:
    watched = WatchedFile(folder / "shop.json", CompileOptions(name="shop"))
    watched.overlay_paths = (folder / "title.json",)
    watched.note(watched.read(), parse_source(read_path(folder / "shop.json")))
    assert watched.changed() is None
    os.utime(folder / "title.json", (1, 1))
    assert watched.changed() is None  # it has to be there twice alike
    assert watched.changed() is not None


HOSTILE = {
    "a path that never ends": "$" + "..*" * 9 + ".nothing",
    "nodes without end": "$" + "..*" * 9,
    "a filter that never ends": "$" + "..*[?@" * 6 + "..nothing" + "]" * 6,
    "nested without end": "$" + "[?@" * 3000,
}


@pytest.mark.parametrize("path", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_overlay_ends(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 2)
    document: dict[str, Any] = {}
    for _ in range(70):
        document = {"a": document, "b": [1, 2]}
    hostile = overlay({"target": path, "remove": True})
    with pytest.raises((LimitError, OverlayError)) as raised:
        apply_overlays(document, [overlay_of(json.dumps(hostile).encode(), "hostile.json")])
    assert str(raised.value).startswith("hostile.json: ")
    assert len(str(raised.value)) < 500


def test_too_many_and_too_large_overlays_are_refused() -> None:
    one = overlay_of(json.dumps(TITLE).encode(), "one.json")
    with pytest.raises(OverlayError, match="There are 21 overlays"):
        apply_overlays(dict(SHOP), [one] * 21)
    with pytest.raises(OverlayError, match=r"big\.json has 5000001 bytes"):
        overlay_of(b"x" * 5_000_001, "big.json")


def test_numbers_and_texts_that_are_rare_come_back_as_they_were() -> None:
    document = {"big": 2**80, "text": "\ud800", "small": 1e-7, "info": {}}
    applied = apply_overlays(
        document, [overlay_of(json.dumps(overlay({"target": "$.info", "update": {}})).encode(), "o")]
    )
    assert applied.document == document
