"""The navigation beside an operation: the current one in sight, groups that open in place, a filter for large APIs."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.support.pages import HTMX, browser_of, document, get, one, site_of, words

PART = {"view": "navigation"}


def addresses(page: Tag) -> list[str]:
    return [str(link["href"]) for link in page.select("li > a:not(.button)")]


def part(client: FlaskClient, provider: str, **arguments: object) -> BeautifulSoup:
    answer = client.get(f"/providers/{provider}", query_string={**PART, **arguments}, headers=HTMX)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_a_small_group_is_shown_whole(client: FlaskClient) -> None:
    navigation = one(get(client, "/providers/tour/ping"), "nav.operations")
    assert words(one(navigation, "[aria-current=page] .title")) == "No parameters at all"
    assert not navigation.select("ul:first-of-type .more")


@pytest.mark.parametrize("place", [0, 5, 500, 799])
def test_the_current_operation_of_a_large_group_is_in_sight(lists: FlaskClient, place: int) -> None:
    navigation = one(get(lists, f"/providers/huge/op{place}"), "nav.operations")
    own = navigation.select("ul")[0]
    drawn = own.select("li:not(.more)")
    assert len(drawn) == 40
    current = one(own, "li:has([aria-current=page])")
    first = next((item for item in drawn if item.has_attr("data-first")), drawn[0])
    assert 0 <= drawn.index(current) - drawn.index(first) <= 5
    assert words(navigation.select("h2")[0]) == "The first tag"


def test_what_is_left_out_of_a_large_group_comes_when_asked_for(lists: FlaskClient) -> None:
    navigation = one(get(lists, "/providers/huge/op500"), "nav.operations")
    whole, more = navigation.select("ul")[0].select(".more a")
    assert words(whole) == "Show all 830"
    fragment = get(lists, str(whole["hx-get"]), **HTMX)
    assert addresses(fragment)[:2] == ["/providers/huge/op0", "/providers/huge/op1"]
    assert len(addresses(fragment)) == 200
    seen, following = addresses(navigation.select("ul")[0]), [more]
    while following:
        fragment = get(lists, str(following[0]["hx-get"]), **HTMX)
        assert not fragment.select("html, ul")
        seen += addresses(fragment)
        following = fragment.select(".more a")
    assert len(seen) == len(set(seen))
    assert seen[-1].startswith("/providers/huge/op")


def test_without_a_script_these_links_lead_to_the_providers_page(lists: FlaskClient) -> None:
    navigation = one(get(lists, "/providers/huge/op500"), "nav.operations")
    for link in (*navigation.select(".more a"), navigation.select("details a")[0]):
        assert one(get(lists, str(link["href"])), "h1").get_text() == "Huge API"
    form = one(navigation, "form")
    assert (form["action"], one(form, "input")["name"]) == ("/providers/huge", "q")


def test_another_group_opens_in_place(lists: FlaskClient) -> None:
    navigation = one(get(lists, "/providers/huge/op500"), "nav.operations")
    groups = navigation.select("details")
    assert len(groups) == 30
    assert words(navigation.select("p a")[-1]) == "669 more"
    address = str(one(groups[0], "ul a")["href"]) + str(groups[0]["data-opens"])
    fragment = get(lists, address, **HTMX)
    assert len(addresses(fragment)) == int(words(one(groups[0], ".count")))
    assert not fragment.select("[aria-current]")


def test_the_filter_is_for_large_apis_and_finds_in_place(lists: FlaskClient, client: FlaskClient) -> None:
    assert get(client, "/providers/tour/ping").select("nav.operations form")
    assert not get(lists, "/providers/pets/listpets").select("nav.operations form")
    field = one(get(lists, "/providers/huge/op500"), "nav.operations form input")
    assert field["hx-target"] == "#navigation-list"
    found = part(lists, "huge", q="thing 22222", current="op500")
    assert words(one(found, "h2")) == "1 operation"
    assert addresses(found) == ["/providers/huge/op22222"]
    assert "No operation matches “zzz”." in words(one(part(lists, "huge", q="zzz"), "h2"))
    many = part(lists, "huge", q="thing", current="op0")
    assert len(addresses(many)) == 200
    assert one(many, ".more a")["href"] == "/providers/huge?q=thing"
    # Nothing typed any more: the list is as it was.
    again = part(lists, "huge", q="", current="op500")
    assert one(again, "[aria-current=page]")["href"] == "/providers/huge/op500"
    assert part(lists, "huge", q="", current="nothing").get_text() == ""


def test_titles_that_several_operations_have_stand_with_their_paths(tmp_path: Path) -> None:
    paths = {
        f"/{name}/pods": {"get": {"summary": "List *pods*", "operationId": name, "tags": ["t"]}}
        for name in ("one", "two")
    }
    paths["/three"] = {"get": {"summary": "Something else", "operationId": "three", "tags": ["t"]}}
    with site_of(tmp_path, {"p": document(paths)}) as app:
        navigation = one(get(browser_of(app), "/providers/p/one"), "nav.operations")
    assert [words(item) for item in navigation.select("li")] == [
        "GET List pods /one /pods", "GET List pods /two /pods", "GET Something else",
    ]  # fmt: skip


def test_an_odd_offset_is_no_failure(lists: FlaskClient) -> None:
    for offset in ("-1", "x", "99999999999999999999", "9999999", "٣"):
        assert lists.get(
            "/providers/huge", query_string={**PART, "tag": "tag 0", "offset": offset}, headers=HTMX
        ).status_code == 200  # fmt: skip
    assert part(lists, "huge", tag="nope").get_text() == ""
