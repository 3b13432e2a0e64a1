"""Executes snippets of both roads in one batch, and compares gateway calls with what they were made of."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.request.model import FileValue
from playground.snippets.files import local_files, map_files
from playground.snippets.registry import find_target
from tests.snippets.arrived import Batch, Runner
from tests.snippets.case import SECRETS, Case
from tests.snippets.runner import Run
from tests.support.servers import RecordingServer, http_answer


def execute_both(folder: Path, cases: Iterable[Case], target: str, runner: Runner) -> Batch:
    """Render each case directly and as a call of a gateway, and run all of it in one program.

    Targets made for this paste files as base64 into a call, so only direct snippets have files beside them.
    """
    with RecordingServer(http_answer({"ok": True}, headers={"Connection": "close"})) as server:
        runs: list[Run] = []
        render = find_target(target).render
        for case in cases:
            home = f"{server.url}/{case.name}"
            text = render(case.given("direct", base=home)).text
            runs.append(Run(name=case.name, text=text, files=local_files(case.content)))
            called = as_call(case).name
            text = render(case.given("gateway", base=home, gateway=f"{server.url}/{called}")).text
            runs.append(Run(name=called, text=text))
        errors = runner(folder, runs, SECRETS)
        return Batch(server.requests, errors, folder)


def as_call(case: Case) -> Case:
    """Return the case under the name its gateway call has in a batch of both roads."""
    return replace(case, name=f"{case.name}_called")


def assert_call_arrived(case: Case, batch: Batch) -> None:
    """Compare path, arguments, options and credential of a gateway call."""
    called = as_call(case)
    sent = batch.of(called)
    secrets = [[SECRETS[name] for name in injection.variables] for injection in case.injections]
    text = sent.body.decode("utf-8", "surrogatepass")
    wrapped = bool(case.options or len(case.injections) > 1 or "args" in case.arguments)
    for secret in {value for values in secrets if wrapped for value in values}:
        escaped = jsontext.dumps(secret)[1:-1]
        assert secret in text or escaped in text
        text = text.replace(escaped, "SECRET").replace(secret, "SECRET")  # some escape nothing, as a note says
    body = jsontext.loads(text)
    assert sent.method == "POST"
    assert sent.target.startswith(f"/{called.name}/tools/{quote(case.provider, safe='')}/")
    assert sent.header("content-type") == "application/json"
    wanted = _plain(case.sent.arguments)
    if wrapped:
        assert _plain(body["args"]) == wanted
        assert body.get("options", {}) == case.options
        assert sent.header("authorization") is None
        return
    assert _plain(body) == wanted
    for injection, values in zip(case.injections, secrets, strict=True):
        name, value = {
            "bearer": ("authorization", f"Bearer {values[0]}"),
            "basic": ("authorization", "Basic " + base64.b64encode(":".join(values).encode()).decode()),
            "api_key": ("x-api-key", values[0]),
        }[injection.kind]
        assert sent.header(name) == value


def _plain(value: Any) -> Any:
    def inline(file: FileValue) -> Any:
        content = base64.b64encode(file.content).decode()
        return {"filename": file.filename, "content_type": file.content_type, "content": content}

    return map_files(value, inline)
