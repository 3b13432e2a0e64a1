"""Pasted bodies and messages of every kind: read right, or named in what found no place."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from playground.messages import Part
from playground.paste.message import PastedMessage
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
    read_one,
    told,
)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("f=%7B%22a%22%3A%5B1%5D%7D", {"f": {"a": [1]}}),
        ("f[a][0]=1&f[a][1]=2", {"f": {"a": [1, 2]}}),
        ("f[a][]=1&f[a][]=2", {"f": {"a": [1, 2]}}),
        ("f[a]=1&f[a]=2", {"f": {"a": [1, 2]}}),
        ("tags=x&tags=y", {"tags": ["x", "y"]}),
        ("tags[]=x&tags[]=y", {"tags": ["x", "y"]}),
        ("tags[0]=x&tags[1]=y", {"tags": ["x", "y"]}),
        ("ids[]=1&ids[]=2", {"ids[]": [1, 2]}),
        ("n=5&f[a][0]=1", {"n": 5, "f": {"a": [1]}}),
        ("ids[]=1&ids[]=2&f[a][0]=1", {"ids[]": [1, 2], "f": {"a": [1]}}),
    ],
)
def test_a_pasted_form_keeps_its_shape(body: str, value: Any) -> None:
    schema = an_object(
        f=an_object(a={"type": "array", "items": INTEGER}), tags={"type": "array", "items": STRING}, n=INTEGER,
        **{"ids[]": {"type": "array", "items": INTEGER}},
    )  # fmt: skip
    entry = entry_of({FORM: {"schema": schema}})
    reading = read(entry, f"curl -d '{body}' https://a.test/x")
    assert (reading.model.body, reading.unplaced) == (value, ())
    assert build_request(entry, reading.model).body.decode() == body


@pytest.mark.parametrize(
    ("text", "value"),
    [('a={"x":1}&a={"y":2}', [{"x": 1}, {"y": 2}]), ("a={}", [{}]), ('a=[{"x":1}]', [{"x": 1}]), ("a=no", ["no"])],
)
def test_items_that_are_json_each_are_read_as_a_list(text: str, value: Any) -> None:
    schema = an_object(a={"type": "array", "items": {"type": "object"}})
    described = {"schema": schema, "encoding": {"a": {"contentType": "application/json"}}}
    reading = read(entry_of({FORM: described}, version="3.2.0"), f"curl -d '{text}' https://a.test/x")
    assert reading.model.body == {"a": value}


def test_a_list_in_one_text_is_told() -> None:
    entry = entry_of({FORM: {"schema": an_object(entities={"type": "array", "items": an_object(a=INTEGER)})}})
    reading = read(entry, f"curl -d 'entities={quote(json.dumps([{'a': 1}, {'a': 2}]))}' https://a.test/x")
    assert reading.model.body == {"entities": [{"a": 1}, {"a": 2}]}
    assert told(reading, "“entities” is a list in one text")


@pytest.mark.parametrize("media_types", [(JSON,), (FORM, JSON), ("application/vnd.api+json",)])
def test_json_without_a_type_is_read_as_json_and_told(media_types: tuple[str, ...]) -> None:
    entry = entry_of({name: {"schema": an_object(a=INTEGER)} for name in media_types})
    reading = read(entry, "curl -d '{\"a\": 1}' https://a.test/x")
    assert reading.model.body == {"a": 1}
    assert told(reading, "names no type for its body")
    request = build_request(entry, reading.model)
    assert (request.headers.get("content-type"), request.body) == (media_types[-1], b'{"a":1}')


@pytest.mark.parametrize("option", ["-d 'a=1'", "-F 'a=1'", "-H 'Content-Type: text/csv' -d '{\"a\":1}'"])
def test_fields_for_an_operation_that_takes_json_are_told(option: str) -> None:
    entry = entry_of({JSON: {"schema": an_object(a=INTEGER)}})
    reading = read(entry, f"curl {option} https://a.test/x")
    assert reading.model.body == {"a": 1}
    assert told(reading, "this operation takes application/json")
    assert build_request(entry, reading.model).body == b'{"a":1}'


def test_text_without_a_type_stays_a_form() -> None:
    entry = entry_of({FORM: {"schema": an_object(a=INTEGER)}, JSON: {"schema": an_object(a=INTEGER)}})
    reading = read(entry, "curl -d 'a=1' https://a.test/x")
    assert (reading.model.body, reading.unplaced) == ({"a": 1}, ())


def test_another_type_of_the_same_kind_is_told() -> None:
    entry = entry_of({"application/vnd.api+json": {"schema": an_object(a=INTEGER)}})
    reading = read(entry, "curl -H 'Content-Type: application/json' -d '{\"a\": 1}' https://a.test/x")
    assert reading.model.body == {"a": 1}
    assert told(reading, "type application/json: this operation takes application/vnd.api+json")


def test_a_character_set_is_read() -> None:
    entry = entry_of({"text/plain; charset=iso-8859-1": {"schema": STRING}})
    message = PastedMessage(
        kind="HTTP message", url="https://a.test/x", headers=(("Content-Type", "text/plain; charset=iso-8859-1"),),
        content="é".encode("latin-1"),
    )  # fmt: skip
    reading = read_one(entry, message)
    assert (reading.model.body, reading.unplaced) == ("é", ())
    assert build_request(entry, reading.model).body == b"\xe9"


# Multipart


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        (Part(name="meta", data=b'{"a":1}', filename="blob", content_type=JSON), {"a": 1}, ""),
        (Part(name="meta", data=b'{"a":1}', filename="a.json", content_type=JSON), {"a": 1}, "file name of the part"),
        (Part(name="meta", data=b'{"a":1}', filename="blob"), {"a": 1}, ""),
        (Part(name="note", data=b"hi", filename="blob", content_type="text/plain"), "hi", ""),
        (Part(name="note", data=b"hi", filename="note.txt"), "hi", "file name of the part"),
        (Part(name="photo", data=b"\x89P", filename="blob", content_type="image/png"),
         FileValue(filename="blob", content=b"\x89P", content_type="image/png"), ""),
        (Part(name="any", data=b"\x89P", filename="a.png", content_type="image/png"),
         FileValue(filename="a.png", content=b"\x89P", content_type="image/png"), ""),
        (Part(name="any", data=b'{"b":2}', filename="blob", content_type=JSON), {"b": 2}, ""),
        (Part(name="note", data=b"\xff\xfe", filename="n.bin"),
         FileValue(filename="n.bin", content=b"\xff\xfe"), ""),
    ],
)  # fmt: skip
def test_a_part_with_a_file_name_is_no_file_where_none_may_be(part: Part, value: Any, sentence: str) -> None:
    message = PastedMessage(kind="HAR entry", url="https://a.test/x", parts=(part,))
    reading = read_one(entry_of({MULTIPART: {"schema": PARTS}}), message)
    assert reading.model.body == {part.name: value}
    assert told(reading, sentence) if sentence else reading.unplaced == ()


def test_what_a_transfer_encoding_says_is_undone_where_the_value_is_not_encoded_itself() -> None:
    lines = '--B\nContent-Disposition: form-data; name="p"\nContent-Transfer-Encoding: base64\n\naGk=\n--B--'
    text = f"POST https://a.test/x HTTP/1.1\nContent-Type: multipart/form-data; boundary=B\n\n{lines}"
    for schema, value in ((STRING, "hi"), ({**STRING, "contentEncoding": "base64"}, "aGk=")):
        reading = read(entry_of({MULTIPART: {"schema": an_object(p=schema)}}, version="3.1.0"), text)
        assert (reading.model.body, reading.unplaced) == ({"p": value}, ())


def test_parts_without_names_are_a_sequence() -> None:
    entry = entry_of({"multipart/mixed": {"itemSchema": an_object(a=INTEGER)}}, version="3.2.0")
    content = b'--B\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--B\r\n\r\n{"a":2}\r\n--B--\r\n'
    headers = (("Content-Type", "multipart/mixed; boundary=B"),)
    reading = read_one(entry, PastedMessage(kind="x", url="https://a.test/x", headers=headers, content=content))
    assert reading.model.body == [{"a": 1}, {"a": 2}]


def test_items_of_a_sequence_are_rows() -> None:
    entry = entry_of({"application/x-ndjson": {"itemSchema": an_object(a=INTEGER)}}, version="3.2.0")
    reading = read(
        entry, "curl --data-binary $'{\"a\":1}\\n{\"a\":2}\\n' -H 'Content-Type: application/x-ndjson' https://a.test/x"
    )
    assert (reading.model.body, reading.unplaced) == ([{"a": 1}, {"a": 2}], ())


# Paths, queries, header fields and cookies


@pytest.mark.parametrize(
    ("template", "url", "value", "sentence"),
    [
        ("/pets/{id}", "/pets/5/", "5", "The slash at the end of the path"),
        ("/pets/{id}", "/pets/5", "5", ""),
        ("/pets/{id}/", "/pets/5", "5", "no slash at its end"),
        ("/pets/{id}/", "/pets/5/", "5", ""),
        ("/pets/{id}", "/pets/a%2F", "a/", ""),
    ],
)
def test_a_slash_at_the_end_is_no_part_of_a_value(template: str, url: str, value: str, sentence: str) -> None:
    reading = read(entry_of(path=template), f"POST https://a.test{url}")
    assert reading.model.parameters["path"] == {"id": value}
    assert told(reading, sentence) if sentence else reading.unplaced == ()


@pytest.mark.parametrize(
    ("template", "url", "is_same"),
    [("/", "", True), ("/", "/", True), ("/", "/?a=1", True), ("/#note", "/", True), ("/pets/{id}", "/pets/7", True)],
)
def test_the_root_is_the_same_path_with_and_without_its_slash(template: str, url: str, is_same: bool) -> None:
    reading = read(entry_of(path=template, parameters=(query("a", INTEGER),)), f"POST https://a.test{url}")
    assert told(reading, "The path is sent otherwise") is not is_same


@pytest.mark.parametrize(
    ("kind", "is_told"),
    [("application/json", True), ("application/octet-stream", True), ("text/plain", True), (FORM, False)],
)
def test_the_type_of_an_empty_body_is_told_where_nothing_is_sent_of_it(kind: str, is_told: bool) -> None:
    entry = entry_of({kind: {"schema": {}}})
    reading = read(entry, f"curl -d '' -H 'Content-Type: {kind}' https://a.test/x")
    assert told(reading, "The type of a body") is is_told
    assert not told(reading, "not valid JSON")


@pytest.mark.parametrize("url", ["/pets/7/8", "/pets//7"])
def test_a_value_with_a_slash_is_told_since_it_is_sent_encoded(url: str) -> None:
    reading = read(entry_of(path="/pets/{id}"), f"POST https://a.test{url}")
    assert reading.model.parameters["path"] == {"id": url.removeprefix("/pets/")}
    assert told(reading, "The path is sent otherwise")


def test_a_repeated_parameter_is_called_repeated() -> None:
    reading = read(entry_of(parameters=(query("page", INTEGER),)), "POST https://a.test/x?page=1&page=2&other=3")
    assert reading.model.parameters == {"query": {"page": 1, "other": "3"}}
    assert told(reading, "“page” is given more than once")
    assert told(reading, "“other”: this operation describes none")


def test_what_is_sent_otherwise_is_told() -> None:
    entry = entry_of(parameters=(query("ids", {"type": "array", "items": INTEGER}, explode=False), query("n", INTEGER)))
    reading = read(entry, "POST https://a.test/x?ids=1&ids=2")
    assert reading.model.parameters == {"query": {"ids": [1, 2]}}
    assert told(reading, "“ids” is sent otherwise")
    assert read(entry, "POST https://a.test/x?ids=1,2&n=05").unplaced == ()


def test_an_object_as_json_is_read_and_told() -> None:
    entry = entry_of(parameters=(query("o", an_object(b=INTEGER), style="deepObject", explode=True),))
    reading = read(entry, "POST https://a.test/x?o={%22b%22:3}")
    assert reading.model.parameters == {"query": {"o": {"b": 3}}}
    assert told(reading, "“o” is sent otherwise")


def test_a_list_in_brackets_keeps_its_dialect() -> None:
    entry = entry_of(parameters=(query("f", OBJECT, style="deepObject", explode=True),))
    reading = read(entry, "POST https://a.test/x?f[a][]=1&f[a][]=2")
    assert reading.model.brackets == "empty"
    assert reading.unplaced == ()


def test_a_whole_query_string_is_read_as_its_media_type() -> None:
    schema = an_object(tags={"type": "array", "items": STRING}, at=an_object(a=INTEGER))
    content = {FORM: {"schema": schema, "encoding": {"at": {"contentType": JSON}}}}
    entry = entry_of(parameters=({"name": "q", "in": "querystring", "content": content},), version="3.2.0")
    url = "https://a.test/x?tags=x+y&tags=z&at=%7B%22a%22%3A1%7D"
    reading = read(entry, f"POST {url}")
    assert reading.model.parameters == {"query": {"q": {"tags": ["x y", "z"], "at": {"a": 1}}}}
    assert build_request(entry, reading.model).url == url
    entry = entry_of(parameters=({"name": "q", "in": "querystring", "content": {JSON: {}}},), version="3.2.0")
    reading = read(entry, "POST https://a.test/x?%7B%22a%22%3A%5B1%5D%7D")
    assert reading.model.parameters == {"query": {"q": {"a": [1]}}}


def test_fields_that_frame_the_message_fill_no_parameter() -> None:
    described = tuple(
        {"name": name, "in": "header", "schema": STRING} for name in ("Content-Length", "Host", "X-Trace", "Connection")
    )
    text = "POST /x HTTP/1.1\nHost: a.test\nContent-Length: 12\nConnection: close\nX-Trace: 1\n\n"
    reading = read(entry_of(parameters=described), text)
    assert reading.model.parameters == {"header": {"X-Trace": "1"}}
    assert reading.unplaced == ()


@pytest.mark.parametrize(
    ("style", "pasted", "value", "same"),
    [("form", "a%20b", "a b", True), ("form", "a+b", "a+b", True), ("form", "x=y", "x=y", True),
     ("form", "a+b%2B", "a+b+", False), ("form", "50%", "50%", False), ("form", "%5B%22en%22%5D", '["en"]', False),
     ("cookie", "a%20b", "a%20b", True), ("cookie", "a+b", "a+b", True), ("cookie", "%5B", "%5B", True)],
)  # fmt: skip
def test_a_cookie_is_decoded_only_where_it_is_encoded_again(style: str, pasted: str, value: str, same: bool) -> None:
    parameter = {"name": "c", "in": "cookie", "schema": STRING, "style": style}
    reading = read(entry_of(parameters=(parameter,), version="3.2.0"), f"curl -X POST -b 'c={pasted}' https://a.test/x")
    assert reading.model.parameters == {"cookie": {"c": value}}
    assert told(reading, "The cookie “c” is sent otherwise") is not same


def test_fields_that_somebody_wrote_are_told_and_those_that_a_browser_wrote_are_not() -> None:
    fields = {"Accept": "text/csv", "If-None-Match": '"1"', "X-Forwarded-For": "10.0.0.1", "Host": "b.test", "TE": "x"}
    command = " ".join(f"-H '{name}: {value}'" for name, value in fields.items())
    reading = read(entry_of(), f"curl -X POST {command} https://a.test/x")
    assert [name for name in fields if told(reading, f"“{name}”")] == list(fields)[:-1]
    browser = (
        "-H 'User-Agent: Mozilla/5.0' -H 'Accept: text/html' -H 'Origin: https://a.test' -H 'Sec-Fetch-Mode: cors'"
    )
    assert read(entry_of(), f"curl -X POST {browser} https://a.test/x").unplaced == ()
    assert told(read(entry_of(), "curl -X POST -H 'Content-Type: text/csv' https://a.test/x"), "The type of a body")


def test_a_header_that_is_written_otherwise_is_told() -> None:
    parameter = {"name": "X-Ids", "in": "header", "schema": {"type": "array", "items": INTEGER}}
    entry = entry_of(parameters=(parameter,))
    assert read(entry, "curl -X POST -H 'X-Ids: 1, 2' https://a.test/x").unplaced == ()
    assert told(read(entry, "curl -X POST -H 'X-Ids: 1;2' https://a.test/x"), "“X-Ids”") is False
    assert told(read(entry, "curl -X POST -H 'X-Ids: 1,02' https://a.test/x"), "“X-Ids”") is False


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("-F 'meta={\"a\": 1};type=application/json'", ""),
        ("-F 'meta={\"a\": 1}'", ""),
        ("-F 'note=hi;type=text/markdown'", "The part “note” is sent otherwise"),
        ("-F 'note=hi;headers=\"X-Part: 7\"'", "The field “X-Part” of the part “note”"),
        ("-F 'tags=a' -F 'tags=b'", ""),
        ("-F 'tags=a;type=text/plain'", ""),
    ],
)
def test_what_a_part_says_beside_its_content_is_told(form: str, words: str) -> None:
    reading = read(entry_of({MULTIPART: {"schema": PARTS}}), f"curl {form} https://a.test/x")
    assert told(reading, words) if words else reading.unplaced == ()


def test_variables_are_named_and_commands_are_not_quoted() -> None:
    entry = entry_of({JSON: {"schema": OBJECT}}, path="/pets/{id}")
    text = (
        'curl -H \'Content-Type: application/json\' -d "{\\"a\\": \\"$(vault read canary)\\"}" https://a.test/pets/$ID'
    )
    reading = read(entry, text)
    assert reading.model.parameters["path"] == {"id": "$ID"}
    assert told(reading, "The variable “$ID” has no value")
    assert told(reading, "What a command in the text writes is not known")
    assert "canary" not in "".join(reading.unplaced)


def test_a_variable_in_a_credential_is_no_loss() -> None:
    reading = read(entry_of(), 'curl -X POST -H "Authorization: Bearer $TOKEN" https://a.test/x')
    assert reading.unplaced == ()


# HTTP archives
