"""Addresses of the catalogue: names that lead on, validators, odd arguments, the source document."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from playground.app import create_app
from playground.config import Settings
from playground.store import open_store
from playground.web.catalogue import routes
from playground.web.site import operation_url
from tests.support import listed
from tests.support.pages import HTMX, browser_of


def test_an_odd_offset_is_no_failure(lists: FlaskClient) -> None:
    for offset in ("-1", "x", "99999999999999999999", "9999999", "٣"):
        for query in ("q=thing&offset", "tag=tag+0&offset", "groups", "offset", "list=below&offset"):
            assert lists.get(f"/providers/huge?{query}={offset}", headers=HTMX).status_code == 200
            assert lists.get(f"/providers/huge?{query}={offset}").status_code == 200
        assert lists.get(f"/providers?offset={offset}").status_code == 200


def test_pages_are_revalidated(lists: FlaskClient) -> None:
    for path in ("/", "/providers", "/providers/google", "/providers/pets"):
        tag = lists.get(path).headers["ETag"]
        answer = lists.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 304
        assert "HX-Request" in answer.headers["Vary"]
        assert path == "/" or lists.get(path, headers=HTMX | {"If-None-Match": tag}).status_code == 200


def test_a_page_is_renewed_when_its_list_changes(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(listed.small("google/books", "Books API"), b"{}")
        client = browser_of(create_app(Settings(catalog=store.path), store))
        assert "New API" not in client.get("/providers/google").text
        store.replace(listed.small("google/new", "New API"), b"{}")
        assert "New API" in client.get("/providers/google").text
        store.remove("google/new")
        assert "New API" not in client.get("/providers/google").text


def test_any_accepted_name_leads_to_the_canonical_address(client: FlaskClient) -> None:
    for name in ("PostCheckoutSessionsSession", "postCheckoutSessionsSession", "POST /v1/checkout/sessions/{session}"):
        answer = client.get(f"/providers/stripe/{name}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/providers/stripe/postcheckoutsessionssession"


def test_an_unknown_name_says_so(client: FlaskClient) -> None:
    for path in ("/providers/nope", "/providers/stripe/nope", "/providers/../x", "/providers/nope.md"):
        assert client.get(path).status_code == 404
        assert "<h1>" in client.get(path).text


def test_the_source_document_is_a_download(client: FlaskClient) -> None:
    answer = client.get("/providers/stripe/openapi.json")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert (
        client.get("/providers/stripe/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_addresses_are_those_that_the_router_makes(name: str) -> None:
    app = Flask("playground")
    app.register_blueprint(routes.bp)
    for root in ("/", "/behind/a/proxy"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root.rstrip("/")}):
            assert operation_url("a/b", name) == url_for("pages.path", path=f"a/b/{name}")
