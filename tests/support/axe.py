"""axe-core in a page under test: what is wrong with what is shown now."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.support.needs import AXE, need_file

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]

_STILL = ".send-bar, .site-header { position: static !important; } * { content-visibility: visible !important; }"
"""What a sticky bar covers is scrolled free in a moment; axe judges the one scroll position it finds. What is laid out
only as it comes into sight would move while it looks."""

_RUN = """([where, only]) => axe.run(where ?? document, { resultTypes: ["violations"], runOnly: only })
  .then(({ violations }) => violations)"""


def violations(page: Page, where: str | None = None) -> list[str]:
    """Run axe on what is shown now, or on one element of it, and return each violation as one line.

    A dark page has the elements of the light one, so there only rules on colours are asked.
    """
    page.locator(":root:not([data-soon])").wait_for(state="attached")  # what waits for an idle moment is laid out
    if not page.evaluate("'axe' in window"):
        page.evaluate(need_file(AXE, "axe-core").read_text())
        page.add_style_tag(content=_STILL)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    only = {"type": "rule", "values": COLORS} if is_dark else {"type": "tag", "values": TAGS}
    rules: list[dict[str, Any]] = page.evaluate(_RUN, [where, only])
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in rules
        for node in rule["nodes"][:4]
    ]


def violations_in_both_schemes(page: Page, where: str | None = None) -> list[str]:
    """Return what is wrong with what a light page shows, and with its colours in the dark: one page is both."""
    found = violations(page, where)
    page.emulate_media(color_scheme="dark")
    dark = violations(page, where)
    page.emulate_media(color_scheme="light")
    return found + [f"in the dark, {violation}" for violation in dark]
