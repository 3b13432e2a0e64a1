"""Pages of other sites in the user's own browser: none of them reaches the user's APIs through a local site."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import RunningSite, environ_for, running
from tests.support.needs import ROOT, free_port
from tests.support.servers import Recorded, RecordingServer, http_answer

ATTACK = """
async () => {
  const site = %(site)s, call = site + "/gateway/tools/api/x", send = site + "/providers/api/x/send";
  const body = JSON.stringify({args: {}, options: {server: %(api)s}});
  const tries = [];
  for (const [url, mode, type] of [
    [call, "no-cors", "text/plain"], [call, "cors", "application/json"], [call, "cors", "text/plain"],
    [send, "no-cors", "application/x-www-form-urlencoded"], [send, "cors", "application/json"],
    [site + "/providers/api/x/download", "no-cors", "application/x-www-form-urlencoded"],
  ]) tries.push(fetch(url, {method: "POST", mode, credentials: "include", headers: {"Content-Type": type},
    body: type.includes("form") ? "server=" + encodeURIComponent(%(api)s) : body}).then(r => r.status, e => String(e)));
  navigator.sendBeacon(call, body);
  navigator.sendBeacon(send, new URLSearchParams({server: %(api)s}));
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


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"secret": "of the user's own machine"})) as server:
        yield server


@pytest.fixture
def local(tmp_path: Path, api: RecordingServer) -> Iterator[RunningSite]:
    described: dict[str, Any] = {
        "openapi": "3.1.0", "info": {"title": "Own", "version": "1"}, "servers": [{"url": api.url}],
        "paths": {"/x": {"post": {"operationId": "x", "responses": {"200": {"description": "Fine"}}}}},
    }  # fmt: skip
    (tmp_path / "own.json").write_text(json.dumps(described))
    environ = environ_for(tmp_path)
    add = [sys.executable, "-m", "playground", "add", "api", str(tmp_path / "own.json")]
    subprocess.run(add, cwd=ROOT, env=environ, check=True, capture_output=True)
    with running("serve", free_port(), environ, tmp_path / "serve.log") as site:
        yield site


@pytest.fixture
def evil() -> Iterator[RecordingServer]:
    """Another server of this machine, and of another name."""

    def page(_: Any, request: Recorded) -> bytes:
        return http_answer("<!doctype html><title>Evil</title><body>", headers={"Content-Type": "text/html"})

    with RecordingServer(page) as server:
        yield server


@pytest.mark.browser
@pytest.mark.parametrize("host", ["127.0.0.1", "evil.localhost"])
def test_a_page_of_another_port_or_name_reaches_no_api(
    browser: Browser, local: RunningSite, api: RecordingServer, evil: RecordingServer, host: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://{host}:{evil.port}/")
    results = page.evaluate(ATTACK % {"site": json.dumps(local.url), "api": json.dumps(api.url)})
    context.close()
    assert len(results) == 6
    assert 200 not in results
    assert api.connections == 0


@pytest.mark.browser
def test_a_name_that_was_pointed_at_this_machine_gets_no_page(
    browser: Browser, local: RunningSite, api: RecordingServer
) -> None:
    port = local.url.rpartition(":")[2]
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"http://evil.localhost:{port}/")
    assert answer is not None and answer.status == 421
    # The page's origin is the site's own by now, as after DNS rebinding: its requests are refused all the same.
    status = page.evaluate(
        "async () => (await fetch('/gateway/tools/api/x', {method: 'POST', body: '{}',"
        " headers: {'Content-Type': 'application/json'}})).status"
    )
    context.close()
    assert status == 421
    assert api.connections == 0


@pytest.mark.browser
def test_the_sites_own_page_reaches_it(browser: Browser, local: RunningSite, api: RecordingServer) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{local.url}/providers/api/x")
    page.click("#send")
    page.wait_for_selector("#response .pill")
    context.close()
    assert api.request.line == "POST /x HTTP/1.1"
