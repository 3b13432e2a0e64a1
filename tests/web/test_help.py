"""The list of keys: one source for the sheet, its page and the documentation."""

from __future__ import annotations

from flask.testing import FlaskClient

from playground.web.help import SHORTCUTS, as_markdown
from tests.support.needs import ROOT
from tests.support.pages import HTMX, get, one, parsed, words


def test_the_page_and_the_sheet_hold_the_same_list(client: FlaskClient) -> None:
    page, sheet = get(client, "/shortcuts"), parsed(client.get("/shortcuts", headers=HTMX).text)
    assert page.select_one("html")
    assert not sheet.select_one("html")
    assert words(one(page, ".shortcut-list")) == words(one(sheet, ".shortcut-list"))
    assert len(page.select(".shortcut-list dt")) == len(SHORTCUTS)
    assert one(page, "[data-shortcuts]")["href"] == "/shortcuts"


def test_the_documentation_is_the_list(client: FlaskClient) -> None:
    assert (ROOT / "docs" / "keyboard.md").read_text().endswith(as_markdown())


def test_keys_that_can_be_turned_off_are_those_without_ctrl_that_print(client: FlaskClient) -> None:
    printing = {shortcut for shortcut in SHORTCUTS if any(len(keys) == 1 and keys[0] in "/?" for keys in shortcut.keys)}
    assert printing == {shortcut for shortcut in SHORTCUTS if shortcut.single}
