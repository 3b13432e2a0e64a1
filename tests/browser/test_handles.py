"""Every value of an answer is a handle: from answer to answer through an API by what its values fit."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, says
from tests.browser.test_accessibility import open_page
from tests.support.axe import violations_in_both_schemes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def to_sandbox(page: Page) -> None:
    page.select_option('[name="server"]', value="sandbox")


def use(page: Page, address: str, title: str) -> None:
    """Point at a value of the answer, press its button, and press the operation that it fits."""
    node = page.locator(f'#answer-view [data-address="{address}"]')
    node.hover()
    node.get_by_role("button", name="Use", exact=True).click()
    page.locator("#answer-value .uses").get_by_role("button", name=title).first.click()


def address_of(page: Page, name: str) -> str:
    node = page.locator("#answer-view [role=treeitem]").filter(has=page.locator(f'> .k:text-is("\\"{name}\\"")'))
    return node.first.get_attribute("data-address") or ""


def answer(page: Page) -> dict[str, object]:
    read: dict[str, object] = json.loads(page.locator("#response-text").text_content() or "")
    return read


def test_the_stripe_story_goes_from_answer_to_answer(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe/postcustomers")
    to_sandbox(page)
    page.fill('[name="body/email"]', "ada@example.com")
    page.click("#send")
    expect(page.locator("#response .pill").first).to_contain_text("200")
    customer = str(answer(page)["id"])

    # The customer is read, for the same server, without anything typed or copied.
    use(page, address_of(page, "id"), "Retrieve a customer")
    page.wait_for_url(re.compile("/getcustomerscustomer$"))
    expect(page.locator('[name="path.customer"]')).to_have_value(customer)
    expect(page.locator('[name="server"]')).to_have_value("sandbox")
    expect(page.locator("#response .pill").first).to_contain_text("200")
    assert answer(page)["id"] == customer

    # And pays: a payment intent is made for it, and that one is confirmed.
    use(page, address_of(page, "id"), "Create a PaymentIntent")
    page.wait_for_url(re.compile("/postpaymentintents$"))
    expect(page.locator('[name="body/customer"]')).to_have_value(customer)
    expect(page.locator("#response .status-line")).to_have_count(0)
    page.fill('[name="body/amount"]', "1200")
    page.fill('[name="body/currency"]', "eur")
    page.click("#send")
    expect(page.locator("#response .pill").first).to_contain_text("200")
    intent = str(answer(page)["id"])
    assert answer(page)["customer"] == customer
    use(page, address_of(page, "id"), "Confirm a PaymentIntent")
    page.wait_for_url(re.compile("intentconfirm$"))
    expect(page.locator('[name="path.intent"]')).to_have_value(intent)
    assert customer not in page.url
    page.click("#send")
    expect(page.locator("#response .pill").first).to_contain_text("200")
    assert answer(page)["id"] == intent


def test_a_handle_is_copied_and_taken_into_a_scenario(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe/getcustomers")
    to_sandbox(page)
    page.click("#send")
    expect(page.locator("#answer-view .tree")).to_be_visible()
    page.get_by_text("Use a value").click()
    page.get_by_label("JSON Pointer").fill("/data/0/id")
    page.locator("#use-value").get_by_role("button", name="Show").click()
    card = page.locator("#answer-value")
    expect(card.locator("#handle-path")).to_have_text("$['data'][0]['id']")
    with says(page, "Copied"):
        card.get_by_role("button", name="Copy JSON Pointer").click()
    card.get_by_role("button", name="Take into scenario").click()
    expect(card.get_by_role("button", name="Taken")).to_be_visible()
    kept = json.loads(page.evaluate("localStorage.getItem('playground:scenarios')"))
    steps = json.loads(kept[0]["text"])["steps"]
    assert steps == [{"operation": "stripe/getcustomers", "take": {"id": "/data/0/id"}}]
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_empty()


def test_a_field_of_a_table_is_a_handle_too(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe/getcustomers")
    to_sandbox(page)
    page.click("#send")
    page.get_by_role("button", name="Table", exact=True).click()
    field = page.locator("#answer-view .data tbody td[data-address]").first
    field.hover()
    field.get_by_role("button", name="Use", exact=True).click()
    expect(page.locator("#handle-pointer")).to_have_text(re.compile(r"^/data/0/\w+$"))


def test_a_further_page_fills_in_and_sends(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe/getcustomers")
    to_sandbox(page)
    page.fill('[name="query.limit"]', "1")
    page.click("#send")
    expect(page.get_by_role("button", name="Next page")).to_be_visible()
    first = answer(page)
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("button", name="Previous page")).to_be_visible()
    assert page.input_value('[name="query.starting_after"]') == first["data"][0]["id"]  # type: ignore[index]
    assert answer(page)["data"] != first["data"]


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_what_can_be_done_with_an_answer_has_no_violations(browser: Browser, site: RunningSite, width: int) -> None:
    page = open_page(browser, "light", width)
    page.goto(site.url + "/providers/stripe/getcustomers")
    to_sandbox(page)
    page.click("#send")
    page.get_by_text("Use a value").click()
    page.get_by_label("JSON Pointer").fill("/data/0/id")
    page.locator("#use-value").get_by_role("button", name="Show").click()
    expect(page.locator("#answer-value .uses")).to_be_visible()
    page.locator(".answer-tools").get_by_text("Compare", exact=True).click()
    page.get_by_role("button", name="With the documented example").click()
    expect(page.locator("#comparison .changes")).to_be_visible()
    page.get_by_text("Support bundle").click()
    page.click("#history > summary")
    expect(page.locator("#history ol > li")).to_have_count(1)
    assert violations_in_both_schemes(page, ".output") == []
    page.goto(site.url + "/history")
    expect(page.locator("#history ol > li")).to_have_count(1)
    assert violations_in_both_schemes(page) == []
    page.context.close()
