"""A link gives the filled form to others: versioned, without secrets, honest about its age; it never sends."""

from __future__ import annotations

import base64
import json
from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, wait_for_draft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
TEXT = "/providers/tour/fieldstext"
Pairs = list[list[str]]


def encoded(pairs: object) -> str:
    """What a link says after `#v1=`: the names and texts as JSON, in base64 with URL-safe letters."""
    return base64.urlsafe_b64encode(json.dumps(pairs).encode()).decode().rstrip("=")


def decoded(url: str) -> Pairs:
    payload = url.partition("#v1=")[2].partition(".")[0]
    pairs: Pairs = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return pairs


def link_of(page: Page) -> str:
    page.evaluate("document.querySelector('#share-link').textContent = ''")
    page.click("text=Copy link")
    expect(page.locator("#share-link")).to_contain_text("#v1=")
    return page.text_content("#share-link") or ""


def some_text(random: Random) -> str:
    alphabet = "aZ09 +/=&?#%<>'\"\\{}[]~.,;:|`^äéß漢字😀\u200b\u202e-_"
    return "".join(random.choice(alphabet) for _ in range(random.randint(1, 40))).strip() or "x"


def test_any_text_comes_through_a_link_unchanged(page: Page, site: RunningSite) -> None:
    random = Random(7)
    for _ in range(12):
        session, order = some_text(random), some_text(random)
        pairs = [["path.session", session], ["body/metadata~key/0", "order"], ["body/metadata~value/0", order]]
        page.goto("about:blank")
        page.goto(f"{site.url}{UPDATE}#v1={encoded(pairs)}")
        expect(page.locator('[name="path.session"]')).to_have_value(session)
        expect(page.locator('[name="body/metadata~value/0"]')).to_have_value(order)
        said = decoded(link_of(page))
        assert ["path.session", session] in said
        assert ["body/metadata~value/0", order] in said


def test_a_link_of_another_state_of_the_description_says_so(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    link = link_of(page)
    digest = link.rpartition(".")[2]
    assert len(digest) == 8
    for other, visible in ((digest, False), ("00000000", True)):
        page.goto("about:blank")
        page.goto(link.replace(digest, other))
        expect(page.locator('[name="path.session"]')).to_have_value("cs_1")
        assert page.is_visible("#link-note") is visible
    expect(page.locator("#link-note")).to_contain_text("before the description changed")


@pytest.mark.parametrize("broken", ["v1=%%%", "v1=abc", "v2=abc", "v1=W1sicGF0aC5zZXNzaW9uIiwi", "v9=W10.12345678"])
def test_a_damaged_or_newer_link_says_so(page: Page, site: RunningSite, broken: str) -> None:
    page.goto(f"{site.url}{UPDATE}#{broken}")
    expect(page.locator("#link-note")).to_contain_text("damaged or was made by a newer version")
    expect(page.locator('[name="path.session"]')).to_have_value("")


def test_a_hostile_link_fills_fields_and_nothing_else(page: Page, site: RunningSite) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    pairs = [
        ["path.session", evil], ["gateway_url", "https://evil.test"], ["server", "https://evil.test"],
        ["security", "~none"],
        ["credential", "{}"], ["~remove", "body/metadata 0"], ["target", "har"], ["body/metadata~key/0", evil],
        ["body/metadata~value/0", evil], ["__proto__", "x"], ["path.constructor", "x"], ["body/" + "a/" * 500, "x"],
    ]  # fmt: skip
    page.goto(f"{site.url}{UPDATE}#v1={encoded(pairs)}")
    expect(page.locator('[name="path.session"]')).to_have_value(evil)
    expect(page.locator('[name="body/metadata~value/0"]')).to_have_value(evil)
    expect(page.locator('[name="server"]')).to_have_value("sandbox")
    assert page.input_value("#gateway-url") == f"{site.url}/gateway"
    page.wait_for_timeout(500)
    assert sent
    assert not [url for url in sent if url.endswith("/send")]


def test_a_link_opened_on_the_same_page_fills_it_again(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.evaluate(f"location.hash = '#v1={encoded([['path.session', 'cs_later']])}'")
    expect(page.locator('[name="path.session"]')).to_have_value("cs_later")


def test_what_is_called_a_secret_is_in_no_link_and_no_draft(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    for row, (key, value) in enumerate([("order", "6735"), ("api_key", "canary-1"), ("Client-Secret", "canary-2")]):
        page.click('[name="~add"][value="body/metadata"]')
        page.fill(f'[name="body/metadata~key/{row}"]', key)
        page.fill(f'[name="body/metadata~value/{row}"]', value)
    wait_for_draft(page, "6735", "body/metadata~key/2")
    said = json.dumps(decoded(link_of(page)))
    assert "6735" in said
    assert "canary" not in said + page.evaluate("JSON.stringify({...localStorage})")
    page.check("[name='body~mode'][value=raw]")
    expect(page.locator("#body-raw")).to_be_visible()
    page.fill("#body-raw", '{"metadata": {"deep": [{"access_token": "canary-3"}]}}')
    page.wait_for_timeout(800)
    assert "canary" not in json.dumps(decoded(link_of(page))) + page.evaluate("JSON.stringify({...localStorage})")


def test_a_very_long_link_says_that_programs_cut_it(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.fill('[name="path.session"]', "cs_1")
    link_of(page)
    expect(page.locator("#link-note")).to_be_hidden()
    page.fill('[name="path.session"]', "x" * 9000)
    link = link_of(page)
    expect(page.locator("#link-note")).to_contain_text("very long")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator('[name="path.session"]')).to_have_value("x" * 9000)
