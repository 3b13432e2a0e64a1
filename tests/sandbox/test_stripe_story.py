"""A story told to the sandbox of Stripe: customer, product, price, session, each there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, real, value
from tests.sandbox.entries import bundled_catalog

KEY = {"Authorization": "Bearer sk_test_1"}


@pytest.fixture(params=["bundled", "real"])
def stripe(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = bundled_catalog("stripe") if request.param == "bundled" else real("stripe.json")
    return Client(catalog, state, headers=KEY)


def test_stripe(stripe: Client) -> None:
    customer = value(stripe("POST", "/v1/customers", "email=ada@example.com&name=Ada&metadata[plan]=gold"))
    assert (customer["email"], customer["name"], customer["metadata"]) == ("ada@example.com", "Ada", {"plan": "gold"})
    assert customer["id"].startswith("cus_")
    product = value(stripe("POST", "/v1/products", "name=Mug"))
    prices = [
        value(stripe("POST", "/v1/prices", f"product={product['id']}&currency=usd&unit_amount={amount}"))
        for amount in (1999, 500)
    ]
    assert [price["unit_amount"] for price in prices] == [1999, 500]
    assert prices[0]["id"] != prices[1]["id"]
    body = f"customer={customer['id']}&mode=payment&success_url=https://shop.example/thanks" + "".join(
        f"&line_items[{at}][price]={price['id']}&line_items[{at}][quantity]={at + 1}" for at, price in enumerate(prices)
    )
    session = value(stripe("POST", "/v1/checkout/sessions", body))
    assert (session["customer"], session["mode"], session["status"]) == (customer["id"], "payment", "open")
    changed = value(stripe("POST", f"/v1/customers/{customer['id']}", "name=Ada+Lovelace"))
    assert (changed["name"], changed["email"], changed["created"]) == (
        "Ada Lovelace", "ada@example.com", customer["created"],
    )  # fmt: skip
    for number in range(4):
        stripe("POST", "/v1/customers", f"email=u{number}@example.com")
    page = value(stripe("GET", "/v1/customers?limit=3"))
    assert [one["email"] for one in page["data"]] == ["u3@example.com", "u2@example.com", "u1@example.com"]
    assert page["has_more"] is True
    rest = value(stripe("GET", f"/v1/customers?limit=3&starting_after={page['data'][-1]['id']}"))
    assert [one["email"] for one in rest["data"]] == ["u0@example.com", "ada@example.com"]
    assert rest["has_more"] is False
    expired = value(stripe("POST", f"/v1/checkout/sessions/{session['id']}/expire"))
    assert expired["status"] == "expired"
    read = value(stripe("GET", f"/v1/checkout/sessions/{session['id']}"))
    assert (read["status"], read["customer"], read["id"]) == ("expired", customer["id"], session["id"])


def test_stripe_lists_the_two_line_items_that_were_bought(state: Path) -> None:
    stripe = Client(real("stripe.json"), state, headers=KEY)
    price = value(stripe("POST", "/v1/prices", "currency=eur&unit_amount=1999&product_data[name]=Mug"))
    body = "mode=payment&success_url=https://a.example/x" + "".join(
        f"&line_items[{at}][price]={price['id']}&line_items[{at}][quantity]={at + 2}" for at in range(2)
    )
    session = value(stripe("POST", "/v1/checkout/sessions", body))
    items = value(stripe("GET", f"/v1/checkout/sessions/{session['id']}/line_items"))["data"]
    assert [item["quantity"] for item in items] == [2, 3]
    assert [item["price"]["id"] for item in items] == [price["id"]] * 2
    assert items[0]["price"]["unit_amount"] == 1999
    assert [item["amount_total"] for item in items] == [2 * 1999, 3 * 1999]
    assert (session["amount_total"], session["currency"]) == (5 * 1999, "eur")
    assert [item["id"] for item in session["line_items"]["data"]] == [item["id"] for item in items]
    assert items[0]["id"] != items[1]["id"]
    assert {item["currency"] for item in items} == {"eur"}


def test_stripe_says_in_its_own_words_what_is_not_there(stripe: Client) -> None:
    made = value(stripe("POST", "/v1/customers", "email=a@example.com"))
    for path in ("/v1/customers/cus_nope", f"/v1/customers/{made['id']}"):
        if path.endswith(made["id"]):
            assert value(stripe("DELETE", path))["deleted"] is True
        answer = stripe("GET", path)
        assert answer.status == 404
        assert "customer" in value(answer)["error"]["message"]


def test_stripe_takes_no_field_that_it_does_not_know(state: Path) -> None:
    stripe = Client(real("stripe.json"), state, headers=KEY)
    refused = stripe("POST", "/v1/customers", "email=a@example.com&frobnicate=1")
    assert refused.status in (400, 402)
    assert "frobnicate" in value(refused)["error"]["message"]
