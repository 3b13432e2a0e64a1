"""A request's method and path lead to its operation, without looking at the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from playground.catalog.model import Catalog, Operation, Provider
from playground.store import Store, open_store

PATHS = [
    "GET /charges", "GET /charges/search", "GET /charges/{id}", "POST /charges/{id}",
    "GET /charges/{id}/refunds/{refund}",
    "GET /{thing}/search", "GET /files/{name}.{format}", "GET /files/{name}.json", "POST /charges/{id}:capture",
    "GET /with blank/{id}", "GET /grüße/{id}", "GET /v1/{name}", "GET /v1/{name}:cancel", "GET /", "POST /#Action=A",
    "POST /#Action=B", "GET /q?kind=a", "GET /q?kind=b", "GET /certificates(a={a},b={b})", "GET /trailing/{id}/",
]  # fmt: skip


def store_of(folder: Path, paths: list[str]) -> Store:
    operations = tuple(
        Operation(name=f"op{at}", method=key.partition(" ")[0], path=key.partition(" ")[2])
        for at, key in enumerate(paths)
    )
    store = open_store(folder / "catalog.sqlite")
    store.replace(Catalog(provider=Provider(name="p", title="P"), operations=operations, definitions={}), b"{}")
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("routes"), PATHS)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/charges", ["/charges"]),
        ("get", "/charges/search", ["/charges/search", "/charges/{id}", "/{thing}/search"]),
        ("GET", "/charges/ch_1", ["/charges/{id}"]),
        ("POST", "/charges/ch_1", ["/charges/{id}"]),
        ("PUT", "/charges/ch_1", []),
        ("POST", "/charges/ch_1:capture", ["/charges/{id}:capture", "/charges/{id}"]),
        ("GET", "/charges/ch_1/refunds/re%2F1", ["/charges/{id}/refunds/{refund}"]),
        ("GET", "/files/a.json", ["/files/{name}.json", "/files/{name}.{format}"]),
        ("GET", "/files/a.b.xml", ["/files/{name}.{format}"]),
        ("GET", "/with%20blank/1", ["/with blank/{id}"]),
        ("GET", "/gr%C3%BC%C3%9Fe/1", ["/grüße/{id}"]),
        ("GET", "/v1/projects/a/locations/b", ["/v1/{name}"]),
        ("GET", "/v1/projects/a:cancel", ["/v1/{name}:cancel", "/v1/{name}"]),
        ("GET", "/", ["/"]),
        ("POST", "/", ["/#Action=A", "/#Action=B"]),
        ("GET", "/q", ["/q?kind=a", "/q?kind=b"]),
        ("GET", "/certificates(a=1,b=2)", ["/certificates(a={a},b={b})"]),
        ("GET", "/trailing/1/", ["/trailing/{id}/"]),
        ("GET", "/trailing/1", []),
        ("GET", "/charges/", []),
        ("GET", "/nothing/here/at/all", []),
        ("GET", "/charges/%", ["/charges/{id}"]),
        ("GET", "/charges/a\ud800", ["/charges/{id}"]),
        ("GET", "/" + "a/" * 100, []),
        ("GET", "/charges/" + "a" * 5000, []),
        ("GET' OR 1=1 --", "/charges", []),
    ],
)
def test_a_path_leads_to_its_operations_the_most_literal_first(
    store: Store, method: str, path: str, expected: list[str]
) -> None:
    assert [route.path for route in store.routes("p", method, path)] == expected


def test_finding_does_not_grow_with_the_provider(tmp_path: Path) -> None:
    """10,000 operations below one segment: a scan in Python would take hundreds of times as long."""
    (tmp_path / "small").mkdir()
    (tmp_path / "large").mkdir()
    few = [f"GET /users/{{user}}/things{at}/{{id}}" for at in range(20)]
    many = [f"GET /users/{{user}}/things{at}/{{id}}" for at in range(10_000)]
    with store_of(tmp_path / "small", few) as small, store_of(tmp_path / "large", many) as large:

        def seconds(store: Store) -> float:
            before = time.process_time()
            for at in range(100):
                (route,) = store.routes("p", "GET", f"/users/me/things{at % 20}/x{at}")
                assert route.path == f"/users/{{user}}/things{at % 20}/{{id}}"
            return time.process_time() - before

        seconds(small), seconds(large)
        assert seconds(large) < 4 * seconds(small) + 0.05


@pytest.mark.parametrize("segment", ["a", "{", "%7B", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_no_path_takes_long(tmp_path: Path, segment: str) -> None:
    paths = [f"GET /{'/'.join(['{x}' if at >> bit & 1 else segment for bit in range(10)])}" for at in range(1024)]
    with store_of(tmp_path, paths) as store:
        before = time.process_time()
        store.routes("p", "GET", "/" + "/".join([segment] * 10))
        store.routes("p", "GET", "/" + "/".join([segment] * 40))
        assert time.process_time() - before < 3
