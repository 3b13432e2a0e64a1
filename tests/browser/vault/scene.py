"""The scene of the tests about kept credentials, and what a visitor does in it; each step waits for the page."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.leaks import KEY
from tests.support.needs import free_port
from tests.support.servers import ForeignGateway, Recorded, RecordingServer, http_answer

ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
TOKEN = {"name": "access_token", "in": "query", "schema": {"type": "string"}}


@dataclass
class Vault:
    """A site with two APIs: the tour, and a shop with two recording servers; a foreign gateway may be typed.

    The operator forbids one operation of the tour and lends a key for another.
    """

    site: RunningSite
    api: RecordingServer
    other: RecordingServer
    gateway: ForeignGateway


@contextlib.contextmanager
def vault_in(folder: Path) -> Iterator[Vault]:
    """Run the scene until the block ends."""
    (folder / "tour.yaml").write_bytes(dict(documents())["tour"])
    (folder / "rules.json").write_text('{"tour": {"forbid": ["securityoptional"]}}')
    lent = {"type": "bearer_token", "token": "canary-lent", "operations": ["securitybearer"]}
    (folder / "lent.json").write_text(json.dumps({"tour": lent}))
    with RecordingServer(_refusing) as api, RecordingServer() as other, ForeignGateway(operations={}) as gateway:
        (folder / "shop.json").write_text(json.dumps(_shop(api.url, other.url)))
        environ = environ_for(
            folder,
            PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port},127.0.0.1/32:{other.port}",
            PLAYGROUND_RULES=str(folder / "rules.json"),
            PLAYGROUND_CREDENTIALS=str(folder / "lent.json"),
        )
        playground("add", "tour", str(folder / "tour.yaml"), "--server", api.url, environ=environ)
        playground("add", "shop", str(folder / "shop.json"), environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Vault(site=site, api=api, other=other, gateway=gateway)


def _shop(*servers: str) -> dict[str, Any]:
    drop = {"operationId": "drop", "parameters": [ID], "responses": {}}
    read = {"operationId": "read", "parameters": [ID, TOKEN], "responses": {}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": url} for url in servers],
        "paths": {"/orders/{id}": {"delete": drop, "get": read}},
        "security": [{"token": []}, {"login": [], "key": []}],
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "login": {"type": "http", "scheme": "basic"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Shop-Key"},
            }
        },
    }


def _refusing(_: object, request: Recorded) -> bytes:
    """Refuse what is marked so, as APIs do."""
    given = request.header("Authorization") or ""
    if "refused" in given:
        return http_answer({}, "403 Forbidden", {"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="x y"'})
    if request.target.endswith("/security/bearer") and not given:
        return http_answer({}, "401 Unauthorized", {"WWW-Authenticate": 'Bearer realm="tour"'})
    return http_answer({"echo": given})


def visit(page: Page, vault: Vault, operation: str = "shop/read", *, panel: bool = True) -> None:
    """Open an operation's page, and its credentials panel until it can be used."""
    page.goto(f"{vault.site.url}/providers/{operation}")
    if panel:
        open_panel(page)


def open_panel(page: Page) -> None:
    """Open the credentials panel; its script shows the inputs of the chosen alternative once it is ready."""
    page.locator("summary", has_text="Authentication").click()
    expect(page.locator("[data-scheme]:not([hidden])").first).to_be_visible()


def part(page: Page, scheme: str, name: str) -> Locator:
    """Return one input of a scheme."""
    return page.locator(f'[data-scheme="{scheme}"] [data-part="{name}"]')


def press_save(page: Page, said: str = "Saved") -> None:
    """Press Save and wait for what it says now, whatever it said before."""
    status = page.locator("[data-said]")
    status.evaluate("status => { status.textContent = ''; }")
    page.click("[data-do=save]")
    expect(status).to_contain_text(said)


def save(page: Page, token: str, *, scheme: str = "token") -> None:
    """Type a token and save it."""
    part(page, scheme, "token").fill(token)
    press_save(page)


def environment(page: Page, name: str) -> None:
    """Type the name of an environment; it is in use from then on."""
    page.fill("[data-environment]", name)
    page.keyboard.press("Enter")


def kept(page: Page, area: str = "localStorage") -> Any:
    """Return what the browser keeps of all providers."""
    return json.loads(page.evaluate(f"{area}.getItem('{KEY}')") or "{}")


def fill(page: Page, **fields: str) -> None:
    """Fill the path's `id` where there is one, and other inputs by their names."""
    for name, text in {"path.id": "1", **fields}.items():
        if page.locator(f'[name="{name}"]').count():
            page.fill(f'[name="{name}"]', text)


@contextlib.contextmanager
def answered(page: Page) -> Iterator[Locator]:
    """Give the pane of the answer to the Send in this block, never that of the one before; waits until it is there."""
    page.locator("#response").evaluate("pane => { pane.dataset.before = ''; }")
    pane = page.locator("#response:not([data-before])")
    yield pane
    # Not while it still comes: a Send that is under way says so.
    expect(pane).to_be_attached()
    expect(page.locator(".send-bar[data-sending]")).to_have_count(0)


def press_send(page: Page, **fields: str) -> Locator:
    """Fill the form, press Send and return the pane of its answer."""
    fill(page, **fields)
    with answered(page) as pane:
        page.click("#send")
    return pane


def send(page: Page, server: RecordingServer, **fields: str) -> str | None:
    """Send, and return the credential that arrived at the server."""
    expect(press_send(page, **fields).locator(".pill")).to_have_text("200 OK")
    return server.requests[-1].header("Authorization")
