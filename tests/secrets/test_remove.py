from __future__ import annotations

import pytest

from playground import jsontext
from playground.secrets.remove import remove_from_headers, remove_from_text, remove_from_value

CANARY = "canary-7f3a9c"


@pytest.mark.parametrize(
    "text",
    [
        f'{{"access_token": "{CANARY}"}}',
        f'{{"client_secret":"{CANARY}","id":"pi_1"}}',
        f'{{"user":{{"password" : "{CANARY}"}}}}',
        f'{{"acc\\u0065ss_token":"{CANARY}"}}',
        f'{{"api_key":"{CANARY}\\"x"}}',
        f'{{"token": "{CANARY}',
        f"access_token={CANARY}&token_type=bearer",
        f"https://api.example.com/next?api_key={CANARY}&page=2",
        f"<o><accessToken>{CANARY}</accessToken></o>",
        f"<n:Password type='x'>{CANARY}</n:Password>",
        f"https://ada:{CANARY}@example.com/",
        f'{{"next":"https://example.com/?user[password]={CANARY}"}}',
    ],
)
def test_what_is_called_a_secret_goes(text: str) -> None:
    clean, count = remove_from_text(text)
    assert CANARY not in clean
    assert "•••" in clean
    assert count == 1


@pytest.mark.parametrize(
    "key",
    [
        "sk_live_51H8abcDEF0123456789", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH", "xoxb-2334234234-2343243243-abc",
    ],
)  # fmt: skip
def test_what_looks_like_a_key_goes(key: str) -> None:
    clean, count = remove_from_text(f'{{"whatever":"{key}"}}')
    assert (clean, count) == ('{"whatever":"•••"}', 1)


@pytest.mark.parametrize(
    "text",
    [
        '{"next_page_token":"abc","id":"cus_NffrFeUfNV2Hib","big":12345678901234567890,"n":1.0}',
        '{"skip_this_long_thing_now":1,"sk":"sk-SK","name":"skeleton-key-holder-12","token_type":"bearer"}',
        '{"token":null,"password":"","secret":true,"secrets":["a"]}',
        "page=2&per_page=100", "<total>3</total>", "plain words: token and password", "",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is_spelled(text: str) -> None:
    assert remove_from_text(text) == (text, 0)


def test_header_fields_keep_their_names() -> None:
    kept, count = remove_from_headers(
        [
            ("Set-Cookie", f"sid={CANARY}; Path=/; HttpOnly"), ("X-Auth-Token", CANARY),
            ("Authorization", f"Bearer {CANARY}"), ("Playground-Visitor", CANARY),
            ("Cookie", f"a={CANARY}"), ("Content-Type", "text/plain"),
            ("Location", f"https://example.com/?access_token={CANARY}"),
        ]
    )  # fmt: skip
    assert CANARY not in str(kept)
    assert count == 6
    assert kept[0] == ("Set-Cookie", "sid=•••; Path=/; HttpOnly")
    assert kept[2] == ("Authorization", "Bearer •••")
    assert kept[5] == ("Content-Type", "text/plain")


def test_a_value_loses_the_members_that_are_secret() -> None:
    value = jsontext.loads(f'{{"password":"{CANARY}","card":{{"number":"4242","api_key":"{CANARY}"}},"n":1.50}}')
    assert jsontext.dumps(remove_from_value(value)) == '{"card":{"number":"4242"},"n":1.50}'


@pytest.mark.parametrize("piece", ['"a":"', "<a>", "a=", "https://", "\\\\", '"', "sk_", "&amp;", "<a b"])
def test_a_long_text_made_to_be_slow_is_read_to_its_end(piece: str) -> None:
    text = piece * 100_000
    assert len(remove_from_text(text)[0]) == len(text)
