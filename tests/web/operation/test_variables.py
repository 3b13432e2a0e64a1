"""Variables in the line above the form: filled in the URL, the snippet and what is sent."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

OPERATION = "/providers/stripe/getcustomerscustomer"
FORM = {
    "server": "sandbox",
    "path.customer": "{{account}}",
    "~variables": "account = cus_1\n[live]\naccount = cus_9",
    "target": "shell_curl",
}


def soup_of(client: FlaskClient, action: str, **more: str) -> BeautifulSoup:
    response = client.post(f"{OPERATION}/{action}", data={**FORM, **more})
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def test_a_variable_is_filled_in_the_url_and_the_snippet_and_stays_in_the_field(client: FlaskClient) -> None:
    page = soup_of(client, "snippet")
    assert page.select_one("[name='path.customer']")["value"] == "{{account}}"  # type: ignore[index]
    assert "customers/cus_1" in page.select_one("#live-url").text  # type: ignore[union-attr]
    assert "customers/cus_1" in page.select_one("#snippet-text").text  # type: ignore[union-attr]
    assert page.select_one("#variables-text").text.endswith("cus_9")  # type: ignore[union-attr]
    live = soup_of(client, "snippet", **{"~environment": "live"})
    assert "customers/cus_9" in live.select_one("#live-url").text  # type: ignore[union-attr]
    assert live.select_one("#variables .way-state").text.strip() == "live"  # type: ignore[union-attr]


def test_a_variable_is_filled_in_what_is_sent(client: FlaskClient) -> None:
    page = soup_of(client, "send")
    assert "/v1/customers/cus_1" in page.select_one("#response").text  # type: ignore[union-attr]


def test_an_unknown_variable_is_a_problem_with_a_link_to_its_place(client: FlaskClient) -> None:
    page = soup_of(client, "snippet", **{"path.customer": "{{gone}}"})
    link = page.select_one("#problems a[href='#variables-text']")
    assert link is not None and "There is no variable gone" in link.parent.text  # type: ignore[union-attr]
    assert page.select_one("#variables").has_attr("open")  # type: ignore[union-attr]


def test_a_secret_has_no_place_among_variables(client: FlaskClient) -> None:
    page = soup_of(client, "snippet", **{"~variables": "api_key = canary-1", "path.customer": "{{api_key}}"})
    assert "canary-1" not in page.select_one("#snippet-text").text  # type: ignore[union-attr]
    assert "canary-1" not in page.select_one("#live-url").text  # type: ignore[union-attr]
    assert "put it under Key" in page.select_one("#problems").text  # type: ignore[union-attr]
