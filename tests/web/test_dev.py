"""The page of patterns: there in debug only, every component in every state, made of what pages use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store
from tests.support.pages import browser_of, get
from tests.web.test_every_page import problems_of


@pytest.fixture(scope="module")
def page(bundled_store: Store) -> BeautifulSoup:
    app = create_app(Settings(catalog=Path("unused"), debug=True), bundled_store)
    return get(browser_of(app), "/dev/patterns")


@pytest.mark.parametrize("path", ["/dev/patterns", "/dev/patterns.css"])
def test_without_debug_there_is_no_such_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_page_is_sound(page: BeautifulSoup) -> None:
    assert problems_of(page) == []


@pytest.mark.parametrize("state", ["empty", "filled", "focused", "wrong", "disabled", "loading", "very long"])
def test_fields_are_shown_in_every_state(page: BeautifulSoup, state: str) -> None:
    (sample,) = page.select(f'[aria-label="Fields {state}"]')
    controls = sample.select("input.input, select.select, textarea.textarea")
    assert len(controls) >= 10
    for name, selector in {"focused": ".is-focused", "wrong": "[aria-invalid]", "disabled": "[disabled]"}.items():
        assert (len(sample.select(selector)) >= len(controls)) is (state == name)
    for kind in ("[type=date]", "[type=password]", ":not([type])"):
        assert sample.select(f"input{kind}"), kind
    assert state == "empty" or sample.select("textarea")
    assert sample.select("details.inner")


@pytest.mark.parametrize("state", ["empty", "filled", "wrong", "broken", "refused", "loading", "very long"])
def test_answers_are_shown_in_every_state(page: BeautifulSoup, state: str) -> None:
    (sample,) = page.select(f'[aria-label="Output {state}"]')
    assert sample.select(".output")


def test_every_block_of_the_stylesheet_has_its_sample(page: BeautifulSoup) -> None:
    missing = [
        name
        for name in (
            "button primary", "button add", "button plain", "segments", "tabs", "input", "select", "textarea", "method",
            "tag", "pill", "state", "prose", "notice", "code", "card", "output", "snippet-card", "send-bar", "live-url",
            "problems", "status-line", "operation-list", "provider-list", "crumbs", "credentials-form",
            "inner", "item", "pair",
        )
        if not page.select("." + name.replace(" ", "."))
    ]  # fmt: skip
    assert missing == []


def test_the_look_of_focus_is_the_sites_own(bundled_store: Store) -> None:
    client = browser_of(create_app(Settings(catalog=Path("unused"), debug=True), bundled_store))
    css = client.get("/dev/patterns.css").text
    assert ".input.is-focused" in css
    assert ":has(.is-focused)" in css
    assert "focus-visible" not in css
    name = re.findall(r"/assets/(style-[\w.-]+)", client.get("/").text)[0]
    whole = client.get(f"/assets/{name}").text
    assert css.count("is-focused") == re.sub(r"/\*.*?\*/", "", whole, flags=re.S).count(":focus-visible")
