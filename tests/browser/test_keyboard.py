"""Without a mouse: the sheet of keys, keys that rest while one types, the whole Stripe story, and no trap."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import RunningSite, says
from tests.support.rows import crossed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name || document.activeElement.id")
    return name


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


@pytest.mark.parametrize(("path", "key"), crossed(["/", "/providers/stripe", UPDATE], ["?", "Control+/"]))
def test_a_key_shows_the_list_and_hides_it(page: Page, site: RunningSite, path: str, key: str) -> None:
    page.goto(site.url + path)
    page.keyboard.press(key)
    sheet = page.locator("#shortcuts")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Search operations and APIs")
    assert page.evaluate("document.querySelector('#shortcuts').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press(key)
    expect(sheet).to_be_visible()
    page.keyboard.press("Control+/")
    expect(sheet).to_be_hidden()


def test_keys_that_print_rest_while_one_types(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    field = page.locator('[name="path.session"]')
    field.press_sequentially("a?/b")
    expect(field).to_have_value("a?/b")
    expect(page.locator("#shortcuts")).to_be_hidden()
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+/")
    expect(page.locator("#shortcuts")).to_be_visible()


def test_keys_that_print_can_be_turned_off_for_good(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/")
    page.keyboard.press("?")
    page.locator("[data-single-keys]").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.goto(site.url + "/providers")
    page.keyboard.press("?")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    expect(page.locator("#shortcuts")).to_be_hidden()
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+/")
    expect(page.locator("[data-single-keys]")).not_to_be_checked()


def test_one_sheet_at_a_time(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Control+/")
    page.wait_for_timeout(300)
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_escape_gives_up_a_send(page: Page, site: RunningSite) -> None:
    held: list[Route] = []
    page.route("**/send", lambda route: held.append(route))
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sending]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-sending]")).to_have_count(0)
    assert len(held) == 1
    page.unroute("**/send")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")


def test_keys_copy_and_save_an_answer_and_keep_the_request(
    context: BrowserContext, page: Page, site: RunningSite
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.url + UPDATE)
    page.keyboard.press("Control+.")  # nothing to copy yet, and nothing happens
    page.fill('[name="path.session"]', "cs_copied")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    with says(page, "Copied"):
        page.keyboard.press("Control+.")
    assert '"id": "cs_copied"' in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.keyboard.press("Control+j")
    assert download.value.suggested_filename == "postcheckoutsessionssession.json"
    assert json.loads(download.value.path().read_text())["id"] == "cs_copied"
    page.keyboard.press("Control+s")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 1")


def test_the_stripe_story_without_a_mouse(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/")
    page.keyboard.press("/")
    expect(page.locator("#palette-field")).to_be_focused()
    page.keyboard.type("update a checkout")
    expect(page.locator("#palette-found [role=option]").first).to_contain_text("Update a Checkout Session")
    expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("Update a Checkout Session")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{UPDATE}")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip").first).to_be_focused()
    page.keyboard.press("Enter")
    # Credentials first.
    tab_to(page, "summary:has-text('Authentication')")
    page.keyboard.press("Enter")
    expect(page.locator("#credentials [data-part]:visible").first).to_be_visible()
    tab_to(page, "#credentials [data-part]")
    page.keyboard.type("sk_test_keyboard")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    # The form: a path parameter, a row of a map.
    tab_to(page, '[name="path.session"]')
    page.keyboard.type("cs_keys")
    tab_to(page, '[name="~add"][value="body/metadata"]')
    page.keyboard.press("Enter")
    expect(page.locator('[name="body/metadata~key/0"]')).to_be_focused()
    page.keyboard.type("order")
    tab_to(page, '[name="body/metadata~value/0"]')
    page.keyboard.type("6735")
    expect(page.locator("#snippet")).to_contain_text("metadata: { order: '6735' }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    # The focus stayed where one typed; the answer is announced, not jumped to.
    assert focused(page) == "body/metadata~value/0"
    tab_to(page, "[name=target]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#snippet")).to_contain_text("curl")


def test_tab_leaves_every_field_and_comes_round(page: Page, site: RunningSite) -> None:
    """No trap: from the first element, Tab leads past the last and back to the beginning; Shift+Tab back again."""
    page.goto(site.url + UPDATE)
    page.keyboard.press("Tab")
    expect(page.locator("a.skip").first).to_be_focused()
    seen = 0
    for _ in range(400):
        page.keyboard.press("Tab")
        seen += 1
        if page.evaluate(
            "document.activeElement === document.body || document.activeElement.matches('a.skip[href=\"#main\"]')"
        ):
            break
    else:
        raise AssertionError("Tab never came round")
    assert seen > 30
    textarea = page.locator("textarea:visible").first
    if textarea.count():
        textarea.focus()
        page.keyboard.press("Shift+Tab")
        expect(textarea).not_to_be_focused()
