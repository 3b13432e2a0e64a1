"""The cookies of a sign-in: read by whoever has the key, for as long as they hold, and leading to own pages only."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.config import Settings
from playground.gateway.operator import Reader, load_rules
from playground.web.signin.cookies import LONGEST_ADDRESS, MOST_BEGUN, READER, SignInCookies, own_path

RULES = '{"*": {"readers": ["@signed-in", "user:ada"]}, "payroll": {"readers": ["hr"], "lend": ["ops"]}}'


@pytest.fixture
def now() -> list[float]:
    return [1_000_000.0]


@pytest.fixture
def cookies(tmp_path: Path, now: list[float]) -> SignInCookies:
    (tmp_path / "rules.json").write_text(RULES)
    settings = Settings(secret_key="a-secret-key-of-two-workers", oidc_issuer="https://id.example.com", oidc_hours=2)
    return SignInCookies(settings, load_rules(tmp_path / "rules.json"), lambda: now[0])


def test_a_sign_in_ends(cookies: SignInCookies, now: list[float]) -> None:
    everything = Reader(name="ada", groups=frozenset({"hr", "ops", "private", "@signed-in"}))
    text = f"{READER}={cookies.write_reader(everything)}"
    assert cookies.read_reader(text) == Reader(name="ada", groups=frozenset({"hr", "ops"})), "no other group is kept"
    now[0] += 7200
    assert cookies.read_reader(text).name == "ada"
    now[0] += 1
    assert cookies.read_reader(text) == Reader()
    now[0] -= 10_000
    assert cookies.read_reader(text) == Reader(), "not before it was made"


def test_what_was_begun_is_known_for_ten_minutes(cookies: SignInCookies, now: list[float]) -> None:
    begun = cookies.write_begun("", "one", "/providers")
    now[0] += 600
    assert cookies.read_begun(begun, "one") == "/providers"
    assert cookies.read_begun(begun, "two") is None and cookies.read_begun(begun, "") is None
    assert cookies.read_begun(begun, "\ud800") is None
    now[0] += 1
    assert cookies.read_begun(begun, "one") is None


def test_only_the_last_ones_are_known(cookies: SignInCookies) -> None:
    text = ""
    for number in range(MOST_BEGUN + 2):
        text = cookies.write_begun(text, f"state{number}", "/")
    assert [cookies.read_begun(text, f"state{number}") for number in range(3)] == [None, None, "/"]
    for number in range(MOST_BEGUN + 2):
        text = cookies.without(text, f"state{number}")
    assert text == ""


def test_one_cookie_is_not_the_other(cookies: SignInCookies) -> None:
    begun = cookies.write_begun("", "ada", "hr")
    assert cookies.read_reader(f"{READER}={begun}") == Reader()
    assert cookies.read_begun(cookies.write_reader(Reader(name="ada")), "ada") is None


@pytest.mark.parametrize("root", ["", "/apis"])
def test_an_address_of_this_site_is_kept(root: str) -> None:
    for inner in ("/", "/providers", "/providers/a%20b/list?q=%2F%2Fx&y=..", "/search?q=a", "/providers/a..b"):
        assert own_path(root + inner, root) == root + inner
    assert own_path(f"{root}/help#part", root) == f"{root}/help"


ELSEWHERE = [
    "", "x", "providers", "//evil.example.com", "///evil.example.com", "/\\evil.example.com", "\\/evil.example.com",
    "https://evil.example.com", "https:evil.example.com", "http:/providers", "javascript:alert(1)", "data:text/html,x",
    "\t//evil.example.com", "/\t/evil.example.com", "/a\r\nSet-Cookie: x", " /providers", "/\u202e", "/\x00",
    "/signin", "/signin/out", "/../x", "/a/../../x", "/%2e%2e/x", "/a/.%2E", "/./x", "@evil.example.com",
    "/" + "x" * LONGEST_ADDRESS, "//[", "?x",
]  # fmt: skip


@pytest.mark.parametrize("root", ["", "/apis"])
def test_any_other_address_is_none(root: str) -> None:
    for address in ELSEWHERE:
        assert own_path(address, "") == "", address
        assert own_path(root + address if address.startswith("/") and root else address, root) == "", address
    assert own_path("/other", "/apis") == own_path("/apisx", "/apis") == own_path("/apis", "/apis") == ""
