"""Snippets of compiled languages are executed, all cases of a language in one program, and what arrives is compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from playground.snippets.registry import find_target
from tests.snippets.arrived import Batch, assert_request_arrived
from tests.snippets.called import assert_call_arrived, execute_both
from tests.snippets.case import Case
from tests.snippets.cases import CASES
from tests.snippets.executed import COMPILED, Executed
from tests.snippets.test_fuzz import cases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
RUNNABLE = tuple(case for case in CASES if case.runs)


# All of a language on one worker, so that it is compiled once.
GROUPED = [pytest.param(one, id=one.target, marks=pytest.mark.xdist_group(one.target)) for one in COMPILED]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Executed], Batch]:
    done: dict[str, Batch] = {}

    def run(language: Executed) -> Batch:
        language.need()
        if language.target not in done:
            folder = tmp_path_factory.mktemp(language.target)
            done[language.target] = execute_both(folder, RUNNABLE, language.target, language.run)
        return done[language.target]

    return run


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("language", GROUPED)
def test_direct_snippet_sends_the_request(case: Case, language: Executed, batches: Any) -> None:
    batch: Batch = batches(language)
    batch.assert_nothing_ran()
    if case.name in language.cannot:
        assert language.cannot[case.name] in find_target(language.target).render(case.given("direct")).text
        return
    assert_request_arrived(case, batch)


@pytest.mark.parametrize("case", RUNNABLE, ids=lambda case: case.name)
@pytest.mark.parametrize("language", GROUPED)
def test_gateway_snippet_sends_the_arguments(case: Case, language: Executed, batches: Any) -> None:
    assert_call_arrived(case, batches(language))


@pytest.mark.parametrize("language", GROUPED)
def test_whatever_is_said_arrives(language: Executed, tmp_path: Path) -> None:
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
