"""The main job in a real browser: fill the Stripe page, see snippets, save a credential, Send, read the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running, says
from tests.support.needs import free_port
from tests.support.servers import ForeignGateway, ForeignOperation, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CANARY = "sk_test_canary_4711"
OPERATION = "/providers/stripe/postcheckoutsessionssession"
SENT = b"line_items[0][price_data][currency]=usd&metadata[k]=v"
ARGUMENTS = '{"session":"cs_1","line_items":[{"price_data":{"currency":"usd"}}],"metadata":{"k":"v"}}'


@dataclass
class Scene:
    """A site whose Stripe description names a recording server on loopback, and that server."""

    site: RunningSite
    api: RecordingServer
    folder: Path


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("stripe")
    document = folder / "stripe.yaml"
    document.write_bytes(dict(documents())["stripe"])
    with RecordingServer(http_answer({"id": "cs_1", "object": "checkout.session"})) as api:
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        playground("add", "stripe", str(document), "--server", api.url, environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, api=api, folder=folder)


@pytest.fixture(autouse=True)
def forget(scene: Scene) -> None:
    scene.api.requests.clear()


def fill(page: Page, scene: Scene) -> None:
    """Open the page and say: session cs_1, one line item priced in usd, metadata k = v."""
    forget_drafts(page, scene)
    page.goto(scene.site.url + OPERATION)
    page.fill('[name="path.session"]', "cs_1")
    page.click('[name="~add"][value="body/line_items"]')
    page.click("#f-body-line_5f_items-0-price_5f_data-field summary")
    page.fill('[name="body/line_items/0/price_data/currency"]', "usd")
    page.click('[name="~add"][value="body/metadata"]')
    page.fill('[name="body/metadata~key/0"]', "k")
    page.fill('[name="body/metadata~value/0"]', "v")


def forget_drafts(page: Page, scene: Scene) -> None:
    """Let the page start empty, whatever was typed there before."""
    page.goto(scene.site.url + "/")
    page.evaluate(
        "Object.keys(localStorage).filter(key => key.includes('draft')).forEach(key => delete localStorage[key])"
    )


def save_bearer(page: Page) -> None:
    page.click("summary:has-text('Authentication')")
    page.get_by_label("Bearer token", exact=True).and_(page.locator("input[type=radio]")).check()
    page.fill("[data-scheme=bearerAuth] [data-part=token]", CANARY)
    page.click("text=Save credentials")
    expect(page.locator("[data-said]")).to_have_text("Saved")


def send(page: Page) -> None:
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")


def send_elsewhere(page: Page, origin: str) -> None:
    """Send to another gateway than the one the credential was saved for: the page asks first, naming it."""
    page.click("#send")
    expect(page.locator("dialog.ask")).to_contain_text(origin)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#response .pill")).to_have_text("200 OK")


def test_the_page_has_its_wordings_in_order(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    text = page.inner_text("body")
    wordings = [
        "Playground", "Stripe API", "postcheckoutsessionssession", "provider", "POST", "@utdk/stripe",
        "Update a Checkout Session", "Try it", "Authentication", "Configure credentials for Stripe API", "Gateway",
        "The gateway proxies requests and injects credentials server-side. "
        "Configure credentials above, then enter your gateway URL.",
        "Saved automatically to browser storage.", "Parameters", "Input", "Send", "Output", "Code snippet",
        "Updates live as you fill in the form above.", "TypeScript", "curl",
        "import stripe from '@utdk/stripe';", "await stripe.postcheckoutsessionssession()",
    ]  # fmt: skip
    position = text.index("Playground", text.index("Stripe API") - 60)
    for wording in wordings:
        found = text.find(wording, position)
        assert found >= 0, wording
        position = found
    assert page.input_value("#gateway-url") == f"{scene.site.url}/gateway"


def test_both_snippets_follow_what_is_typed_and_focus_stays(page: Page, scene: Scene) -> None:
    fill(page, scene)
    expect(page.locator("#snippet")).to_contain_text("metadata: { k: 'v' },")
    expect(page.locator("#snippet")).to_contain_text("line_items: [{ price_data: { currency: 'usd' } }],")
    assert page.evaluate("document.activeElement.name") == "body/metadata~value/0"
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet")).to_contain_text("line_items[0][price_data][currency]=usd")
    expect(page.locator("#snippet")).to_contain_text("$STRIPE_API_KEY")
    expect(page.locator("#live-url")).to_have_text(re.compile(r"/v1/checkout/sessions/cs_1$"))


def test_only_the_last_of_many_keystrokes_counts(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    page.locator('[name="path.session"]').press_sequentially("cs_abcdefghijklmnopqrstuvwxyz", delay=15)
    expect(page.locator("#snippet")).to_contain_text("session: 'cs_abcdefghijklmnopqrstuvwxyz'")
    page.wait_for_timeout(600)
    expect(page.locator("#snippet")).to_contain_text("session: 'cs_abcdefghijklmnopqrstuvwxyz'")


def test_send_delivers_what_the_snippet_shows_and_nothing_else(page: Page, scene: Scene) -> None:
    fill(page, scene)
    save_bearer(page)
    page.reload()
    expect(page.locator(".state.when-configured")).to_be_visible()
    expect(page.locator(".using.bearer")).to_have_text("Using bearer authentication.")
    fill_again_and_send(page, scene)
    (recorded,) = scene.api.requests
    assert recorded.line == "POST /v1/checkout/sessions/cs_1 HTTP/1.1"
    assert recorded.body == SENT
    assert recorded.header("Authorization") == f"Bearer {CANARY}"
    assert recorded.header("Content-Type") == "application/x-www-form-urlencoded"
    assert {name.lower() for name in recorded.names} == {
        "host", "user-agent", "accept", "accept-encoding", "authorization", "content-type", "content-length",
    }  # fmt: skip
    assert "tryit-playground" in (recorded.header("User-Agent") or "")
    expect(page.locator("#response")).to_contain_text('"object": "checkout.session"')


def fill_again_and_send(page: Page, scene: Scene) -> None:
    fill(page, scene)
    send(page)


def test_a_credential_appears_nowhere_but_in_its_send(page: Page, scene: Scene) -> None:
    seen: list[tuple[str, str]] = []
    page.on("request", lambda request: seen.append((request.url, request.post_data or "")))
    fill(page, scene)
    save_bearer(page)
    fill_again_and_send(page, scene)
    assert CANARY not in page.content()
    assert CANARY not in page.url
    carriers = {url for url, data in seen if CANARY in url + data}
    assert carriers == {scene.site.url + OPERATION + "/send"}
    assert CANARY not in scene.site.log.read_text()
    stored = page.evaluate("Object.entries({...localStorage, ...sessionStorage})")
    assert [key for key, value in stored if CANARY in value] == ["utdk_local_credentials"]


def test_credentials_are_kept_in_the_shape_others_read_and_can_be_cleared(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    save_bearer(page)
    saved = page.evaluate("JSON.parse(localStorage.utdk_local_credentials)")
    assert saved["stripe"]["provider"] == "stripe"
    assert saved["stripe"]["credential"] == {"type": "bearer", "token": CANARY}
    page.get_by_role("button", name="Forget", exact=True).click()
    expect(page.locator(".state.when-configured")).to_be_hidden()
    assert page.evaluate("localStorage.utdk_local_credentials ?? null") is None


def test_rubbish_in_storage_breaks_nothing(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url)
    for rubbish in (
        "{",
        "[]",
        '{"stripe":5}',
        '{"stripe":{"credential":"x"}}',
        '{"__proto__":{"credential":{"type":"x"}}}',
    ):
        page.evaluate("text => localStorage.setItem('utdk_local_credentials', text)", rubbish)
        page.goto(scene.site.url + OPERATION)
        expect(page.locator("#credentials")).to_be_attached()
        page.fill('[name="path.session"]', "cs_1")
        expect(page.locator("#snippet")).to_contain_text("cs_1")


def test_without_a_gateway_send_waits(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    page.fill("#gateway-url", "")
    expect(page.locator("#send")).to_be_disabled()
    expect(page.locator("[data-no-gateway]")).to_have_text("Enter a gateway URL above to enable sending.")
    closed = free_port()
    page.fill("#gateway-url", f"http://127.0.0.1:{closed}/typed")
    page.reload()
    expect(page.locator("#gateway-url")).to_have_value(f"http://127.0.0.1:{closed}/typed")
    page.fill('[name="path.session"]', "cs_1")
    page.click("#send")
    expect(page.locator("#response [role=alert]")).to_have_text(re.compile("could not be reached"))


def test_the_raw_editor_and_the_form_follow_each_other(page: Page, scene: Scene) -> None:
    fill(page, scene)
    page.check("[name='body~mode'][value=raw]")
    raw = page.locator("[name='body~raw']")
    expect(raw).to_be_visible()
    expect(raw).to_have_value(re.compile('"currency": "usd"'))
    raw.fill('{"metadata": {"order": "6735"}, "line_items": [{"quantity": 2}, {"quantity": 3}]}')
    expect(page.locator("#snippet")).to_contain_text("order: '6735'")
    page.check("[name='body~mode'][value=form]")
    expect(page.locator('[name="body/line_items/1/quantity"]')).to_have_value("3")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("6735")
    page.check("[name='body~mode'][value=raw]")
    raw.fill('{"metadata": ')
    page.check("[name='body~mode'][value=form]")
    expect(page.locator("#body-views [role=alert]")).to_contain_text("not valid JSON")
    expect(raw).to_have_value('{"metadata": ')


def test_an_update_that_comes_late_opens_no_raw_text_that_is_about_to_be_replaced(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    updates: list[Route] = []
    views: list[Route] = []
    page.route("**/snippet", lambda route: updates.append(route))
    page.route("**/body", lambda route: views.append(route))
    page.fill('[name="path.session"]', "cs_1")
    while not updates:
        page.wait_for_timeout(20)
    # The switch asks for an update of its own after 200 ms, which drops this one: what is shown is the moment before.
    page.evaluate(
        "() => { const later = setTimeout; window.setTimeout = (run, ms) => later(run, ms === 200 ? 60_000 : ms); }"
    )
    page.check("[name='body~mode'][value=raw]")
    raw = page.locator("[name='body~raw']")
    while not views:
        page.wait_for_timeout(20)
    updates[0].continue_()
    expect(page.locator("#snippet")).to_contain_text("cs_1")
    assert raw.evaluate("(box) => box.readOnly")
    views[0].continue_()
    expect(page.locator("[name='body~shown']")).to_have_value("raw")
    assert not raw.evaluate("(box) => box.readOnly")


def test_rows_come_and_go(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    for number, text in enumerate(("a", "b", "c")):
        page.click('[name="~add"][value="body/expand"]')
        page.fill(f'[name="body/expand/{number}"]', text)
    page.click('[name="~remove"][value="body/expand 1"]')
    expect(page.locator("#snippet")).to_contain_text("expand: ['a', 'c']")
    expect(page.locator('input[name^="body/expand/"]')).to_have_count(2)


def test_a_choice_brings_its_own_fields(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    page.select_option('[name="body/metadata~choice"]', index=1)
    expect(page.locator('[name="~add"][value="body/metadata"]')).to_have_count(0)
    expect(page.locator("#snippet")).to_contain_text("metadata: ''")


def test_the_keyboard_is_enough(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url + OPERATION)
    page.focus('[name="path.session"]')
    page.keyboard.type("cs_keys")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    page.focus('[name="path.session"]')
    with page.expect_response(lambda answer: answer.url.endswith("/send")):
        page.keyboard.press("Enter")
    assert page.url == scene.site.url + OPERATION
    while len(scene.api.requests) < 2:  # the page may be told before the API is asked
        page.wait_for_timeout(20)
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert [request.target for request in scene.api.requests] == ["/v1/checkout/sessions/cs_keys"] * 2
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-field")).to_be_focused()


def test_through_a_second_gateway_process_the_bytes_are_the_same(page: Page, scene: Scene) -> None:
    with running("gateway", free_port(), scene.site.environ, scene.folder / "gateway.log") as gateway:
        fill(page, scene)
        save_bearer(page)
        page.fill("#gateway-url", gateway.url)
        send_elsewhere(page, gateway.url)
        (recorded,) = scene.api.requests
        assert recorded.body == SENT
        assert recorded.header("Authorization") == f"Bearer {CANARY}"
        assert CANARY not in gateway.log.read_text()


def test_through_a_foreign_gateway_the_flat_dialect_is_spoken(page: Page, scene: Scene) -> None:
    known = ForeignOperation(
        method="POST",
        base_url=scene.api.url,
        route="/v1/checkout/sessions/{session}",
        path=("session",),
        body_kind="properties",
        body=("line_items", "metadata"),
    )
    with ForeignGateway(operations={"stripe/postCheckoutSessionsSession": known}) as gateway:
        fill(page, scene)
        save_bearer(page)
        page.fill("#gateway-url", gateway.url)
        send_elsewhere(page, gateway.url)
        (call,) = gateway.calls
        assert call.target == "/tools/stripe/postCheckoutSessionsSession"
        assert call.body.decode() == ARGUMENTS
        assert call.header("Authorization") == f"Bearer {CANARY}"
    (recorded,) = scene.api.requests
    assert recorded.target == "/v1/checkout/sessions/cs_1"


def test_structured_fields_show_what_they_come_to_on_the_wire(page: Page, scene: Scene) -> None:
    fill(page, scene)
    expect(page.locator("#f-body-line_5f_items-wire")).to_have_text("line_items[0][price_data][currency]=usd")
    expect(page.locator("#f-body-metadata-wire")).to_have_text("metadata[k]=v")
    page.click('[name="~remove"][value="body/metadata 0"]')
    expect(page.locator("#f-body-metadata-wire")).to_have_text("")


def test_copy_gives_exactly_the_code(page: Page, scene: Scene) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page, scene)
    page.locator("[name=target][value=shell_curl]").check(force=True)
    expect(page.locator("#snippet")).to_contain_text("line_items[0][price_data][currency]=usd")
    with says(page, "Copied"):
        page.click("[data-copy='#snippet-text']")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.text_content("#snippet-text")
    # No prompt before it, no line end after it that would run it unread, no carriage return.
    assert re.fullmatch(r"curl [^\r]*\S", copied)


def test_a_changed_snippet_is_told_once_and_not_at_every_key(page: Page, scene: Scene) -> None:
    page.clock.install()
    fill(page, scene)
    expect(page.locator("#snippet")).to_contain_text("cs_1")
    told = page.locator("#snippet-said")
    expect(told).to_have_attribute("role", "status")
    page.clock.run_for(2500)  # what the form was filled in with has been told
    expect(page.locator(".snippet-card [aria-live]:not(button *), .snippet-card [role=status]")).to_have_count(1)
    page.evaluate(
        "window.said = [];"
        "new MutationObserver(() => window.said.push(document.querySelector('#snippet-said').textContent))"
        ".observe(document.querySelector('#snippet-said'), { childList: true })"
    )
    page.locator("[name=target][value=shell_curl]").check(force=True)
    expect(told).to_have_text("Code snippet curl")
    page.clock.pause_at(page.evaluate("Date.now() + 600_000"))  # never before now, however slow the machine is
    for at in range(8):
        page.locator("[name='path.session']").press_sequentially("abcdefgh"[at])
        page.clock.run_for(250)
        expect(page.locator("#snippet")).to_contain_text("abcdefgh"[: at + 1] + "cs_1")
    page.clock.run_for(2500)
    expect(told).to_have_text(re.compile("Code snippet updated"))
    said = [one for one in page.evaluate("window.said") if one]
    assert said == ["Code snippet curl", "Code snippet updated"]
