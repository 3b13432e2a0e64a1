"""The operator's name, logo, colours, links and script are on the pages, served from here and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import SettingsError
from playground.environment import from_environ
from playground.store import Store
from tests.support.pages import UPDATE, browser_of, get, one, words

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>'


@pytest.fixture
def client(tmp_path: Path, bundled_store: Store) -> FlaskClient:
    (tmp_path / "logo.svg").write_text(SVG)
    (tmp_path / "own.css").write_text(".brand { letter-spacing: 1px }")
    settings = from_environ(
        {
            "PLAYGROUND_TITLE": "Acme <Console>",
            "PLAYGROUND_LOGO": str(tmp_path / "logo.svg"),
            "PLAYGROUND_ACCENT": "#0b6e4f",
            "PLAYGROUND_FOOTER_LINKS": "Docs=https://docs.example.com; Imprint=/imprint",
            "PLAYGROUND_STYLESHEET": str(tmp_path / "own.css"),
            "PLAYGROUND_ANALYTICS": "/stats/script.js",
        }
    )
    return browser_of(create_app(settings, bundled_store))


@pytest.mark.parametrize("path", ["/", "/providers", "/providers/stripe", UPDATE, "/search?q=x"])
def test_every_page_wears_the_brand(client: FlaskClient, path: str) -> None:
    page = get(client, path)
    assert words(one(page, ".brand")) == "Acme <Console>"
    assert "Acme <Console>" in one(page, "title").text
    assert "Playground" not in one(page, "title").text
    assert one(page, ".brand img")["alt"] == ""
    assert one(page, 'script[src="/stats/script.js"]').has_attr("defer")


def test_the_logo_is_served_by_the_site(client: FlaskClient) -> None:
    answer = client.get(str(one(get(client, "/"), ".brand img")["src"]))
    assert answer.mimetype == "image/svg+xml"
    assert answer.text == SVG
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_accent_and_the_stylesheet_cost_no_request_of_their_own(client: FlaskClient, bundled_store: Store) -> None:
    plain, sheets = browser_of(create_app(from_environ({}), bundled_store)), "link[rel=stylesheet]"
    assert len(get(client, "/providers").select(sheets)) == len(get(plain, "/providers").select(sheets))
    (sheet,) = get(client, UPDATE).select(sheets)
    css = client.get(str(sheet["href"])).text
    assert "--accent:light-dark(#0b6e4f," in css
    assert css.index("--accent:light-dark(#0b6e4f") < css.index(".brand { letter-spacing: 1px }")


def test_the_stylesheet_of_the_operator_has_the_last_word_on_every_page(client: FlaskClient) -> None:
    for page in ("/", "/providers", UPDATE):
        last = get(client, page).select("link[rel=stylesheet]")[-1]
        assert client.get(str(last["href"])).text.rstrip().endswith(".brand { letter-spacing: 1px }")


def test_links_stand_in_the_footer(client: FlaskClient) -> None:
    links = get(client, "/").select(".site-footer ul a")
    assert [(link.text, link["href"]) for link in links] == [
        ("Docs", "https://docs.example.com"),
        ("Imprint", "/imprint"),
    ]


def test_a_frame_in_another_page_is_not_counted(client: FlaskClient) -> None:
    assert not get(client, f"/embed{UPDATE}").select('script[src="/stats/script.js"]')


def test_two_looks_in_one_process_do_not_mix(client: FlaskClient, bundled_store: Store) -> None:
    plain = browser_of(create_app(from_environ({}), bundled_store))
    for path in ("/", "/providers", UPDATE):
        assert "Acme" in client.get(path).text
        assert "Acme" not in plain.get(path).text


def test_without_settings_nothing_is_added(bundled_store: Store) -> None:
    page = get(browser_of(create_app(from_environ({}), bundled_store)), "/")
    assert not page.select(".brand img, .site-footer ul")
    assert all(str(script["src"]).startswith("/assets/") for script in page.select("script"))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PLAYGROUND_LOGO", "/no/such.svg"),
        ("PLAYGROUND_ACCENT", "green"),
        ("PLAYGROUND_FOOTER_LINKS", "Docs"),
        ("PLAYGROUND_STYLESHEET", __file__),
        ("PLAYGROUND_ANALYTICS", "https://stats.example.com/script.js"),
        ("PLAYGROUND_TITLE", "x" * 61),
        ("PLAYGROUND_DEBUG", "1"),
    ],
)
def test_a_wrong_value_stops_the_start(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(variable)):
        from_environ({variable: value})
