"""The sandbox judges as a strict server would, in the description's own words, and names the place."""

from __future__ import annotations

from typing import Any

import pytest

from playground.messages import HTTPResponse
from tests.sandbox.clients import Client, compiled, value, written
from tests.sandbox.entries import misfits

KEY = {"X-Key": "k"}
SKU = {"sku": "ABC-123", "quantity": 1}


@pytest.fixture
def shop() -> Client:
    return Client(written("shop"), headers=KEY)


def told(answer: HTTPResponse) -> tuple[int, str]:
    return answer.status, value(answer)["error"]["message"]


BODIES: list[tuple[Any, str]] = [
    ({}, "body/email is required."),
    ({"email": "nobody"}, "body/email is no email address, such as jane.doe@example.com."),
    ({"email": "a@example.com", "name": "x"}, "body/name is too short: it has 1 of at least 2 characters."),
    ({"email": "a@example.com", "name": 5}, "body/name is of the type integer, not string."),
    ({"email": "a@example.com", "kind": "cat"}, 'body/kind must be one of "person", "company".'),
    (
        {"email": "a@example.com", "colour": "red"},
        "body/colour is refused: The description names no property colour, and it allows no others.",
    ),
    (
        {"email": "a@example.com", "tags": ["a", "a"]},
        "body/tags is refused: Two items are the same; the description allows each only once.",
    ),
    ({"email": "a@example.com", "address": {"city": 5}}, "body/address/city is of the type integer, not string."),
    ([], "body is of the type array, not object."),
]


@pytest.mark.parametrize(("body", "sentence"), BODIES)
def test_a_body_that_is_wrong_is_refused_with_its_place(shop: Client, body: Any, sentence: str) -> None:
    answer = shop("POST", "/customers", body)
    assert told(answer) == (422, sentence)
    assert answer.headers.get("Playground-Reason") == sentence
    assert not misfits(value(answer), {"$ref": "#/$defs/Error"}, shop.catalog.definitions)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"quantity": 1}, "body/items/0/sku is required."),
        ({**SKU, "sku": "abc"}, "body/items/0/sku does not match the pattern ^[A-Z]{3}-[0-9]{3}$."),
        ({**SKU, "quantity": 0}, "body/items/0/quantity is outside the limits: at least 1."),
        ({**SKU, "unit_price": 1.005}, "body/items/0/unit_price is refused: "),
    ],
)
def test_places_inside_of_lists_are_named(shop: Client, item: dict[str, Any], sentence: str) -> None:
    status, message = told(shop("POST", "/customers/cus_1/orders", {"items": [item]}))
    assert status == 400
    assert message.startswith(sentence.removesuffix("is refused: "))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("limit=0", "query/limit is outside the limits: 1 to 50."),
        ("limit=many", "query/limit is of the type string, not integer."),
        ("limit=1&limit=2", "query/limit is given more than once, and takes one value."),
        ("email=x", "query/email is no email address, such as jane.doe@example.com."),
    ],
)
def test_parameters_are_judged(shop: Client, query: str, sentence: str) -> None:
    assert told(shop("GET", f"/customers?{query}")) == (400, sentence)


def test_content_of_another_kind_is_refused(shop: Client) -> None:
    answer = shop("POST", "/customers", b"email=a", kind="application/x-www-form-urlencoded")
    assert answer.status == 422, "the description has no 415"
    assert "application/json" in value(answer)["error"]["message"]
    broken = shop("POST", "/customers", b"{", kind="application/json")
    assert broken.status == 422
    assert value(broken)["error"]["message"].startswith("body cannot be read: ")
    assert told(shop("POST", "/customers", None)) == (422, "body is required.")
    packed = shop("POST", "/customers", b"x", kind="application/json", Content_Encoding="gzip")
    assert "is encoded as gzip" in value(packed)["error"]["message"]


def test_what_is_only_read_may_be_missing_in_a_request(shop: Client) -> None:
    answer = shop("PUT", "/settings", {"theme": "dark"})
    assert answer.status == 200


CREDENTIALS: list[tuple[dict[str, str], str]] = [
    ({}, "credentials are missing: send the key X-Key in the header."),
    ({"Authorization": "Basic YTpi"}, "credentials are missing: send the key X-Key in the header."),
    ({"X-Key": ""}, "credentials are missing: send the key X-Key in the header."),
    ({"Authorization": "Bearer"}, "credentials are missing: send the key X-Key in the header."),
]


@pytest.mark.parametrize(("headers", "sentence"), CREDENTIALS)
def test_credentials_have_to_be_there_and_of_the_right_kind(headers: dict[str, str], sentence: str) -> None:
    answer = Client(written("shop"), headers=headers)("GET", "/customers", lenient=False)
    assert told(answer) == (401, sentence)
    assert "Bearer" in (answer.headers.get("WWW-Authenticate") or "")


@pytest.mark.parametrize("headers", [{"X-Key": "anything"}, {"Authorization": "bearer anything"}])
def test_any_credential_of_the_right_kind_will_do(headers: dict[str, str]) -> None:
    assert Client(written("shop"), headers=headers)("GET", "/customers", lenient=False).status == 200


def test_basic_needs_a_name_and_a_password() -> None:
    def ask(text: str) -> int:
        return Client(written("shop"), headers={"Authorization": text})("GET", "/invoices", lenient=False).status

    assert [ask(text) for text in ("Basic YTpi", "Basic ***", "Basic YWI=", "Bearer x")] == [200, 401, 401, 401]


