"""A scenario is made from forms, kept, edited, played with carried values, exported and opened again."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import RunningSite, hold, playground, says, wait_until
from tests.browser.test_accessibility import open_page
from tests.support.axe import violations_in_both_schemes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CREATE = "/providers/stripe/postcustomers"
SHOW = "/providers/stripe/getcustomerscustomer"


def make(page: Page, site: RunningSite) -> None:
    """Make a scenario of two steps: a customer, and the same customer read by its id."""
    page.goto(site.url + CREATE)
    page.fill('[name="body/email"]', "ada@example.com")
    page.select_option('[name="server"]', value="sandbox")
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 1")
    page.goto(site.url + SHOW)
    page.fill('[name="path.customer"]', "{{customer}}")
    page.select_option('[name="server"]', value="sandbox")
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 2")
    page.click("text=Open scenario")
    expect(page.locator(".scenario-steps > li")).to_have_count(2)


def edit(page: Page) -> None:
    page.fill("#scenario-title", "A customer, twice")
    page.fill("#step-1-note", "Make **one** customer.")
    page.fill("#step-1-take", "customer = /id")
    page.click("text=Save")
    expect(page.locator("#step-2-carried")).to_contain_text("{{customer}}")


def test_a_scenario_is_made_and_played_with_carried_values(page: Page, site: RunningSite) -> None:
    make(page, site)
    edit(page)
    page.reload()
    expect(page.locator("#scenario-title")).to_have_value("A customer, twice")
    page.locator(".scenario-tools [data-play]").click()
    bar = page.locator("#play-bar")
    expect(bar).to_contain_text("step 1 of 2")
    expect(bar.locator("strong")).to_have_text("one")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.click("#send")
    expect(bar.locator("dl.values dt")).to_have_text("customer")
    customer = bar.locator("dl.values dd").text_content() or ""
    assert customer == json.loads(page.text_content("#response-text") or "")["id"]
    bar.get_by_text("Next step").click()
    page.wait_for_url(re.compile("getcustomerscustomer"))
    expect(bar).to_contain_text("step 2 of 2")
    expect(page.locator('[name="path.customer"]')).to_have_value(customer)
    expect(page.locator(".live-url")).to_contain_text(f"/v1/customers/{customer}")
    page.click("#send")
    expect(page.locator(".status-line")).to_contain_text("200")
    bar.get_by_text("Finish").click()
    page.wait_for_url(re.compile("/scenarios$"))
    assert page.evaluate("sessionStorage.getItem('playground:play')") is None


def test_the_example_of_the_empty_page_is_played(page: Page, site: RunningSite) -> None:
    held: list[Route] = []
    script = re.compile(r"/assets/scenarios-[^/]*\.js")
    page.route(script, lambda route: held.append(route))
    with page.expect_request(script):
        page.goto(site.url + "/scenarios")
    expect(page.get_by_role("button", name="Play the example")).to_be_disabled()  # until its script has come
    held[0].continue_()
    page.unroute(script)
    page.get_by_role("button", name="Play the example").click()
    page.wait_for_url(re.compile("postcustomers"))
    bar = page.locator("#play-bar")
    expect(bar).to_contain_text("step 1 of 2")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.click("#send")
    expect(bar.locator("dl.values dt")).to_have_text("customer")
    bar.get_by_role("link", name="Next step").click()
    page.wait_for_url(re.compile("getcustomerscustomer"))
    expect(page.locator('[name="path.customer"]')).to_have_value(re.compile("^cus_"))
    page.click("#send")
    expect(page.locator("#response .status-line")).to_contain_text("200")
    # It is kept as one of the visitor's own, to change.
    page.goto(site.url + "/scenarios")
    expect(page.locator("#scenario-title")).to_have_value("A customer, twice")
    expect(page.locator(".scenario-example")).to_have_count(0)


def test_what_is_typed_just_before_a_reload_or_a_step_is_kept(page: Page, site: RunningSite) -> None:
    make(page, site)
    page.evaluate("setTimeout = () => 1")  # nothing is sent after a pause: only the browser knows what is typed
    page.fill("#scenario-title", "Typed in the last moment")
    page.fill("#step-2-note", "Read **it**.")
    page.reload()
    expect(page.locator("#scenario-title")).to_have_value("Typed in the last moment")
    expect(page.locator("#step-2-note")).to_have_value("Read **it**.")
    # A step that is added, and a link that is copied, take along what no server has seen yet.
    page.evaluate("setTimeout = () => 1")  # nothing is sent after a pause: only the browser knows what is typed
    page.fill("#step-1-note", "Made *first*.")
    page.goto(site.url + SHOW)
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 3")
    page.click("text=Open scenario")
    expect(page.locator("#step-1-note")).to_have_value("Made *first*.")
    page.fill("#step-3-note", "Once more.")
    with says(page, "Copied"):
        page.click("text=Copy link")
    code = (page.text_content("#scenario-link") or "").split("#v1=")[1]
    assert "Once more." in base64.urlsafe_b64decode(code + "==").decode()


def test_of_two_scenarios_opened_at_once_the_newer_is_open_and_neither_is_lost(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/scenarios")
    head = {"playground": "scenario", "version": 1, "steps": []}
    kept = [{"id": title, "text": json.dumps({**head, "title": title})} for title in ("One", "Two")]
    page.evaluate("kept => localStorage.setItem('playground:scenarios', JSON.stringify(kept))", kept)
    page.reload()
    expect(page.locator("#scenario-title")).to_have_value("One")
    let_go = hold(page, re.compile("/scenarios$"), most=1)
    with page.expect_request(lambda request: request.method == "POST"):
        page.click(".scenario-kept button:has-text('One')")
    page.click(".scenario-kept button:has-text('Two')")
    expect(page.locator("#scenario-title")).to_have_value("Two")
    let_go()
    page.reload()
    expect(page.locator("#scenario-title")).to_have_value("Two")
    expect(page.locator(".scenario-kept button")).to_have_text(["Two", "One"])


def test_steps_move_and_go(page: Page, site: RunningSite) -> None:
    make(page, site)
    page.locator("#step-2 >> text=Up").click()
    expect(page.locator("#step-1 a.path")).to_have_text("/v1/customers/{customer}")
    page.locator("#step-1 header >> text=Remove").click()
    expect(page.locator(".scenario-steps > li")).to_have_count(1)
    wait_until(page, "!localStorage.getItem('playground:scenarios').includes('getcustomerscustomer')")
    page.reload()
    expect(page.locator("#step-1 a.path")).to_have_text("/v1/customers")


def test_a_mistake_is_named_and_nothing_typed_is_lost(page: Page, site: RunningSite) -> None:
    make(page, site)
    page.fill("#step-1-take", "customer /id")
    expect(page.locator("#scenario [role=alert]")).to_contain_text("customer = /id")
    page.click("text=Save")
    expect(page.locator("#scenario [role=alert]")).to_contain_text("customer = /id")
    expect(page.locator("#step-1-take")).to_have_value("customer /id")


def test_a_file_and_a_link_bring_the_same_scenario(page: Page, site: RunningSite, tmp_path: Path) -> None:
    make(page, site)
    edit(page)
    with page.expect_download() as download:
        page.click("text=Download")
    assert download.value.suggested_filename == "a-customer-twice.json"
    file = tmp_path / "scenario.json"
    download.value.save_as(file)
    page.click("text=Copy link")
    link = page.text_content("#scenario-link") or ""
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#step-1-take")).to_have_value("customer = /id")
    page.evaluate("localStorage.clear()")
    page.goto(f"{site.url}/scenarios")
    page.set_input_files("#scenario-file", file)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator("#step-1-note")).to_have_value("Make **one** customer.")
    printed = playground("scenario", "run", str(file), environ=site.environ)
    assert re.findall(r"^(\d)\. .*: 200 OK", printed, re.MULTILINE) == ["1", "2"]


def test_a_credential_is_in_no_scenario(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/tour/fieldstext")
    page.click("#authentication > summary")
    for field in page.locator("#request input[type=password]").all():
        field.fill("canary-password")
    page.fill('[name="body/plain"]', "Ada")
    expect(page.locator("#snippet")).to_contain_text("Ada")
    assert "canary" not in page.content()
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 1")
    kept = page.evaluate("localStorage.getItem('playground:scenarios')")
    assert "Ada" in kept
    assert "canary" not in kept


def test_rubbish_in_storage_and_a_broken_link_open_an_empty_page(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/scenarios")
    page.evaluate('localStorage.setItem(\'playground:scenarios\', \'[1, {"id": 2}, {"id": "a", "text": "{"}]\')')
    page.goto("about:blank")
    page.goto(site.url + "/scenarios#v1=%%%")
    expect(page.locator(".scenario-kept li")).to_have_text(["Untitled"])
    expect(page.locator("#scenario [role=alert]")).to_contain_text("not valid JSON")


def test_storage_that_throws_loses_nothing_of_this_page(page: Page, site: RunningSite) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(site.url + CREATE)
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 1")
    page.click("[data-add-step]")
    expect(page.locator("[data-add-step]")).to_have_text("Added as step 2")


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_scenarios_are_accessible(browser: Browser, site: RunningSite, width: int) -> None:
    page = open_page(browser, "light", width)
    make(page, site)
    edit(page)
    assert not violations_in_both_schemes(page)
    page.locator(".scenario-tools [data-play]").click()
    expect(page.locator("#play-bar h2")).to_have_text("Create a customer")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.click("#send")
    expect(page.locator("#play-bar dl.values dt")).to_have_text("customer")
    assert not violations_in_both_schemes(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_a_scenario_is_played_by_keyboard(page: Page, site: RunningSite) -> None:
    make(page, site)
    edit(page)
    page.focus(".scenario-tools [data-play]")
    page.keyboard.press("Enter")
    expect(page.locator("#play-bar h2")).to_have_text("Create a customer")
    expect(page.locator('[name="body/email"]')).to_have_value("ada@example.com")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#play-bar dl.values dt")).to_have_text("customer")
    page.locator("#play-bar a", has_text="Next step").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#play-bar")).to_contain_text("step 2 of 2")


def test_demo_mode_blurs_secrets_and_stays(page: Page, site: RunningSite) -> None:
    make(page, site)
    page.locator(".scenario-tools [data-play]").click()
    expect(page.locator("#play-bar h2")).to_have_text("Create a customer")
    before = page.evaluate("getComputedStyle(document.querySelector('#play-bar h2')).fontSize")
    page.click("#play-bar [data-demo-mode]")
    expect(page.locator("#play-bar [data-demo-mode]")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.querySelector('#play-bar h2')).fontSize") > before
    expect(page.locator(".site-footer")).to_have_count(0)
    expect(page.locator("nav.operations")).to_be_hidden()
    page.click("#authentication > summary")
    blur = "getComputedStyle(document.querySelector('#credentials [data-part=token]')).filter"
    assert page.evaluate(blur) == "blur(5px)"
    page.reload()
    expect(page.locator("#play-bar [data-demo-mode]")).to_have_attribute("aria-pressed", "true")
    page.click("#play-bar [data-demo-mode]")
    assert page.evaluate("document.documentElement.dataset.demo") is None
