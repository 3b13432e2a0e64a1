"""One operation in somebody else's page: a frame that grows, filled as the page says, refused where not allowed."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import RunningSite, environ_for, running
from tests.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATION = "stripe/postcheckoutsessionssession"


@dataclass
class Scene:
    """A site, and a page on another origin that embeds it; `stranger` serves the same page from one not listed."""

    site: RunningSite
    host: str
    stranger: str
    html: list[str]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("embed")
    html = [""]

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><title>Docs</title><h1>Docs</h1>{html[0]}<p id=end>End</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
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
        environ = environ_for(folder, PLAYGROUND_FRAME_ANCESTORS=f"'self' {host}")
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, host=host, stranger=stranger, html=html)


def test_the_script_makes_a_frame_that_grows_and_works(browser: Browser, scene: Scene) -> None:
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js" data-operation="{OPERATION}" '
        """data-values='{"session":"cs_1","metadata":{"k":"é"}}' data-theme="dark" data-panes="form,output"></script>"""
    )
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(scene.host)
    frame = page.frame_locator("iframe")
    expect(frame.locator('[name="path.session"]')).to_have_value("cs_1")
    expect(frame.locator('[name="body/metadata~value/0"]')).to_have_value("é")
    expect(frame.locator(".site-header")).to_be_hidden()
    expect(frame.locator("#snippet")).to_be_hidden()
    assert frame.locator("html").get_attribute("data-theme") == "dark"
    before = int(page.locator("iframe").get_attribute("height") or "0")
    assert before > 700
    frame.locator("#send").click()
    expect(frame.locator("#response .pill")).to_have_text("200 OK")
    expect(page.locator("iframe")).not_to_have_attribute("height", "640")
    assert frame.locator("html").evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    context.close()


def test_the_element_works_more_than_once_on_a_page(browser: Browser, scene: Scene) -> None:
    scene.html[0] = (
        f'<script src="{scene.site.url}/embed.js"></script>'
        f'<try-it operation="{OPERATION}"></try-it><try-it operation="tour/ping" panes="form,snippet"></try-it>'
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(scene.host)
    expect(page.frame_locator("iframe >> nth=0").locator("h1")).to_have_text("Update a Checkout Session")
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    expect(page.frame_locator("iframe >> nth=1").locator("#snippet")).to_contain_text("tour.ping")
    context.close()


def test_who_is_not_listed_gets_no_frame(browser: Browser, scene: Scene) -> None:
    scene.html[0] = f'<iframe src="{scene.site.url}/embed/providers/{OPERATION}"></iframe>'
    context = browser.new_context()
    page = context.new_page()
    page.goto(scene.stranger)
    page.wait_for_timeout(500)
    assert page.frames[1].locator("#request").count() == 0
    context.close()


def test_where_storage_is_blocked_the_page_still_works(browser: Browser, scene: Scene) -> None:
    scene.html[0] = (
        f'<iframe sandbox="allow-scripts allow-forms" src="{scene.site.url}/embed/providers/{OPERATION}" '
        'width="900" height="900"></iframe>'
    )
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    page.goto(scene.host)
    frame = page.frame_locator("iframe")
    frame.locator('[name="path.session"]').fill("cs_opaque")
    expect(frame.locator('[name="path.session"]')).to_have_value("cs_opaque")
    context.close()
