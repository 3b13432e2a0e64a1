"""Stories told to the sandbox on its pages: an issue tracker, a store of files, a cluster that is watched."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import RunningSite, environ_for, playground, running
from tests.support.needs import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DOCUMENTS = Path(__file__).parents[1] / "sandbox" / "documents"
REPO = {"path.owner": "ada", "path.repo": "engine"}
ONE = {"path.namespace": "demo", "path.name": "app"}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site of the three descriptions, all of them answered by the sandbox."""
    folder = tmp_path_factory.mktemp("stories")
    environ = environ_for(folder, PLAYGROUND_SANDBOX="only")
    for name in ("hub", "store", "cluster"):
        playground("add", name, str(DOCUMENTS / f"{name}.yaml"), environ=environ)
    with running("serve", free_port(), environ, folder / "serve.log") as site:
        yield site


class Teller:
    """A visitor who fills in operations' pages and sends them."""

    def __init__(self, page: Page, site: RunningSite) -> None:
        self.page, self.site = page, site

    def fill(self, operation: str, values: dict[str, str], media_type: str = "") -> None:
        """Open an operation's page and fill in its fields; a value of `body` is raw text."""
        self.page.goto(f"{self.site.url}/providers/{operation}")
        if media_type:
            self.page.select_option("[name=media_type]", media_type)
        for name, value in values.items():
            if name == "body":
                self.page.locator("label:has([name='body~mode'][value=raw])").click()
                name = "body~raw"
            if value == "true":
                self.page.locator(f'label:has([name="{name}"][value=true])').click()
                continue
            field = self.page.locator(f'[name="{name}"]')
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def send(self, status: int) -> str:
        """Send, wait for the answer of that status, and return its text."""
        self.page.click("#send")
        expect(self.page.locator("#response .status-line")).to_contain_text(str(status))
        view = self.page.get_by_role("button", name="Text", exact=True)
        if view.count():
            view.click()
            expect(view).to_have_attribute("aria-pressed", "true")
        return self.page.locator("#response").inner_text()

    def text(self, operation: str, values: dict[str, str], status: int = 200, media_type: str = "") -> str:
        self.fill(operation, values, media_type)
        return self.send(status)


def test_an_issue_is_made_commented_labelled_and_closed(page: Page, stories: RunningSite) -> None:
    tell = Teller(page, stories)
    tell.text("hub/create", {**REPO, "body/title": "It halts"}, 201)
    issue = {**REPO, "path.issue_number": "1"}
    tell.text("hub/comment", {**issue, "body/body": "Not always."}, 201)
    assert "wontfix" in tell.text("hub/addlabels", {**issue, "body": '{"labels": ["wontfix"]}'})
    tell.text("hub/update", {**issue, "body/state": "closed"})
    shown = tell.text("hub/read", issue)
    for words in ("It halts", "wontfix", "closed"):
        assert words in shown
    assert "Not always." in tell.text("hub/comments", issue)


def test_a_file_is_put_listed_read_and_deleted(page: Page, stories: RunningSite) -> None:
    tell = Teller(page, stories)
    bucket, key = {"path.Bucket": "photos"}, {"path.Bucket": "photos", "path.Key": "cat.txt"}
    tell.text("store/createbucket", bucket)
    tell.fill("store/putobject", key)
    page.set_input_files("[name=body]", {"name": "cat.txt", "mimeType": "text/plain", "buffer": b"meow"})
    tell.send(200)
    assert "<Key>cat.txt</Key>" in tell.text("store/listobjects", bucket)
    assert "meow" in tell.text("store/getobject", key)
    tell.text("store/deleteobject", key, 204)
    assert "<Error>" in tell.text("store/getobject", key, 404)
    assert "<KeyCount>0</KeyCount>" in tell.text("store/listobjects", bucket)


def _shown_live(page: Page, kind: str) -> str:
    """Return an event once it is shown, nothing where the watch was over before."""
    live = page.locator("#response[data-live]")
    while live.count():
        if kind in (live.first.text_content() or ""):
            return kind
        page.wait_for_timeout(50)
    return ""


@pytest.mark.long
def test_a_cluster_is_patched_in_three_ways_and_watched_as_it_changes(page: Page, stories: RunningSite) -> None:
    tell, maps = Teller(page, stories), {"path.namespace": "demo"}
    made = {"metadata": {"name": "app"}, "data": {"k": "v"}}
    tell.text("cluster/create", {**maps, "body": json.dumps(made)}, 201)
    for kind, patch, data in (
        ("json-patch", [{"op": "add", "path": "/data/x", "value": "y"}], {"k": "v", "x": "y"}),
        ("merge-patch", {"data": {"k": None}}, {"x": "y"}),
        ("strategic-merge-patch", {"data": {"z": "1"}}, {"x": "y", "z": "1"}),
    ):
        values = {**ONE, "body": json.dumps(patch)}
        shown = tell.text("cluster/patch", values, media_type=f"application/{kind}+json")
        found = re.search(r'"data": (\{[^}]*\})', shown)
        assert found is not None, shown
        assert json.loads(found[1]) == data
    watching = Teller(page.context.new_page(), stories)
    watching.fill("cluster/list", {**maps, "query.watch": "true", "query.timeoutSeconds": "120"})
    seen = ""
    # A watch takes ten seconds, and shows what happens as it does; on a slow machine it may be over before.
    for attempt in itertools.count():
        name = f"watched-{attempt}"
        other = {**ONE, "path.name": name}
        tell.text("cluster/create", {**maps, "body": json.dumps({"metadata": {"name": name}})}, 201)
        if "MODIFIED" in seen:
            tell.fill("cluster/remove", other)
        else:
            tell.fill("cluster/patch", {**other, "body": '{"data": {"z": "2"}}'})
            tell.page.select_option("[name=media_type]", "application/merge-patch+json")
        watching.page.evaluate("document.querySelector('[data-stop]').click()")
        expect(watching.page.locator("#response[data-live]")).to_have_count(0)
        watching.page.click("#send")
        expect(watching.page.locator("#response[data-live]")).to_contain_text(name)
        tell.page.click("#send")
        seen += _shown_live(watching.page, "DELETED" if "MODIFIED" in seen else "MODIFIED")
        if "MODIFIED" in seen and "DELETED" in seen:
            break
    watching.page.close()
    tell.text("cluster/remove", ONE)
    tell.text("cluster/read", ONE, 404)
