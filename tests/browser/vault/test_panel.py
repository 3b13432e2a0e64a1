"""The panel: what is pasted finds its field, the complete alternative is used, nothing is shown that was not asked."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Response, expect

from tests.browser.conftest import says, wait_until
from tests.browser.vault.scene import Vault, kept, open_panel, part, press_save, press_send, save, send, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("vault")]

PASTED = [
    ("Authorization: Bearer canary-pasted", "token", {"token": "canary-pasted"}),
    ("bearer canary-pasted", "token", {"token": "canary-pasted"}),
    ("X-Shop-Key: canary-pasted", "key", {"value": "canary-pasted"}),
    ("curl -u 'ada:canary-p:q' https://shop.example/", "login", {"username": "ada", "password": "canary-p:q"}),
    ("Authorization: Basic YWRhOmNhbmFyeQ==", "login", {"username": "ada", "password": "canary"}),
    (
        "curl https://shop.example/ -H 'X-Shop-Key: canary-k' -H 'accept: */*' --user \"ada:canary\"",
        "key",
        {"value": "canary-k"},
    ),
]


def test_what_is_pasted_finds_its_field(page: Page, vault: Vault) -> None:
    visit(page, vault)
    for pasted, scheme, values in PASTED:
        page.locator("[data-said]").evaluate("status => { status.textContent = ''; }")
        page.locator("[data-scheme] [data-part]").evaluate_all(
            "inputs => { for (const one of inputs) one.value = ''; }"
        )
        part(page, "token", "token").evaluate(
            """(input, text) => { const data = new DataTransfer(); data.setData('text', text);
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            input.dispatchEvent(new ClipboardEvent('paste', how)); }""",
            pasted,
        )
        expect(page.locator("[data-said]")).to_contain_text("Recognised")
        for name, text in values.items():
            expect(part(page, scheme, name)).to_have_value(text)
        expect(page.locator(f'[data-scheme="{scheme}"]')).to_be_visible()


def test_the_alternative_that_is_complete_is_used_and_no_other(page: Page, vault: Vault) -> None:
    visit(page, vault)
    page.check("""[name=authentication][value='["login", "key"]']""")
    part(page, "login", "username").fill("ada")
    part(page, "login", "password").fill("canary-login")
    press_save(page, "Fill in every field of key")
    part(page, "key", "value").fill("canary-key")
    press_save(page)
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-auth", "schemes")
    assert (send(page, vault.api) or "").startswith("Basic ")
    assert vault.api.request.header("X-Shop-Key") == "canary-key"
    # A second scheme is kept beside the first two, and choosing it sends it alone.
    open_panel(page)
    page.check("""[name=authentication][value='["token"]']""")
    save(page, "canary-token")
    assert send(page, vault.api) == "Bearer canary-token"
    assert vault.api.requests[-1].header("X-Shop-Key") is None
    assert set(kept(page)["shop"]["schemes"]) == {"login", "key", "token"}
    # What is saved already is in use from the moment it is chosen, and so is the choice of none.
    page.check("""[name=authentication][value='["login", "key"]']""")
    assert (send(page, vault.api) or "").startswith("Basic ")
    page.check("[name=authentication][value='[]']")
    expect(page.locator("html")).to_have_attribute("data-auth", "none")
    assert send(page, vault.api) is None
    page.check("""[name=authentication][value='["token"]']""")
    assert send(page, vault.api) == "Bearer canary-token"


def test_an_alternative_that_is_not_saved_takes_nothing_of_another_along(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-token")
    page.check("""[name=authentication][value='["login", "key"]']""")
    expect(page.locator("html")).not_to_have_attribute("data-auth", "bearer")
    with page.expect_request("**/send") as sent:
        press_send(page)
    assert "canary" not in (sent.value.post_data or "")
    assert vault.api.request.header("Authorization") is None


def test_demo_mode_blurs_every_secret_and_reveals_none(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-blur")
    page.check("#credentials [data-demo]")
    blurred = "(selector) => getComputedStyle(document.querySelector(selector)).filter"
    for selector in ('[data-scheme="token"] [data-part=token]', '[name="query.access_token"]'):
        assert "blur" in page.evaluate(blurred, selector)
    expect(page.locator('[data-scheme="token"] [data-do=reveal]')).not_to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-demo", "1")
    open_panel(page)
    page.uncheck("#credentials [data-demo]")
    page.click('[data-scheme="token"] [data-do=reveal]')
    expect(part(page, "token", "token")).to_have_attribute("type", "text")


def test_copy_with_my_key_is_assembled_in_the_browser(context: BrowserContext, vault: Vault) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit(page, vault)
    expect(page.locator("[data-copy-key]")).not_to_be_visible()
    save(page, "canary-copied")
    exchanged: list[str] = []

    def told(answer: Response) -> None:
        with contextlib.suppress(Error):  # dropped for a newer one
            exchanged.append(answer.text() if "/snippet" in answer.url else "")

    page.on("requestfinished", lambda one: exchanged.append(one.post_data or "") if "/snippet" in one.url else None)
    page.on("response", told)
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet-text")).to_contain_text("$SHOP_API_KEY")
    with says(page, "Copied with your key"):
        page.click("[data-copy-key]")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Authorization: Bearer canary-copied" in copied
    assert "SHOP_API_KEY" not in copied
    while not any("shell_curl" in text for text in exchanged):
        page.wait_for_timeout(50)
    assert not any("canary" in text for text in exchanged)
    save(page, "canary'quoted")
    with says(page, "needs escaping"):
        page.click("[data-copy-key]")


def test_a_parameter_that_is_a_credential_is_masked_and_stays_here(page: Page, vault: Vault) -> None:
    visit(page, vault, panel=False)
    field = page.locator('[name="query.access_token"]')
    expect(field).to_have_attribute("type", "password")
    page.fill('[name="path.id"]', "7")
    field.fill("canary-parameter")
    expect(page.locator("#live-url")).to_have_attribute("title", f"{vault.api.url}/orders/7?access_token=•••")
    page.click("[data-share]")
    # The draft is written a moment after the last key: when the other field stands in it, this one would too.
    wait_until(page, "JSON.stringify({...localStorage}).includes('path.id')")
    everything = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}]) + location.href")
    assert "canary" not in everything
    assert "canary" not in page.locator("#snippet").inner_text()
    pane = press_send(page, **{"path.id": "7"})
    expect(pane.locator(".pill")).to_be_visible()
    assert vault.api.request.target == "/orders/7?access_token=canary-parameter"
    assert "canary" not in pane.inner_html()
