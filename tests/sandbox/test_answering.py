"""Which status answers, and in what: only what is described where that was asked for, the rest as HTTP has it."""

from __future__ import annotations

import json
import struct
import zlib
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from playground.catalog.model import Catalog, Entry, Operation
from playground.mediatypes import is_json
from playground.messages import HTTPResponse
from playground.request.build import build_request
from playground.request.model import RequestModel, Value
from playground.sandbox import answering
from playground.sandbox.acting import handle
from playground.sandbox.answering import answer
from playground.sandbox.asked import Outcome
from playground.sandbox.memory import Memory
from playground.schema.sample import sample
from playground.store.turns import Turns
from tests.sandbox.clients import Client, compiled, value
from tests.sandbox.entries import ask, bundled_catalog, catalog_of, entry_of, made, media, misfits, response
from tests.support.needs import need_spec

SERVED = """
openapi: 3.1.0
info: {title: Shelves, version: '1'}
paths:
  /shelves:
    get:
      parameters: [{name: room, in: query, schema: {type: string}}]
      responses:
        '200':
          description: All of them
          content:
            application/json:
              schema:
                oneOf:
                  - {$ref: '#/components/schemas/Page'}
                  - type: object
                    properties: {kind: {const: other}, found: {type: array, items: {type: string}}}
        '406': {description: Neither, content: {text/plain: {schema: {type: string}}}}
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
      responses:
        '201':
          description: Made
          content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
  /shelves/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        '200':
          description: One
          content: {application/json: {schema: {$ref: '#/components/schemas/Shelf'}}}
        '304': {description: The same as before}
    delete: {responses: {'204': {description: Gone}}}
  /shelves/{id}/plan:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      requestBody: {content: {image/png: {schema: {type: string, format: binary}}}}
      responses: {'204': {description: Kept}}
    get:
      responses:
        '200':
          description: About the file
          content:
            application/json:
              schema:
                type: object
                required: [size, kind]
                properties: {size: {type: integer}, kind: {type: string}, content_type: {type: string}}
components:
  schemas:
    Page:
      type: object
      required: [shelves, total]
      properties:
        kind: {const: page}
        total: {type: integer}
        shelves: {type: array, items: {$ref: '#/components/schemas/Shelf'}}
    Shelf:
      type: object
      required: [name]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, minLength: 2}
        parent: {type: [string, 'null'], default: null}
        room: {type: string, description: 'Where it is: `hall`, `kitchen`, or `attic`.'}
        self: {type: string, description: The address of the shelf}
"""


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(compiled(SERVED), tmp_path / "state.sqlite")


def test_a_refusal_that_nothing_describes_is_a_problem_document(client: Client) -> None:
    answer = client("POST", "/shelves", {"name": "x"})
    assert (answer.status, answer.headers.get("Content-Type")) == (400, "application/problem+json")
    assert value(answer)["detail"].startswith("body/name")


@pytest.mark.parametrize(("body", "status"), [({"name": "x"}, 201), ({}, 201), ({"name": "Oak"}, 201)])
def test_who_takes_only_what_is_described_is_refused_with_nothing_else(client: Client, body: Any, status: int) -> None:
    answer = client("POST", "/shelves", body, Prefer="handling=lenient")
    assert (answer.status, answer.headers.get("Content-Type")) == (status, "application/json")
    assert len(value(answer)["name"]) >= 2


def test_what_is_gone_is_answered_as_described_to_who_takes_nothing_else(client: Client) -> None:
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert client("DELETE", f"/shelves/{made['id']}").status == 204
    assert client("GET", f"/shelves/{made['id']}").status == 404
    assert client("GET", f"/shelves/{made['id']}", Prefer="handling=lenient").status == 200


def test_a_media_type_that_is_not_accepted_is_refused_where_that_is_described(client: Client) -> None:
    refused = client("GET", "/shelves", Accept="application/xml;q=0.9, application/json;q=0")
    assert (refused.status, refused.headers.get("Content-Type")) == (406, "text/plain; charset=utf-8")
    assert refused.body == b"header/Accept takes none of application/json."
    assert client("GET", "/shelves", Accept="text/html, */*;q=0.1").status == 200
    assert client("GET", "/shelves/s1", Accept="application/xml").status == 200  # 406 is not described there


