"""The form in a real browser: rows, choices, raw text and files, by mouse and by keyboard alone, and after a reload."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from playground.bundled import documents
from tests.browser.conftest import RunningSite, environ_for, playground, running, wait_for_draft, wait_until
from tests.support.needs import free_port
from tests.support.orders import DESCRIPTION, ORDERS
from tests.support.servers import RecordingServer, http_answer

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@dataclass
class Scene:
    """A site with the bundled Stripe description and one of our own, both led to a recording server."""

    site: RunningSite
    api: RecordingServer


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("forms")
    (folder / "stripe.yaml").write_bytes(dict(documents())["stripe"])
    (folder / "orders.json").write_text(json.dumps(DESCRIPTION))
    with RecordingServer(http_answer({"ok": True})) as api:
        environ = environ_for(folder, PLAYGROUND_PRIVATE_NETWORKS=f"127.0.0.1/32:{api.port}")
        for name, file in (("stripe", "stripe.yaml"), ("orders", "orders.json")):
            playground("add", name, str(folder / file), "--server", api.url, environ=environ)
        with running("serve", free_port(), environ, folder / "serve.log") as site:
            yield Scene(site=site, api=api)


def visit(page: Page, scene: Scene, path: str) -> None:
    """Open a page with an empty form."""
    scene.api.requests.clear()
    page.goto(scene.site.url + "/")
    page.evaluate(
        "Object.keys(localStorage).filter(key => key.includes('draft')).forEach(key => delete localStorage[key])"
    )
    page.goto(scene.site.url + path)
    expect(page.locator("#snippet-text")).to_be_visible()


def sent(page: Page, scene: Scene) -> bytes:
    with page.expect_response("**/send") as answer:
        page.click("#send")
    answer.value.finished()
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    return scene.api.requests[-1].body


def add(page: Page, name: str) -> None:
    page.click(f'[name="~add"][value="{name}"]')


def test_two_line_items_are_built_switched_moved_written_raw_and_reloaded(page: Page, scene: Scene) -> None:
    visit(page, scene, "/providers/stripe/postcheckoutsessionssession")
    page.fill('[name="path.session"]', "cs_1")
    items = "body/line_items"
    for quantity in ("0", "1"):
        add(page, items)
        expect(page.locator(f'[name="{items}/{quantity}/quantity"]')).to_be_visible()
        page.fill(f'[name="{items}/{quantity}/quantity"]', str(int(quantity) + 1))
    page.click("#f-body-line_5f_items-1-price_5f_data-field summary")
    page.fill(f'[name="{items}/1/price_data/currency"]', "usd")
    # Another alternative of the metadata and back: what was typed is there again.
    add(page, "body/metadata")
    page.fill('[name="body/metadata~key/0"]', "k")
    page.fill('[name="body/metadata~value/0"]', "v")
    page.select_option('[name="body/metadata~choice"]', index=1)
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_count(0)
    expect(page.locator("#snippet")).to_contain_text("metadata: ''")
    page.select_option('[name="body/metadata~choice"]', index=0)
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value("v")
    # The second item goes up; the focus stays with it.
    page.focus(f'[name="~up"][value="{items} 1"]')
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Now row 1 of 2.")
    expect(page.locator(f'[name="~up"][value="{items} 1"]')).to_be_focused()
    # Raw, edited, and back: what no field can show is kept and named.
    page.check("[name='body~mode'][value=raw]")
    raw = page.locator("[name='body~raw']")
    expect(raw).to_have_value(re.compile(r'"quantity": 2[\s\S]*"quantity": 1'))
    written = json.loads(raw.input_value())
    assert written["line_items"] == [{"price_data": {"currency": "usd"}, "quantity": 2}, {"quantity": 1}]
    raw.fill(json.dumps({**written, "surprise": {"deep": [1.0]}}))
    page.check("[name='body~mode'][value=form]")
    expect(page.locator("#f-body-surprise-field")).to_contain_text('{"deep":[1.0]}')
    expect(page.locator("#body-views [role=status]")).to_contain_text("surprise")
    expect(page.locator(f'[name="{items}/0/price_data/currency"]')).to_have_value("usd")
    wait_for_draft(page, f"{items}/0/price_data/currency", '{"deep":[1.0]}')
    page.reload()
    expect(page.locator(f'[name="{items}/0/price_data/currency"]')).to_have_value("usd")
    expect(page.locator("#f-body-surprise-field")).to_contain_text('{"deep":[1.0]}')
    body = sent(page, scene).decode()
    assert body == (
        "line_items[0][price_data][currency]=usd&line_items[0][quantity]=2&line_items[1][quantity]=1"
        "&metadata[k]=v&surprise=%7B%22deep%22%3A%5B1.0%5D%7D"
    )
    page.click('[name="~drop"][value="body/surprise"]')
    expect(page.locator("#f-body-surprise-field")).to_have_count(0)
    assert "surprise" not in sent(page, scene).decode()


def test_rows_are_added_filled_moved_and_removed_by_keyboard_alone(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    page.focus('[name="~add"][value="body/steps"]')
    for text in ("a", "b", "c"):
        page.focus('[name="~add"][value="body/steps"]')
        page.keyboard.press("Enter")
        expect(page.locator('input[name^="body/steps/"]').last).to_be_focused()
        page.keyboard.type(text)
    expect(page.locator("#snippet")).to_contain_text("steps: ['a', 'b', 'c']")
    for key, text in (("~up", "steps: ['a', 'c', 'b']"), ("~up", "['c', 'a', 'b']"), ("~down", "['a', 'c', 'b']")):
        page.focus(f'[name="{key}"][value="body/steps 2"]')
        page.keyboard.press("Space")
        expect(page.locator("#snippet")).to_contain_text(text)
        expect(page.locator(f'[name="{key}"][value="body/steps 2"]')).to_be_focused()
    page.focus('[name="~remove"][value="body/steps 0"]')
    page.keyboard.press("Enter")
    expect(page.locator("#snippet")).to_contain_text("steps: ['c', 'b']")
    expect(page.locator('[name="~add"][value="body/steps"]')).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    assert scene.api.requests[-1].body == b'{"steps":["c","b"]}'


def test_options_are_seen_at_once_or_found_by_typing_and_never_refused(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    expect(page.locator('[name="query.mode"][value=""]')).to_be_checked()
    page.get_by_role("radio", name="cheap").check(force=True)
    page.fill('[name="query.currency"]', "XYZ")
    expect(page.locator("#f-query__currency-problem")).to_contain_text("none of the values")
    expect(page.locator('[name="query.currency"]')).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#problems")).to_contain_text("1 thing to check")
    sent(page, scene)
    assert scene.api.requests[-1].target == "/orders?mode=cheap&currency=XYZ"
    page.fill('[name="query.currency"]', "C07")
    expect(page.locator("#f-query__currency-problem")).to_have_count(0)
    page.fill('[name="body/due"]', "tomorrow")
    expect(page.locator("#f-body-due-problem")).to_contain_text("such as 2024-05-17T09:30:00Z")
    page.click("#problems summary")
    page.click("#problems li a")
    expect(page.locator('[name="body/due"]')).to_be_focused()


def test_another_media_type_and_back_keeps_what_was_typed(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    add(page, "body/steps")
    page.fill('[name="body/steps/0"]', "a")
    page.select_option('[name="body/payment~choice"]', index=1)
    page.click("#f-body-payment-field summary")
    page.fill('[name="body/payment/iban"]', "DE02")
    page.select_option('[name="media_type"]', "text/plain")
    page.fill('textarea[name="body"]', "by hand")
    expect(page.locator("#snippet")).to_contain_text("by hand")
    page.select_option('[name="media_type"]', "application/json")
    expect(page.locator('[name="body/payment/iban"]')).to_have_value("DE02")
    wait_for_draft(page, "body/steps/0", "DE02", "application/json")
    page.reload()
    expect(page.locator('[name="body/steps/0"]')).to_have_value("a")
    assert sent(page, scene) == b'{"steps":["a"],"payment":{"iban":"DE02"}}'
    page.select_option('[name="media_type"]', "text/plain")
    expect(page.locator('textarea[name="body"]')).to_have_value("by hand")


def test_what_is_chosen_while_the_form_is_redrawn_is_not_undone(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    page.focus("#server")
    wait_until(page, "!document.body.hasAttribute('hx-disable')")  # earlier, only the last choice asks for anything
    held: list[Route] = []

    def hold(pattern: str) -> None:
        held.clear()
        page.route(pattern, lambda route: held.append(route))

    def let_go(pattern: str, number: int) -> None:
        while len(held) < number:
            page.wait_for_timeout(20)
        for route in held:
            with contextlib.suppress(Error):  # a request that was ended
                route.continue_()
        page.unroute(pattern)

    choice, server = page.locator('[name="body/payment~choice"]'), page.locator("#server")
    for chosen, pattern in ((choice, "**/field"), (server, "**/servers")):
        # Another choice before the first has come, as the arrow keys make it, ends the first.
        hold(pattern)
        chosen.select_option(index=1)
        chosen.select_option(index=0)
        let_go(pattern, 2)
        expect(page.locator(".htmx-request")).to_have_count(0)
        assert chosen.evaluate("one => one.selectedIndex") == 0
    # And what is chosen elsewhere in what is redrawn is chosen in what comes.
    hold("**/form")
    page.get_by_role("button", name="Fill in an example").first.click()
    server.select_option(value="sandbox")
    choice.select_option(index=1)
    page.get_by_role("radio", name="cheap").check(force=True)
    let_go("**/form", 1)
    expect(page.locator('[name="query.mode"][value=cheap]')).to_be_checked()
    expect(page.get_by_role("button", name="Send to sandbox")).to_be_visible()
    expect(page.locator('[name="body/payment/iban"]')).to_have_count(1)
    expect(server).to_have_value("sandbox")
    expect(page.locator("#live-url")).to_contain_text("mode=cheap")


def test_an_update_of_the_form_as_it_stood_is_dropped(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    held: list[Route] = []
    page.route("**/snippet", lambda route: held.append(route))
    add(page, "body/steps")
    expect(page.locator('[name="body/steps/0"]')).to_be_visible()
    while not held:
        page.wait_for_timeout(20)
    with page.expect_event("requestfailed", lambda request: request == held[0].request):
        page.select_option('[name="media_type"]', "text/plain")
    page.unroute("**/snippet")
    page.fill('textarea[name="body"]', "by hand")
    expect(page.locator("#snippet")).to_contain_text("by hand")


def test_a_disclosure_that_is_opened_while_its_field_is_redrawn_stays_open(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        page.evaluate("document.querySelector('#f-body-payment-field details').open = true")
        route.fulfill(response=answer)

    page.route("**/field", answer_late)
    page.select_option('[name="body/payment~choice"]', index=1)
    page.fill('[name="body/payment/iban"]', "DE02")
    assert sent(page, scene) == b'{"payment":{"iban":"DE02"}}'


def test_named_examples_and_sample_data_fill_the_body(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    page.select_option('[name="body~example"]', label="A large order")
    page.click("text=Fill in this example")
    expect(page.locator('[name="body/steps/1"]')).to_have_value("two")
    expect(page.locator("#f-body-odd-field")).to_contain_text("1")
    assert sent(page, scene) == b'{"steps":["one","two"],"odd":1}'
    expect(page.locator('[name="body~example"]')).to_have_value("large")
    page.select_option('[name="body~example"]', label="Sample data")
    page.click("text=Fill in this example")
    expect(page.locator('[name="body/due"]')).to_have_value("2024-05-17T09:30:00Z")


def test_a_file_is_read_into_a_field_as_base64(page: Page, scene: Scene, tmp_path: Path) -> None:
    visit(page, scene, f"{ORDERS}/placeOrder")
    (tmp_path / "seal.bin").write_bytes(b"\x00\xffseal")
    page.set_input_files('[name="body/seal~bytes"]', tmp_path / "seal.bin")
    expect(page.locator('textarea[name="body/seal"]')).to_have_value("AP9zZWFs")
    expect(page.locator("#snippet")).to_contain_text("AP9zZWFs")
    assert sent(page, scene) == b'{"seal":"AP9zZWFs"}'


def test_two_files_and_a_json_part_arrive_and_stay_chosen(page: Page, scene: Scene, tmp_path: Path) -> None:
    visit(page, scene, f"{ORDERS}/sendScans")
    for name, content in (("cover.png", b"\x89PNG"), ("one.txt", b"1"), ("two.txt", b"2")):
        (tmp_path / name).write_bytes(content)
    page.set_input_files('[name="body/cover"]', tmp_path / "cover.png")
    add(page, "body/pages")
    page.set_input_files('[name="body/pages/0"]', tmp_path / "one.txt")
    # The list is drawn again for its second row, the whole body for another view: the files are still there.
    add(page, "body/pages")
    page.set_input_files('[name="body/pages/1"]', tmp_path / "two.txt")
    page.click("#f-body-pages-0-field summary")
    page.fill('[name="body/pages/0~filename"]', "first.txt")
    page.click('[name="~up"][value="body/pages 1"]')
    expect(page.locator("#said")).to_have_text("Now row 1 of 2.")
    page.click("#f-body-about-field summary")
    page.fill('[name="body/about/title"]', "Scans")
    page.click("#send")
    expect(page.locator("#response .pill")).to_have_text("200 OK")
    body = scene.api.requests[-1].body
    boundary = (scene.api.requests[-1].header("Content-Type") or "").partition("boundary=")[2].encode()
    parts = [part.strip(b"\r\n") for part in body.split(b"--" + boundary)][1:-1]
    assert parts == [
        b'Content-Disposition: form-data; name="about"\r\nContent-Type: application/json\r\n\r\n{"title":"Scans"}',
        b'Content-Disposition: form-data; name="cover"; filename="cover.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG',
        b'Content-Disposition: form-data; name="pages"; filename="two.txt"\r\nContent-Type: text/plain\r\n\r\n2',
        b'Content-Disposition: form-data; name="pages"; filename="first.txt"\r\nContent-Type: text/plain\r\n\r\n1',
    ]


def test_a_file_whose_content_is_pasted_is_chosen_and_sent(page: Page, scene: Scene) -> None:
    visit(page, scene, f"{ORDERS}/sendScans")
    page.click("text=Paste a request")
    page.fill(
        "#paste",
        f"""printf '\\x89PNG' > "a b.png"; curl {scene.api.url}/scans -F 'cover=@"a b.png";type=image/png' """
        """-F 'pages=<notes.txt' -F 'about={"title":"Scans"};type=application/json'""",
    )
    page.click("text=Fill in the form")
    expect(page.locator("#pasted")).to_contain_text("notes.txt")
    expect(page.locator("#pasted")).not_to_contain_text("a b.png")
    wait_until(page, "document.getElementsByName('body/cover')[0].files[0]?.name === 'a b.png'")
    expect(page.locator("#snippet")).to_contain_text("a b.png")
    head = b'Content-Disposition: form-data; name="cover"; filename="a b.png"\r\nContent-Type: image/png\r\n\r\n'
    assert head + b"\x89PNG\r\n" in sent(page, scene)


def test_a_chosen_file_is_there_again_after_another_alternative_and_media_type(
    page: Page, scene: Scene, tmp_path: Path
) -> None:
    visit(page, scene, f"{ORDERS}/sendProof")
    (tmp_path / "scan.png").write_bytes(b"\x89PNG")
    scan = '[name="body/proof/scan"]'
    page.click("#f-body-proof-field summary")
    page.set_input_files(scan, tmp_path / "scan.png")
    expect(page.locator("#snippet")).to_contain_text("scan.png")
    page.select_option('[name="body/proof~choice"]', index=1)
    expect(page.locator('[name="body/proof/word"]')).to_have_count(1)
    expect(page.locator("#snippet")).not_to_contain_text("scan.png")
    page.select_option('[name="body/proof~choice"]', index=0)
    expect(page.locator(scan)).to_have_value(re.compile(r"scan\.png$"))
    expect(page.locator("#snippet")).to_contain_text("scan.png")
    for media_type in ("application/json", "multipart/form-data"):
        page.select_option('[name="media_type"]', media_type)
        expect(page.locator(scan)).to_have_count(int(media_type == "multipart/form-data"))
    expect(page.locator(scan)).to_have_value(re.compile(r"scan\.png$"))
    expect(page.locator("#snippet")).to_contain_text("scan.png")
    # A row that was removed takes its file with it, though a new one has its name.
    row = page.locator('[name="body/pages/0"]')
    for _ in range(2):
        add(page, "body/pages")
        expect(row).to_have_value("")
        row.set_input_files(tmp_path / "scan.png")
        page.click('[name="~remove"][value="body/pages 0"]')
        expect(row).to_have_count(0)
    # Inside a JSON part a file is base64 text.
    assert b'\r\n\r\n{"scan":"iVBORw=="}\r\n' in sent(page, scene)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_without_a_script_rows_move_and_files_are_read(plain: Page, scene: Scene, tmp_path: Path) -> None:
    plain.goto(scene.site.url + f"{ORDERS}/placeOrder")
    for token, text in (("0", "a"), ("1", "b")):
        add(plain, "body/steps")
        plain.fill(f'[name="body/steps/{token}"]', text)
    plain.click('[name="~down"][value="body/steps 0"]')
    expect(plain.locator('[name="~down"][value="body/steps 0"]')).to_be_focused()
    (tmp_path / "seal.bin").write_bytes(b"\x00\xffseal")
    plain.set_input_files('[name="body/seal~bytes"]', tmp_path / "seal.bin")
    plain.click("noscript button[formaction$='/snippet']")
    expect(plain.locator('textarea[name="body/seal"]')).to_have_value("AP9zZWFs")
    plain.fill('[name="body/due"]', "tomorrow")
    plain.click("#send")
    expect(plain.locator("#response .pill")).to_have_text("200 OK")
    assert scene.api.requests[-1].body == b'{"steps":["b","a"],"due":"tomorrow","seal":"AP9zZWFs"}'
    expect(plain.locator("#f-body-due-problem")).to_contain_text("such as 2024-05-17T09:30:00Z")


def test_without_a_script_chosen_files_stay_while_the_page_is_drawn_again(
    plain: Page, scene: Scene, tmp_path: Path
) -> None:
    for name, content in (("cover.png", b"\x89PNG\r\n"), ("one.txt", b"1"), ("two.txt", b"2")):
        (tmp_path / name).write_bytes(content)
    plain.goto(scene.site.url + f"{ORDERS}/sendScans")
    plain.set_input_files('[name="body/cover"]', tmp_path / "cover.png")
    add(plain, "body/pages")
    plain.set_input_files('[name="body/pages/0"]', tmp_path / "one.txt")
    add(plain, "body/pages")
    plain.set_input_files('[name="body/pages/1"]', tmp_path / "two.txt")
    plain.click('[name="~up"][value="body/pages 1"]')
    expect(plain.locator("#held")).to_contain_text("cover.png, 6 B, in cover")
    for _ in range(2):
        plain.click("#send")
        expect(plain.locator("#response .pill")).to_have_text("200 OK")
        sent_files = re.findall(rb'filename="([^"]*)"[^\0]*?\r\n\r\n([^\0]*?)\r\n--', scene.api.requests[-1].body)
        assert sent_files == [(b"cover.png", b"\x89PNG\r\n"), (b"two.txt", b"2"), (b"one.txt", b"1")]
    plain.locator("#held p", has_text="two.txt").get_by_label("Leave it out: two.txt").check()
    plain.set_input_files('[name="body/cover"]', tmp_path / "one.txt")
    plain.click("#send")
    expect(plain.locator("#held")).not_to_contain_text("two.txt")
    expect(plain.locator("#response .pill")).to_have_text("200 OK")  # the page may be there before the API is asked
    assert b"two.txt" not in scene.api.requests[-1].body
    assert b'name="cover"; filename="one.txt"' in scene.api.requests[-1].body
