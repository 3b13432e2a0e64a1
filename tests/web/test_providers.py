"""Home, provider lists, provider pages, search."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def soup(client: FlaskClient, path: str, **headers: str) -> BeautifulSoup:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_home_lists_the_bundled_apis(client: FlaskClient) -> None:
    titles = [one.get_text() for one in soup(client, "/").select(".provider-list strong")]
    assert "Stripe API" in titles


def test_the_provider_page_groups_operations_by_tag(client: FlaskClient) -> None:
    page = soup(client, "/providers/stripe")
    assert page.select_one("h1").get_text() == "Stripe API"  # type: ignore[union-attr]
    groups = [one.get_text(" ", strip=True) for one in page.select(".tag-group > summary")]
    assert any(group.startswith("Checkout") for group in groups)
    assert page.select_one('a[href="/providers/stripe/postcheckoutsessionssession"]')


def test_the_filter_runs_on_the_server_and_answers_a_fragment(client: FlaskClient) -> None:
    page = soup(client, "/providers/stripe?q=checkout", **{"HX-Request": "true"})
    assert page.select_one("#operations")
    assert not page.select_one("html")
    assert len(page.select(".operation-list a")) >= 5
    assert "No operation matches" in soup(client, "/providers/stripe?q=zzzz").get_text()


def test_search_finds_operations_and_apis(client: FlaskClient) -> None:
    page = soup(client, "/search?q=checkout")
    assert page.select(".operation-list a")
    assert "Nothing matches" in soup(client, "/search?q=%22%27%3Czzqx%3E*").get_text()


def test_any_accepted_name_leads_to_the_canonical_address(client: FlaskClient) -> None:
    for name in ("PostCheckoutSessionsSession", "postCheckoutSessionsSession", "POST /v1/checkout/sessions/{session}"):
        answer = client.get(f"/providers/stripe/{name}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/providers/stripe/postcheckoutsessionssession"


def test_an_unknown_name_says_so(client: FlaskClient) -> None:
    for path in ("/providers/nope", "/providers/stripe/nope", "/providers/../x"):
        assert client.get(path).status_code == 404
        assert "<h1>" in client.get(path).text


def test_the_source_document_is_a_download(client: FlaskClient) -> None:
    answer = client.get("/providers/stripe/openapi.json")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
