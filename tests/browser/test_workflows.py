"""An Arazzo document is pasted and played, a value taken; variables are typed once and hold on other pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite
from tests.browser.test_accessibility import open_page
from tests.support.axe import violations_in_both_schemes
from tests.web.scenarios.test_workflows import document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def opened(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/scenarios")
    page.click(".scenario-paste summary")
    page.fill(".scenario-paste textarea", document())
    page.click(".scenario-paste button")
    page.fill("[name='input.email']", "ada@example.com")


def test_a_workflow_is_played_and_a_value_of_its_answer_becomes_an_output(page: Page, site: RunningSite) -> None:
    opened(page, site)
    page.click(".workflow-tools .primary")
    bar = page.locator("#play-bar")
    expect(bar.locator("h2")).to_have_text("make")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.click("#send")
    expect(bar.locator(".judged .good")).to_have_count(2)
    page.get_by_text("Use a value").click()
    page.get_by_label("JSON Pointer").fill("/email")
    page.locator("#use-value").get_by_role("button", name="Show").click()
    card = page.locator("#answer-value")
    card.get_by_role("button", name="Take into scenario").click()
    expect(card.get_by_role("button", name="Taken")).to_be_visible()
    page.locator("#play-bar .primary").click()
    expect(page.locator("[name='path.customer']")).not_to_have_value("")
    page.click("#send")
    expect(bar.locator(".judged .good")).to_have_count(1)
    page.locator("#play-bar .primary").click()
    expect(page.locator(".run-results header strong")).to_have_text("passed")
    expect(page.locator(".scenario-steps").get_by_text("$response.body#/email", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_a_workflows_page_is_accessible(browser: Browser, site: RunningSite, width: int) -> None:
    page = open_page(browser, "light", width)
    opened(page, site)
    assert not violations_in_both_schemes(page)
    page.click(".workflow-tools .primary")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.click("#send")
    expect(page.locator("#play-bar .judged .good")).to_have_count(2)
    page.click("#variables > summary")
    assert not violations_in_both_schemes(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_variables_are_typed_once_and_hold_for_the_api(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe/getcustomerscustomer")
    page.click("#variables > summary")
    page.fill("#variables-text", "account = cus_1\n[live]\naccount = cus_9")
    page.fill("[name='path.customer']", "{{account}}")
    expect(page.locator("#live-url")).to_contain_text("/customers/cus_1")
    page.click("#authentication > summary")
    page.locator("[data-environment][data-drawn]").wait_for()
    page.fill("[data-environment]", "live")
    page.locator("[data-environment]").blur()
    expect(page.locator("#variables-environment")).to_have_value("live")
    expect(page.locator("#live-url")).to_contain_text("/customers/cus_9")
    page.goto(site.url + "/providers/stripe/postcustomerscustomer")
    expect(page.locator("[data-variables-state]")).to_have_text("live")
    page.fill("[name='path.customer']", "{{account}}")
    expect(page.locator("#live-url")).to_contain_text("/customers/cus_9")
    page.fill("[name='path.customer']", "{{gone}}")
    page.click("#problems summary")
    page.click("#problems a[href='#variables-text']")
    expect(page.locator("#variables-text")).to_be_visible()
