"""Snippets are executed, all cases of a target in one process or program, and what arrives is compared."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from playground import jsontext
from playground.snippets.languages.typescript.utdk import OPTIONS
from playground.snippets.registry import find_target
from tests.support.needs import need_command, need_file
from tests.support.rows import each
from tests.support.servers import RecordingServer, http_answer
from tests.support.snippets import scripted
from tests.support.snippets.case import SECRETS, Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.drawn import ASKED
from tests.support.snippets.executed import EXECUTED, Executed, notes_of
from tests.support.snippets.execution import (
    Batch,
    assert_call_arrived,
    assert_request_arrived,
    execute,
    execute_both,
    with_inline_files,
)
from tests.support.snippets.scripted import Run

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


def grouped(executed: Executed) -> pytest.param:  # type: ignore[valid-type]
    """Return the parameter of a target, whose tests run on one worker: so its program is compiled once."""
    marks = [pytest.mark.xdist_group(executed.target)]
    if executed.compiled:
        marks += [pytest.mark.slow, pytest.mark.long, *([pytest.mark.timeout(0)] if ASKED else [])]
    return pytest.param(executed, id=executed.target, marks=marks)


every_case = each("case", RUNNABLE, ids=lambda case: case.name)
every_target = pytest.mark.parametrize("executed", [grouped(executed) for executed in EXECUTED])


@pytest.fixture(scope="module")
def batch_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Executed], Batch]:
    batches: dict[str, Batch] = {}

    def run(executed: Executed) -> Batch:
        executed.need()
        if executed.target not in batches:
            folder = tmp_path_factory.mktemp(executed.target)
            batches[executed.target] = execute_both(folder, RUNNABLE, executed.target, executed.run)
        return batches[executed.target]

    return run


@every_case
@every_target
def test_direct_snippet_sends_the_request(
    case: Case, executed: Executed, batch_of: Callable[[Executed], Batch]
) -> None:
    batch = batch_of(executed)
    batch.assert_nothing_ran()
    if case.name in executed.cannot:
        assert executed.cannot[case.name] in find_target(executed.target).render(case.request_for("direct")).text
        return
    assert_request_arrived(case, batch)


@every_case
@every_target
def test_gateway_snippet_sends_the_arguments(
    case: Case, executed: Executed, batch_of: Callable[[Executed], Batch]
) -> None:
    text = find_target(executed.target).render(case.request_for("gateway")).text
    if "does not keep this spelling of a number" in text:
        case = replace(case, arguments={**case.arguments, "c": executed.large})
    assert_call_arrived(case, batch_of(executed))


@pytest.mark.parametrize("executed", [grouped(executed) for executed in EXECUTED if not executed.compiled])
def test_gateway_is_read_from_the_environment(executed: Executed, tmp_path: Path) -> None:
    executed.need()
    case = next(case for case in CASES if case.name == "post_form")
    with RecordingServer(http_answer({"ok": True}, headers={"Connection": "close"})) as server:
        text = find_target(executed.target).render(case.request_for("gateway", gateway=None)).text
        environment = {**SECRETS, "GATEWAY_URL": f"{server.url}/base"}
        errors = executed.run(tmp_path, [Run(name="one", text=text)], environment)
        assert [request.target for request in server.requests] == [f"/base/tools/stripe/{case.operation}"], errors


@pytest.mark.xdist_group("typescript_fetch")
def test_strict_compiler_accepts_typescript(tmp_path: Path) -> None:
    need_command("node")
    compiler = need_file(scripted.CACHE / "node_modules" / "typescript" / "bin" / "tsc", "typescript")
    (tmp_path / "node_modules").symlink_to(scripted.CACHE / "node_modules")
    for case in CASES:
        for via in find_target("typescript_fetch").vias:
            text = find_target("typescript_fetch").render(case.request_for(via)).text
            (tmp_path / f"{case.name}.{via}.mts").write_text(text)
    options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"]
    options += ["--skipDefaultLibCheck"]  # of the compiler's own declarations
    command = ["node", str(compiler), *options, *(path.name for path in tmp_path.glob("*.mts"))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == ""


@pytest.fixture(scope="module")
def package_batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    need_command("node")
    folder = tmp_path_factory.mktemp("typescript_utdk")
    packages = {"stripe": {".": "./index.js"}, "google": {"./books": "./index.js"}, "new": {".": "./index.js"}}
    for name, exports in packages.items():
        home = folder / "node_modules" / "@utdk" / name
        home.mkdir(parents=True)
        facts = {"name": f"@utdk/{name}", "type": "module", "exports": exports}
        (home / "package.json").write_text(jsontext.dumps(facts))
        (home / "index.js").write_text(UTDK_STUB)
    return execute(folder, RUNNABLE, "typescript_utdk", "sdk", scripted.run_modules)


@pytest.mark.xdist_group("typescript_utdk")
@every_case
def test_package_snippet_calls_with_the_arguments(case: Case, package_batch: Batch) -> None:
    package_batch.assert_nothing_ran()
    body = jsontext.loads(package_batch.of(case).body.decode("utf-8"))
    assert body["path"] == case.operation.split(".")
    if words := notes_of("typescript_utdk").get(case.name):
        assert words in find_target("typescript_utdk").render(case.request_for("sdk")).text
        return
    assert body["arguments"] == with_inline_files(case.request_for("sdk").arguments)
    assert body["options"] == {OPTIONS[name]: value for name, value in case.options.items()}
