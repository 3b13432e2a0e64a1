"""Signing in, in a real browser with a real authorization server: every flow, and the attacks on the way back."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.authorization import AuthorizationServer
from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.needs import free_port
from tests.servers import Recorded, RecordingServer, http_answer
from tests.web.test_oauth import schemes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@dataclass
class Scene:
    """A site, an API that answers 401 to tokens it was told to refuse, and the authorization server of both."""

    site: RunningSite
    api: RecordingServer
    server: AuthorizationServer
    refused: set[str]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("oauth")
    refused: set[str] = set()

    def api_answer(_: object, request: Recorded) -> bytes:
        if (request.header("Authorization") or "").removeprefix("Bearer ") in refused:
            return http_answer({}, "401 Unauthorized", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return http_answer({"ok": True})

    with pytest.MonkeyPatch.context() as patch, RecordingServer(api_answer) as api, AuthorizationServer() as server:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        described: dict[str, Any] = {
            "openapi": "3.2.0",
            "info": {"title": "Books", "version": "1"},
            "servers": [{"url": api.url}],
            "paths": {
                "/books": {"get": {"operationId": "books", "security": [{"oauth": ["books.read"]}], "responses": {}}},
                "/mine": {"get": {"operationId": "mine", "security": [{"openid": ["books.read"]}], "responses": {}}},
            },
            "components": {"securitySchemes": schemes(server.url)},
        }
        (folder / "books.json").write_text(json.dumps(described))
        networks = f"127.0.0.1/32:{api.port},127.0.0.1/32:{server.port}"
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=networks)
        playground("add", "books", str(folder / "books.json"), environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            server.accepts(f"{site.url}/oauth/callback")
            yield Scene(site=site, api=api, server=server, refused=refused)


@pytest.fixture(autouse=True)
def forget(scene: Scene) -> None:
    scene.api.requests.clear()
    scene.server.authorizations.clear()
    scene.server.token_requests.clear()
    scene.server.tamper = {}
    scene.server.names_itself = False
    scene.server.expires_in = 3600
    scene.refused.clear()


def open_panel(page: Page, scene: Scene, flow: str = "authorizationCode", operation: str = "books") -> None:
    page.goto(f"{scene.site.url}/providers/books/{operation}")
    page.locator("summary", has_text="Authentication").click()
    visible = page.locator("[data-scheme]:not([hidden])")
    visible.locator("[data-part=flow]").select_option(flow)
    visible.locator("[data-part=clientId]").fill("docs")


def sign_in(page: Page) -> None:
    page.locator("[data-scheme]:not([hidden]) [data-do=sign-in]").click()


def said(page: Page) -> Any:
    return page.locator("[data-scheme]:not([hidden]) [data-oauth-said]")


def token_sent(page: Page, scene: Scene) -> str:
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    return (scene.api.requests[-1].header("Authorization") or "").removeprefix("Bearer ")


def last_token(scene: Scene) -> str:
    return str(scene.server.tokens[-1].data["access_token"])


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
    with page.expect_popup():
        sign_in(page)
    # "Saved" still stands there from the first time: the answer has come when nothing waits for it any more.
    while len(scene.server.token_requests) < 2:
        page.wait_for_timeout(50)
    page.wait_for_function("sessionStorage.getItem('playground:oauth') === null")
    expect(page.locator("[data-said]")).to_have_text("Saved")
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
    expect(said(page)).to_have_text("Signed in.", timeout=15_000)
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
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    tokens = [(one.header("Authorization") or "").removeprefix("Bearer ") for one in scene.api.requests]
    assert tokens[-2:] == [second, last_token(scene)]
    # Renewed once: what is refused again is said, and nothing goes round in circles.
    scene.refused.update(str(one.data["access_token"]) for one in scene.server.tokens)
    patched = len(scene.api.requests)
    scene.refused.add(last_token(scene))
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK", timeout=10_000)
    assert len(scene.api.requests) - patched == 2


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
@pytest.mark.parametrize("windows", [True, False], ids=["window", "page"])
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


def test_a_message_from_another_window_is_not_an_answer(page: Page, scene: Scene) -> None:
    scene.server.tamper = {"state": "kept back"}
    open_panel(page, scene)
    sign_in(page)
    expect(said(page)).to_contain_text("belongs to another sign-in")
    pending = page.evaluate("JSON.parse(sessionStorage.getItem('playground:oauth'))")
    page.evaluate(
        """([state]) => {
        const frame = document.createElement('iframe');
        frame.sandbox = 'allow-scripts';
        window.dispatchEvent(new MessageEvent('message', {
            origin: 'https://evil.example', data: {type: 'playground:oauth', answer: {state, code: 'attackers'}}}));
        }""",
        [pending["state"]],
    )
    expect(said(page)).to_contain_text("A message from another site was not used")
    assert not scene.server.token_requests


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
