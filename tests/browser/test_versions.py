"""Links and drafts of an earlier description opened on the new one, and what the owner is shown of all that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOKEN = "browser-owner-token-0123"


def _shop(path: str, *names: str, operation: str = "readOrder") -> dict[str, Any]:
    variable = path.rpartition("{")[2].rstrip("}")
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    parameters.append({"name": variable, "in": "path", "required": True, "schema": {"type": "string"}})  # type: ignore[dict-item]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example.com"}],
        "paths": {path: {"get": {"operationId": operation, "summary": "Read an order", "parameters": parameters}}},
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningSite, Path]]:
    folder = tmp_path_factory.mktemp("versions")
    environ = environ_for(folder, PLAYGROUND_OWNER_TOKEN=TOKEN)
    (folder / "shop.json").write_text(json.dumps(_shop("/orders/{id}", "status", "expand")))
    playground("add", "shop", str(folder / "shop.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        site.environ = environ
        yield site, folder


def test_a_link_and_a_draft_open_on_the_new_description(page: Page, shop: tuple[RunningSite, Path]) -> None:
    site, folder = shop
    page.goto(f"{site.url}/providers/shop/readorder")
    page.fill('[name="path.id"]', "7")
    page.fill('[name="query.status"]', "open")
    page.fill('[name="query.expand"]', "lines")
    page.click("text=Copy link")
    expect(page.locator("#share-link")).to_contain_text("#v1=")
    link = page.text_content("#share-link") or ""
    # A page that is left asks for no code of an operation that has another name by then.
    page.goto("about:blank")
    (folder / "shop.json").write_text(json.dumps(_shop("/orders/{order}", "state", operation="getOrder")))
    playground("add", "shop", str(folder / "shop.json"), environ=site.environ)
    # The old address leads to the operation's new name, and what stands behind # goes along.
    page.goto(link)
    expect(page).to_have_url(f"{site.url}/providers/shop/getorder#{link.partition('#')[2]}")
    note = page.locator("#earlier")
    expect(note).to_contain_text("id is called order now.")
    expect(page.locator('[name="path.order"]')).to_have_value("7")
    expect(page.locator("#link-note")).to_be_hidden()
    note.locator("button", has_text="Use it for state").click()
    expect(page.locator('[name="query.state"]')).to_have_value("open")
    expect(page.locator('[name="query.status"]')).to_have_count(0)
    expect(page.locator('[name="query.expand"]')).to_have_value("lines")
    expect(note).to_contain_text("expand is not described any more, and is sent all the same: lines")
    expect(page.locator("#live-url")).to_contain_text("/orders/7?state=open&expand=lines")
    page.click(".changed-on a")
    expect(page.locator("details[id$='-getorder']")).to_contain_text("query.status")


def test_the_owner_signs_in_and_sees_what_was_opened(page: Page, shop: tuple[RunningSite, Path]) -> None:
    site, _ = shop
    page.goto(f"{site.url}/owner")
    page.fill("#token", TOKEN)
    page.click("text=Show the counts")
    expect(page.locator("section", has_text="Operations").first).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="getorder")).to_contain_text("shop")
    assert TOKEN not in page.content() and TOKEN not in page.url
    page.click("text=Sign out")
    expect(page.locator("#token")).to_be_visible()
