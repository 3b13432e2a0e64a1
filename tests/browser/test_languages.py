"""The site in German: chosen by hand, remembered, spoken by pages and scripts, and as accessible as in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.test_accessibility import open_page
from tests.support.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATION = "/providers/tour/answerjson"


def test_a_visitor_chooses_german_sends_and_finds_it_again(site: RunningSite, page: Page) -> None:
    page.goto(f"{site.url}{OPERATION}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Language: English").click()
    page.get_by_role("button", name="Deutsch").press("Enter")
    expect(page).to_have_url(f"{site.url}{OPERATION}")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="An die Sandbox senden", exact=True).click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    expect(page.get_by_role("radio", name="Kopfzeilen")).to_be_attached()
    copy = page.locator("[data-copy='#response-text'] [data-label]")
    expect(copy).to_have_text("Kopieren")
    page.locator("#authentication > summary").click()
    expect(page.get_by_role("button", name="Zugangsdaten speichern")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Operationen und APIs suchen")).to_be_focused()
    page.keyboard.type("qqqqqq")
    expect(page.locator("#palette .keys [role=status]")).to_have_text("Nichts passt zu „qqqqqq“.")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto(f"{site.url}/embed{OPERATION}")
    expect(page.get_by_role("heading", name="Ausprobieren")).to_be_visible()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 320])
def test_german_pages_have_no_violations_and_nothing_beside_the_window(
    browser: Browser, site: RunningSite, width: int
) -> None:
    page = open_page(browser, "light", width)
    page.set_extra_http_headers({"Accept-Language": "de"})
    for path in ("/", "/providers/tour", "/providers/tour/fieldstext", "/scenarios"):
        page.goto(site.url + path)
        expect(page.locator("html")).to_have_attribute("lang", "de")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert violations(page) == [], path
    page.get_by_role("button", name="Sprache: Deutsch").click()
    assert violations(page) == []
    page.context.close()
