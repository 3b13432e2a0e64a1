"""`call --check` and `scenario run --check`: what contradicts a description, in a terminal and in reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run, failed
from tests.support.servers import RecordingServer, http_answer

TOKEN = '{"type": "bearer_token", "token": "canary-t0ken"}'
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Orders", "version": "1"},
    "security": [{"bearer": []}],
    "paths": {"/orders": {"get": {"operationId": "orders", "responses": {
        "200": {"$ref": "#/components/responses/Orders"}}}}},
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        "responses": {"Orders": {"description": "", "content": {"application/json": {"schema": {
            "type": "array", "maxItems": 3, "items": {"$ref": "#/components/schemas/Order"}}}}}},
        "schemas": {"Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}},
    },
}  # fmt: skip


@pytest.fixture
def orders(run: Run, api: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> Run:
    document = {**DOCUMENT, "servers": [{"url": api.url}]}
    assert run("add", "shop", "-", input=json.dumps(document).encode()).exit_code == 0
    monkeypatch.setenv("PLAYGROUND_PRIVATE_NETWORKS", f"127.0.0.1/32:{api.port}")
    return run


def test_an_answer_that_matches_ends_well(orders: Run, api: RecordingServer) -> None:
    api.answer = http_answer([{"id": 1}])
    result = orders("call", "shop", "orders", "--check")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [{"id": 1}])
    assert result.stderr.splitlines()[1:] == ["Matches the description."]


def test_findings_are_lines_with_pointer_rule_and_place(orders: Run, api: RecordingServer, tmp_path: Path) -> None:
    api.answer = http_answer([{"id": "canary-t0ken"}, {"canary-t0ken": 1}, {"id": 1, "extra": 2}, {"id": 4}])
    reports = tmp_path / "report.xml", tmp_path / "report.json"
    options = [part for path in reports for part in ("--report", str(path))]
    result = orders("call", "shop", "orders", *options, "--credential", TOKEN)
    assert result.exit_code == 1
    assert "canary" not in result.stderr + result.stdout + "".join(path.read_text() for path in reports)
    assert set(result.stderr.splitlines()[1:-2]) == {
        "error: /0/id: This is of the type string, not integer. "
        '["type": "integer" at #/components/schemas/Order/properties/id/type]',
        'error: /1/id: id is missing. ["required": ["id"] at #/components/schemas/Order/required]',
        "error: the whole body: There are 4 here; the description asks for up to 3 items. "
        '["maxItems": 3 at #/components/responses/Orders/content/application~1json/schema/maxItems]',
        "note: /1/•••: The description does not mention •••. "
        "[#/components/responses/Orders/content/application~1json/schema]",
        "note: /2/extra: The description does not mention extra. "
        "[#/components/responses/Orders/content/application~1json/schema]",
    }
    assert result.stderr.splitlines()[-1] == "playground: 1 answer contradicts the description: see above."
    suite = ElementTree.fromstring(reports[0].read_text())[0]  # noqa: S314 - written by the line above
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "1", "0")
    assert [one.get("type") for one in suite[0].iter("failure")] == ["content"] * 3
    written = json.loads(reports[1].read_text())
    assert written["matches"] is False
    assert {one["pointer"] for one in written["answers"][0]["findings"]} == {"/0/id", "/1/id", "", "/1/•••", "/2/extra"}


def test_a_report_is_written_where_there_was_no_answer(orders: Run, api: RecordingServer, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    result = orders("call", "shop", "orders", "--server", "http://127.0.0.1:9", "--report", str(report))
    assert result.exit_code == 1
    (case,) = ElementTree.fromstring(report.read_text())[0]  # noqa: S314 - written by the line above
    assert case.find("error") is not None
    assert not api.requests


def test_a_report_of_another_kind_is_refused(orders: Run, api: RecordingServer) -> None:
    assert "ends in .xml (JUnit) or .json" in failed(orders("call", "shop", "orders", "--report", "report.txt"))
    assert not api.requests


def test_a_scenario_is_checked_step_by_step(orders: Run, api: RecordingServer, tmp_path: Path) -> None:
    steps = [{"operation": "shop/orders", "title": title} for title in ("First", "Second")]
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps({"playground": "scenario", "version": 1, "title": "Orders", "steps": steps}))
    report = tmp_path / "report.json"
    api.answer = http_answer([{"id": "x"}])
    result = orders("scenario", "run", str(scenario), "--check", "--report", str(report), "--json")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "playground: 2 answers contradict the description: see above."
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["findings"][0]["pointer"] for line in lines] == ["/0/id", "/0/id"]
    assert [answer["title"] for answer in json.loads(report.read_text())["answers"]] == ["1. First", "2. Second"]
    api.answer = http_answer([{"id": 1}])
    assert orders("scenario", "run", str(scenario), "--check").exit_code == 0
    api.answer = http_answer([], "500 Internal Server Error")
    stopped = orders("scenario", "run", str(scenario), "--report", str(report))
    assert stopped.exit_code == 1
    assert "expected 200 to 299" in json.loads(report.read_text())["answers"][0]["error"]
