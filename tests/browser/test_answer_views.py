"""An answer's views by keyboard, as the ARIA Authoring Practices have tree and grid; focus and words stay right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port
from tests.support.servers import RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ROWS = [{"id": number, "name": f"row {number}", "tags": ["a", "b"]} for number in range(300)]
ROWS[-1]["id"] = "last"  # which is not what the description says
_ROW = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer(lambda _, __: http_answer({"rows": ROWS})) as server:
        yield server


@pytest.fixture(scope="module")
def rows_site(tmp_path_factory: pytest.TempPathFactory, api: RecordingServer) -> Iterator[RunningSite]:
    folder: Path = tmp_path_factory.mktemp("rows")
    schema = {"type": "object", "properties": {"rows": {"type": "array", "items": _ROW}}}
    content = {"application/json": {"schema": schema}}
    operation = {"operationId": "list", "responses": {"200": {"description": "Rows", "content": content}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Rows", "version": "1"},
        "servers": [{"url": api.url}],
        "paths": {"/rows": {"get": operation}},
    }
    (folder / "rows.json").write_text(json.dumps(document))
    environ = environ_for(folder)
    playground("add", "rows", str(folder / "rows.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


@pytest.fixture
def answered(page: Page, rows_site: RunningSite) -> Page:
    page.goto(f"{rows_site.url}/providers/rows/list")
    page.click("#send")
    expect(page.locator("#answer-view [role=tree]")).to_be_visible()
    return page


def at(page: Page) -> str:
    """Return the address of the node that has the focus, else what it says."""
    said: str = page.evaluate("document.activeElement.dataset.address ?? document.activeElement.textContent.trim()")
    return said


def press(page: Page, *keys: str) -> list[str]:
    """Press keys one after another, and return where the focus is after each."""
    places = []
    for key in keys:
        page.keyboard.press(key)
        places.append(at(page))
    return places


def test_the_tree_is_walked_opened_and_searched_by_keys(answered: Page) -> None:
    page = answered
    page.locator("[role=tree] > li").focus()
    assert press(page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown") == [
        "0", "0.0", "0.0", "0.0.0", "0.0.1",
    ]  # fmt: skip
    assert press(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "End", "ArrowUp", "Home") == [
        "0.0", "0.0", "0", "200 more", "0.99", "",
    ]  # fmt: skip
    first = page.locator('[data-address="0.0"]')
    expect(first).to_have_attribute("aria-expanded", "false")
    # Letters find, and an asterisk opens all of one level.
    assert press(page, "ArrowDown", "ArrowDown", "*") == ["0", "0.0", "0.0"]
    expect(page.locator('[data-address="0.99"]')).to_have_attribute("aria-expanded", "true")
    assert press(page, "n") == ["0.0.1"]
    # The next part comes in the place of its button, and has the focus.
    assert press(page, "End") == ["200 more"]
    page.keyboard.press("Enter")
    expect(page.locator('[data-address="0.100"]')).to_be_focused()
    assert page.locator("[role=tree] [tabindex='0']").count() == 1


def test_the_table_is_a_grid_for_keys(answered: Page) -> None:
    page = answered
    page.get_by_role("button", name="Table", exact=True).click()
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    expect(page.get_by_role("button", name="Table", exact=True)).to_be_focused()
    grid.locator("th").first.focus()
    assert press(page, "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowUp") == [
        "name", "0.0.1", "0.0.0", "id", "id",
    ]  # fmt: skip
    assert press(page, "End", "Home", "PageDown", "ArrowRight", "Control+Home") == [
        "tags", "id", "0.9.0", "0.9.1", "id",
    ]  # fmt: skip
    # Enter sorts, and the focus stays on the column.
    page.keyboard.press("Enter")
    expect(grid.locator("th").first).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    expect(grid.locator("th").first).to_have_attribute("aria-sort", "descending")
    expect(grid.locator("th").first).to_be_focused()
    assert press(page, "Control+End") == ["200 more"]
    page.keyboard.press("Enter")
    expect(page.locator('[data-address="0.199.0"]')).to_be_focused()
    assert grid.locator("[tabindex='0']").count() == 1


def test_find_and_filter_keep_view_and_focus_and_say_what_they_found(answered: Page) -> None:
    page, said = answered, answered.locator("#answer-said")
    # The verdict has buttons before them: none of those is what Enter presses.
    expect(page.locator("#verdict")).to_contain_text("differ")
    page.locator(".find > summary").click()
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.get_by_role("button", name="Text", exact=True)).to_have_attribute("aria-pressed", "true")
    find, narrow = page.locator(".find [name=find]"), page.locator(".find [name=filter]")
    find.fill("row 7")
    find.press("Enter")
    expect(said).to_have_text("1 of 11")
    expect(find).to_be_focused()
    expect(page.get_by_role("button", name="Text", exact=True)).to_have_attribute("aria-pressed", "true")
    further = page.get_by_role("button", name="Next", exact=True)
    for count in ("2", "3"):
        further.press("Enter")
        expect(said).to_have_text(f"{count} of 11")
        expect(further).to_be_focused()
    find.fill("")
    narrow.fill("$..id")
    narrow.press("Enter")
    expect(said).to_have_text("300 values selected")
    expect(narrow).to_be_focused()
    narrow.fill("")
    narrow.press("Enter")
    expect(said).to_have_text("")
    expect(narrow).to_be_focused()
