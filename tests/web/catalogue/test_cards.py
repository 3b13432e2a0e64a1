"""Lists of providers show one card a level; a namespace lists what is below it."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.support.pages import get, links, one, titles, words


def test_home_lists_the_bundled_apis(client: FlaskClient) -> None:
    assert "Stripe API" in titles(get(client, "/"))


def test_lists_show_one_card_a_level(lists: FlaskClient) -> None:
    page = get(lists, "/providers")
    assert links(page, ".provider-list li:not(.more) a") == [
        "/providers/google", "/providers/huge", "/providers/lone/one", "/providers/many", "/providers/parent",
        "/providers/pets",
    ]  # fmt: skip
    assert "4 APIs · 4 operations" in words(page)
    assert "1 API · 1 operation" in words(page)


def test_a_namespace_lists_what_is_below_it(lists: FlaskClient) -> None:
    page = get(lists, "/providers/google")
    assert words(one(page, "h1")) == "google"
    assert links(page, ".provider-list a") == [
        "/providers/google/books", "/providers/google/drive", "/providers/google/maps",
    ]  # fmt: skip
    deeper = get(lists, "/providers/google/maps")
    assert titles(deeper) == ["Places API", "Roads API"]
    assert links(deeper, ".crumbs a") == ["/", "/providers/google"]
    assert lists.get("/providers/goog").status_code == 404


def test_parent_and_children_name_each_other(lists: FlaskClient) -> None:
    assert links(get(lists, "/providers/parent"), ".children .provider-list a") == ["/providers/parent/child"]
    crumbs = get(lists, "/providers/parent/child").select(".crumbs li")
    assert [words(crumb) for crumb in crumbs] == ["Playground", "Parent API", "Child API"]
    assert links(get(lists, "/providers/google/maps/roads"), ".crumbs a")[1:] == [
        "/providers/google", "/providers/google/maps",
    ]  # fmt: skip
