from __future__ import annotations

from typing import Any

import pytest

from playground.answers.uses import Use, query_words, stems_of, uses_of, words
from playground.catalog.model import Entry
from playground.openapi.compile import compile_document
from tests.support.pages import document


def parameter(name: str, location: str = "query", **schema: Any) -> dict[str, Any]:
    schema.setdefault("type", "string")
    return {"name": name, "in": location, "schema": schema, "required": location == "path"}


def body(**properties: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}


PATHS: dict[str, Any] = {
    "/customers": {
        "get": {"operationId": "listCustomers", "parameters": [parameter("email", format="email")]},
        "post": {"operationId": "createCustomer", "requestBody": body(email={"type": "string"})},
    },
    "/customers/{customer}": {
        "get": {"operationId": "getCustomer", "parameters": [parameter("customer", "path")]},
        "delete": {"operationId": "deleteCustomer", "parameters": [parameter("customer", "path")]},
    },
    "/orders/{id}": {"get": {"operationId": "getOrder", "parameters": [parameter("id", "path", type="integer")]}},
    "/charges": {
        "get": {"operationId": "listCharges", "parameters": [parameter("customer")]},
        "post": {
            "operationId": "createCharge",
            "requestBody": body(
                customer={"type": "string"}, amount={"type": "integer"}, api_key={"type": "string"},
                order_id={"type": "string", "readOnly": True}, order={"type": "integer"},
            ),
        },
    },
    "/old/{customer_id}": {
        "get": {"operationId": "old", "deprecated": True, "parameters": [parameter("customer_id", "path")]}
    },
    "/payment_intents/{intent}": {"get": {"operationId": "intent", "parameters": [parameter("intent", "path")]}},
    "/states": {"get": {"operationId": "byState", "parameters": [parameter("status", enum=["open", "closed"])]}},
    "/keys": {"get": {"operationId": "keys", "parameters": [parameter("api_key")]}},
}  # fmt: skip


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    catalog = compile_document(document(PATHS), name="shop").catalog
    return [
        Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
        for operation in catalog.operations
    ]


def told(uses: list[Use]) -> list[str]:
    return [f"{use.entry.operation.operation_id} {use.location} {use.name}" for use in uses]


def test_names_are_words_in_the_singular() -> None:
    assert words("billingAddressIDs") == ("billing", "address", "id")
    assert words("categories") == words("category")
    assert words("x-request-id") == ("x", "request", "id")
    assert words("status") == ("status",)


@pytest.mark.parametrize(
    ("names", "beside", "path", "first"),
    [
        (["customer"], {}, "/charges", ("customer",)),
        (["data", 0, "customer_id"], {}, "/charges", ("customer",)),
        (["id"], {"object": "customer"}, "/search", ("customer",)),
        (["data", 0, "id"], {}, "/v1/customers", ("customer",)),
        (["customer", "id"], {}, "/charges", ("customer",)),
        (["orders", 3], {}, "/customers", ("order",)),
        (["id"], {}, "/customers/{customer}", ("customer",)),
        (["email"], {}, "/customers", ("email",)),
        (["data", 0, "id"], {"object": "billing_portal.session"}, "/x", ("session",)),
    ],
)
def test_a_value_is_called_by_its_name_or_by_what_it_identifies(
    names: list[str | int], beside: dict[str, Any], path: str, first: tuple[str, ...]
) -> None:
    assert stems_of(names, beside, path)[0] == first


def test_a_customer_is_used_in_paths_first_then_queries_then_bodies(entries: list[Entry]) -> None:
    uses = uses_of("cus_1", [("customer",)], entries)
    assert told(uses) == [
        "getCustomer path customer", "deleteCustomer path customer", "old path customer_id",
        "listCharges query customer", "createCharge body customer",
    ]  # fmt: skip
    assert uses[0].arguments == {"customer": "cus_1"}
    assert uses[-1].arguments == {"customer": "cus_1"}


def test_an_identifier_in_a_path_belongs_to_the_segment_before(entries: list[Entry]) -> None:
    uses = uses_of("17", [("order",)], entries)
    assert told(uses) == ["getOrder path id", "createCharge body order"]
    assert uses[0].arguments == {"id": 17}
    assert told(uses_of("not a number", [("order",)], entries)) == []


def test_a_part_of_the_segment_before_is_enough_for_a_name(entries: list[Entry]) -> None:
    assert told(uses_of("pi_1", [("payment", "intent"), ("intent",)], entries)) == ["intent path intent"]
    stems = stems_of(["id"], {"object": "payment_intent"}, "/v1/payment_intents")
    assert stems == (("payment", "intent"), ("intent",))


def test_types_and_formats_and_enumerations_are_kept(entries: list[Entry]) -> None:
    assert told(uses_of("ada@example.com", [("email",)], entries)) == [
        "listCustomers query email", "createCustomer body email"
    ]  # fmt: skip
    assert told(uses_of("no address", [("email",)], entries)) == ["createCustomer body email"]
    assert told(uses_of("open", [("status",)], entries)) == ["byState query status"]
    assert told(uses_of("gone", [("status",)], entries)) == []


def test_nothing_goes_into_an_input_that_is_a_secret(entries: list[Entry]) -> None:
    assert told(uses_of("abc", [("api",), ("api", "key")], entries)) == []


def test_the_operation_that_it_came_from_is_last(entries: list[Entry]) -> None:
    here = entries[2]
    assert here.operation.operation_id == "getCustomer"
    assert told(uses_of("cus_1", [("customer",)], entries, here=here))[-1] == "getCustomer path customer"


def test_operations_are_looked_for_once_a_stem() -> None:
    assert query_words([("billing", "address"), ("address",)]) == ("billing address", "address")
