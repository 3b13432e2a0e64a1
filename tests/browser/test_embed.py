"""One operation in somebody else's page: a frame that grows, filled as the page says, refused where not allowed."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.browser.conftest import FLAGS, RunningSite, environ_for, running
from tests.support.needs import free_port, need_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATION = "stripe/postcheckoutsessionssession"


@dataclass
class Scene:
    """A site, and a page on another origin that embeds it; `stranger` serves the same page from one not listed."""

    site: RunningSite
    host: str
    stranger: str
    html: list[str]
    policy: list[str]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("embed")
    html, policy = [""], [""]

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><html lang=en><title>Docs</title><h1>Docs</h1>{html[0]}<p id=end>End</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if policy[0]:
                self.send_header("Content-Security-Policy", policy[0])
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *args: object) -> None:
            """Stay silent."""

    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)) for _ in range(2)]
        for server in servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        host, stranger = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
        environ = environ_for(
            folder, PLAYGROUND_FRAME_ANCESTORS=f"'self' {host} {host.replace('127.0.0.1', 'localhost')}"
        )
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, host=host, stranger=stranger, html=html, policy=policy)


@pytest.fixture
def docs(browser: Browser, scene: Scene) -> Iterator[Page]:
    """A reader's page of the host's; the test fails on any error the host's page or the frames report."""
    scene.policy[0] = ""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    wrong = watched(context)
    yield context.new_page()
    context.close()
    assert not wrong, wrong


def watched(context: BrowserContext) -> list[str]:
    wrong: list[str] = []
    context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    return wrong


def frame_of(page: Page, number: int = 0) -> FrameLocator:
    return page.frame_locator(f"iframe >> nth={number}")


def height_of(page: Page, number: int = 0) -> int:
    return int(page.locator("iframe").nth(number).get_attribute("height") or "0")


def is_whole(page: Page, number: int = 0) -> None:
    """Wait until the frame is as tall as what it shows: nothing scrolls inside, nothing is empty below."""
    root = frame_of(page, number).locator("html")
    while not root.evaluate("root => Math.abs(root.scrollHeight - innerHeight) <= 1"):
        page.wait_for_timeout(50)


def test_the_script_makes_a_frame_that_grows_and_works(docs: Page, scene: Scene) -> None:
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js" data-operation="{OPERATION}" '
        """data-values='{"session":"cs_1","metadata":{"k":"é"}}' data-theme="dark" data-panes="form,output"></script>"""
    )
    docs.goto(scene.host)
    frame = frame_of(docs)
    expect(frame.locator('[name="path.session"]')).to_have_value("cs_1")
    expect(frame.locator('[name="body/metadata~value/0"]')).to_have_value("é")
    expect(frame.locator(".site-header, .crumbs, nav")).to_have_count(0)
    expect(frame.locator("#snippet")).to_be_hidden()
    expect(frame.locator(".storage-note.blocked")).to_be_hidden()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    while height_of(docs) <= 700:
        docs.wait_for_timeout(50)
    is_whole(docs)
    frame.locator("#send").click()
    expect(frame.locator("#response .status-line .pill")).to_have_text("200 OK")
    is_whole(docs)


def test_a_frame_that_grows_moves_nothing_that_is_being_read(docs: Page, scene: Scene) -> None:
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="{OPERATION}"></script>'
    docs.goto(scene.host)
    is_whole(docs)
    before = height_of(docs)
    button = frame_of(docs).locator('[name="~add"][value="body/line_items"]')
    button.scroll_into_view_if_needed()
    place, scrolled = button.bounding_box(), docs.evaluate("scrollY")
    button.click()
    expect(frame_of(docs).locator('[name="body/line_items/0/quantity"]')).to_be_visible()
    while height_of(docs) <= before:
        docs.wait_for_timeout(50)
    is_whole(docs)
    assert docs.evaluate("scrollY") == scrolled
    # What stands above the new row has not moved on the screen.
    label = frame_of(docs).locator("#f-body-line_5f_items-label").bounding_box()
    assert place is not None
    assert label is not None
    assert label["y"] < place["y"]


def test_three_operations_on_a_page_with_a_strict_policy(docs: Page, scene: Scene) -> None:
    site = scene.site.url
    scene.policy[0] = (
        f"default-src 'none'; script-src {site}; frame-src {site}; style-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    scene.html[0] = (
        f'<script src="{site}/embed.js"></script>'
        f'<try-it operation="{OPERATION}" theme="light"><a href="{site}/providers/{OPERATION}">Try it</a></try-it>'
        '<try-it operation="tour/ping" panes="form,snippet" theme="dark" language="shell_curl"></try-it>'
        f"""<try-it operation="{OPERATION}" values='{{"session":"cs_3"}}' server="https://api.stripe.com"></try-it>"""
    )
    docs.goto(scene.host)
    expect(frame_of(docs, 0).locator("h1")).to_have_text("Update a Checkout Session")
    expect(docs.get_by_text("Try it", exact=True)).to_be_hidden()
    docs.locator("iframe").nth(1).scroll_into_view_if_needed()
    expect(frame_of(docs, 1).locator("#snippet")).to_contain_text("curl")
    docs.locator("iframe").nth(2).scroll_into_view_if_needed()
    expect(frame_of(docs, 2).locator('[name="path.session"]')).to_have_value("cs_3")
    expect(frame_of(docs, 2).locator("#server")).to_have_value("https://api.stripe.com")
    for number in range(3):
        docs.locator("iframe").nth(number).scroll_into_view_if_needed()  # what is not seen may be drawn later
        is_whole(docs, number)
    expect(frame_of(docs, 0).locator("html")).to_have_attribute("data-theme", "light")
    expect(frame_of(docs, 1).locator("html")).to_have_attribute("data-theme", "dark")


