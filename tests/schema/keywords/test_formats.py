"""Formats by their standards (RFC 3339, 3986, 4122, 4291, 6901, 1123), each with texts that fit and that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.schema.keywords.formats import format_problem, integer_problem

FITTING = {
    "date": ["2024-02-29", "1985-04-12"],
    "date-time": ["1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "1990-12-31T23:59:60Z"],
    "time": ["23:20:50.52Z", "16:39:57-08:00", "23:59:60Z", "01:29:60+01:30", "15:59:60.5-08:00"],
    "duration": ["P4DT12H30M5S", "P1W", "PT0S", "P1Y"],
    "email": ["joe.bloggs@example.com", "o'hara+x@localhost", '"joe bloggs"@example.com', '"j@b"@example.com'],
    "hostname": ["www.example.com", "a", "xn--4gbwdl.xn--wgbh1c", "example.com."],
    "ipv4": ["192.168.0.1", "127.0.0.1"],
    "ipv6": ["::1", "::ffff:192.168.0.1", "2001:db8::8a2e:370:7334"],
    "uri": ["http://foo.bar/?baz=qux#quuz", "mailto:John.Doe@example.com", "urn:oasis:names"],
    "uri-reference": ["/abc", "#fragment", "../x?y", ""],
    "uuid": ["2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"],
    "json-pointer": ["", "/foo/0", "/a~1b", "/m~0n"],
    "byte": ["c2FtcGxl", "", "YQ=="],
    "date-time-rfc1123": ["Sun, 06 Nov 1994 08:49:37 GMT"],
}
WRONG = {
    "date": ["2024-02-30", "20240517", "2024-5-17", "17.05.2024"],
    "date-time": [
        "2024-05-17",
        "2024-05-17T09:30",
        "2024-05-17T09:30:00",
        "2024-13-01T00:00:00Z",
        "1998-12-31T23:58:60Z",
    ],
    "time": ["09:30", "24:00:00Z", "22:59:60Z", "23:59:60+01:00", "1\u09e8:00:00Z"],
    "duration": ["P", "PT", "1D", "P1DT"],
    "email": ["joe", "@example.com", "joe@", "a b@example.com", '"a"b@example.com'],
    "hostname": ["-a.example", "a_b", "a..b", "x" * 64],
    "ipv4": ["256.0.0.1", "127.0.0", "0x7f000001"],
    "ipv6": ["12345::", "1::2::3", "192.168.0.1"],
    "uri": ["/abc", "bar,baz", "http://a b", "\\\\host\\share"],
    "uuid": ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4ga-73b441d16380"],
    "json-pointer": ["foo", "/a~2", "/~"],
    "byte": ["not base64!", "YQ="],
    "date-time-rfc1123": ["1994-11-06", "Sunday, 06-Nov-94 08:49:37 GMT"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FITTING.items() for text in texts])
def test_a_fitting_text_is_no_problem(name: str, text: str) -> None:
    assert format_problem(name, text) == ""


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_text_of_another_format_is_told_with_an_example(name: str, text: str) -> None:
    said = format_problem(name, text)
    assert said.startswith("This is no ")
    assert "such as " in said


def test_an_example_given_in_a_sentence_fits_itself() -> None:
    for name, texts in WRONG.items():
        example = format_problem(name, texts[0]).partition("such as ")[2].removesuffix(".")
        assert format_problem(name, example) == "", name


@given(st.sampled_from([*FITTING, "unknown", ""]), st.text(max_size=60))
def test_no_text_breaks_a_check(name: str, text: str) -> None:
    format_problem(name, text)


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("int32", 2**31 - 1, True), ("int32", 2**31, False), ("int32", -(2**31), True), ("int64", 2**63, False),
        ("uint8", -1, False), ("uint8", 255, True), ("int64", 10**30, False), ("other", 10**30, True),
    ],
)  # fmt: skip
def test_integers_fit_into_their_format_or_not(name: str, value: int, fits: bool) -> None:
    assert (integer_problem(name, value) == "") is fits
