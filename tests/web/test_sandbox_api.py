"""The sandbox's address: plain HTTP for any client; nothing that a description says acts on our origin."""

from __future__ import annotations

import gzip
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from playground.app import create_app
from playground.config import Settings
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.store import Store, open_store
from tests.sandbox.clients import written
from tests.support.redis_server import redis_in

STRIPE = "/sandbox/stripe/v1/customers"
KEY = {"Authorization": "Bearer sk_test_1"}
FORM = "application/x-www-form-urlencoded"
HOSTILE = r"""
openapi: 3.1.0
info: {title: Hostile, version: '1'}
paths:
  /page:
    get:
      operationId: page
      responses:
        '200':
          description: ok
          headers:
            Clear-Site-Data: {schema: {type: string, const: '"*"'}}
            Service-Worker-Allowed: {schema: {type: string, const: /}}
            Access-Control-Allow-Origin: {schema: {type: string, const: 'https://evil.example'}}
            Access-Control-Allow-Credentials: {schema: {type: string, const: 'true'}}
            Content-Security-Policy: {schema: {type: string, const: "default-src *"}}
            Cross-Origin-Opener-Policy: {schema: {type: string, const: unsafe-none}}
            Refresh: {schema: {type: string, const: '0;url=https://evil.example'}}
            Strict-Transport-Security: {schema: {type: string, const: max-age=1}}
            Location: {schema: {type: string, const: 'https://evil.example/'}}
            Set-Cookie: {schema: {type: string, const: "session=stolen; Path=/; Domain=example.com"}}
            X-Fine: {schema: {type: string, const: fine}}
            "Bad\r\nName": {schema: {type: string, const: x}}
            X-Broken: {schema: {type: string, const: "a\r\nX-Injected: b"}}
          content: {text/html: {example: '<script>parent.postMessage(document.cookie, "*")</script>'}}
  /script:
    get:
      operationId: script
      responses: {'200': {description: ok, content: {application/javascript: {example: 'alert(1)'}}}}
"""


OWN = """
openapi: 3.1.0
info: {title: Own, version: '1'}
paths:
  /openapi.json:
    get: {operationId: read, responses: {'200': {description: ok, content: {application/json: {example: mine}}}}}
"""


@pytest.fixture
def site(tmp_path: Path, bundled_store: Store) -> Iterator[Flask]:
    store = open_store(tmp_path / "catalog.sqlite")
    for name, catalog in (("shop", written("shop")), ("files", written("store"))):
        save(store, name, catalog)
    save(store, "hostile", compile_document(parse_document(HOSTILE.encode()), name="hostile").catalog)
    store.replace(compile_document(parse_document(OWN.encode()), name="own").catalog, OWN.encode())
    app = create_app(Settings(catalog=tmp_path / "catalog.sqlite"), store)
    yield app
    store.close()


def save(store: Store, name: str, catalog: Any) -> None:
    store.replace(replace(catalog, provider=replace(catalog.provider, name=name)), b"openapi: 3.1.0")


@pytest.fixture
def anyone(site: Flask) -> FlaskClient:
    return site.test_client()


def as_ada(**more: str) -> dict[str, str]:
    return {
        "X-Key": "k",
        "Playground-Visitor": "ada",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }


def make(client: FlaskClient, visitor: str = "ada", email: str = "a@example.com") -> TestResponse:
    return client.post("/sandbox/shop/customers", json={"email": email}, headers=as_ada(Playground_Visitor=visitor))


def test_any_client_can_use_it(stranger: FlaskClient) -> None:
    answer = stranger.post(STRIPE, data="email=a@example.com", content_type=FORM, headers=KEY)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["email"] == "a@example.com"


