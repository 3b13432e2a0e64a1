"""The page for an iframe and its script, and the form drawn from flat arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store

PAGE = "/embed/providers/stripe/postcheckoutsessionssession"
FORM = "/providers/stripe/postcheckoutsessionssession/form"


@pytest.fixture
def open_site(bundled_store: Store) -> Flask:
    """A site that some documentation may embed."""
    settings = Settings(
        catalog=Path("unused"), frame_ancestors=("'self'", "https://docs.example", "https://*.example.org")
    )
    return create_app(settings, bundled_store)


def root_of(client: FlaskClient, path: str) -> Tag:
    answer = client.get(path)
    assert answer.status_code == 200
    found = BeautifulSoup(answer.text, "html.parser").html
    assert found is not None
    return found


def test_the_frame_knows_whom_to_tell_its_height_and_who_may_show_it(open_site: Flask) -> None:
    client = open_site.test_client()
    answer = client.get(PAGE)
    assert (
        "frame-ancestors 'self' https://docs.example https://*.example.org" in answer.headers["Content-Security-Policy"]
    )
    root = root_of(client, PAGE)
    # A pattern is no origin to post a message to.
    assert root["data-embed"] == "http://localhost https://docs.example"
    assert root.select_one("form#request")
    assert not root.select_one("dialog")


@pytest.mark.parametrize(
    ("query", "theme", "panes"),
    [
        ("", None, "form snippet output"),
        ("?theme=dark&panes=form", "dark", "form"),
        ("?panes=output,form", None, "form output"),
        ("?theme=%22%3E%3Cscript%3E&panes=%22%3E", None, "form snippet output"),
    ],
)
def test_theme_and_panes_are_chosen_from_a_list(client: FlaskClient, query: str, theme: str | None, panes: str) -> None:
    root = root_of(client, PAGE + query)
    assert root.get("data-theme") == theme
    assert root["data-panes"] == panes


def test_other_names_lead_to_the_canonical_frame(client: FlaskClient) -> None:
    answer = client.get("/embed/providers/stripe/PostCheckoutSessionsSession")
    assert answer.status_code == 301
    assert answer.headers["Location"] == PAGE


def test_any_page_may_load_the_script_and_only_the_script(client: FlaskClient) -> None:
    answer = client.get("/embed.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(PAGE).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_flat_arguments_fill_the_form(client: FlaskClient) -> None:
    arguments = json.dumps({"session": "cs_1", "metadata": {"k": "v"}})
    answer = client.post(FORM, data={"~arguments": arguments}, headers={"HX-Request": "true"})
    form = BeautifulSoup(answer.text, "html.parser")
    assert form.select_one('[name="path.session"]')["value"] == "cs_1"  # type: ignore[index]
    assert form.select_one('[name="body/metadata~value/0"]')["value"] == "v"  # type: ignore[index]
    assert answer.headers["HX-Trigger-After-Settle"] == "refresh"


@pytest.mark.parametrize("arguments", ["{", "[]", '{"no_such_argument": 1}', '"text"'])
def test_arguments_that_are_none_leave_the_form_empty(client: FlaskClient, arguments: str) -> None:
    answer = client.post(FORM, data={"~arguments": arguments}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert BeautifulSoup(answer.text, "html.parser").select_one('[name="path.session"]')["value"] == ""  # type: ignore[index]


def test_without_htmx_the_whole_page_answers(client: FlaskClient) -> None:
    page = BeautifulSoup(client.post(FORM, data={"path.session": "cs_9"}).text, "html.parser")
    assert page.select_one("html")
    assert page.select_one('[name="path.session"]')["value"] == "cs_9"  # type: ignore[index]
