"""Every kind of credential, saved in the browser, survives a reload and arrives at the API in its own place only."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.servers import RecordingServer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CANARY = "canary/+ü=4711"


@dataclass
class Scene:
    """A site whose tour has a recording server for its server, and that server."""

    site: RunningSite
    api: RecordingServer


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("credentials")
    (folder / "tour.yaml").write_bytes(dict(documents())["tour"])
    with RecordingServer() as api:
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        playground("add", "tour", str(folder / "tour.yaml"), "--server", api.url, environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, api=api)


@pytest.fixture(autouse=True)
def forget(scene: Scene) -> None:
    scene.api.requests.clear()


def open_panel(page: Page, scene: Scene, operation: str) -> None:
    page.goto(f"{scene.site.url}/providers/tour/{operation}")
    page.click("summary:has-text('Authentication')")


def save(page: Page, *fields: tuple[str, str, str]) -> None:
    """Choose the alternative of these schemes, fill its inputs (scheme, part, text), save, reload."""
    names = list(dict.fromkeys(scheme for scheme, _, _ in fields))
    page.check("[name=authentication][value='[" + ", ".join(f'"{name}"' for name in names) + "]']")
    for scheme, part, text in fields:
        page.fill(f'[data-scheme="{scheme}"] [data-part="{part}"]', text)
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_have_text("Saved")
    page.reload()


def send(page: Page) -> None:
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert CANARY not in page.content()


def test_bearer(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitybearer")
    save(page, ("bearer", "token", "canary-token"))
    expect(page.locator(".using.bearer")).to_be_visible()
    send(page)
    assert scene.api.requests[0].header("Authorization") == "Bearer canary-token"


def test_basic(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitybasic")
    save(page, ("basic", "username", "ada"), ("basic", "password", CANARY))
    expect(page.locator(".using.basic")).to_be_visible()
    send(page)
    expected = base64.b64encode(f"ada:{CANARY}".encode()).decode()
    assert scene.api.requests[0].header("Authorization") == f"Basic {expected}"


def test_api_keys_in_header_query_and_cookie(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitykeyheader")
    save(page, ("headerKey", "value", "canary-key"))
    expect(page.locator(".using.api_key")).to_be_visible()
    send(page)
    (recorded,) = scene.api.requests
    assert recorded.header("X-Tour-Key") == "canary-key"
    assert recorded.header("Authorization") is None

    open_panel(page, scene, "securitykeyquery")
    save(page, ("queryKey", "value", CANARY))
    send(page)
    recorded = scene.api.requests[-1]
    assert recorded.target.endswith("?tour_key=canary%2F%2B%C3%BC%3D4711")
    assert recorded.header("X-Tour-Key") is None
    page.check("[name=output-view][value=request]")
    expect(page.locator("#response .panel.request")).to_contain_text("tour_key=•••")

    open_panel(page, scene, "securitykeycookie")
    save(page, ("cookieKey", "value", "canary-cookie"))
    send(page)
    recorded = scene.api.requests[-1]
    assert recorded.header("Cookie") == "tour_session=canary-cookie"
    assert "?" not in recorded.target


def test_an_access_token(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securityoauth2")
    scheme = page.locator("[data-kind=oauth2]").first.get_attribute("data-scheme")
    save(page, (str(scheme), "token", "canary-access"))
    expect(page.locator(".using.oauth2")).to_be_visible()
    send(page)
    assert scene.api.requests[0].header("Authorization") == "Bearer canary-access"


def test_two_schemes_together(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securityboth")
    names = page.evaluate("JSON.parse(document.querySelector('[name=authentication]:checked').value)")
    assert len(names) == 2
    parts = {
        name: page.locator(f'[data-scheme="{name}"] [data-part]').first.get_attribute("data-part") for name in names
    }
    save(page, *[(name, str(parts[name]), f"canary-{name}") for name in names])
    expect(page.locator(".using.schemes")).to_be_visible()
    send(page)
    (recorded,) = scene.api.requests
    sent = recorded.target + "".join(f"{name}: {value}\n" for name, value in recorded.headers)
    assert all(f"canary-{name}" in sent for name in names)


def test_no_auth_sends_none_and_custom_headers_go_along(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitybearer")
    page.check("[name=authentication][value='[]']")
    page.click("text=Add header")
    page.fill("[data-part=header-name]", "X-Trace")
    page.fill("[data-part=header-value]", "canary-custom")
    page.click("[data-do=save]")
    page.reload()
    send(page)
    (recorded,) = scene.api.requests
    assert recorded.header("X-Trace") == "canary-custom"
    assert recorded.header("Authorization") is None


def test_an_operation_that_takes_none_gets_none(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitybearer")
    save(page, ("bearer", "token", "canary-token"))
    page.goto(f"{scene.site.url}/providers/tour/securitynone")
    send(page)
    assert scene.api.requests[-1].header("Authorization") is None


def test_an_incomplete_credential_is_not_saved(page: Page, scene: Scene) -> None:
    open_panel(page, scene, "securitybearer")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_contain_text("Fill in every field")
    assert page.evaluate("localStorage.utdk_local_credentials") is None


def test_storage_that_throws_keeps_them_for_the_page(page: Page, scene: Scene) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    open_panel(page, scene, "securitybearer")
    page.fill('[data-scheme="bearer"] [data-part="token"]', "canary-memory")
    page.click("[data-do=save]")
    expect(page.locator("[data-said]")).to_contain_text("kept until you leave the page")
    send(page)
    assert scene.api.requests[0].header("Authorization") == "Bearer canary-memory"


def test_a_key_saved_by_the_utdk_console_is_understood(page: Page, scene: Scene) -> None:
    page.goto(scene.site.url)
    page.evaluate(
        """() => localStorage.setItem('utdk_local_credentials', JSON.stringify({tour: {provider: 'tour',
        credential: {type: 'api_key', value: 'canary-old', headerName: 'X-Tour-Key'},
        updatedAt: '2026-06-01T10:00:00Z'}}))"""
    )
    page.goto(f"{scene.site.url}/providers/tour/securitykeyheader")
    expect(page.locator(".state.when-configured")).to_be_visible()
    send(page)
    assert scene.api.requests[0].header("X-Tour-Key") == "canary-old"


def test_a_button_that_is_pressed_before_its_script_has_come_does_its_work(page: Page, scene: Scene) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/panel[^/]*\.js"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/panel[^/]*\.js")):
        open_panel(page, scene, "securitybearer")
    page.click("[data-do=save]")
    page.click("[data-do=add-header]")
    held[0].continue_()
    expect(page.locator("[data-said]")).to_contain_text("Fill in every field")
    expect(page.locator("[data-header-row]")).to_have_count(1)


def test_what_is_chosen_and_typed_outlives_a_late_script_and_another_tab(page: Page, scene: Scene) -> None:
    token = page.locator('[data-scheme="bearer"] [data-part=token]')
    held: list[Route] = []
    page.route(re.compile(r"/panel[^/]*\.js"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/panel[^/]*\.js")):
        open_panel(page, scene, "securitybearer")
    page.select_option("#remember", "sessionStorage")
    with page.expect_response(re.compile(r"/panel[^/]*\.js")):
        held[0].continue_()
    token.fill(CANARY)
    expect(page.locator("#remember")).to_have_value("sessionStorage")
    other = page.context.new_page()
    open_panel(other, scene, "securitybearer")
    save(other, ("bearer", "token", "canary-other"))
    expect(page.locator("html")).to_have_attribute("data-auth", "bearer")
    expect(token).to_have_value(CANARY)
