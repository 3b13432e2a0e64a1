"""axe-core on every kind of page, light and dark, wide and narrow; no sideways scrolling; the keyboard reaches all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_until
from tests.support.axe import violations, violations_in_both_schemes
from tests.support.needs import free_port, need_spec

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
PAGES = [
    "/",
    "/providers",
    "/search?q=checkout",
    "/search?q=nothing-like-it",
    "/providers/stripe",
    "/providers/tour",
    "/nothing-here",
    UPDATE,
    "/providers/stripe/postcheckoutsessions",
    "/providers/tour/fieldstext",
    "/providers/tour/structuresoneof",
    "/providers/tour/bodymultipart",
    "/providers/tour/bodyseveral",
    "/providers/tour/bodyform",
    "/providers/tour/answerjson",
    "/providers/tour/securityeither",
    "/providers/tour/markdown",
    "/providers/tour/ping",
    "/providers/tour/oldway",
]
WIDE, NARROW = 1280, 390


def open_page(browser: Browser, scheme: Any, width: int) -> Page:
    # The policy forbids foreign scripts, and axe is one.
    context = browser.new_context(
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-write"],
    )
    return context.new_page()


@pytest.fixture(params=[WIDE, pytest.param(NARROW, marks=pytest.mark.long)], ids=["wide", "narrow"])
def look(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in one of the widths that the site is laid out for."""
    page = open_page(browser, "light", request.param)
    yield page
    page.context.close()


def wrong_in(page: Page, where: str | None = None) -> list[str]:
    """Return the violations of a page; a narrow one has the colours of the wide one, which is looked at in the dark."""
    is_wide = page.viewport_size is not None and page.viewport_size["width"] == WIDE
    return violations_in_both_schemes(page, where) if is_wide else violations(page, where)


def test_pages_have_no_violations(look: Page, site: RunningSite) -> None:
    wrong = {}
    for path in PAGES:
        look.goto(site.url + path)
        if found := wrong_in(look):
            wrong[path] = found
    assert not wrong, report(wrong)


def report(wrong: dict[str, list[str]]) -> str:
    return "\n" + "\n".join(f"{path}\n    " + "\n    ".join(found) for path, found in wrong.items())


@pytest.mark.long
def test_the_stripe_page_in_use_has_no_violations(look: Page, site: RunningSite) -> None:
    wrong: dict[str, list[str]] = {}

    def check(what: str, where: str | None = None) -> None:
        if found := wrong_in(look, where):
            wrong[what] = found

    look.goto(site.url + UPDATE)
    look.fill('[name="path.session"]', "cs_1")
    look.click('[name="~add"][value="body/line_items"]')
    look.click("#f-body-line_5f_items-0-price_5f_data-field summary")
    look.fill('[name="body/line_items/0/price_data/currency"]', "usd")
    look.click('[name="~add"][value="body/metadata"]')
    look.fill('[name="body/metadata~key/0"]', "k")
    look.fill('[name="body/metadata~value/0"]', "v")
    look.click('[name="~add"][value="body/shipping_options"]')
    expect(look.locator('[id^="f-body-shipping_5f_options-0"]').first).to_be_visible()
    closed = look.locator("#body-views .form-view details:not([open]) > summary")
    for _ in range(20):
        if not closed.evaluate_all("all => { all[0]?.click(); return all.length; }"):
            break
        wait_until(look, "!document.querySelector('.htmx-request')")
    expect(look.locator("#snippet")).to_contain_text("metadata: { k: 'v' }")
    check("filled, nested rows open")
    look.click("#send")
    expect(look.locator("#response .pill")).to_have_text("200 OK")
    check("after Send")
    # What changes from here on is one part of the page, and axe looks at that part; at the end at all of it.
    for view in ("body", "headers", "request", "timing"):
        look.check(f"[name=output-view][value={view}]")
        check(f"after Send, {view}", ".output")
    look.click("summary:has-text('Authentication')")
    for choice in look.locator("[name=authentication]").all():
        choice.check()
        check(f"credentials panel, {choice.get_attribute('value')}", "#authentication")
    look.click("[data-do=add-header]")
    check("a custom header", "#authentication")
    look.check("[name='body~mode'][value=raw]")
    expect(look.locator("#body-raw")).to_be_visible()
    check("raw", "#form-card")
    look.fill("#body-raw", "{")
    look.check("[name='body~mode'][value=form]")
    expect(look.locator("#body-views [role=alert]")).to_be_visible()
    check("raw text that is not JSON", "#form-card")
    look.fill("#gateway-url", "")
    check("no gateway", "#request")
    look.check("[name=target][value=shell_curl]")
    expect(look.locator("#snippet")).to_contain_text("curl")
    check("curl, and all that was opened")
    assert not wrong, report(wrong)


@pytest.mark.long
def test_real_stripe_pages_have_no_violations(browser: Browser, tmp_path: Path) -> None:
    source = need_spec("stripe.json")
    environ = environ_for(tmp_path)
    playground("add", "stripe", str(source), environ=environ)
    names = [
        "postcheckoutsessionssession", "postcheckoutsessions", "postpaymentintents", "postcustomers", "getcharges",
        "deletecustomerscustomer", "postfiles", "postaccounts", "getaccount", "postsubscriptions",
    ]  # fmt: skip
    wrong = {}
    with running("serve", free_port(), environ, tmp_path / "serve.log") as site:
        page = open_page(browser, "light", WIDE)
        for path in ["/providers/stripe", *(f"/providers/stripe/{name}" for name in names)]:
            answer = page.goto(site.url + path)
            assert answer is not None and answer.status == 200, path
            if found := violations(page):
                wrong[path] = found
        page.context.close()
    assert not wrong, report(wrong)