def test_a_frame_far_below_is_not_loaded_before_the_reader_comes_near(docs: Page, scene: Scene) -> None:
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js"></script>{"<p>line</p>" * 400}<try-it operation="tour/ping"></try-it>'
    )
    asked: list[str] = []
    docs.on("request", lambda request: asked.append(request.url))
    docs.goto(scene.host)
    docs.wait_for_timeout(500)
    assert not [url for url in asked if "/embed/providers" in url]
    docs.locator("try-it").scroll_into_view_if_needed()
    expect(frame_of(docs).locator("h1")).to_be_visible()


def test_the_frame_follows_the_theme_and_the_accent_of_the_page_around(docs: Page, scene: Scene) -> None:
    scene.html[0] = (
        "<style>:root { --brand: rgb(11 110 79); background: #fff } :root.night { background: #101014 }</style>"
        f'<script src="{scene.site.url}/embed.js" data-operation="tour/ping" data-theme="auto" '
        'data-accent="var(--brand)"></script>'
    )
    docs.goto(scene.host)
    root = frame_of(docs).locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    expect(frame_of(docs).locator("#send")).to_have_css("background-color", "rgb(11, 110, 79)")
    frame_of(docs).locator("#gateway-url").fill("http://127.0.0.1:4000")
    docs.evaluate("document.documentElement.classList.add('night')")
    expect(root).to_have_attribute("data-theme", "dark")
    # The page in the frame is the same one: nothing typed is lost.
    expect(frame_of(docs).locator("#gateway-url")).to_have_value("http://127.0.0.1:4000")


def test_who_is_not_listed_gets_no_frame(browser: Browser, scene: Scene) -> None:
    scene.html[0] = f'<iframe src="{scene.site.url}/embed/providers/{OPERATION}"></iframe>'
    context = browser.new_context()
    wrong = watched(context)
    page = context.new_page()
    page.goto(scene.stranger)
    expect(page.locator("iframe")).to_be_visible()
    while "frame-ancestors" not in " ".join(wrong):
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    assert page.frames[1].locator("#request").count() == 0
    context.close()


@pytest.mark.parametrize("inside", ["<a href='/docs'>See the docs</a>", ""], ids=["a link of its own", "none"])
def test_a_refused_frame_puts_its_link_in_its_place(browser: Browser, scene: Scene, inside: str) -> None:
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js"></script><try-it operation="tour/ping" height="300">{inside}</try-it>'
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(scene.stranger)
    address = "/docs" if inside else f"{scene.site.url}/providers/tour/ping"
    expect(page.locator(f"try-it a[href='{address}']")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    # Where the site lets it, the frame is there and the link is not.
    page.goto(scene.host)
    expect(frame_of(page).locator("#send")).to_be_visible()
    page.wait_for_timeout(2000)
    expect(page.locator(f"try-it a[href='{address}']")).to_be_hidden()
    expect(page.locator("iframe")).to_be_visible()
    context.close()


def test_a_frame_that_is_read_late_is_there(docs: Page, scene: Scene) -> None:
    # Near enough to be loaded, and below the screen, where a browser draws nothing.
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js"></script><p style="height: 1200px">A line</p>'
        '<try-it operation="tour/ping"></try-it>'
    )
    docs.clock.install()
    docs.goto(scene.host)
    expect(frame_of(docs).locator("#send")).to_be_attached()
    docs.wait_for_load_state("load")
    docs.frames[1].wait_for_load_state("load")
    docs.clock.run_for(3000)
    docs.locator("try-it").scroll_into_view_if_needed()
    expect(frame_of(docs).locator("#send")).to_be_visible()
    is_whole(docs)


def test_a_frame_that_tells_its_height_late_is_shown_then(docs: Page, scene: Scene) -> None:
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="tour/ping"></script>'
    docs.add_init_script(
        """addEventListener("message", (event) => {
          if (event.data?.type !== "playground:height" || window.isLate) return;
          event.stopImmediatePropagation();
        });"""
    )
    docs.clock.install()
    docs.goto(scene.host)
    docs.frames[1].wait_for_load_state("load")
    docs.clock.run_for(3000)
    expect(docs.locator("iframe")).to_be_hidden()
    docs.evaluate("window.isLate = true")
    frame_of(docs).locator("main").evaluate(
        "main => main.append(...'more'.split('').map(() => document.createElement('hr')))"
    )
    expect(docs.locator("iframe")).to_be_visible()
    is_whole(docs)


