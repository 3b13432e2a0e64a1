"""One box takes anything: each kind of text is told apart, and what is none of them is refused in one sentence."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.paste.message import LONGEST, PastedMessage, UnreadableError
from playground.paste.recognise import recognise
from playground.request.build import build_request
from playground.request.model import FileValue
from tests.paste.bodies import (
    FORM,
    INTEGER,
    JSON,
    MULTIPART,
    OBJECT,
    PARTS,
    STRING,
    an_object,
    entry_of,
    query,
    read,
    told,
)

HAR_REQUEST = {
    "method": "post",
    "url": "https://api.test/a?x=1",
    "headers": [{"name": ":authority", "value": "api.test"}, {"name": "X-A", "value": "1"}],
    "cookies": [{"name": "c", "value": "2"}],
    "queryString": [{"name": "x", "value": "1"}],
    "postData": {"mimeType": "application/json", "text": '{"a":1}'},
}


def only(text: str) -> PastedMessage:
    (message,) = recognise(text)
    return message


@pytest.mark.parametrize(
    ("text", "kind", "method", "url"),
    [
        ("curl https://a.test/x", "curl command", "GET", "https://a.test/x"),
        ("https://a.test/x?y=1#z", "URL", "", "https://a.test/x?y=1#z"),
        ("//a.test/x", "URL", "", "//a.test/x"),
        ("/v1/charges?limit=3", "URL", "", "/v1/charges?limit=3"),
        ("GET /v1/charges HTTP/1.1\nHost: a.test\n\n", "HTTP message", "GET", "https://a.test/v1/charges"),
        ("get /v1 HTTP/2\nhost: localhost:80", "HTTP message", "GET", "http://localhost:80/v1"),
        ("DELETE /v1/charges", "HTTP message", "DELETE", "/v1/charges"),
        ("### one\n# note\nPOST https://a.test/x\nX-A: 1\n\n{}\n\n###\nGET /y", "HTTP message", "POST", "https://a.test/x"),
        ('{"a": 1}', "JSON body", "", ""),
        ("[1, 2]", "JSON body", "", ""),
        ("<a/>", "XML body", "", ""),
        ("a=1&b%5B%5D=2&c", "form body", "", ""),
        ('fetch("https://a.test/x", {"headers": {"x": "1"}, "body": "{}", "method": "PUT"});', "fetch call", "PUT",
         "https://a.test/x"),
        ("await fetch('https://a.test/x')", "fetch call", "GET", "https://a.test/x"),
        (json.dumps(HAR_REQUEST), "HAR entry", "POST", "https://a.test/x".replace("a.test/x", "api.test/a?x=1")),
        (json.dumps({"request": HAR_REQUEST, "response": {}}), "HAR entry", "POST", "https://api.test/a?x=1"),
    ],
)  # fmt: skip
def test_each_kind_is_recognised(text: str, kind: str, method: str, url: str) -> None:
    message = only(text)
    assert (message.kind, message.method, message.url) == (kind, method, url)


def test_a_har_file_gives_all_its_requests() -> None:
    other = {"method": "GET", "url": "https://b.test/"}
    entries = [{"request": HAR_REQUEST}, {"request": other}, {"nonsense": 1}, 7]
    messages = recognise(json.dumps({"log": {"entries": entries}}))
    assert [message.url for message in messages] == ["https://api.test/a?x=1", "https://b.test/"]
    assert messages[0].headers == (("X-A", "1"), ("Cookie", "c=2"), ("Content-Type", "application/json"))
    assert messages[0].content == b'{"a":1}'


def test_a_har_entry_may_hold_its_body_as_parameters_or_as_base64() -> None:
    form = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "c&d"}]}
    assert only(json.dumps({**HAR_REQUEST, "postData": form})).content == b"a+b=c%26d"
    packed = {"mimeType": "image/png", "text": "AP8=", "encoding": "base64"}
    assert only(json.dumps({**HAR_REQUEST, "postData": packed})).content == b"\x00\xff"
    files = {
        "mimeType": "multipart/form-data",
        "params": [{"name": "f", "fileName": "a.png", "contentType": "image/png"}],
    }
    message = only(json.dumps({**HAR_REQUEST, "postData": files}))
    assert message.parts is not None
    assert message.parts[0].filename == "a.png"
    assert message.missing == ("The file “a.png” is not here: choose it in the form.",)


def test_a_raw_message_keeps_fields_and_content() -> None:
    message = only("POST /a HTTP/1.1\r\nHost: x.test\r\nX-A:  b \r\nX-E:\r\n\r\nline 1\r\nline 2")
    assert message.headers == (("Host", "x.test"), ("X-A", "b"), ("X-E", ""))
    assert message.content == b"line 1\nline 2"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "into the box first"), ("   \n", "into the box first"), ("hello world", "no curl command"),
     ("use curl https://x", "no curl command"), ('{"a": ', "not valid JSON"), ("curl 'a", "never closed"),
     ("fetch(url, options)", "no curl command"), ('fetch("https://x", {body: 1})', "copy the request as curl"),
     ("x" * (LONGEST + 1), "too long"), ("[" * 100_000, "nested too deeply")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        recognise(text)
    assert len(str(caught.value)) < 200


@given(st.text(max_size=200) | st.text(alphabet="curl -HdF'\"\\$(){}&=|<>^`\n:/{}[]%", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for start in ("", "curl ", "POST / HTTP/1.1\n", "{", "fetch(", "https://"):
        with contextlib.suppress(UnreadableError):
            assert recognise(start + text)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["log", "entries", "request", "method", "url", "headers", "postData", "params", "name", "value",
                         "queryString", "cookies", "text", "mimeType", "encoding", "fileName"]), inner),
    max_leaves=30,
))  # fmt: skip
def test_any_json_is_read_or_refused(value: object) -> None:
    with contextlib.suppress(UnreadableError):
        recognise(json.dumps({"log": value, "url": "https://x", "method": "GET", "headers": value, "postData": value}))


@pytest.mark.parametrize(
    "piece",
    ["curl ", "\ncurl", "a=", "&", "/", "{", "fetch(", "GET / HTTP/1.1\n", "a: b\n", "<", "###\n", "%", "< ./x\n"],
)
def test_a_megabyte_of_anything_is_told_apart_in_seconds(piece: str) -> None:
    before = time.process_time()
    for start in ("", "POST / HTTP/1.1\nContent-Type: multipart/form-data; boundary=x\n\n", "curl https://x -d '"):
        with contextlib.suppress(UnreadableError):
            recognise(start + piece * ((LONGEST - 200) // len(piece)))
    assert time.process_time() - before < 9


def test_what_curl_shows_of_a_request_is_a_message() -> None:
    text = (
        "*   Trying 127.0.0.1:80\n> POST /a?b=1 HTTP/1.1\n> Host: a.test\n> X-A: 1\n>\n* upload completely sent off\n"
        "< HTTP/1.1 200 OK\n< Content-Type: text/plain\n<\nhello"
    )
    (message,) = recognise(text)
    assert (message.method, message.url, message.content) == ("POST", "https://a.test/a?b=1", None)
    assert message.header("x-a") == "1"


def test_a_prompt_in_brackets_is_no_json() -> None:
    (message,) = recognise("[me@host ~]$ curl https://a.test/x -d a=1")
    assert (message.url, message.content) == ("https://a.test/x", b"a=1")


def har(**request: Any) -> str:
    return json.dumps({"method": "POST", "url": "https://a.test/x", "headers": [], **request})


def test_a_query_may_be_in_the_address_alone_in_the_list_alone_or_split() -> None:
    entry = entry_of(parameters=(query("a", STRING), query("b", STRING)))
    listed = [{"name": "a", "value": "1 2"}, {"name": "b", "value": "3"}]
    for request in (
        {"url": "https://a.test/x?a=1%202&b=3"},
        {"url": "https://a.test/x?a=1%202&b=3", "queryString": []},
        {"url": "https://a.test/x", "queryString": listed},
        {"url": "https://a.test/x?a=1+2", "queryString": listed[1:]},
        {"url": "https://a.test/x?a=1%202&b=3", "queryString": listed},
        {"url": "https://a.test/x?a=1%202&b=3", "queryString": [{"name": "a", "value": "1%202"}, listed[1]]},
    ):
        reading = read(entry, har(**request))
        assert (reading.model.parameters, reading.unplaced) == ({"query": {"a": "1 2", "b": "3"}}, ())


def test_values_that_are_no_texts_are_read_as_they_are_written() -> None:
    entry = entry_of(
        {FORM: {"schema": an_object(n=INTEGER, empty=STRING)}},
        parameters=(query("page", INTEGER), query("flag", STRING)),
    )
    pairs = [{"name": "page", "value": 2}, {"name": "flag"}, {"name": 5, "value": "no name"}]
    params = [{"name": "n", "value": 7}, {"name": "empty", "value": None}]
    reading = read(entry, har(queryString=pairs, postData={"mimeType": FORM, "params": params}, headers=None))
    assert reading.model.parameters == {"query": {"page": 2, "flag": ""}}
    assert reading.model.body == {"n": 7, "empty": ""}


def test_the_type_of_a_body_may_stand_in_the_header_alone() -> None:
    entry = entry_of({MULTIPART: {"schema": an_object(a=STRING)}})
    headers = [{"name": "Content-Type", "value": f"{MULTIPART}; boundary=B"}]
    reading = read(entry, har(headers=headers, postData={"params": [{"name": "a", "value": "x"}]}))
    assert (reading.model.body, reading.unplaced) == ({"a": "x"}, ())


def test_a_body_that_is_json_and_no_text_is_its_text() -> None:
    entry = entry_of({JSON: {"schema": OBJECT}})
    reading = read(entry, har(postData={"mimeType": JSON, "text": {"a": [1]}, "params": 5}))
    assert reading.model.body == {"a": [1]}


def test_a_part_that_carries_its_content_is_a_file_with_content() -> None:
    entry = entry_of({MULTIPART: {"schema": PARTS}})
    param = {"name": "photo", "fileName": "a.txt", "contentType": "text/plain", "value": "hello"}
    reading = read(entry, har(postData={"mimeType": MULTIPART, "params": [param]}))
    assert reading.model.body == {"photo": FileValue(filename="a.txt", content=b"hello", content_type="text/plain")}
    assert reading.unplaced == ()
    text = '--B\r\nContent-Disposition: form-data; name="photo"; filename="a.txt"\r\n\r\nhello\r\n--B--\r\n'
    for params in ([], [{"name": "photo", "fileName": "a.txt"}]):
        data = {"mimeType": f"{MULTIPART}; boundary=B", "params": params, "text": text}
        reading = read(entry, har(postData=data))
        assert reading.model.body == {"photo": FileValue(filename="a.txt", content=b"hello")}
        assert reading.unplaced == ()


def test_a_part_without_content_is_told() -> None:
    param = {"name": "photo", "fileName": "a.png", "contentType": "image/png"}
    reading = read(entry_of({MULTIPART: {"schema": PARTS}}), har(postData={"mimeType": MULTIPART, "params": [param]}))
    assert told(reading, "“a.png” is not here")


@pytest.mark.parametrize(("text", "sent"), [('{"a": 1}', b'{"a":1}'), ("a=1", b"a=1")])
def test_a_body_without_a_type_is_read_as_the_one_it_looks_like(text: str, sent: bytes) -> None:
    entry = entry_of({FORM: {"schema": an_object(a=INTEGER)}, JSON: {"schema": an_object(a=INTEGER)}})
    for message in (har(postData={"text": text}), f"POST https://a.test/x HTTP/1.1\n\n{text}"):
        reading = read(entry, message)
        assert reading.model.body == {"a": 1}
        assert build_request(entry, reading.model).body == sent
        assert told(reading, "The body names no type")


def test_fields_that_are_no_text_of_their_type_are_told() -> None:
    data = {"mimeType": JSON, "params": [{"name": "a", "value": "1"}]}
    reading = read(entry_of({JSON: {"schema": OBJECT}}), har(postData=data))
    assert told(reading, "lists fields of the body and not its text")


def test_the_pairs_of_a_form_may_be_a_list() -> None:
    params = [{"name": "a b", "value": "1&2"}, {"name": "c"}]
    reading = read(
        entry_of({FORM: {"schema": an_object(**{"a b": STRING, "c": STRING})}}),
        har(postData={"mimeType": FORM, "params": params}),
    )
    assert reading.model.body == {"a b": "1&2", "c": ""}
