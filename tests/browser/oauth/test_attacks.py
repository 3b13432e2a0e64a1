"""Attacks on the way back from a sign-in: each is refused with its sentence, and nothing of it is used."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.oauth.scene import Scene, fill_panel, open_panel, said, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("oauth")]


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        ({"state": "attackers"}, "belongs to another sign-in"),
        ({"state": None}, "belongs to another sign-in"),
        ({"iss": "https://evil.example"}, "comes from another authorization server"),
        ({"code": None}, "without a code"),
        ({"code": "swapped"}, "The authorization server refused (invalid_grant"),
        ({"code": None, "error": "access_denied"}, "The authorization server refused: access_denied"),
    ],
)
@pytest.mark.parametrize("windows", [True, pytest.param(False, marks=pytest.mark.long)], ids=["window", "page"])
def test_an_answer_that_was_tampered_with_is_refused(
    page: Page, scene: Scene, tamper: dict[str, str | None], sentence: str, windows: bool
) -> None:
    scene.server.tamper = tamper
    if not windows:
        page.add_init_script("window.open = () => null;")
    open_panel(page, scene)
    sign_in(page)
    if not windows and "state" in tamper:
        # In the same tab nobody waits for it: the page on the way back keeps it from going further.
        page.wait_for_url("**/oauth/callback")
        page.goto(f"{scene.site.url}/providers/books/books")
    else:
        expect(said(page)).to_contain_text(sentence)
    assert page.locator("html").get_attribute("data-auth") is None
    assert all(form.get("code") == tamper.get("code") for form, _ in scene.server.token_requests)


def test_a_missing_issuer_is_refused_where_the_server_promises_one(page: Page, scene: Scene) -> None:
    scene.server.names_itself = True
    scene.server.tamper = {"iss": None}
    open_panel(page, scene, operation="mine")
    sign_in(page)
    expect(said(page)).to_contain_text("comes from another authorization server")
    assert not scene.server.token_requests


def forged(scene: Scene) -> dict[str, object]:
    """Return the message of an attacker who has seen the request, and so knows even its state."""
    (asked,) = scene.server.authorizations
    return {"type": "playground:oauth", "answer": {"state": asked["state"], "code": "canary-attackers"}}


def assert_only_the_true_code_was_used(scene: Scene) -> None:
    ((form, _),) = scene.server.token_requests
    assert form["code"] != "canary-attackers"


def test_a_message_from_another_origin_is_not_an_answer(page: Page, scene: Scene) -> None:
    """Our page stands in a stranger's, so that the stranger has a handle on it, and so has the sign-in's own window."""
    scene.server.waits = True
    page.goto(scene.stranger)
    ours = page.frame_locator("iframe")
    fill_panel(ours)
    with page.expect_popup() as opened:
        sign_in(ours)
    window = opened.value
    window.wait_for_url(f"{scene.server.url}/authorize**")
    page.evaluate("message => frames[0].postMessage(message, '*')", forged(scene))
    expect(said(ours)).to_contain_text("A message from another site was not used")
    said(ours).evaluate("status => { status.textContent = ''; }")
    assert window.evaluate("message => { opener.postMessage(message, '*'); return location.origin; }", forged(scene))
    expect(said(ours)).to_contain_text("A message from another site was not used")
    assert not scene.server.token_requests
    # The true answer is still waited for, and used.
    scene.server.waits = False
    window.reload()
    expect(said(ours)).to_have_text("Signed in.")
    assert_only_the_true_code_was_used(scene)


def test_another_origin_that_opened_our_page_has_no_handle_on_it(context: BrowserContext, scene: Scene) -> None:
    scene.server.waits = True
    stranger = context.new_page()
    stranger.goto(scene.stranger)
    with stranger.expect_popup() as opened:
        stranger.evaluate("url => { window.ours = open(url); }", f"{scene.site.url}/providers/books/books")
    page = opened.value
    page.wait_for_url("**/providers/books/books")
    page.evaluate("() => { window.heard = []; addEventListener('message', ({ origin }) => heard.push(origin)); }")
    fill_panel(page)
    with page.expect_popup() as asked:
        sign_in(page)
    window = asked.value
    window.wait_for_url(f"{scene.server.url}/authorize**")
    assert page.evaluate("sessionStorage.getItem('playground:oauth')") is None, "verifier and secret stay in the page"
    stranger.evaluate("message => ours.postMessage(message, '*')", forged(scene))
    window.evaluate("message => opener?.postMessage(message, '*')", forged(scene))
    scene.server.waits = False
    window.reload()
    expect(said(page)).to_have_text("Signed in.")
    assert page.evaluate("heard") == []
    assert_only_the_true_code_was_used(scene)


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\\\evil.example/", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_to_another_site(page: Page, scene: Scene, back: str) -> None:
    page.goto(scene.site.url)
    page.evaluate("([back]) => sessionStorage.setItem('playground:oauth', JSON.stringify({state: 's', back}))", [back])
    page.goto(f"{scene.site.url}/oauth/callback?state=s&code=c&redirect=https://evil.example/")
    expect(page.locator("body")).to_be_visible()
    page.wait_for_timeout(600)
    assert page.url.startswith(scene.site.url)


@pytest.mark.parametrize("kept", ["rubbish", "[]", "5", '{"state":null}', '{"answer":{}}', '{"answer":{"state":"x"}}'])
def test_rubbish_where_a_sign_in_is_remembered_breaks_nothing(page: Page, scene: Scene, kept: str) -> None:
    page.goto(scene.site.url)
    page.evaluate("([kept]) => sessionStorage.setItem('playground:oauth', kept)", [kept])
    page.goto(f"{scene.site.url}/oauth/callback?code=c")
    expect(page.locator("[data-said]")).to_contain_text("This window can be closed")
    page.goto(f"{scene.site.url}/providers/books/books")
    page.locator("summary", has_text="Authentication").click()
    expect(page.locator("[data-do=save]")).to_be_visible()
    assert not scene.server.token_requests
