from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from playground.answers.record import as_json, read_file, write_record
from tests.answers.test_record import RECORD
from tests.support.pages import one, parsed, post, value_of, words
from tests.web.kept.conftest import CANARY

Send = Callable[..., str]
ANSWER = {"id": "it_1", "session_token": CANARY, "n": 1.50, "html": "</pre><script>alert(1)</script>"}


@pytest.mark.parametrize(("kind", "mimetype"), [("html", "text/html"), ("json", "application/json"),
                                                ("har", "application/json"), ("nonsense", "text/html")])  # fmt: skip
def test_a_bundle_is_one_file_without_secrets(client: FlaskClient, sent: Send, kind: str, mimetype: str) -> None:
    token = sent(ANSWER, headers={"Set-Cookie": f"sid={CANARY}"})
    bundle = client.post("/answers/bundle", data={"answer": token, "format": kind})
    assert bundle.status_code == 200
    assert bundle.mimetype == mimetype
    assert bundle.headers["Content-Disposition"].startswith('attachment; filename="shop-order-2')
    assert bundle.headers["Content-Security-Policy"] == "sandbox"
    assert CANARY not in bundle.text
    assert read_file(bundle.data).arguments == {"id": "7", "limit": 2, "note": "hello"}


def test_the_page_of_a_bundle_asks_for_nothing_and_runs_nothing(client: FlaskClient, sent: Send) -> None:
    page = parsed(client.post("/answers/bundle", data={"answer": sent(ANSWER)}).text)
    assert not page.select("script, link, img, iframe, form, a")
    assert "default-src 'none'" in str(one(page, "meta[http-equiv]")["content"])
    text = words(page)
    assert "POST /items/7?limit=2" in text
    assert "curl" in text
    assert "</pre><script>alert(1)</script>" in text
    assert "1.5" in text


def test_a_bundle_tells_what_differs_from_the_description(client: FlaskClient, sent: Send) -> None:
    token = sent(["no object"])
    page = parsed(client.post("/answers/bundle", data={"answer": token}).text)
    assert "What differs from the description" in words(page)
    data = client.post("/answers/bundle", data={"answer": token, "format": "json"}).data
    (finding,) = read_file(data).findings
    assert finding["severity"] == "error"
    assert finding["message"] in words(page)
    assert "object" in finding["rule"]


def test_a_record_of_a_stranger_makes_a_bundle_whatever_its_findings_are(client: FlaskClient) -> None:
    odd = {**as_json(RECORD), "findings": [{}, {"message": 3}, None, {"pointer": "/a"}]}
    bundle = client.post("/answers/bundle", data={"record": json.dumps(odd, default=float)})
    assert bundle.status_code == 200
    assert "/a" in bundle.text


@pytest.mark.parametrize("kind", ["html", "json", "har"])
def test_a_bundle_opens_in_the_page_and_in_its_form(client: FlaskClient, sent: Send, kind: str) -> None:
    bundle = client.post("/answers/bundle", data={"answer": sent(ANSWER), "format": kind}).data
    page = post(client, "/answers/open", {"file": (io.BytesIO(bundle), f"b.{kind}")}, htmx=False)
    assert value_of(page, "path.id") == "7"
    assert value_of(page, "body/note") == "hello"
    assert words(one(page, "#response .pill")) == "200 OK"
    assert "is the one in the file. Nothing was sent now." in words(one(page, ".kept-note"))
    assert "it_1" in words(one(page, "#response .tree"))
    assert not page.select("#response script")


def test_a_bundle_of_an_unknown_operation_is_shown_alone(client: FlaskClient) -> None:
    file = io.BytesIO(write_record(RECORD).encode())
    page = post(client, "/answers/open", {"file": (file, "b.json")}, htmx=False)
    assert "This site has no operation stripe/getcustomers" in words(page)
    assert "cus_1" in words(one(page, "#response .tree"))


@pytest.mark.parametrize("data", [b"", b"not json", b"[]", b'{"playground_answer":9}', b"\xff" * 100])
def test_no_bundle_is_a_sentence(client: FlaskClient, data: bytes) -> None:
    page = post(client, "/answers/open", {"file": (io.BytesIO(data), "b.json")}, htmx=False, status=422)
    assert "bundle" in words(one(page, "[role=alert]"))
    # What a browser or a link held is no bundle to whoever reads the sentence; the next answer finds its place.
    said = post(client, "/answers/open", {"record": data.decode("latin-1")})
    assert "This answer cannot be read" in words(one(said, "#response [role=alert]"))


@pytest.mark.parametrize("path", ["/answers/record", "/answers/bundle"])
@pytest.mark.parametrize("htmx", [True, False])
def test_an_answer_that_is_gone_is_a_sentence(client: FlaskClient, path: str, htmx: bool) -> None:
    page = post(client, path, {"answer": "nothing"}, htmx=htmx, status=200 if htmx else 404)
    assert "press Send again" in words(page)


def test_other_sites_open_nothing(client: FlaskClient) -> None:
    answer: Any = client.post("/answers/open", data={"record": "{}"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
