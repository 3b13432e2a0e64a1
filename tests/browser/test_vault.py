"""What the browser keeps: environments, places, expiry, rubbish and full storage, two tabs, an old console's reader."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.needs import free_port
from tests.servers import ForeignGateway, Recorded, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEY = "utdk_local_credentials"


@dataclass
class Scene:
    """A site whose tour has two recording servers, and a foreign gateway that may be typed."""

    site: RunningSite
    api: RecordingServer
    other: RecordingServer
    gateway: ForeignGateway


def refusing(_: object, request: Recorded) -> bytes:
    """Refuse what is marked so, as APIs do."""
    given = request.header("Authorization") or ""
    if "refused" in given:
        return http_answer({}, "403 Forbidden", {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="x y"'})
    if request.target.endswith("/security/bearer") and not given:
        return http_answer({}, "401 Unauthorized", {"WWW-Authenticate": 'Bearer realm="tour"'})
    return http_answer({"echo": given})


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("vault")
    (folder / "tour.yaml").write_bytes(dict(documents())["tour"])
    with RecordingServer(refusing) as api, RecordingServer() as other, ForeignGateway(operations={}) as gateway:
        described = {
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "servers": [{"url": api.url}, {"url": other.url}],
            "paths": {
                "/orders/{id}": {
                    "delete": {
                        "operationId": "drop",
                        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                        "responses": {},
                    },
                    "get": {
                        "operationId": "read",
                        "parameters": [
                            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                            {"name": "access_token", "in": "query", "schema": {"type": "string"}},
                        ],
                        "responses": {},
                    },
                }
            },
            "security": [{"token": []}, {"login": [], "key": []}],
            "components": {
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer"},
                    "login": {"type": "http", "scheme": "basic"},
                    "key": {"type": "apiKey", "in": "header", "name": "X-Shop-Key"},
                }
            },
        }
        (folder / "shop.json").write_text(json.dumps(described))
        networks = f"127.0.0.1/32:{api.port},127.0.0.1/32:{other.port}"
        (folder / "rules.json").write_text('{"tour": {"forbid": ["securityoptional"]}}')
        (folder / "lent.json").write_text(
            '{"tour": {"type": "bearer_token", "token": "canary-lent", "operations": ["securitybearer"]}}'
        )
        environ = environ_for(
            folder,
            PLAYGROUND_PRIVATE_NETWORKS=networks,
            PLAYGROUND_RULES=str(folder / "rules.json"),
            PLAYGROUND_CREDENTIALS=str(folder / "lent.json"),
        )
        playground("add", "tour", str(folder / "tour.yaml"), "--server", api.url, environ=environ)
        playground("add", "shop", str(folder / "shop.json"), environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, api=api, other=other, gateway=gateway)


@pytest.fixture(autouse=True)
def forget(scene: Scene) -> None:
    scene.api.requests.clear()
    scene.other.requests.clear()
    scene.gateway.server.requests.clear()


def visit(page: Page, scene: Scene, operation: str = "shop/read", *, panel: bool = True) -> None:
    page.goto(f"{scene.site.url}/providers/{operation}")
    if panel:
        page.locator("summary", has_text="Authentication").click()
        expect(page.locator("#credentials [data-do=save]")).to_be_visible()
        expect(page.locator("[data-scheme]:not([hidden])").first).to_be_visible()


def save(page: Page, token: str, *, scheme: str = "token") -> None:
    page.fill(f'[data-scheme="{scheme}"] [data-part=token]', token)
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")


def kept(page: Page, area: str = "localStorage") -> Any:
    return json.loads(page.evaluate(f"{area}.getItem('{KEY}')") or "{}")


def send(page: Page, **fields: str) -> None:
    for name, text in {"path.id": "1", **fields}.items():
        if page.locator(f'[name="{name}"]').count():
            page.fill(f'[name="{name}"]', text)
    page.click("#send")


def sent(server: RecordingServer) -> str | None:
    """Return the credential that arrived; the page may still show the answer of the Send before."""
    until = time.monotonic() + 10
    while not server.requests and time.monotonic() < until:
        time.sleep(0.05)
    return server.requests[-1].header("Authorization")


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


def test_an_old_console_still_reads_what_is_saved_and_writes_what_is_read(page: Page, scene: Scene) -> None:
    visit(page, scene)
    page.fill("[data-environment]", "test")
    page.keyboard.press("Enter")
    save(page, "canary-test")
    assert old_reader(kept(page), "shop") == {"Authorization": "Bearer canary-test"}
    page.fill("[data-environment]", "live")
    page.keyboard.press("Enter")
    save(page, "canary-other")
    assert old_reader(kept(page), "shop") == {"Authorization": "Bearer canary-other"}, "the one in use stands on top"
    visit(page, scene, "tour/securitykeyheader")
    page.fill('[data-scheme="headerKey"] [data-part=value]', "canary-key")
    page.click("[data-do=add-header]")
    page.fill("[data-part=header-name]", "X-Trace")
    page.fill("[data-part=header-value]", "on")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    assert old_reader(kept(page), "tour") == {"X-Tour-Key": "canary-key", "X-Trace": "on"}
    # What the console writes back, in its own shape, is what is used next.
    page.evaluate(
        f"""() => localStorage.setItem('{KEY}', JSON.stringify({{shop: {{provider: 'shop',
        credential: {{type: 'oauth2', accessToken: 'canary-console', expiresAt: 0, tokenType: 'Bearer', scopes: []}},
        updatedAt: '2026-06-01T10:00:00.000Z'}}}}))"""
    )
    visit(page, scene, panel=False)
    send(page)
    expect(page.locator("#response .pill")).to_be_visible()
    assert sent(scene.api) == "Bearer canary-console"


def test_each_environment_keeps_its_own_and_follows_its_server(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-default")
    page.fill("[data-environment]", "eu")
    page.keyboard.press("Enter")
    expect(page.locator('[data-scheme="token"] [data-part=token]')).to_have_value("")
    page.select_option("#server", scene.other.url)
    expect(page.locator("#live-url")).to_have_attribute("title", f"{scene.other.url}/orders/{{id}}")
    page.locator("summary", has_text="Authentication").scroll_into_view_if_needed()
    page.check("[name=authentication][value='[\"token\"]']")
    save(page, "canary-eu")
    expect(page.locator("[data-kept]")).to_contain_text("Environment: eu.")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.other) == "Bearer canary-eu"
    # Back to the first server: its own environment is used again, without a question.
    page.select_option("#server", scene.api.url)
    expect(page.locator("#live-url")).to_have_attribute("title", f"{scene.api.url}/orders/1")
    expect(page.locator("[data-kept]")).not_to_contain_text("eu")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-default"
    assert "canary-eu" not in str([one.headers for one in scene.api.requests])


def test_another_server_than_the_saved_one_asks_first_once(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-bound")
    page.select_option("#server", scene.other.url)
    expect(page.locator("#live-url")).to_have_attribute("title", f"{scene.other.url}/orders/{{id}}")
    send(page)
    dialog = page.locator("#response dialog")
    expect(dialog).to_contain_text(f"saved for {scene.api.url}. Sending gives them to {scene.other.url}.")
    dialog.get_by_text("Cancel").click()
    expect(dialog).not_to_be_visible()
    assert not scene.other.requests
    send(page)
    dialog.get_by_text("Send it").click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.other) == "Bearer canary-bound"
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.wait_for_timeout(1500)  # the answer before is still shown; nothing but the request says that it was sent
    assert len(scene.other.requests) == 2


def test_another_gateway_than_the_saved_one_asks_first_and_is_named(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-gateway")
    page.fill("#gateway-url", scene.gateway.url)
    send(page)
    dialog = page.locator("#response dialog")
    expect(dialog).to_contain_text(f"not saved for the gateway {scene.gateway.url}")
    assert not scene.gateway.server.requests
    dialog.get_by_text("Send it").click()
    expect(page.locator("#response .sentence")).to_be_visible()
    assert [one.header("Authorization") for one in scene.gateway.calls] == ["Bearer canary-gateway"]
    assert scene.gateway.url in kept(page)["shop"]["gateways"]


@pytest.mark.parametrize("token", ["sk_live_canary", "canary_prod_1"])
def test_a_live_key_asks_before_it_changes_anything(page: Page, scene: Scene, token: str) -> None:
    visit(page, scene, "shop/drop")
    page.fill('[data-scheme="token"] [data-part=token]', token)
    expect(page.locator("[data-said]")).to_contain_text("looks like a live key")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    assert kept(page) == {}, "a live key is kept for the tab only, unless chosen otherwise"
    assert kept(page, "sessionStorage")["shop"]["credential"]["token"] == token
    send(page)
    dialog = page.locator("#response dialog")
    host = scene.api.url.removeprefix("http://")
    expect(dialog).to_contain_text(f"DELETE /orders/1 on {host} would change a live system: the key is a live one.")
    assert not scene.api.requests
    dialog.get_by_text("Send it").click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert [one.method for one in scene.api.requests] == ["DELETE"]
    visit(page, scene, "shop/read", panel=False)
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")


def test_what_the_operator_forbids_is_not_sent(page: Page, scene: Scene) -> None:
    visit(page, scene, "tour/securityoptional", panel=False)
    send(page)
    expect(page.locator("#response [role=alert]")).to_contain_text("does not let this operation be sent")
    assert not scene.api.requests


def test_the_operators_key_is_used_and_said_so_until_the_visitor_has_one(page: Page, scene: Scene) -> None:
    visit(page, scene, "tour/securitybearer")
    expect(page.get_by_text("Using the demo key of this site (for this operation)")).to_be_visible()
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-lent"
    assert "canary-lent" not in page.content()
    save(page, "canary-own", scheme="bearer")
    expect(page.get_by_text("Using the demo key of this site")).not_to_be_visible()
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-own"


def test_a_refusal_says_what_is_missing_and_leads_there(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-refused")
    send(page)
    expect(page.locator("#response .mending")).to_contain_text("The token lacks the scopes x, y.")
    page.click("#response [data-mend]")
    expect(page.locator('[data-scheme="token"] [data-part=token]')).to_be_focused()


@pytest.mark.parametrize(
    ("choice", "area", "elsewhere"),
    [("sessionStorage", "sessionStorage", "localStorage"), ("localStorage", "localStorage", "sessionStorage")],
)
def test_it_is_kept_where_the_visitor_says(page: Page, scene: Scene, choice: str, area: str, elsewhere: str) -> None:
    visit(page, scene)
    page.select_option("[data-remember]", choice)
    save(page, "canary-place")
    assert kept(page, area)["shop"]["credential"]["token"] == "canary-place"
    assert kept(page, elsewhere) == {}
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-auth", "bearer")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-place"


def test_not_at_all_is_for_this_page_only(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-before")
    page.select_option("[data-remember]", "page")
    save(page, "canary-page")
    assert kept(page) == kept(page, "sessionStorage") == {}
    expect(page.locator("[data-kept]")).to_contain_text("Kept until you leave this page.")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-page"
    page.reload()
    assert page.locator("html").get_attribute("data-auth") is None


def test_forget_one_and_forget_all_reach_every_tab(context: BrowserContext, scene: Scene) -> None:
    page, second = context.new_page(), context.new_page()
    visit(page, scene, "tour/securitykeyheader")
    page.fill('[data-scheme="headerKey"] [data-part=value]', "canary-tour")
    page.click("[data-do=save]")
    visit(page, scene)
    save(page, "canary-shop")
    visit(second, scene, panel=False)
    expect(second.locator("html")).to_have_attribute("data-auth", "bearer")
    page.click("[data-do=clear]")
    expect(page.locator("[data-said]")).to_have_text("Forgotten")
    expect(second.locator("html")).not_to_have_attribute("data-auth", "bearer")
    assert list(kept(page)) == ["tour"]
    save(page, "canary-again")
    visit(second, scene)
    second.select_option("[data-remember]", "page")
    save(second, "canary-second")
    page.click("[data-do=forget-all]")
    expect(page.locator("[data-said]")).to_contain_text("forgotten")
    expect(second.locator("html")).not_to_have_attribute("data-auth", "bearer")
    for one in (page, second):
        everything = one.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert "canary" not in everything


def test_two_tabs_agree_and_none_loses_what_storage_refused(context: BrowserContext, scene: Scene) -> None:
    page, second = context.new_page(), context.new_page()
    visit(page, scene)
    visit(second, scene)
    save(page, "canary-first")
    expect(second.locator('[data-scheme="token"] [data-part=token]')).to_have_value("canary-first")
    second.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    second.fill('[data-scheme="token"] [data-part=token]', "canary-memory")
    second.click("[data-do=save]")
    expect(second.locator("[data-said]")).to_contain_text("refuses to store")
    save(page, "canary-third")
    send(second)
    expect(second.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-memory"


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


@pytest.mark.parametrize("area", ["localStorage", "sessionStorage"])
def test_rubbish_in_storage_breaks_nothing_and_is_no_credential(page: Page, scene: Scene, area: str) -> None:
    page.goto(scene.site.url)
    for text in RUBBISH:
        page.evaluate(f"([text]) => {area}.setItem('{KEY}', text)", [text])
        visit(page, scene)
        send(page)
        expect(page.locator("#response :is(.pill, [role=alert])").first).to_be_visible()
        assert not any("canary-proto" in str(one.headers) for one in scene.api.requests), text
        save(page, "canary-after")
        page.evaluate(f"() => {area}.clear()")


def test_five_megabytes_of_rubbish_and_no_room_lose_nothing(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url)
    page.evaluate(
        """() => { for (let size = 1_000_000, at = 0; size > 10; at++) {
        try { localStorage.setItem('filler' + at, 'x'.repeat(size)); } catch { size = Math.floor(size / 10); } } }"""
    )
    visit(page, scene)
    page.fill('[data-scheme="token"] [data-part=token]', "canary-full")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_contain_text("refuses to store")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-full"


def test_storage_that_throws_at_every_touch_keeps_the_page_whole(page: Page, scene: Scene) -> None:
    page.add_init_script(
        """for (const area of ['localStorage', 'sessionStorage']) Object.defineProperty(window, area,
        {get() { throw new DOMException('denied', 'SecurityError'); }});"""
    )
    visit(page, scene)
    page.fill('[data-scheme="token"] [data-part=token]', "canary-denied")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_contain_text("refuses to store")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-denied"
    page.click("[data-do=forget-all]")
    expect(page.locator("html")).not_to_have_attribute("data-auth", "bearer")


@pytest.mark.parametrize(
    ("pasted", "scheme", "values"),
    [
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
    ],
)
def test_what_is_pasted_finds_its_field(
    page: Page, scene: Scene, pasted: str, scheme: str, values: dict[str, str]
) -> None:
    visit(page, scene)
    page.evaluate(
        """([text]) => { const data = new DataTransfer(); data.setData('text', text);
        document.querySelector('[data-scheme=token] [data-part=token]').dispatchEvent(
            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }""",
        [pasted],
    )
    expect(page.locator("[data-said]")).to_contain_text("Recognised")
    for part, text in values.items():
        expect(page.locator(f'[data-scheme="{scheme}"] [data-part={part}]')).to_have_value(text)
    expect(page.locator(f'[data-scheme="{scheme}"]')).to_be_visible()


def test_the_alternative_that_is_complete_is_used_and_no_other(page: Page, scene: Scene) -> None:
    visit(page, scene)
    page.check("""[name=authentication][value='["login", "key"]']""")
    page.fill('[data-scheme="login"] [data-part=username]', "ada")
    page.fill('[data-scheme="login"] [data-part=password]', "canary-login")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_contain_text("Fill in every field of key")
    page.fill('[data-scheme="key"] [data-part=value]', "canary-key")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-auth", "schemes")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    (recorded,) = scene.api.requests
    assert recorded.header("X-Shop-Key") == "canary-key"
    assert (recorded.header("Authorization") or "").startswith("Basic ")
    # A second scheme is kept beside the first two, and choosing it sends it alone.
    page.locator("summary", has_text="Authentication").click()
    page.check("""[name=authentication][value='["token"]']""")
    save(page, "canary-token")
    send(page)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert sent(scene.api) == "Bearer canary-token"
    assert scene.api.requests[-1].header("X-Shop-Key") is None
    assert set(kept(page)["shop"]["schemes"]) == {"login", "key", "token"}


def test_demo_mode_blurs_every_secret_and_reveals_none(page: Page, scene: Scene) -> None:
    visit(page, scene)
    save(page, "canary-blur")
    page.check("#credentials [data-demo]")
    blurred = "(selector) => getComputedStyle(document.querySelector(selector)).filter"
    for selector in ('[data-scheme="token"] [data-part=token]', '[name="query.access_token"]'):
        assert "blur" in page.evaluate(blurred, selector)
    expect(page.locator('[data-scheme="token"] [data-do=reveal]')).not_to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-demo", "1")
    page.locator("summary", has_text="Authentication").click()
    page.uncheck("#credentials [data-demo]")
    page.click('[data-scheme="token"] [data-do=reveal]')
    expect(page.locator('[data-scheme="token"] [data-part=token]')).to_have_attribute("type", "text")


def test_copy_with_my_key_is_assembled_in_the_browser(context: BrowserContext, scene: Scene) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit(page, scene)
    expect(page.locator("[data-copy-key]")).not_to_be_visible()
    save(page, "canary-copied")
    answers: list[str] = []
    page.on("response", lambda answer: answers.append(answer.text()) if "/snippet" in answer.url else None)
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or "") if "/snippet" in request.url else None)
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet-text")).to_contain_text("$SHOP_API_KEY")
    page.click("[data-copy-key]")
    expect(page.locator("[data-copy-key]")).to_contain_text("Copied with your key")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Authorization: Bearer canary-copied" in copied
    assert "SHOP_API_KEY" not in copied
    page.wait_for_load_state("networkidle")
    assert not any("canary" in text for text in (*answers, *posted))
    save(page, "canary'quoted")
    page.click("[data-copy-key]")
    expect(page.locator("[data-copy-key]")).to_contain_text("needs escaping")


def test_a_parameter_that_is_a_credential_is_masked_and_stays_here(page: Page, scene: Scene) -> None:
    visit(page, scene, panel=False)
    field = page.locator('[name="query.access_token"]')
    expect(field).to_have_attribute("type", "password")
    page.fill('[name="path.id"]', "7")
    field.fill("canary-parameter")
    expect(page.locator("#live-url")).to_have_attribute("title", f"{scene.api.url}/orders/7?access_token=•••")
    page.click("[data-share]")
    page.wait_for_timeout(500)
    everything = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}]) + location.href")
    assert "canary" not in everything
    assert "canary" not in page.locator("#snippet").inner_text()
    page.click("#send")
    expect(page.locator("#response .pill")).to_be_visible()
    assert scene.api.requests[-1].target == "/orders/7?access_token=canary-parameter"
    assert "canary" not in page.locator("#response").inner_html()
