"""Values become bytes of their media type."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from playground.catalog.model import MediaType
from playground.sandbox.write import write, write_described
from playground.values.files import SVG, archive, jpeg, png
from playground.values.shapes import Shapes


def written(value: Any, name: str, *, described: bool = False) -> tuple[str, bytes]:
    return write(value, name, True, {}, described=described)


@pytest.mark.parametrize(
    "name", ["application/json", "application/hal+json; v=1", "*/*", "application/*", "rubbish", ""]
)
def test_json_is_indented(name: str) -> None:
    content_type, body = written({"a": [1, "ü"]}, name)
    assert body.decode() == '{\n  "a": [\n    1,\n    "ü"\n  ]\n}'
    assert content_type == (name if "json" in name else "application/json")


@pytest.mark.parametrize(
    ("value", "name", "content_type", "text"),
    [
        ("plain", "text/plain", "text/plain; charset=utf-8", "plain"),
        ("plain", "text/plain; charset=latin1", "text/plain; charset=latin1", "plain"),
        ("plain", "text/*", "text/plain; charset=utf-8", "plain"),
        ({"a": 1}, "text/plain", "text/plain; charset=utf-8", '{\n  "a": 1\n}'),
        ([{"a": 1, "b": "x,y"}, {"a": 2}], "text/csv", "text/csv; charset=utf-8", 'a,b\n1,"x,y"\n2,\n'),
        ([[1, 2], 3], "text/csv", "text/csv; charset=utf-8", "1,2\n3\n"),
        ([{"a": 1}, 2], "application/x-ndjson", "application/x-ndjson; charset=utf-8", '{"a":1}\n2\n'),
        ({"a": 1}, "text/event-stream", "text/event-stream; charset=utf-8", 'data: {"a":1}\n\n'),
        (
            {"a b": "c&d"},
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-8",
            "a+b=c%26d",
        ),
    ],
)
def test_text_forms(value: Any, name: str, content_type: str, text: str) -> None:
    assert written(value, name) == (content_type, text.encode())


def test_xml_is_well_formed_whatever_the_names() -> None:
    for value, texts in (({"a": ["1", "<2>"]}, ["1", "<2>"]), ({"not a name": "\x00"}, [])):
        root = ElementTree.fromstring(written(value, "application/xml")[1])  # noqa: S314 - our own text
        assert [element.text for element in root] == texts


@pytest.mark.parametrize(
    ("name", "content_type", "body"),
    [
        ("image/png", "image/png", png()),
        ("image/*", "image/png", png()),
        ("image/jpeg", "image/jpeg", jpeg()),
        ("image/webp", "image/png", png()),
        ("application/zip", "application/zip", archive()),
        ("image/svg+xml", "image/svg+xml; charset=utf-8", SVG.encode()),
    ],
)
def test_files(name: str, content_type: str, body: bytes) -> None:
    assert written("string", name) == (content_type, body)


def test_unknown_binary_is_some_bytes_and_a_described_example_is_kept() -> None:
    assert written("string", "application/octet-stream")[1]
    assert written("%PDF-1.4", "application/pdf", described=True) == ("application/pdf", b"%PDF-1.4")


def test_lone_surrogates_do_not_break_an_answer() -> None:
    assert json.loads(written("\ud800", "application/json")[1]) == "\ud800"
    assert written("\ud800", "text/plain")[1] == b"?"


def test_what_is_only_written_is_in_no_answer_however_deep() -> None:
    inner = {"type": "object", "properties": {"open": {"type": "string"}, "secret": {"writeOnly": True}}}
    schema = {"additionalProperties": {"type": "array", "items": {"oneOf": [{"type": "integer"}, inner]}}}
    value = {"k": [1, {"open": "a", "secret": "canary"}]}
    for name in ("application/json", "application/xml", "text/event-stream", "application/x-www-form-urlencoded"):
        _, body = write_described(value, MediaType(name=name, schema=schema), Shapes({}))
        assert b"canary" not in body
        assert b"open" in body
