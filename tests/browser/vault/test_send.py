"""What a Send takes along: the credential of its server, after a question where it was saved for another one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.vault.scene import (
    Vault,
    answered,
    environment,
    kept,
    part,
    press_save,
    press_send,
    save,
    send,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("vault")]


def choose_server(page: Page, url: str, path: str = "/orders/{id}") -> None:
    page.select_option("#server", url)
    expect(page.locator("#live-url")).to_have_attribute("title", f"{url}{path}")


def press_send_and_be_asked(page: Page) -> Locator:
    """Press Send and return the question; it is modal from the moment its buttons work."""
    press_send(page)
    expect(page.locator("#response dialog:modal")).to_be_visible()
    return page.locator("#response dialog")


def agree(page: Page) -> Locator:
    with answered(page) as pane:
        page.locator("#response dialog").get_by_text("Send it").click()
    return pane


def test_each_environment_keeps_its_own_and_follows_its_server(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-default")
    environment(page, "eu")
    expect(part(page, "token", "token")).to_have_value("")
    choose_server(page, vault.other.url)
    save(page, "canary-eu")
    expect(page.locator("[data-kept]")).to_contain_text("Environment: eu.")
    assert send(page, vault.other) == "Bearer canary-eu"
    # Back to the first server: its own environment is used again, without a question.
    choose_server(page, vault.api.url, "/orders/1")
    expect(page.locator("[data-kept]")).not_to_contain_text("eu")
    assert send(page, vault.api) == "Bearer canary-default"
    assert "canary-eu" not in str([request.headers for request in vault.api.requests])


def test_another_server_than_the_saved_one_asks_first_once(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-bound")
    choose_server(page, vault.other.url)
    dialog = press_send_and_be_asked(page)
    expect(dialog).to_contain_text(f"saved for {vault.api.url}. Sending gives them to {vault.other.url}.")
    dialog.get_by_text("Cancel").click()
    expect(dialog).not_to_be_visible()
    assert not vault.other.requests
    press_send_and_be_asked(page)
    expect(agree(page).locator(".pill")).to_have_text("200 OK")
    assert vault.other.request.header("Authorization") == "Bearer canary-bound"
    assert send(page, vault.other) == "Bearer canary-bound"
    assert len(vault.other.requests) == 2


def test_another_gateway_than_the_saved_one_asks_first_and_is_named(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-gateway")
    page.fill("#gateway-url", vault.gateway.url)
    dialog = press_send_and_be_asked(page)
    expect(dialog).to_contain_text(f"not saved for the gateway {vault.gateway.url}")
    assert not vault.gateway.server.requests
    expect(agree(page).locator(".sentence")).to_be_visible()
    assert [call.header("Authorization") for call in vault.gateway.calls] == ["Bearer canary-gateway"]
    assert vault.gateway.url in kept(page)["shop"]["gateways"]


@pytest.mark.parametrize("token", ["sk_live_canary", "canary_prod_1"])
def test_a_live_key_asks_before_it_changes_anything(page: Page, vault: Vault, token: str) -> None:
    visit(page, vault, "shop/drop")
    part(page, "token", "token").fill(token)
    expect(page.locator("[data-said]")).to_contain_text("looks like a live key")
    press_save(page)
    assert kept(page) == {}, "a live key is kept for the tab only, unless chosen otherwise"
    assert kept(page, "sessionStorage")["shop"]["credential"]["token"] == token
    dialog = press_send_and_be_asked(page)
    host = vault.api.url.removeprefix("http://")
    expect(dialog).to_contain_text(f"DELETE /orders/1 on {host} would change a live system: the key is a live one.")
    assert not vault.api.requests
    expect(agree(page).locator(".pill")).to_have_text("200 OK")
    assert vault.api.request.method == "DELETE"
    visit(page, vault, "shop/read", panel=False)
    assert send(page, vault.api) == f"Bearer {token}"


def test_what_the_operator_forbids_is_not_sent(page: Page, vault: Vault) -> None:
    visit(page, vault, "tour/securityoptional", panel=False)
    pane = press_send(page)
    expect(pane.locator("[role=alert]")).to_contain_text("does not let this operation be sent")
    assert not vault.api.requests


def test_the_operators_key_is_used_and_said_so_until_the_visitor_has_one(page: Page, vault: Vault) -> None:
    visit(page, vault, "tour/securitybearer")
    expect(page.get_by_text("Using the demo key of this site (for this operation)")).to_be_visible()
    assert send(page, vault.api) == "Bearer canary-lent"
    assert "canary-lent" not in page.content()
    save(page, "canary-own", scheme="bearer")
    expect(page.get_by_text("Using the demo key of this site")).not_to_be_visible()
    assert send(page, vault.api) == "Bearer canary-own"


def test_a_refusal_says_what_is_missing_and_leads_there(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-refused")
    pane = press_send(page)
    expect(pane.locator(".mending")).to_contain_text("The token lacks the scopes x, y.")
    pane.locator("[data-mend]").click()
    expect(part(page, "token", "token")).to_be_focused()
