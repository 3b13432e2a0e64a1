"""The Stripe page without JavaScript: every button is a form's, so filling, adding rows, raw text and Send all work."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.servers import RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
UPDATE_SNIPPET = "noscript button[formaction$='/snippet']"  # text selectors do not look into noscript
TOKEN = "sk_test_typed_canary_0815"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningSite, RecordingServer]]:
    folder = tmp_path_factory.mktemp("scriptless")
    document = folder / "stripe.yaml"
    document.write_bytes(dict(documents())["stripe"])
    with RecordingServer(http_answer({"id": "cs_1", "echo": TOKEN})) as api:
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        playground("add", "stripe", str(document), "--server", api.url, environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield site, api


@pytest.fixture
def page(browser: Browser, scene: tuple[RunningSite, RecordingServer]) -> Iterator[Page]:
    scene[1].requests.clear()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(scene[0].url + UPDATE)
    yield page
    context.close()


def test_the_snippet_is_rebuilt_by_a_button(page: Page) -> None:
    page.fill('[name="path.session"]', "cs_1")
    page.click(UPDATE_SNIPPET)
    expect(page.locator("#snippet")).to_contain_text("session: 'cs_1'")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_1")
    page.check("[name=target][value=shell_curl]")
    page.click(UPDATE_SNIPPET)
    expect(page.locator("#snippet")).to_contain_text("/v1/checkout/sessions/cs_1")
    expect(page.locator("[name=target][value=shell_curl]")).to_be_checked()


def fill_rows(page: Page) -> None:
    page.fill('[name="path.session"]', "cs_1")
    page.click('[name="~add"][value="body/line_items"]')
    page.click("#f-body-line_5f_items-0-price_5f_data-field summary")
    page.click("#f-body-line_5f_items-0-price_5f_data-field >> text=Show fields")
    page.fill('[name="body/line_items/0/price_data/currency"]', "usd")
    page.click('[name="~add"][value="body/metadata"]')
    page.fill('[name="body/metadata~key/0"]', "k")
    page.fill('[name="body/metadata~value/0"]', "v")


def test_nothing_is_offered_that_needs_a_script(page: Page) -> None:
    offered = page.locator("button:visible, kbd:visible").evaluate_all(
        "all => all.filter((one) => !(one.form || one.popoverTargetElement)).map((one) => one.outerHTML)"
    )
    assert offered == []
    bar = page.locator(".send-bar")
    for part in (bar.get_by_role("button", name="Send", exact=True), bar.locator("#live-url")):
        box = part.bounding_box()
        assert box is not None and box["width"] > 60 and box["height"] < 60, box


def test_rows_and_deeper_fields_come_and_go_by_buttons(page: Page) -> None:
    fill_rows(page)
    page.click('[name="~add"][value="body/metadata"]')
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("v")
    expect(page.locator('[name="body/line_items/0/price_data/currency"]')).to_have_value("usd")
    page.click('[name="~remove"][value="body/metadata 1"]')
    expect(page.locator('[name^="body/metadata~key/"]')).to_have_count(1)
    page.select_option('[name="body/metadata~choice"]', index=1)
    page.click('[name="~field"][value="body/metadata"]')
    expect(page.locator('[name="~add"][value="body/metadata"]')).to_have_count(0)


def test_raw_and_form_are_switched_by_a_button(page: Page) -> None:
    fill_rows(page)
    page.check("[name='body~mode'][value=raw]")
    page.click("text=Switch >> nth=-1")
    raw = page.locator("[name='body~raw']")
    expect(raw).to_be_visible()
    expect(raw).to_have_value(re.compile('"currency": "usd"'))
    raw.fill('{"metadata": {"order": "6735"}}')
    page.check("[name='body~mode'][value=form]")
    page.click("text=Switch >> nth=-1")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("6735")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_1")


def test_send_brings_the_typed_token_and_the_page_forgets_it(
    page: Page, scene: tuple[RunningSite, RecordingServer]
) -> None:
    site, api = scene
    fill_rows(page)
    page.click("summary:has-text('Authentication')")
    page.fill('[name="credential.bearerAuth.token"]', TOKEN)
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    recorded = api.request
    assert recorded.line == "POST /v1/checkout/sessions/cs_1 HTTP/1.1"
    assert recorded.body == b"line_items[0][price_data][currency]=usd&metadata[k]=v"
    assert recorded.header("Authorization") == f"Bearer {TOKEN}"
    expect(page.locator('[name="path.session"]')).to_have_value("cs_1")
    expect(page.locator('[name="body/line_items/0/price_data/currency"]')).to_have_value("usd")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("v")
    assert TOKEN not in page.content()
    assert TOKEN not in page.url
    assert TOKEN not in site.log.read_text()
    expect(page.locator('[name="credential.bearerAuth.token"]')).to_have_value("")


def test_an_answer_shows_its_headers_and_request(page: Page) -> None:
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.check("[name=output-view][value=request]")
    expect(page.locator("#response .panel.request")).to_contain_text("POST /v1/checkout/sessions/cs_1 HTTP/1.1")


def test_a_missing_path_value_is_one_sentence(page: Page, scene: tuple[RunningSite, RecordingServer]) -> None:
    page.click("#send")
    expect(page.locator("#response [role=alert]")).to_have_text("The path needs a value for “session”.")
    assert scene[1].requests == []


def test_an_empty_gateway_is_one_sentence(page: Page, scene: tuple[RunningSite, RecordingServer]) -> None:
    page.click("#gateway > summary")
    page.fill("#gateway-url", "")
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response [role=alert]")).to_have_text("Enter a gateway URL above to enable sending.")
    expect(page.locator("#gateway-url")).to_have_value("")
    assert scene[1].requests == []
