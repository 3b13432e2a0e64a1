"""`scenario run FILE.arazzo.yaml` sends what an Arazzo document says, by the road of every call, and reports it."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run, failed
from tests.support.servers import Answer, Recorded, RecordingServer, http_answer

SECRET = "canary-s3cret"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Orders", "version": "1"},
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    "security": [{"bearer": []}],
    "paths": {
        "/orders": {
            "post": {
                "operationId": "makeOrder",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"201": {"description": "", "content": {"application/json": {"schema": {
                    "type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}}}}},
            }
        },
        "/orders/{id}": {
            "get": {
                "operationId": "readOrder",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": {"description": ""}},
            }
        },
    },
}  # fmt: skip
STEPS: list[dict[str, Any]] = [
    {
        "stepId": "make", "operationId": "makeOrder",
        "requestBody": {"payload": {"item": "$inputs.item", "pin": "$inputs.pin"}},
        "successCriteria": [{"condition": "$statusCode == 201"}], "outputs": {"id": "$response.body#/id"},
    },
    {
        "stepId": "read", "operationId": "readOrder",
        "parameters": [{"name": "id", "in": "path", "value": "$steps.make.outputs.id"}],
        "successCriteria": [{"condition": "$statusCode == 200"}],
    },
]  # fmt: skip
INPUTS = {
    "type": "object",
    "required": ["item"],
    "properties": {
        "item": {"type": "string"}, "count": {"type": "integer"}, "pin": {"type": "string", "format": "password"},
    },
}  # fmt: skip
Write = Callable[..., str]
TOKEN = '{"type": "bearer_token", "token": "canary-t0ken"}'


def in_turn(*answers: bytes) -> Answer:
    """Return what gives these answers, one to each request, the last to all further ones."""
    left = list(answers)

    def answer(_: socket.socket, __: Recorded) -> bytes:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        server.answer = http_answer({"id": 7}, "201 Created")
        yield server


@pytest.fixture
def write(tmp_path: Path, api: RecordingServer, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a document beside its description, whose server is ours."""
    monkeypatch.setenv("PLAYGROUND_PRIVATE_NETWORKS", f"127.0.0.1/32:{api.port}")
    (tmp_path / "orders.yaml").write_text(yaml.safe_dump({**DOCUMENT, "servers": [{"url": api.url}]}))

    def written(*steps: Any, **members: Any) -> str:
        path = tmp_path / "orders.arazzo.yaml"
        workflow = {"workflowId": "main", "inputs": INPUTS, "steps": list(steps or STEPS)}
        value = {
            "arazzo": "1.0.1",
            "info": {"title": "Orders", "version": "1"},
            "sourceDescriptions": [{"name": "orders", "url": "./orders.yaml"}],
            "workflows": [workflow],
            **members,
        }
        path.write_text(yaml.safe_dump(value, sort_keys=False))
        return str(path)

    return written


def test_a_description_beside_the_document_is_read_and_called(run: Run, write: Write, api: RecordingServer) -> None:
    api.answer = in_turn(http_answer({"id": 7}, "201 Created"), http_answer({"ok": True}))
    result = run("scenario", "run", write(), "--input", "item=5", "--credential", TOKEN)
    assert result.exit_code == 0, result.stderr
    first, second = api.requests
    assert (first.line, json.loads(first.body)) == ("POST /orders HTTP/1.1", {"item": "5"})
    assert second.line == "GET /orders/7 HTTP/1.1" and second.header("Authorization") == "Bearer canary-t0ken"
    lines = result.stdout.splitlines()
    assert lines[0] == "main" and lines[1].startswith("  make: 201 in ") and lines[2] == "    + $statusCode == 201"
    assert lines[-1] == "passed"


def test_reports_tell_what_failed_without_secrets(run: Run, write: Write, api: RecordingServer, tmp_path: Path) -> None:
    api.answer = in_turn(
        http_answer({"id": 7, "token": "made-by-api", "echo": SECRET}, "201 Created"), http_answer({}, "404 Not Found")
    )
    files = {kind: tmp_path / f"report.{kind}" for kind in ("xml", "json", "html")}
    options = ["--report", str(files["xml"]), "--report", str(files["json"]), "--record", str(files["html"])]
    result = run("scenario", "run", write(), "--input", "item=tea", "--input", f"pin={SECRET}", *options)
    assert failed(result) == "The workflow failed: main."
    assert "- $statusCode == 200 (Found: $statusCode = 404)" in result.stdout
    texts = {kind: path.read_text() for kind, path in files.items()}
    assert 'failures="1"' in texts["xml"] and json.loads(texts["json"])["passed"] is False
    assert "POST " in texts["html"] and "404 Not Found" in texts["html"]
    assert not any(
        secret in text for secret in (SECRET, "made-by-api") for text in (*texts.values(), result.stdout, result.stderr)
    )


