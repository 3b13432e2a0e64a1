"""Hostile answers in a real browser (rows 36 to 42 of the attack inputs): every view of each, and nothing executes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.contentviews.bodies import HOSTILE, SCRIPT
from tests.support.needs import free_port
from tests.support.servers import Recorded, RecordingServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADERS = (
    "Set-Cookie: pwned=1; Path=/\r\nHX-Redirect: /providers\r\nHX-Location: /providers\r\nHX-Refresh: true\r\n"
    "HX-Trigger: pwned\r\nHX-Retarget: body\r\nHX-Reswap: outerHTML\r\nHX-Push-Url: /pwned\r\n"
    "Refresh: 0;url=/providers\r\n"
    "Content-Security-Policy: default-src *\r\nClear-Site-Data: \"*\"\r\nLink: </x>; rel=preload; as=script\r\n"
    f"X-Markup: {SCRIPT}\r\n"
)  # fmt: skip
BOMB = gzip.compress(b"<script>top.pwned=1</script>" * 1_000_000)
WHOLE = {
    "gzip bomb": b"Content-Encoding: gzip\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
    "truncated gzip": b"Content-Encoding: gzip\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n" + BOMB[:900],
    "wrong encoding": b"Content-Encoding: br\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<script>",
    "too short": b"Content-Type: text/html\r\nContent-Length: 9000\r\n\r\n" + SCRIPT.encode(),
    "two lengths": b"Content-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<b>x</b>",
    "long header": b"X-Long: " + b"a" * 70_000 + b"\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
    "endless events": b"Content-Type: text/event-stream\r\n\r\n" + f"data: {SCRIPT}\n\n".encode() * 40_000,
}
"""Answers that are hostile in how they are sent: header fields and content as they go out."""

MARK = """() => document.querySelectorAll("#response :is(.status-line, .failed)")
  .forEach((one) => { one.dataset.before = ""; })"""
NEW = "#response :is(.status-line, .failed):not([data-before])"
"""What was shown before is marked, so that an answer is waited for and not the one before it."""

NAMES = [*HOSTILE, *WHOLE]


def _answer(_: object, request: Recorded) -> bytes:
    name = NAMES[int(request.target.rsplit("/", 1)[-1])]
    head = f"HTTP/1.1 200 OK\r\nConnection: close\r\n{HEADERS}".encode()
    if name in WHOLE:
        return head + WHOLE[name]
    kind, data = HOSTILE[name]
    return head + f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("hostile-answers")
    with RecordingServer(_answer) as api:
        number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}
        get = {"operationId": "body", "parameters": [number], "responses": {"200": {"description": "A body"}}}
        document = {
            "openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"}, "servers": [{"url": api.url}],
            "paths": {"/bodies/{number}": {"get": get}},
        }  # fmt: skip
        (folder / "hostile.json").write_text(json.dumps(document))
        environ = environ_for(folder, PLAYGROUND_MAX_RESPONSE_BYTES="2000000")
        playground("add", "hostile", str(folder / "hostile.json"), environ=environ)
        with running("serve", free_port(), environ, Path(folder / "log")) as started:
            yield started


def _watched(page: Page, site: RunningSite) -> list[str]:
    """Return what a page does that it must not; filled as it happens."""
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:", "about:")):
            wrong.append(f"asked for {request.url}")

    page.on("request", asked)

    def spoke(dialog: Dialog) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", spoke)
    page.on("popup", lambda popup: wrong.append(f"popup {popup.url}"))
    page.on("download", lambda download: wrong.append(f"download {download.url}"))
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    return wrong


SOME = NAMES[::3]


@pytest.mark.parametrize(
    ("scripts", "names"),
    [
        pytest.param(True, SOME, id="with a script"),
        pytest.param(True, [name for name in NAMES if name not in SOME], id="the rest", marks=pytest.mark.long),
        pytest.param(False, NAMES, id="without a script", marks=pytest.mark.long),
    ],
)
def test_nothing_of_a_hostile_answer_executes(
    browser: Browser, site: RunningSite, scripts: bool, names: list[str]
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    wrong = _watched(page, site)
    address = f"{site.url}/providers/hostile/body"
    clicked = 0
    page.goto(address)
    for name in names:
        # All are sent from one page, which a reader of many answers has open as well: what the one before left, stays.
        if scripts:
            page.evaluate(MARK)
        else:
            page.goto(address)
        page.locator('[name="path.number"]').fill(str(NAMES.index(name)))
        page.locator("#send").click()
        page.locator(NEW).first.wait_for()
        views = page.locator(".view-name").all_text_contents()
        for view in views:
            page.locator(".view-name", has_text=view).first.click()
            page.locator(f'.view-name[aria-pressed="true"]:has-text("{view}")').wait_for()
            clicked += 1
        at = page.url
        assert at.startswith((address, f"{site.url}/answers/")), (name, at)
        if scripts:
            assert page.evaluate("typeof window.pwned") == "undefined", name
            assert page.evaluate("document.querySelectorAll('main').length") == 1, name
        for frame in page.frames[1:]:
            assert frame.url.startswith("about:"), name
        assert wrong == [], name
    assert clicked > 3 * len(names)  # each has some views
    assert [cookie["name"] for cookie in context.cookies() if cookie["name"] == "pwned"] == []
    context.close()
