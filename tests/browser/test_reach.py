"""For every reader: states under axe, the accessibility tree, zoom, spacing, right to left, forced colours, paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import RunningSite, environ_for, running, says
from tests.browser.test_accessibility import PAGES, UPDATE, open_page, report, wrong_in
from tests.support.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("reach")
    environ = environ_for(folder, PLAYGROUND_DEBUG="on")
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_states_have_no_violations(browser: Browser, site: RunningSite, width: int) -> None:
    page = open_page(browser, "light", width)
    wrong: dict[str, list[str]] = {}

    def check(what: str) -> None:
        # One sample after another of one thing: its landmarks have one name there, and nowhere else.
        found = [
            violation
            for violation in wrong_in(page)
            if what != "/dev/patterns" or not violation.startswith("landmark-unique")
        ]
        if found:
            wrong[what] = found

    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "x" * 80)
    expect(page.locator("#problems summary")).to_be_visible()
    page.click("#problems summary")
    check("problems shown")
    page.keyboard.press("Control+k")
    page.keyboard.type("checkout")
    expect(page.locator("#palette-found [role=option]").first).to_be_visible()
    check("palette open")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    expect(page.locator("#shortcuts")).to_be_visible()
    check("sheet of keys open")
    page.goto(site.url + "/providers/tour/bodymultipart")
    for button in page.locator('[name="~add"]').all():
        button.click()
    expect(page.locator("input[type=file]").first).to_be_visible()
    check("file rows")
    for path in (
        "/dev/patterns",
        f"/embed{UPDATE}",
        f"/embed{UPDATE}?theme=dark&accent=ffd400",
        "/shortcuts",
        "/scenarios",
    ):
        page.goto(site.url + path)
        check(path)
    page.evaluate("document.documentElement.dataset.storage = 'blocked'")
    page.goto(site.url + f"/embed{UPDATE}")
    page.evaluate("document.documentElement.dataset.storage = 'sandbox'")
    check("embedded where nothing can be kept")
    page.context.close()
    assert not wrong, report(wrong)


def test_names_and_errors_are_in_the_accessibility_tree(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 1280)
    page.goto(site.url + UPDATE)
    for role, name in [("main", ""), ("banner", ""), ("navigation", "Site"), ("navigation", "Breadcrumb"),
                       ("complementary", "Output and code"), ("region", "Gateway"), ("region", "Input")]:  # fmt: skip
        found = page.get_by_role(role, name=name, exact=True) if name else page.get_by_role(role)  # type: ignore[arg-type]
        assert found.count() >= 1, (role, name)
    field = page.get_by_role("textbox", name="session", exact=True)
    expect(field).to_have_accessible_description("The session's ID.")
    expect(field).to_have_attribute("aria-required", "true")
    expect(page.get_by_role("group", name="line_items", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Send to sandbox", exact=True)).to_have_count(1)
    expect(page.get_by_role("button", name="Switch theme")).to_be_visible()
    expect(page.get_by_role("radio", name="TypeScript")).to_be_checked()
    page.get_by_role("button", name="Add entry to metadata").click()
    expect(page.get_by_role("textbox", name="Key", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    # What does not fit is announced by a live region that stood there before, and leads to the field.
    expect(page.locator("#problems")).to_have_role("status")
    field.fill("x" * 80)
    link = page.locator("#problems a")
    page.click("#problems summary")
    expect(link).to_have_accessible_name("session")
    link.click()
    expect(field).to_be_focused()
    page.context.close()


def test_an_answer_is_announced_and_the_focus_stays(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 1280)
    page.goto(site.url + UPDATE)
    page.get_by_role("textbox", name="session", exact=True).fill("cs_1")
    page.get_by_role("button", name="Send to sandbox", exact=True).click()
    expect(page.locator("#response [role=status]").first).to_contain_text("200 OK")
    expect(page.get_by_role("button", name="Send to sandbox", exact=True)).to_be_focused()
    expect(page.get_by_role("tree", name="Body", exact=True)).to_contain_text("cs_1")
    expect(page.locator("[data-copy='#snippet-text'] [data-label]")).to_have_attribute("aria-live", "polite")
    with says(page, "Copied"):
        page.get_by_role("button", name="Copy").last.click()
    # On a phone the answer stands far below: it comes into sight, and the focus stays all the same.
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("textbox", name="session", exact=True).press("Enter")
    expect(page.locator("#response .pill")).to_be_in_viewport()
    expect(page.get_by_role("textbox", name="session", exact=True)).to_be_focused()
    page.context.close()


def sideways(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        [...document.querySelectorAll("body *")].filter((one) => {
          const box = one.getBoundingClientRect();
          return box.width && (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
        }).slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def use(page: Page, site: RunningSite) -> None:
    """Fill and send the Stripe page, so that every part of it stands there."""
    page.fill('[name="path.session"]', "cs_1")
    page.click('[name="~add"][value="body/metadata"]')
    page.click("#send")
    expect(page.locator("#response .pill")).to_be_visible()


SIZES: list[ViewportSize] = [
    {"width": 320, "height": 256},  # 400 % of 1280 by 1024 pixels
    {"width": 320, "height": 900},
    {"width": 1280, "height": 900},
]


def test_nothing_runs_over_the_side(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 320)
    wrong: dict[str, list[str]] = {}
    for path in [*PAGES, "/scenarios", "/shortcuts", "/dev/patterns", f"/embed{UPDATE}"]:
        page.set_viewport_size(SIZES[0])
        page.goto(site.url + path)
        if path == UPDATE:
            use(page, site)
        spacing = page.add_style_tag(content=SPACING)
        for size in SIZES:
            page.set_viewport_size(size)
            for way in ("as it is", "spaced", "right to left"):
                spacing.evaluate("(one, off) => { one.disabled = off; }", way != "spaced")
                page.evaluate("dir => { document.documentElement.dir = dir; }", "rtl" if way == "right to left" else "")
                if found := sideways(page):
                    wrong[f"{path}, {way}, {size}"] = found
    page.context.close()
    assert not wrong, report(wrong)


def test_text_with_more_space_is_not_cut_off(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 1280)
    page.goto(site.url + UPDATE)
    use(page, site)
    page.add_style_tag(content=SPACING)
    cut: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *, aside *, header *")].filter((one) => {
          const style = getComputedStyle(one);
          const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
          if (!seen || one.closest(".visually-hidden, .live-url, .form-title")) return false;
          if (one.matches("input, select, textarea, option, svg, svg *")) return false;
          const hides = (what) => what === "hidden" || what === "clip";
          return (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
            || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
        }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    page.context.close()
    assert cut == []


def test_right_to_left_turns_the_page_and_not_the_code(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 1280)
    page.goto(site.url + UPDATE)
    use(page, site)
    page.evaluate("document.documentElement.dir = 'rtl'")
    brand, theme = page.locator(".brand").bounding_box(), page.locator("[data-theme-toggle]").bounding_box()
    form, aside = page.locator("main").bounding_box(), page.locator(".shell > aside").bounding_box()
    assert brand is not None and theme is not None and form is not None and aside is not None
    assert brand["x"] > theme["x"]
    assert form["x"] > aside["x"]
    for selector in ("#snippet-text", "#response-text", "#live-url", "#response .pill"):
        expect(page.locator(selector)).to_have_css("direction", "ltr")
    page.context.close()


def test_at_four_hundred_percent_nothing_with_the_focus_is_covered(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 320)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site.url + UPDATE)
    covered = []
    for _ in range(45):
        page.keyboard.press("Tab")
        seen: dict[str, Any] | None = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body) return null;
              const box = one.getBoundingClientRect();
              const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].map(([x, y]) =>
                document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
              const seen = spots.some((spot) => spot && (one.contains(spot) || spot.contains(one)
                || spot.closest("label") === one.closest("label")));
              return { html: one.outerHTML.slice(0, 100), seen };
            }"""
        )
        if seen is not None and not seen["seen"]:
            covered.append(seen["html"])
    page.context.close()
    assert covered == []


