"""Pages look as they did: /dev/patterns sample by sample, and five pages, wide and narrow, light and dark.

`PLAYGROUND_REGENERATE=1 PLAYGROUND_LONG=1 pytest tests/browser/test_looks.py` keeps what is shown now; look at the
pictures it leaves in `.screenshots/` first. CI leaves all of them there as well, and a failure its own.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import RunningSite, environ_for, running
from tests.support.looks import FONTS, Look, compare, look_at_page, look_at_samples
from tests.support.needs import ROOT, free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEPT = ROOT / "tests" / "browser" / "looks.json"
PICTURES = ROOT / ".screenshots"
UPDATE = "/providers/stripe/postcheckoutsessionssession"
PAGES = ["/", "/providers/stripe", "/search?q=checkout", UPDATE, f"/embed{UPDATE}"]
SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
REGENERATE = os.environ.get("PLAYGROUND_REGENERATE") == "1"
PICTURED = REGENERATE or os.environ.get("PLAYGROUND_NO_SKIPS") == "1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("looks")
    environ = environ_for(folder, PLAYGROUND_DEBUG="on", PLAYGROUND_GATEWAY_URL="https://gateway.example.com")
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def opened(browser: Browser, scheme: Any, size: str) -> Page:
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport=SIZES[size], reduced_motion="reduce", locale="en-GB"
    )
    return context.new_page()


def settle(page: Page, address: str) -> None:
    page.goto(address)
    page.add_style_tag(content=FONTS)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def show(page: Page, site: RunningSite, size: str) -> dict[str, tuple[Look, bytes]]:
    """Return every look of one size with its picture, by name; each page is drawn once, and shown in both schemes."""
    found: dict[str, tuple[Look, bytes]] = {}
    settle(page, f"{site.url}/dev/patterns")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        picture = page.screenshot(full_page=True)
        for name, look in look_at_samples(page, picture).items():
            found[f"{name}, {scheme}, {size}"] = look, picture
    for path in PAGES:
        settle(page, site.url + path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            picture = page.screenshot()
            found[f"{path}, {scheme}, {size}"] = look_at_page(page, picture, SIZES[size]), picture
    return found


@pytest.mark.parametrize("size", ["wide", pytest.param("narrow", marks=pytest.mark.long)])
def test_pages_look_as_they_did(browser: Browser, site: RunningSite, size: str) -> None:
    page = opened(browser, "light", size)
    shown = show(page, site, size)
    page.context.close()
    kept: dict[str, Look] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    mine = {name: look for name, look in kept.items() if name.endswith(f", {size}")}
    if REGENERATE:
        rest = {name: look for name, look in kept.items() if name not in mine}
        merged = {**rest, **{name: look for name, (look, _) in shown.items()}}
        lines = (f"{json.dumps(name)}: {json.dumps(merged[name])}" for name in sorted(merged))
        KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n")
        mine = {name: look for name, (look, _) in shown.items()}
    wrong = [f"{name} is new or gone" for name in mine.keys() ^ shown.keys()]
    for name in mine.keys() & shown.keys():
        look, picture = shown[name]
        difference = compare(mine[name], look)
        if difference.is_seen or PICTURED:
            PICTURES.mkdir(exist_ok=True)
            shot = name if name.startswith("/") else "patterns," + name.partition(",")[2]
            (PICTURES / (re.sub(r"\W+", "-", shot).strip("-") + ".png")).write_bytes(picture)
        if difference.is_seen:
            wrong.append(f"{name}: {difference}")
    assert not wrong, "PLAYGROUND_REGENERATE=1 (and PLAYGROUND_LONG=1) keeps the looks of now:\n" + "\n".join(
        sorted(wrong)
    )


CHANGES = {
    ".button.primary { background: #b3261e !important }": True,
    ".row { grid-template-columns: minmax(0, 1fr) !important }": True,
    ".input { border-color: transparent !important; background: #ddd !important }": True,
    ".code [class^='s'] { color: #1a653c !important }": False,
    "body { text-rendering: geometricPrecision; letter-spacing: 0.01px }": False,
}
"""A change of the looks, and whether somebody would see it: the last two are what another machine does."""


def test_a_change_is_seen_and_a_machine_is_not(browser: Browser, site: RunningSite) -> None:
    page = opened(browser, "light", "wide")
    settle(page, f"{site.url}/dev/patterns")
    # The samples of very long texts have all that is changed, and are pictured in a part of the time.
    page.evaluate(
        "document.querySelectorAll(\".pattern:not([aria-label$='very long'])\").forEach((one) => one.remove())"
    )
    before = look_at_samples(page, page.screenshot(full_page=True))
    for change, seen in CHANGES.items():
        style = page.add_style_tag(content=change)
        after = look_at_samples(page, page.screenshot(full_page=True))
        assert any(compare(before[name], after[name]).is_seen for name in before) is seen, change
        style.evaluate("one => one.remove()")
    page.context.close()


def test_what_is_kept_stays_small() -> None:
    assert KEPT.stat().st_size < 300_000
