"""Signing in, in a real browser with a real authorization server: every flow, and what follows it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.oauth.scene import Scene, last_token, open_panel, said, sign_in, token_sent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("oauth")]


def test_authorization_code_in_a_window_of_its_own(page: Page, scene: Scene) -> None:
    open_panel(page, scene)
    expect(page.locator("[data-scheme]:not([hidden]) [data-scope][value='books.read']")).to_be_checked()
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    (asked,) = scene.server.authorizations
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "books.read"
    ((form, _),) = scene.server.token_requests
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert token_sent(page, scene) == last_token(scene)
    expect(page.locator("[data-kept]")).to_contain_text("Expires")
    said(page).evaluate("status => { status.textContent = ''; }")
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    first, second = scene.server.authorizations
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"], "no verifier is used twice"
    # Neither code nor token ever stood in an address that the site logs, nor stays in the window's history.
    log = scene.site.log.read_text()
    assert last_token(scene) not in log
    assert form["code"] not in log
    assert page.evaluate("sessionStorage.getItem('playground:oauth')") is None


def test_where_windows_are_refused_the_whole_page_goes_and_comes_back(page: Page, scene: Scene) -> None:
    page.add_init_script("window.open = () => null;")
    open_panel(page, scene)
    sign_in(page)
    page.wait_for_url(f"{scene.site.url}/providers/books/books*")
    expect(page.locator("html")).to_have_attribute("data-auth", "oauth2")
    expect(said(page)).to_have_text("Signed in.")
    assert "code=" not in page.url
    assert token_sent(page, scene) == last_token(scene)


@pytest.mark.parametrize(
    ("flow", "fields"),
    [
        ("clientCredentials", {"clientId": "service", "clientSecret": "canary-client-secret"}),
        ("password", {"oauthUsername": "ada", "oauthPassword": "canary-password"}),
    ],
)
def test_flows_without_a_window(page: Page, scene: Scene, flow: str, fields: dict[str, str]) -> None:
    open_panel(page, scene, flow)
    for part, text in fields.items():
        page.locator(f"[data-scheme]:not([hidden]) [data-part={part}]").fill(text)
    sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    assert token_sent(page, scene) == last_token(scene)
    assert "canary" not in (scene.api.requests[-1].line + str(scene.api.requests[-1].headers))


def test_the_implicit_flow_is_marked_as_legacy(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "implicit")
    expect(page.get_by_text("Implicit is a legacy flow")).to_be_visible()
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    assert token_sent(page, scene) == last_token(scene)
    assert not scene.server.token_requests


def test_a_device_code_is_shown_and_waited_for(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "deviceAuthorization")
    sign_in(page)
    code = said(page).locator("code")
    expect(code).to_be_visible()
    scene.server.approved.add(code.inner_text())
    expect(said(page)).to_have_text("Signed in.")
    assert token_sent(page, scene) == last_token(scene)


def test_openid_connect_by_discovery(page: Page, scene: Scene) -> None:
    scene.server.names_itself = True
    open_panel(page, scene, operation="mine")
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    assert token_sent(page, scene) == last_token(scene)


def test_a_token_is_renewed_before_it_ends_and_after_a_401(page: Page, scene: Scene) -> None:
    scene.server.expires_in = 5
    open_panel(page, scene)
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    first = last_token(scene)
    scene.server.expires_in = 3600
    assert token_sent(page, scene) == last_token(scene) != first, "it would have ended within half a minute"
    second = last_token(scene)
    scene.refused.add(second)
    token_sent(page, scene)
    tokens = [(request.header("Authorization") or "").removeprefix("Bearer ") for request in scene.api.requests]
    assert tokens[-2:] == [second, last_token(scene)]
    # Renewed once: what is refused again is said, and nothing goes round in circles.
    scene.refused.update(str(token.data["access_token"]) for token in scene.server.tokens)
    patched = len(scene.api.requests)
    token_sent(page, scene)
    assert len(scene.api.requests) - patched == 2


def test_two_tabs_renew_a_token_once(context: BrowserContext, scene: Scene) -> None:
    scene.server.expires_in = 5
    page, second = context.new_page(), context.new_page()
    open_panel(page, scene)
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    second.goto(page.url)
    scene.server.expires_in = 3600
    scene.server.delay = 1  # long enough for the second tab to want the same
    for one in (page, second):
        one.evaluate("document.querySelector('#send').click()")
    for one in (page, second):
        expect(one.locator("#response .pill")).to_have_text("200 OK")
    renewed = [form for form, _ in scene.server.token_requests if form["grant_type"] == "refresh_token"]
    assert len(renewed) == 1, "a refresh token is good once"
    assert {request.header("Authorization") for request in scene.api.requests} == {f"Bearer {last_token(scene)}"}


def test_a_renewal_that_is_refused_is_said_where_it_was_promised(page: Page, scene: Scene) -> None:
    open_panel(page, scene)
    with page.expect_popup():
        sign_in(page)
    expect(said(page)).to_have_text("Signed in.")
    scene.refused.add(last_token(scene))
    scene.server.tokens.clear()  # so that it knows no refresh token any more
    page.click("#send")
    expect(page.locator("#response .mending")).to_contain_text(
        "The token could not be renewed. The authorization server refused (invalid_grant"
    )
    expect(page.locator("#response .mending")).not_to_contain_text("sent once more")
    assert len(scene.api.requests) == 1


def test_an_expired_token_that_nothing_renews_is_not_sent(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url)
    page.evaluate(
        """() => localStorage.setItem('utdk_local_credentials', JSON.stringify({books: {provider: 'books',
        credential: {type: 'oauth2', accessToken: 'canary-old', expiresAt: 1000}, updatedAt: '2026-06-01T10:00:00Z'}}
        ))"""
    )
    page.goto(f"{scene.site.url}/providers/books/books")
    expect(page.locator("[data-kept]")).to_contain_text("Expired")
    page.click("#send")
    expect(page.locator("#response [role=alert]")).to_contain_text("The saved token has expired, so nothing was sent")
    assert not scene.api.requests
    page.click("#response [data-mend]")
    expect(page.locator("[data-scheme]:not([hidden]) [data-do=sign-in]")).to_be_focused()


def test_the_script_is_fetched_only_where_a_sign_in_is_offered(page: Page, scene: Scene) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{scene.site.url}/providers/tour/securitybearer")
    page.locator("summary", has_text="Authentication").click()
    expect(page.locator("[data-do=save]")).to_be_visible()
    expect(page.locator("[data-scheme]:not([hidden])")).to_be_visible()
    assert not [url for url in fetched if "/oauth-" in url]
    page.goto(f"{scene.site.url}/providers/books/books")
    page.wait_for_load_state("networkidle")
    assert not [url for url in fetched if "/oauth-" in url], "not before the panel is opened"
