"""Which language a page speaks, what it tells caches about that, and that nothing grows by what browsers ask for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings, SettingsError
from playground.environment import from_environ
from playground.store import Store
from playground.text.wording import say, say_many
from playground.web.i18n.languages import COOKIE
from playground.web.i18n.translate import bytes_text, gettext, milliseconds_text, number_text
from tests.support.pages import HTMX, UPDATE, browser_of, get, one, words

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


def spoken(client: FlaskClient, path: str = "/", **headers: str) -> str:
    page = one(get(client, path, **headers), "html")
    return str(page["lang"])


@pytest.fixture
def german(bundled_store: Store) -> Iterator[Flask]:
    yield create_app(Settings(catalog=Path("unused"), languages=("de",)), bundled_store)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"), ("de-AT,de;q=0.9,en;q=0.5", "de"), ("en-GB,de;q=0.5", "en"), ("fr, de;q=0.1", "de"),
        ("fr", "en"), ("", "en"), ("*", "en"), ("de;q=0, en;q=0.1", "en"), ("de;q=x", "en"), ("d" * 5000, "en"),
        (",".join(f"x{n}" for n in range(5000)) + ",de", "en"), ("../../de", "en"), ("\x80", "en"),
    ],
)  # fmt: skip
def test_the_browser_says_which_language(client: FlaskClient, asked: str, given: str) -> None:
    assert spoken(client, "/shortcuts", **{"Accept-Language": asked}) == given


def test_a_choice_is_kept_and_stands_above_what_the_browser_says(client: FlaskClient) -> None:
    chosen = client.post("/language", data={"language": "de"}, headers={"Referer": "http://localhost/providers?q=a"})
    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/providers?q=a")
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.value, cookie.same_site, cookie.http_only, cookie.path) == ("de", "Lax", True, "/")
    assert spoken(client, "/shortcuts", **{"Accept-Language": "en"}) == "de"
    client.post("/language", data={"language": "en"})
    assert spoken(client, "/shortcuts", **GERMAN) == "en"


@pytest.mark.parametrize("value", ["fr", "", "../de", "DE", "de" * 2000, "<script>"])
def test_a_language_that_is_not_there_is_neither_kept_nor_spoken(client: FlaskClient, value: str) -> None:
    assert "Set-Cookie" not in client.post("/language", data={"language": value}).headers
    client.set_cookie(COOKIE, value)
    assert spoken(client, "/shortcuts") == "en"


@pytest.mark.parametrize(
    "referrer",
    ["", "https://evil.example/x", "http://localhost@evil.example/", "//evil", "http://localhost//evil", "x["],
)
def test_a_choice_never_leads_to_another_site(client: FlaskClient, referrer: str) -> None:
    answer = client.post("/language", data={"language": "de"}, headers={"Referer": referrer})
    assert answer.headers["Location"] == "/"


def test_a_choice_made_on_the_page_of_an_answer_leads_to_its_operation(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "de"}, headers={"Referer": f"http://localhost{UPDATE}/send"})
    assert answer.headers["Location"] == UPDATE


def test_another_site_cannot_choose(app: Flask) -> None:
    stranger = app.test_client()
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert stranger.post("/language", data={"language": "de"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/providers", "/providers/stripe", UPDATE, f"/embed{UPDATE}", "/search?q=a", "/x"]
)
def test_caches_are_told_what_a_page_depends_on(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=GERMAN)
    assert answer.headers["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie"} <= set(answer.vary.as_set(preserve_casing=True))


def test_each_language_has_a_page_and_a_validator_of_its_own(client: FlaskClient) -> None:
    small = {"Accept-Encoding": "gzip"}
    english, german = client.get(UPDATE, headers=small), client.get(UPDATE, headers={**small, **GERMAN})
    assert english.headers["ETag"] != german.headers["ETag"]
    assert "Ausprobieren" in gzip.decompress(german.data).decode()
    assert "Try it" in gzip.decompress(english.data).decode()
    known = {**small, **GERMAN, "If-None-Match": german.headers["ETag"]}
    unchanged = client.get(UPDATE, headers=known)
    assert unchanged.status_code == 304
    assert "Accept-Language" in unchanged.headers["Vary"]
    assert client.get(UPDATE, headers={**known, "Accept-Language": "en"}).status_code == 200


def test_what_browsers_ask_for_makes_no_more_pages(client: FlaskClient) -> None:
    from playground.web.operation.page import cache

    client.get(UPDATE)
    before = len(cache._pages)
    for asked in ("fr", "en-GB", "xx-YY", "en;q=0.4", "*"):
        client.get(UPDATE, headers={"Accept-Language": asked, "Cookie": f"{COOKIE}={asked}"})
    assert len(cache._pages) == before


def test_one_language_needs_no_choice(german: Flask) -> None:
    client = browser_of(german)
    answer = client.get("/shortcuts", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "de"
    assert "Accept-Language" not in answer.headers["Vary"]
    assert get(client, "/shortcuts").select("#languages") == []


def test_pages_say_errors_from_below_in_the_readers_language(client: FlaskClient) -> None:
    missing = client.get("/providers/nobody", headers=GERMAN)
    assert missing.status_code == 404
    assert "Es gibt keinen Anbieter" in missing.text
    form = {"body~mode": "raw", "body~shown": "raw", "body~raw": "{", "gateway_url": ""}
    sent = client.post(f"{UPDATE}/send", data=form, headers={**HTMX, **GERMAN})
    assert "Geben Sie oben eine Gateway-URL an, um senden zu können." in sent.text


def test_names_stand_in_the_quotation_marks_of_the_language(client: FlaskClient) -> None:
    form = {"path.session": "", "server": "sandbox"}
    german = client.post(f"{UPDATE}/send", data=form, headers={**HTMX, **GERMAN}).text
    english = client.post(f"{UPDATE}/send", data=form, headers={**HTMX, "Accept-Language": "en"}).text
    assert "„session“" in german
    assert "“session”" not in german
    assert "“session”" in english


def test_programs_are_answered_in_english(client: FlaskClient) -> None:
    answer = client.post("/gateway/tools/nobody/nothing", json={}, headers=GERMAN)
    assert answer.get_json()["error"].startswith('There is no provider "nobody/nothing"')
    assert "Content-Language" not in answer.headers


def test_descriptions_are_never_translated_and_say_so(client: FlaskClient) -> None:
    page = get(client, UPDATE, **GERMAN)
    title = one(page, "h1")
    assert words(title) == words(one(get(client, UPDATE), "h1"))
    assert (title["lang"], title["dir"]) == ("", "auto")
    for text in page.select(".help[id]"):
        assert (text["lang"], text["dir"]) == ("", "auto")


def test_numbers_sizes_and_durations_are_written_as_the_reader_writes_them(app: Flask) -> None:
    def written() -> list[str]:
        limits = say("%(one)s and %(other)s", one=say_many("%(num)s item", "%(num)s items", 1234), other=0.5)
        return [number_text(22000), bytes_text(3120), bytes_text(812), milliseconds_text(3.25), gettext(limits)]

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert written() == ["22,000", "3.1 kB", "812 B", "3.2 ms", "1,234 items and 0.5"]
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert written() == ["22.000", "3,1 kB", "812 B", "3,2 ms", "1.234 Einträge und 0,5"]


def test_scripts_speak_the_language_of_the_page(client: FlaskClient) -> None:
    def script(language: str) -> str:
        later = str(one(get(client, "/shortcuts", **{"Accept-Language": language}), "template#scripts"))
        return client.get(later.rpartition('src="')[2].partition('"')[0]).text

    assert '"Copied"' in script("en")
    assert '"Kopiert"' in script("de")
    for name, text in (("en", "Try ${operation}"), ("de", "${operation} ausprobieren")):
        answer = client.get("/embed.js", headers={"Accept-Language": name})
        assert text in answer.text
        assert "Accept-Language" in answer.headers["Vary"]


def test_settings_name_languages_by_their_tags() -> None:
    assert from_environ({"PLAYGROUND_LANGUAGES": "de, pt_BR"}).languages == ("de", "pt-BR")
    for wrong in ("d", "../de", "de;en"):
        with pytest.raises(SettingsError, match="PLAYGROUND_LANGUAGES has a value that cannot be used"):
            from_environ({"PLAYGROUND_LANGUAGES": wrong})
    with pytest.raises(SettingsError, match="PLAYGROUND_LOCALES has a value that cannot be used"):
        from_environ({"PLAYGROUND_LOCALES": "/nowhere/at/all"})
