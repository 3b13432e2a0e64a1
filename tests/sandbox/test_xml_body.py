"""XML bodies mean what they would be written from, and what could make much of little is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from playground.request.bodies.xml import xml_text
from playground.sandbox.wire import spelled
from playground.sandbox.xml_body import XMLBodyError, read_xml
from playground.values.shapes import Shapes
from tests.sandbox.clients import Client, compiled, value

SCHEMA: dict[str, Any] = {
    "type": "object",
    "xml": {"name": "order", "prefix": "o", "namespace": "urn:orders"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "paid": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string", "xml": {"name": "tag"}}, "xml": {"wrapped": True}},
        "lines": {
            "type": "array",
            "items": {"type": "object", "properties": {"sku": {"type": "string"}, "count": {"type": "integer"}}},
        },
        "buyer": {"type": "object", "xml": {"name": "Customer"}, "properties": {"name": {"type": "string"}}},
    },
}
ORDER: Any = {
    "id": 7,
    "paid": True,
    "tags": ["a", "b"],
    "lines": [{"sku": "X", "count": 2}],
    "buyer": {"name": "A & B"},
}
SERVED = """
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
  /orders:
    post:
      requestBody: {required: true, content: {application/xml: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses:
        '201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
        '400': {description: Wrong, content: {text/plain: {schema: {type: string}}}}
components:
  schemas:
    Order:
      type: object
      required: [name]
      properties: {id: {type: integer, readOnly: true}, name: {type: string}, quantity: {type: integer, minimum: 1}}
"""


def read(text: str, schema: Any = True) -> Any:
    shape = Shapes({}).of(schema)
    return spelled(read_xml(text, shape), shape)


def test_what_is_written_is_read() -> None:
    assert read(xml_text(ORDER, SCHEMA, {}), SCHEMA) == ORDER


def test_a_wrapped_root_and_what_nothing_describes() -> None:
    wrapped = {
        "type": "object",
        "properties": {"Config": {"type": "object", "properties": {"Zone": {"type": "string"}}}},
    }
    assert read("<Config xmlns='urn:x'><Zone>eu</Zone></Config>", wrapped) == {"Config": {"Zone": "eu"}}
    assert read("<order><more><a>1</a></more><x>1</x><x>2</x></order>", SCHEMA) == {"more": {"a": "1"}, "x": ["1", "2"]}


def test_lists_whose_items_are_called_alike_are_told_apart() -> None:
    item = {"xml": {"name": "item"}}
    names = {"type": "array", "items": {"type": "string", **item}}
    tags = {"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}}, **item}}
    schema = {"type": "object", "properties": {"names": names, "tags": tags}}
    sent: Any = {"names": ["a", "b"], "tags": [{"key": "k"}]}
    assert read(xml_text(sent, schema, {}), schema) == sent


@pytest.mark.parametrize(
    "text",
    [
        "<order>", "", "plain", "<a/><b/>", "<order>" * 100 + "</order>" * 100,
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><order>&b;</order>',
        '<!doctype x SYSTEM "file:///etc/passwd"><order/>',
    ],
)  # fmt: skip
def test_what_is_no_xml_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(XMLBodyError):
        read(text, {"type": "object", "properties": {"order": {"$ref": "#"}, "a": {"type": "string"}}})


def test_what_was_sent_is_judged_and_kept(tmp_path: Path) -> None:
    orders = Client(compiled(SERVED), tmp_path / "state.sqlite")
    made = orders("POST", "/orders", "<Order><name>Mug</name><quantity>2</quantity></Order>", kind="application/xml")
    assert (made.status, value(made)["name"], value(made)["quantity"]) == (201, "Mug", 2)
    wrong = orders("POST", "/orders", "<Order><quantity>0</quantity></Order>", kind="application/xml")
    assert (wrong.status, wrong.body) == (400, b"body/quantity is outside the limits: at least 1.")
    assert orders("POST", "/orders", "<Order>", kind="application/xml").status == 400
