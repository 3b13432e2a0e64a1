"""Arazzo: documents of others read, written and played; and our verdicts beside those of Redocly Respect.

`examples` takes a folder of documents (the public examples, for one): each is read, written as YAML and JSON, read
again equal, and played in the sandbox to its end. `respect` plays twelve workflows of our own against one loopback API,
with `playground scenario run --check` and with `redocly respect`, which has to be on the PATH (npm, @redocly/cli).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import yaml

from bench.figures import align
from playground.arazzo.document import ArazzoError, Document, called_by
from playground.arazzo.read import read_document
from playground.arazzo.values import inputs_of
from playground.arazzo.write import write_document

_OK = [{"condition": "$statusCode == 200"}]
_MADE = [{"condition": "$statusCode == 201"}]
_RETRY = {"name": "again", "type": "retry", "retryAfter": 0.1, "retryLimit": 3}


def _operation(name: str, answers: Mapping[str, Any], **members: Any) -> dict[str, Any]:
    responses = {
        status: {"description": status, "content": {"application/json": {"schema": schema}}}
        for status, schema in answers.items()
    }
    return {"operationId": name, "responses": responses, **members}


_ITEM = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
_ANY: dict[str, Any] = {"type": "object"}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
_BODY = {"content": {"application/json": {"schema": {"type": "object"}}}}


def description(url: str) -> dict[str, Any]:
    """Return the description of the loopback API."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Items", "version": "1"},
        "servers": [{"url": url}],
        "paths": {
            "/items": {
                "get": _operation("listItems", {"200": {"type": "array", "items": _ITEM}}, parameters=[
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}}]),
                "post": _operation("makeItem", {"201": _ITEM, "400": _ANY}, requestBody=_BODY),
            },
            "/items/{id}": {"get": _operation("readItem", {"200": _ITEM, "404": _ANY}, parameters=[_ID])},
            "/flaky/{id}": {"get": _operation("flaky", {"200": _ANY, "503": _ANY}, parameters=[_ID])},
            "/wrong": {"get": _operation("wrong", {"200": _ITEM})},
            "/undocumented": {"get": _operation("undocumented", {"200": _ANY})},
            "/echo": {"get": _operation("echo", {"200": _ANY}, parameters=[
                {"name": "X-Word", "in": "header", "schema": {"type": "string"}}])},
        },
    }  # fmt: skip


class _API(BaseHTTPRequestHandler):
    """Keeps nothing but how often `/flaky/…` was asked for."""

    counts: ClassVar[dict[str, int]] = {}

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/items":
            self._answer(200, [{"id": 1, "name": "tea"}, {"id": 2, "name": "Coffee"}])
        elif path.startswith("/items/"):
            number = path.rpartition("/")[2]
            self._answer(200, {"id": int(number), "name": "tea"}) if number in ("1", "7") else self._answer(404, {})
        elif path.startswith("/flaky/"):
            self.counts[path] = self.counts.get(path, 0) + 1
            good = self.counts[path] > int(path.rpartition("/")[2]) % 10
            self._answer(200 if good else 503, {"tries": self.counts[path]})
        elif path == "/wrong":
            self._answer(200, {"id": "one"})
        elif path == "/undocumented":
            self._answer(202, {})
        else:
            self._answer(200, {"word": self.headers.get("X-Word"), "none": None})

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self._answer(201, {"id": 7, **sent}) if sent.get("name") else self._answer(400, {"error": "name"})

    def _answer(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Rate-Limit", "5")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""


def _step(name: str, operation: str, **members: Any) -> dict[str, Any]:
    return {"stepId": name, "operationId": operation, **members}


def _make(name: Any, **members: Any) -> dict[str, Any]:
    return _step(
        "make", "makeItem", requestBody={"contentType": "application/json", "payload": {"name": name}}, **members
    )


def _read(value: Any, name: str = "read", **members: Any) -> dict[str, Any]:
    return _step(name, "readItem", parameters=[{"name": "id", "in": "path", "value": value}], **members)


def _flaky(number: int, **members: Any) -> dict[str, Any]:
    return _step("flaky", "flaky", parameters=[{"name": "id", "in": "path", "value": number}], **members)


_BODY_CRITERIA = [
    {"context": "$response.body", "condition": "$[?@.id == 1]", "type": "jsonpath"},
    {"context": "$statusCode", "condition": "^2\\d\\d$", "type": "regex"},
    {"condition": "$response.header.x-rate-limit == 5 && $response.body#/name == 'tea'"},
]
_SAME_ID = [{"condition": "$response.body#/id == $steps.make.outputs.id"}]
_ECHOED = [{"condition": "$response.body#/word == 'no 7' && $response.body#/none == null"}]
_MILK = [{"condition": "$response.body#/0/name == 'milk'"}]
_ID_OF_MADE = {"id": "$response.body#/id"}


def _goes(name: str, **members: Any) -> list[dict[str, Any]]:
    return [{"name": "go", "type": name, **members}]


WORKFLOWS: dict[str, list[dict[str, Any]]] = {
    "carried": [
        _make("tea", successCriteria=_MADE, outputs=_ID_OF_MADE),
        _read("$steps.make.outputs.id", successCriteria=_SAME_ID),
    ],
    "criteria of three types": [_read(1, successCriteria=_BODY_CRITERIA)],
    "a criterion that fails": [_step("list", "listItems", successCriteria=_MILK)],
    "a documented failure without criteria": [_read(9)],
    "an undocumented status": [_step("u", "undocumented")],
    "a body against its schema": [_step("w", "wrong", successCriteria=_OK)],
    "retried to success": [_flaky(2, successCriteria=_OK, onFailure=[_RETRY])],
    "retried in vain": [_flaky(19, successCriteria=_OK, onFailure=[{**_RETRY, "retryLimit": 1}])],
    "goto over a failing step": [
        _step("list", "listItems", successCriteria=_OK, onSuccess=_goes("goto", stepId="end")),
        _step("w", "wrong"),
        _read(1, "end", successCriteria=_OK),
    ],
    "end by an action": [
        _step("list", "listItems", successCriteria=_OK, onSuccess=_goes("end", criteria=_OK)),
        _step("w", "wrong"),
    ],
    "a failure that goes on": [
        _read(9, successCriteria=_OK, onFailure=_goes("goto", stepId="other")),
        _read(1, "other", successCriteria=_OK),
    ],
    "a header with an expression inside": [
        _make("tea", successCriteria=_MADE, outputs=_ID_OF_MADE),
        _step(
            "echo",
            "echo",
            parameters=[{"name": "X-Word", "in": "header", "value": "no {$steps.make.outputs.id}"}],
            successCriteria=_ECHOED,
        ),
    ],
}


@contextmanager
def _api() -> Iterator[str]:
    _API.counts.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _API)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def respect() -> tuple[str, bool]:
    """Return the table of verdicts, and whether all of them are the same."""
    redocly = shutil.which("redocly")
    if redocly is None:
        return "respect needs `redocly` on the PATH: npm install @redocly/cli, then its node_modules/.bin.", False
    rows, same = [("workflow", "ours", "Respect", "")], True
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for title, steps in WORKFLOWS.items():
            ours = _verdict(folder, steps, [sys.executable, "-m", "playground", "scenario", "run", "--check"])
            theirs = _verdict(folder, steps, [redocly, "respect"])
            rows.append((title, ours, theirs, "" if ours == theirs else "differs"))
            same = same and ours == theirs
    return f"{align(rows, (0, 1, 2))}\n\n{len(rows) - 1} workflows", same


