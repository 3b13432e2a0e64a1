"""The home page: the example answers, the search finds right below its field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_example_is_live(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    page.fill("#example-session", "cs_live_example")
    expect(page.locator("#snippet")).to_contain_text("session: 'cs_live_example'")
    page.check('#example [value="shell_curl"]')
    expect(page.locator("#snippet")).to_contain_text("/v1/checkout/sessions/cs_live_example")
    page.keyboard.press("Enter")
    expect(page.locator(".status-line")).to_contain_text("200 OK")
    assert page.url == f"{site.url}/"
    page.reload()
    expect(page.locator("#snippet")).to_contain_text("curl")


def test_what_is_found_stands_below_the_field_on_a_phone(page: Page, site: RunningSite) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.url)
    page.fill("#home-search", "customer")
    expect(page.locator("#results")).to_contain_text("Create a customer")
    expect(page.locator("#example")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
