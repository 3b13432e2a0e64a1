"""Answers whose codings, charsets and header fields are not what they are called: a true view, a sentence, all."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import RecordingServer, http_answer

CHARGE = json.dumps({"id": "ch_1", "list": [1, 2, 3]}).encode()
PACKED = gzip.compress(CHARGE, mtime=0)
LONG = gzip.compress(CHARGE * 5_000, mtime=0)
BROTLI = b"\x0b\x10\x80" + CHARGE + b"\x03"
ZSTD = b"\x28\xb5\x2f\xfd\x20\x21\x09\x01\x00" + CHARGE
LEFT_ON = "which could not be taken off: the content is shown as it came."
ENDS_EARLY = "The content ends before it is complete"
NOT_UTF8 = "Some bytes are not text in UTF-8; they are shown as \ufffd."
TEXT = "h\u00e9llo w\u00f6rld"

# Name: Content-Encoding, content, the first view, a part of what it shows, the sentence (empty: none).
CODINGS: dict[str, tuple[str, bytes, str, str, str]] = {
    "gzip": ("gzip", PACKED, "Tree", "ch_1", ""),
    "gzip of plain content": ("gzip", CHARGE, "Tree", "ch_1", f"Content-Encoding says gzip, {LEFT_ON}"),
    "deflate of plain content": ("deflate", CHARGE, "Tree", "ch_1", f"says deflate, {LEFT_ON}"),
    "br of plain content": ("br", CHARGE, "Tree", "ch_1", f"says br, {LEFT_ON}"),
    "zstd of plain content": ("zstd", CHARGE, "Tree", "ch_1", f"says zstd, {LEFT_ON}"),
    "unknown coding": ("rot13", CHARGE, "Tree", "ch_1", f"says rot13, {LEFT_ON}"),
    "coding of another alphabet": ("g\u00fczip", CHARGE, "Tree", "ch_1", f"says g\u00fczip, {LEFT_ON}"),
    "identity": ("identity", CHARGE, "Tree", "ch_1", ""),
    "gzip that nobody names": ("", PACKED, "Hex", "1f 8b", "The content itself is compressed (gzip)"),
    "zstd that nobody names": ("", ZSTD, "Hex", "28 b5", "The content itself is compressed (zstd)"),
    "deflate called gzip": ("gzip", zlib.compress(CHARGE), "Hex", "78 9c", f"says gzip, {LEFT_ON}"),
    "gzip called deflate": ("deflate", PACKED, "Hex", "1f 8b", f"says deflate, {LEFT_ON}"),
    "gzip cut off": ("gzip", LONG[:-30], "Text", "ch_1", ENDS_EARLY),
    "gzip cut off at its beginning": ("gzip", PACKED[:14], "Text", "{", ENDS_EARLY),
    "gzip with rubbish inside": ("gzip", LONG[:200] + b"\xff" * 300, "Text", "ch_1", ENDS_EARLY),
    "gzip with a wrong checksum": ("gzip", PACKED[:-8] + bytes(8), "Hex", "1f 8b", f"says gzip, {LEFT_ON}"),
    "br": ("br", BROTLI, "Text", "ch_1", f"says br, {LEFT_ON}"),
    "br cut off": ("br", BROTLI[:-6], "Text", "ch_1", f"says br, {LEFT_ON}"),
    "zstd": ("zstd", ZSTD, "Hex", "28 b5", f"says zstd, {LEFT_ON}"),
    "zstd cut off": ("zstd", ZSTD[:20], "Hex", "28 b5", f"says zstd, {LEFT_ON}"),
    "twice, named once": ("gzip", gzip.compress(PACKED), "Hex", "1f 8b", "The content itself is compressed (gzip)"),
    "twice, named twice": ("gzip, gzip", gzip.compress(PACKED), "Tree", "ch_1", ""),
    "once, named twice": ("gzip, gzip", PACKED, "Tree", "ch_1", ""),
    "named four times": ("gzip,gzip,gzip,gzip", PACKED, "Hex", "1f 8b", f"says gzip,gzip,gzip,gzip, {LEFT_ON}"),
    "gzip of an unknown coding": ("rot13, gzip", PACKED, "Hex", "1f 8b", f"says rot13, gzip, {LEFT_ON}"),
}

TAKEN_OFF = {"gzip": CHARGE, "twice, named twice": CHARGE, "once, named twice": CHARGE, "twice, named once": PACKED}
"""What is left of the content where a coding was taken off."""

# Name: Content-Type, content, the first view, a part of what it shows, the sentence (empty: none).
CHARSETS: dict[str, tuple[str, bytes, str, str, str]] = {
    "Latin-1 called UTF-8": ("text/plain; charset=utf-8", b"caf\xe9", "Text", "caf\ufffd", NOT_UTF8),
    "Latin-1 without a charset": ("text/plain", b"caf\xe9", "Text", "caf\ufffd", NOT_UTF8),
    "Latin-1 in JSON": ("application/json", b'{"a":"caf\xe9"}', "Text", "caf\ufffd", NOT_UTF8),
    "UTF-16 with a mark": ("text/plain", TEXT.encode("utf-16"), "Text", TEXT, ""),
    "UTF-16 with a mark, called UTF-8": ("text/plain; charset=utf-8", TEXT.encode("utf-16"), "Text", TEXT, ""),
    "UTF-16 without a mark": ("text/plain; charset=utf-16", TEXT.encode("utf-16-le"), "Text", TEXT, ""),
    "UTF-16BE without a mark": ("text/plain; charset=utf-16be", TEXT.encode("utf-16-be"), "Text", TEXT, ""),
    "UTF-16 of half a character": (
        "text/plain; charset=utf-16le",
        TEXT.encode("utf-16-le") + b"x",
        "Text",
        TEXT,
        "not text in utf-16-le",
    ),
    "UTF-16 that nobody names": (
        "text/plain",
        TEXT.encode("utf-16-le"),
        "Hex",
        "68 00",
        "called text/plain and is no text.",
    ),
    "bytes called UTF-16": ("text/plain; charset=utf-16", bytes(256), "Hex", "00 00", "called text/plain and is no"),
    "UTF-32 with a mark": ("application/json", '{"a":"\u00e9"}'.encode("utf-32"), "Tree", '"\u00e9"', ""),
    "UTF-16 in JSON": ("application/json", '{"a":"\u00e9"}'.encode("utf-16"), "Tree", '"\u00e9"', ""),
    "UTF-16 in JSON without a mark": (
        "application/json",
        '{"a":"b"}'.encode("utf-16-le"),
        "Hex",
        "7b 00",
        "called application/json and is no text.",
    ),
    "unknown charset": (
        "text/plain; charset=klingon",
        TEXT.encode(),
        "Text",
        TEXT,
        "The charset klingon is not known here",
    ),
    "unknown charset that is no UTF-8": (
        "text/plain; charset=x-mac",
        b"caf\x8e",
        "Text",
        "caf\ufffd",
        "The charset x-mac is not",
    ),
    "UTF-7": (
        "text/plain; charset=utf-7",
        b"+ADw-script+AD4-",
        "Text",
        "+ADw-script",
        "The charset utf-7 is not known here",
    ),
    "lone surrogates": ("application/json", b'{"a":"\\ud800"}', "Tree", '"\\ud800"', ""),
    "surrogates as bytes": ("application/json", b'{"a":"\xed\xa0\x80"}', "Text", "\ufffd", NOT_UTF8),
    "NUL in JSON": (
        "application/json",
        b'{"a":"x\x00y"}',
        "Hex",
        "78 00 79",
        "called application/json and is no text.",
    ),
    "NUL in text": ("text/plain", b"abc\x00def", "Hex", "63 00 64", "called text/plain and is no text."),
    "a mark in JSON": ("application/json", b"\xef\xbb\xbf" + CHARGE, "Tree", "ch_1", ""),
}

FIELDS: dict[str, tuple[bytes, str]] = {
    "Latin-1": (b"caf\xe9", "caf\u00e9"),
    "UTF-8": ("caf\u00e9".encode(), "caf\u00e9"),
    "half a character": (b"caf\xc3", "caf\u00c3"),
    "control characters": (b"a\x85b\x1bc\xad", "a\u27e8U+0085\u27e9b\u27e8U+001B\u27e9c\u27e8U+00AD\u27e9"),
    "text that turns round": ("a\u202eb".encode(), "a\u27e8U+202E\u27e9b"),
}


@pytest.fixture(scope="module")
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture(scope="module")
def client(api: RecordingServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("encodings")
    described = document({"/items": {"get": {"operationId": "items"}}}, server=api.url)
    settings = {"private_networks": opened(api.port), "answers": folder / "answers"}
    with site_of(folder, {"shop": described}, **settings) as app:
        yield browser_of(app)


def see(client: FlaskClient, view: str, shows: str, sentence: str) -> bytes:
    """Send, see the view, what it shows and the sentence, Hex as well; return what Download gives."""
    answer = post(client, "/providers/shop/items/send")
    assert words(one(answer, '.view-name[aria-pressed="true"]')) == view
    assert shows in one(answer, "#answer-view .tree, #answer-view pre").text
    notices = " ".join(words(notice) for notice in answer.select("#answer-view .notice"))
    assert sentence in notices
    if not sentence:
        assert notices == ""
    token = str(one(answer, '#answer-save input[name="answer"]')["value"])
    dump = post(client, "/answers/view", {"answer": token, "view": "hex"})
    assert words(one(dump, '.view-name[aria-pressed="true"]')) == "Hex"
    assert one(dump, "#answer-view pre").text.lstrip().startswith("00000000")
    saved = client.post("/answers/save", data={"answer": token}, headers={"Sec-Fetch-Site": "same-origin"})
    return bytes(saved.data)


@pytest.mark.parametrize("name", CODINGS)
def test_a_coding_that_is_none_is_said_and_nothing_is_lost(
    client: FlaskClient, api: RecordingServer, name: str
) -> None:
    coding, content, view, shows, sentence = CODINGS[name]
    fields = {"Content-Type": "application/json", **({"Content-Encoding": coding} if coding else {})}
    api.answer = http_answer(content, headers=fields)
    saved = see(client, view, shows, sentence)
    if sentence == ENDS_EARLY:
        assert saved
        assert saved[: len(CHARGE)] == CHARGE[: len(saved)]
    else:
        assert saved == TAKEN_OFF.get(name, content)


@pytest.mark.parametrize("name", CHARSETS)
def test_a_charset_that_is_another_is_said_and_nothing_is_lost(
    client: FlaskClient, api: RecordingServer, name: str
) -> None:
    content_type, content, view, shows, sentence = CHARSETS[name]
    api.answer = http_answer(content, headers={"Content-Type": content_type})
    assert see(client, view, shows, sentence) == content


@pytest.mark.parametrize("name", FIELDS)
def test_header_fields_of_any_bytes_are_shown_and_hide_nothing(
    client: FlaskClient, api: RecordingServer, name: str
) -> None:
    value, shown = FIELDS[name]
    api.answer = http_answer(CHARGE, headers={"Content-Type": "application/json", "X-Name": value.decode("latin-1")})
    answer = post(client, "/providers/shop/items/send")
    assert shown in [cell.text for cell in answer.select(".panel.headers td")]


def test_a_view_that_is_asked_for_later_says_the_same(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer(CHARGE, headers={"Content-Type": "application/json", "Content-Encoding": "br"})
    answer = post(client, "/providers/shop/items/send")
    token = str(one(answer, '#answer-save input[name="answer"]')["value"])
    raw = post(client, "/answers/view", {"answer": token, "view": "raw"})
    assert f"says br, {LEFT_ON}" in words(one(raw, "#answer-view .notice"))