def _verdict(folder: Path, steps: Any, command: list[str]) -> str:
    """Return `passed` or `failed` as a program's exit status says; each run has an API of its own."""
    with _api() as url:
        (folder / "items.yaml").write_text(yaml.safe_dump(description(url)))
        file = folder / "items.arazzo.yaml"
        value = {
            "arazzo": "1.0.1",
            "info": {"title": "Items", "version": "1.0.0"},
            "sourceDescriptions": [{"name": "items", "url": "items.yaml", "type": "openapi"}],
            "workflows": [{"workflowId": "main", "steps": steps}],
        }
        file.write_text(yaml.safe_dump(value, sort_keys=False))
        environ = {**os.environ, "PLAYGROUND_CATALOG": str(folder / "catalog.sqlite"), "REDOCLY_TELEMETRY": "off"}
        done = subprocess.run(
            [*command, str(file)], capture_output=True, text=True, timeout=120, check=False, env=environ
        )
        if done.returncode not in (0, 1):
            return f"exit status {done.returncode}"
        return "failed" if done.returncode else "passed"


def examples(folder: Path) -> tuple[str, bool]:
    """Return what became of each document below a folder, and whether each was read equal and played to its end."""
    rows, sound = [("document", "workflows", "read again", "in the sandbox")], True
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".yaml", ".yml", ".json") or "arazzo" not in path.read_text(errors="replace")[:400]:
            continue
        try:
            document = read_document(path.read_bytes())
        except ArazzoError as error:
            rows.append((path.name, "", "", str(error)))
            sound = False
            continue
        equal = all(read_document(write_document(document, as_json=as_json)) == document for as_json in (False, True))
        played, ended = _played(path, document)
        rows.append((path.name, str(len(document.workflows)), "equal" if equal else "differs", played))
        sound = sound and equal and ended
    return align(rows, (0, 2, 3)), sound and len(rows) > 1


def _played(path: Path, document: Document) -> tuple[str, bool]:
    """Play a document in the sandbox with made-up inputs; descriptions are taken from files beside it."""
    extra = sorted(path.parent.glob(f"{path.name.partition('.')[0]}.description.*"))
    beside = [file for file in path.parent.glob("*openapi*") if file.is_file()]
    options = []
    for source in document.sources:
        if not (path.parent / source.url).is_file():
            fitting = [file for file in beside if file.name == source.url.rpartition("/")[2]]
            options += ["--source", f"{source.name}={(fitting or extra)[0]}"] if fitting or extra else []
    called = {name for workflow in document.workflows for name in called_by(workflow)}
    top = [workflow for workflow in document.workflows if workflow.id not in called]
    given = {field.name: _value(field.kind) for workflow in top for field in inputs_of(workflow)}
    with tempfile.TemporaryDirectory() as scratch:
        inputs, report = Path(scratch) / "inputs.json", Path(scratch) / "report.json"
        inputs.write_text(json.dumps(given))
        options += ["--sandbox", "--inputs", str(inputs), "--report", str(report)]
        environ = {**os.environ, "PLAYGROUND_CATALOG": str(Path(scratch) / "catalog.sqlite")}
        command = [sys.executable, "-m", "playground", "scenario", "run", str(path), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environ)
        if not report.is_file():
            return done.stderr.strip().splitlines()[-1][:100] if done.stderr else "no report", False
        workflows = json.loads(report.read_text())["workflows"]
    told = []
    for workflow in workflows:
        last = workflow["steps"][-1]
        why = last.get("error") or next((c["condition"] for c in last.get("criteria", []) if not c["passed"]), "")
        told.append(
            f"{workflow['workflow']}: " + ("passed" if workflow["passed"] else f"ends at {last['step']} ({why[:60]})")
        )
    return "; ".join(told), bool(told)


def _value(kind: str) -> Any:
    return {"text": "text", "number": 1, "boolean": True, "choice": "text"}.get(kind, {"uri": "https://x.example/1"})
