"""Arazzo documents on the site: opened, played on the pages of operations with and without htmx, changed, saved."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.arazzo.read import read_document

OK = [{"condition": "$statusCode == 200"}]
STEPS: list[dict[str, Any]] = [
    {
        "stepId": "make",
        "operationId": "PostCustomers",
        "description": "Makes **one**.",
        "requestBody": {
            "contentType": "application/x-www-form-urlencoded",
            "payload": {"email": "$inputs.email", "name": "$inputs.client_secret"},
        },
        "successCriteria": [*OK, {"context": "$response.body", "condition": "$.id", "type": "jsonpath"}],
        "outputs": {"id": "$response.body#/id"},
        "onSuccess": [{"name": "there", "type": "goto", "stepId": "show", "criteria": OK}],
    },
    {"stepId": "skipped", "operationId": "GetCustomers"},
    {
        "stepId": "show",
        "operationPath": "{$sourceDescriptions.stripe.url}#/paths/~1v1~1customers~1{customer}/get",
        "parameters": [{"name": "customer", "in": "path", "value": "$steps.make.outputs.id"}],
        "successCriteria": [{"condition": "$response.body#/email == $inputs.email"}],
    },
]
INPUTS = {
    "type": "object",
    "required": ["email"],
    "properties": {
        "email": {"type": "string", "description": "Whose"},
        "count": {"type": "integer"},
        "client_secret": {"type": "string"},
    },
}


def document(*steps: Any, **members: Any) -> str:
    workflow = {"workflowId": "main", "summary": "Twice", "inputs": INPUTS, "steps": list(steps or STEPS)}
    value = {
        "arazzo": "1.0.1",
        "info": {"title": "Customers", "version": "1"},
        "sourceDescriptions": [{"name": "stripe", "url": "./stripe.yaml"}],
        "workflows": [{**workflow, "outputs": {"made": "$steps.make.outputs.id"}}],
        **members,
    }
    return json.dumps(value)


def soup_of(
    client: FlaskClient, path: str, data: dict[str, str], status: int = 200, headers: dict[str, str] | None = None
) -> BeautifulSoup:
    response = client.post(path, data=data, headers=headers)
    assert response.status_code == status, response.text[:400]
    return BeautifulSoup(response.text, "html.parser")


def run_of(soup: BeautifulSoup, where: str) -> str:
    found = soup.select_one(f"{where} input[name='~run']")
    assert found is not None
    return str(found["value"])


def test_a_document_is_opened_with_its_inputs_as_a_form_and_its_branches(client: FlaskClient) -> None:
    soup = soup_of(client, "/scenarios", {"scenario": document()})
    assert [one["name"] for one in soup.select(".workflow-form .step-fields [name]")] == [
        "source.stripe",
        "input.email",
        "input.count",
        "where",
    ]
    assert "A secret: type it in the form of the step" in soup.text
    assert [one.text for one in soup.select(".scenario-steps .path")] == [
        "/v1/customers",
        "/v1/customers",
        "/v1/customers/{customer}",
    ]
    branch = soup.select_one(".branches strong")
    assert branch is not None and branch.text == "go to show" and not soup.select(".scenario-steps .notice")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_workflow_is_played_on_the_pages_of_its_operations(client: FlaskClient, headers: dict[str, str]) -> None:
    data = {"document": document(), "input.email": "ada@example.com", "where": "sandbox"}
    page = soup_of(client, "/scenarios/workflow/play", data)
    assert page.select_one("#request")["action"] == "/providers/stripe/postcustomers/send"  # type: ignore[index]
    assert page.select_one("[name='body/email']")["value"] == "ada@example.com"  # type: ignore[index]
    assert "make" in page.select_one("#play-bar h2").text and "client_secret" in page.select_one("#play-bar").text  # type: ignore[union-attr]
    form = {"server": "sandbox", "body/email": "ada@example.com", "~run": run_of(page, "#request")}
    sent = soup_of(client, "/providers/stripe/postcustomers/send", form, headers=headers)
    bar = sent.select_one("#play-bar")
    assert bar is not None and (bar.get("hx-swap-oob") == "true") is bool(headers)
    assert [item["class"] for item in bar.select(".judged li")] == [["good"], ["good"]]
    assert "there: goto show" in bar.text and bar.select_one("button.primary").text.strip() == "Next: show"  # type: ignore[union-attr]
    after = soup_of(client, "/scenarios/workflow/play", {"~run": run_of(sent, "#play-bar")})
    customer = str(after.select_one("[name='path.customer']")["value"])  # type: ignore[index]
    assert customer in sent.text
    form = {"server": "sandbox", "path.customer": customer, "~run": run_of(after, "#request")}
    sent = soup_of(client, "/providers/stripe/getcustomerscustomer/send", form, headers=headers)
    assert [item["class"] for item in sent.select("#play-bar .judged li")] == [["good"]]
    end = soup_of(client, "/scenarios/workflow/play", {"~run": run_of(sent, "#play-bar")})
    assert f"made: {customer}" in end.select_one(".run-results pre").text  # type: ignore[union-attr]
    assert end.select_one("[name='input.email']")["value"] == "ada@example.com"  # type: ignore[index]
    assert end.select_one(".run-results header strong").text == "passed"  # type: ignore[union-attr]


def test_a_wrong_value_makes_the_step_red_and_ends_the_workflow(client: FlaskClient) -> None:
    steps = [{**STEPS[0], "successCriteria": [{"condition": "$statusCode == 201"}]}]
    text = document(*steps)
    page = soup_of(
        client,
        "/scenarios/workflow/play",
        {"document": text.replace("show", "make"), "input.email": "a@b.example", "where": "sandbox"},
    )
    form = {"server": "sandbox", "~run": run_of(page, "#request")}
    bar = soup_of(client, "/providers/stripe/postcustomers/send", form).select_one("#play-bar")
    assert bar is not None and "Found: $statusCode = 200" in bar.text
    assert bar.select_one("button.primary").text.strip() == "See the result"  # type: ignore[union-attr]


def test_the_bar_stays_while_the_form_is_changed_without_a_script(client: FlaskClient) -> None:
    page = soup_of(
        client, "/scenarios/workflow/play", {"document": document(), "input.email": "a@b.example", "where": "sandbox"}
    )
    token = run_of(page, "#request")
    again = soup_of(client, "/providers/stripe/postcustomers/snippet", {"server": "sandbox", "~run": token})
    assert run_of(again, "#request") == token and again.select_one("#play-bar h2").text == "make"  # type: ignore[union-attr]


def test_a_value_of_the_answer_becomes_an_output(client: FlaskClient) -> None:
    page = soup_of(
        client, "/scenarios/workflow/play", {"document": document(), "input.email": "a@b.example", "where": "sandbox"}
    )
    form = {"server": "sandbox", "body/email": "a@b.example", "~run": run_of(page, "#request")}
    sent = soup_of(client, "/providers/stripe/postcustomers/send", form)
    data = {"~run": run_of(sent, "#play-bar"), "pointer": "/email", "name": "email"}
    token = client.post("/scenarios/workflow/output", data=data, headers={"HX-Request": "true"}).text
    shown = soup_of(client, "/scenarios/workflow", {"~run": token})
    text = shown.select_one("textarea[name=document]").text  # type: ignore[union-attr]
    assert read_document(text).workflows[0].steps[0].outputs == {
        "id": "$response.body#/id",
        "email": "$response.body#/email",
    }
    assert client.post("/scenarios/workflow/output", data={**data, "~run": run_of(page, "#request")}).status_code == 422


def test_files_are_the_document_whole(client: FlaskClient) -> None:
    text = document(**{"x-own": {"a": [1.5]}})
    for kind in ("yaml", "json"):
        response = client.post("/scenarios/workflow/file", data={"document": text, "as": kind})
        assert response.headers["Content-Disposition"] == f'attachment; filename="customers.arazzo.{kind}"'
        assert read_document(response.data) == read_document(text)


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("/scenarios/workflow/play", {"document": document()}, "The workflow main needs the input email."),
        (
            "/scenarios/workflow/play",
            {"document": document(), "input.email": "a", "input.count": "x"},
            "The input count must be integer.",
        ),
        (
            "/scenarios/workflow/play",
            {"~run": "gone"},
            "This run is not kept any longer: open the document and play it again.",
        ),
        ("/scenarios", {"scenario": "arazzo: 1.0.1\ninfo: {title: x}"}, "/sourceDescriptions: name at least one"),
        ("/scenarios/workflow/file", {"document": "arazzo: 9"}, "/arazzo: 9.0 is not a version"),
        ("/scenarios/workflow", {"document": "x"}, "This is not an Arazzo document"),
    ],
)
def test_what_is_wrong_is_one_sentence(client: FlaskClient, path: str, data: dict[str, str], sentence: str) -> None:
    response = client.post(path, data=data)
    assert response.status_code == 422 and sentence in response.text


def test_an_unknown_source_is_asked_for(client: FlaskClient) -> None:
    text = document(sourceDescriptions=[{"name": "pay", "url": "https://x.example/a.yaml"}]).replace(
        ".stripe.", ".pay."
    )
    soup = soup_of(client, "/scenarios", {"scenario": text})
    assert "Not known here: write the name of an API of this site." in soup.text
    soup = soup_of(client, "/scenarios/workflow", {"document": text, "source.pay": "stripe"})
    assert not soup.select(".scenario-steps .notice") and "Not known here" not in soup.text


def test_a_secret_that_an_answer_gave_is_sent_and_never_shown(client: FlaskClient) -> None:
    make = {**STEPS[0], "outputs": {"key": "$response.body#/id"}, "onSuccess": []}
    use = {
        "stepId": "use",
        "operationId": "GetCustomers",
        "parameters": [{"name": "Authorization", "in": "header", "value": "Bearer {$steps.make.outputs.key}"}],
    }
    page = soup_of(
        client,
        "/scenarios/workflow/play",
        {"document": document(make, use), "input.email": "a@b.example", "where": "sandbox"},
    )
    sent = soup_of(
        client, "/providers/stripe/postcustomers/send", {"server": "sandbox", "~run": run_of(page, "#request")}
    )
    after = soup_of(client, "/scenarios/workflow/play", {"~run": run_of(sent, "#play-bar")})
    assert "Bearer cus" not in after.text
    sent = soup_of(
        client, "/providers/stripe/getcustomers/send", {"server": "sandbox", "~run": run_of(after, "#request")}
    )
    assert "Bearer cus" not in sent.text and sent.select_one("#play-bar .judged .good") is not None
