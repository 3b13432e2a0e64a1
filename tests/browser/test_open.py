"""`playground open` and its page: a running API found, called and followed; a file edited while its page is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Page, expect

from tests.support.opened import Opened, opened
from tests.support.servers import RecordingServer, http_answer
from tests.support.wheel import Installed

LEFT = "about:blank"
"""Where each page goes before its site ends: one that is open asks its site for changes."""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


Open: TypeAlias = Callable[..., AbstractContextManager[Opened]]


@pytest.fixture
def open_site(installed: Installed, tmp_path: Path) -> Open:
    """Return what opens sources with the installed wheel's own program, as somebody does who has installed it."""
    return partial(opened, folder=tmp_path, program=[installed.program()], path=None)


def _document(*names: str, **more: Any) -> dict[str, Any]:
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    operation: dict[str, Any] = {"operationId": "orders", "summary": "List orders", "parameters": parameters}
    operation["responses"] = {"200": {"description": "Fine"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop API", "version": "1"},
        "paths": {"/orders": {"get": operation}},
        **more,
    }


def _api(document: dict[str, Any]) -> RecordingServer:
    def answer(_: Any, request: Any) -> bytes:
        path = request.target.partition("?")[0]
        if path == "/openapi.json":
            return http_answer(document)
        return http_answer({"asked": request.target}) if path == "/orders" else http_answer("{}", "404 Not Found")

    return RecordingServer(answer)


def test_a_running_api_is_found_and_called(page: Page, tmp_path: Path, open_site: Open) -> None:
    with _api(_document("status")) as api, open_site(api.url) as site:
        page.goto(f"{site.url}/providers/shop-api/orders")
        page.fill('[name="query.status"]', "paid")
        page.click("#send")
        expect(page.locator("#response")).to_contain_text("/orders?status=paid")
        page.goto(LEFT)


def test_a_file_of_an_api_without_a_server_is_called_at_a_typed_one(
    page: Page, tmp_path: Path, open_site: Open
) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document("status")))
    with _api({}) as api, open_site(path, "--server", api.url) as site:
        page.goto(f"{site.url}/providers/shop-api/orders")
        page.click("#send")
        expect(page.locator("#response")).to_contain_text("/orders")
        page.goto(LEFT)


def test_where_a_file_s_api_is_can_be_typed(page: Page, tmp_path: Path, open_site: Open) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document("status")))
    with _api({}) as api, open_site(path) as site:
        page.goto(f"{site.url}/providers/shop-api/orders")
        server = page.locator("#servers")
        if server.get_attribute("open") is None:
            server.locator("summary").click()
        if page.locator("#server").count():
            page.select_option("#server", label="Other…")
        page.locator("#servers input[type=url]").fill(api.url)
        page.keyboard.press("Tab")
        page.fill('[name="query.status"]', "paid")
        page.click("#send")
        expect(page.locator("#response")).to_contain_text("/orders?status=paid")
        page.goto(LEFT)


def test_an_api_is_added_in_the_browser_and_called(page: Page, tmp_path: Path, open_site: Open) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document("other")))
    with _api(_document("status")) as api, open_site(path) as site:
        page.goto(site.url)
        page.get_by_role("link", name="Add an API").click()
        page.get_by_label("or type its URL").fill(api.url)
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("link", name="Open it").click()
        page.locator("#operations a").first.click()
        page.fill('[name="query.status"]', "paid")
        page.click("#send")
        expect(page.locator("#response")).to_contain_text("/orders?status=paid")
        page.goto(LEFT)


def test_an_edit_is_offered_and_what_was_typed_is_kept(page: Page, tmp_path: Path, open_site: Open) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document("status", "secret_token")))
    with open_site(path) as site:
        page.goto(f"{site.url}/providers/shop-api/orders")
        page.fill('[name="query.status"]', "paid")
        page.fill('[name="query.secret_token"]', "canary-88")  # no draft keeps it
        path.write_text(json.dumps(_document("status", "secret_token", "limit")))
        reload = page.get_by_role("button", name="Description changed – reload form")
        reload.click()
        expect(page.locator('[name="query.limit"]')).to_be_visible()
        expect(page.locator('[name="query.status"]')).to_have_value("paid")
        expect(page.locator('[name="query.secret_token"]')).to_have_value("canary-88")
        expect(reload).to_be_hidden()
        path.write_text(json.dumps(_document("status", "secret_token", "limit"))[:-1])
        note = page.locator("#live")
        expect(note).to_contain_text("openapi.json: This is not valid JSON: ")
        expect(note).to_contain_text("(line 1, column ")
        expect(note).to_contain_text("The last good state is shown.")
        expect(page.locator('[name="query.limit"]')).to_be_visible()
        path.write_text(json.dumps({**_document("other"), "paths": {}}))
        expect(note).to_contain_text("The description changed: this is not in it any more.")
        expect(note).not_to_contain_text("not valid JSON")
        page.goto(LEFT)


def test_the_pages_of_an_api_are_offered_again_too(page: Page, tmp_path: Path, open_site: Open) -> None:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document("status")))
    with open_site(path) as site:
        page.goto(f"{site.url}/providers/shop-api")
        changed = _document("status")
        changed["paths"]["/orders"]["get"]["summary"] = "List all orders"
        path.write_text(json.dumps(changed))
        page.get_by_role("button", name="Description changed – reload page").click()
        expect(page.locator("#operations")).to_contain_text("List all orders")
        page.goto(LEFT)
