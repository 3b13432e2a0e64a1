from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import jsontext
from playground.answers.bundle import as_har
from playground.answers.record import (
    LARGEST_KEPT,
    Record,
    RecordError,
    as_json,
    read_file,
    read_record,
    read_value,
    without_secrets,
    write_record,
)

CANARY = "canary-7f3a9c-secret"
RECORD = Record(
    at="2026-11-30T10:00:00.123Z",
    provider="stripe",
    operation="getcustomers",
    title="List customers",
    api="Stripe API",
    version="2026-01",
    digest="12345678",
    method="GET",
    url="https://api.example.com/v1/customers?limit=1",
    request_headers=(("Accept", "application/json"),),
    arguments=jsontext.loads('{"limit":1,"amount":1.50,"big":12345678901234567890}'),
    server="https://api.example.com",
    status=200,
    reason="OK",
    headers=(("Content-Type", "application/json"), ("Link", '<https://x>; rel="next"')),
    content_type="application/json",
    body='{"id":"cus_1","n":1.0,"ü":"</script><!--"}'.encode(),
    size=43,
    duration_ms=12.5,
    timings=(("dns", 1.0), ("connect", 2.0), ("tls", 3.0), ("sent", 0.5), ("first byte", 4.0), ("total", 12.5)),
    facts=(("connection", "opened"),),
    request_id="req_1",
    findings=({"severity": "error", "pointer": "/id", "message": "too short", "rule": "minLength", "place": ""},),
)


@pytest.mark.parametrize(
    "file",
    [
        write_record(RECORD), write_record(RECORD, indent=2), jsontext.dumps(as_har(RECORD)),
        f'<!doctype html><pre hidden id="playground-answer">{escape(write_record(RECORD))}</pre><p>after',
        "\ufeff" + write_record(RECORD),
    ],
    ids=["json", "indented", "har", "page", "bom"],
)  # fmt: skip
def test_a_record_comes_back_whole_from_each_form(file: str) -> None:
    read = read_file(file.encode())
    assert jsontext.dumps(as_json(read)) == jsontext.dumps(as_json(RECORD))
    assert jsontext.dumps(read.arguments) == '{"limit":1,"amount":1.50,"big":12345678901234567890}'


def test_bytes_that_are_no_text_come_back() -> None:
    record = replace(RECORD, body=b"\x89PNG\x00\xff", content_type="image/png")
    for file in (write_record(record), jsontext.dumps(as_har(record))):
        assert read_record(file).body == b"\x89PNG\x00\xff"


@pytest.mark.parametrize(
    "file",
    [b"", b"[]", b"null", b'"x"', b"{", b"<p>no bundle", b"\xff\xfe", b'{"log":{"entries":[{"request":{}}]}}', b"1e999",
     b"[" * 100_000, b'{"playground_answer":2}'],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(file: bytes) -> None:
    with pytest.raises(RecordError, match=r"bundle"):
        read_file(file)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=12,
    ),
    st.sampled_from(
        [("at",), ("request",), ("request", "headers"), ("response",), ("response", "body"), ("response", "status"),
         ("response", "timings"), ("findings",), ("removed",), ("request", "arguments"), ("response", "size")]
    ),
)  # fmt: skip
def test_whatever_a_member_holds_the_record_is_read(value: Any, place: tuple[str, ...]) -> None:
    spoiled = as_json(RECORD)
    where: Any = spoiled
    for name in place[:-1]:
        where = where[name]
    where[place[-1]] = value
    record = read_value(spoiled)
    # What was read once is written and read again the same.
    assert write_record(read_record(write_record(record))) == write_record(record)


def test_no_secret_is_kept() -> None:
    record = without_secrets(
        replace(
            RECORD,
            url=f"https://api.example.com/?api_key={CANARY}",
            request_headers=(("X-Api-Key", CANARY), ("Cookie", f"sid={CANARY}")),
            request_body=f'{{"password":"{CANARY}"}}',
            arguments={"password": CANARY, "card": {"client_secret": CANARY, "n": 1}},
            headers=(("Set-Cookie", f"sid={CANARY}"), ("Location", f"https://x/?access_token={CANARY}")),
            body=f'{{"id":"cus_1","client_secret":"{CANARY}","nested":[{{"token":"{CANARY}"}}]}}'.encode(),
            facts=(("followed", f"302 to https://x/?token={CANARY}"),),
            findings=({"message": f"access_token={CANARY}", "rule": CANARY[:3]},),
        )
    )
    for written in (write_record(record), jsontext.dumps(as_har(record))):
        assert CANARY not in written
    assert record.removed == 8
    assert record.arguments == {"card": {"n": 1}}
    assert json.loads(record.body)["id"] == "cus_1"


def test_a_large_answer_is_kept_from_its_beginning_and_says_so() -> None:
    body = b'{"password":"' + b"x" * LARGEST_KEPT + b'","a":"' + "ü".encode() * LARGEST_KEPT + b'"}'
    record = without_secrets(replace(RECORD, body=body, size=len(body)))
    assert record.truncated
    assert record.body.startswith('{"password":"•••","a":"ü'.encode())
    assert len(record.body) <= LARGEST_KEPT
    assert record.text is not None


def test_other_charsets_are_kept_as_utf_8() -> None:
    record = replace(RECORD, body="é".encode("latin-1"), content_type="text/plain; charset=iso-8859-1")
    kept = without_secrets(record, text="é")
    assert (kept.text, kept.content_type) == ("é", "text/plain; charset=utf-8")


def test_what_is_far_behind_the_beginning_is_not_looked_through() -> None:
    body = b'{"a":"' + b"x" * 3 * LARGEST_KEPT + b'","password":"canary"}'
    record = without_secrets(replace(RECORD, body=body, size=len(body)))
    assert (len(record.body), record.truncated, record.removed) == (LARGEST_KEPT, True, 0)


def test_no_secret_is_kept_in_half_where_looking_ends() -> None:
    for place in range(2 * LARGEST_KEPT, 2 * LARGEST_KEPT + 70_000, 9_000):
        lead = b'{"password":"' + b"y" * LARGEST_KEPT + b'","token":"' + b"y" * LARGEST_KEPT + b'","a":"'
        body = lead + b"x" * (place - len(lead)) + b'","api_key":"canary' + b"z" * 60_000 + b'"}' + b" " * 100_000
        assert b"canary" not in without_secrets(replace(RECORD, body=body, size=len(body))).body
