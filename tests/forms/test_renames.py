"""What a value without a field may be for."""

from __future__ import annotations

import pytest

from playground.forms.renames import Offers, anywhere, parent
from playground.request.model import RequestModel
from tests.forms.test_carry_over import NUMBER, TEXT, entry, query, thing


def test_an_input_that_is_filled_or_was_there_before_is_not_offered() -> None:
    old, new = entry([query("status"), query("stated")]), entry([query("state"), query("stated")])
    assert Offers(old, new, RequestModel()).of("query.status", 1) == ("query.state",)
    filled = RequestModel(parameters={"query": {"state": "x"}})
    assert Offers(old, new, filled).of("query.status", 1) == ()


def test_the_likeliest_come_first_and_are_few() -> None:
    new = entry([query(name) for name in ("order_status", "statuses", "status2", "status_code", "unrelated")])
    offers = Offers(entry([query("status")]), new, RequestModel()).of("query.status", 1)
    assert len(offers) == 3
    assert "query.unrelated" not in offers


def test_a_property_in_another_object_is_offered_by_its_name() -> None:
    old = entry([], thing(zip=TEXT, address=thing(street=TEXT)), path="/a")
    new = entry([], thing(address=thing(street=TEXT, zip=TEXT), count=NUMBER), path="/a")
    assert Offers(old, new, RequestModel()).of("body/zip", 1) == ("body/address/zip",)


@pytest.mark.parametrize(
    ("name", "same", "above"),
    [
        ("query.a", "query.a", "query"),
        ("body/items/12/a", "body/items/*/a", "body/items/12"),
        ("body/v1", "body/v1", "body"),
    ],
)
def test_rows_are_alike(name: str, same: str, above: str) -> None:
    assert anywhere(name) == same
    assert parent(name) == above
