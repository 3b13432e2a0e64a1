"""One way to write content: a body, a part of a multipart body and a query string of one media type are the same."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.message import Message
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

import pytest

from playground.catalog.model import Encoding, Entry, MediaType, Operation, Parameter, Provider, RequestBody, Server
from playground.mediatypes import Kind
from playground.messages import HTTPRequest
from playground.openapi.compile import compile_document
from playground.request.bodies.text import read_sequence, sequence_text
from playground.request.build import build_request
from playground.request.errors import BodyError
from playground.request.model import FileValue, RequestModel, Value

ADDRESS: dict[str, Any] = {"type": "object", "properties": {"city": {"type": "string"}}}
ROWS: dict[str, Any] = {"type": "array", "items": ADDRESS}
FORM = "application/x-www-form-urlencoded"
PICTURE = FileValue(filename="a.png", content=b"\x89PNG", content_type="image/png")


def sent(described: MediaType, value: Value) -> HTTPRequest:
    body = RequestBody(media_types=(described,))
    provider = Provider(name="shop", title="Shop", servers=(Server(url="https://a.test"),))
    operation = Operation(name="x", method="POST", path="/x", request_body=body)
    entry = Entry(provider=provider, operation=operation, definitions={})
    return build_request(entry, RequestModel(body=value), boundary="B")


def parts_of(request: HTTPRequest) -> list[tuple[Message, bytes]]:
    head = f"Content-Type: {request.headers.get('content-type')}\r\n\r\n".encode()
    message = message_from_bytes(head + request.body)
    return [(part, cast(bytes, part.get_payload(decode=True))) for part in inner_parts(message)]


def inner_parts(message: Message) -> list[Message]:
    assert message.is_multipart()
    return cast(list[Message], message.get_payload())


def part(value: Value, encoding: Encoding, schema: Any = True) -> tuple[Message, bytes]:
    described = MediaType(
        name="multipart/form-data", schema={"type": "object", "properties": {"p": schema}}, encoding={"p": encoding}
    )
    ((message, data),) = parts_of(sent(described, {"p": value}))
    return message, data


@pytest.mark.parametrize(
    ("name", "schema", "value"),
    [
        ("application/json", ADDRESS, {"city": "a"}),
        ("application/json", {"type": "string"}, "a"),
        ("application/json", {"type": "string"}, None),
        ("application/xml", ADDRESS, {"city": "a"}),
        ("application/yaml", ADDRESS, {"city": "a"}),
        (FORM, ADDRESS, {"city": "a b", "more": {"c": 1}}),
        ("text/plain", {"type": "string"}, "é"),
        ("text/plain; charset=utf-8", {"type": "string"}, "é"),
        ("text/plain; charset=iso-8859-1", {"type": "string"}, "é"),
        ("text/plain", {"type": "integer"}, 5),
        ("text/plain", {"type": "string"}, None),
        ("application/vnd.acme.thing", ADDRESS, {"city": "a"}),
    ],
)
def test_a_part_is_what_a_body_of_its_type_is(name: str, schema: Any, value: Value) -> None:
    body = sent(MediaType(name=name, schema=schema), value)
    message, data = part(value, Encoding(content_type=name), schema)
    assert data == body.body
    assert message["Content-Type"] == name == body.headers.get("content-type")


@pytest.mark.parametrize(
    ("kind", "text"),
    [("text/csv", b"city\r\na\r\n"), ("application/x-ndjson", b'{"city":"a"}\n'),
     ("application/json-seq", b'\x1e{"city":"a"}\n'), ("text/event-stream", b'data: {"city":"a"}\n\n')],
)  # fmt: skip
def test_a_body_of_items_is_written_item_by_item(kind: str, text: bytes) -> None:
    assert sent(MediaType(name=kind, schema=ROWS), [{"city": "a"}]).body == text


@pytest.mark.parametrize(
    ("item", "text"),
    [({"event": "add", "id": 7, "data": "a\nb\r\nc"}, "event: add\nid: 7\ndata: a\ndata: b\ndata: c\n\n"),
     ({"data": {"a": 1}, "retry": 10}, 'retry: 10\ndata: {"a":1}\n\n'), ("x", "data: x\n\n"),
     ({"event": "a\ndata: b", "data": ""}, "event: adata: b\ndata: \n\n"), ({"other": 1}, 'data: {"other":1}\n\n')],
)  # fmt: skip
def test_events(item: Value, text: str) -> None:
    assert sent(MediaType(name="text/event-stream"), [item]).body.decode() == text


@pytest.mark.parametrize(
    ("kind", "items"),
    [("lines", [{"a": 1}, "x", None, 1.5]), ("sequence", [{"a": "b\nc"}, []]),
     ("events", [{"event": "add", "id": "7", "data": "a\nb"}, {"data": '{"a":1}'}])],
)  # fmt: skip
def test_items_are_read_back(kind: Kind, items: list[Value]) -> None:
    assert read_sequence(kind, sequence_text(kind, items)) == items


def test_a_declared_type_keeps_its_parameters() -> None:
    message, _ = part("a", Encoding(content_type='text/plain; charset="us-ascii"; format=flowed'))
    assert message["Content-Type"] == 'text/plain; charset="us-ascii"; format=flowed'
    file, data = part(
        PICTURE, Encoding(content_type="image/jpeg, image/png; q=1"), {"type": "string", "format": "binary"}
    )
    assert (file["Content-Type"], data) == ("image/png; q=1", b"\x89PNG")


@pytest.mark.parametrize(
    ("types", "value", "chosen"),
    [("text/plain, application/json", {"a": 1}, "application/json"),
     ("image/png, application/xml", {"a": 1}, "application/xml"),
     ("image/png", {"a": 1}, "application/json"), ("text/plain, application/json", "x", "text/plain"),
     ("text/csv, application/json", [{"a": 1}], "application/json"), ("image/*", "x", None)],
)  # fmt: skip
def test_of_several_types_the_first_that_can_hold_the_value_is_sent(
    types: str, value: Value, chosen: str | None
) -> None:
    message, _ = part(value, Encoding(content_type=types))
    assert message.get("Content-Type") == chosen


def header(name: str, schema: Any, *, required: bool = False) -> Parameter:
    return Parameter(name=name, location="header", schema=schema, required=required)


def test_headers_of_a_part_are_sent_but_for_those_that_are_ours() -> None:
    headers = (
        header("Content-ID", {"const": "<a@b>"}), header("Content-Description", {"default": "x"}),
        header("Content-Language", {"enum": ["de"]}), header("X-Rate", {"example": 5}, required=True),
        header("X-Maybe", {"example": 5}), header("Content-Type", {"const": "a/b"}),
        header("Content-Disposition", {"const": "inline"}), header("Content-Length", {"const": 1}),
        header("Bad Name", {"const": "x"}), header("X-Bad", {"const": "a\r\nb"}),
    )  # fmt: skip
    message, _ = part("x", Encoding(headers=headers))
    assert [name for name in message if name != "Content-Disposition"] == [
        "Content-ID", "Content-Description", "Content-Language", "X-Rate",
    ]  # fmt: skip
    assert message["Content-ID"] == "<a@b>"
    assert message["Content-Disposition"] == 'form-data; name="p"'


def test_a_file_that_is_declared_to_be_base64_is() -> None:
    encoding = Encoding(headers=(header("Content-Transfer-Encoding", {"const": "base64"}),))
    message, data = part(PICTURE, encoding, {"type": "string", "format": "binary"})
    assert message["Content-Transfer-Encoding"] == "base64"
    assert data == b"\x89PNG", "the reader undoes it"


def test_a_text_that_is_encoded_says_so_in_its_part() -> None:
    message, data = part("aGk=", Encoding(), {"type": "string", "contentEncoding": "base64"})
    assert (message["Content-Type"], message["Content-Transfer-Encoding"]) == ("application/octet-stream", "base64")
    assert data == b"hi", "the reader undoes it"
    message, _ = part("aGk", Encoding(), {"type": "string", "contentEncoding": "base64url"})
    assert (message["Content-Type"], message["Content-Transfer-Encoding"]) == ("application/octet-stream", None)
    named = Encoding(content_type="image/png", headers=(header("Content-Transfer-Encoding", {"const": "BASE64"}),))
    message, _ = part("aGk=", named, {"type": "string", "contentEncoding": "base64"})
    assert message.get_all("Content-Transfer-Encoding") == ["BASE64"]
    assert message["Content-Type"] == "image/png"


def test_an_object_is_a_row_in_a_part_of_rows() -> None:
    message, data = part({"a": 1, "b": "x,y"}, Encoding(content_type="text/csv"))
    assert (message["Content-Type"], data) == ("text/csv", b'a,b\r\n1,"x,y"\r\n')


def test_a_list_is_a_part_for_each_item() -> None:
    described = MediaType(
        name="multipart/form-data",
        schema={"type": "object", "properties": {"p": ROWS}},
        encoding={"p": Encoding(content_type="application/xml")},
    )
    parts = parts_of(sent(described, {"p": [{"city": "a"}, {"city": "b"}]}))
    assert [data for _, data in parts] == [
        b'<?xml version="1.0" encoding="UTF-8"?><city>a</city>',
        b'<?xml version="1.0" encoding="UTF-8"?><city>b</city>',
    ]  # fmt: skip


# Sequences of parts (OpenAPI 3.2)


def test_parts_by_position() -> None:
    described = MediaType(
        name="multipart/mixed",
        schema={"type": "array", "prefixItems": [ADDRESS], "items": {"type": "string", "format": "binary"}},
        prefix_encoding=(Encoding(content_type="application/xml", headers=(header("Content-ID", {"const": "<1>"}),)),),
        item_encoding=Encoding(content_type="image/*"),
    )
    request = sent(described, [{"city": "a"}, PICTURE])
    assert request.headers.get("content-type") == "multipart/mixed; boundary=B"
    assert request.body == (
        b"--B\r\nContent-Type: application/xml\r\nContent-ID: <1>\r\n\r\n"
        b'<?xml version="1.0" encoding="UTF-8"?><city>a</city>\r\n'
        b'--B\r\nContent-Disposition: attachment; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--B--\r\n"
    )


def test_a_sequence_without_encodings_is_json_and_text() -> None:
    request = sent(MediaType(name="multipart/mixed", schema={"type": "array"}), [{"a": 1}, "x"])
    assert request.body == b'--B\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--B\r\n\r\nx\r\n--B--\r\n'


def test_a_part_that_is_multipart_itself() -> None:
    inner = Encoding(content_type="multipart/related", item_encoding=Encoding(content_type="application/json"))
    described = MediaType(name="multipart/mixed", schema={"type": "array"}, prefix_encoding=(inner,))
    ((message, _),) = parts_of(sent(described, [[{"a": 1}, {"b": 2}]]))
    assert [json.loads(str(part.get_payload())) for part in inner_parts(message)] == [{"a": 1}, {"b": 2}]


def test_a_property_of_a_form_is_what_its_content_type_says() -> None:
    kinds = {"x": "application/xml", "c": "text/csv", "j": "application/json", "t": "text/plain"}
    encoding = {name: Encoding(content_type=kind) for name, kind in kinds.items()}
    value: Value = {"x": {"city": "a"}, "c": [{"a": 1}, {"a": 2}], "j": {"a": 1}, "t": "b c"}
    body = sent(MediaType(name=FORM, schema={"type": "object"}, encoding=encoding), value).body.decode()
    assert parse_qsl(body) == [
        ("x", '<?xml version="1.0" encoding="UTF-8"?><city>a</city>'), ("c", "a\r\n1\r\n2\r\n"),
        ("j", '{"a":1}'), ("t", "b c"),
    ]  # fmt: skip


def test_a_form_has_no_parts_without_names() -> None:
    with pytest.raises(BodyError, match="named values"):
        sent(MediaType(name="multipart/form-data"), [1])
    with pytest.raises(BodyError, match="no names"):
        sent(MediaType(name="multipart/form-data", item_encoding=Encoding()), [1])


def test_a_form_by_position_has_the_names_that_its_description_gives() -> None:
    named = [Encoding(headers=(header("Content-Disposition", {"const": f"form-data; name={name}"}),)) for name in "ab"]
    described = MediaType(
        name="multipart/form-data", schema={"type": "array"}, prefix_encoding=(named[1],), item_encoding=named[0]
    )
    parts = parts_of(sent(described, ["1", {"x": 2}, "3"]))
    assert [(message["Content-Disposition"], data) for message, data in parts] == [
        ('form-data; name="b"', b"1"), ('form-data; name="a"', b'{"x":2}'), ('form-data; name="a"', b"3"),
    ]  # fmt: skip


# A whole query string (OpenAPI 3.2)


def query_of(media_type: str, value: Value, schema: Any = True, **encoding: Any) -> str:
    content = {media_type: {"schema": schema, "encoding": encoding}}
    document = {
        "openapi": "3.2.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {"/x": {"get": {
            "parameters": [{"name": "q", "in": "querystring", "content": content}],
            "responses": {"200": {"description": "ok"}},
        }}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    url = build_request(entry, RequestModel(parameters={"query": {"q": value}})).url
    return url.partition("?")[2]


def test_a_query_string_and_a_body_of_one_media_type_are_the_same() -> None:
    value: Value = {"tags": ["x", "y"], "at": {"a": 1}, "when": None, "text": "a b&c"}
    encoding = {"at": {"contentType": "application/json"}}
    body = sent(MediaType(name=FORM, encoding={"at": Encoding(content_type="application/json")}), value).body.decode()
    assert query_of(FORM, value, {"type": "object"}, **encoding) == body
    assert body == "tags=x&tags=y&at=%7B%22a%22%3A1%7D&when=&text=a+b%26c"


@pytest.mark.parametrize(
    ("schema", "value", "query"),
    [
        ({"type": "string"}, "a=b&c=%20d", "a=b&c=%20d"),
        ({"type": "string"}, "a=b c#d&e=100%", "a=b%20c%23d&e=100%25"),
        ({"type": "array", "items": {"type": "string"}}, ["a", "b=c"], "a&b=c"),
    ],
)
def test_a_query_string_that_is_a_form_written_by_hand_stands_as_it_is(schema: Any, value: Any, query: str) -> None:
    assert query_of(FORM, value, schema) == query
    body = sent(MediaType(name=FORM, schema=schema), value).body.decode()
    assert body == (value if isinstance(value, str) else query)


@pytest.mark.parametrize("version", ["3.1.1", "3.2.0"])
def test_a_content_type_is_that_of_each_item_since_3_2(version: str) -> None:
    """OpenAPI 3.2.0, 4.14.5.1; before, the standard says so of parts only."""
    items = {"type": "array", "items": {"type": "object", "xml": {"name": "i"}}}
    encoding = {"a": {"contentType": "application/json"}, "b": {"contentType": "application/xml"}}
    described = {"schema": {"type": "object", "properties": {"a": items, "b": items}}, "encoding": encoding}
    document = {
        "openapi": version, "info": {"title": "t", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {"/x": {"post": {
            "requestBody": {"content": {FORM: described}}, "responses": {"200": {"description": "ok"}},
        }}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    rows: list[Any] = [{"x": 1}, {"y": 2}]
    value: Value = {"a": rows, "b": rows}
    texts: dict[str, list[str]] = {}
    for name, text in parse_qsl(build_request(entry, RequestModel(body=value)).body.decode()):
        texts.setdefault(name, []).append(text)
    assert [len(found) for found in texts.values()] == ([2, 2] if version == "3.2.0" else [1, 1])
    assert [json.loads(text) for text in texts["a"]] == (rows if version == "3.2.0" else [rows])
    assert "<i><y>2</y></i>" in texts["b"][-1]


def test_an_encoding_of_a_query_string_counts() -> None:
    value: Value = {"tags": ["x", "y"], "deep": {"a": [1]}}
    style = {"tags": {"style": "pipeDelimited", "explode": False}, "deep": {"style": "deepObject"}}
    assert query_of(FORM, value, {"type": "object"}, **style) == "tags=x%7Cy&deep%5Ba%5D%5B0%5D=1"


def test_a_query_string_of_another_type_is_its_text() -> None:
    assert json.loads(unquote(query_of("application/json", {"a": [1, None]}))) == {"a": [1, None]}
    assert query_of("text/plain", "a b?&é") == "a%20b%3F%26%C3%A9"
    assert "?" + query_of(FORM, {}) == "?"


def test_null_is_the_empty_text_in_query_form_and_part() -> None:
    value: dict[str, Value] = {"a": None, "b": {"c": None}}
    parameters = tuple(
        Parameter(name=name, location="query", style="deepObject" if name == "b" else "form", explode=True)
        for name in ("a", "b")
    )
    provider = Provider(name="shop", title="Shop", servers=(Server(url="https://a.test"),))
    encoding = {"b": Encoding(style="deepObject")}
    body = RequestBody(media_types=(MediaType(name=FORM, encoding=encoding),))
    operation = Operation(name="x", method="POST", path="/x", parameters=parameters, request_body=body)
    entry = Entry(provider=provider, operation=operation, definitions={})
    request = build_request(entry, RequestModel(parameters={"query": value}, body=value))
    query = parse_qsl(request.url.partition("?")[2], keep_blank_values=True)
    assert query == parse_qsl(request.body.decode(), keep_blank_values=True) == [("a", ""), ("b[c]", "")]
    assert part(None, Encoding())[1] == b""
