"""The palette, search as one types, long lists and links of other viewers, by keyboard in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_until
from tests.support.axe import violations_in_both_schemes
from tests.support.needs import free_port
from tests.support.pages import document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
CUSTOMERS = "/providers/stripe/getcustomers"
FIELD = "#palette-field"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("palette")
    environ = environ_for(folder)
    paths = {
        f"/things/{place}": {"get": {"operationId": f"readThing{place}", "tags": [f"tag{place % 3}"]}}
        for place in range(400)
    }
    (folder / "many.json").write_text(json.dumps(document(paths, title="Many things")))
    playground("add", "space/many", str(folder / "many.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def active(page: Page) -> str:
    """Return the text of the option that the combobox names, as a screen reader would read it."""
    return str(
        page.evaluate(
            """() => {
              const field = document.querySelector("#palette-field");
              const option = document.getElementById(field.getAttribute("aria-activedescendant") ?? "");
              const meant = option?.getAttribute("aria-selected") === "true";
              return meant ? option.textContent.replace(/\\s+/g, " ").trim() : "";
            }"""
        )
    )


def type_and_wait(page: Page, text: str) -> None:
    """Type into the open palette and wait until an option is meant."""
    page.fill(FIELD, text)
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", re.compile("palette-(api|operation)-"))


def recent(page: Page) -> list[str]:
    return [str(load) for load in json.loads(page.evaluate("localStorage.getItem('playground:recent') ?? '[]'"))]


def test_the_palette_is_worked_by_keyboard_alone(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.focus("#gateway-url")
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator("#palette-list [aria-label='Operations of Stripe API'] [role=option]")).to_have_count(12)
    expect(page.locator(FIELD)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", "palette-here-1")
    page.keyboard.type("list all cust")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#palette [role=status]")).to_have_text(re.compile(r"^\d+ (of \d+ )?operations?$"))
    first = active(page)
    assert "List all customers" in first
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()
    expect(page.locator("#gateway-url")).to_be_focused()
    page.keyboard.press("Control+k")
    type_and_wait(page, "customers")
    options = page.locator("#palette-found [role=option]").all()
    seen = [active(page)]
    for _ in options[1:]:
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
    assert all(seen)
    assert len(set(seen)) == len(options)
    page.keyboard.press("ArrowDown")
    assert active(page) == seen[0]
    page.keyboard.press("ArrowUp")
    assert active(page) == seen[-1]
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    href = page.locator("[aria-selected=true]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}{href}")


def test_a_slash_opens_it_where_one_is_not_typing(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.focus("#gateway-url")
    page.keyboard.press("End")
    page.keyboard.press("/")
    expect(page.locator("#palette")).not_to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).not_to_be_visible()


def test_the_header_opens_it_with_what_was_typed(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    page.focus("#site-search")
    expect(page.locator("#palette")).not_to_be_visible()
    page.keyboard.type("ping")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("ping")
    page.wait_for_selector("#palette-operation-1")
    page.keyboard.press("Escape")
    page.click("#site-search")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator("#palette-found [role=option]")).to_have_count(0)
    page.click("[data-close]")
    expect(page.locator("#palette")).not_to_be_visible()


def test_the_same_words_twice_are_answered_twice(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    for _ in range(2):
        page.keyboard.press("Control+k")
        type_and_wait(page, "customers")
        assert "stripe" in active(page)
        page.keyboard.press("Escape")


def test_what_is_typed_before_the_script_came_is_found(page: Page, site: RunningSite) -> None:
    held: list[Route] = []
    script = re.compile(r"/assets/palette-[^/]*\.js")
    page.route(script, lambda route: held.append(route))
    page.goto(site.url)
    with page.expect_request(script):
        page.keyboard.press("Control+k")
    page.fill(FIELD, "customers")
    expect(page.locator("#palette-found [role=option]").first).to_be_attached()
    held[0].continue_()
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", re.compile("palette-(api|operation)-"))
    expect(page.locator("#palette [role=status]")).to_have_text(re.compile(r"operations?$"))


def test_enter_before_the_answer_goes_to_the_search_page(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    page.keyboard.press("Control+k")
    type_and_wait(page, "customers")
    held: list[Route] = []
    page.route(
        "**/search?*q=products*",
        lambda route: held.append(route) if "hx-request" in route.request.headers else route.continue_(),
    )
    page.fill(FIELD, "products")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/search?q=products")
    expect(page.locator("#results")).to_contain_text("List all products")


def test_what_was_visited_stands_first(page: Page, site: RunningSite) -> None:
    for path in (UPDATE, CUSTOMERS, UPDATE, "/providers/space/many/readthing1"):
        page.goto(site.url + path)
    assert recent(page) == ["space/many/readthing1", "stripe/postcheckoutsessionssession", "stripe/getcustomers"]
    page.goto(site.url)
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", "palette-recent-1")
    assert active(page) == "GETRead thing1space/many · /things/1"
    page.keyboard.type("cust")
    expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", "palette-recent-3")
    assert active(page) == "GETList all customersstripe · /v1/customers"
    page.keyboard.press("Enter")
    page.wait_for_url(site.url + CUSTOMERS)
    for place in range(12):
        page.goto(f"{site.url}/providers/space/many/readthing{place}")
    assert recent(page) == [f"space/many/readthing{place}" for place in range(11, 3, -1)]


@pytest.mark.parametrize(
    "rubbish",
    [
        "{",
        '"x"',
        "{}",
        "[1, null, {}, [], true]",
        '["../../x", "a/../b", "//evil.example", "javascript:alert(1)", "", "/"]',
    ],
    ids=["cut", "text", "object", "mixed", "addresses"],
)
def test_rubbish_in_storage_is_nothing(page: Page, site: RunningSite, rubbish: str) -> None:
    page.goto(site.url)
    page.evaluate("text => localStorage.setItem('playground:recent', text)", rubbish)
    page.goto(site.url + "/providers")
    page.keyboard.press("Control+k")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator("[data-recent]")).to_have_count(1)
    expect(page.locator("#palette-start [role=option]")).to_have_count(0)
    page.goto(site.url + CUSTOMERS)
    assert recent(page) == ["stripe/getcustomers"]


def test_names_in_storage_that_lead_to_nothing_are_left_out(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    names = ["<img src=x onerror=alert(1)>/a?b#c", "stripe/gone", "stripe/getcustomers", "space/many"]
    page.evaluate("names => localStorage.setItem('playground:recent', JSON.stringify(names))", names)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-start [role=option]")).to_have_count(1)
    assert page.locator("#palette-start img").count() == 0


def test_an_apis_page_offers_its_operations_before_anything_is_typed(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/space/many")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-start [role=option]")).to_have_count(12)
    page.keyboard.type("thing 399")
    expect(page.locator("#palette-start [data-here]")).to_be_hidden()
    expect(page.locator("#palette [role=status]")).to_have_text("1 operation")


def test_home_and_lists_search_as_one_types(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    page.keyboard.press("Tab")
    page.fill("#home-search", "checkout")
    expect(page.locator("#results .operation-list a").first).to_be_visible()
    page.fill("#home-search", "")
    expect(page.locator("#results .provider-list a[href='/providers/stripe']")).to_be_visible()
    page.goto(site.url + "/providers")
    page.fill("#provider-filter", "many")
    expect(page.locator("#providers .provider-list a")).to_have_count(1)


def test_groups_open_filter_and_go_on(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/space/many")
    page.focus(".tag-group >> nth=1 >> summary")
    page.keyboard.press("Enter")
    group = page.locator(".tag-group >> nth=1")
    expect(group.locator(".operation-list li")).to_have_count(101)
    page.focus(".tag-group >> nth=1 >> [data-more]")
    page.keyboard.press("Enter")
    expect(group.locator(".operation-list li")).to_have_count(133)
    expect(page.locator('a[href="/providers/space/many/readthing301"]')).to_be_focused()
    page.fill("#operation-filter", "thing 399")
    expect(page.locator("#operations .operation-list li")).to_have_count(1)
    expect(page.locator("#operations .found")).to_contain_text("1 operation with “thing 399”")
    page.fill("#operation-filter", "")
    expect(page.locator(".tag-group")).to_have_count(3)


def test_groups_are_as_they_were_left(page: Page, site: RunningSite) -> None:
    address = site.url + "/providers/space/many"
    page.goto(address)
    page.click(".tag-group >> nth=0 >> summary")
    page.click(".tag-group >> nth=2 >> summary")
    expect(page.locator(".tag-group >> nth=2").locator(".operation-list li")).to_have_count(101)
    page.goto(site.url + "/providers/space/many/readthing1")
    page.goto(address)
    expect(page.locator(".tag-group >> nth=2").locator(".operation-list li")).to_have_count(101)

    def are_open(*wanted: bool) -> None:
        opened = "[...document.querySelectorAll('.tag-group')].map((group) => group.open)"
        wait_until(page, f"wanted => JSON.stringify({opened}) === JSON.stringify(wanted)", list(wanted))

    are_open(False, False, True)
    # What a filter took away comes back as it was.
    page.fill("#operation-filter", "thing 399")
    expect(page.locator("#operations .operation-list li")).to_have_count(1)
    page.fill("#operation-filter", "")
    expect(page.locator(".tag-group")).to_have_count(3)
    are_open(False, False, True)
    page.click("[data-all-groups]")
    expect(page.locator(".tag-group[open]")).to_have_count(3)
    page.click("[data-all-groups]")
    expect(page.locator(".tag-group[open]")).to_have_count(1)
    page.goto(address)
    are_open(True, False, False)


@pytest.mark.parametrize("provider", ["stripe", "space/many"])
def test_a_providers_first_operations_are_in_the_first_screenful(page: Page, site: RunningSite, provider: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{site.url}/providers/{provider}")
    third = page.locator(".operation-list li").nth(2).bounding_box()
    assert third is not None
    assert third["y"] + third["height"] <= 720


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("#/Checkout/PostCheckoutSessionsSession", UPDATE),
        ("#tag/customers/GET/v1/customers", CUSTOMERS),
        ("#operation/GetCustomers", CUSTOMERS),
        ("#post-/v1/checkout/sessions/{session}", UPDATE),
    ],
)
def test_links_of_other_viewers_land(page: Page, site: RunningSite, link: str, path: str) -> None:
    page.goto(f"{site.url}/providers/stripe{link}")
    page.wait_for_url(site.url + path)


def test_own_anchors_stay(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/stripe#main")
    expect(page.locator("#operations")).to_be_visible()
    page.evaluate("location.hash = '#/x/GetCustomers'")
    page.wait_for_url(site.url + CUSTOMERS)


def test_without_a_script_the_header_searches(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.fill("#site-search", "customers")
    page.press("#site-search", "Enter")
    page.wait_for_url(f"{site.url}/search?q=customers")
    assert page.locator(".operation-list a").count() > 3
    context.close()


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_the_palette_and_the_lists_have_no_violations(browser: Browser, site: RunningSite, width: int) -> None:
    context = browser.new_context(
        bypass_csp=True,
        color_scheme="light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if found := violations_in_both_schemes(page):
            wrong[name] = found
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.setdefault(name, []).append("scrolls sideways")

    page.goto(site.url + CUSTOMERS)
    page.goto(site.url + "/providers/space")
    look("namespace")
    page.goto(site.url + "/providers/space/many")
    page.click(".tag-group >> nth=1 >> summary")
    page.wait_for_selector(".tag-group:nth-of-type(2) .operation-list")
    look("provider")
    page.keyboard.press("Control+k")
    look("palette, recent")
    page.keyboard.type("customers")
    page.wait_for_selector("#palette-operation-1")
    look("palette, found")
    page.fill(FIELD, "zzqxzzqx")
    expect(page.locator("#palette [role=status]")).to_have_text("Nothing matches “zzqxzzqx”.")
    look("palette, nothing")
    context.close()
    assert not wrong, wrong
