"""An answer that comes in pieces, in a real browser: text while it comes, Stop, a closed tab, and none of a script."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.servers import Recorded, RecordingServer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


class Ticking:
    """An API that sends an event a moment until told to end, and notes when nobody listens any more."""

    def __init__(self) -> None:
        self.gone = threading.Event()
        self.end = threading.Event()

    def __call__(self, connection: socket.socket, _: Recorded) -> None:
        try:
            connection.sendall(EVENTS)
            number = 0
            while not self.end.wait(0.05):
                number += 1
                connection.sendall(f"data: <tick> {number}\n\n".encode())
        except OSError:
            self.gone.set()
            return
        connection.sendall(b"data: last\n\n")
        connection.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(api: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("streaming")
    description = folder / "ticks.json"
    get = {"operationId": "ticks", "responses": {"200": {"description": "Ticks"}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Ticks", "version": "1"},
        "servers": [{"url": api.url}],
        "paths": {"/ticks": {"get": get}},
    }
    description.write_text(json.dumps(document))
    environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS="127.0.0.0/8:*")
    playground("add", "ticks", str(description), environ=environ)
    with running("serve", free_port(), environ, folder / "log") as one:
        yield one


@pytest.fixture
def ticking(api: RecordingServer) -> Iterator[Ticking]:
    api.answer = ticking = Ticking()
    yield ticking
    ticking.end.set()


def test_text_is_shown_while_it_comes_and_stays(site: RunningSite, ticking: Ticking, page: Page) -> None:
    page.goto(f"{site.url}/providers/ticks/ticks")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    page.click("#send")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 5")
    expect(page.locator(".status-line .pill")).to_have_text("200 OK")
    expect(page.locator("#response")).to_have_attribute("aria-busy", "true")
    ticking.end.set()
    expect(page.locator("#response-text")).to_contain_text("data: last")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    expect(page.locator(".end-line")).to_be_visible()
    text = page.locator("#response-text").text_content() or ""
    numbers = [line.rpartition(" ")[2] for line in text.split("\n") if "tick" in line]
    assert numbers == [str(one) for one in range(1, len(numbers) + 1)]


def test_stop_keeps_what_came_and_ends_the_call(site: RunningSite, ticking: Ticking, page: Page) -> None:
    page.goto(f"{site.url}/providers/ticks/ticks")
    page.click("#send")
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 3")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#response .notice")).to_have_text("Stopped.")
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 3")
    expect(page.locator("#send")).to_be_focused()
    assert ticking.gone.wait(600)
    page.click("#send")  # and everything works as before
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 2")


def test_stop_ends_a_call_that_has_no_answer_yet(site: RunningSite, api: RecordingServer, page: Page) -> None:
    gone = threading.Event()

    def silent(connection: socket.socket, _: Recorded) -> None:
        if not connection.recv(1):
            gone.set()

    api.answer = silent
    page.goto(f"{site.url}/providers/ticks/ticks")
    page.click("#send")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#response")).to_have_text("Stopped.")
    assert gone.wait(600)


def test_a_closed_tab_ends_the_call(site: RunningSite, ticking: Ticking, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/providers/ticks/ticks")
    page.click("#send")
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 2")
    context.close()
    assert ticking.gone.wait(600)


def test_without_a_script_the_page_grows_as_the_answer_comes(
    site: RunningSite, ticking: Ticking, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/providers/ticks/ticks")
    page.locator("#send").click(no_wait_after=True)
    expect(page.locator("#response-text")).to_contain_text("data: <tick> 3")
    ticking.end.set()
    expect(page.locator("#response-text")).to_contain_text("data: last")
    expect(page.locator("#snippet")).to_be_visible()
    context.close()
