"""Distinct secrets in every scheme, a visit to all that could repeat one, then a search through all that is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from playground.bundled import documents
from tests.browser.conftest import environ_for, playground, running
from tests.browser.leaks import spellings
from tests.needs import free_port
from tests.servers import Recorded, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCHEMES = ["bearer", "basic", "headerKey", "queryKey", "cookieKey", "oauth2", "openid"]
SECRETS = {scheme: f"canary-{scheme}-4711+/=" for scheme in SCHEMES} | {"custom": "canary-custom-header"}
PAGES = {
    "securitybearer": "bearer", "securitybasic": "basic", "securitykeyheader": "headerKey",
    "securitykeyquery": "queryKey", "securitykeycookie": "cookieKey", "securityoauth2": "oauth2",
    "securityopenid": "openid",
}  # fmt: skip


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


def test_no_secret_is_anywhere_but_where_it_is_kept(context: BrowserContext, tmp_path: Path) -> None:
    (tmp_path / "tour.yaml").write_bytes(dict(documents())["tour"])
    heard: list[str] = []

    def hear(answer: Response) -> None:
        heard.append(answer.url + json.dumps(answer.all_headers()))
        if "assets" not in answer.url and answer.status == 200:
            heard.append(answer.text())

    with RecordingServer(echo) as api:
        environ = environ_for(tmp_path, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        playground("add", "tour", str(tmp_path / "tour.yaml"), "--server", api.url, environ=environ)
        log = tmp_path / "serve.log"
        with running("serve", free_port(), environ, log) as site:
            page = context.new_page()
            answers: list[Response] = []
            page.on("response", lambda answer: answers.append(answer))
            page.goto(site.url)
            entry = {
                "provider": "tour", "credential": credential("bearer"), "updatedAt": "2026-06-01T10:00:00Z",
                "schemes": {scheme: credential(scheme) for scheme in SCHEMES},
                "customHeaders": {"X-Custom": SECRETS["custom"]},
            }  # fmt: skip
            page.evaluate(
                "([entry]) => localStorage.setItem('utdk_local_credentials', JSON.stringify({tour: entry}))", [entry]
            )
            for operation, scheme in PAGES.items():
                answers.clear()
                page.goto(f"{site.url}/providers/tour/{operation}")
                page.locator("summary", has_text="Authentication").click()
                expect(page.locator(f'[data-scheme="{scheme}"]')).to_be_visible()
                page.click("#send")
                expect(page.locator("#response .pill")).to_have_text("200 OK")
                sent = api.requests[-1]
                told = sent.line + str(sent.headers)
                assert any(one in told for one in spellings(SECRETS[scheme])), scheme
                others = [other for other in SCHEMES if other != scheme]
                assert not any(one in told for other in others for one in spellings(SECRETS[other])), scheme
                assert "refresh" not in told
                for view in ("headers", "request", "timing"):
                    page.check(f"[name=output-view][value={view}]")
                for language in ("shell_curl", "python_requests"):
                    page.check(f"[name=target][value={language}]")
                    expect(page.locator("#snippet-text")).not_to_contain_text("import tour")
                page.click("[data-share]")
                assert "canary" not in page.url
                assert "canary" not in page.locator("body").inner_text()
                rest = page.evaluate(
                    """() => JSON.stringify([{...sessionStorage}, Object.entries({...localStorage})
                    .filter(([name]) => name !== 'utdk_local_credentials'), history.state, document.cookie,
                    document.documentElement.outerHTML])"""
                )
                assert "canary" not in rest
                # Bodies are there until the page is left.
                page.wait_for_load_state("networkidle")
                for answer in answers:
                    hear(answer)
                answers.clear()
            more = ("/metrics", "/catalog/index.json", "/providers/tour/securitybearer.md", "/llms.txt")
            heard.extend(page.request.get(site.url + path).text() for path in more)
        left = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    every = [one for secret in SECRETS.values() for one in spellings(secret)]
    for text in heard:
        assert not [one for one in every if one in text], text[:300]
    for name, data in left.items():
        assert not [one for one in every if one.encode() in data], name
