"""The operation page in a browser, used as a visitor uses it: what is folded up is opened first."""

from __future__ import annotations

from playwright.sync_api import Page


def choose_server(page: Page, value: str) -> None:
    """Choose a described server, or the sandbox, by its value."""
    open_details(page, "#servers")
    page.select_option('[name="server"]', value=value)


def add_to_scenario(page: Page) -> None:
    """Press Add to scenario in the menu of the page."""
    open_details(page, ".page-tools .menu")
    page.locator("[data-add-step]").click()


def open_details(page: Page, selector: str) -> None:
    """Open the `<details>` unless it is open."""
    if not page.locator(f"{selector}[open]").count():
        page.locator(f"{selector} > summary").click()
