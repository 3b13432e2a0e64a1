"""Search: a page without a script, results below a field, options of the palette."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.pages import HTMX, get, one, words

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
