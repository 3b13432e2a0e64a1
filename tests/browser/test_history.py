"""Answers kept in the browser: after reloads, on other pages, searched, sent again; bundles that are dropped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, environ_for, hold, playground, running, says, wait_until
from tests.browser.stored import EVERYTHING, MADE_BEFORE, UNAVAILABLE, WRITTEN
from tests.support.needs import free_port
from tests.support.pages import document
from tests.support.servers import Recorded, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LIST = "/providers/shop/listitems"
CANARY = "canary-7f3a9c-secret"


def items(_connection: Any, asked: Recorded) -> bytes:
    """Answer with as many items as the query asks for, and with secrets that the API has just made."""
    wanted = re.search(r"limit=(\d+)", asked.target)
    found = [{"id": f"it_{number}", "name": f"Item {number}"} for number in range(int(wanted[1]) if wanted else 1)]
    body = {"data": found, "session_token": CANARY, "echo": asked.header("X-Api-Key")}
    return http_answer(body, headers={"Content-Type": "application/json", "Set-Cookie": f"sid={CANARY}; Path=/"})


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer(items) as server:
        yield server


@pytest.fixture(scope="module")
def shop(api: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("history")
    answers = {"200": {"description": "ok", "content": {"application/json": {
        "example": {"data": [{"id": "it_0", "name": "Documented"}], "session_token": "x", "echo": None}}}}}  # fmt: skip
    paths: dict[str, Any] = {
        "/items": {
            "get": {
                "operationId": "listitems",
                "summary": "List items",
                "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
                "responses": answers,
            }
        }
    }
    keys = {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
    described = document(paths, server=api.url, schemes=keys, security=[{"key": []}], title="Shop API")
    (folder / "shop.json").write_text(json.dumps(described))
    environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
    playground("add", "shop", str(folder / "shop.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def send(page: Page, site: RunningSite, limit: str) -> None:
    if not page.url.startswith(site.url + LIST):
        page.goto(site.url + LIST)
    page.fill('[name="query.limit"]', limit)
    page.evaluate("sessionStorage.removeItem('playground:shown')")  # it is noted again once this answer is kept
    with page.expect_response(re.compile("/answers/record$")):
        page.click("#send")
    expect(page.locator("#response .tree")).to_contain_text(f"it_{int(limit) - 1}")
    wait_until(page, "() => (sessionStorage.getItem('playground:shown') ?? '[]') !== '[]'")


def test_the_last_answer_is_there_again_after_reload_and_back(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    page.reload()
    expect(page.locator("#response .tree")).to_contain_text("it_1")
    expect(page.locator(".kept-note")).to_contain_text("Nothing was sent now.")
    page.goto(shop.url + "/providers/shop")
    page.go_back()
    expect(page.locator("#response .tree")).to_contain_text("it_1")
    page.goto(shop.url + LIST)
    expect(page.locator("#response")).not_to_contain_text("it_1")


def test_the_history_tells_what_differed_and_opens_and_sends_again(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    send(page, shop, "3")
    page.click("#history > summary")
    rows = page.locator("#history ol > li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("limit: 2 → 3")
    rows.nth(1).locator(".title").click()
    expect(page.locator('[name="query.limit"]')).to_have_value("2")
    expect(page.locator(".kept-note")).to_be_visible()
    expect(page.locator("#response .tree")).not_to_contain_text("it_2")
    rows.nth(1).get_by_role("button", name="Send again").click()
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("limit: 3 → 2")
    expect(page.locator(".kept-note")).to_have_count(0)


@pytest.mark.parametrize("late", ["/form$", "/answers/open$"])
def test_of_two_answers_opened_at_once_the_newer_stays(page: Page, shop: RunningSite, late: str) -> None:
    send(page, shop, "2")
    send(page, shop, "3")
    page.click("#history > summary")
    titles = page.locator("#history ol .title")
    expect(titles).to_have_count(2)
    let_go = hold(page, re.compile(late), most=1)
    with page.expect_request(re.compile(late)):
        titles.nth(1).click()
    titles.first.click()
    expect(page.locator(".kept-note")).to_be_visible()
    let_go()
    expect(page.locator('[name="query.limit"]')).to_have_value("3")
    expect(page.locator("#response .tree")).to_contain_text("it_2")
    page.reload()
    expect(page.locator(".kept-note")).to_be_visible()
    expect(page.locator("#response .tree")).to_contain_text("it_2")


def test_a_send_goes_before_an_answer_that_is_being_opened(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    page.click("#history > summary")
    let_go = hold(page, re.compile("/answers/open$"), most=1)
    with page.expect_request(re.compile("/answers/open$")):
        page.click("#history ol .title")
    send(page, shop, "3")
    let_go()
    # And the other way round: the answer is shown though an older one was opened meanwhile.
    let_go = hold(page, re.compile("/send$"))
    page.fill('[name="query.limit"]', "4")
    page.click("#send")
    expect(page.locator("#history ol .title")).to_have_count(2)
    page.locator("#history ol .title").last.click()
    expect(page.locator(".kept-note")).to_be_visible()
    let_go()
    expect(page.locator("#response .tree")).to_contain_text("it_3")


def test_the_page_of_all_answers_searches_pins_names_forgets_and_erases(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    send(page, shop, "3")
    page.goto(shop.url + "/history")
    rows = page.locator("#history ol > li")
    expect(rows).to_have_count(2)
    rows.nth(1).get_by_role("button", name="Pin").click()
    expect(rows.first).to_have_class("pinned")
    rows.first.get_by_role("button", name="Name", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Two of them")
    page.keyboard.press("Enter")
    expect(rows.first.locator(".title")).to_have_text("Two of them")
    page.get_by_label("Search answers").fill("two them")
    expect(rows).to_have_count(1)
    page.get_by_label("Search answers").fill("no such thing")
    expect(page.locator("[data-none]")).to_have_text("Nothing kept matches.")
    page.get_by_label("Search answers").fill("")
    rows.nth(1).get_by_role("button", name="Forget").click()
    expect(rows).to_have_count(1)
    rows.first.locator(".title").click()
    page.wait_for_url(re.compile(LIST))
    expect(page.locator('[name="query.limit"]')).to_have_value("2")
    expect(page.locator("#response .tree")).to_contain_text("it_1")
    page.goto(shop.url + "/history")
    page.get_by_role("button", name="Erase all").click()
    page.get_by_role("button", name="Erase every kept answer?").click()
    expect(page.locator("[data-none]")).to_have_text("No answer is kept yet.")
    assert "it_1" not in page.evaluate(EVERYTHING)


def test_two_answers_are_compared_and_one_with_a_send_to_another_server(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    send(page, shop, "3")
    page.click("#history > summary")
    expect(page.get_by_label("Choose for comparing")).to_have_count(2)
    for box in page.get_by_label("Choose for comparing").all():
        box.check()
    page.locator("[data-compare]").click()
    expect(page.locator(".changes li")).to_have_count(1)
    expect(page.locator(".changes li")).to_contain_text("/data/2")

    page.goto(shop.url + LIST)
    send(page, shop, "2")
    page.locator(".answer-tools").get_by_text("Compare", exact=True).click()
    page.get_by_role("button", name="With the documented example").click()
    expect(page.locator("#comparison .sides")).to_contain_text("Documented example of 200")
    name = page.locator("#comparison li", has_text="/data/0/name")
    expect(name).to_contain_text("Documented")
    name.get_by_role("button", name="Leave out").click()
    expect(page.locator("#comparison .ignored")).to_contain_text("/data/*/name")
    expect(name).to_have_count(0)

    page.select_option('[name="server"]', value="sandbox")
    page.get_by_role("button", name="Send and compare").click()
    expect(page.locator("#response .status-line").first).to_contain_text("Sandbox example")
    expect(page.locator("#comparison .sides")).to_contain_text("sandbox")
    expect(page.locator("#comparison .changes")).to_contain_text("Documented")


def test_no_secret_is_in_what_is_kept(page: Page, shop: RunningSite, api: RecordingServer) -> None:
    page.goto(shop.url + LIST)
    page.click("#authentication > summary")
    key = page.locator('[data-scheme="key"] [data-part="value"]')
    key.fill("canary-of-the-visitor-1")
    send(page, shop, "2")
    assert api.requests[-1].header("X-Api-Key") == "canary-of-the-visitor-1"
    kept = page.evaluate(EVERYTHING)
    assert "it_1" in kept
    assert "canary" not in kept
    assert "Set-Cookie" in kept


def test_demo_mode_keeps_nothing(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + LIST)
    page.evaluate("localStorage.setItem('playground:demo', 'large')")
    page.reload()
    page.fill('[name="query.limit"]', "2")
    page.click("#send")
    expect(page.locator("#response .tree")).to_contain_text("it_1")
    page.click("#history > summary")
    expect(page.locator("#history")).to_contain_text("Demo mode is on")
    assert "it_1" not in page.evaluate(EVERYTHING)
    page.reload()
    expect(page.locator("#response")).not_to_contain_text("it_1")


def test_a_bundle_opens_on_another_site_offline_and_in_its_form(
    page: Page, shop: RunningSite, browser: Browser, tmp_path: Path
) -> None:
    page.goto(shop.url + LIST)
    page.click("#authentication > summary")
    page.locator('[data-scheme="key"] [data-part="value"]').fill("canary-of-the-visitor-2")
    send(page, shop, "2")
    page.get_by_text("Support bundle").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Page", exact=True).click()
    file = tmp_path / "bundle.html"
    download.value.save_as(file)
    assert "canary" not in file.read_text()

    alone = browser.new_context(java_script_enabled=False, offline=True)
    opened = alone.new_page()
    opened.goto(file.as_uri())
    expect(opened.locator("body")).to_contain_text("it_1")
    expect(opened.locator("body")).to_contain_text("GET /items?limit=2")
    alone.close()

    # Another origin has the same API, and knows nothing of the first one's answers.
    environ = environ_for(tmp_path)
    (tmp_path / "shop.json").write_bytes((Path(shop.environ["PLAYGROUND_CATALOG"]).parent / "shop.json").read_bytes())
    playground("add", "shop", str(tmp_path / "shop.json"), environ=environ)
    with running("serve", free_port(), environ, tmp_path / "serve.log") as other:
        page.goto(other.url + "/providers/shop")
        page.evaluate(
            """(text) => {
              const files = new DataTransfer();
              files.items.add(new File([text], "bundle.html", { type: "text/html" }));
              const drag = (name) => document.body.dispatchEvent(
                new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: files }));
              drag("dragenter");
              // As a hand does, which lets go only once the page shows that it takes the file.
              const moving = setInterval(() => {
                if (drag("dragover")) return;
                clearInterval(moving);
                drag("drop");
              }, 50);
            }""",
            file.read_text(),
        )
        expect(page.locator("#response .tree")).to_contain_text("it_1")
        expect(page.locator('[name="query.limit"]')).to_have_value("2")
        expect(page.locator(".kept-note")).to_contain_text("is the one in the file")
        page.wait_for_url(other.url + LIST)
        wait_until(page, "() => (sessionStorage.getItem('playground:shown') ?? '[]') !== '[]'")
        page.reload()
        expect(page.locator("#response .tree")).to_contain_text("it_1")
        page.goto("about:blank")  # else it may still be asking when the site ends


def test_a_link_carries_a_small_answer(page: Page, shop: RunningSite, browser: Browser) -> None:
    send(page, shop, "2")
    with says(page, "Copied"):
        page.get_by_role("button", name="Copy link with answer").click()
    link = page.locator("#answer-link").text_content() or ""
    assert link.startswith(shop.url + LIST + "#v1=")
    other = browser.new_context()
    opened = other.new_page()
    opened.goto(link)
    expect(opened.locator("#response .tree")).to_contain_text("it_1")
    expect(opened.locator(".kept-note")).to_contain_text("came with the link")
    expect(opened.locator('[name="query.limit"]')).to_have_value("2")
    assert CANARY not in opened.content()
    other.close()


def test_a_large_answer_is_not_put_into_a_link(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + LIST)
    page.fill('[name="query.limit"]', "9000")
    page.click("#send")
    page.get_by_role("button", name="Copy link with answer").click()
    expect(page.get_by_role("button", name="Too large for a link")).to_be_visible()


def send_unkept(page: Page, site: RunningSite, limit: str, sentence: str) -> None:
    """Send, and see the answer, that it is not kept, and why; the next one comes to the same place."""
    page.fill('[name="query.limit"]', limit)
    page.click("#send")
    expect(page.locator("#response .tree")).to_contain_text(f"it_{int(limit) - 1}")
    expect(page.locator("#history-said")).to_contain_text(f"This answer is not kept. {sentence}")


@pytest.mark.parametrize("why", UNAVAILABLE)
def test_a_browser_without_storage_says_that_nothing_is_kept(page: Page, shop: RunningSite, why: str) -> None:
    page.add_init_script(UNAVAILABLE[why])
    page.goto(shop.url + LIST)
    send_unkept(page, shop, "2", "This browser lets this site keep nothing.")
    page.click("#history > summary")
    expect(page.locator("#history [data-none]")).to_have_text("This browser lets this site keep nothing.")


def test_a_full_storage_is_said_and_tried_again(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + LIST)
    quota = page.context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": shop.url, "quotaSize": 1})
    send_unkept(page, shop, "2", "This browser has no room left for it: forget older answers.")
    page.click("#history > summary")
    expect(page.locator("#history [data-none]")).to_have_text("No answer is kept yet.")
    quota.send("Storage.overrideQuotaForOrigin", {"origin": shop.url})
    send(page, shop, "3")
    expect(page.locator("#history ol > li")).to_have_count(1)
    expect(page.locator("#history-said")).to_be_empty()


def test_a_history_of_a_newer_version_is_left_alone(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + LIST)
    page.evaluate(MADE_BEFORE, [7, ["heads", "records", "more"]])
    send_unkept(page, shop, "2", "A newer version of this page has written the history: reload the page.")
    assert page.evaluate("async () => (await indexedDB.databases())[0].version") == 7


def test_a_broken_history_is_begun_anew_when_it_is_erased(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + LIST)
    page.evaluate(MADE_BEFORE, [1, ["other"]])
    send_unkept(page, shop, "2", "The history in this browser is broken: “Erase all” begins a new one.")
    page.click("#history > summary")
    page.get_by_role("button", name="Erase all").click()
    page.get_by_role("button", name="Erase every kept answer?").click()
    expect(page.locator("#history [data-none]")).to_have_text("No answer is kept yet.")
    send(page, shop, "3")
    expect(page.locator("#history ol > li")).to_have_count(1)


def test_rubbish_among_what_is_kept_is_told_from_answers(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    own = "shop/listitems"
    for head in ({"id": 901}, {"id": "x", "operation": own}, {"id": 902, "operation": own, "pairs": 3, "at": "?"}):
        page.evaluate(WRITTEN, ["heads", head])
    page.evaluate(WRITTEN, ["records", "{]", 902])
    page.click("#history > summary")
    rows = page.locator("#history ol > li")
    expect(rows).to_have_count(2)
    expect(page.locator("#history [data-broken]")).to_have_text(
        "What else is kept cannot be read: “Erase all” removes it."
    )
    rows.first.locator(".title").click()
    expect(page.locator("#response")).to_contain_text("This answer cannot be read: what was kept of it is broken.")
    send(page, shop, "3")
    expect(rows).to_have_count(3)


def test_two_tabs_share_what_is_kept(page: Page, shop: RunningSite) -> None:
    send(page, shop, "2")
    send(page, shop, "3")
    page.click("#history > summary")
    rows = page.locator("#history ol > li")
    expect(rows).to_have_count(2)
    other = page.context.new_page()
    other.goto(shop.url + "/history")
    there = other.locator("#history ol > li")
    there.last.get_by_role("button", name="Pin").click()
    expect(rows.first).to_have_class("pinned")
    there.last.get_by_role("button", name="Forget").click()
    expect(rows).to_have_count(1)
    # What went without a word is said where it is asked for.
    other.evaluate(WRITTEN.replace(".put(value, ...(key === undefined ? [] : [key]))", ".clear()"), ["records", 0])
    rows.locator(".title").click()
    expect(page.locator("#history-said")).to_have_text(
        "This answer is not kept any longer: another tab has forgotten it."
    )
    # Another tab takes the whole database away, and a newer version of the page may make its own.
    assert other.evaluate(
        "() => new Promise((done) => {"
        " const request = indexedDB.deleteDatabase('playground');"
        " request.onsuccess = () => done('gone'); request.onblocked = () => done('blocked'); })"
    ) == "gone"  # fmt: skip
    send(page, shop, "4")
    expect(rows).to_have_count(1)
