"""The name that an answer is saved under: all that RFC 6266 allows, what senders write instead, and nothing unsafe."""

from __future__ import annotations

import pytest

from playground.filenames import attachment, filename_of, safe_name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="foo.html"', "foo.html"),
        ("attachment; filename=foo.html", "foo.html"),
        ('ATTACHMENT;FILENAME = "foo.html"', "foo.html"),
        ('inline; filename="a; b=c.html"; size=3', "a; b=c.html"),
        ('attachment; filename="f\\oo\\"bar\\\\.html"', 'foo"bar\\.html'),
        ("attachment; filename*=UTF-8''na%C3%AFve%20plan.txt", "naïve plan.txt"),
        ("attachment; filename*=utf-8'en'x%2Ftxt; filename=a.txt", "x/txt"),
        ("attachment; filename=a.txt; filename*=UTF-8''b.txt", "b.txt"),
        ("attachment; filename*=iso-8859-1''%A3.txt", "£.txt"),
        # What is no extended value gives way to the plain one.
        ("attachment; filename=a.txt; filename*=UTF-8''", "a.txt"),
        ("attachment; filename=a.txt; filename*=UTF-8''%E4.txt", "a.txt"),
        ("attachment; filename=a.txt; filename*=UTF-16''b.txt", "a.txt"),
        ("attachment; filename=a.txt; filename*=b.txt", "a.txt"),
        ("attachment; filename=a.txt; filename*=UTF-8''b%.txt", "a.txt"),
        # The first of two, never a parameter that only ends alike, never one inside quotation marks.
        ("attachment; filename=a.txt; filename=b.txt", "a.txt"),
        ("attachment; x-filename=no.txt; filename.x=no; filename=a.txt", "a.txt"),
        ('attachment; title="filename=no.txt"; filename=a.txt', "a.txt"),
        # What is not allowed and sent all the same.
        ("filename=a.txt", "a.txt"),
        ("attachment; filename=my file.txt ; x=y", "my file.txt"),
        ('attachment; filename="open.txt', "open.txt"),
        ("attachment;;;filename=a.txt;", "a.txt"),
        ("attachment; filename*=\"UTF-8''b%20c.txt\"", "b c.txt"),
        ('attachment; filename="na\xc3\xafve.txt"', "naïve.txt"),
        ('attachment; filename="na\xefve.txt"', "naïve.txt"),
        # A plain name is not decoded (RFC 6266, 4.3 and C.3).
        ('attachment; filename="a%20b.txt"', "a%20b.txt"),
        ("attachment; filename==?utf-8?Q?a?=", "=?utf-8?Q?a?="),
        ("attachment", None),
        ("", None),
        ('attachment; filename=""', None),
        ('"foo.html"', None),
        ("=;=;=;;", None),
    ],
)
def test_the_name_is_read_from_the_field(disposition: str, name: str | None) -> None:
    assert filename_of(disposition) == name


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("../../etc/passwd", "", "passwd"),
        ("C:\\temp\\a.txt", "text/plain", "a.txt"),
        ("/etc/", "text/plain", "get.txt"),
        ("..", "", "get.bin"),
        (".htaccess", "", "htaccess"),
        (' a<b>c:d"e|f?g*h.txt. ', "", "a_b_c_d_e_f_g_h.txt"),
        ("a\r\nSet-Cookie: x.txt", "", "aSet-Cookie_ x.txt"),
        ("a\x00b\u200b\u202etxt.exe", "application/x-msdownload", "abtxt.exe"),
        ("CON", "", "_CON"),
        ("nul.tar.gz", "application/gzip", "_nul.tar.gz"),
        ("console.txt", "", "console.txt"),
        ("日本語", "application/json", "日本語.json"),
        ("u\u0308.txt", "", "ü.txt"),
        # By type where there is no extension.
        (None, "application/json", "get.json"),
        (None, "image/png; x=y", "get.png"),
        (None, "", "get.bin"),
        ("report", "application/pdf", "report.pdf"),
        ("Makefile", "application/octet-stream", "Makefile"),
        ("v1. of today", "text/csv", "v1. of today.csv"),
        ("v1.2", "application/json", "v1.2.json"),
        ("data.geojson", "application/json", "data.geojson"),
        # No program by name alone.
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("page.HTA", "text/html; charset=utf-8", "page.HTA.html"),
        ("setup.exe", "application/octet-stream", "setup.exe"),
        ("site.js", "text/javascript", "site.js"),
        ("a.lnk", "application/octet-stream", "a.lnk.download"),
        ("a.url", "text/plain", "a.url.download"),
    ],
)
def test_a_name_is_safe_on_every_system(name: str | None, media_type: str, safe: str) -> None:
    assert safe_name(name, media_type, "get") == safe


@pytest.mark.parametrize("letter", ["a", "ü", "日", "\N{GRINNING FACE}"])
def test_a_long_name_is_cut_and_keeps_its_extension(letter: str) -> None:
    name = safe_name(letter * 1000 + ".json", "application/json", "get")
    assert 190 < len(name.encode()) <= 200
    assert name.strip(letter) == ".json"


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("a b.png", 'attachment; filename="a b.png"'),
        ("naïve.txt", "attachment; filename=\"naive.txt\"; filename*=UTF-8''na%C3%AFve.txt"),
        ("100%.txt", "attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt"),
        ("日本語.json", "attachment; filename=\"answer.json\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.json"),
        ("日本語", "attachment; filename=\"answer\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E"),
    ],
)
def test_a_browser_is_told_the_name_in_ascii_and_whole(name: str, field: str) -> None:
    assert attachment(name) == field
    assert filename_of(field) == name


def test_reading_a_hostile_field_is_bounded() -> None:
    assert filename_of("a=b;" * 100_000 + "filename=late.txt") is None
    assert filename_of('attachment; filename="a' + "\\" * 1_000_000) == "a" + "\\" * 4_084
