"""An event in a browser: filled in with what its visitor has made, and with nothing over what is typed."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_until
from tests.support.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ORDERS = Path(__file__).parents[1] / "sandbox" / "documents" / "orders.yaml"
WEBHOOK = "/events/orders?webhook=order.created"
EVENTS = re.compile(r"/events/orders\?")
VISITOR = "ada-of-this-browser"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("events")
    environ = environ_for(folder)
    playground("add", "orders", str(ORDERS), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


@pytest.fixture
def made(page: Page, shop: RunningSite) -> str:
    """Make an order as the visitor that this browser is, and return its ID."""
    page.goto(f"{shop.url}/healthz")
    page.evaluate("visitor => localStorage.setItem('playground:sandbox-visitor', visitor)", VISITOR)
    request = urllib.request.Request(
        f"{shop.url}/sandbox/orders/orders",
        data=b'{"item": "a mug"}',
        headers={"Content-Type": "application/json", "Playground-Visitor": VISITOR},
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["id"])


def test_an_event_comes_with_what_its_visitor_made(page: Page, shop: RunningSite, made: str) -> None:
    page.goto(shop.url + WEBHOOK)
    expect(page.locator("textarea")).to_have_value(re.compile(re.escape(made)))
    page.locator("summary", has_text="Request").click()
    expect(page.locator(".event pre").first).to_contain_text(made)


def test_what_is_typed_meanwhile_goes_before_that(page: Page, shop: RunningSite, made: str) -> None:
    held: list[Route] = []
    page.route(EVENTS, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    page.goto(shop.url + WEBHOOK)
    while not held:
        page.wait_for_timeout(20)
    page.fill("textarea", "typed")
    held[0].continue_()
    wait_until(page, "!document.querySelector('.htmx-request')")
    assert page.input_value("textarea") == "typed"
    assert made not in page.content()


def test_a_browser_that_made_nothing_asks_for_nothing(page: Page, shop: RunningSite) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.goto(shop.url + WEBHOOK)
    wait_until(page, "!document.body.hasAttribute('hx-disable')")
    page.locator("summary").first.click()
    assert "POST" not in asked
