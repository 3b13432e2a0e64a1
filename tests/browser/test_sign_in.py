"""Readers sign in at a provider and out again, in a real browser: no policy in the way, no script needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import RunningSite, environ_for, running
from tests.support.axe import violations
from tests.support.identity import CLIENT, SECRET, OpenIDProvider, running_provider
from tests.support.needs import free_port

RULES = {"stripe": {"readers": ["hr"]}, "tour": {"readers": ["*"]}}


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIDProvider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def closed(provider: OpenIDProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder, port = tmp_path_factory.mktemp("closed"), free_port()
    (folder / "rules.json").write_text(json.dumps(RULES))
    environ = environ_for(
        folder, PLAYGROUND_RULES=str(folder / "rules.json"), PLAYGROUND_SECRET_KEY="a-secret-key-of-this-test",
        PLAYGROUND_OIDC_ISSUER=provider.url, PLAYGROUND_OIDC_CLIENT_ID=CLIENT, PLAYGROUND_OIDC_CLIENT_SECRET=SECRET,
    )  # fmt: skip
    provider.client.redirect_uris.append(f"http://127.0.0.1:{port}/signin/callback")
    with running("serve", port, environ, folder / "serve.log") as site:
        yield site


def test_a_hidden_operation_is_reached_by_signing_in_and_hidden_again(page: Page, closed: RunningSite) -> None:
    page.goto(f"{closed.url}/providers")
    expect(page.locator(".provider-list").get_by_text("Stripe")).to_have_count(0)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign in at 127.0.0.1").click()
    # Back on the page that the visitor came from, now as somebody.
    page.wait_for_url(f"{closed.url}/providers")
    expect(page.locator(".provider-list").get_by_text("Stripe").first).to_be_visible()
    page.goto(f"{closed.url}/providers/stripe/postcustomers")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Signed in").click()
    expect(page.locator("main")).to_contain_text("ada@example.com")
    expect(page.locator("main .badge")).to_have_text(["hr"])
    page.get_by_role("button", name="Sign out").click()
    # To the provider, which sends the visitor back.
    page.wait_for_url(f"{closed.url}/signin")
    expect(page.get_by_role("link", name="Sign in at 127.0.0.1")).to_be_visible()
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert not any(name.startswith("playground_") for name in cookies), cookies


def test_without_a_script_too(browser: Browser, closed: RunningSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{closed.url}/signin")
    page.get_by_role("link", name="Sign in at 127.0.0.1").click()
    page.wait_for_url(f"{closed.url}/")
    page.goto(f"{closed.url}/signin")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{closed.url}/signin")
    expect(page.get_by_role("link", name="Sign in at 127.0.0.1")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_of_its_pages_are_accessible(
    browser: Browser, closed: RunningSite, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{closed.url}/signin")
    assert violations(page) == []
    page.get_by_role("link", name="Sign in at 127.0.0.1").click()
    page.wait_for_url(f"{closed.url}/")
    page.goto(f"{closed.url}/signin")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
