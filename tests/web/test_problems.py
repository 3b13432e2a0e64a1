"""What does not fit is said while typing, with a link to the field; what is only empty is not."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def problems(client: FlaskClient, operation: str, **inputs: str) -> list[tuple[str, str]]:
    answer = client.post(f"/providers/{operation}/snippet", data=inputs, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    found = BeautifulSoup(answer.text, "html.parser").select("#problems li")
    return [(str(one.select_one("a")["href"]), one.get_text(" ", strip=True)) for one in found]  # type: ignore[index]


def test_a_wrong_value_is_named_with_its_field(client: FlaskClient) -> None:
    inputs = {"body/line_items/0/quantity": "two", "path.session": "cs_1"}
    (only,) = problems(client, "stripe/postcheckoutsessionssession", **inputs)
    assert only[0] == "#f-body-line_5f_items-0-quantity"
    assert only[1].startswith("line_items / 0 / quantity :")
    assert "integer" in only[1] or "number" in only[1]


def test_empty_fields_and_fitting_values_are_no_problem(client: FlaskClient) -> None:
    assert problems(client, "stripe/postcheckoutsessionssession") == []
    assert problems(client, "stripe/postcheckoutsessionssession", **{"path.session": "cs_1"}) == []


def test_broken_raw_text_is_a_problem_of_the_raw_body(client: FlaskClient) -> None:
    inputs = {"body~mode": "raw", "body~shown": "raw", "body~raw": "{"}
    found = problems(client, "stripe/postcheckoutsessionssession", **inputs)
    assert [where for where, _ in found] == ["#f-path__session", "#body-raw"]
    assert "line 1" in found[1][1]


def test_what_is_required_and_empty_is_listed_once_something_is_said(client: FlaskClient) -> None:
    (only,) = problems(
        client, "stripe/postcheckoutsessionssession", **{"body/metadata~key/0": "k", "body/metadata~value/0": "v"}
    )
    assert only == ("#f-path__session", "session : session is required.")
