"""What is typed into a form, to the bytes: XML, CSV, YAML, lines of JSON, broken media types, odd methods."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.messages import HTTPRequest
from playground.openapi.compile import compile_document
from playground.request.arguments import from_arguments
from playground.request.build import build_request
from playground.request.errors import BodyError, MethodRefused
from playground.request.model import FileValue, RequestModel, Value
from tests.request.entries import FORM

XML = '<?xml version="1.0" encoding="UTF-8"?>'
STRING: dict[str, Any] = {"type": "string"}
ORDER = {
    "type": "object", "xml": {"name": "order", "prefix": "o", "namespace": "urn:o"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "lines": {"type": "array", "xml": {"name": "lines", "wrapped": True},
                  "items": {"type": "object", "xml": {"name": "line"}, "properties": {"sku": STRING}}},
        "note": STRING,
    },
}  # fmt: skip
THING = {"type": "object", "properties": {"a": {"type": "integer"}, "b": STRING}}


def entry_of(method: str, schema: Any, *media_types: str, **operation: Any) -> Entry:
    content = {name: {"schema": schema} for name in media_types}
    body = {"requestBody": {"content": content}} if content else {}
    described = {"responses": {}, **body, **operation}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://api.test"}],
                "paths": {"/t": {method.lower(): described}}}  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def typed(entry: Entry, *pairs: tuple[str, str], files: Any = ()) -> HTTPRequest:
    return build_request(entry, parse(entry, FormState.of(pairs, files)).model, boundary="B")


def test_fields_become_xml_by_the_descriptions_hints() -> None:
    entry = entry_of("POST", ORDER, "application/xml")
    request = typed(
        entry, ("body/id", "7"), ("body/lines~item", "0"), ("body/lines~item", "1"), ("body/lines/0/sku", "a<b"),
        ("body/lines/1/sku", "c"), ("body/note", "é & ü"),
    )  # fmt: skip
    assert request.headers.get("Content-Type") == "application/xml"
    assert request.body.decode() == (
        f'{XML}<o:order xmlns:o="urn:o" id="7"><lines><line><sku>a&lt;b</sku></line><line><sku>c</sku></line></lines>'
        "<note>é &amp; ü</note></o:order>"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [({"a": {"b": 1}}, "<a><b>1</b></a>"), ({"a": 1, "b": 2}, "<root><a>1</a><b>2</b></root>"),
     ({"a": [1, 2]}, "<root><a>1</a><a>2</a></root>"), ({}, "<root></root>"), ([1], "<root><root>1</root></root>")],
)  # fmt: skip
def test_a_nameless_body_has_one_root(value: Any, text: str) -> None:
    """XML 1.0 section 2.1: one element holds all others; which, no hint says here."""
    entry = entry_of("POST", True, "text/xml")
    assert build_request(entry, RequestModel(body=value)).body.decode() == XML + text


@pytest.mark.parametrize(
    ("hints", "text"), [({"attribute": True}, '<root a="1"></root>'), ({"name": "b"}, "<b>1</b>"), ({}, "<a>1</a>")]
)
def test_the_only_property_is_the_root_unless_it_is_an_attribute(hints: Any, text: str) -> None:
    entry = entry_of("POST", {"properties": {"a": {"type": "integer", "xml": hints}}}, "text/xml")
    assert typed(entry, ("body/a", "1")).body.decode() == XML + text


@pytest.mark.parametrize(
    ("media_type", "text", "sent_as"),
    [
        ("text/csv", 'a,b\r\n1,"x ""y"""\r\n', "text/csv"),
        ("application/yaml", "a: 1\nb: [x,\n  y]\n", "application/yaml"),
        ("application/x-ndjson", '{"a":1}\n{"a":2}\n', "application/x-ndjson"),
        ("application/xml", "<a  b='1'/>\n", "application/xml"),
        ("text/plain;charset=utf-8", "é\n", "text/plain;charset=utf-8"),
        ("plain/text", "a: b", "plain/text"),
        ("*/*", "a: b", "text/plain"),
        ("*/*", '{ "a": 1.0 }', "application/json"),
        ("application/*", "[1,  2]", "application/json"),
        ("applicationjson;version=2018-01-01", '{"a": 1}', "application/json"),
        ("", '{"a": 1}', "application/json"),
    ],
)
def test_text_typed_into_the_raw_editor_is_sent_to_the_letter(media_type: str, text: str, sent_as: str) -> None:
    entry = entry_of("POST", True, media_type)
    request = typed(entry, ("body~mode", "raw"), ("body~raw", text))
    assert request.headers.get("Content-Type") == sent_as
    assert request.body == text.encode()


@pytest.mark.parametrize(
    ("media_type", "needs_json"),
    [("application/xml", False), ("application/yaml", False), ("application/ndjson", False), ("*/*", False),
     ("plain/text", False), ("application/json", True), ("application/*+json", True), (FORM, True), ("broken", True)],
)  # fmt: skip
def test_raw_text_is_called_broken_json_only_where_json_is_needed(media_type: str, needs_json: bool) -> None:
    entry = entry_of("POST", THING, media_type)
    problems = parse(entry, FormState.of([("body~mode", "raw"), ("body~raw", "<a/>")])).problems
    assert [problem.name for problem in problems] == (["body~raw"] if needs_json else [])


