"""Every snippet is executed against a recording server, and what arrives is the request it was made of."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from playground import jsontext
from playground.messages import MultipartContent
from playground.request.model import FileValue
from playground.snippets.files import FileNames, LocalFile, local_files, map_files
from playground.snippets.registry import find_target
from playground.snippets.target import Via
from tests.servers import Recorded, RecordingServer, http_answer
from tests.snippets.cases import CASES, SECRETS, Case
from tests.snippets.runner import Run, run_node, run_shell

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
RUNNABLE = tuple(case for case in CASES if case.runs)
ANSWER = http_answer({"ok": True}, headers={"Connection": "close"})
UTDK_STUB = """
const call = (path) => new Proxy(() => {}, {
  get: (_, name) => call([...path, name]),
  apply: (_, self, args) => fetch(process.env.RECORDER + '/' + process.cwd().split('/').pop(), {
    method: 'POST', body: JSON.stringify({ path, arguments: args[0] ?? {} }),
  }),
});
export default call([]);
"""


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


Runner = Callable[[Path, Iterable[Run], Mapping[str, str]], str]


def _execute(folder: Path, target: str, via: Via, runner: Runner) -> Batch:
    with RecordingServer(ANSWER) as server:
        runs = []
        for case in RUNNABLE:
            home = f"{server.url}/{case.name}"
            text = find_target(target).render(case.given(via, base=home, gateway=home)).text
            runs.append(Run(name=case.name, text=text, files=_files(case, via)))
        errors = runner(folder, runs, {**_secrets(via), "RECORDER": server.url})
        return Batch(server.requests, errors, folder)


def _secrets(via: Via) -> dict[str, str]:
    # In the body of a wrapped call a shell cannot escape a quotation mark, which the snippet says.
    return SECRETS if via == "direct" else {name: value.replace('"', "") for name, value in SECRETS.items()}


def _files(case: Case, via: Via) -> tuple[LocalFile, ...]:
    if via == "direct":
        return local_files(case.content)
    names = FileNames()
    found: list[LocalFile] = []
    map_files(case.arguments, lambda file: found.append(names.local(file.filename, file.content)))
    return tuple(found)


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Via, Runner], Batch]:
    done: dict[tuple[str, Via], Batch] = {}

    def run(target: str, via: Via, runner: Runner) -> Batch:
        if (target, via) not in done:
            folder = tmp_path_factory.mktemp(f"{target}-{via}")
            _lay_stubs(folder)
            done[target, via] = _execute(folder, target, via, runner)
        return done[target, via]

    return run


def _lay_stubs(folder: Path) -> None:
    packages = {"stripe": {".": "./index.js"}, "google": {"./books": "./index.js"}, "new": {".": "./index.js"}}
    for name, exports in packages.items():
        home = folder / "node_modules" / "@utdk" / name
        home.mkdir(parents=True)
        (home / "package.json").write_text(
            jsontext.dumps({"name": f"@utdk/{name}", "type": "module", "exports": exports})
        )
        (home / "index.js").write_text(UTDK_STUB)


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("target", "runner"),
    [
        pytest.param("shell_curl", run_shell, marks=needs_curl),
        pytest.param("node_fetch", run_node, marks=needs_node),
    ],
    ids=["curl", "node"],
)
def test_direct_snippet_sends_the_request(case: Case, target: str, runner: Runner, batches: Any) -> None:
    batch: Batch = batches(target, "direct", runner)
    batch.assert_nothing_ran()
    if target in case.cannot:
        assert case.cannot[target] in find_target(target).render(case.given("direct")).text
        return
    sent = batch.of(case)
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
    return "".join(f"{joint}{one.name}={SECRETS[one.variables[0]]}" for one in names)


def _headers(case: Case) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for name, value in case.headers:
        wanted.setdefault(name.lower(), []).append(value)
    for one in case.injections:
        secrets = [SECRETS[name] for name in one.variables]
        if one.kind == "basic":
            wanted["authorization"] = ["Basic " + base64.b64encode(":".join(secrets).encode()).decode()]
        elif one.location == "cookie":
            wanted["cookie"] = ["; ".join([*wanted.get("cookie", []), f"{one.name}={secrets[0]}"])]
        elif one.location == "header":
            wanted[one.name.lower()] = [one.prefix + secrets[0]]
    return wanted


def _parts(body: bytes, content_type: str) -> list[tuple[tuple[str, ...], bytes]]:
    boundary = content_type.split("boundary=")[1].strip('"').encode()
    first, *parts, last = body.split(b"--" + boundary)
    assert first == b""
    assert last == b"--\r\n"
    found = []
    for part in parts:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        found.append((tuple(sorted(head.decode().split("\r\n"))), data.removesuffix(b"\r\n")))
    return found


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize(
    ("target", "runner"),
    [
        pytest.param("shell_curl", run_shell, marks=needs_curl),
        pytest.param("node_fetch", run_node, marks=needs_node),
    ],
    ids=["curl", "node"],
)
def test_gateway_snippet_sends_the_arguments(case: Case, target: str, runner: Runner, batches: Any) -> None:
    batch: Batch = batches(target, "gateway", runner)
    batch.assert_nothing_ran()
    sent = batch.of(case)
    body = jsontext.loads(sent.body.decode("utf-8", "surrogatepass"))
    assert sent.method == "POST"
    assert sent.target.startswith(f"/{case.name}/tools/{case.provider}/")
    assert sent.header("content-type") == "application/json"
    wanted = _plain(case.arguments)
    secrets = _secrets("gateway")
    kinds = [(one.kind, one.location) for one in case.injections]
    if case.options or kinds not in ([], [("bearer", "header")], [("api_key", "header")]):
        assert _plain(body["args"]) == wanted
        assert body.get("options", {}) == case.options
        assert sent.header("authorization") is None
        assert all(secrets[name] in sent.body.decode() for one in case.injections for name in one.variables)
    else:
        if target == "node_fetch" and case.name == "json_numbers":
            assert "JavaScript does not keep" in find_target(target).render(case.given("gateway")).text
            wanted["c"] = 12345678901234567000
        assert _plain(body) == wanted
        header = {"bearer": "authorization", "api_key": "x-api-key"}
        for one in case.injections:
            prefix = "Bearer " if one.kind == "bearer" else ""
            assert sent.header(header[one.kind]) == prefix + secrets[one.variables[0]]


def _plain(value: Any) -> Any:
    def inline(file: FileValue) -> Any:
        content = base64.b64encode(file.content).decode()
        return {"filename": file.filename, "content_type": file.content_type, "content": content}

    return map_files(value, inline)


@needs_node
@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
def test_package_snippet_calls_with_the_arguments(case: Case, batches: Any) -> None:
    batch: Batch = batches("typescript_utdk", "sdk", run_node)
    batch.assert_nothing_ran()
    body = jsontext.loads(batch.of(case).body.decode("utf-8"))
    assert body["path"] == case.operation.split(".")
    if "typescript_utdk" in case.cannot:
        assert case.cannot["typescript_utdk"] in find_target("typescript_utdk").render(case.given("sdk")).text
        return
    assert body["arguments"] == _plain(case.arguments)
