"""An answer as a file: every byte of it, and nothing that could run on our origin; uploads from disk; redirects."""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from playground.config import OpenedNetwork
from tests.support.pages import HTMX, browser_of, document, one, site_of, words
from tests.support.servers import RecordingServer, http_answer

DATA = bytes(range(256)) * 20_000


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, api: RecordingServer) -> Iterator[Flask]:
    file = {"type": "string", "format": "binary"}
    parts = {"type": "object", "properties": {"note": {"type": "string"}, "photo": file}}
    paths: dict[str, Any] = {
        "/get": {"get": {"operationId": "get", "responses": {}}},
        "/parts": {"post": {"operationId": "parts", "responses": {}, "requestBody": {
            "content": {"multipart/form-data": {"schema": parts}}}}},
        "/bytes": {"put": {"operationId": "bytes", "responses": {}, "requestBody": {
            "content": {"application/octet-stream": {"schema": file}}}}},
    }  # fmt: skip
    bearer = {"token": {"type": "http", "scheme": "bearer"}}
    things = document(paths, server=api.url, schemes=bearer, security=[{"token": []}])
    opened = (OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0),)
    with site_of(tmp_path, {"things": things}, private_networks=opened, send_timeout=10) as app:
        yield app


def post(site: Flask, path: str, form: dict[str, Any], **headers: str) -> Any:
    # Written by hand: the test client keeps what is large in a file of its own that it does not close.
    body = b""
    for name, value in {"gateway_url": "http://localhost/gateway", **form}.items():
        content, filename, kind = value if isinstance(value, tuple) else (value.encode(), "", "")
        disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
        kind = f"Content-Type: {kind}\r\n" if kind else ""
        body += f"--b\r\nContent-Disposition: {disposition}\r\n{kind}\r\n".encode() + content + b"\r\n"
    return browser_of(site).post(
        f"/providers/things/{path}",
        data=body + b"--b--\r\n",
        content_type="multipart/form-data; boundary=b",
        headers=headers,
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ({"Content-Type": "text/html"}, "get.html"),
        ({"Content-Type": "image/png", "Content-Disposition": 'attachment; filename="a b.png"'}, "a b.png"),
        ({"Content-Type": "x", "Content-Disposition": 'inline; filename="../../etc/pass\\wd\r"'}, "wd"),
        ({}, "get.bin"),
        ({"Content-Disposition": "attachment; filename=no.txt; filename*=UTF-8''plan%20b.txt"}, "plan b.txt"),
        ({"Content-Type": "text/html", "Content-Disposition": "attachment; filename=page.hta"}, "page.hta.html"),
    ],
)
def test_an_answer_comes_as_a_file_byte_for_byte(
    site: Flask, api: RecordingServer, head: dict[str, str], name: str
) -> None:
    api.answer = http_answer(DATA, headers={**{k: v.replace("\r", "") for k, v in head.items()}, "Set-Cookie": "a=1"})
    answer = post(site, "get/download", {})
    assert answer.data == DATA
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == str(len(DATA))
    assert "Set-Cookie" not in answer.headers


def test_what_was_received_is_saved_whole_under_its_own_name(site: Flask, api: RecordingServer) -> None:
    text = json.dumps(["a"] * 600_000).encode()
    disposition = {"Content-Disposition": "attachment; filename=list.json; filename*=UTF-8''n%C3%A4me.json"}
    api.answer = http_answer(text, headers={"Content-Type": "application/json", **disposition})
    page = BeautifulSoup(post(site, "get/send", {}, **HTMX).data, "html.parser")
    token = str(one(page, "#answer-save input[name=answer]")["value"])
    saved = browser_of(site).post("/answers/save", data={"answer": token})
    assert saved.data == text
    assert saved.headers["Content-Disposition"] == (
        "attachment; filename=\"name.json\"; filename*=UTF-8''n%C3%A4me.json"
    )


