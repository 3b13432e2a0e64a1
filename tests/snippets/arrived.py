"""Executes a batch of snippets and compares what arrived with the requests they were made of."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from playground.messages import MultipartContent
from playground.snippets.files import FileNames, LocalFile, local_files, map_files
from playground.snippets.registry import find_target
from playground.snippets.target import Via
from tests.snippets.case import SECRETS, Case
from tests.snippets.runner import Run
from tests.support.servers import Recorded, RecordingServer, http_answer

Runner: TypeAlias = Callable[[Path, Iterable[Run], Mapping[str, str]], str]
_ANSWER = http_answer({"ok": True}, headers={"Connection": "close"})


class Batch:
    """What one batch of snippets sent: requests by case name, and what was said on stderr."""

    def __init__(self, recorded: Iterable[Recorded], errors: str, folder: Path) -> None:
        self.errors = errors
        self.folder = folder
        self._by_name: dict[str, list[Recorded]] = {}
        for one in recorded:
            self._by_name.setdefault(one.target.split("/")[1].split("?")[0], []).append(one)

    def of(self, case: Case) -> Recorded:
        found = self._by_name.get(case.name, [])
        assert len(found) == 1, (case.name, [one.line for one in found], self.errors[-3000:])
        return found[0]

    def assert_nothing_ran(self) -> None:
        assert list(self.folder.rglob("canary*")) == []


def execute(folder: Path, cases: Iterable[Case], target: str, via: Via, runner: Runner) -> Batch:
    """Render and run each case's snippet, in one process, against a recording server."""
    with RecordingServer(_ANSWER) as server:
        runs = []
        for case in cases:
            home = f"{server.url}/{case.name}"
            text = find_target(target).render(case.given(via, base=home, gateway=home)).text
            runs.append(Run(name=case.name, text=text, files=_files(case, via)))
        errors = runner(folder, runs, {**secrets_for(via), "RECORDER": server.url})
        return Batch(server.requests, errors, folder)


def secrets_for(via: Via) -> dict[str, str]:
    # In the body of a wrapped call a shell cannot escape a quotation mark, which the snippet says.
    return SECRETS if via == "direct" else {name: value.replace('"', "") for name, value in SECRETS.items()}


def _files(case: Case, via: Via) -> tuple[LocalFile, ...]:
    if via == "direct":
        return local_files(case.content)
    names = FileNames()
    found: list[LocalFile] = []
    map_files(case.arguments, lambda file: found.append(names.local(file.filename, file.content)))
    return tuple(found)


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
    first, *parts, last = body.split(b"--" + boundary)
    assert first == b""
    assert last == b"--\r\n"
    found = []
    for part in parts:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        fields = sorted(line for line in head.decode().split("\r\n") if not line.startswith("Content-Length:"))
        found.append((tuple(fields), data.removesuffix(b"\r\n")))
    return found
