"""What is typed survives a reload, and a link carries it to others; a credential is in neither."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_for_draft, wait_until
from tests.support.needs import free_port
from tests.support.pages import document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OPERATION = "/providers/stripe/postcheckoutsessionssession"


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site with two APIs whose forms hold an object, of which the first has two."""
    address = {"type": "object", "properties": {"city": {"type": "string"}}}
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "address": address}}
    body = {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}
    folder = tmp_path_factory.mktemp("drafts")
    environ = environ_for(folder)
    for name, operations in (("shop", ("order", "return")), ("post", ("send",))):
        paths = {f"/{operation}": {"post": {"operationId": operation, "requestBody": body}} for operation in operations}
        (folder / f"{name}.json").write_text(json.dumps(document(paths)))
        playground("add", name, str(folder / f"{name}.json"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


def fill(page: Page, site: RunningSite) -> None:
    page.goto(site.url + OPERATION)
    page.fill('[name="path.session"]', "cs_dräft & 1")
    page.click('[name="~add"][value="body/metadata"]')
    page.fill('[name="body/metadata~key/0"]', "order")
    page.fill('[name="body/metadata~value/0"]', "6735")
    page.select_option('[name="server"]', value="https://api.stripe.com")
    expect(page.locator("#snippet")).to_contain_text("order: '6735'")
    wait_for_draft(page, "cs_dräft & 1", "6735")


def test_a_reload_keeps_the_form_and_clearing_forgets_it(page: Page, site: RunningSite) -> None:
    fill(page, site)
    page.reload()
    expect(page.locator('[name="path.session"]')).to_have_value("cs_dräft & 1")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("6735")
    expect(page.locator('[name="server"]')).to_have_value("https://api.stripe.com")
    expect(page.locator("#snippet")).to_contain_text("order: '6735'")
    page.click("text=Clear form")
    expect(page.locator('[name="path.session"]')).to_have_value("")
    page.wait_for_timeout(500)  # it is not kept again
    assert not page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('playground:draft:'))")


def test_what_is_typed_before_the_scripts_came_is_kept_and_in_the_snippet(page: Page, site: RunningSite) -> None:
    waiting: list[Route] = []
    page.route("**/assets/script-*.js", lambda route: waiting.append(route))
    for draft in (False, True):  # the second time over what the first has left
        page.goto(site.url + OPERATION, wait_until="domcontentloaded")
        page.fill('[name="path.session"]', f"cs_{draft}")
        while not waiting:
            page.wait_for_timeout(20)
        waiting.pop().continue_()
        expect(page.locator("#snippet")).to_contain_text(f"cs_{draft}")
        expect(page.locator('[name="path.session"]')).to_have_value(f"cs_{draft}")
        if not draft:
            page.click('[name="~add"][value="body/metadata"]')
            page.fill('[name="body/metadata~key/0"]', "order")
        expect(page.locator('[name="body/metadata~key/0"]')).to_have_value("order")
        wait_for_draft(page, f"cs_{draft}", "order")


def test_a_raw_body_is_kept_as_typed(page: Page, site: RunningSite) -> None:
    page.goto(site.url + OPERATION)
    page.check("[name='body~mode'][value=raw]")
    page.fill("[name='body~raw']", '{"metadata": {"a":   1.0}}')
    wait_for_draft(page, '{"metadata": {"a":   1.0}}')
    page.reload()
    expect(page.locator("[name='body~mode'][value=raw]")).to_be_checked()
    expect(page.locator("[name='body~raw']")).to_have_value('{"metadata": {"a":   1.0}}')


def test_a_link_carries_the_values_and_nothing_else(page: Page, site: RunningSite) -> None:
    fill(page, site)
    page.fill("#gateway-url", "https://elsewhere.example")
    page.click("text=Copy link")
    link = page.text_content("#share-link") or ""
    assert link.startswith(f"{site.url}{OPERATION}#v1=")
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator('[name="path.session"]')).to_have_value("cs_dräft & 1")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("6735")
    expect(page.locator('[name="server"]')).to_have_value("sandbox")
    assert page.input_value("#gateway-url") == f"{site.url}/gateway"


def test_credentials_are_in_no_draft_and_no_link(page: Page, site: RunningSite) -> None:
    page.goto(site.url + "/providers/tour/fieldstext")
    for field in page.locator("#request input[type=password][name]").all():
        field.fill("typed-as-password")
    page.fill('[name="body/plain"]', "Ada")
    wait_for_draft(page, "Ada")
    expect(page.locator("#body-raw")).to_have_value(re.compile('"Ada"[^"]*"secret": "<password>"'))
    assert "typed-as-password" not in page.content()
    for view in ("form", "raw"):
        page.check(f"[name='body~mode'][value={view}]")
        expect(page.locator("[name='body~shown']")).to_have_value(view)
        page.wait_for_timeout(800)  # whatever is kept late is kept
        wait_for_draft(page, "Ada")
        page.click("text=Copy link")
        stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
        decoded = page.evaluate("atob(location.hash.slice(4).split('.')[0].replaceAll('-', '+').replaceAll('_', '/'))")
        assert "Ada" in stored
        assert "Ada" in decoded
        assert "typed-as-password" not in stored + decoded + page.url
    expect(page.locator("#body-raw")).to_have_value(re.compile("typed-as-password"))


