"""Variables in the line above the form: filled in the URL, the snippet and what is sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.snippets.registry import TARGETS
from tests.support.pages import HTMX, browser_of, document, opened, site_of
from tests.support.servers import Recorded, RecordingServer, http_answer

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


def test_a_secret_has_no_place_among_plain_variables(client: FlaskClient) -> None:
    page = soup_of(client, "snippet", **{"~variables": "api_key = canary-1", "path.customer": "{{api_key}}"})
    assert "canary-1" not in page.select_one("#snippet-text").text  # type: ignore[union-attr]
    assert "canary-1" not in page.select_one("#live-url").text  # type: ignore[union-attr]
    assert "write “secret api_key”" in page.select_one("#problems").text  # type: ignore[union-attr]


SECRET = {"~variables": "secret token\n[live]\nsecret token", "~secret.token": "canary-/+=%", "server": "sandbox"}


def test_no_snippet_has_a_secret_variable_and_each_reads_it_from_the_environment(client: FlaskClient) -> None:
    for target in TARGETS:
        for via in target.vias:
            data = {**SECRET, "path.customer": "{{token}}", "target": target.id, "via": via}
            answer = client.post(f"{OPERATION}/snippet", data=data)
            page = BeautifulSoup(answer.text, "html.parser")
            code = page.select_one("#snippet-text").text  # type: ignore[union-attr]
            assert "canary-" not in answer.text and "PLAYGROUND_VARIABLE" not in answer.text, target.id
            assert "STRIPE_TOKEN" in code, (target.id, via, code)
            assert "/customers/•••" in page.select_one("#live-url").text  # type: ignore[union-attr]
            assert page.select_one("#problems a[href='#variables-text']") is None


def test_a_secret_variable_is_in_what_is_sent_and_in_nothing_that_is_shown(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def echo(_: object, request: Recorded) -> bytes:
        return http_answer({"line": request.line, "body": request.body.decode()}, headers={"X-Echo": "canary-/+=%!"})

    schema = {"type": "object", "properties": {"note": {"type": "string"}, "count": {"type": "integer"}}}
    operation = {
        "operationId": "put", "responses": {"200": {"description": "ok"}},
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                       {"name": "x-note", "in": "header", "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": schema}}},
    }  # fmt: skip
    caplog.set_level("DEBUG")
    with RecordingServer(echo) as api:
        described = document({"/things/{id}": {"post": operation}}, server=api.url)
        with site_of(tmp_path, {"shop": described}, private_networks=opened(api.port)) as app:
            client = browser_of(app)
            fields = {"path.id": "{{token}}", "header.x-note": "n {{token}}", "body/note": "{{token}} {{other}}"}
            # What a field without a script sends too, and what nobody has declared.
            data = {**SECRET, **fields, "server": api.url, "~secret.other": "canary-undeclared"}
            sent = client.post("/providers/shop/put/send", data=data)
            (request,) = api.requests
            assert request.line.split()[1] == "/things/canary-%2F%2B%3D%25"
            assert json.loads(request.body) == {"note": "canary-/+=% {{other}}"}
            assert sent.status_code == 200 and "canary" not in sent.text
            assert "200" in BeautifulSoup(sent.text, "html.parser").select_one("#response").text  # type: ignore[union-attr]
            again = client.post("/providers/shop/put/send", data={**data, "~secret.token": ""})
            assert "The secret variable token has no value here" in again.text and len(api.requests) == 1
            step = client.post("/providers/shop/put/step", data=data, headers=HTMX)
            assert "canary" not in step.text
    assert not [record for record in caplog.records if "canary" in record.getMessage()]
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]
    assert not kept, "no record, history or sandbox has it"


def test_the_sandbox_gets_no_secret_variable(client: FlaskClient) -> None:
    page = soup_of(client, "send", **{**SECRET, "path.customer": "{{token}}"})
    assert "canary" not in page.text and page.select_one("#response .pill") is not None


def test_without_a_script_a_secret_variable_is_typed_for_each_send(client: FlaskClient) -> None:
    answer = client.post(f"{OPERATION}/form", data={**SECRET})
    page = BeautifulSoup(answer.text, "html.parser")
    (box,) = page.select("noscript [name='~secret.token']")
    assert (box["type"], box.get("value")) == ("password", None)
    assert "canary" not in answer.text