def test_the_sandbox_plays_without_a_network_and_remembers(run: Run, write: Write, api: RecordingServer) -> None:
    result = run("scenario", "run", write(), "--sandbox", "--input", "item=tea", "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["step"], one["status"], one["passed"]) for one in told] == [("make", 201, True), ("read", 200, True)]
    assert not api.requests and result.exit_code == 0


def test_check_makes_a_step_fail_whose_answer_contradicts_its_description(
    run: Run, write: Write, api: RecordingServer
) -> None:
    api.answer = http_answer({"id": "seven"}, "201 Created")
    assert run("scenario", "run", write(STEPS[0]), "--input", "item=tea").exit_code == 0
    result = run("scenario", "run", write(STEPS[0]), "--input", "item=tea", "--check")
    assert result.exit_code == 1
    assert "- The answer matches its description (/id: This is of the type string, not integer.)" in result.stdout


def test_an_api_of_the_catalogue_is_a_source(run: Run, write: Write, api: RecordingServer, tmp_path: Path) -> None:
    assert run("add", "shop", str(tmp_path / "orders.yaml")).exit_code == 0 or write()
    path = write(STEPS[0], sourceDescriptions=[{"name": "elsewhere", "url": "https://gone.invalid/x.yaml"}])
    assert run("add", "shop", str(tmp_path / "orders.yaml")).exit_code == 0
    result = run("scenario", "run", path, "--source", "elsewhere=shop", "--input", "item=tea")
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "{file}: The workflow main needs the input item."),
        (["--input", "item"], "--input: write NAME=VALUE, for example --input customer=cs_1."),
        (["--input", "item=x", "--input", "count=x"], "{file}: The input count must be integer."),
        (["--input", "items=x"], "{file}: The workflow main needs the input item."),
        (
            ["--input", "item=x", "--input", "items=x"],
            "--input items: no workflow has this input; there are count, item, pin.",
        ),
        (["--workflow", "gone"], "--workflow gone: the document has main."),
        (
            ["--input", "item=x", "--source", "orders=gone.yaml"],
            "--source orders: there is no file and no API of the catalogue named gone.yaml.",
        ),
        (["--input", "item=x", "--source", "x=y"], "--source x=y: write NAME=FILE or NAME=PROVIDER; names are orders."),
        (["--record", "x.pdf"], "--record x.pdf: name a file that ends in .html."),
        (["--report", "x.pdf"], "--report x.pdf: name a file that ends in .xml (JUnit) or .json."),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_sent(
    run: Run, write: Write, api: RecordingServer, options: list[str], sentence: str
) -> None:
    path = write()
    result = run("scenario", "run", path, *options)
    assert result.exit_code == 1 and not api.requests
    shown = result.stderr + result.stdout
    assert sentence.format(file=path) in shown and "Traceback" not in shown


def test_a_source_that_only_the_document_names_is_not_fetched_from_a_private_address(
    run: Run, write: Write, api: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLAYGROUND_PRIVATE_NETWORKS")
    path = write(STEPS[0], sourceDescriptions=[{"name": "inside", "url": f"{api.url}/orders.yaml"}])
    result = run("scenario", "run", path, "--input", "item=x")
    assert result.exit_code == 1 and not api.requests


def test_several_workflows_are_played_and_called_ones_only_when_called(
    run: Run, write: Write, api: RecordingServer
) -> None:
    call = {"stepId": "call", "workflowId": "inner", "parameters": [{"name": "item", "value": "tea"}]}
    workflows = [
        {"workflowId": "a", "steps": [call]},
        {"workflowId": "inner", "inputs": INPUTS, "steps": [STEPS[0]]},
        {"workflowId": "b", "steps": [{**STEPS[0], "successCriteria": [{"condition": "$statusCode == 200"}]}]},
    ]
    result = run("scenario", "run", write(workflows=workflows))
    assert failed(result) == "1 of 2 workflows failed: b." and len(api.requests) == 2
    assert run("scenario", "run", write(workflows=workflows), "--workflow", "inner", "--input", "item=x").exit_code == 0


def test_a_retry_waits_and_tries_again(run: Run, write: Write, api: RecordingServer) -> None:
    api.answer = in_turn(http_answer({}, "503 Service Unavailable"), http_answer({"id": 1}, "201 Created"))
    step = {**STEPS[0], "onFailure": [{"name": "again", "type": "retry", "retryAfter": 0, "retryLimit": 2}]}
    result = run("scenario", "run", write(step), "--input", "item=x")
    assert result.exit_code == 0 and "then again: retry" in result.stdout and "make (attempt 2): 201" in result.stdout
