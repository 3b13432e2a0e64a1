"""Pasted HTTP archives: the query and the parts wherever an archive has them; bodies without a type."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