def test_nothing_scrolls_sideways(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 320)
    wide = {}
    for path in PAGES:
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(site.url + path)
        if path == UPDATE:
            page.click('[name="~add"][value="body/line_items"]')
            page.click("#f-body-line_5f_items-0-price_5f_data-field summary")
            page.click("#send")
            expect(page.locator("#response [role=alert], #response .pill")).to_be_visible()
            page.click("summary:has-text('Authentication')")
        for width in (320, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide[path, width] = page.evaluate(
                    """() => [...document.querySelectorAll("body *")]
                    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
                )
    page.context.close()
    assert not wide, wide


def tab_through(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """Press Tab until the page is left or begins again, and return what had the focus on the way."""
    seen: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body || one.dataset.tabbed) return null;
              one.dataset.tabbed = "1";
              const style = getComputedStyle(one), box = one.getBoundingClientRect();
              const around = one.matches("input[type=radio]") && one.closest("label")
                ? getComputedStyle(one.closest("label")) : style;
              const outlined = (look) => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
              const ring = [style, around].some((look) => outlined(look) || look.boxShadow !== "none");
              return { html: one.outerHTML.slice(0, 120), ring, width: box.width, height: box.height };
            }"""
        )
        if here is None:
            break
        seen.append(here)
    return seen


def test_tab_reaches_every_control_and_shows_where_it_is(context: BrowserContext, site: RunningSite) -> None:
    page = context.new_page()
    page.goto(site.url + UPDATE)
    page.click("summary:has-text('Authentication')")
    page.check("[name=authentication] >> nth=0")
    page.click('[name="~add"][value="body/metadata"]')
    expect(page.locator('[name="body/metadata~key/0"]')).to_be_focused()
    page.click("#send")
    expect(page.locator("#response [role=alert]")).to_be_visible()
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); window.scrollTo(0, 0); }")
    page.focus("a.skip")
    page.evaluate("() => { document.activeElement.dataset.tabbed = '1'; }")
    seen = tab_through(page)
    assert not [one["html"] for one in seen if not one["ring"]]
    assert not [one["html"] for one in seen if one["width"] < 1 or one["height"] < 1]
    missed = page.evaluate(
        """() => {
          const found = [];
          const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
          for (const one of document.querySelectorAll(all)) {
            if (one.dataset.tabbed || one.disabled || one.type === "hidden" || one.tabIndex < 0) continue;
            if (!one.checkVisibility({ visibilityProperty: true })) continue;
            const group = one.type === "radio" && document.querySelectorAll(`input[type=radio][name="${one.name}"]`);
            if (group && [...group].some((other) => other.dataset.tabbed)) continue;
            found.push(one.outerHTML.slice(0, 140));
          }
          return found;
        }"""
    )
    assert missed == []


def test_a_radio_group_is_worked_with_arrows(context: BrowserContext, site: RunningSite) -> None:
    page = context.new_page()
    page.goto(site.url + UPDATE)
    page.focus("[name=target]:checked")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=target][value=shell_curl]")).to_be_checked()
    expect(page.locator("#snippet")).to_contain_text("curl")
    page.focus("[name='body~mode']:checked")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#body-raw")).to_be_visible()


def test_the_skip_links_lead_to_the_content_and_to_the_form(context: BrowserContext, site: RunningSite) -> None:
    page = context.new_page()
    for pressed, target in ((1, "main"), (2, "form-card")):
        page.goto(site.url + UPDATE)
        for _ in range(pressed):
            page.keyboard.press("Tab")
        link = page.locator(f"a.skip[href='#{target}']")
        expect(link).to_be_focused()
        box = link.bounding_box()
        assert box is not None and box["y"] >= 0
        page.keyboard.press("Enter")
        expect(page.locator(f"#{target}")).to_be_focused()


def test_focus_stays_where_one_works(context: BrowserContext, site: RunningSite) -> None:
    """A fragment that replaces the element with the focus must not throw a keyboard's user to the top."""
    page = context.new_page()
    page.goto(site.url + UPDATE)
    page.focus('[name="~add"][value="body/expand"]')
    page.keyboard.press("Enter")
    expect(page.locator('[name="body/expand/0"]')).to_be_focused()
    page.focus('[name="~remove"][value="body/expand 0"]')
    page.keyboard.press("Enter")
    expect(page.locator('[name="body/expand/0"]')).to_have_count(0)
    expect(page.locator('[name="~add"][value="body/expand"]')).to_be_focused()
    page.focus('[name="body/metadata~choice"]')
    page.keyboard.press("ArrowDown")
    expect(page.locator('[name="~add"][value="body/metadata"]')).to_have_count(0)
    expect(page.locator('[name="body/metadata~choice"]')).to_be_focused()
    page.focus("[name='body~mode']:checked")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#body-raw")).to_be_visible()
    expect(page.locator("#snippet")).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.name") == "body~mode"
