"""A story told to the sandbox of a store of files: the path is the key, what was put comes back."""

from __future__ import annotations

from pathlib import Path

from tests.sandbox.clients import Client, written


def test_a_store_of_files(state: Path) -> None:
    store = Client(written("store"), state)
    assert store("PUT", "/photos").status == 200
    put = store("PUT", "/photos/2026/cat.txt", b"meow", kind="text/plain")
    data = b"\x00\x01woof"
    store("PUT", "/photos/2026/dog.bin", data)
    got = store("GET", "/photos/2026/cat.txt")
    assert (got.body, got.headers.get("Content-Type")) == (b"meow", "text/plain")
    assert store("GET", "/photos/2026/dog.bin").body == data
    head = store("HEAD", "/photos/2026/cat.txt")
    assert (head.status, head.body) == (200, b"")
    listed = store("GET", "/photos").body.decode()
    assert "<KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>" in listed
    assert "<Key>2026/cat.txt</Key><Size>4</Size>" in listed
    assert (put.headers.get("ETag") or "?").strip('"') in listed
    only = store("GET", "/photos?prefix=2026/d").body.decode()
    assert "dog.bin" in only and "cat.txt" not in only
    assert "<Name>photos</Name>" in store("GET", "/").body.decode()
    assert store("DELETE", "/photos/2026/cat.txt").status == 204
    missing = store("GET", "/photos/2026/cat.txt")
    assert missing.status == 404
    assert missing.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?><Error>')
    assert store("GET", "/photos/never").status == 404
