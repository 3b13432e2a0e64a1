"""A large answer in a reader's browser: sent for, scrolled, found in, filtered, seen by every view, in Chromium.

The API, the site and the browser are processes of their own. Of each step the longest task of the page's main thread is
told, which is how long the page does not answer to its reader: in processor time, which other work on the machine
hardly stretches, and beside it as it passed, with the processor time of all its tasks. The page is driven by what
costs it next to nothing, since a driver's looking for elements by their role runs on the same thread.
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

from playwright.sync_api import Page, sync_playwright

from bench.browser import FLAGS
from bench.figures import Measure
from bench.serving import site
from playground.answers.find import MOST_COUNTED
from playground.openapi.compile import compile_document
from playground.store import open_store

PATIENCE = 120_000
TASK_BOUND, FIRST_BOUND = 100.0, 1.0
_TASK = "RunTask"
_LINE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a reader does, and the longest task it caused: the milliseconds it worked and those that passed meanwhile.

    `worked` is what the main thread worked in all.
    """

    name: str
    longest: float
    passed: float
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
            page.set_default_timeout(PATIENCE)
            page.goto(f"http://127.0.0.1:{port}/providers/bench/a")
            page.wait_for_load_state("networkidle")
            yield page, api
        browser.close()


def story(count: int, chromium: str) -> tuple[float, list[Step]]:
    """Return the seconds from the last byte to the first view, and the steps; each has to show what it is for."""
    with _shown(body_of(count), chromium) as (page, api):
        steps: list[Step] = []

        def step(name: str, act: Callable[[], object], shown: str) -> float:
            """Do what a reader does, wait until a script says that it is shown, and return when it was."""
            with _watched(page) as tasks:
                act()
                deadline = time.monotonic() + PATIENCE / 1000
                while not page.evaluate(shown):
                    if time.monotonic() > deadline:
                        raise RuntimeError(f"{name}: what is looked for is not shown: {shown}")
                    page.wait_for_timeout(20)
                moment = time.monotonic()
                page.wait_for_timeout(400)  # what settles after it is its doing as well
            worked, passed = max(tasks, default=(0.0, 0.0))
            steps.append(Step(name=name, longest=worked, passed=passed, worked=sum(work for work, _ in tasks)))
            return moment

        def enter(name: str, text: str) -> Callable[[], None]:
            page.evaluate(f"{_box(name)}.select()")
            page.keyboard.press("Delete")
            page.keyboard.insert_text(text)
            return lambda: page.keyboard.press("Enter")

        last, rows = f"row number {count - 1} of", "document.querySelectorAll('#answer-view .more-nodes')"
        # A phone's and a desktop's view of the page alike: the button is on the page, wherever it is scrolled to.
        moment = step("send", lambda: page.evaluate(_press("document.querySelector('#send')")), _is_there("0.0"))
        first = moment - api.came
        row = "document.querySelector('#answer-view [data-address=\"0.20\"]')"
        page.evaluate(f"{row}.scrollIntoView({{ block: 'center' }})")
        x, y = page.evaluate(f"(({{ x, y }}) => [x, y])({row}.getBoundingClientRect())")
        page.mouse.move(x + 20, y + 5)
        step("scroll", lambda: [page.mouse.wheel(0, 600) for _ in range(20)], f"{row}.getBoundingClientRect().y < 0")
        step("more rows", lambda: page.evaluate(_press(f"{rows}[{rows}.length - 1]")),
             "document.activeElement.dataset.address === '0.100'")  # fmt: skip
        page.evaluate("document.querySelector('.find').open = true")
        step("find", enter("find", last), _says(".found", last))
        most = "at least 10,000" if count > MOST_COUNTED else f"{count:,}"
        step("find what is often", enter("find", "of a long list"), _says(".find", f"1 of {most}"))
        step("next", lambda: page.evaluate(_press(f"{_NUMBERS}[{_NUMBERS}.length - 1]")), _says(".find", "2 of"))
        page.evaluate(f"{_box('find')}.value = ''")
        step("filter", enter("filter", f"$.rows[{count - 3}:].name"), _says("[data-say]", "3 values selected"))
        step("all of it again", enter("filter", ""), f"!{_says('[data-say]', 'values selected')}")
        for name in ("table", "text", "raw", "hex", "tree"):
            button = f"document.querySelector('#answer-view .view-name[value={name}]')"
            step(name, lambda button=button: page.evaluate(_press(button)),  # type: ignore[misc]
                 f"{button}?.getAttribute('aria-pressed') === 'true'")  # fmt: skip
        return first, steps


_NUMBERS = "document.querySelectorAll('#answer-view [name=number]')"


def _press(button: str) -> str:
    return f"{button}.focus(), {button}.click()"


def _is_there(address: str) -> str:
    return f"!!document.querySelector('#answer-view [data-address=\"{address}\"]')"


def _box(name: str) -> str:
    return f"document.querySelector('#answer-view .find input[name={name}]')"


def _says(selector: str, text: str) -> str:
    return f"!!document.querySelector('#answer-view :is({selector})')?.textContent.includes({text!r})"


@contextmanager
def _watched(page: Page) -> Iterator[list[tuple[float, float]]]:
    """Collect the tasks of the page's main thread while the block runs: what each worked and what passed, in ms."""
    tasks: list[tuple[float, float]] = []
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    thread = page.context.new_cdp_session(page)
    thread.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    thread.on("Tracing.tracingComplete", lambda told: ended.append(told))
    config = {"includedCategories": ["toplevel", "disabled-by-default-devtools.timeline"]}
    thread.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    yield tasks
    thread.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    thread.detach()
    main = {
        (event["pid"], event["tid"]) for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }  # fmt: skip
    tasks += [
        (event.get("tdur", 0) / 1000, event["dur"] / 1000) for event in events
        if event["ph"] == "X" and event["name"] == _TASK and (event["pid"], event["tid"]) in main
    ]  # fmt: skip


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
                name=f"{name} in Chromium, {step.name}, longest task (passed {step.passed:.0f}, all {step.worked:.0f})",
                value=step.longest, unit=" ms", bound=TASK_BOUND,
            )
            for step in steps
        ),
    ]  # fmt: skip
