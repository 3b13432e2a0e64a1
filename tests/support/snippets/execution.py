"""Executes a batch of snippets and compares what arrives with the requests they were made of."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from playground import jsontext
from playground.messages import MultipartContent
from playground.request.model import FileValue, map_files
from playground.snippets.files import FileNames, LocalFile
from playground.snippets.registry import find_target
from playground.snippets.target import Via
from tests.support.servers import Recorded, RecordingServer, http_answer
from tests.support.snippets.case import SECRETS, Case, local_files
from tests.support.snippets.scripted import Run

Runner: TypeAlias = Callable[[Path, Iterable[Run], Mapping[str, str]], str]
_ANSWER = http_answer({"ok": True}, headers={"Connection": "close"})


class Batch:
    """What one batch of snippets sent: requests by case name, and what was written on stderr."""

    def __init__(self, recorded: Iterable[Recorded], errors: str, folder: Path) -> None:
        self.errors = errors
        self.folder = folder
        self._by_name: dict[str, list[Recorded]] = {}
        for request in recorded:
            self._by_name.setdefault(request.target.split("/")[1].split("?")[0], []).append(request)

    def of(self, case: Case) -> Recorded:
        requests = self._by_name.get(case.name, [])
        assert len(requests) == 1, (case.name, [request.line for request in requests], self.errors[-3000:])
        return requests[0]

    def assert_nothing_ran(self) -> None:
        assert list(self.folder.rglob("canary*")) == []


def execute(folder: Path, cases: Iterable[Case], target: str, via: Via, runner: Runner) -> Batch:
    """Render and run each case's snippet, in one process, against a recording server."""
    with RecordingServer(_ANSWER) as server:
        runs = []
        for case in cases:
            home = f"{server.url}/{case.name}"
            text = find_target(target).render(case.request_for(via, base=home, gateway=home)).text
            runs.append(Run(name=case.name, text=text, files=_files(case, via)))
        errors = runner(folder, runs, {**secrets_for(via), "RECORDER": server.url})
        return Batch(server.requests, errors, folder)


def execute_both(folder: Path, cases: Iterable[Case], target: str, runner: Runner) -> Batch:
    """Render each case directly and as a call of a gateway, and run all of it in one program.

    A call carries files as base64, so only direct snippets have files beside them.
    """
    folder.mkdir(exist_ok=True)
    with RecordingServer(_ANSWER) as server:
        runs: list[Run] = []
        render = find_target(target).render
        for case in cases:
            home = f"{server.url}/{case.name}"
            text = render(case.request_for("direct", base=home)).text
            runs.append(Run(name=case.name, text=text, files=local_files(case.content)))
            called = as_call(case).name
            text = render(case.request_for("gateway", base=home, gateway=f"{server.url}/{called}")).text
            runs.append(Run(name=called, text=text))
        errors = runner(folder, runs, SECRETS)
        return Batch(server.requests, errors, folder)


def secrets_for(via: Via) -> dict[str, str]:
    # In the body of a wrapped call a shell cannot escape a quotation mark, which the snippet says.
    return SECRETS if via == "direct" else {name: value.replace('"', "") for name, value in SECRETS.items()}


def _files(case: Case, via: Via) -> tuple[LocalFile, ...]:
    if via == "direct":
        return local_files(case.content)
    names = FileNames()
    files: list[LocalFile] = []
    map_files(case.arguments, lambda file: files.append(names.local(file.filename, file.content)))
    return tuple(files)


def assert_request_arrived(case: Case, batch: Batch) -> None:
    """Compare method, target, every header the request sets, and content; of multipart its parts."""
    sent = batch.of(case)
    case = case.sent
    wanted = case.request("")
    assert sent.method == wanted.method
    assert sent.target == f"/{case.name}{wanted.url}{_query(case)}"
    multipart = isinstance(wanted.content, MultipartContent)
    for name, value in _headers(case).items():
        if not (multipart and name == "content-type"):
            assert [text for key, text in sent.headers if key.lower() == name] == value
    if not any(name.lower() == "content-type" for name, _ in case.headers):
        assert sent.header("content-type") is None
    if isinstance(wanted.content, MultipartContent):
        assert _parts(sent.body, sent.header("content-type") or "") == _parts(
            wanted.body, f"multipart/form-data; boundary={wanted.content.boundary}"
        )
    else:
        assert sent.body == wanted.body


