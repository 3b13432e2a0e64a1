"""How the scripts of a page begin: htmx by its own interface, and everything of ours out of other scripts' reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
WATCH = """
window.redefined = [];
const define = Object.defineProperty;
Object.defineProperty = (target, name, property) => {
  if (target === document) redefined.push(name);
  return define(target, name, property);
};
document.addEventListener("readystatechange", () => redefined.push(document.readyState));
"""


def test_htmx_begins_though_the_page_was_read_before_it_came(page: Page, site: RunningSite) -> None:
    page.add_init_script(WATCH)
    page.goto(site.url + UPDATE)
    assert page.evaluate("redefined") == ["interactive", "complete"], "the document says of itself what is so"
    settings = page.evaluate("htmx.config")
    assert settings["allowEval"] is settings["allowScriptTags"] is settings["historyEnabled"] is False
    assert settings["selfRequestsOnly"] is settings["disableInheritance"] is True
    assert (settings["timeout"], settings["defaultSettleDelay"]) == (620_000, 0)
    page.fill('[name="path.session"]', "cs_1")
    expect(page.locator("#snippet")).to_contain_text("cs_1")


def test_a_newer_request_ends_the_older_one(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    held: list[Route] = []
    ended: list[Request] = []
    page.route("**/search?q=*", lambda route: held.append(route))
    page.on("requestfailed", lambda request: ended.append(request))
    page.fill("#home-search", "check")
    while not held:
        page.wait_for_timeout(20)
    page.fill("#home-search", "checkout")
    while len(held) < 2 or not ended:
        page.wait_for_timeout(20)
    assert [request.url for request in ended] == [held[0].request.url]
    held[1].continue_()
    expect(page.locator("#results")).to_contain_text("checkout")


def test_nothing_of_the_page_can_be_reached_by_another_script(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    names = ["openStore", "choicesIn", "carriedBySend", "credentialFor", "readItem", "panel", "store", "api"]
    assert [name for name in names if page.evaluate(f"typeof {name}") != "undefined"] == []
    address = page.locator("body > script[src*='/assets/script-']").get_attribute("src")
    source = page.evaluate("async (address) => (await fetch(address)).text()", address)
    assert source.startswith('(()=>{"use strict";')
    assert "export{" not in source, "who imports it gets nothing"
