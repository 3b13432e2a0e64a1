"""What an open page is told of a description that is watched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.imports.descriptions import import_description, parse_source
from playground.imports.watch import WatchedFile, Watcher
from playground.openapi.compile import CompileOptions
from playground.store import open_store

BROKEN = '{"openapi": "3.1.0", <b>'


@dataclass
class Watching:
    """A site whose one description is watched, looked at when the test says so."""

    client: FlaskClient
    watcher: Watcher
    watched: WatchedFile

    def save(self, text: str) -> None:
        self.watched.path.write_text(text)
        self.watcher.look(self.watched)
        self.watcher.look(self.watched)

    def state(self, path: str) -> dict[str, Any]:
        answer = self.client.get(f"/live?path={path}")
        assert answer.headers["Cache-Control"] == "no-store"
        return dict(answer.json or {})


def _document(summary: str, path: str = "/a") -> str:
    paths = {path: {"get": {"operationId": "get", "summary": summary}}}
    return json.dumps({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths})


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    path = tmp_path / "shop.json"
    path.write_text(_document("One"))
    settings = Settings(catalog=tmp_path / "catalog.sqlite")
    with open_store(settings.catalog) as store:
        watched = WatchedFile(path, CompileOptions(name="shop"))
        import_description(store, parse_source(watched.read()), watched.options)
        watcher = Watcher(store, [watched])
        yield Watching(create_app(settings, store, watcher=watcher).test_client(), watcher, watched)


@pytest.mark.parametrize("path", ["", "shop", "shop/get"])
def test_its_state_changes_with_the_description(watching: Watching, path: str) -> None:
    before = watching.state(path)
    assert watching.state(path) == before
    page = watching.client.get(f"/providers/{path}" if path else "/").text
    assert f'data-state="{before["state"]}"' in page
    watching.save(_document("Two"))
    after = watching.state(path)
    assert after["state"] != before["state"]
    assert (after["problem"], after["gone"]) == ("", False)


@pytest.mark.parametrize("path", ["", "shop", "shop/get"])
def test_a_broken_save_is_told_with_its_place_and_changes_nothing(watching: Watching, path: str) -> None:
    before = watching.state(path)
    address = f"/providers/{path}" if path else "/"
    assert "The last good state" not in watching.client.get(address).text
    watching.save(BROKEN)
    told = watching.state(path)
    assert told["state"] == before["state"]
    assert told["problem"].startswith("shop.json: This is not valid JSON: ")
    assert "(line 1, column 22)" in told["problem"]
    assert told["problem"].endswith("The last good state is shown.")
    german = watching.client.get(f"/live?path={path}", headers={"Accept-Language": "de"}).get_json()["problem"]
    assert german.startswith("shop.json: Das ist kein gültiges JSON: ") and "(Zeile 1, Spalte 22)" in german
    assert german.endswith("Gezeigt wird der letzte brauchbare Stand.")
    # Without a script the page itself says so.
    assert "(line 1, column 22)" in watching.client.get(address).text
    watching.save(_document("One"))
    assert watching.state(path) == before
    assert "The last good state" not in watching.client.get(address).text


def test_an_operation_that_is_not_described_any_more_is_gone(watching: Watching) -> None:
    assert watching.state("shop/get")["digest"]
    watching.save(_document("One", "/b").replace('"get", "summary"', '"other", "summary"'))
    assert watching.state("shop/get")["gone"] is True
    assert watching.state("nosuch")["gone"] is True


def test_a_site_that_watches_nothing_has_nothing_of_it(client: FlaskClient) -> None:
    page = client.get("/providers/tour").text
    assert 'id="live"' not in page and "/assets/live-" not in page
