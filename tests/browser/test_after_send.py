"""What a visitor knows before and after a Send: what goes along, what became of it, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, wait_until
from tests.browser.vault.scene import answered
from tests.support.servers import RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
BEARER = "/providers/tour/securitybearer"
TOKEN = "canary-4711-token"


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"ok": True, "message": "Hello."})) as server:
        yield server


def choose(page: Page, url: str) -> None:
    """Choose a server that is typed; the choice is open in all tests."""
    page.focus("#server")
    wait_until(page, "!document.body.hasAttribute('hx-disable')")  # the scripts have begun
    page.select_option("#server", "other")
    page.fill("#server-url", url)
    page.press("#server-url", "Tab")
    expect(page.locator("#live-url")).to_contain_text(url)


def key_line(page: Page) -> str:
    return page.inner_text("#authentication > summary")


def test_a_send_that_failed_takes_the_place_of_the_answer_and_leads_on(page: Page, site: RunningSite) -> None:
    page.goto(site.url + BEARER)
    output = page.locator(".output")
    with RecordingServer(http_answer({"ok": True, "message": "Hello."})) as api:
        choose(page, api.url)
        page.click("#send")
        expect(output.locator(".status-line .pill")).to_have_text("200 OK")
        with answered(page):
            page.click("#send")
        expect(output.locator(".panel.body")).to_contain_text("Hello.")
    with answered(page):
        page.click("#send")
    expect(output.get_by_role("alert")).to_contain_text("nothing listens there")
    expect(output.locator(".pill, .panel")).to_have_count(0)
    page.get_by_role("button", name="Show the earlier answer").click()
    expect(output.locator(".status-line .pill")).to_have_text("200 OK")
    expect(output.locator(".earlier-note")).to_have_text("This is an earlier answer: the last Send brought none.")
    page.get_by_role("radio", name="Described").check()
    expect(output.get_by_role("region", name="Described")).to_contain_text("It worked.")
    page.click("#send")
    expect(output.locator(".earlier-note")).to_be_hidden()
    retry = page.get_by_role("button", name="Retry")
    expect(retry).to_be_visible()
    with answered(page):
        retry.click()
    expect(output.get_by_role("alert")).to_contain_text("nothing listens there")
    page.get_by_role("button", name="Use the sandbox").click()
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    page.click("#send")
    expect(output.locator(".status-line")).to_contain_text("Sandbox example, nothing left this site")


def test_offline_is_said_so_and_tried_again(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.click("#send")
    expect(page.locator("#response")).to_contain_text("could not be reached")
    expect(page.locator("#response .pill")).to_have_count(0)
    expect(page.get_by_role("button", name="Show the earlier answer")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    context.close()


def test_an_answer_is_marked_as_soon_as_the_form_changes_by_whatever(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    stale = page.locator(".stale-note")
    page.fill('[name="path.session"]', "cs_1")

    def send() -> None:
        page.click("#send")
        expect(page.locator("#response .pill")).to_have_text("200 OK")
        expect(stale).to_be_hidden()

    send()
    page.fill('[name="path.session"]', "cs_2")
    expect(stale).to_have_text("The form has changed since this answer.")
    send()
    page.get_by_role("button", name="all fields").click()
    expect(stale).to_be_visible()
    send()
    page.select_option("#server", index=1)
    expect(stale).to_be_visible()
    page.select_option("#server", index=0)
    send()
    page.get_by_role("radio", name="Raw", exact=True).check(force=True)
    expect(page.locator("[name='body~raw']")).to_be_visible()
    expect(stale).to_be_visible()


def test_what_is_typed_before_the_answers_script_came_marks_it_too(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/assets/views-*", lambda route: route.abort())
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.fill('[name="path.session"]', "cs_2")
    expect(page.locator(".stale-note")).to_be_visible()
    page.click("#send")
    expect(page.locator(".stale-note")).to_be_hidden()
    expect(page.locator("#response")).to_contain_text("cs_2")
    expect(page.locator(".stale-note")).to_be_hidden()
    context.close()


def test_what_kept_a_request_back_leads_to_its_field(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.click("#send")
    box = page.locator("#response .failed")
    expect(box).to_contain_text("Nothing was sent.")
    expect(page.locator("#problems")).to_be_empty()
    expect(page.locator("#f-path__session-problem")).to_be_visible()
    box.get_by_role("link", name="The path needs a value for “session”.").click()
    expect(page.locator('[name="path.session"]')).to_be_focused()
    page.keyboard.type("cs_1")
    expect(page.locator("#f-path__session-problem")).to_have_count(0)
    page.fill("#gateway-url", "")
    expect(page.locator("#send")).to_be_disabled()


def test_a_refusal_offers_credentials_and_the_sandbox(page: Page, site: RunningSite, api: RecordingServer) -> None:
    api.answer = http_answer({}, status="401 Unauthorized")
    page.goto(site.url + BEARER)
    choose(page, api.url)
    page.click("#send")
    expect(page.locator("#response .pill")).to_contain_text("401")
    expect(page.get_by_role("link", name="Add credentials")).to_be_visible()
    page.get_by_role("button", name="Use the sandbox").click()
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    expect(page.locator(".stale-note")).to_be_visible()


def test_a_typed_key_goes_along_and_the_key_line_says_so(page: Page, site: RunningSite, api: RecordingServer) -> None:
    page.clock.install()
    page.goto(site.url + BEARER)
    choose(page, api.url)
    assert "no key" in key_line(page)
    page.click("#authentication > summary")
    page.fill("[data-scheme] [data-part=token]", TOKEN)
    expect(page.locator("#authentication > summary").get_by_text("typed, goes with Send")).to_be_visible()
    assert "Not saved." in key_line(page)
    assert "Kept" not in key_line(page)
    # Whatever waits for a pause has been asked for and is answered, before the key and after it.
    page.clock.run_for(2000)
    wait_until(page, "!document.querySelector('.htmx-request')")
    page.clock.run_for(2000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/snippet" in request.url else None)
    page.locator("[data-scheme] [data-part=token]").press_sequentially("x")
    page.clock.run_for(2000)
    assert asked == [], "neither code nor URL hold what is typed there"
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert api.requests[-1].header("Authorization") == f"Bearer {TOKEN}x"
    page.reload()
    expect(page.locator("#authentication > summary")).to_contain_text("no key")


def test_the_key_line_says_where_a_key_was_not_saved_for(page: Page, site: RunningSite, api: RecordingServer) -> None:
    page.goto(site.url + BEARER)
    choose(page, api.url)
    page.click("#authentication > summary")
    page.fill("[data-scheme] [data-part=token]", TOKEN)
    page.click("[data-do=save]")
    line = page.locator("#authentication > summary")
    expect(line).to_contain_text("Configured")
    assert "asks first" not in line.inner_text()
    choose(page, "http://127.0.0.1:9")
    expect(line).to_contain_text(f"Saved for {api.url}: Send asks first.")
    page.click("#send")
    expect(page.get_by_role("dialog")).to_contain_text(f"These credentials were saved for {api.url}.")
    page.get_by_role("button", name="Cancel").click()
    page.select_option("#server", "sandbox")
    expect(line).not_to_contain_text("asks first")
    page.fill("#gateway-url", "http://127.0.0.1:4000")
    expect(line).to_contain_text(f"Saved for {site.url}: Send asks first.")


def test_a_pasted_key_goes_along_and_what_is_not_described_too(
    page: Page, site: RunningSite, api: RecordingServer
) -> None:
    page.goto(site.url + BEARER)
    choose(page, api.url)
    page.click("text=Paste a request")
    page.fill(
        "#paste",
        f"curl 'https://elsewhere.example/security/bearer?bogus=1' -H 'Authorization: Bearer {TOKEN}'"
        " -H 'X-Trace: abc' -b 'theme=dark'",
    )
    page.click("text=Fill in the form")
    expect(page.locator('[name="header.X-Trace"]')).to_have_value("abc")
    expect(page.locator("#authentication > summary").get_by_text("typed, goes with Send")).to_be_visible()
    expect(page.locator("#pasted").get_by_text("goes with the next Send")).to_be_visible()
    expect(page.locator("#live-url")).to_contain_text(f"{api.url}/security/bearer?bogus=1")
    page.check("[name=target][value=shell_curl]")
    for text in ("?bogus=1", "X-Trace: abc", "theme=dark"):
        expect(page.locator("#snippet")).to_contain_text(text)
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    sent = api.requests[-1]
    assert sent.line == "GET /security/bearer?bogus=1 HTTP/1.1"
    assert [sent.header(name) for name in ("Authorization", "X-Trace", "Cookie")] == [
        f"Bearer {TOKEN}",
        "abc",
        "theme=dark",
    ]
    page.get_by_role("button", name="remove bogus").click()
    expect(page.locator("#live-url")).not_to_contain_text("bogus")
    with page.expect_response("**/send"):
        page.click("#send")
    assert api.requests[-1].line == "GET /security/bearer HTTP/1.1"


def test_a_paste_says_that_the_server_is_another_one_and_leads_back(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    page.click("text=Paste a request")
    page.fill("#paste", "curl https://api.stripe.com/v1/checkout/sessions/cs_1 -d 'metadata[order]=6735'")
    page.click("text=Fill in the form")
    expect(page.locator("#pasted")).to_contain_text("The server is now api.stripe.com, as in what you pasted.")
    page.get_by_role("button", name="Back to Sandbox").click()
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    expect(page.locator('[name="path.session"]')).to_have_value("cs_1")
    page.fill("#paste", "curl https://nobody.example/v1/checkout/sessions/cs_2 -X POST")
    page.click("text=Fill in the form")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_2")
    expect(page.locator("#pasted")).not_to_contain_text("The server is now")
    expect(page.locator("#server")).to_have_value("sandbox")
