"""A list of twenty thousand values: found by typing, without the page holding them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.pages import document

ZONES = {"type": "string", "enum": [f"zone-{number:05}" for number in range(20_000)]}


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("long-list")
    operation = {"operationId": "make", "parameters": [{"name": "zone", "in": "query", "schema": ZONES}]}
    (folder / "shop.json").write_text(json.dumps(document({"/x": {"get": operation}})))
    environ = environ_for(folder)
    playground("add", "shop", str(folder / "shop.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "log") as site:
        yield site


def test_values_come_while_somebody_types(page: Page, long_list: RunningSite) -> None:
    page.goto(f"{long_list.url}/providers/shop/make")
    line = page.locator("#f-query__zone")
    options = page.locator("#f-query__zone-options option")
    expect(options).to_have_count(0)
    line.press_sequentially("1999", delay=40)
    expect(options).to_have_count(12)
    expect(options.first).to_have_text("zone-01999")
    line.fill("zone-19998")
    expect(options).to_have_count(1)
    expect(page.locator("#snippet")).to_contain_text("zone-19998")
    expect(page.locator("#f-query__zone-problem")).to_have_count(0)
