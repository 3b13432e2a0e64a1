"""Nothing phones home: whatever a visitor does, no page asks another origin, sets a cookie or leaves a worker."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import RunningSite, environ_for, running
from tests.support.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
PAGES = [
    "/", "/providers", "/providers/stripe", "/providers/tour/markdown", "/search?q=checkout", "/scenarios",
    "/shortcuts",
    "/nothing-here", "/dev/patterns", UPDATE, f"/embed{UPDATE}?theme=dark&accent=0b6e4f",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("own")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    (folder / "logo.svg").write_text(picture)
    (folder / "own.css").write_text(".brand { background: url(https://elsewhere.example/picture.png) }")
    settings = {
        "PLAYGROUND_DEBUG": "on",
        "PLAYGROUND_TITLE": "Acme Console",
        "PLAYGROUND_LOGO": str(folder / "logo.svg"),
        "PLAYGROUND_ACCENT": "#ffd400",
        "PLAYGROUND_STYLESHEET": str(folder / "own.css"),
        "PLAYGROUND_FOOTER_LINKS": "Docs=https://docs.example.com",
    }
    with running("serve", free_port(), environ_for(folder, **settings), folder / "serve.log") as site:
        yield site


def test_no_request_leaves_the_origin(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    asked: list[str] = []
    refused: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: refused.append(request.url))
    page = context.new_page()
    for path in PAGES:
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.cookie") == "", path
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    expect(page.locator("#snippet")).to_contain_text("cs_1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.keyboard.press("Control+k")
    page.keyboard.type("checkout")
    expect(page.locator("#palette-found [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    expect(page.locator("#shortcuts")).to_be_visible()
    elsewhere = {
        url
        for url in asked
        if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != urlsplit(site.url).netloc
    }
    # The operator's stylesheet tries; the policy stops it before anything is sent.
    assert elsewhere <= {"https://elsewhere.example/picture.png"}
    assert elsewhere <= set(refused)
    assert context.cookies() == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    context.close()


def test_the_brand_is_seen(browser: Browser, site: RunningSite) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    page.goto(site.url + UPDATE)
    expect(page.locator(".brand")).to_have_text("Acme Console")
    expect(page.locator(".brand img")).to_be_visible()
    assert page.locator(".brand img").evaluate("one => one.naturalWidth > 0")
    # Yellow cannot be read on white: the button is darker, and its text can be.
    ground = page.locator("#send").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground != "rgb(59, 79, 216)"
    assert ground != "rgb(255, 212, 0)"
    page.goto(site.url + "/")
    expect(page.locator(".site-footer ul a")).to_have_text("Docs")
    context.close()
