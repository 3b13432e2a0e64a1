"""A large answer in a reader's browser: sent for, scrolled, found in, filtered, seen by every view, in Chromium.

The API, the site and the browser are processes of their own. Of each step the longest task of the page's main thread is
told (Long Tasks API), which is how long the page did not answer to its reader, and the processor time that the thread
took in all: other work on the machine stretches the first and hardly the second.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from bench.browser import FLAGS
from bench.figures import Measure
from bench.serving import site
from playground.openapi.compile import compile_document
from playground.store import open_store

PATIENCE = 120_000
TASK_BOUND, FIRST_BOUND = 100.0, 1.0
_WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_LINE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a reader does, the milliseconds of the longest task it caused, and those the main thread worked in all."""

    name: str
    longest: float
    worked: float


class _API:
    """An API that answers with one body; `came` is when its last byte had gone."""

    def __init__(self, body: bytes) -> None:
        self.came = 0.0
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                api.came = time.monotonic()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> _API:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def body_of(count: int) -> bytes:
    """Return rows as JSON; 434,782 of them are 50 MB."""
    row = '{"id": %d, "name": "row number %d of a long list", "state": "open", "tags": ["a", "b"], "sub": {"x": %d}}'
    return ('{"rows": [' + ", ".join(row % (n, n, n) for n in range(count)) + "]}").encode()


@contextmanager
def _shown(body: bytes, chromium: str) -> Iterator[tuple[Page, _API]]:
    with _API(body) as api, tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        folder = Path(scratch)
        listed = {"type": "object", "properties": {"rows": {"type": "array", "items": _LINE}}}
        content = {"application/json": {"schema": listed}}
        operation = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
        document = {
            "openapi": "3.0.3", "info": {"title": "Bench", "version": "1"}, "servers": [{"url": api.url}],
            "paths": {"/a": {"get": operation}},
        }  # fmt: skip
        with open_store(folder / "c.sqlite") as store:
            store.replace(compile_document(document, name="bench").catalog, json.dumps(document).encode())
        settings = {"PLAYGROUND_MAX_RESPONSE_BYTES": "80000000", "PLAYGROUND_ANSWERS": str(folder / "answers")}
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with site(folder / "c.sqlite", **settings) as port:
            page = browser.new_page()
            page.add_init_script(_WATCH)
            page.set_default_timeout(PATIENCE)
            expect.set_options(timeout=PATIENCE)
            page.goto(f"http://127.0.0.1:{port}/providers/bench/a")
            page.wait_for_load_state("networkidle")
            yield page, api
        browser.close()


def story(count: int, chromium: str) -> tuple[float, list[Step]]:
    """Return the seconds from the last byte to the first view, and the steps; each has to show what it is for."""
    with _shown(body_of(count), chromium) as (page, api):
        thread = page.context.new_cdp_session(page)
        thread.send("Performance.enable", {"timeDomain": "threadTicks"})
        view, find, narrow = (
            page.locator("#answer-view"),
            page.locator(".find [name=find]"),
            page.locator(".find .mono"),
        )
        steps: list[Step] = []

        def worked() -> float:
            metrics = thread.send("Performance.getMetrics")["metrics"]
            return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration")) * 1000

        def step(name: str, act: Callable[[], object], then: Callable[[], object]) -> None:
            page.evaluate("tasks.length = 0")
            before = worked()
            act()
            then()
            page.wait_for_timeout(400)  # what settles after it is its doing as well
            steps.append(Step(name=name, longest=page.evaluate("Math.max(0, ...tasks)"), worked=worked() - before))

        first = 0.0

        def is_there() -> None:
            nonlocal first
            page.locator('#answer-view [data-address="0.0"]').wait_for()
            first = time.monotonic() - api.came

        last = f"row number {count - 1} of"
        step("send", lambda: page.click("#send"), is_there)
        view.hover()
        step("scroll", lambda: [page.mouse.wheel(0, 600) for _ in range(20)], lambda: None)
        step("more rows", lambda: view.locator(".more-nodes").last.click(),
             lambda: expect(view.locator('[data-address="0.100"]')).to_be_focused())  # fmt: skip
        page.locator(".find > summary").click()
        find.fill(last)
        step("find", lambda: find.press("Enter"), lambda: expect(view.locator(".found")).to_contain_text(last))
        find.fill("of a long list")
        step("find what is often", lambda: find.press("Enter"),
             lambda: expect(view.locator(".find")).to_contain_text("1 of"))  # fmt: skip
        step("next", lambda: view.get_by_role("button", name="Next").click(),
             lambda: expect(view.locator(".find")).to_contain_text("2 of"))  # fmt: skip
        find.fill("")
        narrow.fill(f"$.rows[{count - 3}:].name")
        step("filter", lambda: narrow.press("Enter"), lambda: expect(view).to_contain_text("3 values selected"))
        narrow.fill("")
        step("all of it again", lambda: narrow.press("Enter"),
             lambda: expect(view).not_to_contain_text("values selected"))  # fmt: skip
        for name in ("Table", "Text", "Raw", "Hex", "Tree"):
            button = view.get_by_role("button", name=name, exact=True)
            step(name, button.click, lambda button=button: expect(button).to_have_attribute("aria-pressed", "true"))  # type: ignore[misc]
        return first, steps


def figures(count: int, name: str) -> list[Measure]:
    """Return the story's figures; none where there is no Chromium."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        return []
    first, steps = story(count, chromium)
    return [
        Measure(name=f"{name} in Chromium, last byte to first view", value=first, unit=" s", bound=FIRST_BOUND),
        *(
            Measure(
                name=f"{name} in Chromium, {step.name}, longest task (thread {step.worked:.0f} ms)",
                value=step.longest, unit=" ms", bound=TASK_BOUND,
            )
            for step in steps
        ),
    ]  # fmt: skip