def test_it_is_open_to_pages_of_every_origin(anyone: FlaskClient) -> None:
    headers = {
        "Origin": "https://other.example", "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization, x-key,playground-visitor",
    }  # fmt: skip
    before = anyone.options("/sandbox/shop/customers/cus_1", headers=headers)
    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert "PATCH" in before.headers["Access-Control-Allow-Methods"]
    assert before.headers["Access-Control-Allow-Headers"] == "authorization, x-key,playground-visitor"
    odd = anyone.options("/sandbox/shop/customers", headers={**headers, "Access-Control-Request-Headers": "a;b\n"[:3]})
    assert "Access-Control-Allow-Headers" not in odd.headers
    answer = anyone.get("/sandbox/shop/customers", headers={"Origin": "https://other.example", "X-Key": "k"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_what_is_not_there_says_so(anyone: FlaskClient) -> None:
    assert anyone.get("/sandbox/nobody/customers").status_code == 404
    assert anyone.get("/sandbox/shop/nothing", headers=as_ada()).status_code == 404
    wrong = anyone.delete("/sandbox/shop/customers", headers=as_ada())
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    allowed = anyone.options("/sandbox/shop/customers")
    assert (allowed.status_code, allowed.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert anyone.get("/sandbox/shop/customers").status_code == 401, "a credential has to be there"


def test_what_a_visitor_made_is_there_for_that_visitor(anyone: FlaskClient) -> None:
    made = make(anyone)
    assert made.status_code == 201
    assert made.json is not None
    path = made.headers["Location"]
    assert path == f"/sandbox/shop/customers/{made.json['id']}"
    assert anyone.get(path, headers=as_ada()).json == made.json
    assert anyone.get(path, headers=as_ada(Playground_Visitor="grace")).json != made.json
    assert anyone.get(path, headers={"X-Key": "k"}).json != made.json
    assert anyone.get(path, headers=as_ada(Playground_Visitor="x" * 65)).json != made.json


def test_data_is_shown_loaded_and_reset(anyone: FlaskClient) -> None:
    made = make(anyone).json
    shown = anyone.get("/sandbox/shop/~data", headers=as_ada())
    assert shown.json is not None
    assert shown.json["collections"] == {"/customers": [made]}
    assert anyone.get("/sandbox/shop/~data", headers=as_ada(Playground_Visitor="grace")).json == {
        "provider": "shop", "collections": {},
    }  # fmt: skip
    assert anyone.post("/sandbox/shop/~reset", headers=as_ada()).status_code == 204
    assert anyone.get("/sandbox/shop/~data", headers=as_ada()).json == {"provider": "shop", "collections": {}}
    loaded = anyone.post("/sandbox/shop/~data", data=shown.data, headers=as_ada())
    assert loaded.json == {"loaded": 1}
    assert anyone.get("/sandbox/shop/~data", headers=as_ada()).json == shown.json
    wrong = anyone.post("/sandbox/shop/~data", data=b"[", headers=as_ada())
    assert wrong.status_code == 400
    assert anyone.post("/sandbox/shop/~data?set=none", headers=as_ada()).status_code == 400
    assert anyone.get("/sandbox/shop/~data-sets").json == {"data_sets": []}
    assert anyone.get("/sandbox/shop/~other").status_code == 404
    assert anyone.get("/sandbox/nobody/~data").status_code == 404


def test_the_description_is_served_with_what_the_sandbox_answers(stranger: FlaskClient) -> None:
    for name in ("openapi.json", "~openapi.json"):
        answer = stranger.get(f"/sandbox/stripe/{name}")
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["servers"] == [{"url": "/sandbox/stripe"}]
    assert stranger.put("/sandbox/stripe/openapi.json").status_code == 405
    assert stranger.get("/sandbox/nobody/openapi.json").status_code == 404


def test_an_operation_of_that_path_goes_before_the_description(site: Flask) -> None:
    client = site.test_client()
    assert client.get("/sandbox/own/openapi.json").data == b'"mine"'
    served = client.get("/sandbox/own/~openapi.json").json
    assert served is not None
    assert list(served["paths"]) == ["/openapi.json"]


def test_nothing_of_a_description_speaks_for_our_origin(anyone: FlaskClient) -> None:
    answer = anyone.get("/sandbox/hostile/page")
    assert answer.status_code == 200
    assert answer.headers["X-Fine"] == "fine"
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'; sandbox"]
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    gone = {
        "Clear-Site-Data", "Service-Worker-Allowed", "Access-Control-Allow-Credentials",
        "Refresh", "Strict-Transport-Security", "X-Injected",
    }  # fmt: skip
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not gone & {name for name, _ in answer.headers}
    assert answer.headers["Location"] == "/sandbox/hostile/page"
    assert not any("\n" in value or "\r" in value for _, value in answer.headers)


def test_a_cookie_is_sent_back_to_its_api_alone(anyone: FlaskClient) -> None:
    cookie = anyone.get("/sandbox/hostile/page").headers["Set-Cookie"]
    assert cookie == "sandbox_session=stolen; Path=/sandbox/hostile; SameSite=Strict; HttpOnly"


@pytest.mark.parametrize("purpose", ["script", "style", "worker", "serviceworker", "object", "embed"])
def test_nothing_of_a_description_acts_on_a_page(anyone: FlaskClient, purpose: str) -> None:
    assert anyone.get("/sandbox/hostile/script", headers={"Sec-Fetch-Dest": purpose}).status_code == 403
    assert anyone.get("/sandbox/hostile/script", headers={"Sec-Fetch-Dest": "empty"}).status_code == 200


def test_a_service_worker_is_refused(anyone: FlaskClient) -> None:
    assert anyone.get("/sandbox/hostile/script", headers={"Service-Worker": "script"}).status_code == 403


BODIES = [
    b"[" * 100_000, b'{"a":' * 50_000, b'{"n":' + b"9" * 5000 + b"}", b'{"n": 1e999}', b'{"n": NaN}',
    b'{"email": "a@example.com", "email": "b@example.com"}', b'{"email": "\\ud800@example.com"}',
    b'\xef\xbb\xbf{"email": "a@example.com"}', b'{"email": "' + b"x" * 5_000_000 + b'"}', b"\x00", b"\xff\xfe",
]  # fmt: skip


@pytest.mark.cpu(60)
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("prefer", ["", "validation=off"])
def test_hostile_json_is_answered(anyone: FlaskClient, body: bytes, prefer: str) -> None:
    answer = anyone.post("/sandbox/shop/customers", data=body, content_type="application/json",
                         headers=as_ada(Prefer=prefer))  # fmt: skip
    assert answer.status_code in (201, 400, 413, 422)
    assert b"Traceback" not in answer.data
    json.loads(answer.data)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "gzip, gzip"])
def test_packed_content_is_not_unpacked(anyone: FlaskClient, coding: str) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    answer = anyone.post("/sandbox/shop/customers", data=bomb, content_type="application/json",
                         headers=as_ada(Content_Encoding=coding))  # fmt: skip
    assert answer.status_code == 422
    assert b"is encoded as" in answer.data


def test_too_much_is_not_read(anyone: FlaskClient) -> None:
    answer = anyone.put("/sandbox/files/b/k", data=b"x" * 10_000_001, content_type="image/png")
    assert answer.status_code == 413


class Endless(io.RawIOBase):
    """Content that has no end; `given` are the bytes that were taken of it."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"[" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("path", ["/sandbox/shop/customers", "/sandbox/files/b/k", "/sandbox/shop/~data"])
def test_a_body_without_an_end_is_cut(anyone: FlaskClient, path: str) -> None:
    endless = Endless()
    answer = anyone.open(
        path, method="PUT" if "files" in path else "POST", content_type="application/json",
        headers=as_ada(Transfer_Encoding="chunked"),
        environ_overrides={"wsgi.input": endless, "wsgi.input_terminated": True},
    )  # fmt: skip
    assert answer.status_code == 413
    assert b"at most 10000000 bytes" in answer.data
    assert endless.given < 11_000_000


def test_a_parameter_sent_twice_is_refused_and_one_of_a_body_is_none_of_the_query(anyone: FlaskClient) -> None:
    assert anyone.get("/sandbox/shop/customers?limit=1&limit=50", headers=as_ada()).status_code == 400
    answer = anyone.post("/sandbox/shop/customers?email=b@example.com&provider=stripe",
                         json={"email": "a@example.com"}, headers=as_ada())  # fmt: skip
    assert answer.json is not None
    assert answer.json["email"] == "a@example.com"
    both = {"Playground-Visitor": "ada", "X-Key": "k"}
    assert (
        anyone.get("/sandbox/shop/customers", headers=[*both.items(), ("Playground-Visitor", "grace")]).status_code
        == 200
    )


def test_a_visitor_cannot_fill_anothers_room(anyone: FlaskClient) -> None:
    body = b"x" * 900_000
    statuses = [
        anyone.put(f"/sandbox/files/b/{number}", data=body, content_type="image/png", headers=as_ada()).status_code
        for number in range(40)
    ]
    assert statuses[0] == 200
    assert statuses[-1] == 507
    other = anyone.put("/sandbox/files/b/1", data=body, content_type="image/png",
                       headers=as_ada(Playground_Visitor="grace"))  # fmt: skip
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path", ["/../shop", "/%2e%2e/%2e%2e/etc/passwd", "/customers/..%2f..%2f", "//customers", "/%00", "/%ff", "/a%0Ab"]
)
def test_odd_paths_are_answered(anyone: FlaskClient, path: str) -> None:
    answer = anyone.get(f"/sandbox/shop{path}", headers=as_ada())
    assert answer.status_code in (200, 301, 308, 404)
    assert b"root:" not in answer.data
    assert b"<html" not in answer.data, "a line end in a path is no page of another server"


def test_what_has_no_content_says_nothing_of_it(anyone: FlaskClient) -> None:
    head = anyone.head("/sandbox/shop/customers", headers=as_ada())
    assert (head.status_code, head.headers["Content-Type"]) == (200, "application/json")
    assert "Content-Length" not in head.headers, "it is not that of no content"
    made = make(anyone)
    assert made.json is not None
    gone = anyone.delete(f"/sandbox/shop/customers/{made.json['id']}", headers=as_ada())
    assert (gone.status_code, "Content-Type" in gone.headers) in ((204, False), (200, True))


def test_a_key_may_hold_encoded_slashes(anyone: FlaskClient) -> None:
    put = anyone.put("/sandbox/files/b/a%2Fb", data=b"x", content_type="image/png", headers=as_ada(),
                     environ_overrides={"RAW_URI": "/sandbox/files/b/a%2Fb"})  # fmt: skip
    assert put.status_code == 200
    got = anyone.get(
        "/sandbox/files/b/a%2Fb", headers=as_ada(), environ_overrides={"RAW_URI": "/sandbox/files/b/a%2Fb"}
    )
    assert got.data == b"x"


def test_a_delay_is_waited_for(anyone: FlaskClient) -> None:
    started = time.monotonic()
    assert anyone.get("/sandbox/shop/settings", headers=as_ada(Prefer="delay=300")).status_code == 200
    assert time.monotonic() - started >= 0.3


def test_events_stream(anyone: FlaskClient) -> None:
    answer = anyone.get("/sandbox/shop/events", headers=as_ada(), buffered=False)
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.data.count(b"data: ") == 3


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    store = open_store(tmp_path / "catalog.sqlite")
    save(store, "shop", written("shop"))
    client = create_app(Settings(catalog=tmp_path / "catalog.sqlite", sandbox="off"), store).test_client()
    assert client.get("/sandbox/shop/settings").status_code == 404
    store.close()


def test_replicas_share_in_redis_what_a_visitor_made(tmp_path: Path) -> None:
    with redis_in(tmp_path) as redis:
        clients = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            store = open_store(folder / "catalog.sqlite")
            save(store, "shop", written("shop"))
            settings = Settings(catalog=folder / "catalog.sqlite", redis_url=redis.url)
            clients.append(create_app(settings, store).test_client())
        made = make(clients[0])
        assert made.json is not None
        path = f"/sandbox/shop/customers/{made.json['id']}"
        assert clients[1].get(path, headers=as_ada()).json == made.json
        assert clients[1].delete(path, headers=as_ada()).status_code == 204
        assert clients[0].get(path, headers=as_ada()).status_code == 404
        redis.stop()
        assert clients[0].get(path, headers=as_ada()).status_code == 503, "limits that cannot be counted are not kept"
