"""A provider's page, whatever its size: groups, filter, parts that are fetched."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from tests.support import listed
from tests.support.pages import HTMX, browser_of, document, get, links, one, parsed, site_of, words

LARGEST = 300_000


def test_the_provider_page_groups_operations_by_tag(client: FlaskClient) -> None:
    page = get(client, "/providers/stripe")
    assert words(one(page, "h1")) == "Stripe API"
    groups = [found.get_text(" ", strip=True) for found in page.select(".tag-group > summary")]
    assert any(group.startswith("Checkout") for group in groups)
    assert page.select_one('a[href="/providers/stripe/postcheckoutsessionssession"]')


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
    assert len(page.select(".operation-list li:not(.more)")) == 20
    assert len(page.select(".tag-group[open]")) == 1
    assert len(page.select(".tag-group")) == 200
    assert words(one(page, "#operation-filter").parent).startswith("Filter")  # type: ignore[arg-type]
    assert str(one(page, "#operation-filter")["placeholder"]) == "Filter 22,361 operations"
    seen = len(page.select(".tag-group"))
    while more := page.select_one("p.more a"):
        answer = lists.get(str(more["href"]), headers=HTMX)
        assert len(answer.data) < LARGEST
        page = parsed(answer.text)
        seen += len(page.select(".tag-group"))
    assert seen == listed.TAGS


def test_a_group_loads_as_it_opens_and_goes_on(lists: FlaskClient) -> None:
    first, second = get(lists, "/providers/huge").select(".tag-group")[:2]
    assert words(one(first, "summary")) == "The first tag 830"
    assert words(one(first, ".prose")) == "All about tag 0."
    assert second["hx-trigger"] == "toggle once"
    fragment = get(lists, str(second["hx-get"]), **HTMX)
    assert len(links(fragment, ".operation-list a")) == int(words(one(second, ".count")))
    listed = links(first, ".operation-list li:not(.more) a")
    fragment = first  # type: ignore[assignment]
    while more := fragment.select_one(".more a"):
        fragment = get(lists, str(more["href"]), **HTMX)
        listed += links(fragment, "li:not(.more) a")
    assert len(set(listed)) == len(listed) == 830


def test_the_first_groups_are_open_until_there_are_some_operations(tmp_path: Path) -> None:
    paths = {f"/{place}": {"get": {"tags": [f"t{place}" if place < 3 else "rest"]}} for place in range(100)}
    with site_of(tmp_path, {"p": document(paths)}) as app:
        groups = get(browser_of(app), "/providers/p").select(".tag-group")
    drawn = [len(group.select(".operation-list li:not(.more)")) for group in groups]
    assert drawn == [1, 1, 1, 17]
    assert all(group.has_attr("open") for group in groups)


def test_all_groups_open_at_once_and_close_again(lists: FlaskClient, client: FlaskClient) -> None:
    opened = one(get(lists, "/providers/huge"), "[data-all-groups]")
    assert opened["href"] == opened["hx-get"]
    html = lists.get(str(opened["href"])).text
    assert len(html) < LARGEST
    page = parsed(html)
    groups = page.select(".tag-group")
    assert len(groups) == len(page.select(".tag-group[open]")) == 200
    assert all(1 <= len(group.select("li:not(.more)")) <= 2 for group in groups)
    assert one(page, "[data-all-groups]")["href"] == "/providers/huge"
    more = get(lists, str(one(page, "p.more a")["href"]), **HTMX)
    assert len(more.select(".tag-group[open]")) == 200
    assert get(lists, str(opened["href"]), **HTMX).select("#operations .tag-group[open]")
    # A small provider is open anyway.
    assert not get(client, "/providers/stripe").select("[data-all-groups]")


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
