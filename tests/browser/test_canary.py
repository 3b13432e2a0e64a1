"""Distinct secrets in every scheme, a visit to all that could repeat one, then a search through all that is left.

The whole suite is searched so (`leaks.py`); here are all schemes at once, and what can be read off a screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_until
from tests.support.leaks import KEY, TOLD, spelled_out, spellings
from tests.support.needs import free_port, need_command
from tests.support.reader import plain, read_all
from tests.support.servers import Recorded, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCHEMES = ["bearer", "basic", "headerKey", "queryKey", "cookieKey", "oauth2", "openid"]
SECRETS = {scheme: f"canary-{scheme}-4711+/=" for scheme in SCHEMES} | {"custom": "canary-custom-header"}
PAGES = {
    "securitybearer": "bearer", "securitybasic": "basic", "securitykeyheader": "headerKey",
    "securitykeyquery": "queryKey", "securitykeycookie": "cookieKey", "securityoauth2": "oauth2",
    "securityopenid": "openid",
}  # fmt: skip
MORE = ("/providers/tour/securitybearer.md", "/catalog/p/tour.json", "/sdk/tour.mjs")


@dataclass
class Scene:
    """A site whose tour is answered by a server that says back all it hears; `folder` holds all the site's files."""

    site: RunningSite
    api: RecordingServer
    folder: Path


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("canary")
    (folder / "tour.yaml").write_bytes(dict(documents())["tour"])
    with RecordingServer(echo) as api:
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        playground("add", "tour", str(folder / "tour.yaml"), "--server", api.url, environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, api=api, folder=folder)


def echo(_: object, request: Recorded) -> bytes:
    fields = {f"X-Echo-{at}": value for at, (_, value) in enumerate(request.headers)}
    return http_answer({"line": request.line, "headers": request.headers}, headers=fields)


def credential(scheme: str) -> dict[str, str]:
    secret = SECRETS[scheme]
    names = {
        "headerKey": ("X-Tour-Key", "header"),
        "queryKey": ("tour_key", "query"),
        "cookieKey": ("tour_session", "cookie"),
    }
    if scheme in names:
        name, where = names[scheme]
        return {"type": "api_key", "value": secret, "headerName": name, "name": name, "in": where}
    if scheme == "basic":
        return {"type": "basic", "username": "ada", "password": secret}
    if scheme == "bearer":
        return {"type": "bearer", "token": secret}
    return {
        "type": "oauth2",
        "accessToken": secret,
        "refreshToken": f"{secret}refresh",
        "clientSecret": f"{secret}client",
    }


def keep_all(page: Page) -> None:
    """Save every secret, as the panel does."""
    entry = {
        "provider": "tour", "credential": credential("bearer"), "updatedAt": "2026-06-01T10:00:00Z",
        "schemes": {scheme: credential(scheme) for scheme in SCHEMES},
        "customHeaders": {"X-Custom": SECRETS["custom"]},
    }  # fmt: skip
    page.evaluate("([key, all]) => localStorage.setItem(key, JSON.stringify(all))", [KEY, {"tour": entry}])


def open_page(page: Page, scene: Scene, operation: str, scheme: str) -> None:
    page.goto(f"{scene.site.url}/providers/tour/{operation}")
    page.locator("summary", has_text="Authentication").click()
    expect(page.locator(f'[data-scheme="{scheme}"]')).to_be_visible()


def test_no_secret_is_anywhere_but_where_it_is_kept(context: BrowserContext, scene: Scene) -> None:
    heard: list[str] = []

    def hear(answer: Response) -> None:
        heard.append(answer.url + json.dumps(answer.all_headers()))
        if "assets" not in answer.url and answer.status == 200:
            try:
                heard.append(answer.text())
            except Error:
                assert answer.request.failure is not None  # dropped for a newer one: its body never came

    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(scene.site.url)
    keep_all(page)
    for operation, scheme in PAGES.items():
        answers.clear()
        open_page(page, scene, operation, scheme)
        page.click("#send")
        expect(page.locator("#response .pill")).to_have_text("200 OK")
        sent = scene.api.requests[-1]
        told = sent.line + str(sent.headers)
        assert any(spelling in told for spelling in spellings(SECRETS[scheme])), scheme
        others = [other for other in SCHEMES if other != scheme]
        assert not any(spelling in told for other in others for spelling in spellings(SECRETS[other])), scheme
        assert "refresh" not in told
        for view in ("headers", "request", "timing"):
            page.check(f"[name=output-view][value={view}]")
        for language in ("shell_curl", "python_requests"):
            page.check(f"[name=target][value={language}]")
            expect(page.locator("#snippet-text")).not_to_contain_text("import tour")
        page.click("[data-share]")
        page.wait_for_url("**#v1=*")
        assert "canary" not in spelled_out(page.url)
        assert "canary" not in page.locator("body").inner_text()
        rest = page.evaluate(
            """key => JSON.stringify([{...sessionStorage}, Object.entries({...localStorage})
            .filter(([name]) => name !== key), history.state, document.cookie, document.documentElement.outerHTML])""",
            KEY,
        )
        assert "canary" not in rest
        # Bodies are there until the page is left.
        page.wait_for_load_state("networkidle")
        for answer in answers:
            hear(answer)
    for path in (*TOLD, *MORE):
        told_to_all = page.request.get(scene.site.url + path)
        assert told_to_all.ok, path
        heard.append(told_to_all.text())
    every = [spelling for secret in SECRETS.values() for spelling in spellings(secret)]
    for text in heard:
        assert not [one for one in every if one in text], text[:300]
    left = {path.name: path.read_bytes() for path in scene.folder.rglob("*") if path.is_file()}
    assert {"serve.log", "catalog.sqlite"} <= left.keys()
    for name, data in left.items():
        assert not [one for one in every if one.encode() in data], name


