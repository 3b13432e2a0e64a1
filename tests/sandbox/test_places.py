"""What a path says that a thing belongs to, by a variable that is called as the thing's own key is."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.sandbox.places import owners_of
from tests.sandbox.clients import Client, compiled, value

SHOP = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /customers:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Customer'}}}}
      responses: {'201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Customer'}}}}}
  /customers/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: One, content: {application/json: {schema: {$ref: '#/components/schemas/Customer'}}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Customer'}}}}
      responses: {'200': {description: Put, content: {application/json: {schema: {$ref: '#/components/schemas/Customer'}}}}}
  /customers/{id}/orders:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
  /orders:
    get:
      parameters:
        - {name: customer_id, in: query, schema: {type: string}}
        - {name: min_total, in: query, schema: {type: number}}
        - {name: created_before, in: query, schema: {type: string, format: date}}
      responses: {'200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}
  /orders/{order_id}:
    parameters: [{name: order_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: One, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}}
components:
  schemas:
    Customer:
      type: object
      properties:
        id: {type: string}
        name: {type: string}
        status: {type: string, enum: [active, blocked], default: active}
    Order:
      type: object
      required: [lines]
      properties:
        id: {type: string, readOnly: true, examples: [ord_73hd7]}
        customer_id: {type: string}
        total: {type: number, readOnly: true}
        created_at: {type: string, format: date-time, readOnly: true}
        lines:
          type: array
          items:
            type: object
            required: [quantity, unit_price]
            properties: {quantity: {type: integer}, unit_price: {type: number}, line_total: {type: number, readOnly: true}}
"""  # noqa: E501 - a description to read


@pytest.fixture
def shop(tmp_path: Path) -> Client:
    return Client(compiled(SHOP), tmp_path / "state.sqlite")


@pytest.mark.parametrize(
    ("path", "scope", "owners"),
    [
        ("/customers/{id}/orders", {"id": "c"}, {("customer", "id"): "c"}),
        ("/repos/{owner}/{repo}/issues", {"owner": "a", "repo": "b"}, {("owner",): "a", ("repo",): "b"}),
        ("/users/{userId}/posts", {"userId": "u"}, {("user", "id"): "u"}),
        ("/things", {}, {}),
    ],
)  # fmt: skip
def test_what_a_path_says_of_its_things(path: str, scope: dict[str, str], owners: dict[tuple[str, ...], str]) -> None:
    found = owners_of(tuple(path.strip("/").split("/")), scope)
    assert found == owners


def test_what_is_made_below_another_has_a_key_of_its_own_and_is_everywhere(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"name": "Ada"}))
    below = f"/customers/{customer['id']}/orders"
    made = [value(shop("POST", below, {"lines": [{"quantity": n, "unit_price": 9.5}]})) for n in (1, 2, 3)]
    assert len({one["id"] for one in made} | {customer["id"]}) == 4
    assert [one["customer_id"] for one in made] == [customer["id"]] * 3
    assert value(shop("GET", below)) == value(shop("GET", "/orders")) == made
    assert value(shop("GET", f"/orders/{made[1]['id']}")) == made[1]
    assert value(shop("GET", "/orders?min_total=15")) == made[1:]
    assert value(shop("GET", "/orders?customer_id=nobody")) == []
    assert value(shop("GET", "/orders?created_before=2000-01-01")) == []


def test_what_has_no_parent_says_which(shop: Client) -> None:
    shop("POST", "/customers", {"name": "Ada"})
    refused = shop("GET", "/customers/nobody/orders")
    assert (refused.status, value(refused)["detail"]) == (404, "path/id names no customer that exists.")


def test_what_is_put_has_its_defaults_and_keeps_the_descriptions_order(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"name": "Ada", "status": "blocked"}))
    after = value(shop("PUT", f"/customers/{customer['id']}", {"name": "Grace"}))
    assert list(after.items()) == [("id", customer["id"]), ("name", "Grace"), ("status", "active")]


def test_amounts_of_made_up_things_are_those_of_their_items(shop: Client) -> None:
    for one in value(shop("GET", "/orders")):
        costs = [round(line["quantity"] * line["unit_price"], 2) for line in one["lines"]]
        assert [line["line_total"] for line in one["lines"]] == costs
        assert one["total"] == pytest.approx(sum(costs))


ADDRESSES = """
openapi: 3.1.0
info: {title: Addresses, version: '1'}
paths:
  /things/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get:
      operationId: read
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                required: [name, url]
                properties: {name: {type: string}, url: {type: string, format: uri, maxLength: 300}}
              example: {name: first-one, url: 'https://api.example.com/things/first-one'}
"""


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("other", "https://api.example.com/things/other"),
        ("a%20%22%C3%A9%2F", "https://api.example.com/things/a%20%22%C3%A9%2F"),
        ("k" * 400, "https://api.example.com/things/first-one"),  # an address of its own would be longer than it may be
    ],
)
def test_an_address_that_names_a_thing_is_one(state: Path, name: str, url: str) -> None:
    client = Client(compiled(ADDRESSES), state)
    assert value(client("GET", f"/things/{name}"))["url"] == url
