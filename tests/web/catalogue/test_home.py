"""The home page's example is a real form: its snippet and Send answer, with and without a script."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store
from tests.support.pages import HTMX

UPDATE = "/providers/stripe/postcheckoutsessionssession"


def example(client: FlaskClient) -> BeautifulSoup | None:
    soup = BeautifulSoup(client.get("/").text, "html.parser")
    form = soup.select_one("form#example")
    return BeautifulSoup(str(form), "html.parser") if form else None


def values(form: BeautifulSoup) -> dict[str, str]:
    """Return what a browser would submit."""
    return {
        str(one["name"]): str(one.get("value", ""))
        for one in form.select("input[name]")
        if one.get("type") != "radio" or one.has_attr("checked")
    }


def test_its_inputs_are_those_of_the_snippet_beside_it(client: FlaskClient) -> None:
    form = example(client)
    assert form is not None
    code = form.select_one("#snippet-text")
    assert code is not None
    assert "session: 'cs_test_a1'" in code.text
    assert "metadata: { order_id: '6735' }" in code.text


def test_its_snippet_follows_with_nothing_the_page_has_no_place_for(client: FlaskClient) -> None:
    form = example(client)
    assert form is not None
    data = values(form) | {"path.session": "cs_9", "target": "shell_curl"}
    answer = BeautifulSoup(client.post(f"{UPDATE}/snippet", data=data, headers=HTMX).text, "html.parser")
    assert "checkout/sessions/cs_9" in answer.select("#snippet-text")[0].text
    assert [one["id"] for one in answer.find_all(id=True, recursive=False)] == ["snippet", "live-url"]


def test_it_sends_to_the_sandbox_without_a_script(client: FlaskClient) -> None:
    form = example(client)
    assert form is not None
    page = client.post(f"{UPDATE}/send", data=values(form))
    assert "200 OK" in page.text
    assert 'value="cs_test_a1"' in page.text


def test_a_sentence_about_it_leads_to_no_field_that_is_not_there(client: FlaskClient) -> None:
    form = example(client)
    assert form is not None
    for session in ("", "x" * 80):
        data = values(form) | {"path.session": session}
        answer = BeautifulSoup(client.post(f"{UPDATE}/send", data=data, headers=HTMX).text, "html.parser")
        assert answer.select(".sentence, .pill")
        assert not answer.select("a[href^='#f-'], [data-retry]")


def test_it_is_not_there_where_nothing_could_answer(bundled_store: Store) -> None:
    without = create_app(Settings(catalog=Path("unused"), sandbox="off"), bundled_store).test_client()
    assert example(without) is None