def test_typing_while_a_draft_comes_back_is_not_lost(page: Page, site: RunningSite) -> None:
    fill(page, site)

    def slowly(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/form", slowly)
    page.reload()
    # What is about to be replaced is read-only until it stands, so this waits for the draft.
    page.fill('[name="path.session"]', "cs_typed")
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("6735")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_typed")


@pytest.mark.parametrize(
    "hash_", ["#v1=", "#v1=%%%", "#v1=e30", "#v1=WzEsMl0", "#v2=abc", "#v1=W1siZ2F0ZXdheV91cmwiLCJ4Il1d"]
)
def test_a_broken_link_leaves_the_empty_form(page: Page, site: RunningSite, hash_: str) -> None:
    page.goto(site.url + OPERATION + hash_)
    page.fill('[name="path.session"]', "cs_1")
    expect(page.locator("#snippet")).to_contain_text("cs_1")
    assert page.input_value("#gateway-url") == f"{site.url}/gateway"


def test_what_is_typed_just_before_a_reload_is_kept(page: Page, site: RunningSite) -> None:
    page.goto(site.url + OPERATION)
    page.mouse.move(300, 300)
    wait_until(page, "document.body.hasAttribute('hx-disable') === false")  # the scripts have begun
    page.evaluate("setTimeout = () => 1")  # nothing but leaving the page can save the draft now
    page.fill('[name="path.session"]', "cs_last_moment")
    page.reload()
    expect(page.locator('[name="path.session"]')).to_have_value("cs_last_moment")


def test_how_objects_are_written_is_remembered_for_the_api(page: Page, forms: RunningSite) -> None:
    def fill_in(path: str) -> None:
        page.goto(forms.url + path)
        page.check("[name=target][value=shell_curl]")
        page.click("#f-body-address-field summary")
        page.fill('[name="body/address/city"]', "Rome")

    as_json = "address=%7B%22city%22%3A%22Rome%22%7D"
    fill_in("/providers/shop/order")
    expect(page.locator("#snippet")).to_contain_text(as_json)
    page.select_option("#objects", "brackets")
    expect(page.locator("#snippet")).to_contain_text("address[city]")
    page.goto(forms.url + "/providers/shop/return")
    # The form is drawn again with what is remembered; only then it takes what is typed.
    expect(page.locator("#objects")).to_have_value("brackets")
    fill_in("/providers/post/send")
    expect(page.locator("#objects")).to_have_value("json")
    page.goto(forms.url + "/providers/shop/order")
    expect(page.locator("#objects")).to_have_value("brackets")
    page.select_option("#objects", "json")
    expect(page.locator("#snippet")).to_contain_text(as_json)
    assert not page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('playground:objects:'))")


def test_a_form_that_is_drawn_again_leaves_the_language_that_is_remembered(page: Page, forms: RunningSite) -> None:
    page.goto(forms.url + "/providers/shop/order")
    page.check("[name=target][value=shell_curl]")
    page.select_option("#objects", "brackets")
    wait_until(page, "['target', 'objects:shop'].every((name) => localStorage.getItem(`playground:${name}`))")
    held: list[Route] = []
    is_held = True
    page.route("**/snippet", lambda route: held.append(route) if is_held else route.continue_())
    page.reload()
    # The remembered language's code is still on its way when the form is there with what is remembered.
    expect(page.locator("#objects")).to_have_value("brackets")
    page.wait_for_timeout(100)  # htmx settles what it swapped
    expect(page.locator("[name=target][value=shell_curl]")).to_be_checked()
    is_held = False
    for route in held:
        route.continue_()
    expect(page.locator("#snippet[data-target=shell_curl]")).to_be_visible()


def test_a_link_carries_how_objects_are_written(page: Page, forms: RunningSite) -> None:
    page.goto(forms.url + "/providers/post/send")
    page.check("[name=target][value=shell_curl]")
    page.click("#f-body-address-field summary")
    page.fill('[name="body/address/city"]', "Rome")
    page.select_option("#objects", "brackets")
    expect(page.locator("#snippet")).to_contain_text("address[city]")
    page.click("text=Copy link")
    link = page.text_content("#share-link") or ""
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("#objects")).to_have_value("brackets")
    expect(page.locator('[name="body/address/city"]')).to_have_value("Rome")
    page.check("[name=target][value=shell_curl]")
    expect(page.locator("#snippet")).to_contain_text("address[city]")
