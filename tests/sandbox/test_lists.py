"""Lists page, filter and sort by the parameters that the description has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, value, written


@pytest.fixture
def shop(state: Path) -> Client:
    client = Client(written("shop"), state, headers={"X-Key": "k"})
    for number, tags in enumerate((["a"], ["a", "b"], [], ["b"], ["a"])):
        client("POST", "/customers", {"email": f"u{number}@example.com", "name": f"Name {9 - number}", "tags": tags})
    return client


def emails(answer: object) -> list[int]:
    return [int(one["email"][1]) for one in value(answer)["data"]]  # type: ignore[arg-type]


def test_a_cursor_leads_through_all(shop: Client) -> None:
    seen: list[int] = []
    target = "/customers?limit=2"
    for _ in range(5):
        page = shop("GET", target)
        seen += emails(page)
        cursor = value(page)["next_cursor"]
        assert value(page)["total_count"] == 5
        assert value(page)["has_more"] is (cursor is not None)
        if cursor is None:
            break
        target = f"/customers?limit=2&cursor={cursor}"
    assert seen == [0, 1, 2, 3, 4]


def test_filters_take_what_agrees(shop: Client) -> None:
    assert emails(shop("GET", "/customers?email=u3@example.com")) == [3]
    assert emails(shop("GET", "/customers?email=none@example.com")) == []
    assert emails(shop("GET", "/customers?tags=a")) == [0, 1, 4]
    assert emails(shop("GET", "/customers?tags=a&tags=b")) == [1]
    assert emails(shop("GET", "/customers?q=name%208")) == [1]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("name", [4, 3, 2, 1, 0]), ("-name", [0, 1, 2, 3, 4]), ("email:desc", [4, 3, 2, 1, 0]), ("none", [0, 1, 2, 3, 4])],
)
def test_they_are_sorted_as_asked(shop: Client, sort: str, order: list[int]) -> None:
    assert emails(shop("GET", f"/customers?sort={sort}")) == order


def test_an_offset_has_links(shop: Client) -> None:
    customer = value(shop("GET", "/customers?limit=1"))["data"][0]["id"]
    orders = f"/customers/{customer}/orders"
    for number in range(5):
        shop("POST", orders, {"items": [{"sku": f"ABC-00{number}", "quantity": 1}]})
    middle = shop("GET", f"{orders}?offset=2")
    assert [one["items"][0]["sku"] for one in value(middle)] == ["ABC-002", "ABC-003"]
    link = middle.headers.get("Link")
    assert link is not None
    assert f'<http://127.0.0.1/sandbox/api{orders}?offset=4>; rel="next"' in link
    assert f'<http://127.0.0.1/sandbox/api{orders}?offset=0>; rel="prev"' in link
    assert len(value(shop("GET", f"{orders}?limit=10&status=open"))) == 5
    assert value(shop("GET", f"{orders}?status=shipped")) == []


def test_what_is_made_up_agrees_with_what_is_asked_for(state: Path) -> None:
    client = Client(written("shop"), state, headers={"X-Key": "k"})
    listed = value(client("GET", "/customers?email=me@example.com&tags=vip"))["data"]
    assert listed
    assert {one["email"] for one in listed} == {"me@example.com"}
    assert all(one["tags"] == ["vip"] for one in listed)
    assert value(client("GET", "/customers?cursor=unknown"))["data"], "a page of what is made up is never empty"
    assert {one["status"] for one in value(client("GET", "/customers/cus_1/orders?status=shipped"))} == {"shipped"}


def test_a_limit_beyond_its_maximum_is_refused(shop: Client) -> None:
    answer = shop("GET", "/customers?limit=51")
    assert answer.status == 400
    assert value(answer)["error"]["param"] == "limit"


def test_what_is_read_as_a_list_is_emptied_and_never_missing(state: Path) -> None:
    library = Client(written("library"), state)
    albums = value(library("GET", "/me/albums"))["items"]
    assert len(albums) > 1
    first = albums[0]["id"]
    assert library("DELETE", f"/me/albums?ids={first},none").status == 200
    left = value(library("GET", "/me/albums"))
    assert left["items"] == albums[1:]
    assert library("DELETE", "/me/albums").status == 200
    emptied = library("GET", "/me/albums")
    assert (emptied.status, value(emptied)["items"], value(emptied)["total"]) == (200, [], 0)
    for ids in ("1", ""):
        assert library("DELETE", f"/me/follows?ids={ids}").status == 204
    assert library("GET", "/me/follows").status == 200, "what is taken out of it leaves it there"
