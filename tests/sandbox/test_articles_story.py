"""A story told to the sandbox of an API as JSON:API has it: things in `data`, what they are in `attributes`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.sandbox.clients import Client, value, written

KIND = "application/vnd.api+json"


def sent(**members: Any) -> dict[str, Any]:
    return {"data": {"type": "articles", **members}}


def test_articles(state: Path) -> None:
    articles = Client(written("articles"), state)
    made = [
        value(articles("POST", "/articles", sent(attributes={"title": title, "body": "x"}), kind=KIND))["data"]
        for title in ("One", "Two", "Three")
    ]
    first = f"/articles/{made[0]['id']}"
    now = datetime.now(UTC)
    assert now - datetime.fromisoformat(made[0]["attributes"]["createdAt"]) < timedelta(days=1), "it was made now"
    assert value(articles("GET", first))["data"] == made[0]
    page = value(articles("GET", "/articles?page[size]=2&page[number]=1"))
    assert [one["id"] for one in page["data"]] == [one["id"] for one in made[:2]]
    assert (page["meta"]["total"], page["links"]["self"]) == (3, "/articles")
    assert page["links"]["next"].endswith("page%5Bnumber%5D=2")
    found = value(articles("GET", "/articles?filter[title]=Two"))["data"]
    assert [one["attributes"]["title"] for one in found] == ["Two"]
    ordered = value(articles("GET", "/articles?sort=-title"))["data"]
    assert [one["attributes"]["title"] for one in ordered] == ["Two", "Three", "One"]
    changed = value(
        articles("PATCH", first, sent(id=made[0]["id"], attributes={"title": "Uno"}), kind=KIND)
    )["data"]["attributes"]  # fmt: skip
    assert (changed["title"], changed["body"]) == ("Uno", "x"), "what was not sent stays"
    wrong = articles("POST", "/articles", sent(attributes={"title": ""}), kind=KIND)
    assert (wrong.status, value(wrong)["errors"][0]["status"]) == (422, "422")
