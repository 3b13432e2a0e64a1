"""Snippets of scripting languages are executed, all cases of a target in one process, and what arrives is compared."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.snippets.registry import find_target
from tests.snippets import scripted
from tests.snippets.arrived import Batch, assert_request_arrived, execute
from tests.snippets.called import assert_call_arrived, execute_both
from tests.snippets.case import SECRETS, Case
from tests.snippets.cases import CASES
from tests.snippets.executed import SCRIPTED, Executed
from tests.snippets.runner import Run
from tests.snippets.test_fuzz import cases
from tests.support.needs import need_command, need_file
from tests.support.servers import RecordingServer, http_answer

RUNNABLE = tuple(case for case in CASES if case.runs)


_GROUPED = [pytest.param(script, id=script.target, marks=pytest.mark.xdist_group(script.target)) for script in SCRIPTED]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Executed], Batch]:
    done: dict[str, Batch] = {}

    def run(script: Executed) -> Batch:
        script.need()
        if script.target not in done:
            folder = tmp_path_factory.mktemp(script.target)
            done[script.target] = execute_both(folder, RUNNABLE, script.target, script.run)
        return done[script.target]

    return run


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("script", _GROUPED)
def test_direct_snippet_sends_the_request(case: Case, script: Executed, batches: Any) -> None:
    batch: Batch = batches(script)
    batch.assert_nothing_ran()
    if case.name in script.cannot:
        assert script.cannot[case.name] in find_target(script.target).render(case.given("direct")).text
        return
    assert_request_arrived(case, batch)


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("script", _GROUPED)
def test_gateway_snippet_sends_the_arguments(case: Case, script: Executed, batches: Any) -> None:
    if "does not keep this spelling of a number" in find_target(script.target).render(case.given("gateway")).text:
        case = replace(case, arguments={**case.arguments, "c": script.large})
    assert_call_arrived(case, batches(script))


@pytest.mark.parametrize("script", _GROUPED)
@given(some=st.lists(cases(), min_size=1, max_size=25, unique_by=lambda case: case.name))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_said_arrives(some: list[Case], script: Executed, tmp_path_factory: pytest.TempPathFactory) -> None:
    script.need()
    batch = execute(tmp_path_factory.mktemp("fuzz"), some, script.target, "direct", script.run)
    batch.assert_nothing_ran()
    for case in some:
        text = find_target(script.target).render(case.given("direct")).text
        if not any(note in text for note in script.cannot.values()):
            assert_request_arrived(case, batch)


@pytest.mark.parametrize("script", _GROUPED)
def test_gateway_is_read_from_the_environment(script: Executed, tmp_path: Path) -> None:
    script.need()
    case = next(case for case in CASES if case.name == "post_form")
    with RecordingServer(http_answer({"ok": True}, headers={"Connection": "close"})) as server:
        text = find_target(script.target).render(case.given("gateway", gateway=None)).text
        errors = script.run(tmp_path, [Run(name="one", text=text)], {**SECRETS, "GATEWAY_URL": f"{server.url}/base"})
        assert [request.target for request in server.requests] == [f"/base/tools/stripe/{case.operation}"], errors


@pytest.mark.xdist_group("typescript_fetch")
def test_strict_compiler_accepts_typescript(tmp_path: Path) -> None:
    need_command("node")
    compiler = need_file(scripted.CACHE / "node_modules" / "typescript" / "bin" / "tsc", "typescript")
    (tmp_path / "node_modules").symlink_to(scripted.CACHE / "node_modules")
    for case in CASES:
        for via in find_target("typescript_fetch").vias:
            text = find_target("typescript_fetch").render(case.given(via)).text
            (tmp_path / f"{case.name}.{via}.mts").write_text(text)
    options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"]
    command = ["node", str(compiler), *options, *(path.name for path in tmp_path.glob("*.mts"))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert done.stdout == ""
