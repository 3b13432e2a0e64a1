"""The snippet for a page is run in one: Chromium, an API of another origin that allows it; what arrives is compared."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from socket import socket

import pytest
from playwright.sync_api import Browser, Dialog, FilePayload, Page

from playground.snippets.registry import find_target
from tests.browser.conftest import wait_until
from tests.support.servers import Recorded, RecordingServer, http_answer
from tests.support.snippets.case import SECRETS, Case, local_files
from tests.support.snippets.cases import CASES
from tests.support.snippets.executed import notes_of
from tests.support.snippets.execution import Batch, assert_request_arrived

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RUNNABLE = tuple(case for case in CASES if case.runs)
TARGET = find_target("javascript_fetch")
CANNOT = notes_of("javascript_fetch")
PAGE = '<!doctype html><title>A page</title><link rel="icon" href="data:,"><input type="file" multiple>'
RUN = """async ([text, secrets]) => {
  window.prompt = (name) => secrets[name];
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try { await import(address); return ''; } catch (error) { return String(error); }
}"""


def _allow(_: socket, request: Recorded) -> bytes:
    """Answer as an API that lets every page call it with any method and header field."""
    allowed = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": request.header("Access-Control-Request-Method") or "*",
        "Access-Control-Allow-Headers": request.header("Access-Control-Request-Headers") or "*",
        "Connection": "close",
    }
    return http_answer("" if request.method == "HEAD" else {"ok": True}, headers=allowed)


def _is_preflight(request: Recorded) -> bool:
    return request.header("Access-Control-Request-Method") is not None


@pytest.fixture(scope="module")
def batch(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    """Every case, run one after the other in pages of one profile."""
    said: list[str] = []
    page_server = RecordingServer(http_answer(PAGE, headers={"Content-Type": "text/html", "Connection": "close"}))
    with page_server, RecordingServer(_allow) as api:
        context = browser.new_context()
        page = context.new_page()
        page.goto(page_server.url)
        for case in RUNNABLE:
            said += _run(page, case, api)
        context.close()
        kept = [request for request in api.requests if not _is_preflight(request)]
        yield Batch(kept, "\n".join(said), tmp_path_factory.mktemp("nothing"))


def _run(page: Page, case: Case, api: RecordingServer) -> list[str]:
    text = TARGET.render(case.request_for("direct", base=f"{api.url}/{case.name}")).text
    files: list[FilePayload] = [
        {"name": local_file.name, "mimeType": "application/x-chosen", "buffer": local_file.data}
        for local_file in local_files(case.content)
    ]
    page.set_input_files("input[type=file]", files)
    problem = page.evaluate(RUN, [text, SECRETS])
    return [f"{case.name}: {problem}"] if problem else []


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
def test_a_page_sends_the_request(case: Case, batch: Batch) -> None:
    if case.name in CANNOT:
        assert CANNOT[case.name] in TARGET.render(case.request_for("direct")).text
        return
    assert_request_arrived(case, batch)


def test_what_a_note_says_is_what_a_browser_does(batch: Batch) -> None:
    """The notes are no excuses: the request arrives, only otherwise, in just the way they say."""
    by_name = {case.name: case for case in RUNNABLE}
    assert batch.of(by_name["get_query_apostrophe"]).target == "/get_query_apostrophe/v1/things?name=O%27Neil"
    assert batch.of(by_name["headers_repeated"]).header("X-Many") == "a, b"
    assert batch.of(by_name["get_with_content"]).body == b""
    assert batch.of(by_name["cookies"]).header("Cookie") is None


def test_secrets_are_asked_for_by_name(browser: Browser) -> None:
    case = next(case for case in RUNNABLE if case.name == "basic")
    with RecordingServer(_allow) as api:
        context = browser.new_context()
        page = context.new_page()
        asked: list[str] = []

        def answer(dialog: Dialog) -> None:
            asked.append(dialog.message)
            dialog.accept(SECRETS[dialog.message])

        page.on("dialog", answer)
        page.goto(api.url)
        text = TARGET.render(case.request_for("direct", base=api.url)).text
        page.add_script_tag(content=text, type="module")
        wait_until(page, "performance.getEntriesByType('resource').some(one => one.name.endsWith('/v1/things'))")
        context.close()
        assert asked == ["STRIPE_USERNAME", "STRIPE_PASSWORD"]
        pair = f"{SECRETS['STRIPE_USERNAME']}:{SECRETS['STRIPE_PASSWORD']}".encode()
        sent = next(request for request in api.requests if request.target == "/v1/things")
        assert sent.header("Authorization") == f"Basic {base64.b64encode(pair).decode()}"
