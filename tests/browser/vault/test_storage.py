"""What the browser keeps and where: as old consoles read it, in the place chosen, in every tab, full or of rubbish."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.vault.scene import (
    Vault,
    environment,
    kept,
    open_panel,
    part,
    press_save,
    press_send,
    save,
    send,
    visit,
)
from tests.support.leaks import KEY

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("vault")]

FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
EVERYTHING = "JSON.stringify([{...localStorage}, {...sessionStorage}])"


def old_reader(storage: Any, provider: str) -> dict[str, str]:
    """Build headers as the UTDK console does (reference utdk.md section 5), from the document and nothing of ours."""
    entry = storage[provider]
    headers = dict(entry.get("customHeaders") or {})
    credential = entry["credential"]
    if credential["type"] == "bearer":
        headers["Authorization"] = f"Bearer {credential['token']}"
    elif credential["type"] == "api_key":
        headers[credential.get("headerName") or "X-Api-Key"] = credential.get("headerPrefix", "") + credential["value"]
    elif credential["type"] == "oauth2":
        headers["Authorization"] = f"{credential.get('tokenType') or 'Bearer'} {credential['accessToken']}"
    assert entry["provider"] == provider
    assert entry["updatedAt"]
    return headers


def test_an_old_console_still_reads_what_is_saved_and_writes_what_is_read(page: Page, vault: Vault) -> None:
    visit(page, vault)
    environment(page, "test")
    save(page, "canary-test")
    assert old_reader(kept(page), "shop") == {"Authorization": "Bearer canary-test"}
    environment(page, "live")
    assert old_reader(kept(page), "shop") == {}, "nothing is saved for it yet"
    save(page, "canary-other")
    assert old_reader(kept(page), "shop") == {"Authorization": "Bearer canary-other"}, "the one in use stands on top"
    visit(page, vault, "tour/securitykeyheader")
    part(page, "headerKey", "value").fill("canary-key")
    page.click("[data-do=add-header]")
    page.fill("[data-part=header-name]", "X-Trace")
    page.fill("[data-part=header-value]", "on")
    press_save(page)
    assert old_reader(kept(page), "tour") == {"X-Tour-Key": "canary-key", "X-Trace": "on"}
    # What it does not know breaks nothing in it: it adds no header of its own.
    visit(page, vault, "tour/securitybasic")
    part(page, "basic", "username").fill("ada")
    part(page, "basic", "password").fill("canary-password")
    press_save(page)
    assert old_reader(kept(page), "tour") == {"X-Trace": "on"}
    # What the console writes back, in its own shape, is what is used next.
    page.evaluate(
        f"""() => localStorage.setItem('{KEY}', JSON.stringify({{shop: {{provider: 'shop',
        credential: {{type: 'oauth2', accessToken: 'canary-console', expiresAt: 0, tokenType: 'Bearer', scopes: []}},
        updatedAt: '2026-06-01T10:00:00.000Z'}}}}))"""
    )
    visit(page, vault, panel=False)
    assert send(page, vault.api) == "Bearer canary-console"


@pytest.mark.parametrize(
    ("area", "elsewhere"), [("sessionStorage", "localStorage"), ("localStorage", "sessionStorage")]
)
def test_it_is_kept_where_the_visitor_says(page: Page, vault: Vault, area: str, elsewhere: str) -> None:
    visit(page, vault)
    page.select_option("[data-remember]", area)
    save(page, "canary-place")
    assert kept(page, area)["shop"]["credential"]["token"] == "canary-place"
    assert kept(page, elsewhere) == {}
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-auth", "bearer")
    assert send(page, vault.api) == "Bearer canary-place"


def test_not_at_all_is_for_this_page_only(page: Page, vault: Vault) -> None:
    visit(page, vault)
    save(page, "canary-before")
    page.select_option("[data-remember]", "page")
    save(page, "canary-page")
    assert kept(page) == kept(page, "sessionStorage") == {}
    expect(page.locator("[data-kept]")).to_contain_text("Kept until you leave this page.")
    assert send(page, vault.api) == "Bearer canary-page"
    page.reload()
    expect(page.locator("#credentials")).to_have_count(1)
    assert page.locator("html").get_attribute("data-auth") is None


def test_forget_one_and_forget_all_reach_every_tab(context: BrowserContext, vault: Vault) -> None:
    page, second = context.new_page(), context.new_page()
    visit(page, vault, "tour/securitykeyheader")
    part(page, "headerKey", "value").fill("canary-tour")
    press_save(page)
    visit(page, vault)
    save(page, "canary-shop")
    visit(second, vault, panel=False)
    expect(second.locator("html")).to_have_attribute("data-auth", "bearer")
    page.click("[data-do=clear]")
    expect(page.locator("[data-said]")).to_have_text("Forgotten")
    expect(second.locator("html")).not_to_have_attribute("data-auth", "bearer")
    assert list(kept(page)) == ["tour"]
    save(page, "canary-again")
    open_panel(second)
    second.select_option("[data-remember]", "page")
    save(second, "canary-second")
    page.click("[data-do=forget-all]")
    expect(page.locator("[data-said]")).to_contain_text("forgotten")
    expect(second.locator("html")).not_to_have_attribute("data-auth", "bearer")
    for one in (page, second):
        assert "canary" not in one.evaluate(EVERYTHING)


def test_two_tabs_agree_and_none_loses_what_storage_refused(context: BrowserContext, vault: Vault) -> None:
    page, second = context.new_page(), context.new_page()
    visit(page, vault)
    visit(second, vault)
    save(page, "canary-first")
    expect(part(second, "token", "token")).to_have_value("canary-first")
    second.evaluate(FULL)
    part(second, "token", "token").fill("canary-memory")
    press_save(second, "refuses to store")
    second.evaluate("() => addEventListener('storage', () => { document.title = 'told'; })")
    save(page, "canary-third")
    expect(second).to_have_title("told")
    assert send(second, vault.api) == "Bearer canary-memory"


RUBBISH = [
    "rubbish", "5", "null", "[]", '"text"', '{"shop": 5}', '{"shop": []}', '{"shop": {"credential": 5}}',
    '{"shop": {"credential": {"type": 5}}}', '{"shop": {"credential": {"type": "bearer", "token": {}}}}',
    '{"shop": {"credential": {"type": "later", "wrapped": "v9"}, "version": 9}}',
    '{"shop": {"credential": {"type": "schemes", "schemes": 5}, "schemes": "x", "environments": 7, "servers": 1}}',
    '{"shop": {"customHeaders": 5}}', '{"shop": {"customHeaders": {"X-A": {"b": 1}}}}',
    '{"__proto__": {"credential": {"type": "bearer", "token": "canary-proto"}}}',
    '{"constructor": {"credential": {"type": "bearer", "token": "canary-proto"}}}',
    '{"other": {"provider": "shop", "credential": {"type": "bearer", "token": "canary-proto"}}}',
    '{"shop": {"provider": "other", "credential": {"type": "bearer", "token": "canary-proto"}}}',
    '{"shop": {"credential": {"type": "oauth2", "accessToken": "canary-x", "expiresAt": "soon", "scopes": 5}}}',
]  # fmt: skip


@pytest.mark.parametrize(
    ("area", "texts"),
    [
        ("localStorage", RUBBISH[::3]),
        ("sessionStorage", RUBBISH[1::4]),
        pytest.param("localStorage", [*RUBBISH[1::3], *RUBBISH[2::3]], marks=pytest.mark.long),
    ],
)
def test_rubbish_in_storage_breaks_nothing_and_is_no_credential(
    page: Page, vault: Vault, area: str, texts: list[str]
) -> None:
    page.goto(vault.site.url)
    for text in texts:
        page.evaluate(f"([text]) => {area}.setItem('{KEY}', text)", [text])
        visit(page, vault)
        pane = press_send(page)
        expect(pane.locator(":is(.pill, [role=alert])").first).to_be_visible()
        assert not any("canary-proto" in str(request.headers) for request in vault.api.requests), text
        save(page, "canary-after")
        page.evaluate(f"() => {area}.clear()")


def test_five_megabytes_of_rubbish_and_no_room_lose_nothing(page: Page, vault: Vault) -> None:
    page.goto(vault.site.url)
    page.evaluate(
        """() => { for (let size = 1_000_000, at = 0; size > 10; at++) {
        try { localStorage.setItem('filler' + at, 'x'.repeat(size)); } catch { size = Math.floor(size / 10); } } }"""
    )
    visit(page, vault)
    part(page, "token", "token").fill("canary-full")
    press_save(page, "refuses to store")
    assert send(page, vault.api) == "Bearer canary-full"


def test_storage_that_throws_at_every_touch_keeps_the_page_whole(page: Page, vault: Vault) -> None:
    page.add_init_script(
        """for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area,
        {get() { throw new DOMException('denied', 'SecurityError'); }});"""
    )
    visit(page, vault)
    part(page, "token", "token").fill("canary-denied")
    press_save(page, "refuses to store")
    assert send(page, vault.api) == "Bearer canary-denied"
    page.click("[data-do=forget-all]")
    expect(page.locator("html")).not_to_have_attribute("data-auth", "bearer")