def test_an_operation_without_parameters_is_a_low_frame(docs: Page, scene: Scene) -> None:
    docs.set_viewport_size({"width": 980, "height": 900})
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="tour/ping"></script>'
    docs.goto(scene.host)
    expect(frame_of(docs).locator("#send")).to_be_visible()
    root = frame_of(docs).locator("html")
    while height_of(docs) > 400:
        # Again and again: these tests open them once the page is parsed.
        root.evaluate("root => root.querySelectorAll('.way').forEach(way => (way.open = false))")
        docs.wait_for_timeout(50)
    is_whole(docs)
    frame_of(docs).locator(".folded > summary").click()
    expect(frame_of(docs).locator(".described-response").first).to_contain_text("200 OK")
    is_whole(docs)


def test_an_unknown_operation_is_said_so_without_the_site_around(browser: Browser, scene: Scene) -> None:
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="tour/nothing"></script>'
    scene.policy[0] = ""
    context = browser.new_context()
    page = context.new_page()
    page.goto(scene.host)
    frame = frame_of(page)
    expect(frame.locator("h1")).to_have_text("There is nothing at this address")
    expect(frame.locator("header, nav, footer, dialog")).to_have_count(0)
    while not 60 < height_of(page) < 320:
        page.wait_for_timeout(50)
    is_whole(page)
    context.close()


def test_a_forged_message_changes_nothing(docs: Page, scene: Scene) -> None:
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="tour/ping"></script>'
    docs.goto(scene.host)
    is_whole(docs)
    before = height_of(docs)
    # To the page around: from the page itself, which is no frame of the site's.
    docs.evaluate("() => postMessage({ type: 'playground:height', height: 9 }, '*')")
    # To the frame: from itself, which is not the page around; from that page, but none of the two words.
    inner = docs.frames[1]
    inner.evaluate("() => postMessage({ type: 'playground:theme', theme: 'dark' }, '*')")
    for theme in ("'\"><script>'", "{ toString: () => 'dark' }.toString.name", "null"):
        docs.evaluate(
            "([theme]) => document.querySelector('try-it').shadowRoot.firstChild.contentWindow"
            ".postMessage({ type: 'playground:theme', theme }, '*')",
            [theme],
        )
    docs.wait_for_timeout(300)
    assert height_of(docs) == before
    assert inner.evaluate("document.documentElement.dataset.theme") is None


def test_a_sandboxed_frame_works_and_says_why_nothing_is_kept(browser: Browser, scene: Scene) -> None:
    scene.html[0] = (
        f'<iframe sandbox="allow-scripts allow-forms" src="{scene.site.url}/embed/providers/{OPERATION}" '
        'width="900" height="900"></iframe>'
    )
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    page.goto(scene.host)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".storage-note.sandbox")).to_contain_text("sandbox without storage")
    frame.locator('[name="path.session"]').fill("cs_opaque")
    expect(frame.locator("#snippet")).to_contain_text("session: 'cs_opaque'")
    frame.locator('[name="~add"][value="body/metadata"]').click()
    expect(frame.locator('[name="body/metadata~key/0"]')).to_be_focused()
    # No file of icons could be loaded there: they stand in the page.
    assert frame.locator('[name="~remove"] use').evaluate("one => one.getBBox().width") > 4
    frame.locator("summary", has_text="Authentication").click()
    frame.locator('[data-part="token"]').first.fill("sk_test_canary")
    frame.locator("[data-do=save]").click()
    expect(frame.locator("[data-said]")).to_contain_text("until you leave")
    frame.locator("#send").click()
    expect(frame.locator("#response .status-line .pill")).to_have_text("200 OK")
    context.close()


def test_a_browser_that_blocks_storage_in_frames_says_so_too(browser: Browser, scene: Scene, tmp_path: Path) -> None:
    """Chromium with third-party storage blocked by its own setting, as people and companies set it."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text('{"profile":{"cookie_controls_mode":1,"block_third_party_cookies":true}}')
    scene.html[0] = f'<script src="{scene.site.url}/embed.js" data-operation="{OPERATION}"></script>'
    names = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"
    with browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=need_chromium(), args=[*FLAGS, names]
    ) as context:
        page = context.new_page()
        # Another site altogether: two ports of one host are the same site to these settings.
        page.goto(scene.host.replace("127.0.0.1", "localhost"))
        frame = page.frame_locator("iframe")
        expect(frame.locator("#request")).to_be_visible()
        expect(frame.locator(".storage-note.blocked")).to_contain_text(
            "blocks storage for pages shown inside other sites"
        )
        frame.locator('[name="path.session"]').fill("cs_blocked")
        expect(frame.locator("#snippet")).to_contain_text("session: 'cs_blocked'")
