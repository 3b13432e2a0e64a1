"""The list of languages a snippet can be in: found by typing, remembered from page to page, kept as a file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATION = "/providers/stripe/postcheckoutsessionssession"


def test_no_letter_is_lost_that_is_typed_before_the_languages_have_told_that_they_are_open(
    page: Page, site: RunningSite
) -> None:
    page.goto(site.url + OPERATION)
    page.evaluate("addEventListener('toggle', (event) => event.stopImmediatePropagation(), true)")
    page.click(".more-targets summary")
    page.keyboard.type("faraday")
    words = page.locator("[data-filter-languages]")
    expect(words).to_have_value("faraday")
    expect(words).to_have_css("opacity", "1")
    bottom, top = words.evaluate(
        "(box) => [box.getBoundingClientRect().bottom, box.parentElement.querySelector('label:not([hidden])').offsetTop"
        " + box.parentElement.getBoundingClientRect().top]"
    )
    assert bottom <= top
    expect(page.locator(".more-targets label:visible")).to_have_count(1)


def test_languages_are_found_by_typing_and_snippets_can_be_kept(page: Page, site: RunningSite) -> None:
    page.goto(site.url + OPERATION)
    page.fill('[name="path.session"]', "cs_1")
    page.click(".more-targets summary")
    page.keyboard.type("faraday")
    expect(page.locator(".more-targets label:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#snippet .target-name")).to_have_text("Ruby, Faraday")
    expect(page.locator("#snippet")).to_contain_text("cs_1")
    with page.expect_download() as download:
        page.click("[data-download='#snippet-text']")
    assert download.value.suggested_filename == "postcheckoutsessionssession.rb"
    assert download.value.path().read_text() == f"{page.text_content('#snippet-text')}\n"
    page.evaluate(
        "Object.keys(localStorage).filter(key => key.includes('draft')).forEach(key => delete localStorage[key])"
    )
    held: list[Route] = []
    page.route("**/getcustomers/snippet", lambda route: held.append(route))
    page.goto(site.url + "/providers/stripe/getcustomers")
    # No other language flashes up before the remembered one: until its code comes the place is empty, but not for long.
    # (This browser wants no motion, and so sees no holding back; the word for it comes and goes all the same.)
    recalls = page.locator("html[data-recalls]")
    expect(recalls).to_have_count(1)
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator("#snippet .target-name")).to_have_text("Ruby, Faraday")
    expect(recalls).to_have_count(0)
    page.click(".more-targets summary")
    page.keyboard.press("Escape")
    expect(page.locator(".more-targets")).not_to_have_attribute("open", "")
