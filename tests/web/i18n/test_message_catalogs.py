"""Catalogues: German says everything, and nothing an operator drops in can break a page or bring markup into it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from playground.config import SettingsError
from playground.web.i18n import message_catalogs
from playground.web.i18n.message_catalogs import DOMAIN, OURS, is_faithful, load_languages
from playground.web.made import made_folder
from tests.support.messages import catalogues, messages, read, update

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def drop(folder: Path, language: str, text: str) -> Path:
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_says_every_message_and_no_other(path: Path) -> None:
    found, catalogue = messages(), read(path)
    assert len(found) > 500
    ids = {message.id for message in found if message.id}
    said = {message.id: message for message in catalogue if message.id}
    assert ids - said.keys() == set(), "run make messages, then translate them"
    assert said.keys() - ids == set(), "run make messages"
    assert not catalogue.obsolete
    wrong = [message.id for message in said.values() if message.fuzzy or not is_faithful(message)]
    assert wrong == []
    empty = [
        message.id
        for message in said.values()
        if not (message.string if isinstance(message.string, str) else message.string and all(message.string))
    ]
    assert empty == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_bringing_a_catalogue_up_to_date_changes_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.parent.parent.name / "LC_MESSAGES" / path.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(path.read_bytes())
    update(copy, messages())
    assert copy.read_text() == path.read_text()


def test_german_speaks_to_people_formally_and_with_its_own_quotation_marks() -> None:
    catalogue = read(OURS / "de" / "LC_MESSAGES" / f"{DOMAIN}.po")
    for message in catalogue:
        for text in [message.string] if isinstance(message.string, str) else message.string or ():
            assert not re.search(r"\b(du|dein|deine|dich|dir|klick)\b", text, re.IGNORECASE), text
            assert not re.search(r"[“][^„”]*[”]", text), text
            assert text.count("„") == text.count("“"), text


def test_english_comes_first_and_every_catalogue_is_a_language() -> None:
    languages = load_languages((), None)
    assert list(languages)[:2] == ["en", "de"]
    assert (languages["de"].name, languages["de"].direction) == ("Deutsch", "ltr")
    assert list(load_languages(("DE",), None)) == ["de"]


def test_an_operator_adds_a_language_and_changes_a_message(tmp_path: Path) -> None:
    drop(tmp_path, "he", 'msgid "Send"\nmsgstr "שלח"\n')
    drop(tmp_path, "de", 'msgid "Send"\nmsgstr "Abschicken"\n')
    languages = load_languages((), tmp_path)
    assert list(languages) == ["en", "de", "he"]
    assert languages["he"].direction == "rtl"
    assert languages["he"].words.gettext("Send") == "שלח"
    assert languages["de"].words.gettext("Send") == "Abschicken"
    assert languages["de"].words.gettext("Copy") == "Kopieren"


@pytest.mark.parametrize(
    "translation",
    [
        'msgid "%(name)s is required."\nmsgstr "ohne Namen"\n',
        'msgid "%(name)s is required."\nmsgstr "%(nam)s fehlt"\n',
        'msgid "%(name)s is required."\nmsgstr "%(name)s zu 100 % nötig"\n',
        'msgid "Send"\nmsgstr "<b>Senden</b>"\n',
        'msgid "Send"\nmsgstr "<img src=x"\n',
        'msgid "Redirects to <code>%(url)s</code>"\nmsgstr "Nach <script>%(url)s</script>"\n',
        '#, fuzzy\nmsgid "Send"\nmsgstr "Vielleicht"\n',
    ],
)
def test_a_translation_of_another_shape_is_left_out(tmp_path: Path, translation: str) -> None:
    words = load_languages(("fr",), drop(tmp_path, "fr", translation))["fr"].words
    message = re.findall(r'msgid "(.*)"', translation)[0]
    assert words.gettext(message) == message


def test_what_cannot_be_used_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^PLAYGROUND_LANGUAGES names fr, .* there are en, de\.$"):
        load_languages(("fr",), None)
    with pytest.raises(SettingsError, match="PLAYGROUND_LOCALES holds a folder klingon"):
        load_languages((), drop(tmp_path / "one", "klingon", ""))
    with pytest.raises(SettingsError, match="is no catalogue that can be read: check it with msgfmt -c"):
        load_languages((), drop(tmp_path / "two", "fr", "this is no catalogue\n"))


def test_a_catalogue_is_compiled_once_for_all_processes_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made_folder.cache_clear()
    count = 0

    def write(file: BytesIO, catalog: Catalog) -> None:
        nonlocal count
        count += 1
        write_mo(file, catalog)

    monkeypatch.setattr(message_catalogs, "write_mo", write)
    folder = tmp_path / "locales"
    path = drop(folder, "nl", 'msgid "Send"\nmsgstr "Verstuur"\n') / "nl" / "LC_MESSAGES" / f"{DOMAIN}.po"
    try:
        for translation, expected in (("Verstuur", 1), ("Verstuur", 1), ("Stuur op", 2), ("Stuur op", 2)):
            path.write_text(HEAD + f'msgid "Send"\nmsgstr "{translation}"\n', encoding="utf-8")
            message_catalogs._compiled.cache_clear()
            message_catalogs._words.cache_clear()
            assert load_languages(("nl",), folder)["nl"].words.gettext("Send") == translation
            assert count == expected
        assert len(list((tmp_path / "cache" / "tryit-playground" / "messages").glob("*/*"))) == 1
    finally:
        made_folder.cache_clear()