def test_in_process_no_credential_at_all_will_do_but_no_wrong_one() -> None:
    assert Client(written("shop"))("GET", "/customers").status == 200
    assert Client(written("shop"), headers={"Authorization": "Digest x"})("GET", "/customers").status == 401
    assert Client(written("shop"))("GET", "/settings", lenient=False).status == 200


def test_validation_can_be_put_off(shop: Client) -> None:
    answer = shop("POST", "/customers", {"colour": "red"}, Prefer="validation=off")
    assert answer.status == 201
    assert not misfits(value(answer), {"$ref": "#/$defs/Customer"}, shop.catalog.definitions)
    assert shop("GET", "/customers?limit=0", Prefer="validation=off").status == 200


UNIONS = """
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pay:
    post:
      operationId: pay
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [method]
              properties:
                method:
                  oneOf:
                    - type: object
                      required: [type, number]
                      properties: {type: {enum: [card]}, number: {type: string, minLength: 12}}
                    - type: object
                      required: [type, iban]
                      properties: {type: {enum: [bank]}, iban: {type: string}}
                amount: {anyOf: [{type: integer}, {type: string, pattern: '^(a+)+$'}]}
      responses: {'201': {description: made}}
"""


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"method": {"type": "card", "number": "1"}}, "body/method/number is too short: it has 1 of at least 12 …"),
        ({"method": {"type": "bank"}}, "body/method/iban is required."),
        ({"method": 5}, "body/method fits none of the kinds …"),
        ({"method": {"type": "bank", "iban": "x"}, "amount": 1.5}, "body/amount fits none of the kinds …"),
        ({"method": {"type": "bank", "iban": "x"}, "amount": "b"}, "body/amount does not match the pattern ^(a+)+$."),
    ],
)  # fmt: skip
def test_of_alternatives_the_nearest_says_what_is_wrong(body: Any, detail: str) -> None:
    from tests.sandbox.clients import compiled

    answer = Client(compiled(UNIONS))("POST", "/pay", body)
    assert answer.status == 400
    assert answer.headers.get("Content-Type") == "application/problem+json"
    assert value(answer)["detail"].startswith(detail.removesuffix("…"))


def test_an_empty_text_is_judged_unless_it_may_be_empty(shop: Client) -> None:
    assert told(shop("GET", "/customers?email=")) == (
        400, "query/email is no email address, such as jane.doe@example.com.",
    )  # fmt: skip
    assert shop("GET", "/customers?q=").status == 200


FORMS = """
openapi: 3.0.3
info: {title: Forms, version: '1'}
paths:
  /cards:
    post:
      operationId: pay
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              additionalProperties: false
              properties:
                card:
                  anyOf:
                    - {type: object, required: [number], properties: {number: {type: string}}}
                    - {type: string, maxLength: 12}
                tags:
                  anyOf: [{type: array, items: {type: object, required: [a]}}, {type: string, enum: ['']}]
                settings:
                  type: object
                  properties:
                    fields:
                      anyOf: [{type: array, items: {type: object, required: [a]}}, {type: string, enum: ['']}]
                shipping:
                  type: object
                  required: [name, address]
                  properties:
                    name: {type: string}
                    address: {type: object, properties: {city: {type: string}}}
            encoding: {card: {style: deepObject, explode: true}, shipping: {style: deepObject, explode: true}}
      responses: {'200': {description: ok}, '400': {description: wrong}}
  /loose:
    put:
      operationId: loose
      requestBody: {content: {'*/*': {schema: {type: object, properties: {a: {type: integer}}}}}}
      responses: {'200': {description: ok}, '400': {description: wrong}}
"""


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("card=tok_visa", 200),
        ("card=0001", 200),
        ("card[number]=42", 200),
        ("settings[fields]=", 200),
        ("settings[fields]=x", 400),
        ("settings[fields][0][a]=x", 200),
        ("tags=", 200),
        ("card[name]=42", 400),
        ("card=tok_visa_and_more", 400),
        ("shipping[name]=Ada", 200),  # an object with nothing in it cannot be written in a form
        ("shipping[address][city]=Paris", 400),
    ],
)
def test_what_a_form_can_say_is_understood(body: str, status: int) -> None:
    assert Client(compiled(FORMS))("POST", "/cards", body).status == status


@pytest.mark.parametrize(("body", "status"), [(b'{"a": 1}', 200), (b'{"a": "x"}', 400), (b"0", 400), (b"a: 1", 400)])
@pytest.mark.parametrize("kind", ["*/*", "text/plain", "text/csv", "image/png"])
def test_content_of_any_media_type_is_json_where_it_has_to_be_an_object(body: bytes, status: int, kind: str) -> None:
    assert Client(compiled(FORMS))("PUT", "/loose", body, kind=kind).status == status


@pytest.mark.parametrize(("kind", "body", "status"), [
    ("application/json", b'"AAA"', 400), ("application/json", b"a: 1", 400), ("application/yaml", b"a: 1", 200),
    ("text/yml", b'{"a": 1}', 200), ("application/apply-patch+yaml", b"a: x", 400), ("application/yaml", b"a: [", 400),
    ("application/yaml", b"AAA", 400), ("text/plain", b'"AAA"', 400), ("application/yaml", b"version: 1.10", 200),
])  # fmt: skip
def test_content_of_any_media_type_is_read_as_what_it_says_it_is(kind: str, body: bytes, status: int) -> None:
    assert Client(compiled(FORMS))("PUT", "/loose", body, kind=kind).status == status
