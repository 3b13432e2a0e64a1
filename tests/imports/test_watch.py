"""Watched descriptions: what is saved is in the catalogue soon, what is broken is told and changes nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from playground.imports.descriptions import Imported, import_description, parse_source
from playground.imports.sources import fetch_source
from playground.imports.watch import NewFiles, Watched, WatchedFile, WatchedURL, Watcher
from playground.openapi.compile import CompileOptions
from playground.store import Store, open_store
from playground.transport.egress import document_policy
from tests.support.servers import RecordingServer, http_answer

OPTIONS = CompileOptions(name="shop")


def _document(summary: str = "Get it", /, **paths: Any) -> str:
    item = {"get": {"operationId": "get", "summary": summary, "responses": {"200": {"description": "Fine"}}}}
    return json.dumps({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/a": item, **paths}})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data" / "catalog.sqlite") as opened:
        yield opened


@dataclass
class Telling:
    """What was told of the watched descriptions, and a way to wait for it."""

    outcomes: list[Imported | str] = field(default_factory=list)
    event: threading.Event = field(default_factory=threading.Event)

    def __call__(self, name: str, outcome: Imported | str) -> None:
        assert name == "shop"
        self.outcomes.append(outcome)
        self.event.set()

    def wait(self) -> Imported | str:
        assert self.event.wait(600)
        self.event.clear()
        return self.outcomes[-1]


def _file(store: Store, path: Path) -> WatchedFile:
    watched = WatchedFile(path, OPTIONS)
    source = watched.read()
    description = parse_source(source)
    watched.note(source, description)
    import_description(store, description, OPTIONS)
    watched.remember(description)
    return watched


def _look_twice(watcher: Watcher, watched: Watched) -> None:
    watcher.look(watched)
    watcher.look(watched)


def test_a_saved_file_is_compiled_and_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(_document())
    telling = Telling()
    watcher = Watcher(store, [_file(store, path)], telling)
    watcher.start()
    try:
        path.write_text(_document("Get it now"))
        outcome = telling.wait()
        assert isinstance(outcome, Imported) and outcome.written.changed == ("GET /a",)
        assert store.entry("shop", "get").operation.summary == "Get it now"
        path.write_text(_document("Broken")[:-1])
        broken = telling.wait()
        assert isinstance(broken, str) and broken.startswith("shop.json: This is not valid JSON: ")
        assert "(line 1, column " in broken
        assert watcher.problem("shop") == f"{broken} The last good state is shown."
        assert store.entry("shop", "get").operation.summary == "Get it now", "the last good state stays"
        path.write_text(_document("Mended"))
        assert isinstance(telling.wait(), Imported)
        assert watcher.problem("shop") == ""
    finally:
        watcher.stop()


def test_a_file_that_is_still_written_is_not_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(_document())
    telling = Telling()
    watched = _file(store, path)
    watcher = Watcher(store, [watched], telling)
    whole = _document("Written in pieces")
    for end in (10, 50, 90):
        path.write_text(whole[:end])
        watcher.look(watched)
    path.write_text(whole)
    watcher.look(watched)
    assert telling.outcomes == []
    watcher.look(watched)
    assert store.entry("shop", "get").operation.summary == "Written in pieces"


def test_a_file_that_another_names_is_watched_too(store: Store, tmp_path: Path) -> None:
    path, part = tmp_path / "shop.json", tmp_path / "part.json"
    path.write_text(_document("Get it", **{"/b": {"$ref": "part.json"}}))
    part.write_text('{"get": {"operationId": "b", "summary": "One"}}')
    watched = _file(store, path)
    watcher = Watcher(store, [watched])
    part.write_text('{"get": {"operationId": "b", "summary": "Two"}}')
    _look_twice(watcher, watched)
    assert store.entry("shop", "b").operation.summary == "Two"
    # A broken save of it keeps the last good state, as one of the description itself.
    part.write_text('{"get": {"operationId": "b", "summary": ')
    _look_twice(watcher, watched)
    assert "part.json" in watcher.problem("shop") and "(line 1, column " in watcher.problem("shop")
    part.unlink()
    _look_twice(watcher, watched)
    assert "there is no such file" in watcher.problem("shop")
    assert store.entry("shop", "b").operation.summary == "Two"
    part.write_text('{"get": {"operationId": "b", "summary": "Three"}}')
    _look_twice(watcher, watched)
    assert store.entry("shop", "b").operation.summary == "Three"
    assert watcher.problems() == {}
    # What the description itself does not name any more, or names in vain, is in its own hands.
    path.write_text(_document("Get it", **{"/b": {"$ref": "other.json"}}))
    _look_twice(watcher, watched)
    assert watcher.problems() == {}


def test_a_file_that_is_gone_is_told_until_it_is_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(_document())
    watched = _file(store, path)
    watcher = Watcher(store, [watched])
    path.unlink()
    _look_twice(watcher, watched)
    assert watcher.problem("shop") == "", "an editor may have put it aside"
    for _ in range(10):
        watcher.look(watched)
    assert watcher.problem("shop").startswith("shop.json: the file is not there any more")
    assert watcher.problems() == {"shop": watcher.problem("shop")}
    path.write_text(_document())
    _look_twice(watcher, watched)
    assert watcher.problems() == {}


def test_what_comes_into_a_folder_is_found_once_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(_document())
    (tmp_path / "notes.json").write_text("[]")
    new_files = NewFiles(tmp_path)
    assert new_files.find([]) == []
    (tmp_path / "below").mkdir()
    late = tmp_path / "below" / "new.json"
    late.write_text(_document())
    assert new_files.find([]) == []
    late.write_text(_document("Get it, written on"))
    assert new_files.find([]) == []
    assert new_files.find([]) == [late]
    assert new_files.find([]) == []
    # What is watched already is no news, and a file may become a description.
    late.write_text(_document("Saved"))
    (tmp_path / "notes.json").write_text(_document())
    assert new_files.find([late]) == []
    assert new_files.find([late]) == [tmp_path / "notes.json"]


def test_a_new_description_is_watched_from_then_on(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(_document())
    late, telling = [_file(store, path)], Telling()
    watcher = Watcher(store, [], telling, lambda: [late.pop()] if late else [])
    watcher.start()
    try:
        while late:
            time.sleep(0.01)
        path.write_text(_document("Get it now"))
        outcome = telling.wait()
    finally:
        watcher.stop()
    assert not isinstance(outcome, str)
    assert watcher.problems() == {}


@dataclass
class Served:
    """A description behind a URL, as a server gives it now."""

    body: str
    etag: str = ""
    status: str = "200 OK"
    asked: list[str | None] = field(default_factory=list)

    def __call__(self, _: Any, request: Any) -> bytes:
        self.asked.append(request.header("If-None-Match"))
        if self.etag and request.header("If-None-Match") == self.etag:
            return http_answer(status="304 Not Modified")
        return http_answer(self.body, status=self.status, headers={"ETag": self.etag} if self.etag else {})


def _url(store: Store, server: RecordingServer) -> WatchedURL:
    url = f"{server.url}/openapi.json"
    policy = document_policy(url)
    source = fetch_source(url, policy)
    assert source is not None
    watched = WatchedURL(source, OPTIONS, policy, 1)
    description = parse_source(source)
    watched.note(source, description)
    import_description(store, description, OPTIONS)
    return watched


@pytest.mark.parametrize("etag", ["", '"1"'])
def test_a_url_is_asked_by_its_validator_or_compared(store: Store, etag: str) -> None:
    served, telling = Served(_document(), etag), Telling()
    with RecordingServer(served) as server:
        watched = _url(store, server)
        watcher = Watcher(store, [watched], telling)
        watcher.look(watched)
        assert telling.outcomes == []
        assert served.asked == [None, etag or None]
        served.body, served.etag = _document("Newer"), etag and '"2"'
        watcher.look(watched)
        assert store.entry("shop", "get").operation.summary == "Newer"
        watcher.look(watched)
        assert len(telling.outcomes) == 1
        assert served.asked[-1] == ((etag and '"2"') or None)


def test_a_server_that_is_reloaded_is_no_problem_and_one_that_stays_away_is(store: Store) -> None:
    served = Served(_document())
    with RecordingServer(served) as server:
        watched = _url(store, server)
        watcher = Watcher(store, [watched])
        served.status = "503 Service Unavailable"
        watcher.look(watched)
        assert watcher.problems() == {}
        watcher.look(watched)
        assert "the server answered 503" in watcher.problem("shop")
        served.status = "200 OK"
        watcher.look(watched)
        assert watcher.problems() == {}


def test_a_broken_url_is_told_until_it_is_mended(store: Store) -> None:
    served = Served(_document())
    with RecordingServer(served) as server:
        watched = _url(store, server)
        watcher = Watcher(store, [watched])
        served.body = '{"openapi": "3.1.0",'
        watcher.look(watched)
        told = watcher.problem("shop")
        assert "(line 1, column " in told
        watcher.look(watched)
        assert watcher.problem("shop") == told, "it is as broken as before"
        served.body = _document("Mended")
        watcher.look(watched)
        assert watcher.problems() == {}
        assert store.entry("shop", "get").operation.summary == "Mended"
