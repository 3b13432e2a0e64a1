"""Scenarios without a script: opened, changed, saved; and what the script asks for while one is made and played."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.app import create_app
from playground.arazzo.read import read_document
from playground.config import Settings
from playground.store import Store, open_store

CUSTOMER = {"operation": "stripe/postcustomers", "title": "Make one", "take": {"customer": "/id"}}
SHOW = {"operation": "stripe/getcustomerscustomer", "arguments": {"customer": "{{customer}}"}}


def text_of(*steps: dict[str, Any], title: str = "Two") -> str:
    return json.dumps({"playground": "scenario", "version": 1, "title": title, "steps": steps})


def soup_of(
    client: FlaskClient, path: str, status: int = 200, fields: dict[str, str] | None = None, **data: str
) -> BeautifulSoup:
    response = client.post(path, data={**data, **(fields or {})})
    assert response.status_code == status, response.text[:500]
    return BeautifulSoup(response.text, "html.parser")


def kept(soup: BeautifulSoup) -> dict[str, Any]:
    found = soup.select_one("#scenario-text")
    assert found is not None
    return dict(json.loads(found.text))


def test_the_empty_page_says_what_a_scenario_is(client: FlaskClient) -> None:
    page = client.get("/scenarios")
    assert page.status_code == 200
    assert "ordered list of prefilled requests" in page.text


def test_the_empty_page_has_an_example_to_open(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/scenarios").text, "html.parser")
    form = page.select_one("form.scenario-example")
    assert form is not None
    text = form.select_one("textarea[name=scenario]").text  # type: ignore[union-attr]
    soup = soup_of(client, str(form["action"]), scenario=text)
    steps = kept(soup)["steps"]
    assert [step["operation"] for step in steps] == [CUSTOMER["operation"], SHOW["operation"]]
    assert {step["server"] for step in steps} == {"sandbox"}
    assert not soup.select(".scenario-steps .notice, .scenario-example")


def test_no_example_is_offered_that_this_site_cannot_play(bundled_store: Store, tmp_path: Path) -> None:
    without_sandbox = create_app(Settings(catalog=Path("unused"), sandbox="off"), bundled_store)
    empty = create_app(Settings(catalog=Path("unused")), open_store(tmp_path / "empty.sqlite"))
    for app in (without_sandbox, empty):
        assert "scenario-example" not in app.test_client().get("/scenarios").text


def test_a_file_is_opened_without_a_script(client: FlaskClient) -> None:
    data = {"file": (io.BytesIO(text_of(CUSTOMER, SHOW).encode()), "s.json")}
    response = client.post("/scenarios", data=data, content_type="multipart/form-data")
    soup = BeautifulSoup(response.text, "html.parser")
    assert [one.text for one in soup.select(".scenario-steps a.path")] == ["/v1/customers", "/v1/customers/{customer}"]
    assert "customers/{{customer}}" in soup.select(".step-code code")[1].text
    assert kept(soup)["steps"][1]["arguments"] == {"customer": "{{customer}}"}


def test_what_is_typed_is_in_the_next_text(client: FlaskClient) -> None:
    typed = {
        "step/0/title": "New",
        "step/0/note": "a\r\nb",
        "step/0/arguments": '{"email": "x"}',
        "step/0/expect": "200",
    }
    soup = soup_of(client, "/scenarios", scenario=text_of(CUSTOMER), title="T", note="", fields=typed)
    step = kept(soup)["steps"][0]
    assert (step["title"], step["note"], step["arguments"], step["expect"]) == ("New", "a\nb", {"email": "x"}, [200])
    assert step["take"] == {"customer": "/id"}
    on_paper = soup.select("#step-1 .printed .help")
    assert [one.text for one in on_paper] == ["Takes customer from /id.", "Expected status: 200"]


def test_a_mistake_keeps_what_was_typed(client: FlaskClient) -> None:
    soup = soup_of(
        client,
        "/scenarios",
        422,
        scenario=text_of(CUSTOMER),
        title="T",
        fields={"step/0/arguments": "{oops", "~remove": "0"},
    )
    assert soup.select_one("#step-1-arguments").text.strip() == "{oops"  # type: ignore[union-attr]
    assert "Step 1: Arguments" in soup.select_one("#scenario-problem").text  # type: ignore[union-attr]


def test_buttons_move_and_remove_steps(client: FlaskClient) -> None:
    soup = soup_of(client, "/scenarios", scenario=text_of(CUSTOMER, SHOW), title="T", fields={"~down": "0"})
    assert [one["operation"] for one in kept(soup)["steps"]] == [SHOW["operation"], CUSTOMER["operation"]]
    soup = soup_of(client, "/scenarios", scenario=text_of(CUSTOMER, SHOW), title="T", fields={"~remove": "0"})
    assert [one["operation"] for one in kept(soup)["steps"]] == [SHOW["operation"]]
    soup = soup_of(client, "/scenarios", scenario=text_of(CUSTOMER), title="T", fields={"~remove": "7"})
    assert len(kept(soup)["steps"]) == 1


def test_a_step_this_site_does_not_have_says_so_and_stays(client: FlaskClient) -> None:
    soup = soup_of(client, "/scenarios", scenario=text_of({"operation": "nobody/does"}))
    assert "This site has no operation nobody/does" in soup.text
    assert kept(soup)["steps"] == [{"operation": "nobody/does"}]


def test_hostile_texts_are_text(client: FlaskClient) -> None:
    evil = "<script>alert(1)</script>"
    step = {**CUSTOMER, "title": evil, "note": f"{evil}[x](javascript:alert(1))", "arguments": {"email": evil}}
    soup = soup_of(client, "/scenarios", scenario=text_of(step, title=evil))
    assert not soup.select("#scenario script")
    assert not [one for one in soup.select("a") if str(one.get("href", "")).startswith("javascript")]
    assert kept(soup)["title"] == evil


def test_no_scenario_is_one_sentence(client: FlaskClient) -> None:
    soup = soup_of(client, "/scenarios", 422, scenario='{"a": 1}')
    assert "This is not a scenario" in soup.select_one("#scenario-problem").text  # type: ignore[union-attr]
    data = {"file": (io.BytesIO(b"\xff\xfe"), "s.json")}
    response = client.post("/scenarios", data=data, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "UTF-8" in response.text


def test_the_download_is_the_changed_scenario(client: FlaskClient) -> None:
    response = client.post("/scenarios/file", data={"scenario": text_of(CUSTOMER), "title": "Ünïque: /../ title"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="n-que-title.json"'
    assert response.json is not None
    assert response.json["title"] == "Ünïque: /../ title"


def test_a_form_becomes_a_step(client: FlaskClient) -> None:
    form = {"path.session": "cs_1", "server": "https://api.stripe.com", "~scenario": text_of(CUSTOMER)}
    response = client.post("/providers/stripe/postcheckoutsessionssession/step", data=form)
    assert response.headers["X-Playground-Steps"] == "2"
    step = json.loads(response.text)["steps"][1]
    assert step["operation"] == "stripe/postcheckoutsessionssession"
    assert step["arguments"] == {"session": "cs_1"}
    broken = client.post("/providers/stripe/postcheckoutsessionssession/step", data={"~scenario": "{"})
    assert broken.status_code == 422
    assert "not valid JSON" in broken.text


def test_the_bar_fills_the_form_with_values_taken(client: FlaskClient) -> None:
    scenario = text_of(CUSTOMER, SHOW)
    first = soup_of(client, "/scenarios/play", scenario=scenario, index="0", answer='{"id": "cus_<1>"}')
    bar = first.select_one("#play-bar")
    assert bar is not None
    assert json.loads(str(bar["data-values"])) == {"customer": "cus_<1>"}
    second = soup_of(client, "/scenarios/play", scenario=scenario, index="1", values=str(bar["data-values"]))
    assert json.loads(str(second.select_one("#play-bar")["data-arguments"])) == {"customer": "cus_<1>"}  # type: ignore[index]


def test_the_bar_says_what_is_missing(client: FlaskClient) -> None:
    scenario = text_of(CUSTOMER, SHOW)
    early = soup_of(client, "/scenarios/play", scenario=scenario, index="1", values="rubbish")
    assert "Step 2 needs {{customer}}, which has not been taken" in early.text
    none = soup_of(client, "/scenarios/play", scenario=scenario, index="0", answer="<html>")
    assert "The answer is not JSON" in none.text
    assert client.post("/scenarios/play", data={"scenario": scenario, "index": "9"}).status_code == 422
    assert client.post("/scenarios/play", data={"scenario": "no"}).status_code == 422


def test_checks_are_shown_with_the_answer_that_was_sent(client: FlaskClient) -> None:
    sent = client.post(
        "/providers/stripe/postcustomers/send",
        data={"server": "sandbox", "body/email": "ada@example.com"},
        headers={"HX-Request": "true"},
    )
    token = BeautifulSoup(sent.text, "html.parser").select_one("#response input[name=answer]")
    assert token is not None
    step = {**CUSTOMER, "expect": [200], "check": ["/id exists", "/email == other", "contract"]}
    data = {"scenario": text_of(step), "index": "0", "token": str(token["value"]), "answer": '{"id": "cus_1"}'}
    bar = soup_of(client, "/scenarios/play", fields=data)
    assert [(" ".join(item["class"]), item.code.text) for item in bar.select(".judged li")] == [  # type: ignore[union-attr]
        ("good", "status 200"),
        ("good", "/id exists"),
        ("bad", "/email == other"),
        ("good", "contract"),
    ]
    assert "failed" in bar.select(".judged .bad")[0].text and 'Found: "ada@example.com"' in bar.text
    again = soup_of(client, "/scenarios/play", fields=data | {"token": "gone"})
    assert not again.select(".judged")


def test_a_check_that_is_typed_is_kept_and_a_wrong_one_named(client: FlaskClient) -> None:
    soup = soup_of(client, "/scenarios", fields={"step/0/check": "/id exists\n"}, scenario=text_of(SHOW), title="T")
    assert kept(soup)["steps"][0]["check"] == ["/id exists"]
    soup = soup_of(client, "/scenarios", 422, {"step/0/check": "id exists"}, scenario=text_of(SHOW), title="T")
    assert "Step 1: Checks: “id exists” is no check" in soup.select_one("#scenario-problem").text  # type: ignore[union-attr]


def test_a_scenario_is_downloaded_as_an_arazzo_document(client: FlaskClient) -> None:
    response = client.post("/scenarios/arazzo", data={"scenario": text_of({**CUSTOMER, "check": ["time < 5"]}, SHOW)})
    assert response.headers["Content-Disposition"] == 'attachment; filename="two.arazzo.yaml"'
    document = read_document(response.data)
    assert [step.id for step in document.workflows[0].steps] == ["postcustomers", "getcustomerscustomer"]
    assert document.sources[0].provider == "stripe" and document.sources[0].url.endswith(
        "/providers/stripe/openapi.json"
    )
    assert "Arazzo has no criterion for time < 5" in document.description
