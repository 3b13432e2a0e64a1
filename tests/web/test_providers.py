"""Home, provider lists, namespaces, provider pages of any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from playground.store import Store
from playground.web.catalogue import home as providers
from playground.web.site import operation_url
from tests.web import catalogue
from tests.web.pages import HTMX, browser_of, document, get, one, parsed, site_of, words

LARGEST = 300_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, Store]]:
    with catalogue.site(tmp_path_factory.mktemp("lists")) as (app, store):
        yield browser_of(app), store


@pytest.fixture
def lists(site: tuple[FlaskClient, Store]) -> FlaskClient:
    return site[0]


def titles(page: BeautifulSoup, where: str = ".provider-list") -> list[str]:
    return [words(found) for found in page.select(f"{where} strong")]


def links(page: BeautifulSoup, selector: str) -> list[str]:
    return [str(found["href"]) for found in page.select(selector)]


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


def test_the_provider_page_groups_operations_by_tag(client: FlaskClient) -> None:
    page = get(client, "/providers/stripe")
    assert words(one(page, "h1")) == "Stripe API"
    groups = [found.get_text(" ", strip=True) for found in page.select(".tag-group > summary")]
    assert any(group.startswith("Checkout") for group in groups)
    assert page.select_one('a[href="/providers/stripe/postcheckoutsessionssession"]')


def test_the_provider_page_says_its_facts(lists: FlaskClient) -> None:
    page = get(lists, "/providers/pets")
    facts = {words(term): words(term.find_next("dd")) for term in page.select("dt")}  # type: ignore[arg-type]
    assert facts["Operations"] == "6"
    assert facts["Version"] == "1"
    assert facts["Server"] == "https://api.example.com"
    assert facts["Licence"] == "MIT"
    assert facts["Contact"] == "Pet people pets@example.com"
    assert links(page, "dd a[rel]") == ["https://example.com/licence", "mailto:pets@example.com"]
    assert [words(found) for found in page.select(".section-title")] == ["Animals", "Places"]
    assert words(one(page, "section:has(> #webhooks) summary .note")) == "A pet has arrived"
    assert [words(found) for found in page.select(".tag.warn")] == ["deprecated"]


def test_the_filter_runs_on_the_server_and_answers_a_fragment(client: FlaskClient) -> None:
    page = get(client, "/providers/stripe?q=checkout", **HTMX)
    assert page.select_one("#operations")
    assert not page.select_one("html")
    assert len(page.select(".operation-list a")) >= 5
    assert "No operation matches" in get(client, "/providers/stripe?q=zzzz").get_text()


def test_a_huge_provider_is_drawn_in_part(lists: FlaskClient) -> None:
    html = lists.get("/providers/huge").text
    page = parsed(html)
    assert len(html) < LARGEST
    assert len(page.select(".operation-list li")) == 0
    assert len(page.select(".tag-group")) == 200
    assert words(one(page, "#operation-filter").parent).startswith("Filter")  # type: ignore[arg-type]
    assert str(one(page, "#operation-filter")["placeholder"]) == "Filter 22,361 operations"
    seen = len(page.select(".tag-group"))
    while more := page.select_one("p.more a"):
        answer = lists.get(str(more["href"]), headers=HTMX)
        assert len(answer.data) < LARGEST
        page = parsed(answer.text)
        seen += len(page.select(".tag-group"))
    assert seen == catalogue.TAGS


def test_a_group_loads_as_it_opens_and_goes_on(lists: FlaskClient) -> None:
    group = get(lists, "/providers/huge").select(".tag-group")[0]
    assert group["hx-trigger"] == "toggle once"
    assert words(group).startswith("The first tag 830")
    fragment = get(lists, str(group["hx-get"]), **HTMX)
    assert words(one(fragment, ".prose")) == "All about tag 0."
    listed = links(fragment, ".operation-list li:not(.more) a")
    assert len(listed) == 100
    while more := fragment.select_one(".more a"):
        fragment = get(lists, str(more["href"]), **HTMX)
        listed += links(fragment, "li:not(.more) a")
    assert len(set(listed)) == len(listed) == 830


def test_without_a_script_a_group_has_its_own_page(lists: FlaskClient) -> None:
    page = get(lists, "/providers/huge?tag=tag+0")
    assert len(page.select(".tag-group[open] .operation-list li:not(.more)")) == 100
    assert len(page.select(".tag-group")) == 1
    assert "Show all operations" in words(page)
    following = get(lists, str(one(page, ".more a")["href"]))
    assert len(following.select(".operation-list li:not(.more)")) == 100
    assert lists.get("/providers/huge?tag=nope").status_code == 404


def test_the_filter_counts_what_it_leaves(lists: FlaskClient) -> None:
    assert "1 operation with “22222”" in words(get(lists, "/providers/huge?q=22222", **HTMX))
    page = get(lists, "/providers/huge?q=thing", **HTMX)
    assert "More than 500 operations with “thing”" in words(page)
    assert len(page.select(".operation-list li:not(.more)")) == 60
    rest = get(lists, str(one(page, ".more a")["href"]), **HTMX)
    assert len(rest.select("li:not(.more)")) == 60
    assert links(rest, "li a")[0] == "/providers/huge/op60"


def test_long_descriptions_do_not_push_the_operations_away(tmp_path: Path) -> None:
    long = "Words **about** it. " * 200
    made = document({"/a": {"get": {"tags": ["t"]}}}, description=long)
    made["tags"] = [{"name": "t", "description": long}]
    with site_of(tmp_path, {"p": made}) as app:
        page = get(browser_of(app), "/providers/p")
    about = one(page, "details.about")
    assert not about.has_attr("open")
    assert len(words(one(about, ".prose"))) > 2000
    assert len(words(one(page, ".operations-of"))) < 600


def test_an_odd_offset_is_no_failure(lists: FlaskClient) -> None:
    for offset in ("-1", "x", "99999999999999999999", "9999999", "٣"):
        for query in ("q=thing&offset", "tag=tag+0&offset", "groups", "offset", "list=below&offset"):
            assert lists.get(f"/providers/huge?{query}={offset}", headers=HTMX).status_code == 200
            assert lists.get(f"/providers/huge?{query}={offset}").status_code == 200
        assert lists.get(f"/providers?offset={offset}").status_code == 200


def test_pages_are_revalidated_and_renewed(site: tuple[FlaskClient, Store]) -> None:
    client, store = site
    for path in ("/", "/providers", "/providers/google", "/providers/pets"):
        tag = client.get(path).headers["ETag"]
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 304
        assert "HX-Request" in answer.headers["Vary"]
        assert path == "/" or client.get(path, headers=HTMX | {"If-None-Match": tag}).status_code == 200
    store.replace(catalogue.small("google/new", "New API"), b"{}")
    assert "New API" in client.get("/providers/google").text
    store.remove("google/new")
    assert "New API" not in client.get("/providers/google").text


def test_any_accepted_name_leads_to_the_canonical_address(client: FlaskClient) -> None:
    for name in ("PostCheckoutSessionsSession", "postCheckoutSessionsSession", "POST /v1/checkout/sessions/{session}"):
        answer = client.get(f"/providers/stripe/{name}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/providers/stripe/postcheckoutsessionssession"


def test_an_unknown_name_says_so(client: FlaskClient) -> None:
    for path in ("/providers/nope", "/providers/stripe/nope", "/providers/../x", "/providers/nope.md"):
        assert client.get(path).status_code == 404
        assert "<h1>" in client.get(path).text


def test_the_source_document_is_a_download(client: FlaskClient) -> None:
    answer = client.get("/providers/stripe/openapi.json")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert (
        client.get("/providers/stripe/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_the_filter_of_apis_forgives_a_slip(lists: FlaskClient) -> None:
    page = get(lists, "/providers?q=raods")
    assert "Nothing matches “raods”; 1 API with “roads”." in words(page)
    assert len(page.select(".provider-list li")) == 1
    assert "No API matches “zzzzzz”." in words(get(lists, "/providers?q=zzzzzz"))


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_addresses_are_those_that_the_router_makes(name: str) -> None:
    app = Flask("playground")
    app.register_blueprint(providers.bp)
    for root in ("/", "/behind/a/proxy"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root.rstrip("/")}):
            assert operation_url("a/b", name) == url_for("pages.path", path=f"a/b/{name}")
