"""How the scripts of a page begin: htmx by its own interface, and everything of ours out of other scripts' reach."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.conftest import RunningSite, wait_until

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
    page.mouse.move(300, 300)
    wait_until(page, "typeof htmx !== 'undefined' && !document.body.hasAttribute('hx-disable')")
    assert page.evaluate("redefined") == ["interactive", "complete"], "the document says of itself what is so"
    settings = page.evaluate("htmx.config")
    assert settings["allowEval"] is settings["allowScriptTags"] is settings["historyEnabled"] is False
    assert settings["selfRequestsOnly"] is settings["disableInheritance"] is True
    assert (settings["timeout"], settings["defaultSettleDelay"]) == (620_000, 0)
    page.fill('[name="path.session"]', "cs_1")
    expect(page.locator("#snippet")).to_contain_text("cs_1")


def test_htmx_looks_at_no_element_of_the_page_before_it_is_set(page: Page, site: RunningSite) -> None:
    page.add_init_script(
        "window.cleaned = []; addEventListener('htmx:beforeCleanupElement', ({ target }) => cleaned.push(target), true)"
    )
    page.goto(site.url + UPDATE)
    page.mouse.move(300, 300)
    wait_until(page, "typeof htmx !== 'undefined' && !document.body.hasAttribute('hx-disable')")
    assert page.evaluate("cleaned.length === 1 && cleaned[0] === document.body")
    assert page.evaluate("!Object.hasOwn(document.body, 'children') && document.body.children.length > 1")


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
    page.focus(SESSION)
    wait_until(page, "typeof htmx !== 'undefined'")
    names = ["openStore", "choicesIn", "carriedBySend", "credentialFor", "readItem", "panel", "store", "api"]
    assert [name for name in names if page.evaluate(f"typeof {name}") != "undefined"] == []
    address = page.locator("body > script[src*='/assets/script-']").get_attribute("src")
    source = page.evaluate("async (address) => (await fetch(address)).text()", address)
    assert source.startswith('(()=>{"use strict";')
    assert "export{" not in source, "who imports it gets nothing"


SCRIPTS = re.compile(r"/assets/(htmx|script|credentials|following)-")
SESSION = '[name="path.session"]'
OWN = "() => { window.isTheSamePage = true; }"


def open_held(page: Page, url: str) -> list[Route]:
    """Open a page whose scripts do not come before the test lets them; return what is held."""
    held: list[Route] = []
    page.route(SCRIPTS, lambda route: held.append(route))
    page.goto(url)
    page.evaluate(OWN)
    return held


def let_them_come(page: Page, held: list[Route]) -> None:
    page.route(SCRIPTS, lambda route: route.continue_())
    for route in held:
        route.continue_()


def test_a_first_visit_asks_for_no_script_before_something_is_done(page: Page, site: RunningSite) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + UPDATE)
    expect(page.locator("html")).not_to_have_attribute("data-soon", "")
    assert [url for url in asked if SCRIPTS.search(url)] == []
    assert page.evaluate("typeof htmx") == "undefined"
    page.mouse.move(300, 300)
    wait_until(page, "typeof htmx !== 'undefined'")
    assert page.evaluate("document.body.hasAttribute('hx-disable')") is False
    page.reload()
    assert page.evaluate("typeof htmx") == "object", "who comes back has them when the page is read"


def test_what_was_kept_before_is_there_without_anything_done(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill(SESSION, "cs_1")
    wait_until(page, "Object.keys(localStorage).some((key) => key.startsWith('playground:draft'))")
    page.goto(site.url + UPDATE)
    expect(page.locator("#snippet")).to_contain_text("cs_1")


def sent(page: Page) -> None:
    page.fill(SESSION, "cs_1")
    page.click("#send")


def entered(page: Page) -> None:
    page.fill(SESSION, "cs_1")
    page.press(SESSION, "Enter")


def commanded(page: Page) -> None:
    page.fill(SESSION, "cs_1")
    page.keyboard.press("Control+Enter")


def looked_up(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("customers")


def looked_for_a_language(page: Page) -> None:
    page.click(".more-targets summary")
    page.keyboard.type("faraday")


EARLY: dict[str, tuple[Callable[[Page], None], str]] = {
    "Send": (sent, "#response :is(.status-line, .failed)"),
    "Enter in a field": (entered, "#response :is(.status-line, .failed)"),
    "Ctrl+Enter": (commanded, "#response :is(.status-line, .failed)"),
    "typing": (lambda page: page.locator(SESSION).press_sequentially("cs_9"), "#snippet:has-text('cs_9')"),
    "the palette": (looked_up, "#palette-found [role=option]"),
    "a search": (lambda page: page.fill("[data-search]", "customers"), "#palette-found [role=option]"),
    "the keys": (lambda page: page.keyboard.press("?"), "#shortcuts[open]"),
    "the keys, by a link": (lambda page: page.click("[data-shortcuts]"), "#shortcuts[open]"),
    "a filter": (
        lambda page: page.fill("#navigation [name=q]", "customers"),
        "#navigation-list:not(:has-text('Checkout'))",
    ),
    "a list": (
        lambda page: page.click("#navigation details summary >> nth=0"),
        "#navigation details[open] li:has(.method)",
    ),
    "a language": (lambda page: page.check("[value=shell_curl]", force=True), "#snippet:has-text('curl ')"),
    "one of many languages": (looked_for_a_language, ".more-targets label[hidden]:has-text('R, httr2')"),
    "a copy": (
        lambda page: page.click("[data-copy='#snippet-text']"),
        "[data-copy='#snippet-text'][data-before]",  # what it says now, it says for a moment only
    ),
    # Before that nothing can be typed into it that would give way to the form's values.
    "the raw view": (
        lambda page: page.click("label[for=body-as-raw], label:has(#body-as-raw)"),
        "#body-raw:not([readonly])",
    ),
    "the key": (lambda page: page.click("details:has(#credentials) > summary"), "#credentials:not([hidden])"),
    "the theme": (lambda page: page.click("[data-theme-toggle]"), "html[data-theme=dark]"),
}


@pytest.mark.parametrize("deed", EARLY)
def test_what_is_done_before_the_scripts_come_is_done_when_they_are_there(
    page: Page, site: RunningSite, deed: str
) -> None:
    do, shown = EARLY[deed]
    held = open_held(page, site.url + UPDATE)
    do(page)
    wait_until(page, "document.querySelectorAll('body > script').length > 0")
    assert page.locator(shown).count() == 0
    let_them_come(page, held)
    expect(page.locator(shown).first).to_be_attached()
    assert page.evaluate("window.isTheSamePage"), "nothing made the browser leave the page"


def test_a_file_that_is_dropped_before_the_scripts_come_is_opened_when_they_are_there(
    browser: Browser, site: RunningSite
) -> None:
    context = browser.new_context()  # that it is no bundle is an answer of 422, which the console tells of
    page = context.new_page()
    held = open_held(page, site.url + UPDATE)
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["{}"], "bundle.json"));
          const drag = (type) => new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
          if (!document.body.dispatchEvent(drag("dragover"))) document.body.dispatchEvent(drag("drop"));
        }"""
    )
    wait_until(page, "document.querySelectorAll('body > script').length > 0")
    let_them_come(page, held)
    page.wait_for_url(site.url + "/answers/open")
    context.close()


def test_where_the_scripts_do_not_come_the_page_works_as_without_any(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.route(SCRIPTS, lambda route: route.abort())
        page.goto(site.url + UPDATE)
        page.fill(SESSION, "cs_1")
        page.click("#send")
        expect(page.locator("#response :is(.status-line, .failed)")).to_be_visible()
        expect(page.locator(SESSION)).to_have_value("cs_1")
    finally:
        context.close()
