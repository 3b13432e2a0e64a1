"""A pasted command fills the form, its credential goes to the panel: not into the page, a draft or a link."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import RunningSite, wait_for_draft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
SECRET = "sk_test_canary/4711=="
CURL = (
    "curl https://api.stripe.com/v1/checkout/sessions/cs_ü1 \\\n"
    f"  -H 'Authorization: Bearer {SECRET}' \\\n"
    "  -H 'X-Odd: 1' \\\n"
    "  -d 'metadata[order]=6735'"
)


def paste(page: Page, text: str) -> None:
    page.click("text=Paste a request")
    page.fill("#paste", text)
    page.click("text=Fill in the form")


def everywhere(page: Page) -> str:
    """All the page, its fields, its address and its storage hold; the panel's own inputs left out."""
    return str(
        page.evaluate(
            """() => {
              const all = [...document.querySelectorAll("input, textarea, select")];
              const inputs = all.filter((one) => !one.closest("#credentials"));
              return document.documentElement.outerHTML + inputs.map((one) => one.value).join("\\n") + location.href
                + JSON.stringify({...localStorage, ...sessionStorage});
            }"""
        )
    )


def test_a_curl_command_fills_the_form_and_its_token_goes_to_the_panel(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    paste(page, CURL)
    expect(page.locator('[name="path.session"]')).to_have_value("cs_ü1")
    expect(page.locator('[name="server"]')).to_have_value("https://api.stripe.com")
    expect(page.locator("#snippet")).to_contain_text("6735")
    expect(page.locator("#pasted")).to_contain_text("X-Odd")
    expect(page.locator("#pasted").get_by_text("it is now in Authentication")).to_be_visible()
    token = page.locator('[data-scheme="bearerAuth"] [data-part="token"]')
    expect(token).to_be_visible()
    expect(token).to_have_value(SECRET)
    expect(page.locator("#paste")).to_have_value("")
    page.click("text=Copy link")
    page.wait_for_timeout(600)
    seen = everywhere(page)
    assert "canary" not in seen
    assert "canary" not in page.evaluate(
        "atob(location.hash.slice(4).split('.')[0].replaceAll('-', '+').replaceAll('_', '/'))"
    )
    assert "canary" not in site.log.read_text()
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    assert SECRET in page.evaluate("localStorage.getItem('utdk_local_credentials')")


def test_a_user_name_and_password_are_put_apart(page: Page, site: RunningSite) -> None:
    basic = base64.b64encode("mé:pass:wörd".encode()).decode()
    page.goto(site.url + UPDATE)
    paste(page, f"curl https://api.stripe.com/v1/checkout/sessions/cs_1 -d a=1 -H 'Authorization: Basic {basic}'")
    expect(page.locator('[data-scheme="basicAuth"] [data-part="username"]')).to_have_value("mé")
    expect(page.locator('[data-scheme="basicAuth"] [data-part="password"]')).to_have_value("pass:wörd")


def test_a_header_no_scheme_describes_becomes_a_custom_header(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    paste(page, f"curl https://api.stripe.com/v1/checkout/sessions/cs_1 -d a=1 -H 'X-Api-Key: {SECRET}'")
    expect(page.locator("[data-part=header-name]")).to_have_value("X-Api-Key")
    expect(page.locator("[data-part=header-value]")).to_have_value(SECRET)
    assert "canary" not in everywhere(page)


@pytest.mark.parametrize("start", ["/providers/stripe", "/providers/stripe/getcustomers"])
def test_a_command_for_another_operation_goes_to_its_page(page: Page, site: RunningSite, start: str) -> None:
    page.goto(site.url + start)
    paste(page, CURL)
    expect(page).to_have_url(re.compile(re.escape(UPDATE) + "$"))
    expect(page.locator('[name="path.session"]')).to_have_value("cs_ü1")
    expect(page.locator('[data-scheme="bearerAuth"] [data-part="token"]')).to_have_value(SECRET)
    expect(page.locator("#pasted")).to_contain_text("X-Odd")
    assert "canary" not in everywhere(page)


def test_a_text_is_taken_along_by_who_is_faster_than_the_script(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe")
    asked: list[Route] = []

    def never_the_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.route(f"**{page.locator('[data-paste]').get_attribute('data-paste')}", never_the_first)
    paste(page, CURL)
    expect(page).to_have_url(re.compile(re.escape(UPDATE) + "$"))
    expect(page.locator('[name="path.session"]')).to_have_value("cs_ü1")
    assert len(asked) == 2


def test_a_draft_does_not_come_over_what_was_pasted(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_draft")
    wait_for_draft(page, "cs_draft")
    page.goto(site.url + "/providers/stripe")
    paste(page, CURL)
    expect(page.locator('[name="path.session"]')).to_have_value("cs_ü1")
    wait_for_draft(page, "cs_ü1")
    page.reload()
    expect(page.locator('[name="path.session"]')).to_have_value("cs_ü1")


def test_what_cannot_be_read_is_said_and_keeps_the_text(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_kept")
    paste(page, "this is a poem")
    expect(page.locator("#pasted")).to_contain_text("This is no curl command")
    expect(page.locator("#paste")).to_have_value("this is a poem")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_kept")


def test_a_body_alone_keeps_the_other_fields(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_kept")
    paste(page, '{"metadata": {"order": "6735"}}')
    expect(page.locator("#snippet")).to_contain_text("6735")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_kept")
