"""What is done while something is on its way to the page is not lost, and of two things asked for the newer stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    RunningSite,
    environ_for,
    hold,
    playground,
    running,
    wait_for_draft,
    wait_until,
)
from tests.support.needs import free_port
from tests.support.pages import document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = "/providers/shop/order"
SCRIPTS = re.compile(r"/assets/(htmx|script|credentials|following)-")
FORM = re.compile(r"/order/form$")
KEPT = "https://eu.shop.example"
TYPED = "https://typed.shop.example"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site with one operation that has every kind of control."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "note": {"type": "string"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "address": {"type": "object", "properties": {"city": {"type": "string"}}},
            "photo": {"type": "string", "format": "binary"},
        },
    }
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "sort", "in": "query", "schema": {"enum": ["a", "b", "c", "d", "e", "f", "g"]}},
        {"name": "gift", "in": "query", "schema": {"type": "boolean"}},
    ]
    body = {"content": {"multipart/form-data": {"schema": schema}, "application/json": {"schema": schema}}}
    operation = {"operationId": "order", "parameters": parameters, "requestBody": body}
    folder = tmp_path_factory.mktemp("meanwhile")
    environ = environ_for(folder, PLAYGROUND_UPSTREAMS=TYPED, PLAYGROUND_GATEWAYS="*")
    described = document({"/orders/{id}": {"post": operation}}, server="https://us.shop.example")
    described["servers"].append({"url": KEPT})
    (folder / "shop.json").write_text(json.dumps(described))
    playground("add", "shop", str(folder / "shop.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def remember(page: Page, site: RunningSite) -> None:
    """Leave everything behind that a page brings back."""
    page.goto(site.url + PAGE)
    page.fill('[name="path.id"]', "kept")
    page.fill('[name="body/name"]', "kept name")
    page.click('[name="~add"][value="body/tags"]')
    page.fill('[name="body/tags/0"]', "kept tag")
    page.check("[name=target][value=shell_curl]")
    page.fill("#gateway-url", f"{site.url}/gateway/")
    page.select_option("#server", KEPT)
    expect(page.locator("#live-url")).to_contain_text(f"{KEPT}/orders/kept")
    wait_for_draft(page, "kept", "kept name", "kept tag")


def come_back(page: Page, site: RunningSite, late: re.Pattern[str]) -> Callable[[], None]:
    """Open a page that remembers, whose scripts or form are kept back; return what lets them go."""
    remember(page, site)
    let_go = hold(page, late)
    page.goto(site.url + PAGE, wait_until="domcontentloaded")
    if late is FORM:
        wait_until(page, "!document.body.hasAttribute('hx-disable')")
    return let_go


def act(page: Page, site: RunningSite) -> None:
    """Act in every kind of control."""
    page.focus('[name="path.id"]')
    page.keyboard.press("Control+a")
    page.keyboard.type("ac")
    page.keyboard.press("ArrowLeft")
    page.select_option('[name="query.sort"]', "b")
    page.click("label:has([name='query.gift'][value=true])")
    page.fill('[name="body/note"]', "typed note")
    page.set_input_files('[name="body/photo"]', {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    page.click("#f-body-address-field summary")
    page.click("label:has([name=target][value=python_requests])")
    page.fill("#gateway-url", f"{site.url}/gateway")
    page.select_option("#server", "other")
    page.fill("#server-url", TYPED)
    page.click('[name="~add"][value="body/tags"]')
    page.focus('[name="path.id"]')


def expect_all(page: Page, site: RunningSite) -> None:
    expect(page.locator('input[name^="body/tags/"]')).to_have_count(2)
    expect(page.locator('[name="body/tags/0"]')).to_have_value("kept tag")
    expect(page.locator('[name="body/name"]')).to_have_value("kept name")
    expect(page.locator('[name="body/note"]')).to_have_value("typed note")
    expect(page.locator('[name="query.sort"]')).to_have_value("b")
    expect(page.locator("[name='query.gift'][value=true]")).to_be_checked()
    expect(page.locator("#f-body-address-field details").first).to_have_attribute("open", "")
    assert page.evaluate("document.querySelector('[name=\"body/photo\"]').files[0].name") == "a.txt"
    expect(page.locator("#gateway-url")).to_have_value(f"{site.url}/gateway")
    expect(page.locator("#live-url")).to_contain_text(f"{TYPED}/orders/ac?sort=b&gift=true")
    expect(page.locator("[name=target][value=python_requests]")).to_be_checked()
    expect(page.locator("#snippet")).to_contain_text("import requests")
    expect(page.locator("#snippet")).to_contain_text("typed note")


@pytest.mark.parametrize("late", [SCRIPTS, FORM], ids=["scripts", "form"])
def test_what_is_done_before_the_page_is_as_it_was_left_goes_before_that(
    page: Page, shop: RunningSite, late: re.Pattern[str]
) -> None:
    let_go = come_back(page, shop, late)
    act(page, shop)
    let_go()
    expect_all(page, shop)
    page.keyboard.type("b")
    expect(page.locator('[name="path.id"]')).to_have_value("abc")
    expect(page.locator("#live-url")).to_contain_text("/orders/abc?")
    wait_for_draft(page, "abc", "kept name", "kept tag", "typed note")
    page.reload()
    expect(page.locator('[name="path.id"]')).to_have_value("abc")
    expect(page.locator("#live-url")).to_contain_text(f"{TYPED}/orders/abc?sort=b&gift=true")


def test_who_has_only_gone_to_a_field_types_over_the_text_that_comes(page: Page, shop: RunningSite) -> None:
    let_go = come_back(page, shop, FORM)
    page.focus('[name="path.id"]')
    let_go()
    expect(page.locator('[name="path.id"]')).to_have_value("kept")
    page.keyboard.type("typed")
    expect(page.locator('[name="path.id"]')).to_have_value("typed")
    expect(page.locator("#live-url")).to_contain_text("/orders/typed")


@pytest.mark.parametrize("late", [SCRIPTS, FORM], ids=["scripts", "form"])
def test_who_leaves_before_finds_both_again(page: Page, shop: RunningSite, late: re.Pattern[str]) -> None:
    let_go = come_back(page, shop, late)
    page.fill('[name="path.id"]', "typed")
    page.fill('[name="body/note"]', "typed note")
    page.goto(shop.url + "/healthz")
    let_go()
    page.goto(shop.url + PAGE)
    expect(page.locator('[name="body/note"]')).to_have_value("typed note")
    expect(page.locator('[name="path.id"]')).to_have_value("typed")
    expect(page.locator('[name="body/name"]')).to_have_value("kept name")
    expect(page.locator('[name="body/tags/0"]')).to_have_value("kept tag")


def test_no_secret_is_kept_of_who_leaves_before_the_scripts_come(page: Page, site: RunningSite) -> None:
    hold(page, SCRIPTS)
    page.goto(site.url + "/providers/tour/fieldstext")
    page.fill('[name="body/plain"]', "typed")
    for field in page.locator("#request input[type=password][name], #request [data-secret]").all():
        field.fill("typed-as-secret")
    page.goto(site.url + "/healthz")
    assert "typed" in (kept := page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    assert "typed-as-secret" not in kept


@pytest.mark.parametrize("late", [SCRIPTS, FORM], ids=["scripts", "form"])
def test_another_view_or_media_type_takes_along_what_is_remembered(
    page: Page, shop: RunningSite, late: re.Pattern[str]
) -> None:
    let_go = come_back(page, shop, late)
    page.select_option("[name=media_type]", "application/json")
    page.fill('[name="body/note"]', "typed note")
    page.click("label:has(#body-as-raw)")
    let_go()
    expect(page.locator("#body-raw:not([readonly])")).to_have_value(
        re.compile(r'"kept name"(.|\n)*"typed note"(.|\n)*"kept tag"')
    )


def test_two_rows_that_are_changed_at_once_are_both_changed(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + PAGE)
    for number, text in enumerate(("a", "b", "c")):
        page.click('[name="~add"][value="body/tags"]')
        page.fill(f'[name="body/tags/{number}"]', text)
    let_go = hold(page, re.compile("/order/field$"))
    page.click('[name="~remove"][value="body/tags 0"]')
    page.click('[name="~up"][value="body/tags 2"]')
    page.fill('[name="body/tags/1"]', "typed")
    let_go()
    rows = page.locator('input[name^="body/tags/"]')
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_have_value("c")
    expect(rows.nth(1)).to_have_value("typed")
    expect(page.locator("#body-raw")).to_have_value(re.compile(r'"c"\s*,\s*"typed"'))


def test_of_two_links_the_newer_one_fills_the_form(page: Page, shop: RunningSite) -> None:
    page.goto(shop.url + PAGE)
    links = []
    for text in ("one", "two"):
        page.fill('[name="path.id"]', text)
        page.click("text=Copy link")
        links.append(page.evaluate("location.hash"))
    page.goto(shop.url + PAGE + "#none")
    wait_until(page, "!document.body.hasAttribute('hx-disable')")
    let_go = hold(page, FORM, most=1)
    with page.expect_request(FORM):
        page.evaluate("link => { location.hash = link }", links[0])
    page.evaluate("link => { location.hash = link }", links[1])
    expect(page.locator('[name="path.id"]')).to_have_value("two")
    let_go()
    expect(page.locator("#live-url")).to_contain_text("/orders/two")
    assert page.input_value('[name="path.id"]') == "two"