@pytest.mark.parametrize(
    ("media_type", "sent_as", "text"),
    [
        ("*/*", "application/json", '{"a":1,"b":"x"}'),
        ("application/*", "application/json", '{"a":1,"b":"x"}'),
        ("application/*+json", "application/json", '{"a":1,"b":"x"}'),
        ("applicationjson;version=2018-01-01", "application/json", '{"a":1,"b":"x"}'),
        ("application/merge-patch+json", "application/merge-patch+json", '{"a":1,"b":"x"}'),
        # JSON is YAML (YAML 1.2 section 1.2), and one JSON text is one line of many.
        ("application/yaml", "application/yaml", '{"a":1,"b":"x"}'),
        (FORM, FORM, "a=1&b=x"),
    ],
)
def test_fields_are_sent_as_the_media_type_says(media_type: str, sent_as: str, text: str) -> None:
    request = typed(entry_of("POST", THING, media_type), ("body/a", "1"), ("body/b", "x"))
    assert (request.headers.get("Content-Type"), request.body.decode()) == (sent_as, text)


@pytest.mark.parametrize("name", ["application/ndjson", "application/x-ndjson", "application/jsonl"])
def test_lines_of_json_are_typed_as_text_and_written_one_a_line(name: str) -> None:
    """44: NDJSON is many values, whatever one schema says, and each line has its end."""
    entry = entry_of("POST", THING, name)
    for pairs in ([("body", '{"a":1}\n{"b":2}\n')], [("body~mode", "raw"), ("body~raw", '{"a":1}\n{"b":2}\n')]):
        request = typed(entry, *pairs)
        assert (request.headers.get("Content-Type"), request.body) == (name, b'{"a":1}\n{"b":2}\n')
    lines: list[tuple[Value, bytes]] = [
        ([{"a": 1}, {"b": "x"}], b'{"a":1}\n{"b":"x"}\n'),
        ({"a": 1}, b'{"a":1}\n'),
    ]
    for value, text in lines:
        assert build_request(entry, RequestModel(body=value)).body == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [([{"a": None, "b": True}, {"c": "x\ny"}], 'a,b,c\r\n,true,\r\n,,"x\ny"\r\n'),
     ([{"a": [1]}], '[{"a":[1]}]'), ([], "[]"), ([{}], "[{}]"), ([1], "[1]")],
)  # fmt: skip
def test_only_flat_objects_are_a_table(rows: Any, text: str) -> None:
    assert build_request(entry_of("POST", True, "text/csv"), RequestModel(body=rows)).body.decode() == text


@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS"])
def test_a_method_that_seldom_has_a_body_may_carry_one(method: str) -> None:
    entry = entry_of(method, THING, "application/json")
    request = typed(entry, ("body/a", "1"))
    assert (request.method, request.headers.get("Content-Type"), request.body) == (
        method, "application/json", b'{"a":1}',
    )  # fmt: skip
    untouched = typed(entry, ("body/a", ""), ("body/b", ""))
    assert (untouched.headers.get("Content-Type"), untouched.body) == (None, b"")


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/xml", "text/csv", FORM, "multipart/form-data", "*/*", "nothing"]
)
def test_a_form_left_empty_sends_no_body_and_no_type(media_type: str) -> None:
    entry = entry_of("POST", THING, media_type)
    for pairs in ([], [("body/a", ""), ("body/b", "")], [("body~mode", "raw"), ("body~raw", " \r\n")]):
        request = typed(entry, *pairs)
        assert (request.headers.get("Content-Type"), request.body) == (None, b"")


def test_a_file_of_a_range_is_sent_as_what_it_is() -> None:
    entry = entry_of("PUT", {"type": "string", "format": "binary"}, "image/*")
    file = FileValue(filename="a.png", content=b"\x89PNG", content_type="image/png")
    request = typed(entry, files=[("body", file)])
    assert (request.headers.get("Content-Type"), request.body) == ("image/png", b"\x89PNG")


def test_a_list_as_a_form_is_the_pairs_of_its_items() -> None:
    """21: the form media type of a list of objects; nothing says how that would be written otherwise."""
    entry = entry_of("POST", {"type": "array", "items": THING}, "application/json", FORM)
    model = from_arguments(entry, {"body": [{"a": 1}, {"a": 2}]}, media_type=FORM)
    assert build_request(entry, model).body == b"a=1&a=2"


def test_a_multipart_body_described_as_a_text_takes_its_parts_from_the_raw_editor() -> None:
    """26: the description calls the whole body one text, which multipart cannot be."""
    entry = entry_of("POST", {"type": "string", "example": "xxxxxxxx"}, "multipart/form-data")
    with pytest.raises(BodyError, match="object"):
        typed(entry, ("body", "xxxxxxxx"))
    request = typed(entry, ("body~mode", "raw"), ("body~raw", '{"api_key": "k", "source": "en"}'))
    assert request.headers.get("Content-Type") == "multipart/form-data; boundary=B"
    head = "--B\r\nContent-Disposition: form-data; name="
    assert request.body.decode() == f'{head}"api_key"\r\n\r\nk\r\n{head}"source"\r\n\r\nen\r\n--B--\r\n'


def test_trace_is_refused_and_described_without_a_body() -> None:
    """58: RFC 9110 section 9.3.8 allows TRACE no content; no gateway sends it."""
    entry = entry_of("TRACE", THING, "application/json")
    assert entry.operation.request_body is None
    with pytest.raises(MethodRefused, match="TRACE"):
        build_request(entry, RequestModel())
