"""The sandbox in a browser: what is made on the page is in the copied curl command too, and for no one else."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import RunningSite
from tests.support.needs import needs

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CREATE, READ = "/providers/stripe/postcustomers", "/providers/stripe/getcustomerscustomer"


def send(page: Page) -> None:
    page.click("#send")
    expect(page.locator("#response .status-line")).to_contain_text(re.compile(r"\d{3}"))


def create(page: Page, site: RunningSite) -> str:
    """Make a customer on the page; return its key as the pane of the sandbox's data says it."""
    page.goto(site.url + CREATE)
    page.fill('[name="body/email"]', "ada@example.com")
    send(page)
    page.click("[data-sandbox][value=data]")
    kept = page.locator("#sandbox-data-set")
    expect(kept).to_contain_text("cus_")
    customers = json.loads(kept.text_content() or "")["collections"]["/v1/customers"]
    return str(customers[-1]["id"])


def curl_of(page: Page) -> str:
    if page.locator("[name=target][value=shell_curl]").count():
        page.locator("label:has([name=target][value=shell_curl])").click()
    expect(page.locator("#snippet code").first).to_contain_text("curl")
    expect(page.locator("#snippet")).to_contain_text("Playground-Visitor")
    return page.locator("#snippet code").first.text_content() or ""


@needs("curl")
def test_a_customer_made_on_the_page_is_read_by_the_copied_command(page: Page, site: RunningSite) -> None:
    key = create(page, site)
    page.goto(site.url + READ)
    page.fill('[name="path.customer"]', key)
    expect(page.locator("#live-url")).to_have_attribute("title", f"{site.url}/sandbox/stripe/v1/customers/{key}")
    command = curl_of(page)
    variables = dict.fromkeys(re.findall(r"\$\{?([A-Z_]+)", command), "sk_test_1")
    silent = ["sh", "-c", command.replace("curl", "curl -s", 1)]
    done = subprocess.run(silent, capture_output=True, text=True, check=True, env={**os.environ, **variables})
    assert json.loads(done.stdout[done.stdout.index("{") :])["email"] == "ada@example.com"
    send(page)
    expect(page.locator("#response")).to_contain_text("ada@example.com")


def test_another_browser_sees_nothing_of_it_and_reset_forgets_it(
    page: Page, context: BrowserContext, site: RunningSite
) -> None:
    key = create(page, site)
    browser = context.browser
    assert browser is not None
    stranger = browser.new_context()
    other = stranger.new_page()
    other.goto(site.url + CREATE)
    other.click("[data-sandbox][value=data]")
    expect(other.locator("#sandbox-data")).to_contain_text("Nothing is kept yet")
    stranger.close()
    page.click("[data-sandbox][value=reset]")
    expect(page.locator("#sandbox-data")).to_contain_text("forgotten")
    expect(page.locator("#sandbox-data")).not_to_contain_text(key)
    assert context.cookies() == []


def test_an_outcome_is_chosen_beside_the_server(page: Page, site: RunningSite) -> None:
    page.goto(site.url + READ)
    page.fill('[name="path.customer"]', "cus_1")
    page.locator("label:has([name=target][value=shell_curl])").click()
    page.fill('[name="~prefer-more"]', "code=404")
    expect(page.locator("#snippet")).to_contain_text("code=404")
    page.click("#send")
    expect(page.locator("#response .status-line")).to_contain_text("404")


def test_a_link_brings_a_data_set(page: Page, site: RunningSite) -> None:
    # Named data sets are kept by `playground sandbox load`; a link that names none says so.
    page.goto(f"{site.url}{CREATE}?data-set=none")
    expect(page.locator("#servers")).to_have_attribute("open", "")
    expect(page.locator("#sandbox-data")).to_contain_text("no data set of that name")
