"""A real browser against real servers: `playground serve` in its own process, Debian's Chromium through Playwright."""

from __future__ import annotations

import contextlib
import os
import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route, expect, sync_playwright

from tests.support.forked import Forked, run
from tests.support.leaks import SITES, Watch, leaks_in_exports, leaks_in_files
from tests.support.needs import free_port, need_chromium
from tests.support.slow import delayed, slow_down

HERE = Path(__file__).parent
PATIENCE = 60_000
"""Milliseconds that anything is waited for: on a busy machine it takes long, and only what never comes is a mistake."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name resolves and no address but loopback is reached, whatever a page asks for.
    # `rebound.example` is a foreign name that leads to this machine.
    "--host-resolver-rules=MAP rebound.example 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , "
    "EXCLUDE evil.localhost",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each file of browser tests go to a worker of its own: its sites are started once for the whole file."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@dataclass
class RunningSite:
    """A `playground` process that listens; `log` is what it printed."""

    url: str
    log: Path
    environ: dict[str, str] = field(default_factory=dict)


def playground(*arguments: str, environ: dict[str, str]) -> str:
    """Run one command of the CLI to its end and return what it printed."""
    done = run(arguments, environ)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextlib.contextmanager
def running(command: str, port: int, environ: dict[str, str], log: Path) -> Iterator[RunningSite]:
    """Run `playground serve` or `playground gateway` until the block ends."""
    with delayed(port) as own, log.open("w") as output:
        process = Forked([command, "--port", str(own)], env=environ, output=output)
        url = f"http://127.0.0.1:{port}"
        try:
            while True:
                try:
                    with urllib.request.urlopen(f"{url}/healthz") as answer:
                        assert b'"status"' in answer.read(), "another server has this port"
                    break
                except OSError:
                    assert process.poll() is None, log.read_text()
                    time.sleep(0.1)
            SITES.add(url)
            yield RunningSite(url=url, log=log, environ=environ)
            told = leaks_in_exports(url)
        finally:
            process.terminate()
            process.wait()
    catalog = Path(environ["PLAYGROUND_CATALOG"])
    leaked = told + leaks_in_files(log, catalog, catalog.with_name(f"{catalog.name}-wal"))
    assert not leaked, f"a secret stands in {leaked}"


def environ_for(folder: Path, **settings: str) -> dict[str, str]:
    """Return an environment whose catalogue lives in a folder of the test's own."""
    clean = {key: text for key, text in os.environ.items() if not key.startswith("PLAYGROUND_")}
    return {**clean, "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"), **settings}


OPEN_CHOICES = """
addEventListener("DOMContentLoaded", () => {
  for (const choice of document.querySelectorAll("#servers, #gateway")) choice.open = true;
});
"""
"""Opens the choices of server and gateway, as a visitor does before changing them."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    path = need_chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        new_context = chromium.new_context

        def with_choices_open(**options: Any) -> BrowserContext:
            context = new_context(**options)
            context.add_init_script(OPEN_CHOICES)
            context.set_default_timeout(PATIENCE)
            slow_down(context)
            return context

        chromium.new_context = with_choices_open  # type: ignore[method-assign]
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site with what comes with Playground, one for all tests of a worker that need no other settings.

    What a visitor leaves is in a browser's profile, and each test has a fresh one.
    """
    folder = tmp_path_factory.mktemp("site")
    with running("serve", free_port(), environ_for(folder), folder / "serve.log") as site:
        yield site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that fails the test on any console error, policy violation or foreign request."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
        permissions=["clipboard-write"],  # given to a tab in use; a browser without windows asks
    )
    wrong: list[str] = []
    context.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else wrong.append(request.url)
        ),
    )
    watch = Watch(context)
    yield context
    leaked = watch.leaks()
    context.close()
    assert not wrong, wrong
    assert not leaked, f"a secret stands in {leaked}"


def _is_wrong(message: ConsoleMessage) -> bool:
    # htmx reports each request it drops for a newer one as an error; dropping them is what we ask of it.
    dropped = message.text.startswith(("htmx:sendAbort,", "htmx:afterRequest,"))
    return message.type == "error" and not dropped


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of the fresh profile."""
    return context.new_page()


def wait_until(page: Page, script: str, arg: object = None) -> None:
    """Wait until a script's value is true; `wait_for_function` asks again by `eval`, which our policy forbids."""
    while not page.evaluate(script, arg):
        page.wait_for_timeout(50)


NOTE_WHAT_IS_SAID = """text => {
  window.wasSaid = false;
  new MutationObserver(() => {
    const labels = [...document.querySelectorAll("button [data-label]")];
    if (labels.some((label) => label.textContent.includes(text))) window.wasSaid = true;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""


@contextlib.contextmanager
def says(page: Page, text: str) -> Iterator[None]:
    """Wait until a button has said something, which it does for a moment only."""
    page.evaluate(NOTE_WHAT_IS_SAID, text)
    yield
    wait_until(page, "window.wasSaid")


def hold(page: Page, url: re.Pattern[str], most: int | None = None) -> Callable[[], None]:
    """Keep requests of an address (or only the first of them) from being answered until what is returned is called."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        if most is None or len(held) < most:
            held.append(route)
        else:
            route.continue_()

    page.route(url, keep)

    def let_go() -> None:
        while not held:
            page.wait_for_timeout(20)
        page.route(url, lambda route: route.continue_())
        for route in held:
            with contextlib.suppress(Error):  # the page itself may have ended it
                route.continue_()

    return let_go


def wait_for_draft(page: Page, *texts: str) -> None:
    """Wait until what is typed is kept, with these texts in it."""
    wait_until(
        page,
        """texts => {
          const drafts = Object.keys(localStorage).filter((key) => key.startsWith("playground:draft:"));
          const kept = JSON.stringify(drafts.map((key) => JSON.parse(localStorage[key]).pairs));
          return texts.every((text) => kept.includes(JSON.stringify(text).slice(1, -1)));
        }""",
        list(texts),
    )
