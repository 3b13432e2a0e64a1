"""A provider's page gives the facts of its description."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.support.pages import get, links, one, words


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