def test_what_cannot_be_saved_is_the_page_with_a_sentence(site: Flask, api: RecordingServer) -> None:
    api.answer = b"nonsense\r\n\r\n"
    page = post(site, "get/download", {})
    assert page.mimetype == "text/html"
    assert b"without a complete HTTP answer" in page.data


def test_the_typed_credential_goes_along(site: Flask, api: RecordingServer) -> None:
    post(site, "get/download", {"credential": json.dumps({"type": "bearer", "token": "sk_1"})})
    assert api.request.header("Authorization") == "Bearer sk_1"


def test_a_large_file_goes_from_disk_to_the_api(site: Flask, api: RecordingServer) -> None:
    given = {"body/note": "hello", "body/photo": (DATA, "big%22.bin", "image/x")}
    answer = post(site, "parts/send", given, **HTMX)
    assert b"200 OK" in answer.data
    body = api.request.body
    assert api.request.header("Content-Length") == str(len(body))
    boundary = (api.request.header("Content-Type") or "").partition("boundary=")[2].encode()
    first, second, end = body.split(b"--" + boundary)[1:]
    assert first == b'\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    head, _, content = second.partition(b"\r\n\r\n")
    assert head == b'\r\nContent-Disposition: form-data; name="photo"; filename="big%22.bin"\r\nContent-Type: image/x'
    assert content.removesuffix(b"\r\n") == DATA
    assert end == b"--\r\n"


def test_a_large_body_of_bytes_goes_from_disk_to_the_api(site: Flask, api: RecordingServer) -> None:
    answer = post(site, "bytes/send", {"body": (DATA, "big.bin", "")}, **HTMX)
    assert b"200 OK" in answer.data
    assert hashlib.sha256(api.request.body).digest() == hashlib.sha256(DATA).digest()


def test_without_a_script_the_page_names_the_file_and_does_not_read_it(site: Flask, api: RecordingServer) -> None:
    answer = post(site, "parts/send", {"body/photo": (DATA, "big.bin", "image/x")})
    assert answer.status_code == 200
    assert len(answer.data) < 300_000
    assert len(api.request.body) > len(DATA)


def test_a_redirect_is_shown_and_followed_only_when_asked(site: Flask, api: RecordingServer) -> None:
    api.answer = http_answer(b"", "302 Found", {"Location": "/bytes?x=1"})
    saved = {"credential": json.dumps({"type": "bearer", "token": "sk_secret_1"})}
    page = BeautifulSoup(post(site, "get/send", saved, **HTMX).data, "html.parser")
    assert words(one(page, ".redirect code")) == f"{api.url}/bytes?x=1"
    button = one(page, ".redirect button")
    assert button["formaction"] == "/providers/things/get/send"
    api.answer = http_answer({"there": True})
    page = BeautifulSoup(post(site, "get/send", {**saved, "~follow": str(button["value"])}, **HTMX).data, "html.parser")
    assert [request.line for request in api.requests] == ["GET /get HTTP/1.1", "GET /bytes?x=1 HTTP/1.1"]
    assert api.requests[1].header("Authorization") == "Bearer sk_secret_1"
    assert f"302 to {api.url}/bytes?x=1" in words(one(page, ".panel.timing"))


@pytest.mark.parametrize("location", ["http://169.254.169.254/latest", "http://10.0.0.1/", "https://evil.example/"])
def test_a_redirect_elsewhere_meets_every_check(site: Flask, api: RecordingServer, location: str) -> None:
    follow = json.dumps([[302, location]])
    answer = post(site, "get/send", {"~follow": follow}, **HTMX)
    assert b"are not allowed here" in answer.data
    assert not api.requests


def test_a_redirect_that_holds_the_credential_is_not_offered(site: Flask, api: RecordingServer) -> None:
    api.answer = http_answer(b"", "302 Found", {"Location": "/next?token=sk_secret_1"})
    saved = {"credential": json.dumps({"type": "bearer", "token": "sk_secret_1"})}
    answer = post(site, "get/send", saved, **HTMX)
    assert b"sk_secret_1" not in answer.data
    assert b"The address holds a credential" in answer.data