def test_a_list_in_one_of_several_envelopes_is_listed(client: Client) -> None:
    before = value(client("GET", "/shelves?room=hall"))
    assert before["total"] == len(before["shelves"]) > 1
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert value(client("GET", "/shelves"))["shelves"] == [made]


def test_what_is_made_up_is_what_its_description_says(client: Client) -> None:
    one, other = (value(client("GET", f"/shelves/{key}")) for key in ("first-shelf", "other-shelf"))
    assert one == value(client("GET", "/shelves/first-shelf"))
    assert (one["id"], other["id"]) == ("first-shelf", "other-shelf")
    assert one["parent"] is None
    assert one["room"] in ("hall", "kitchen", "attic")


def test_not_changed_is_said_where_it_is_described(client: Client) -> None:
    tag = client("GET", "/shelves/s1").headers.get("ETag")
    assert tag
    assert client("GET", "/shelves/s1", If_None_Match=tag).status == 304
    assert client("GET", "/shelves", If_None_Match="*").status == 200


def test_a_file_is_told_of_where_its_content_is_not_described(client: Client) -> None:
    made = value(client("POST", "/shelves", {"name": "Oak"}))
    assert client("PUT", f"/shelves/{made['id']}/plan", b"\x89PNG....", kind="image/png").status == 204
    told = client("GET", f"/shelves/{made['id']}/plan")
    assert told.headers.get("Content-Type") == "application/json"
    assert value(told)["size"] == 8


ANSWERED_ONCE = """
openapi: 3.1.0
info: {title: Words, version: '1'}
paths:
  /completions:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {prompt: {type: string}}}}}}
      responses:
        '200':
          description: What comes to mind
          content: {application/json: {schema: {$ref: '#/components/schemas/CreateCompletionResponse'}}}
components:
  schemas:
    CreateCompletionResponse:
      type: object
      required: [id, object, choices]
      properties:
        id: {type: string}
        object: {type: string}
        choices: {type: array, items: {type: object, properties: {text: {type: string}}}}
"""


def test_what_is_answered_once_has_the_lists_that_were_asked_for(tmp_path: Path) -> None:
    words = Client(compiled(ANSWERED_ONCE), tmp_path / "state.sqlite")
    answer = value(words("POST", "/completions", {"prompt": "Once"}))
    assert answer["choices"]
    assert answer["object"] == "completion"


def test_an_error_that_is_asked_for_says_what_errors_say(client: Client) -> None:
    answer = client("GET", "/shelves", Prefer="code=406")
    assert (answer.status, answer.body) == (406, b"header/Accept takes nothing that there is.")


def test_what_another_process_made_meanwhile_is_kept_as_well(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = Client(compiled(SERVED), state), Client(compiled(SERVED), state)
    state_of_other = other.sandbox.state
    assert state_of_other is not None
    state_of_other._turns = Turns()  # as it is where processes cannot wait for each other
    turns = iter((True, False))

    def interrupted(memory: Memory) -> Outcome | None:
        if memory.asked.request.method == "POST" and next(turns, False):
            assert other("POST", "/shelves", {"name": "other"}).status == 201
        return handle(memory)

    monkeypatch.setattr(answering, "handle", interrupted)
    made = client("POST", "/shelves", {"name": "own"})
    assert made.status == 201
    assert client("GET", f"/shelves/{value(made)['id']}").status == 200
    with client.sandbox.session("ada", "api", writing=False) as session:
        assert [record.version for record in session.records("/shelves")] == [1, 1]


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


@pytest.mark.slow
@pytest.mark.parametrize("name", ["stripe.json", "openai.com.json", "slack.com.json", "httpbin.org.json"])
def test_real_descriptions_are_answered(name: str) -> None:
    catalog = catalog_of(need_spec(name), "real")
    for operation in islice(catalog.operations, 0, None, 3):
        entry = Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        assert ask(entry, typed_in(entry)).status < 400, operation.key
