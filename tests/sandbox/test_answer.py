"""Every described operation gets an answer that fits its description, and shows what was sent."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pytest

from playground.catalog.model import Catalog, Entry, Operation
from playground.mediatypes import is_json
from playground.messages import HTTPResponse
from playground.request.build import build_request
from playground.request.model import RequestModel, Value
from playground.sandbox.answer import answer
from playground.schema.sample import sample
from tests.sandbox.entries import (
    ask,
    bundled_catalog,
    catalog_of,
    entry_of,
    made,
    media,
    misfits,
    response,
)
from tests.support.needs import need_spec

STRIPE, TOUR = bundled_catalog("stripe"), bundled_catalog("tour")
EVERY = [(catalog, operation) for catalog in (STRIPE, TOUR) for operation in catalog.operations]
every_operation = pytest.mark.parametrize(
    ("catalog", "operation"), EVERY, ids=[f"{catalog.provider.name}-{operation.name}" for catalog, operation in EVERY]
)


def content_problems(entry: Entry, got: HTTPResponse) -> list[str]:
    """Check an answer against the described response it has the status of."""
    described = {one.status.upper(): one for one in entry.operation.responses}
    status = str(got.status)
    one = described.get(status) or described.get(f"{status[0]}XX") or described.get("DEFAULT")
    assert one is not None, f"{status} is not described"
    if not one.media_types or entry.operation.method == "HEAD":
        return [] if got.body == b"" else ["content where none is described"]
    media_type = next(kind for kind in one.media_types if kind.name.partition(";")[0] == got.media_type)
    if not is_json(media_type.name):
        return [] if got.body else ["no content"]
    return misfits(json.loads(got.body), media_type.schema, entry.definitions)


def typed_in(entry: Entry) -> RequestModel:
    """Fill every parameter and the body with an example, as a visitor might."""
    parameters: dict[Any, dict[str, Any]] = {}
    for parameter in entry.operation.parameters:
        parameters.setdefault(parameter.location, {})[parameter.name] = sample(
            parameter.schema, entry.definitions, writing=True
        )
    body = entry.operation.request_body
    if body is None:
        return RequestModel(parameters=parameters)
    value = sample(body.media_types[0].schema, entry.definitions, writing=True)
    return RequestModel(parameters=parameters, body=value)


@every_operation
def test_answer_fits_the_description(catalog: Catalog, operation: Operation) -> None:
    entry = entry_of(catalog, operation.name)
    got = ask(entry)
    assert got.origin == "sandbox"
    assert got.duration_ms >= 0
    assert content_problems(entry, got) == []


@every_operation
def test_answer_still_fits_when_everything_is_filled_in(catalog: Catalog, operation: Operation) -> None:
    entry = entry_of(catalog, operation.name)
    assert content_problems(entry, ask(entry, typed_in(entry))) == []


@every_operation
def test_same_request_has_the_same_answer(catalog: Catalog, operation: Operation) -> None:
    entry = entry_of(catalog, operation.name)
    one, other = ask(entry, typed_in(entry)), ask(entry, typed_in(entry))
    assert (one.status, one.headers, one.body) == (other.status, other.headers, other.body)
    assert "Date" not in one.headers


def test_update_of_a_session_shows_the_id_and_metadata_that_were_typed() -> None:
    model = RequestModel(parameters={"path": {"session": "cs_1"}}, body={"metadata": {"k": "v"}})
    got = ask(entry_of(STRIPE, "postcheckoutsessionssession"), model)
    shown = json.loads(got.body)
    assert (got.status, got.reason) == (200, "OK")
    assert shown["id"] == "cs_1"
    assert shown["metadata"] == {"k": "v"}
    assert shown["object"] == "checkout.session"


@every_operation
def test_a_request_as_it_would_be_sent_is_answered(catalog: Catalog, operation: Operation) -> None:
    entry = entry_of(catalog, operation.name)
    model = typed_in(entry)
    request = build_request(entry, model)
    got = answer(entry, request, model)
    assert content_problems(entry, got) == []
    accepted = request.headers.get("Accept")
    assert got.media_type in ("", accepted, "application/problem+json") or accepted == "*/*"


def test_values_of_another_shape_are_not_shown() -> None:
    body: Value = {"line_items": [{"price": "price_1", "quantity": 2}], "metadata": {"k": "v"}, "currency": "eur"}
    entry = entry_of(STRIPE, "postcheckoutsessions")
    shown = json.loads(ask(entry, RequestModel(body=body)).body)
    assert "line_items" not in shown, "a request's items are not the response's list of items"
    assert shown["currency"] == "eur"
    assert shown["metadata"] == {"k": "v"}


def test_a_deleted_customer_is_the_one_that_was_named() -> None:
    model = RequestModel(parameters={"path": {"customer": "cus_7"}})
    got = ask(entry_of(STRIPE, "deletecustomerscustomer"), model)
    assert json.loads(got.body) == {"id": "cus_7", "object": "customer", "deleted": True}


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [("resource_missing", 404, "ID"), ("card_declined", 402, "declined"), ("api_key_invalid", 401, "key")],
)
def test_prefer_chooses_status_and_example(name: str, code: int, message: str) -> None:
    got = ask(entry_of(STRIPE, "postpaymentintents"), prefer=f"code={code}, example={name}")
    assert got.status == code
    assert message in json.loads(got.body)["error"]["message"]


def test_an_error_keeps_its_own_values() -> None:
    entry = entry_of(TOUR, "bodymergepatch")
    model = RequestModel(parameters={"path": {"id": "b-9"}}, body={"title": "mine"})
    assert json.loads(ask(entry, model).body)["title"] == "mine"
    assert json.loads(ask(entry, model, prefer="code=404").body)["title"] == "Not found"


def test_a_status_that_is_not_described_is_said_to_be_so() -> None:
    got = ask(made(response("200", media())), prefer="code=418")
    assert (got.status, got.media_type) == (418, "application/problem+json")
    assert "no response 418" in json.loads(got.body)["detail"]


def test_no_content_has_no_content_type() -> None:
    got = ask(made(response("204", media(schema={"type": "string"}))))
    assert (got.status, got.body, got.headers.get("Content-Type")) == (204, b"", None)


def test_head_has_the_header_of_get_and_no_content() -> None:
    got = ask(made(response("200", media(schema={"type": "object"})), method="HEAD"))
    assert got.body == b""
    assert got.media_type == "application/json"


def test_described_headers_are_sent_if_http_allows_them() -> None:
    schemas: dict[str, Any] = {
        "X-Total": {"type": "integer", "examples": [42]},
        "X-Tags": {"type": "array", "items": {"type": "string"}, "examples": [["a", "b"]]},
        "Content-Length": {"type": "integer", "examples": [9]},
        "X-Split": {"type": "string", "examples": ["a\r\nSet-Cookie: b=c"]},
        "not a name": {"type": "string"},
    }
    got = ask(made(response("200", media(), headers=schemas)))
    assert [pair for pair in got.headers if pair[0] != "Content-Type"] == [("X-Total", "42"), ("X-Tags", "a,b")]


def test_picture_is_a_real_one() -> None:
    body = ask(entry_of(TOUR, "answerimage")).body
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    offset, pixels, kinds = 8, b"", []
    while offset < len(body):
        length, kind = struct.unpack(">I4s", body[offset : offset + 8])
        data = body[offset + 8 : offset + 8 + length]
        assert struct.unpack(">I", body[offset + 8 + length : offset + 12 + length])[0] == zlib.crc32(kind + data)
        kinds.append(kind)
        pixels += data if kind == b"IDAT" else b""
        offset += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    assert len(zlib.decompress(pixels)) == 8 * (1 + 8 * 3)


def endless() -> dict[str, Any]:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(3000):
        deep = {"type": "object", "properties": {"a": deep}, "required": ["a"]}
    return deep


HOSTILE: dict[str, tuple[Any, dict[str, Any]]] = {
    "nothing fits": (False, {}),
    "unknown reference": ({"$ref": "#/$defs/nowhere"}, {}),
    "reference to itself": ({"$ref": "#/$defs/a"}, {"a": {"$ref": "#/$defs/a"}}),
    "requires itself": (
        {"$ref": "#/$defs/a"},
        {"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/a"}}}},
    ),
    "chooses itself": ({"$ref": "#/$defs/a"}, {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}),
    "joins itself": ({"$ref": "#/$defs/a"}, {"a": {"allOf": [{"$ref": "#/$defs/a"}, {"type": "object"}]}}),
    "no such type": ({"type": "banana"}, {}),
    "types that are no types": ({"type": [1, None, {"a": 1}]}, {}),
    "keywords of wrong kinds": ({"type": "object", "properties": [], "required": 7, "enum": "x"}, {}),
    "impossible limits": ({"type": "string", "minLength": 10**9, "maxLength": 1}, {}),
    "impossible number": ({"type": "integer", "minimum": 1e308, "maximum": -1e308}, {}),
    "endless pattern": ({"type": "string", "pattern": "^(a+)+$(b{1000000}){1000000}"}, {}),
    "huge list": ({"type": "array", "minItems": 10**9, "items": {"type": "array", "minItems": 10**9}}, {}),
    "not a number": ({"type": "number", "examples": [float("nan")]}, {}),
    "deep": (endless(), {}),
    "wide": ({"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(20_000)}}, {}),
    "many choices": (
        {"$ref": "#/$defs/a0"},
        {f"a{n}": {"anyOf": [{"$ref": f"#/$defs/a{n + 1}"}, {"$ref": f"#/$defs/a{n + 1}"}]} for n in range(40)},
    ),
}


@pytest.mark.cpu(20)
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "kind", ["application/json", "application/xml", "text/csv", "application/x-ndjson", "*/*", "\r\n"]
)
def test_hostile_schema_still_gets_an_answer(name: str, kind: str) -> None:
    schema, definitions = HOSTILE[name]
    body: Value = {"a": {"a": "b"}, "p1": "sent", "": ""}
    entry = made(response("200", media(kind, schema)), definitions=definitions, path="/x/{a}")
    got = ask(entry, RequestModel(parameters={"path": {"a": "1"}}, body=body))
    assert got.status == 200
    assert "\n" not in (got.headers.get("Content-Type") or "")
    if got.media_type == "application/json":
        json.loads(got.body)


class Unreadable(Mapping[str, Any]):
    """Definitions whose store has gone away."""

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError("gone")

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("gone")

    def __len__(self) -> int:
        return 1


def test_definitions_that_cannot_be_read_give_an_empty_object() -> None:
    entry = made(response("200", media(schema={"$ref": "#/$defs/a"}, one={"id": 1})), definitions=Unreadable())
    got = ask(entry, RequestModel(parameters={"query": {"id": "2"}}))
    assert (got.status, got.media_type, got.body) == (200, "application/json", b"{}")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stripe.json", "openai.com.json", "slack.com.json", "httpbin.org.json"])
def test_real_descriptions_are_answered(name: str) -> None:
    catalog = catalog_of(need_spec(name), "real")
    for operation in islice(catalog.operations, 0, None, 3):
        entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        assert ask(entry, typed_in(entry)).status < 400, operation.key
