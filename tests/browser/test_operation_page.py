"""The operation page as a new visitor meets it: the form at once, one line above it, a short way there by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_for_draft, wait_until
from tests.support.needs import free_port, need_spec

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
REAL = {"github": "github.com/api.github.com.json", "kubernetes": "kubernetes.io.json", "s3": "amazonaws.com/s3.json"}
FOUR = {
    UPDATE: "path.session",
    "/providers/github/issues.create": "path.owner",
    "/providers/kubernetes/createcorev1namespacedpod": "path.namespace",
    "/providers/s3/putobject": "path.Bucket",
}
"""Operations of four APIs, and their first required field."""

WORD = "aWordThatIsMuchTooLongForAPhone" * 3
LONG = {
    "openapi": "3.1.0",
    "info": {"title": f"واجهة {WORD}", "version": WORD},
    "servers": [{"url": f"https://{WORD[:60]}.example"}],
    "tags": [{"name": WORD, "description": WORD}],
    "components": {"schemas": {WORD: {"type": "object", "description": WORD, "properties": {WORD: {"enum": [WORD]}}}}},
    "paths": {
        f"/{WORD}/{{{WORD}}}": {
            "post": {
                "operationId": WORD.lower(),
                "tags": [WORD],
                "summary": f"عملية {WORD}",
                "description": f"وصف `{WORD}` {WORD}\n\n| {WORD} | {WORD} |\n|---|---|\n| a | b |\n\n```\n{WORD}\n```",
                "parameters": [
                    {"name": WORD, "in": "path", "required": True, "description": WORD, "schema": {"pattern": WORD}},
                    {"name": WORD, "in": "header", "schema": {"type": "array", "items": {"type": "string"}}},
                ],
                "requestBody": {
                    "content": {f"application/{WORD}+json": {"schema": {"$ref": f"#/components/schemas/{WORD}"}}}
                },
                "responses": {
                    "200": {
                        "description": WORD,
                        "headers": {WORD: {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{WORD}"}}},
                    }
                },
            }
        }
    },
}
"""Names without a place to break, and words from right to left."""

CLOSE_CHOICES = "addEventListener('load', () => document.querySelectorAll('.way').forEach(way => way.open = false))"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site with three real descriptions beside what comes with Playground."""
    folder = tmp_path_factory.mktemp("real")
    environ = environ_for(folder)
    for name, file in REAL.items():
        playground("add", name, str(need_spec(file)), environ=environ)
    (folder / "long.json").write_text(json.dumps(LONG))
    playground("add", WORD.lower(), str(folder / "long.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def small(browser: Browser, width: int, height: int, **options: Any) -> Page:
    """Return a page of a window of this size, without the choices that other tests have open."""
    page = browser.new_context(viewport={"width": width, "height": height}, **options).new_page()
    page.add_init_script(CLOSE_CHOICES)
    return page


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize(("path", "field"), FOUR.items())
def test_the_first_required_field_is_in_the_first_screenful(
    browser: Browser, real: RunningSite, path: str, field: str
) -> None:
    for width, height in ((1280, 720), (390, 844)):
        page = small(browser, width, height)
        page.goto(real.url + path)
        page.wait_for_load_state("networkidle")
        title = page.locator("h1").bounding_box()
        assert title is not None
        end = bottom(page, f'[name="{field}"]')
        assert end <= 640 if width == 1280 else end - title["y"] <= height, (width, end)
        page.context.close()


@pytest.mark.parametrize(("path", "field"), FOUR.items())
def test_eight_keys_lead_to_the_first_required_field(
    browser: Browser, real: RunningSite, path: str, field: str
) -> None:
    page = small(browser, 1280, 720)
    page.goto(real.url + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the form")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#form-card")).to_be_focused()
    pressed = 2
    while page.evaluate("document.activeElement.name") != field:
        page.keyboard.press("Tab")
        pressed += 1
        assert pressed <= 8, page.evaluate("document.activeElement.outerHTML")
    page.context.close()


def test_the_head_of_the_form_is_one_line(browser: Browser, real: RunningSite) -> None:
    for width in (1280, 390):
        page = small(browser, width, 800)
        page.goto(real.url + UPDATE)
        line = page.locator(".form-title").bounding_box()
        assert line is not None and line["height"] < 30, line
        text = page.locator(".form-title").inner_text()
        assert "postcheckoutsessionssession" in text and "POST" in text and "/v1/checkout/sessions/{session}" in text
        page.context.close()


def test_method_and_path_stand_twice_and_the_final_url_once(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    main = page.inner_text("main")
    assert main.count("/v1/checkout/sessions/{session}") == 3, "in the head, the form's line, and the final URL"
    assert page.locator("#live-url").inner_text().startswith("POST ")
    assert page.locator(".badges .tag", has_text="provider").get_attribute("href") == "/providers/stripe"


def test_a_harmless_tool_does_not_look_like_one_that_empties_the_form(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    tools = page.locator(".page-tools > .button:visible")
    assert tools.last.inner_text() == "Clear form"
    colours = {tool.inner_text(): tool.evaluate("e => getComputedStyle(e).color") for tool in tools.all()}
    assert list(colours.values()).count(colours["Clear form"]) == 1


def test_long_help_is_clamped_until_it_is_asked_for(page: Page, real: RunningSite) -> None:
    page.goto(f"{real.url}/providers/s3/putobject")
    text, more = page.locator("#f-path__Bucket-help"), page.locator("#f-path__Bucket-help + .whole summary")
    clamped = text.bounding_box()
    more.click()
    whole = text.bounding_box()
    assert (
        clamped is not None and whole is not None and clamped["height"] < 80 < 2 * clamped["height"] < whole["height"]
    )
    assert more.inner_text().strip() == "less"
    more.press("Enter")
    box = text.bounding_box()
    assert box is not None and box["height"] == clamped["height"]


def test_a_described_remark_is_a_block(page: Page, real: RunningSite) -> None:
    page.goto(f"{real.url}/providers/s3/putobject")
    page.locator(".operation-head .whole summary").click()
    expect(page.locator(".operation-head blockquote").first).to_contain_text("never adds partial objects")
    assert "<note>" not in page.inner_text("main")
    assert page.locator("#live-url").inner_text().startswith("PUT https://s3")
    page.goto(f"{real.url}/providers/kubernetes/createcorev1namespacedpod")
    assert "no repeats" not in page.locator("#f-path__namespace-field").inner_text()


def test_an_answer_keeps_its_description_beside_it(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.get_by_role("radio", name="Described").check()
    panel = page.get_by_role("region", name="Described")
    expect(panel.locator(".described-response:visible")).to_contain_text("200 OK")
    expect(panel.locator(".schema:visible").first).to_contain_text("amount_total")
    page.get_by_role("radio", name="Body", exact=True).check()
    expect(panel).to_be_hidden()


def test_a_folded_line_of_a_documented_answer_is_asked_for_once(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    line = page.locator(".described li:has(> details > summary code:text-is('automatic_tax'))").first
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "schema=" in request.url else None)
    line.locator("summary").first.click()
    expect(line).to_contain_text("Whether Stripe works the tax out.")
    expect(line.locator("li").first).to_contain_text("enabled")
    for _ in range(2):
        line.locator("summary").first.click()
    expect(line.locator("li").first).to_be_visible()
    assert len(asked) == 1


def test_a_body_is_read_as_a_tree(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.click(".request-schema > summary")
    tree = page.locator(".request-schema > .schema")
    expect(tree).to_contain_text("line_items")
    tree.locator("summary", has_text="line_items").click()
    tree.locator("summary", has_text="price_data object").click()
    expect(tree).to_contain_text("unit_amount")


def test_output_and_code_share_a_column_or_have_it_whole(page: Page, site: RunningSite) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(site.url + UPDATE)
    output, code = page.locator(".output"), page.locator(".snippet-card")
    both = page.get_by_role("radio", name="Both")
    expect(both).to_be_checked()
    for name, shown, hidden in (("Code", code, output), ("Output", output, code)):
        page.get_by_role("radio", name=name, exact=True).check()
        expect(hidden).to_be_hidden()
        box = shown.bounding_box()
        assert box is not None and box["height"] > 500 and box["y"] + box["height"] <= 720, box
    page.get_by_role("radio", name="Code", exact=True).check()
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    expect(output).to_be_visible()
    expect(page.get_by_role("checkbox", name="Wrap lines")).to_be_checked()


def test_the_list_of_languages_has_room_and_closes_where_one_clicks_beside(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.locator(".snippet-card").scroll_into_view_if_needed()
    page.click(".more-targets summary")
    # Where there is more room is seen by a script, which a first press may have to wait for.
    box = "document.querySelector('.more-targets > div').getBoundingClientRect()"
    wait_until(page, f"(({{ top, bottom }}) => top >= 0 && bottom > top && bottom <= 900)({box})")
    page.click("h1")
    expect(page.locator(".more-targets")).not_to_have_attribute("open", "")


SAMPLES = {
    "openapi": "3.1.0",
    "info": {"title": "Sampled", "version": "1"},
    "servers": [{"url": "https://api.example.com"}],
    "paths": {
        "/a/{id}": {
            "get": {
                "operationId": "one",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "x-codeSamples": [{"lang": "Shell", "source": "curl https://api.example.com/a/always-the-same"}],
                "responses": {"200": {"description": "Fine"}},
            }
        },
    },
}


def test_a_sample_that_does_not_follow_gives_way_once_the_form_is_filled_in(page: Page, tmp_path: Path) -> None:
    (tmp_path / "samples.json").write_text(json.dumps(SAMPLES))
    environ = environ_for(tmp_path)
    playground("add", "sampled", str(tmp_path / "samples.json"), environ=environ)
    live = page.locator(".snippet-card > header > p")
    with running("serve", free_port(), environ, tmp_path / "serve.log") as site:
        page.goto(f"{site.url}/providers/sampled/one")
        expect(page.locator("#snippet")).to_contain_text("always-the-same")
        expect(live).to_be_hidden()
        page.fill('[name="path.id"]', "mine")
        expect(page.locator("#snippet")).to_contain_text("sampled.one({ id: 'mine' })")
        expect(page.get_by_role("radio", name="TypeScript")).to_be_checked()
        expect(live).to_be_visible()
        page.get_by_role("radio", name="Shell", exact=True).check()
        expect(page.locator("#snippet")).to_contain_text("always-the-same")
        page.fill('[name="path.id"]', "other")
        expect(page.locator("#live-url")).to_contain_text("other")
        expect(page.locator("#snippet")).to_contain_text("always-the-same")
        page.goto("about:blank")  # else it may still be asking when the site ends


def test_an_example_fills_what_is_required_then_all_fields(page: Page, real: RunningSite) -> None:
    page.goto(f"{real.url}/providers/github/issues.create")
    page.get_by_role("button", name="Fill in an example").click()
    expect(page.locator('[name="path.owner"]')).not_to_have_value("")
    expect(page.locator('[name="body/title"]')).not_to_have_value("")
    expect(page.locator('[name="body/body"]')).to_have_value("")
    values = [field.input_value() for field in page.locator("#form-card input[type=text]:visible").all()]
    assert "string" not in values
    page.fill('[name="path.owner"]', "octo")
    page.get_by_role("button", name="all fields").click()
    expect(page.locator("#live-url")).to_contain_text("/repos/octo/")
    expect(page.locator('[name="path.owner"]')).to_have_value("octo")
    expect(page.locator('[name="body/body"]')).not_to_have_value("")


def test_a_parameter_and_a_header_are_added_and_taken_away(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    for place, name, value in (("query", "bogus", "1"), ("header", "X-Trace", "abc")):
        page.click(".adding > summary")
        page.select_option('[name="~adding/in"]', place)
        page.fill('[name="~adding/name"]', name)
        page.fill('[name="~adding/value"]', value)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.locator(f'[name="{place}.{name}"]')).to_have_value(value)
        expect(page.locator(".adding > summary")).to_be_focused()
    expect(page.locator("#live-url")).to_contain_text("?bogus=1")
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet")).to_contain_text("X-Trace: abc")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.get_by_role("radio", name="Request", exact=True).check()
    expect(page.locator(".panel.request")).to_contain_text("X-Trace: abc")
    expect(page.locator(".added")).to_contain_text("Also sent")
    wait_for_draft(page, "query.bogus")
    page.reload()
    expect(page.locator('[name="query.bogus"]')).to_have_value("1")
    page.get_by_role("button", name="remove bogus").click()
    expect(page.locator('[name="query.bogus"]')).to_have_count(0)
    expect(page.locator("#live-url")).not_to_contain_text("bogus")


def test_what_is_being_added_goes_out_as_it_is_typed(browser: Browser, site: RunningSite) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.click(".adding > summary")
    page.fill('[name="~adding/name"]', "bogus")
    page.fill('[name="~adding/value"]', "1")
    page.click("#send")
    expect(page.locator("#live-url")).to_contain_text("?bogus=1")
    expect(page.locator('[name="query.bogus"]')).to_have_value("1")
    page.context.close()


def test_a_nested_field_says_its_name_once(page: Page, real: RunningSite) -> None:
    page.goto(f"{real.url}/providers/kubernetes/createcorev1namespacedpod")
    page.click("#f-body-spec-field > .row > .control > details > summary")
    field = page.locator("#f-body-spec-affinity-field")
    expect(field.locator(".label").first).to_have_text("affinity")
    assert "affinity" not in field.locator("summary").first.inner_text()


def test_long_names_run_over_no_side(browser: Browser, real: RunningSite) -> None:
    page = small(browser, 390, 844)
    api = f"/providers/{WORD.lower()}"
    operation = f"{api}/{WORD.lower()}"
    wide = {}
    for path in (
        operation,
        api,
        f"{api}/schemas",
        f"{api}/schemas/{WORD}",
        f"{api}/changes",
        f"/embed{operation}",
        "/",
    ):
        answer = page.goto(real.url + path)
        assert answer is not None and answer.ok, path
        if path == operation:
            page.fill(f'[name="path.{WORD}"]', WORD)
            page.evaluate("document.querySelector('#servers').open = true")
            page.select_option("#server", "sandbox")
            expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
            page.click("#send")
            expect(page.locator("#response .pill")).to_be_visible()
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[path] = width
    assert not wide
    page.context.close()


def test_the_bar_of_a_phone_has_room_for_the_address(browser: Browser, real: RunningSite) -> None:
    page = small(browser, 390, 844)
    page.goto(real.url + UPDATE)
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    expect(page.locator(".send-bar > .pill")).to_be_hidden()
    page.context.close()


def test_what_is_below_the_screen_is_laid_out_when_the_page_is_there(page: Page, site: RunningSite) -> None:
    root = page.locator("html")
    page.add_init_script(
        "new MutationObserver(() => { if ('soon' in document.documentElement.dataset) window.waited = true; })"
        ".observe(document, { attributes: true, subtree: true, attributeFilter: ['data-soon'] });"
    )
    page.goto(site.url + UPDATE)
    expect(root).not_to_have_attribute("data-soon", "")
    assert page.evaluate("window.waited"), "the first picture waits for no field below the screen"
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end = page.evaluate("scrollY")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY") < 2
    page.reload()
    expect(root).not_to_have_attribute("data-soon", "")
    assert not page.evaluate("window.waited"), "a place in the page is found again at once"
    wait_until(page, "end => Math.abs(scrollY - end) < 2", end)
