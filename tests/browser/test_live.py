"""The snippet and the URL follow the keys: one request under way, the newest text wins, mistakes wait for a pause."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

UPDATE = "/providers/stripe/postcheckoutsessionssession"
FIELD = '[name="path.session"]'


def hold_updates(page: Page) -> list[Route]:
    """Let no update of the snippet through before the test does."""
    held: list[Route] = []
    page.route("**/snippet", lambda route: held.append(route))
    return held


def sent(route: Route) -> str:
    """Return what a held update says of the field."""
    return parse_qs(route.request.post_data or "")["path.session"][0]


def typed(route: Route) -> bool:
    """Say whether an update was asked for at a key, so without what waits for a pause."""
    return "~brief" in parse_qs(route.request.post_data or "")


def wait_for(page: Page, held: list[Route], number: int) -> Route:
    while len(held) < number:
        page.wait_for_timeout(20)
    return held[number - 1]


def test_one_request_is_under_way_and_the_newest_text_follows_it(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    held = hold_updates(page)
    page.focus(FIELD)
    page.keyboard.press("'")  # of which nothing is foretold: each language writes it in its own way
    first = wait_for(page, held, 1)
    page.keyboard.type("bcd")
    page.wait_for_timeout(500)
    assert len(held) == 1, "the next one waits for the answer"
    first.continue_()
    # Shown at once, though more has been typed: the snippet follows, it does not wait for a pause.
    expect(page.locator("#live-url")).to_contain_text("/sessions/%27")
    second = wait_for(page, held, 2)
    assert [sent(first), sent(second)] == ["'", "'bcd"]
    second.continue_()
    expect(page.locator("#snippet")).to_contain_text("'bcd")
    expect(page.locator("#live-url")).to_contain_text("/sessions/%27bcd")
    page.wait_for_timeout(500)
    # The first was asked for at a key, the second after a pause: it brings all the rest, and nothing new is asked for.
    assert [typed(route) for route in held] == [True, False]


def test_one_answer_is_enough_for_a_word(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    held = hold_updates(page)
    page.focus(FIELD)
    page.keyboard.press("a")
    first = wait_for(page, held, 1)
    page.keyboard.type("bcd")
    first.continue_()
    # What was typed while the answer was under way is in what it shows, and so is each further key.
    expect(page.locator("#snippet")).to_contain_text("session: 'abcd'")
    for key in ("ef", "-2", "Backspace"):
        page.keyboard.press(key) if key == "Backspace" else page.keyboard.type(key)
    expect(page.locator("#snippet")).to_contain_text("session: 'abcdef-'")
    expect(page.locator("#live-url")).to_contain_text("/sessions/abcdef-")
    expect(page.locator("#live-url")).to_have_attribute("title", re.compile("/sessions/abcdef-$"))
    page.wait_for_timeout(500)
    assert [sent(route) for route in held] == ["a"]
    # Nothing is known of such a key, and the answer to it is what the server says of the whole text.
    page.keyboard.press("/")
    second = wait_for(page, held, 2)
    assert sent(second) == "abcdef-/"
    second.continue_()
    expect(page.locator("#live-url")).to_contain_text("/sessions/abcdef-%2F")


def test_another_language_ends_what_was_known(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.focus(FIELD)
    page.keyboard.type("abc")
    expect(page.locator("#snippet")).to_contain_text("session: 'abc'")
    page.locator(".snippet-card label", has=page.locator("[value=shell_curl]")).click()
    expect(page.locator("#snippet")).to_contain_text("/sessions/abc")
    page.focus(FIELD)
    page.keyboard.press("End")
    page.keyboard.type("de")
    expect(page.locator("#snippet")).to_contain_text("/sessions/abcde")


def test_steady_typing_is_followed_before_it_pauses(page: Page, site: RunningSite) -> None:
    page.goto(site.url + UPDATE)
    page.evaluate(
        """() => {
          window.shown = new Set();
          const note = () => shown.add(document.querySelector("#snippet-text").textContent);
          const watch = new MutationObserver(note);
          watch.observe(document.querySelector(".snippet-card"), { subtree: true, childList: true });
        }"""
    )
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.url.endswith("/snippet") else None)
    page.focus(FIELD)
    # However slow the machine is, keys come until two answers to parts of the word were shown.
    keys = 0
    while page.evaluate("shown.size") < 2 and keys < 400:
        page.keyboard.press("abcdefghij/"[keys % 11])
        keys += 1
        page.wait_for_timeout(40)
    assert page.evaluate("shown.size") >= 2
    assert len(requests) <= keys
    word = page.input_value(FIELD)
    expect(page.locator("#snippet")).to_contain_text(word)
    expect(page.locator("#live-url")).to_contain_text(word.replace("/", "%2F"))


def test_half_a_word_is_no_mistake_until_typing_pauses(page: Page, site: RunningSite) -> None:
    page.clock.install()
    page.goto(site.url + UPDATE)
    expect(page.locator("html")).not_to_have_attribute("data-soon", "")
    page.clock.pause_at(page.evaluate("Date.now() + 600_000"))  # never before now, however slow the machine is
    page.fill(FIELD, "x" * 80)
    expect(page.locator("#snippet")).to_contain_text("xxxx")
    expect(page.locator("#live-url")).to_contain_text("xxxx")
    expect(page.locator("#problems summary")).to_have_count(0)
    page.clock.run_for(250)
    expect(page.locator("#problems summary")).to_have_count(1)
    expect(page.locator(f"{FIELD} + .problem")).to_be_visible()


def test_the_example_follows_the_keys_as_well(page: Page, site: RunningSite) -> None:
    page.goto(site.url)
    held = hold_updates(page)
    page.focus("#example-session")
    page.keyboard.press("End")
    page.keyboard.press("z")
    first = wait_for(page, held, 1)
    page.keyboard.press("y")
    first.continue_()
    expect(page.locator("#snippet")).to_contain_text(sent(first) + "y")
    page.keyboard.press("/")
    second = wait_for(page, held, 2)
    assert (sent(first)[-1], sent(second)[-3:]) == ("z", "zy/")
    second.continue_()
    expect(page.locator("#snippet")).to_contain_text(sent(second))
