"""A server that the visitor types: for a description that names none, remembered for the whole API, and refused where
the operator does not allow it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_until
from tests.support.needs import free_port
from tests.support.servers import RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ANSWER = {"200": {"description": "Fine", "content": {"application/json": {"schema": {"type": "object"}}}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Mine", "version": "1"},
    "paths": {
        "/items": {"get": {"operationId": "listItems", "responses": ANSWER}},
        "/items/{id}": {
            "get": {
                "operationId": "getItem",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": ANSWER,
            }
        },
    },
}
"""What a framework writes that does not know where it runs."""


@dataclass
class Scene:
    """A site with one description from a file, and the API it describes."""

    site: RunningSite
    api: RecordingServer


def add(folder: Path, **settings: str) -> dict[str, str]:
    document = folder / "openapi.json"
    document.write_text(json.dumps(DOCUMENT))
    environ = environ_for(folder, **settings)
    playground("add", "mine", str(document), environ=environ)
    return environ


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("mine")
    environ = add(folder)
    with (
        RecordingServer(http_answer({"id": 1})) as api,
        running("serve", free_port(), environ, folder / "serve.log") as site,
    ):
        yield Scene(site=site, api=api)


def choose_other(page: Page, url: str) -> None:
    page.select_option("#server", "other")
    page.fill("#server-url", url)
    page.locator("#server-url").press("Tab")


def test_a_typed_server_is_sent_to_and_remembered_for_the_api(page: Page, scene: Scene) -> None:
    page.goto(f"{scene.site.url}/providers/mine/listitems")
    assert page.locator("#server option").all_inner_texts() == ["Sandbox", "Other…"]
    expect(page.get_by_role("button", name="Send to sandbox", exact=True)).to_be_visible()
    choose_other(page, scene.api.url.removeprefix("http://") + "/v1/")
    expect(page.locator("#live-url")).to_contain_text(f"{scene.api.url}/v1/items")
    expect(page.locator("#servers .way-state")).to_have_text(scene.api.url.removeprefix("http://"))
    expect(page.locator("#snippet")).not_to_contain_text("{server}")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert scene.api.requests[-1].target == "/v1/items"

    page.goto(f"{scene.site.url}/providers/mine/getitem")
    expect(page.locator("#servers .way-state")).to_have_text(scene.api.url.removeprefix("http://"))
    page.fill('[name="path.id"]', "7")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert scene.api.requests[-1].target == "/v1/items/7"
    page.goto(f"{scene.site.url}/providers/stripe/getcheckoutsessions")
    expect(page.locator("#server")).not_to_have_value("other")


def test_nothing_is_sent_before_it_is_typed(page: Page, scene: Scene) -> None:
    sent = len(scene.api.requests)
    page.goto(f"{scene.site.url}/providers/mine/listitems")
    page.select_option("#server", "other")
    expect(page.locator("#server-url")).to_be_visible()
    page.click("#send")
    expect(page.locator("#response .failed")).to_contain_text("Type the address of the server first.")
    choose_other(page, "ftp://example.com")
    page.click("#send")
    expect(page.locator("#response .failed")).to_contain_text("ftp://example.com")
    assert len(scene.api.requests) == sent


def test_the_chosen_sandbox_is_there_on_the_next_operation(page: Page, site: RunningSite) -> None:
    update, listed = "/providers/stripe/postcheckoutsessionssession", "/providers/stripe/getcheckoutsessions"
    for server, says in (("https://api.stripe.com", "Send"), ("sandbox", "Send to sandbox")):
        for path in (update, listed):
            page.goto(site.url + path)
            if path == update:
                page.select_option("#server", server)
                wait_until(page, "(url) => localStorage['playground:server:stripe']?.includes(url)", server)
            expect(page.get_by_role("button", name=says, exact=True)).to_be_visible()


def test_a_hosted_site_says_which_servers_may_be_typed(browser: Browser, tmp_path: Path, scene: Scene) -> None:
    for upstreams, note in (
        ("", "sends to the servers of the description only"),
        ("https://api.example.com", "sends only where its operator allows: https://api.example.com."),
    ):
        folder = tmp_path / (upstreams[8:] or "none")
        folder.mkdir()
        settings = {"PLAYGROUND_TRUSTED_HOSTS": "127.0.0.1", "PLAYGROUND_SECRET_KEY": "x" * 32}
        environ = add(folder, PLAYGROUND_UPSTREAMS=upstreams, **settings)
        page = browser.new_context().new_page()
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            page.goto(f"{site.url}/providers/mine/listitems")
            sent = len(scene.api.requests)
            choose_other(page, scene.api.url)
            expect(page.locator("#server-note")).to_contain_text(note)
            page.click("#send")
            expect(page.locator("#response .failed")).to_contain_text("PLAYGROUND_UPSTREAMS")
            assert len(scene.api.requests) == sent
        page.context.close()


def test_a_server_is_typed_without_a_script(browser: Browser, scene: Scene) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{scene.site.url}/providers/mine/listitems")
    page.click("#servers > summary")
    choose_other(page, scene.api.url)
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    expect(page.locator("#server-url")).to_have_value(scene.api.url)
    page.context.close()


def test_three_clicks_lead_from_a_card_to_the_first_answer(page: Page, scene: Scene) -> None:
    page.goto(f"{scene.site.url}/providers")
    page.get_by_role("link", name="Mine").first.click()
    page.locator(".operation-list a", has_text="/items/{id}").click()
    page.fill('[name="path.id"]', "1")
    page.get_by_role("button", name="Send to sandbox").click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
