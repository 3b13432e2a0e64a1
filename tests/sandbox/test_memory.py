"""What a visitor made is there afterwards: alone, in lists, below what it belongs to, and as the description says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, compiled, value, written
from tests.sandbox.entries import misfits

KEY = {"X-Key": "k"}


@pytest.fixture
def shop(state: Path) -> Client:
    return Client(written("shop"), state, headers=KEY)


def made(shop: Client, email: str = "ada@example.com", **more: object) -> dict[str, object]:
    answer = shop("POST", "/customers", {"email": email, **more})
    assert answer.status == 201
    return value(answer)  # type: ignore[no-any-return]


def test_a_new_thing_has_what_was_sent_and_what_servers_add(shop: Client) -> None:
    customer = made(shop, name="Ada", kind="company", tags=["a"], address={"city": "Paris"})
    assert str(customer["id"]).startswith("cus_")
    assert customer["id"] != "cus_8fK2x9", "the example's own identifier is not given out"
    assert (customer["email"], customer["name"], customer["kind"]) == ("ada@example.com", "Ada", "company")
    assert (customer["tags"], customer["address"]) == (["a"], {"city": "Paris"})
    assert customer["status"] == "active"
    assert customer["created_at"] == customer["updated_at"]


def test_it_is_there_when_it_is_asked_for(shop: Client) -> None:
    customer = made(shop)
    again = shop("GET", f"/customers/{customer['id']}")
    assert value(again) == customer
    listed = value(shop("GET", "/customers"))
    assert listed["data"] == [customer]
    assert (listed["has_more"], listed["total_count"]) == (False, 1)


def test_what_is_only_written_is_not_given_back(shop: Client) -> None:
    customer = made(shop, secret="s", address={"city": "Paris", "pin": "1234"})
    assert "secret" not in customer
    assert customer["address"] == {"city": "Paris"}
    assert "pin" not in str(value(shop("GET", f"/customers/{customer['id']}")))


def test_before_anything_is_made_a_list_and_its_things_agree(shop: Client) -> None:
    listed = value(shop("GET", "/customers"))["data"]
    assert 2 <= len(listed) <= 3
    assert len({one["id"] for one in listed}) == len(listed)
    for one in listed:
        assert value(shop("GET", f"/customers/{one['id']}"))["email"] == one["email"]


def test_what_was_made_up_can_be_changed_and_deleted(shop: Client) -> None:
    first, second, *_ = (one["id"] for one in value(shop("GET", "/customers"))["data"])
    assert value(shop("PATCH", f"/customers/{first}", {"name": "Other"}))["name"] == "Other"
    assert shop("DELETE", f"/customers/{second}").status == 204
    assert value(shop("GET", f"/customers/{first}"))["name"] == "Other"
    assert shop("GET", f"/customers/{second}").status == 404
    assert second not in [one["id"] for one in value(shop("GET", "/customers"))["data"]]


def test_only_what_was_made_is_there_once_something_was(shop: Client) -> None:
    before = value(shop("GET", "/customers"))["data"][0]["id"]
    customer = made(shop)
    assert [one["id"] for one in value(shop("GET", "/customers"))["data"]] == [customer["id"]]
    missing = shop("GET", f"/customers/{before}")
    assert missing.status == 404
    assert value(missing)["error"]["param"] == "customer_id"


def test_without_a_visitor_nothing_is_kept(shop: Client) -> None:
    nobody = shop.of("")
    customer = made(nobody)
    assert value(nobody("GET", "/customers"))["data"][0]["id"] != customer["id"]


def test_visitors_do_not_see_each_other(shop: Client) -> None:
    customer = made(shop)
    other = shop.of("grace")
    assert value(other("GET", f"/customers/{customer['id']}"))["created_at"] != customer["created_at"]
    assert customer["id"] not in [one["id"] for one in value(other("GET", "/customers"))["data"]]
    assert other("DELETE", f"/customers/{customer['id']}").status == 204
    assert shop("GET", f"/customers/{customer['id']}").status == 200


def test_a_deleted_thing_is_missing(shop: Client) -> None:
    customer = made(shop)
    assert shop("DELETE", f"/customers/{customer['id']}").status == 204
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        answer = shop(method, f"/customers/{customer['id']}", body)
        assert answer.status == 404
        assert "customer" in value(answer)["error"]["message"]
    assert value(shop("GET", "/customers"))["data"] == []


def test_a_change_keeps_what_was_not_sent(shop: Client) -> None:
    customer = made(shop, name="Ada", tags=["a"])
    changed = value(shop("PATCH", f"/customers/{customer['id']}", {"email": "b@example.com"}))
    assert (changed["email"], changed["name"], changed["tags"]) == ("b@example.com", "Ada", ["a"])
    assert changed["created_at"] == customer["created_at"]
    cleared = value(shop("PATCH", f"/customers/{customer['id']}", {"name": None}))
    assert cleared["name"] is None


def test_a_merge_patch_and_a_json_patch_are_what_their_standards_say(shop: Client) -> None:
    customer = made(shop, name="Ada", tags=["a"])
    path = f"/customers/{customer['id']}"
    merged = value(shop("PATCH", path, {"name": None, "tags": ["b"]}, kind="application/merge-patch+json"))
    assert "name" not in merged
    assert merged["tags"] == ["b"]
    operations = [
        {"op": "add", "path": "/tags/-", "value": "c"},
        {"op": "replace", "path": "/kind", "value": "company"},
    ]
    patched = value(shop("PATCH", path, operations, kind="application/json-patch+json"))
    assert (patched["tags"], patched["kind"]) == (["b", "c"], "company")
    refused = shop("PATCH", path, [{"op": "remove", "path": "/email"}], kind="application/json-patch+json")
    assert refused.status == 200, "what the server has to show is there"
    wrong = shop("PATCH", path, {"tags": 5}, kind="application/merge-patch+json")
    assert wrong.status == 400


def test_put_replaces_all_that_a_client_may_set(shop: Client) -> None:
    customer = made(shop, name="Ada", tags=["a"])
    put = value(shop("PUT", f"/customers/{customer['id']}", {"email": "c@example.com"}))
    assert (put["id"], put["email"], put["created_at"]) == (customer["id"], "c@example.com", customer["created_at"])
    assert "tags" not in put
    assert put.get("name") is None


def test_an_action_changes_what_its_name_says(shop: Client) -> None:
    customer = made(shop)
    assert value(shop("POST", f"/customers/{customer['id']}/suspend"))["status"] == "suspended"
    assert value(shop("GET", f"/customers/{customer['id']}"))["status"] == "suspended"
    assert shop("POST", "/customers/nobody/suspend").status == 404


def test_things_below_others(shop: Client) -> None:
    customer = made(shop)
    orders = f"/customers/{customer['id']}/orders"
    assert value(shop("GET", f"/customers/{customer['id']}"))["orders_count"] == 0
    bought = [{"sku": "ABC-123", "quantity": 2, "unit_price": 1.5}, {"sku": "ABC-124", "quantity": 1, "unit_price": 4}]
    order = value(shop("POST", orders, {"items": bought}))
    assert order["customer_id"] == customer["id"], "a reference leads to what the path names"
    assert (order["status"], order["total"]) == ("open", 7)
    assert [item["total"] for item in order["items"]] == [3, 4]
    assert value(shop("GET", f"{orders}/{order['id']}")) == order
    assert value(shop("GET", f"/customers/{customer['id']}"))["orders_count"] == 1
    nowhere = shop("POST", "/customers/cus_none/orders", {"items": bought})
    assert nowhere.status == 400, "the description has no 404 there"
    assert value(nowhere)["error"]["param"] == "customer_id"
    shop("DELETE", f"/customers/{customer['id']}")
    assert shop("GET", f"{orders}/{order['id']}").status == 404


def test_a_thing_that_is_there_once(shop: Client) -> None:
    assert value(shop("GET", "/settings"))["theme"] in ("light", "dark")
    assert value(shop("PUT", "/settings", {"theme": "dark", "page_size": 7})) == {"theme": "dark", "page_size": 7}
    assert value(shop("GET", "/settings")) == {"theme": "dark", "page_size": 7}


def test_every_answer_fits_its_description(shop: Client) -> None:
    catalog = written("shop")
    customer = made(shop, name="Ada")
    order = value(shop("POST", f"/customers/{customer['id']}/orders", {"items": [{"sku": "ABC-123", "quantity": 1}]}))
    shop("PATCH", f"/customers/{customer['id']}", {"name": "B"})
    for target, schema in (
        ("/customers", "CustomerPage"), (f"/customers/{customer['id']}", "Customer"),
        (f"/customers/{customer['id']}/orders/{order['id']}", "Order"), ("/customers/none", "Error"),
        ("/settings", "Settings"),
    ):  # fmt: skip
        assert not misfits(value(shop("GET", target)), {"$ref": f"#/$defs/{schema}"}, catalog.definitions), target


def test_a_location_says_where_it_is(shop: Client) -> None:
    answer = shop("POST", "/customers", {"email": "a@example.com"})
    assert answer.headers.get("Location") == f"/sandbox/api/customers/{value(answer)['id']}"


def test_it_is_kept_in_a_file_that_another_process_reads(shop: Client, state: Path) -> None:
    customer = made(shop)
    again = Client(written("shop"), state, headers=KEY)
    assert value(again("GET", f"/customers/{customer['id']}")) == customer


def test_two_may_be_called_the_same_where_nothing_reads_one_by_that(state: Path) -> None:
    notes = compiled("""
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /notes:
    post:
      requestBody: {content: {application/json: {schema: &note {type: object, properties: {title: {type: string}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: *note}}}}
""")
    client = Client(notes, state)
    assert [client("POST", "/notes", {"title": "Milk"}).status for _ in range(3)] == [200, 200, 200]


def test_what_a_collection_belongs_to_is_named_where_it_is_missing(state: Path) -> None:
    client = Client(written("shop"), state, headers={"X-Key": "k"})
    client("POST", "/customers", {"email": "a@example.com"})
    missing = client("GET", "/customers/none/orders")
    assert (missing.status, missing.headers.get("Playground-Reason")) == (
        404, "path/customer_id names no customer that exists.",
    )  # fmt: skip


def test_a_key_may_be_as_long_as_a_server_reads(state: Path) -> None:
    client = Client(written("shop"), state, headers={"X-Key": "k"})
    assert client("GET", f"/customers/{'k' * 7000}").status in (200, 404)