def _query(case: Case) -> str:
    names = [injection for injection in case.injections if injection.location == "query"]
    joint = "&" if "?" in case.target else "?"
    return "".join(f"{joint}{name.name}={SECRETS[name.variables[0]]}" for name in names)


def _headers(case: Case) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for name, value in case.headers:
        wanted.setdefault(name.lower(), []).append(value)
    for injection in case.injections:
        secrets = [SECRETS[name] for name in injection.variables]
        if injection.kind == "basic":
            wanted["authorization"] = ["Basic " + base64.b64encode(":".join(secrets).encode()).decode()]
        elif injection.location == "cookie":
            wanted["cookie"] = ["; ".join([*wanted.get("cookie", []), f"{injection.name}={secrets[0]}"])]
        elif injection.location == "header":
            wanted[injection.name.lower()] = [injection.prefix + secrets[0]]
    return wanted


def _parts(body: bytes, content_type: str) -> list[tuple[tuple[str, ...], bytes]]:
    boundary = content_type.split("boundary=")[1].strip('"').encode()
    first, *pieces, last = body.split(b"--" + boundary)
    assert first == b""
    assert last == b"--\r\n"
    parts = []
    for piece in pieces:
        head, _, data = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = sorted(line for line in head.decode().split("\r\n") if not line.startswith("Content-Length:"))
        parts.append((tuple(fields), data.removesuffix(b"\r\n")))
    return parts


def as_call(case: Case) -> Case:
    """Return the case under the name its gateway call has in a batch of both ways."""
    return replace(case, name=f"{case.name}_called")


def assert_call_arrived(case: Case, batch: Batch) -> None:
    """Compare path, arguments, options and credential of a gateway call."""
    called = as_call(case)
    sent = batch.of(called)
    secrets = [[SECRETS[name] for name in injection.variables] for injection in case.injections]
    assert sent.method == "POST"
    assert sent.target.startswith(f"/{called.name}/tools/{quote(case.provider, safe='')}/")
    assert sent.header("content-type") == "application/json"
    wanted = with_inline_files(case.sent.arguments)
    text = sent.body.decode("utf-8", "surrogatepass")
    if is_wrapped(case):
        body = _read_wrapped(text, {secret for values in secrets for secret in values})
        assert with_inline_files(body["args"]) == wanted
        assert body.get("options", {}) == case.options
        assert sent.header("authorization") is None
        return
    assert with_inline_files(jsontext.loads(text)) == wanted
    for injection, values in zip(case.injections, secrets, strict=True):
        assert_credential_arrived(injection.kind, values, sent)


def _read_wrapped(text: str, secrets: set[str]) -> Any:
    """Return the call, whose credential must hold the secrets; some clients escape nothing in them, as a note says."""
    for secret in secrets:
        assert secret in text or secret in _texts(jsontext.loads(text)["credential"])
    try:
        return jsontext.loads(text)
    except jsontext.JSONTextError:
        for secret in secrets:
            text = text.replace(secret, "SECRET")
        return jsontext.loads(text)


def _texts(value: Any) -> list[str]:
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for member in members for text in _texts(member)]


def is_wrapped(case: Case) -> bool:
    """Tell whether a call of the case is written in the wrapped form."""
    return bool(case.options or len(case.injections) > 1 or "args" in case.arguments)


def assert_credential_arrived(kind: str, secrets: list[str], sent: Recorded) -> None:
    """Compare the header field with the credential of a flat gateway call."""
    name, value = {
        "bearer": ("authorization", f"Bearer {secrets[0]}"),
        "basic": ("authorization", "Basic " + base64.b64encode(":".join(secrets).encode()).decode()),
        "api_key": ("x-api-key", secrets[0]),
    }[kind]
    assert sent.header(name) == value


def with_inline_files(value: Any) -> Any:
    """Return arguments as a call that carries files as base64 has them."""

    def inline(file: FileValue) -> Any:
        content = base64.b64encode(file.content).decode()
        return {"filename": file.filename, "content_type": file.content_type, "content": content}

    return map_files(value, inline)
