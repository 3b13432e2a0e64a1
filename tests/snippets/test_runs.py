"""Every snippet is executed against a recording server, and what arrives is the request it was made of."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from playground import jsontext
from playground.request.model import FileValue
from playground.snippets.files import map_files
from playground.snippets.languages.typescript.utdk import OPTIONS
from playground.snippets.registry import find_target
from playground.snippets.target import Via
from tests.snippets.arrived import Batch, Runner, assert_request_arrived, execute, secrets_for
from tests.snippets.case import Case
from tests.snippets.cases import CASES
from tests.snippets.runner import run_node, run_shell
from tests.support.needs import needs

needs_curl = needs("curl")
needs_node = needs("node")
RUNNABLE = tuple(case for case in CASES if case.runs)
UTDK_STUB = """
const call = (path) => new Proxy(() => {}, {
  get: (_, name) => call([...path, name]),
  apply: (_, self, args) => fetch(process.env.RECORDER + '/' + process.cwd().split('/').pop(), {
    method: 'POST', body: JSON.stringify({ path, arguments: args[0] ?? {}, options: args[1] ?? {} }),
  }),
});
export default call([]);
"""


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Via, Runner], Batch]:
    done: dict[tuple[str, Via], Batch] = {}

    def run(target: str, via: Via, runner: Runner) -> Batch:
        if (target, via) not in done:
            folder = tmp_path_factory.mktemp(f"{target}-{via}")
            _lay_stubs(folder)
            done[target, via] = execute(folder, RUNNABLE, target, via, runner)
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
    assert_request_arrived(case, batch)


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
    assert sent.target.startswith(f"/{case.name}/tools/{quote(case.provider, safe='')}/")
    assert sent.header("content-type") == "application/json"
    wanted = _plain(case.sent.arguments)
    secrets = secrets_for("gateway")
    if case.options or len(case.injections) > 1 or "args" in case.arguments:
        assert _plain(body["args"]) == wanted
        assert body.get("options", {}) == case.options
        assert sent.header("authorization") is None
        assert all(secrets[name] in sent.body.decode() for injection in case.injections for name in injection.variables)
    else:
        if target == "node_fetch" and case.name == "json_numbers":
            assert "JavaScript does not keep" in find_target(target).render(case.given("gateway")).text
            wanted["c"] = 12345678901234567000
        assert _plain(body) == wanted
        for injection in case.injections:
            given = [secrets[name] for name in injection.variables]
            basic = "Basic " + base64.b64encode(":".join(given).encode()).decode()
            wanted_header = {
                "bearer": ("authorization", f"Bearer {given[0]}"),
                "basic": ("authorization", basic),
                "api_key": ("x-api-key", given[0]),
            }[injection.kind]
            assert sent.header(wanted_header[0]) == wanted_header[1]


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
    assert body["arguments"] == _plain(case.given("sdk").arguments)
    assert body["options"] == {OPTIONS[name]: value for name, value in case.options.items()}
