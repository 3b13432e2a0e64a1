"""The scene of the tests about signing in, and what a visitor does in it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.authorization import AuthorizationServer
from tests.support.needs import free_port
from tests.support.servers import Recorded, RecordingServer, http_answer
from tests.web.test_oauth import schemes

Place: TypeAlias = Page | FrameLocator
"""Our page: in a window of its own, or in a frame."""


@dataclass
class Scene:
    """A site, an API that answers 401 to tokens it was told to refuse, and the authorization server of both.

    `stranger` is the origin of somebody else's page, which may embed ours.
    """

    site: RunningSite
    api: RecordingServer
    server: AuthorizationServer
    refused: set[str]
    stranger: str


@contextlib.contextmanager
def scene_in(folder: Path) -> Iterator[Scene]:
    """Run the scene until the block ends."""
    refused: set[str] = set()

    def api_answer(_: object, request: Recorded) -> bytes:
        if (request.header("Authorization") or "").removeprefix("Bearer ") in refused:
            return http_answer({}, "401 Unauthorized", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return http_answer({"ok": True})

    port = free_port()
    frame = f'<!doctype html><title>Docs</title><iframe src="http://127.0.0.1:{port}/embed/providers/books/books">'
    page = http_answer(frame, headers={"Content-Type": "text/html"})
    with (
        pytest.MonkeyPatch.context() as patch,
        RecordingServer(api_answer) as api,
        RecordingServer(page) as stranger,
        AuthorizationServer() as server,
    ):
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        (folder / "books.json").write_text(json.dumps(_books(api.url, server.url)))
        environ = environ_for(
            folder,
            PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port},127.0.0.1/32:{server.port}",
            PLAYGROUND_FRAME_ANCESTORS=f"'self' {stranger.url}",
        )
        playground("add", "books", str(folder / "books.json"), environ=environ)
        with running("serve", port, environ, folder / "serve.log") as site:
            server.accepts(f"{site.url}/oauth/callback")
            yield Scene(site=site, api=api, server=server, refused=refused, stranger=stranger.url)


def _books(api: str, server: str) -> dict[str, Any]:
    return {
        "openapi": "3.2.0",
        "info": {"title": "Books", "version": "1"},
        "servers": [{"url": api}],
        "paths": {
            "/books": {"get": {"operationId": "books", "security": [{"oauth": ["books.read"]}], "responses": {}}},
            "/mine": {"get": {"operationId": "mine", "security": [{"openid": ["books.read"]}], "responses": {}}},
        },
        "components": {"securitySchemes": schemes(server)},
    }


def open_panel(page: Page, scene: Scene, flow: str = "authorizationCode", operation: str = "books") -> None:
    """Open an operation's page and its panel, and say which client asks."""
    page.goto(f"{scene.site.url}/providers/books/{operation}")
    fill_panel(page, flow)


def fill_panel(page: Place, flow: str = "authorizationCode") -> None:
    """Open the panel of a page that is there, and say which client asks."""
    page.locator("summary", has_text="Authentication").click()
    visible = page.locator("[data-scheme]:not([hidden])")
    visible.locator("[data-part=flow]").select_option(flow)
    visible.locator("[data-part=clientId]").fill("docs")


def sign_in(page: Place) -> None:
    """Press the button that gets a token."""
    page.locator("[data-scheme]:not([hidden]) [data-do=sign-in]").click()


def said(page: Place) -> Locator:
    """Return what the panel says of a sign-in."""
    return page.locator("[data-scheme]:not([hidden]) [data-oauth-said]")


def token_sent(page: Page, scene: Scene) -> str:
    """Press Send, and return the token that arrived at the API with the answer that is shown."""
    page.locator("#response").evaluate("pane => { pane.dataset.before = ''; }")
    page.click("#send")
    # What is renewed after a 401 is sent once more, and its answer comes in the place of the first.
    expect(page.locator("#response:not([data-before]) .pill")).to_have_text("200 OK")
    return (scene.api.requests[-1].header("Authorization") or "").removeprefix("Bearer ")


def last_token(scene: Scene) -> str:
    """Return the token that was given out last."""
    return str(scene.server.tokens[-1].data["access_token"])
