"""Search: a page without a script, results below a field, options of the palette, filtered lists of providers."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.pages import HTMX, UPDATE, get, links, one, words

PALETTE = HTMX | {"HX-Target": "palette-found"}


def test_search_finds_operations_and_apis(client: FlaskClient) -> None:
    page = get(client, "/search?q=checkout")
    assert page.select(".operation-list a[href^='/providers/stripe/']")
    assert [words(found) for found in get(client, "/search?q=stripe").select(".provider-list strong")] == ["Stripe API"]
    assert "Nothing matches" in get(client, "/search?q=%22%27%3Czzqx%3E*").get_text()


def test_htmx_gets_the_results_alone(client: FlaskClient) -> None:
    page = get(client, "/search?q=checkout", **HTMX)
    assert not page.select("html, dialog")
    assert one(page, "#results").select(".operation-list a")
    assert "operations found" in words(one(page, "[role=status]"))


def test_an_empty_search_shows_the_apis(client: FlaskClient) -> None:
    assert get(client, "/search?q=", **HTMX).select(".provider-list a[href='/providers/stripe']")


def test_the_palette_gets_options(client: FlaskClient) -> None:
    page = get(client, "/search?q=checkout", **PALETTE)
    options = page.select("[role=option]")
    assert 3 < len(options) <= 16
    assert all(found["href"] and found["id"] and found["aria-selected"] == "false" for found in options)
    assert len({str(found["id"]) for found in options}) == len(options)
    assert all(found.parent is not None and found.parent.get("role") == "group" for found in options)
    assert not page.select("html, ul, [id=results]")
    assert words(get(client, "/search?q=", **PALETTE)) == ""
    assert words(get(client, "/search?q=zzqxzzqx", **PALETTE)) == ""
    # Something has to arrive all the same: htmx tells of no answer that changes nothing.
    assert get(client, "/search?q=zzqxzzqx", **PALETTE).select("[data-count]")


def test_the_palette_says_how_many_there_are(lists: FlaskClient) -> None:
    assert words(one(get(lists, "/search?q=thing+22222", **PALETTE), "[data-count]")) == "1 operation"
    many = words(one(get(lists, "/search?q=thing", **PALETTE), "[data-count]"))
    assert many == "12 of more than 1,000 operations"
    assert words(one(get(lists, "/search?q=thing", **HTMX), ".found")) == "20 of more than 1,000 operations"


def test_the_palette_starts_with_what_was_visited_and_this_api(lists: FlaskClient) -> None:
    visited = ["huge/op3", "pets/listpets", "pets/listPets", "nobody/nothing", "pets", "x" * 400, "<b>/a"]
    query = "&".join(f"recent={name}" for name in visited)
    start = get(lists, f"/search?q=&provider=pets&{query}", **HTMX, **{"HX-Target": "palette-start"})
    recent = [str(option["href"]) for option in one(start, "[data-recent]").select("[role=option]")]
    assert recent == ["/providers/huge/op3", "/providers/pets/listpets"]
    here = one(start, "[data-here]")
    assert str(one(here, "[role=group]")["aria-label"]) == "Operations of Example API"
    assert len(here.select("[role=option]")) == 6
    assert not get(lists, "/search?q=&provider=nobody", **HTMX, **{"HX-Target": "palette-start"}).select(
        "[role=option]"
    )


def test_apis_come_before_operations(client: FlaskClient) -> None:
    groups = get(client, "/search?q=stripe", **PALETTE).select("[role=group]")
    assert [str(found["aria-label"]) for found in groups] == ["APIs", "Operations"]


def test_the_kinds_of_answer_are_told_apart_by_caches(client: FlaskClient) -> None:
    vary = client.get("/search?q=a").headers["Vary"]
    assert "HX-Request" in vary
    assert "HX-Target" in vary


def test_every_page_has_the_palette_and_one_htmx(client: FlaskClient) -> None:
    for path in ("/", "/providers", "/search", "/providers/stripe", "/providers/stripe/getcustomers"):
        page = get(client, path)
        field = one(page, "dialog#palette [role=combobox]")
        assert one(page, f"#{field['aria-controls']}")["role"] == "listbox"
        assert str(one(page, "template#scripts")).count('src="/assets/htmx') == 1
    assert client.get("/nothing").status_code == 404


def test_the_filter_finds_providers_at_any_depth(lists: FlaskClient) -> None:
    page = get(lists, "/providers?q=roads", **HTMX)
    assert links(page, ".provider-list a") == ["/providers/google/maps/roads"]
    assert not page.select("html")
    assert "1 API with “roads”" in words(page)
    assert "No API matches “zzz”" in words(get(lists, "/providers?q=zzz"))


def test_long_lists_go_on_where_they_ended(lists: FlaskClient) -> None:
    page = get(lists, "/providers/many")
    first = links(page, ".provider-list li:not(.more) a")
    more = one(page, ".more a")
    assert more["href"] == more["hx-get"]
    rest = get(lists, str(more["href"]), **HTMX)
    assert not rest.select("ul, html")
    assert first + links(rest, "li a") == [f"/providers/many/api{place:03}" for place in range(100)]


def test_the_filter_of_apis_forgives_a_slip(lists: FlaskClient) -> None:
    page = get(lists, "/providers?q=raods")
    assert "Nothing matches “raods”; 1 API with “roads”." in words(page)
    assert len(page.select(".provider-list li")) == 1
    assert "No API matches “zzzzzz”." in words(get(lists, "/providers?q=zzzzzz"))


@pytest.mark.parametrize("path", ["/", "/providers", "/search?q=a", "/providers/stripe", UPDATE])
def test_search_landmarks_have_names_of_their_own(client: FlaskClient, path: str) -> None:
    names = [str(form.get("aria-label", "")) for form in get(client, path).select("[role=search]")]
    assert all(names)
    assert len(set(names)) == len(names) >= 2