def test_a_secret_variable_goes_with_a_send_and_nowhere_else(context: BrowserContext, scene: Scene) -> None:
    """Beside what is said here, `leaks.py` searches addresses, answers, storage, pages, exports and the log."""
    first, second = "canary-variable-first/+=", "canary-variable-second/+="
    page = context.new_page()
    page.goto(f"{scene.site.url}/providers/tour/pathplain")
    page.click("#variables > summary")
    page.fill("#variables-text", "secret token\n[live]\nsecret token\nsecret other")
    secret = page.locator("[data-secret-variable] input")
    secret.fill(first)
    page.fill("[name='path.word']", "x-{{token}}")
    expect(page.locator("#live-url")).not_to_contain_text("token")
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet-text")).to_contain_text("$TOUR_TOKEN")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert any(one in scene.api.requests[-1].line for one in spellings(f"x-{first}"))
    for view in ("headers", "request"):
        page.check(f"[name=output-view][value={view}]")
    page.click("[data-share]")
    page.wait_for_url("**#v1=*")
    assert "token" in spelled_out(page.url), "a link has the name"
    # One switch: the key's environment follows, and what it has no value for is not sent.
    page.fill("#variables-environment", "live")
    page.locator("#variables-environment").blur()
    expect(page.locator("[data-environment]")).to_have_value("live")
    expect(secret.first).to_have_value("")
    count = len(scene.api.requests)
    page.click("#send")
    expect(page.locator("#response")).to_contain_text("token has no value here")
    assert len(scene.api.requests) == count
    secret.first.fill(second)
    # And the other way round, from another tab too.
    other = context.new_page()
    other.goto(f"{scene.site.url}/providers/tour/pathplain")
    expect(other.locator("#variables-environment")).to_have_value("live")
    other.click("#authentication > summary")
    expect(other.locator("[data-environment]")).to_have_value("live")
    other.fill("[data-environment]", "")
    other.locator("[data-environment]").blur()
    expect(other.locator("#variables-environment")).to_have_value("")
    expect(page.locator("#variables-environment")).to_have_value("")
    expect(secret).to_have_value(first)
    # What is forgotten in one tab is forgotten in all that share its storage.
    page.select_option("#remember-secrets", "localStorage")
    other.reload()
    other.click("#variables > summary")
    expect(other.locator("[data-secret-variable] input")).to_have_value(first)
    other.click("#authentication > summary")
    other.click("[data-do=forget-all]")
    expect(other.locator("[data-secret-variable] input")).to_have_value("")
    expect(secret).to_have_value("")


def test_no_secret_can_be_read_off_the_screen(browser: Browser, scene: Scene) -> None:
    """Pictures of what shows most, read as text; the same reader finds a secret that is shown on purpose."""
    need_command("tesseract")
    context = browser.new_context(viewport={"width": 900, "height": 700}, device_scale_factor=2)
    page = context.new_page()
    page.goto(scene.site.url)
    keep_all(page)
    open_page(page, scene, "securitybearer", "bearer")
    panel, output, code = (page.locator(one) for one in (".ways", ".output", ".snippet-card"))
    hidden = {"panel, masked": panel.screenshot()}
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    for view in ("body", "headers", "request"):
        page.check(f"[name=output-view][value={view}]")
        hidden[f"answer, {view}"] = output.screenshot()
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet-text")).to_contain_text("$TOUR_API_KEY")
    hidden["snippet"] = code.screenshot()
    page.locator("summary", has_text="Paste a request").click()
    page.fill("#paste", f"curl {scene.api.url}/security/bearer -H 'Authorization: Bearer {SECRETS['bearer']}'")
    page.click("text=Fill in the form")
    expect(page.locator("#pasted").get_by_text("it is now in Authentication")).to_be_visible()
    hidden["pasted"] = page.screenshot()
    # Shown on purpose, in the panel and as code; then blurred for whoever shares the screen.
    page.click('[data-scheme="bearer"] [data-do=reveal]')
    page.route("**/snippet", lambda route: route.abort())  # no update takes its place
    wait_until(page, "!document.querySelector('.htmx-request')")
    page.locator("#snippet-text").evaluate("(code, secret) => { code.textContent = secret; }", SECRETS["bearer"])
    shown = {"panel, shown": panel.screenshot(), "code, shown": code.screenshot()}
    page.check("#credentials [data-demo]")
    hidden["panel, shown and blurred"] = panel.screenshot()
    context.close()
    read = read_all(shown | hidden)
    # As it is, or as Basic writes it; the half that no slip of the reader is likely in.
    canaries = {plain(one) for one in ("canary", "Y2FuYXJ5", "OmNhbmFyeS")}
    found = {name for name, text in read.items() if any(canary in text for canary in canaries)}
    assert found == set(shown), read
    for name, words in {"panel, masked": "using bearer", "answer, request": "bearer", "snippet": "curl"}.items():
        assert plain(words) in read[name], "the picture shows what it is of"
