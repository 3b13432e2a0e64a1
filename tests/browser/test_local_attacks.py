"""Pages of other sites in the user's own browser: none of them reaches the user's APIs through a local site."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from playground import Playground
from tests.browser.conftest import environ_for, playground, running
from tests.support.needs import free_port
from tests.support.opened import opened
from tests.support.rows import crossed
from tests.support.servers import Recorded, RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KINDS = ["serve", "open", "mounted"]
ATTACK = """
async () => {
  const site = %(site)s, call = site + "/gateway/tools/own/x", send = site + "/providers/own/x/send";
  const body = JSON.stringify({args: {}, options: {server: %(api)s}});
  const tries = [];
  for (const [url, mode, type] of [
    [call, "no-cors", "text/plain"], [call, "cors", "application/json"], [call, "cors", "text/plain"],
    [send, "no-cors", "application/x-www-form-urlencoded"], [send, "cors", "application/json"],
    [site + "/providers/own/x/download", "no-cors", "application/x-www-form-urlencoded"],
  ]) tries.push(fetch(url, {method: "POST", mode, credentials: "include", headers: {"Content-Type": type},
    body: type.includes("form") ? "server=" + encodeURIComponent(%(api)s) : body}).then(r => r.status, e => String(e)));
  navigator.sendBeacon(call, body);
  navigator.sendBeacon(send, new URLSearchParams({server: %(api)s}));
  for (const [path, type] of [["/mcp", "application/json"], ["/mcp", "text/plain"], ["/add", "text/plain"]])
    tries.push(fetch(site + path, {method: "POST", mode: type.includes("json") ? "cors" : "no-cors",
      headers: {"Content-Type": type, Accept: "application/json, text/event-stream"},
      body: JSON.stringify({jsonrpc: "2.0", id: 1, method: "tools/call",
        params: {name: "call", arguments: {operation: "own/x", server: %(api)s}}}),
    }).then(r => r.text(), e => String(e)));
  for (const path of ["/gateway/tools/own/x", "/mcp", "/live"]) {
    new WebSocket(site.replace("http", "ws") + path).onerror = () => {};
    new EventSource(site + path).onerror = (event) => event.target.close();
    for (const kind of ["img", "script", "iframe"]) {
      const element = document.createElement(kind);
      element.src = site + path;
      document.body.append(element);
    }
  }
  const results = await Promise.all(tries);
  for (const target of [send, call]) {
    const frame = document.createElement("iframe"), form = document.createElement("form");
    frame.name = "f" + Math.random();
    document.body.append(frame);
    Object.assign(form, {method: "post", action: target, target: frame.name, enctype: "text/plain"});
    form.innerHTML = '<input name=server value="' + %(api)s + '">';
    document.body.append(form);
    await new Promise(done => { frame.onload = done; form.submit(); setTimeout(done, 3000); });
  }
  return results;
}
"""


FORM = "application/x-www-form-urlencoded"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Own", "version": "1"},
    "paths": {"/x": {"post": {"operationId": "x", "responses": {"200": {"description": "Fine"}}}}},
}


@dataclass
class Scene:
    """Sites of this machine by how they came to be, with the address of the API that each of them calls."""

    sites: dict[str, tuple[str, str]]
    api: RecordingServer
    inside: list[str]

    @property
    def calls(self) -> int:
        """How often any of the APIs was reached."""
        return self.api.connections + len(self.inside)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder: Path = tmp_path_factory.mktemp("local")
    with ExitStack() as stack:
        api = stack.enter_context(RecordingServer(http_answer({"secret": "of the user's own machine"})))
        described = folder / "own.json"
        described.write_text(json.dumps({**DOCUMENT, "servers": [{"url": api.url}]}))
        environ = environ_for(folder)
        playground("add", "own", str(described), environ=environ)
        served = stack.enter_context(running("serve", free_port(), environ, folder / "serve.log"))
        followed = stack.enter_context(opened(described, folder=folder))
        inside: list[str] = []
        mounted = stack.enter_context(_mounted(inside))
        yield Scene(
            sites={
                "serve": (served.url, api.url), "open": (followed.url, api.url),
                "mounted": (f"{mounted}/docs", mounted),
            },
            api=api, inside=inside,
        )  # fmt: skip


@contextmanager
def _mounted(calls: list[str]) -> Iterator[str]:
    app = Flask("own")

    @app.post("/x")
    def x() -> dict[str, str]:
        calls.append("/x")
        return {"secret": "of the application"}

    Playground(app, DOCUMENT)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def evil() -> Iterator[RecordingServer]:
    """Another server of this machine, and of another name."""

    def page(_: Any, request: Recorded) -> bytes:
        return http_answer("<!doctype html><title>Evil</title><body>", headers={"Content-Type": "text/html"})

    with RecordingServer(page) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a profile whose errors are those of an attack."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("host", "kind"), crossed(["127.0.0.1", "evil.localhost", "rebound.example"], KINDS))
def test_a_page_of_another_port_or_name_reaches_no_api(
    page: Page, scene: Scene, evil: RecordingServer, host: str, kind: str
) -> None:
    site, api = scene.sites[kind]
    before = scene.calls
    page.goto(f"http://{host}:{evil.port}/")
    results = page.evaluate(ATTACK % {"site": json.dumps(site), "api": json.dumps(api)})
    assert len(results) == 9
    assert 200 not in results
    assert scene.calls == before


@pytest.mark.parametrize(("host", "kind"), crossed(["evil.localhost", "rebound.example"], KINDS))
def test_a_name_that_was_pointed_at_this_machine_reaches_no_api(page: Page, scene: Scene, host: str, kind: str) -> None:
    site, _ = scene.sites[kind]
    before = scene.calls
    answer = page.goto(site.replace("127.0.0.1", host) + "/healthz")
    # An application of one's own answers to what it likes.
    assert answer is not None and (answer.status == 421 or kind == "mounted")
    # The page's origin is the site's own by now, as after DNS rebinding: its requests are refused all the same.
    prefix = site.partition("127.0.0.1")[2].partition("/")[2]
    for path, type_ in (("gateway/tools/own/x", "application/json"), ("providers/own/x/send", FORM)):
        status = page.evaluate(
            "async ([path, type]) => (await fetch(path, {method: 'POST', body: type.includes('json') ? '{}' : 'a=b',"
            " headers: {'Content-Type': type}})).status",
            [f"/{prefix}/{path}" if prefix else f"/{path}", type_],
        )
        assert status == 421
    assert scene.calls == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_sites_own_page_reaches_it(page: Page, scene: Scene, kind: str) -> None:
    before = scene.calls
    page.goto(f"{scene.sites[kind][0]}/providers/own/x")
    page.click("#send")
    page.wait_for_selector("#response .pill")
    assert scene.calls == before + 1