def test_forced_colours_keep_what_only_a_shade_told(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site.url + UPDATE)
    use(page, site)

    def style(selector: str, name: str) -> str:
        found: str = page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)
        return found

    assert style(".targets label:has(:checked)", "outlineStyle") == "solid"
    assert style(".targets label:not(:has(:checked))", "outlineStyle") == "none"
    assert style("[aria-current=page] >> nth=0", "borderTopStyle") == "solid"
    assert style("#response .pill", "borderTopStyle") == "solid"
    assert style("#send", "borderTopWidth") == "2px"
    page.locator('[name="path.session"]').focus()
    assert style('[name="path.session"]', "outlineStyle") == "solid"
    context.close()


def test_more_contrast_strengthens_lines_and_ink(browser: Browser, site: RunningSite) -> None:
    seen = {}
    for wish in ("no-preference", "more"):
        context = browser.new_context(contrast=wish, color_scheme="light")
        page = context.new_page()
        page.goto(site.url + UPDATE)
        seen[wish] = page.evaluate(
            "() => [getComputedStyle(document.querySelector('.card')).borderTopColor,"
            " getComputedStyle(document.querySelector('.note')).color]"
        )
        context.close()
    assert seen["more"] == ["rgb(140, 138, 131)", "rgb(64, 63, 58)"]
    assert seen["no-preference"] == ["rgb(228, 227, 223)", "rgb(106, 104, 97)"]


def test_nothing_moves_where_motion_is_unwanted(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "light", 1280)
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("#response .pill")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    page.context.close()


def test_paper_holds_the_request_and_the_answer_and_nothing_to_press(browser: Browser, site: RunningSite) -> None:
    page = open_page(browser, "dark", 1280)
    page.goto(site.url + UPDATE)
    use(page, site)
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (
        ".site-header",
        "#send",
        ".operations",
        '[name="~add"] >> nth=0',
        "[data-copy] >> nth=0",
        ".targets",
    ):
        expect(page.locator(selector).first).to_be_hidden()
    for selector in ("h1", '[name="path.session"]', "#response .pill", "#snippet-text"):
        expect(page.locator(selector)).to_be_visible()
    assert page.locator("#response-text").evaluate("one => one.scrollHeight <= one.closest('.panel').clientHeight + 60")
    # Dark ink on white whatever the screen shows.
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 27, 25)"
    assert page.pdf().startswith(b"%PDF")
    page.context.close()
