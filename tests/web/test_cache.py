"""Rendered pages: kept once, compressed, validated, within a number of bytes."""

from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.web.cache import PageCache
from playground.web.encodings import ENCODINGS, Encoding, decompress
from tests.support.pages import UPDATE, browser_of, document, site_of


def test_a_page_is_rendered_once_a_key() -> None:
    cache, rendered = PageCache("operation"), []

    def render() -> str:
        rendered.append(1)
        return "<p>Grüße</p>"

    first, again = cache.get("a", render), cache.get("a", render)
    assert first is again
    assert gzip.decompress(first.bytes_as("gzip")).decode() == "<p>Grüße</p>"
    other = cache.get("b", render)
    assert len(rendered) == 2
    assert other.etag == first.etag


def test_another_text_has_another_validator() -> None:
    cache = PageCache("operation")
    assert cache.get("a", lambda: "one").etag != cache.get("b", lambda: "two").etag


def test_the_least_used_pages_make_room() -> None:
    size = PageCache("operation").get("x", lambda: "page 0").size
    cache = PageCache("operation", max_bytes=size * 3)
    rendered: list[str] = []

    def page(name: str) -> None:
        def render() -> str:
            rendered.append(name)
            return f"page {name}"

        cache.get(name, render)

    for name in ("1", "2", "3", "1", "4", "1", "2"):
        page(name)
    assert rendered == ["1", "2", "3", "4", "2"]


def test_a_page_larger_than_the_cache_is_still_answered() -> None:
    cache = PageCache("operation", max_bytes=10)
    assert gzip.decompress(cache.get("a", lambda: "x" * 5000).bytes_as("gzip")) == b"x" * 5000
    assert gzip.decompress(cache.get("a", lambda: "y" * 5000).bytes_as("gzip")) == b"y" * 5000


def test_lone_surrogates_of_a_description_do_not_break_the_page() -> None:
    assert gzip.decompress(PageCache("operation").get("a", lambda: "a\ud800b").bytes_as("gzip")) == b"a?b"


def test_threads_that_ask_together_share_one_page() -> None:
    cache = PageCache("operation")
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        cache.get("a", lambda: "page" * 1000)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    size = cache.get("a", lambda: "other").size
    assert cache._bytes == size


def test_a_browser_that_has_the_page_gets_304(client: FlaskClient) -> None:
    plain = client.get(UPDATE)
    small = client.get(UPDATE, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 3
    tags = {one.headers["ETag"] for one in (plain, small)}
    assert len(tags) == 2
    assert not any(tag.startswith("W/") for tag in tags)
    for encoding, one in (("identity", plain), ("gzip", small)):
        headers = {"Accept-Encoding": encoding, "If-None-Match": one.headers["ETag"]}
        unchanged = client.get(UPDATE, headers=headers)
        assert unchanged.status_code == 304
        assert unchanged.data == b""
        assert unchanged.headers["ETag"] == one.headers["ETag"]
        assert "Content-Security-Policy" in unchanged.headers
    assert client.get(UPDATE, headers={"If-None-Match": '"another"'}).status_code == 200
    for one in (plain, small):
        assert one.headers["Vary"] == "Accept-Encoding, Accept-Language, Cookie"
        assert one.headers["Cache-Control"] == "public, no-cache"


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    head, get = client.head(UPDATE), client.get(UPDATE)
    assert head.data == b""
    for name in ("ETag", "Content-Type", "Content-Length"):
        assert head.headers[name] == get.headers[name]


def test_each_encoding_is_made_once_and_counts(client: FlaskClient) -> None:
    cache = PageCache("operation", max_bytes=100_000)
    page = cache.get("a", lambda: "Grüße " * 500, "zstd")
    assert set(page.packed) == {"zstd"}
    for encoding in ENCODINGS:
        assert page.bytes_as(encoding) is page.bytes_as(encoding)
        assert decompress(page.bytes_as(encoding), encoding).decode() == "Grüße " * 500
    assert page.bytes_as(None).decode() == "Grüße " * 500
    assert cache._bytes == page.size == sum(map(len, page.packed.values()))
    small = PageCache("operation", max_bytes=page.size - 1)
    kept = small.get("a", lambda: "Grüße " * 500)
    for encoding in ENCODINGS:
        kept.bytes_as(encoding)
    assert small._bytes == 0


@pytest.mark.parametrize("encoding", [*ENCODINGS, None])
def test_a_page_comes_in_the_encoding_that_is_asked_for(client: FlaskClient, encoding: Encoding | None) -> None:
    plain = client.get(UPDATE, headers={"Accept-Encoding": "identity"})
    answer = client.get(UPDATE, headers={"Accept-Encoding": encoding or ""})
    assert answer.headers.get("Content-Encoding") == encoding
    assert (decompress(answer.data, encoding) if encoding else answer.data) == plain.data
    again = client.get(UPDATE, headers={"Accept-Encoding": encoding or "", "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is (encoding is None)


def test_the_first_visitor_gets_what_is_made_quickly_and_the_next_what_is_small(tmp_path: Path) -> None:
    accepted = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    with site_of(tmp_path, {"desk": document({"/things": {"get": {"operationId": "list", "responses": {}}}})}) as app:
        client = browser_of(app)
        first, *others = (client.get("/providers/desk/list", headers=accepted) for _ in range(3))
        assert [one.headers["Content-Encoding"] for one in (first, *others)] == ["zstd", "br", "br"]
        assert len(others[0].data) < len(first.data)
        assert decompress(first.data, "zstd") == decompress(others[0].data, "br") == decompress(others[1].data, "br")
        for one in (first, *others):
            for tag in (one.headers["ETag"], "W/" + one.headers["ETag"], f'"none", {one.headers["ETag"]}'):
                for _ in range(2):  # the second time without the application
                    headers = {**accepted, "If-None-Match": tag}
                    unchanged = client.get("/providers/desk/list", headers=headers)
                    assert (unchanged.status_code, unchanged.data) == (304, b"")
                    assert unchanged.headers["ETag"] == one.headers["ETag"]


def test_a_shared_cache_keeps_pages_where_the_operator_says_so(tmp_path: Path) -> None:
    described = {"desk": document({"/things": {"get": {"operationId": "list", "responses": {}}}})}
    with site_of(tmp_path, described, shared_cache=60) as app:
        client = browser_of(app)
        page = client.get("/providers/desk/list")
        assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
        provider, state = page.headers["Cache-Tag"].split(",")
        assert provider == "desk"
        assert state.startswith("desk@")
        assert client.get("/providers/desk").headers["Cache-Tag"] == "catalogue"
        proven = client.get("/providers/desk/list", headers={"Authorization": "Basic eDp5"})
        assert proven.headers["Cache-Control"] == "private, no-cache"
