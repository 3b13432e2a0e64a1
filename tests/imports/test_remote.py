"""A published catalogue: fetched once, checked against its digest, swapped live; what fails leaves the copy alone."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from playground.config import Settings
from playground.environment import from_environ
from playground.imports.remote import RemoteCatalogue
from playground.startup import follow_catalog, open_catalog
from playground.store import StoreError, open_store
from tests.store.catalogs import numbered
from tests.support.servers import RecordingServer, http_answer

TOKEN = "canary-token-7d1f"


def _catalogue(path: Path, *numbers: int) -> bytes:
    path.unlink(missing_ok=True)
    with open_store(path) as store:
        for number in numbers:
            store.replace(numbered(number, name=f"shop{number}"), b"{}")
    return path.read_bytes()


@dataclass
class Publisher:
    """A file server that holds what was published under each path."""

    files: dict[str, bytes] = field(default_factory=dict)

    def publish(self, data: bytes, digest: bytes | None = None, path: str = "/catalog.sqlite") -> None:
        self.files[path] = http_answer(data)
        named = hashlib.sha256(data).hexdigest().encode() + b"  catalog.sqlite\n" if digest is None else digest
        self.files[f"{path}.sha256"] = http_answer(named)

    def __call__(self, _: object, request: object) -> bytes:
        path = request.target.split("?")[0]  # type: ignore[attr-defined]
        return self.files.get(path, http_answer("no", status="404 Not Found"))


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def server(publisher: Publisher) -> Iterator[RecordingServer]:
    with RecordingServer(publisher) as running:
        yield running


@pytest.fixture
def settings(server: RecordingServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return from_environ({"PLAYGROUND_CATALOG": f"{server.url}/catalog.sqlite", "PLAYGROUND_CATALOG_TOKEN": TOKEN})


def _fetched(server: RecordingServer) -> list[str]:
    return [request.target for request in server.requests]


def test_it_is_fetched_before_it_is_opened_and_only_once(
    settings: Settings, server: RecordingServer, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.publish(_catalogue(tmp_path / "made.sqlite", 1))
    for _ in range(2):
        with open_catalog(settings) as store:
            # Nothing bundled is put into it: it is what was published.
            assert [provider.name for provider in store.providers()] == ["shop1"]
    assert _fetched(server) == ["/catalog.sqlite.sha256", "/catalog.sqlite", "/catalog.sqlite.sha256"]
    assert settings.catalog.is_relative_to(tmp_path / "cache")


def test_a_change_is_seen_by_a_store_that_is_open(settings: Settings, publisher: Publisher, tmp_path: Path) -> None:
    publisher.publish(_catalogue(tmp_path / "made.sqlite", 1))
    with open_catalog(settings) as store:
        publisher.publish(_catalogue(tmp_path / "made.sqlite", 1, 2))
        assert RemoteCatalogue(settings).fetch()
        assert [provider.name for provider in store.providers()] == ["shop1", "shop2"]
        assert not RemoteCatalogue(settings).fetch()


def test_it_is_followed_until_it_is_told_to_end(
    settings: Settings, publisher: Publisher, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publisher.publish(_catalogue(tmp_path / "made.sqlite", 1))
    ended = threading.Event()
    with open_catalog(settings) as store, caplog.at_level(logging.INFO, "playground.catalogue"):
        thread = threading.Thread(target=RemoteCatalogue(settings).follow, args=(ended, 0.01))
        thread.start()
        try:
            publisher.publish(b"broken", b"no digest")
            while "The catalogue's digest is not one" not in caplog.text:
                assert thread.is_alive()
                ended.wait(0.01)
            publisher.publish(_catalogue(tmp_path / "made.sqlite", 2))
            while [provider.name for provider in store.providers()] != ["shop2"]:
                assert thread.is_alive()
                ended.wait(0.01)
        finally:
            ended.set()
            thread.join()
    # A failure that goes on is told once.
    assert caplog.text.count("The catalogue's digest is not one") == 1
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("publish", "sentence"),
    [
        ({"data": b"x" * 4096, "digest": b"0" * 64}, "gave another file than its digest names"),
        ({"data": b"x" * 4096}, "is not a Playground catalogue"),
        ({"data": b"", "digest": b"<html>"}, "digest is not one"),
        ({"data": b"x", "path": "/other"}, "its server answered 404"),
        ({"data": b"x", "digest": b"0" * 5000}, "broke off, or it has more than 4096 bytes"),
    ],
)
def test_what_cannot_be_used_leaves_the_copy_as_it_was(
    settings: Settings,
    publisher: Publisher,
    tmp_path: Path,
    publish: dict[str, bytes],
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    publisher.publish(_catalogue(tmp_path / "made.sqlite", 1))
    open_catalog(settings).close()
    publisher.files.clear()
    publisher.publish(**publish)  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=sentence):
        RemoteCatalogue(settings).fetch()
    # Also at a start: what was fetched before serves.
    with open_catalog(settings) as store:
        assert [provider.name for provider in store.providers()] == ["shop1"]
    assert sentence in caplog.text
    assert not list(settings.catalog.parent.glob("*.new"))


def test_without_a_copy_a_start_fails_with_the_reason(settings: Settings) -> None:
    with pytest.raises(StoreError, match=r"Asked for the digest of the catalogue, its server answered 404"):
        open_catalog(settings)
    assert not settings.catalog.exists()


def test_a_cut_off_catalogue_is_not_put_in_place(settings: Settings, publisher: Publisher, tmp_path: Path) -> None:
    data = _catalogue(tmp_path / "made.sqlite", 1)
    publisher.publish(data[:-4096])
    with pytest.raises(StoreError, match="is cut off"):
        RemoteCatalogue(settings).fetch()


def test_the_token_goes_to_its_own_origin_alone(
    settings: Settings, server: RecordingServer, publisher: Publisher, tmp_path: Path
) -> None:
    with RecordingServer(publisher) as other:
        publisher.publish(_catalogue(tmp_path / "made.sqlite", 1))
        moved = http_answer(status="302 Found", headers={"Location": f"{other.url}/catalog.sqlite"})
        server.answer = lambda _, request: moved if request.target == "/catalog.sqlite" else publisher(None, request)
        # Another private address is not reached by a redirect.
        with pytest.raises(StoreError, match="Fetching the catalogue failed"):
            RemoteCatalogue(settings).fetch()
        opened = from_environ({"PLAYGROUND_PRIVATE_NETWORKS": f"127.0.0.1/32:{other.port}"}).private_networks
        allowed = Settings(
            catalog=settings.catalog,
            catalog_url=settings.catalog_url,
            catalog_token=TOKEN,
            private_networks=opened,
        )
        assert RemoteCatalogue(allowed).fetch()
        assert all(request.header("Authorization") == f"Bearer {TOKEN}" for request in server.requests)
        assert [request.header("Authorization") for request in other.requests] == [None]
    assert TOKEN not in repr(settings)


def test_a_signed_address_keeps_its_query_and_is_shown_nowhere(
    server: RecordingServer, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    settings = from_environ({"PLAYGROUND_CATALOG": f"{server.url}/catalog.sqlite?signature={TOKEN}"})
    with pytest.raises(StoreError) as caught:
        RemoteCatalogue(settings).fetch()
    assert _fetched(server) == [f"/catalog.sqlite.sha256?signature={TOKEN}"]
    assert TOKEN not in str(caught.value) + repr(settings) + str(settings.catalog)


def test_a_catalogue_in_a_file_is_not_followed(tmp_path: Path) -> None:
    before = threading.active_count()
    follow_catalog(Settings(catalog=tmp_path / "catalog.sqlite"))
    assert threading.active_count() == before
