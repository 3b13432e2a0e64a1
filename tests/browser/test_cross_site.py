"""A page of another origin in a real browser: whatever it tries, nothing is sent to any API."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.servers import RecordingServer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SEND = "/providers/things/change/send"
CALL = "/gateway/tools/things/change"
FORM = """<form id=f method=post action="{url}" enctype="{kind}" target="{target}">
<input name="gateway_url" value="{site}/gateway">
<input name='{{"id":"' value='1"}}'></form><iframe name=inner></iframe>"""


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture(scope="module")
def site(api: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder: Path = tmp_path_factory.mktemp("cross-site")
    post = {"operationId": "change", "responses": {"200": {"description": "Changed"}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": api.url}],
        "paths": {"/change": {"post": post}},
    }
    (folder / "things.json").write_text(json.dumps(document))
    environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS="127.0.0.0/8:*")
    playground("add", "things", str(folder / "things.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "log") as one:
        yield one


@pytest.fixture(scope="module")
def evil() -> Iterator[str]:
    """An empty page on another origin. Its name, `evil.localhost`, is none of loopback's own."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>evil</title><body>")

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://evil.localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


ATTEMPTS = {
    "no-cors": "url => fetch(url, {method: 'POST', mode: 'no-cors', body: '{}'}).catch(() => 0)",
    "text/plain": """url => fetch(url, {method: 'POST', mode: 'no-cors', headers: {'Content-Type': 'text/plain'},
        body: '{"id": 1}'}).catch(() => 0)""",
    "json": """url => fetch(url, {method: 'POST', headers: {'Content-Type': 'application/json', 'HX-Request': 'true'},
        body: '{}'}).then(answer => answer.text()).catch(() => 'unread')""",
    "beacon": "url => navigator.sendBeacon(url, new Blob(['{}'], {type: 'text/plain'}))",
    "with cookies": "url => fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include'}).catch(() => 0)",
}


@pytest.mark.parametrize("path", [SEND, CALL])
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_foreign_script_sends_nothing(
    site: RunningSite, api: RecordingServer, evil: str, browser: Browser, path: str, attempt: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(evil)
    read = page.evaluate(ATTEMPTS[attempt], site.url + path)
    assert read != "" or attempt != "json"
    if attempt == "json":
        assert read == "unread"
    page.wait_for_timeout(300)
    context.close()
    assert api.requests == []


@pytest.mark.parametrize("path", [SEND, CALL])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
@pytest.mark.parametrize("target", ["_self", "inner"])
def test_a_foreign_form_sends_nothing(
    site: RunningSite, api: RecordingServer, evil: str, browser: Browser, path: str, kind: str, target: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(evil)
    page.set_content(FORM.format(url=site.url + path, kind=kind, target=target, site=site.url))
    with page.expect_response(lambda answer: answer.url == site.url + path) as told:
        page.evaluate("document.querySelector('#f').submit()")
    assert told.value.status == 403
    context.close()
    assert api.requests == []
