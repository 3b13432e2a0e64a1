"""Snippets of scripting languages are executed, all cases of a target in one process, and what arrives is compared."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.snippets.registry import find_target
from tests.needs import need_command, need_file
from tests.servers import RecordingServer, http_answer
from tests.snippets import scripted
from tests.snippets.arrived import Batch, Runner, assert_request_arrived, execute
from tests.snippets.called import assert_call_arrived, execute_both
from tests.snippets.cases import CASES, SECRETS, Case
from tests.snippets.runner import Run, run_shell
from tests.snippets.test_fuzz import cases

RUNNABLE = tuple(case for case in CASES if case.runs)


@dataclass(frozen=True, kw_only=True)
class Script:
    """A target with what runs it; `cannot` names, by case, the words of the note that must stand instead."""

    target: str
    run: Runner
    need: Callable[[], object] = lambda: None
    cannot: Mapping[str, str] = field(default_factory=dict)
    large: int | float = 12345678901234567890
    """What becomes of this number where the snippet says that its spelling is not kept."""


FETCH = {
    "get_query_apostrophe": "fetch rewrites",
    "get_dot_segments": "fetch rewrites",
    "get_with_content": "fetch cannot send content",
    "headers_repeated": "fetch joins",
}


def _need_node_package(name: str) -> Callable[[], object]:
    return lambda: (need_command("node"), need_file(scripted.CACHE / "node_modules" / name / "package.json", name))


IN_JAVASCRIPT = 12345678901234567000

SCRIPTS = (
    Script(
        target="shell_wget",
        run=run_shell,
        need=lambda: need_command("wget"),
        cannot={
            "get_dot_segments": "wget rewrites",
            "get_query_reserved": "wget rewrites",
            "headers_repeated": "wget cannot repeat",
            "text_untyped": "wget adds",
        },
    ),
    Script(
        target="shell_httpie",
        run=scripted.run_httpie,
        need=lambda: need_command("http"),
        cannot={"get_query_reserved": "HTTPie rewrites"},
    ),
    Script(
        target="python_requests",
        run=scripted.run_python,
        cannot={
            "get_dot_segments": "requests rewrites",
            "get_query_reserved": "requests rewrites",
            "headers_repeated": "requests cannot repeat",
        },
    ),
    Script(target="python_httpx", run=scripted.run_python, cannot={"get_dot_segments": "httpx rewrites"}),
    Script(target="python_http_client", run=scripted.run_python),
    Script(
        target="javascript_fetch",
        run=scripted.run_page,
        need=lambda: need_command("node"),
        large=IN_JAVASCRIPT,
        cannot={**FETCH, "key_in_cookie": "does not let a page set Cookie"},
    ),
    Script(
        target="node_axios",
        run=scripted.run_node,
        need=_need_node_package("axios"),
        cannot={"get_query_apostrophe": "axios rewrites", "get_dot_segments": "axios rewrites"},
        large=IN_JAVASCRIPT,
    ),
    Script(target="node_http", run=scripted.run_node, need=lambda: need_command("node"), large=IN_JAVASCRIPT),
    Script(
        target="typescript_fetch",
        run=scripted.run_typescript,
        need=_need_node_package("typescript"),
        cannot=FETCH,
        large=IN_JAVASCRIPT,
    ),
    Script(target="php_curl", run=scripted.run_php, need=lambda: need_command("php")),
    Script(
        target="php_guzzle",
        run=scripted.run_php,
        need=lambda: (need_command("php"), need_file(scripted.GUZZLE, "Guzzle")),
        cannot={"get_query_reserved": "Guzzle rewrites"},
    ),
    Script(
        target="ruby_net_http",
        run=scripted.run_ruby,
        need=lambda: need_command("ruby"),
        cannot={
            "headers_repeated": "Net::HTTP cannot repeat",
            "post_nothing": "Net::HTTP adds",
            "text_untyped": "Net::HTTP adds",
        },
    ),
    Script(
        target="ruby_faraday",
        run=scripted.run_ruby,
        need=lambda: (need_command("ruby"), need_file(scripted.FARADAY, "Faraday")),
        cannot={
            "get_query_apostrophe": "Faraday rewrites",
            "headers_repeated": "Faraday cannot repeat",
            "post_nothing": "Net::HTTP adds",
            "text_untyped": "Net::HTTP adds",
        },
    ),
    Script(
        target="perl_http_tiny",
        run=scripted.run_perl,
        need=lambda: need_command("perl"),
        cannot={"text_untyped": "HTTP::Tiny adds", "headers_odd": "HTTP::Tiny sends only ASCII"},
    ),
    Script(
        target="r_httr2",
        run=scripted.run_r,
        need=lambda: (need_command("Rscript"), need_file(scripted.HTTR2, "httr2")),
        cannot={
            "headers_odd": "httr2 cannot send an empty header field",
            "headers_repeated": "httr2 cannot repeat",
            "text_untyped": "httr2 adds",
        },
    ),
)
_GROUPED = [pytest.param(script, id=script.target, marks=pytest.mark.xdist_group(script.target)) for script in SCRIPTS]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Script], Batch]:
    done: dict[str, Batch] = {}

    def run(script: Script) -> Batch:
        script.need()
        if script.target not in done:
            folder = tmp_path_factory.mktemp(script.target)
            done[script.target] = execute_both(folder, RUNNABLE, script.target, script.run)
        return done[script.target]

    return run


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("script", _GROUPED)
def test_direct_snippet_sends_the_request(case: Case, script: Script, batches: Any) -> None:
    batch: Batch = batches(script)
    batch.assert_nothing_ran()
    if case.name in script.cannot:
        assert script.cannot[case.name] in find_target(script.target).render(case.given("direct")).text
        return
    assert_request_arrived(case, batch)


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("script", _GROUPED)
def test_gateway_snippet_sends_the_arguments(case: Case, script: Script, batches: Any) -> None:
    if "does not keep this spelling of a number" in find_target(script.target).render(case.given("gateway")).text:
        case = replace(case, arguments={**case.arguments, "c": script.large})
    assert_call_arrived(case, batches(script))


@pytest.mark.parametrize("script", _GROUPED)
@given(some=st.lists(cases(), min_size=1, max_size=25, unique_by=lambda case: case.name))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_said_arrives(some: list[Case], script: Script, tmp_path_factory: pytest.TempPathFactory) -> None:
    script.need()
    batch = execute(tmp_path_factory.mktemp("fuzz"), some, script.target, "direct", script.run)
    batch.assert_nothing_ran()
    for case in some:
        text = find_target(script.target).render(case.given("direct")).text
        if not any(note in text for note in script.cannot.values()):
            assert_request_arrived(case, batch)


@pytest.mark.parametrize("script", _GROUPED)
def test_gateway_is_read_from_the_environment(script: Script, tmp_path: Path) -> None:
    script.need()
    case = next(case for case in CASES if case.name == "post_form")
    with RecordingServer(http_answer({"ok": True}, headers={"Connection": "close"})) as server:
        text = find_target(script.target).render(case.given("gateway", gateway=None)).text
        errors = script.run(tmp_path, [Run(name="one", text=text)], {**SECRETS, "GATEWAY_URL": f"{server.url}/base"})
        assert [one.target for one in server.requests] == [f"/base/tools/stripe/{case.operation}"], errors


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
