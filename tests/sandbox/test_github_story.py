"""A story told to the sandbox of an API like GitHub: issues, comments, labels, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, real, value, written
from tests.sandbox.entries import misfits


@pytest.fixture(params=["written", "real"])
def github(request: pytest.FixtureRequest, state: Path) -> Client:
    catalog = written("hub") if request.param == "written" else real("github.com/api.github.com.json")
    return Client(catalog, state)


def test_github(github: Client) -> None:
    issues = "/repos/ada/engine/issues"
    made = github("POST", issues, {"title": "Broken", "body": "It fails", "labels": ["bug"]})
    assert made.status == 201
    assert made.headers.get("Location") == "/sandbox/api/repos/ada/engine/issues/1"
    issue = value(made)
    assert (issue["number"], issue["title"], issue["body"], issue["state"]) == (1, "Broken", "It fails", "open")
    assert issue["html_url"].endswith("/ada/engine/issues/1"), "its addresses say where it is"
    second = value(github("POST", issues, {"title": "Second"}))
    assert (second["number"], second["id"] != issue["id"]) == (2, True)
    comment = value(github("POST", f"{issues}/1/comments", {"body": "me too"}))
    assert comment["issue_url"].endswith("/repos/ada/engine/issues/1")
    assert value(github("GET", f"{issues}/comments/{comment['id']}"))["body"] == "me too"
    assert [one["id"] for one in value(github("GET", f"{issues}/1/comments"))] == [comment["id"]]
    added = value(github("POST", f"{issues}/1/labels", {"labels": ["urgent", "ui"]}))
    assert [label["name"] for label in added] == ["bug", "urgent", "ui"]
    assert github("DELETE", f"{issues}/1/labels/ui").status in (200, 204)
    read = value(github("GET", f"{issues}/1"))
    names = [label if isinstance(label, str) else label["name"] for label in read["labels"]]
    assert (names, read["comments"]) == (["bug", "urgent"], 1)
    closed = value(github("PATCH", f"{issues}/1", {"state": "closed"}))
    assert closed["state"] == "closed"
    assert closed["closed_at"] >= closed["created_at"][:19]
    assert [one["number"] for one in value(github("GET", issues))] == [2], "closed ones are not listed unless asked for"
    assert {one["number"] for one in value(github("GET", f"{issues}?state=all"))} == {1, 2}
    assert [one["number"] for one in value(github("GET", f"{issues}?state=closed&labels=bug"))] == [1]
    missing = github("GET", f"{issues}/99")
    assert missing.status == 404
    assert "issue" in value(missing)["message"]
    invalid = github("POST", issues, {"body": "no title"})
    assert invalid.status == 422
    assert "body/title" in value(invalid)["message"]


def test_github_pages_with_links(github: Client) -> None:
    issues = "/repos/ada/engine/issues"
    for number in range(5):
        github("POST", issues, {"title": f"Issue {number}"})
    first = github("GET", f"{issues}?per_page=2")
    assert len(value(first)) == 2
    link = first.headers.get("Link") or ""
    assert link == f'<http://127.0.0.1/sandbox/api{issues}?per_page=2&page=2>; rel="next"'
    last = github("GET", f"{issues}?per_page=2&page=3")
    assert len(value(last)) == 1
    assert 'rel="prev"' in (last.headers.get("Link") or "")
    assert 'rel="next"' not in (last.headers.get("Link") or "")


def test_every_answer_of_a_story_fits_its_description(state: Path) -> None:
    catalog = written("hub")
    client = Client(catalog, state)
    client("POST", "/repos/a/b/issues", {"title": "x", "labels": ["bug"]})
    issue = value(client("GET", "/repos/a/b/issues/1"))
    assert misfits(issue, {"$ref": "#/$defs/issue"}, catalog.definitions) == []
