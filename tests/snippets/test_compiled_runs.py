"""Snippets of compiled languages are executed, all cases of a language in one program, and what arrives is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from playground.snippets.registry import find_target
from tests.needs import need_command, need_file
from tests.snippets import toolchains
from tests.snippets.arrived import Batch, Runner, assert_request_arrived
from tests.snippets.called import assert_call_arrived, execute_both
from tests.snippets.cases import CASES, Case
from tests.snippets.test_fuzz import cases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
RUNNABLE = tuple(case for case in CASES if case.runs)


@dataclass(frozen=True, kw_only=True)
class Language:
    """A target with what runs it; `cannot` names, by case, the words of the note that must stand instead.

    `loses` are the words of notes that say, of whatever request, that it arrives changed.
    """

    target: str
    run: Runner
    commands: tuple[str, ...]
    files: tuple[Path, ...] = ()
    cannot: Mapping[str, str] = field(default_factory=dict)

    def need(self) -> None:
        for command in self.commands:
            need_command(command)
        for file in self.files:
            need_file(file, f"what {self.target} is compiled with")

    @property
    def loses(self) -> frozenset[str]:
        return frozenset(self.cannot.values())


OKHTTP = Path("/usr/share/java/okhttp.jar")
REQWEST = Path("/usr/share/cargo/registry/reqwest-0.11.13/Cargo.toml")
LANGUAGES = (
    Language(target="go_net_http", run=toolchains.run_go, commands=("go",)),
    Language(
        target="java_http_client",
        run=toolchains.run_java,
        commands=("javac",),
        cannot={"get_query_reserved": "java.net.URI refuses", "headers_odd": "header fields in ASCII"},
    ),
    Language(
        target="java_okhttp",
        run=toolchains.run_okhttp,
        commands=("javac",),
        files=(OKHTTP,),
        cannot={
            "get_query_apostrophe": "OkHttp rewrites",
            "get_dot_segments": "OkHttp rewrites",
            "get_with_content": "OkHttp cannot send content",
        },
    ),
    Language(
        target="csharp_http_client",
        run=toolchains.run_csharp,
        commands=("mcs", "mono"),
        cannot={
            "get_path": "System.Uri rewrites",
            "get_query_reserved": "System.Uri rewrites",
            "get_dot_segments": "System.Uri rewrites",
            "get_with_content": "Mono refuse content",
            "headers_odd": "header fields in ASCII",
            "headers_repeated": "joins repeated",
        },
    ),
    Language(
        target="c_libcurl",
        run=toolchains.run_c,
        commands=("gcc", "curl-config"),
        cannot={"multipart_typed_parts": "Content-Type that it guesses"},
    ),
    Language(
        target="rust_reqwest",
        run=toolchains.run_rust,
        commands=("cargo",),
        files=(REQWEST,),
        cannot={"get_query_apostrophe": "reqwest rewrites", "get_dot_segments": "reqwest rewrites"},
    ),
    Language(
        target="kotlin_okhttp",
        run=toolchains.run_kotlin,
        commands=("kotlinc", "javac"),
        files=(OKHTTP,),
        cannot={
            "get_query_apostrophe": "OkHttp rewrites",
            "get_dot_segments": "OkHttp rewrites",
            "get_with_content": "OkHttp cannot send content",
        },
    ),
    Language(
        target="elixir_httpc",
        run=toolchains.run_elixir,
        commands=("elixir",),
        cannot={
            "get_query_reserved": "httpc refuses some characters",
            "get_dot_segments": "httpc rewrites",
            "get_with_content": "httpc cannot send content",
            "custom_method": "httpc refuses the method",
            "text_untyped": "httpc always sends a Content-Type",
        },
    ),
)


# All of a language on one worker, so that it is compiled once.
GROUPED = [pytest.param(one, id=one.target, marks=pytest.mark.xdist_group(one.target)) for one in LANGUAGES]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Batch]:
    done: dict[str, Batch] = {}

    def run(language: Language) -> Batch:
        language.need()
        if language.target not in done:
            folder = tmp_path_factory.mktemp(language.target)
            done[language.target] = execute_both(folder, RUNNABLE, language.target, language.run)
        return done[language.target]

    return run


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("language", GROUPED)
def test_direct_snippet_sends_the_request(case: Case, language: Language, batches: Any) -> None:
    batch: Batch = batches(language)
    batch.assert_nothing_ran()
    if case.name in language.cannot:
        assert language.cannot[case.name] in find_target(language.target).render(case.given("direct")).text
        return
    assert_request_arrived(case, batch)


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("language", GROUPED)
def test_gateway_snippet_sends_the_arguments(case: Case, language: Language, batches: Any) -> None:
    assert_call_arrived(case, batches(language))


@pytest.mark.parametrize("language", GROUPED)
def test_whatever_is_said_arrives(language: Language, tmp_path: Path) -> None:
    """Draw requests first, and compile them in one program: trying one by one would compile a program each."""
    language.need()
    drawn: dict[str, Case] = {}

    @given(case=cases())
    @settings(
        max_examples=150, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def draw(case: Case) -> None:
        drawn[case.name] = case

    draw()
    batch = execute_both(tmp_path, drawn.values(), language.target, language.run)
    batch.assert_nothing_ran()
    for case in drawn.values():
        text = find_target(language.target).render(case.given("direct")).text
        if not any(words in text for words in language.loses):
            assert_request_arrived(case, batch)
