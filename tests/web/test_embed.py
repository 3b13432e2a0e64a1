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
from playground.environment import from_environ
from playground.store import Store
from tests.support.pages import UPDATE, browser_of, get, one, parsed, post, site_of, value_of, words

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
    # The frame compares a pattern with the origin it stands in before it says anything.
    assert root["data-embed"] == "http://localhost https://docs.example https://*.example.org"
    assert root.select_one("form#request")
    assert not root.select_one("dialog")


def test_other_names_keep_what_was_chosen(client: FlaskClient) -> None:
    answer = client.get("/embed/providers/stripe/PostCheckoutSessionsSession?theme=dark&panes=form")
    assert answer.headers["Location"] == f"{PAGE}?theme=dark&panes=form"


def test_a_server_and_a_language_are_chosen_from_what_is_there(client: FlaskClient) -> None:
    root = root_of(client, f"{PAGE}?server=https://api.stripe.com&language=shell_curl")
    assert root["data-language"] == "shell_curl"
    assert one(root, "select[name=server] option[selected]")["value"] == "https://api.stripe.com"
    assert one(root, "[name=target][checked]")["value"] == "shell_curl"
    assert "curl" in one(root, "#snippet").text


@pytest.mark.parametrize(
    "query", ["server=https://evil.example&language=none", "server=//evil.example", "language=%22x"]
)
def test_a_server_that_the_description_does_not_name_is_not_chosen(client: FlaskClient, query: str) -> None:
    plain, asked = root_of(client, PAGE), root_of(client, f"{PAGE}?{query}")
    assert asked == plain
    assert "evil" not in str(asked)


def test_the_sandbox_can_be_chosen_where_it_is_on(bundled_store: Store) -> None:
    for mode, offered in (("on", True), ("off", False)):
        app = create_app(from_environ({"PLAYGROUND_SANDBOX": mode}), bundled_store)
        root = root_of(app.test_client(), f"{PAGE}?server=sandbox")
        assert (value_of(root, "server") == "sandbox") is offered


def test_an_accent_of_the_page_around_comes_as_a_stylesheet(client: FlaskClient) -> None:
    root = root_of(client, f"{PAGE}?accent=%230B6E4F")
    (sheet,) = [link["href"] for link in root.select("link[rel=stylesheet]") if "accent" in str(link["href"])]
    assert sheet == "/embed/accent/0b6e4f.css"
    answer = client.get(str(sheet))
    assert answer.mimetype == "text/css"
    assert answer.text.startswith(":root{--accent:light-dark(#0b6e4f,")
    # After the site's own, or it would not stand in its place.
    assert str(root).index("/assets/style") < str(root).index("/embed/accent")


@pytest.mark.parametrize("digits", ["zzz", "12345", "fff}body{", "0b6e4f0b"])
def test_no_stylesheet_is_made_of_what_is_no_colour(client: FlaskClient, digits: str) -> None:
    assert client.get(f"/embed/accent/{digits}.css").status_code == 404
    assert "/embed/accent" not in str(root_of(client, f"{PAGE}?accent={digits.replace('{', '%7B')}"))


def test_secrets_are_not_taken_from_the_page_around(tmp_path: Path) -> None:
    password = {"type": "string", "format": "password"}
    nested = {"type": "object", "properties": {"deep": {"type": "object", "properties": {"pin": password}}}}
    operation = {
        "operationId": "sign",
        "parameters": [
            {"name": "X-Own-Key", "in": "header", "schema": {"type": "string"}},
            {"name": "token", "in": "query", "schema": password},
            {"name": "shown", "in": "query", "schema": {"type": "string"}},
        ],
        "requestBody": {
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "secret": password,
                            "name": {"type": "string"},
                            "a": {"type": "object", "properties": {"b": nested}},
                        },
                    }
                }
            }
        },
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Own", "version": "1"},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-own-key"}}},
        "paths": {"/sign": {"post": operation}},
    }
    given = {
        "X-Own-Key": "canary-1", "token": "canary-2", "shown": "seen", "secret": "canary-3", "name": "me",
        "a": {"b": {"deep": {"pin": "canary-4"}}},
    }  # fmt: skip
    with site_of(tmp_path, {"own": document}) as app:
        answer = post(browser_of(app), "/providers/own/sign/form", {"~arguments": json.dumps(given)})
    assert "canary" not in str(answer)
    assert one(answer, '[name="query.shown"]')["value"] == "seen"
    assert one(answer, '[name="body/name"]')["value"] == "me"
    notice = one(answer, ".notice").text
    assert notice.startswith("Not filled in by the embedding page: ")
    for name in ("header.X-Own-Key", "query.token", "body/secret", "body/a/b/deep/pin"):
        assert name in notice


def test_an_operation_tells_where_its_frame_is_found(client: FlaskClient) -> None:
    page = get(client, UPDATE)
    link = str(one(page, 'link[type="application/json+oembed"]')["href"])
    answer = client.get(link)
    found = answer.get_json()
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert found["title"] == "Update a Checkout Session · Stripe API"
    frame = one(parsed(found["html"]), "iframe")
    assert frame["src"] == f"http://localhost{PAGE}"
    assert (frame["width"], frame["height"]) == (str(found["width"]), str(found["height"]))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=http://localhost/providers/stripe/PostCheckoutSessionsSession&format=json", 200),
        ("url=http://localhost/providers/stripe/postcheckoutsessionssession", 200),
        (f"url=http://localhost{PAGE}", 200),
        ("url=http://localhost/providers/stripe/postcheckoutsessionssession&format=xml", 501),
        ("url=http://localhost/providers/stripe", 404),
        ("url=http://localhost/providers/stripe/nope", 404),
        ("url=http://evil.example/providers/stripe/postcheckoutsessionssession", 404),
        ("url=", 404),
        ("", 404),
    ],
)
def test_oembed_answers_for_operations_of_this_site(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/oembed?{query}")
    assert answer.status_code == status
    assert answer.is_json
    assert status == 200 or answer.get_json()["error"]


def test_oembed_keeps_to_the_room_there_is(client: FlaskClient) -> None:
    url = f"/oembed?url=http://localhost{UPDATE}"
    found = client.get(f"{url}&maxwidth=500&maxheight=400").get_json()
    assert (found["width"], found["height"]) == (500, 400)
    found = client.get(f"{url}&maxwidth=99999999999&maxheight=-5").get_json()
    assert (found["width"], found["height"]) == (960, 900)


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


@pytest.mark.parametrize("path", ["/embed/providers/stripe/nope", "/embed/providers/nobody/x"])
def test_an_unknown_operation_has_no_site_around_it(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = parsed(answer.text)
    assert one(page, "html")["data-embed"] == "http://localhost"
    assert not page.select("header, nav, footer, dialog, .skip")
    assert all(link["target"] == "_blank" for link in page.select("a"))


def test_the_head_is_compact_and_nothing_of_the_site_is_in_the_frame(client: FlaskClient) -> None:
    page = get(client, f"/embed{UPDATE}")
    assert not page.select("header.site-header, nav, .skip, #palette")
    head = one(page, ".operation-head")
    assert words(one(head, ".badges")) == "POST /v1/checkout/sessions/{session}"
    assert "Try it" in [words(heading) for heading in page.select("h2")]
    assert len(page.select("[data-clear], [data-share], #share-link")) == 3
