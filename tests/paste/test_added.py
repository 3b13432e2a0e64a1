"""What a pasted request has beside the description is sent as well, unless it may be a secret."""

from __future__ import annotations

import pytest

from playground.request.build import build_request
from playground.request.undescribed import with_undescribed
from tests.paste.bodies import INTEGER, entry_of, query, read

ENTRY = entry_of(parameters=(query("page", INTEGER),))


def test_parameters_fields_and_cookies_without_a_description_are_added_and_sent() -> None:
    reading = read(
        ENTRY,
        "curl 'https://a.test/x?page=1&bogus=a%20b&x=2&x=3&f[a]=4' -X POST"
        " -H 'X-Trace: abc' -H 'Accept-Language: fr' -b 'theme=dark; page=2'",
    )
    assert reading.model.parameters == {
        "query": {"page": 1, "bogus": "a b", "x": ["2", "3"], "f[a]": "4"},
        "header": {"X-Trace": "abc", "Accept-Language": "fr"},
        "cookie": {"theme": "dark", "page": "2"},
    }
    assert "The header “X-Trace”: this operation describes none of that name." in reading.unplaced
    assert len(reading.unplaced) == 7
    sent = build_request(with_undescribed(ENTRY, reading.model), reading.model)
    assert sent.url == "https://a.test/x?page=1&bogus=a%20b&x=2&x=3&f%5Ba%5D=4"
    assert [sent.headers.get(name) for name in ("x-trace", "accept-language", "cookie")] == [
        "abc",
        "fr",
        "theme=dark; page=2",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("-b 'JSESSIONID=1'", "JSESSIONID"),
        ("-b 'sid=77'", "sid"),
        ("-b 'odd=8f14e45fceea167a5a36dedd4bea2543'", "odd"),
        ("-b 'my_auth=x'", "my_auth"),
        ("'https://a.test/x?api_key=4711'", "api_key"),
        ("'https://a.test/x?access_token=4711'", "access_token"),
        ("'https://a.test/x?odd=canary-4711/secret'", "odd"),
        ("-H 'X-Odd: canary-4711/secret'", "X-Odd"),
    ],
)
def test_what_may_be_a_secret_is_named_and_never_comes_back(text: str, name: str) -> None:
    command = f"curl -X POST {text}" if "https" in text else f"curl -X POST https://a.test/x {text}"
    reading = read(ENTRY, command)
    assert reading.model.parameters == {}
    (said,) = reading.unplaced
    assert f"“{name}” may be a secret" in said
    assert "4711" not in repr(reading.model) and "8f14" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-H 'Forwarded: for=1'", "The header “Forwarded” is written by the playground itself."),
        ("'https://a.test/x?flag'", "“flag” has no value, so it is not filled in."),
        ("-H 'Host: b.test'", "The header “Host” is written by the playground itself."),
    ],
)
def test_what_cannot_be_added_is_told(text: str, said: str) -> None:
    address = "" if "https" in text else "https://a.test/x "
    assert read(ENTRY, f"curl -X POST {address}{text}").unplaced == (said,)


def test_an_identifier_or_a_time_is_long_and_no_secret() -> None:
    texts = {"id": "550e8400-e29b-41d4-a716-446655440000", "since": "2024-05-17T09:30:00Z"}
    pairs = "&".join(f"{name}={text}" for name, text in texts.items())
    assert read(ENTRY, f"POST https://a.test/x?{pairs}").model.parameters == {"query": texts}


def test_a_form_holds_only_so_many_of_them() -> None:
    pairs = "&".join(f"p{number}=1" for number in range(200))
    reading = read(ENTRY, f"POST https://a.test/x?{pairs}")
    assert len(reading.model.parameters["query"]) == 60
    assert len(reading.unplaced) == 20
